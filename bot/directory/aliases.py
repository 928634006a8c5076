"""名录里的人与物各有哪些叫法。"""

import re
from collections.abc import Iterable

from bot.text import Regions

from .catalogue import Catalogue
from .matches import Entity, Kind

_LEGAL = re.compile(r"(股份|科技集团|集团)?(有限责任公司|有限公司)$|\(集团\)")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_BRACKETED = re.compile(r"^[^()（）]+(?=[(（])|(?<=[(（])[^()（）]+(?=[)）]$)")
"""“建筑信息模型（BIM）”里括号外、括号内的两个名称。"""


def names_in(
    catalogue: Catalogue, regions: Regions
) -> Iterable[tuple[Entity, str, bool]]:
    """（实体，叫法，是不是正式名称）。"""
    for certificate in catalogue.certificates.values():
        entity = Entity(Kind.CERTIFICATE, certificate.name)
        yield entity, certificate.name, True
        for part in _BRACKETED.findall(certificate.name):
            yield entity, part, True
        for alias in (*certificate.aliases, certificate.printed):
            yield entity, alias.removesuffix("职业技能等级证书"), False
    for organisation in catalogue.organisations.values():
        entity = Entity(Kind.ORGANISATION, organisation.name)
        yield entity, organisation.name, True
        for alias in (*organisation.aliases, organisation.printed):
            yield entity, alias, False
        for short in _shortened(organisation.name, regions):
            yield entity, short, False
    for person in catalogue.people:
        yield Entity(Kind.PERSON, person), person, False


def _shortened(name: str, regions: Regions) -> list[str]:
    """机构名去掉括号里的地名、公司字样与开头的地名。"""
    bare = _BRACKETS.sub("", name)
    trimmed = _LEGAL.sub("", bare)
    forms = (bare, trimmed, regions.after_place(trimmed))
    return [form for form in forms if len(form) > 3]
