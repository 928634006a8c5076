"""切词时不切开的名字：名录里的证书与机构。"""

from bot.directory import Directory


def names_in(directory: Directory) -> list[str]:
    """证书与机构的名字和别名。"""
    catalogue = directory.snapshot.catalogue
    named = (*catalogue.certificates.values(), *catalogue.organisations.values())
    return list(dict.fromkeys(n for one in named for n in (one.name, *one.aliases)))
