"""几个证书、机构或人，是不是同一家、同一批、同一位联系人。"""

from collections.abc import Sequence

from . import wording
from .catalogue import Catalogue
from .phrases import Attribute


def compare(catalogue: Catalogue, names: Sequence[str], what: Attribute) -> str:
    """比较的结果。"""
    told = {name: _belonging(catalogue, name, what) for name in names}
    shared = set.intersection(*(set(of) for of in told.values()))
    return wording.compared(
        wording.SAME_AS[what],
        {name: "、".join(of) for name, of in told.items()},
        "、".join(sorted(shared)),
    )


def _belonging(catalogue: Catalogue, name: str, what: Attribute) -> list[str]:
    """一个证书、机构或人归哪家、是哪一批、联系谁。"""
    if name in catalogue.certificates:
        contacts = catalogue.contacts_of(name)
        found = [catalogue.certificates[name]]
    elif name in catalogue.organisations:
        contacts = catalogue.contacts_at(name)
        found = catalogue.issued_by(name)
    else:
        contacts = catalogue.people.get(name, [])
        names = [one for contact in contacts for one in contact.certificates]
        found = [catalogue.certificates[one] for one in names]
    match what:
        case Attribute.BATCH:
            told = [catalogue.batches[c.batch].name for c in found]
        case Attribute.CONTACT if name not in catalogue.people:
            told = [person for contact in contacts for person in contact.people]
        case _:
            told = [c.organisation for c in found]
    return list(dict.fromkeys(told))
