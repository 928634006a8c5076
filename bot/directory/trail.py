"""一个人在一处刚谈过的：证书、机构、人与列过的清单，和它们说到的证书。"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answering import Turn
from bot.text import longest_shared, normalise

from .catalogue import Catalogue
from .index import EntityIndex
from .listing import ListReader
from .matches import SOURCE, Clarity, Key, Kind
from .phrases import Attribute
from .records import Certificate

MOST_NAMED = 3
"""不超过这么多个，就一个个说；再多要说得更细。"""
SHORTEST_KIN = 2
"""两个证书的名称有这么多字相同，才算相近。"""
ONE = frozenset({Kind.CERTIFICATE, Kind.ORGANISATION, Kind.PERSON})


@dataclass(frozen=True, slots=True)
class Trail:
    """谈过的，新的在前。

    参数:
        just_said: 上一问就说到了其中的；“他”“电话呢”说的是那一个
    """

    keys: tuple[Key, ...]
    catalogue: Catalogue
    lists: ListReader
    just_said: bool = False

    @property
    def last(self) -> Key:
        """刚说的那个；谈过才可用。"""
        return self.keys[0]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """最近一次问的是哪几项。"""
        return next((key.attributes for key in self.keys if key.attributes), ())

    def ones(self) -> list[Key]:
        """谈过的一个个对象，清单不算；同一个只留最近的。"""
        found = {(k.kind, k.name): k for k in reversed(self.keys) if is_one(k)}
        return list(found.values())[::-1]

    def shown(self, key: Key) -> list[str]:
        """一个答案里说到的证书。"""
        members = (n for name in key.names for n in self._members(key.kind, name))
        return list(dict.fromkeys(members))

    def listed(self) -> list[str]:
        """最近一起说的几个证书。"""
        return next((s for key in self.keys if len(s := self.shown(key)) > 1), [])

    def fitting_list(self, fragment: str) -> list[str]:
        """列过的清单里合乎这几个字的；从最近的看起。"""
        for key in self.keys:
            names = self.shown(key)
            if len(names) > 1 and (found := self.fitting(fragment, names)):
                return found
        return []

    def latest(self, count: int) -> list[str]:
        """最后谈过的几个，先说的在前；刚一起说的就是那几个。"""
        if self.keys and 1 < len(shown := self.shown(self.last)) <= MOST_NAMED:
            return shown
        return [key.name for key in self.ones()[:count]][::-1]

    def in_batch(self, names: Iterable[str], number: int) -> list[str]:
        """其中某一批的。"""
        certificates = self.catalogue.certificates
        return [name for name in names if certificates[name].batch == number]

    def fitting(self, fragment: str, names: Iterable[str]) -> list[str]:
        """其中合乎这几个字的：名称里有的，其次是机构、方向、联系人里有的。"""
        certificates = [self.catalogue.certificates[name] for name in names]
        for told in (_called, self._told):
            found = [c.name for c in certificates if _has(told(c), fragment)]
            if found:
                return found
        return []

    def kin(self) -> list[Certificate]:
        """与刚说的同一家的别的证书。"""
        current = self.shown(self.last)
        houses = {self.catalogue.certificates[name].organisation for name in current}
        return [
            certificate
            for house in sorted(houses)
            for certificate in self.catalogue.issued_by(house)
            if certificate.name not in current
        ]

    def alike(self, fragment: str) -> list[str]:
        """名称里有这几个字、其余又与刚说的最像的几个证书。"""
        current = self.shown(self.last)
        scored: dict[str, int] = {}
        for certificate in self.catalogue.certificates.values():
            name = normalise(certificate.name)
            if fragment in name and certificate.name not in current:
                rest = name.replace(fragment, " ")
                scored[certificate.name] = max(
                    (len(longest_shared(rest, normalise(one))) for one in current),
                    default=0,
                )
        best = max(scored.values(), default=0)
        if best < SHORTEST_KIN:
            return []
        return [name for name, kinship in scored.items() if kinship == best]

    def _members(self, kind: str, name: str) -> Iterator[str]:
        catalogue = self.catalogue
        match kind:
            case Kind.CERTIFICATE if name in catalogue.certificates:
                yield name
            case Kind.ORGANISATION:
                yield from (c.name for c in catalogue.issued_by(name))
            case Kind.PERSON:
                for contact in catalogue.people.get(name, ()):
                    yield from contact.certificates
            case "number" | "email":
                owners = catalogue.numbers if kind == "number" else catalogue.emails
                for contact in owners.get(name, ()):
                    yield from contact.certificates
            case "list":
                yield from (c.name for c in self.lists.of(name)[0])
            case "same":
                for one in ONE:
                    yield from self._members(one, name)
            case _:
                return

    def _told(self, certificate: Certificate) -> Iterator[str]:
        catalogue = self.catalogue
        yield certificate.organisation
        yield from catalogue.organisations[certificate.organisation].aliases
        for field in certificate.fields:
            yield field
            yield from catalogue.fields[field].aliases
        for contact in catalogue.contacts_of(certificate.name):
            yield from contact.people


def read_trail(
    turns: Sequence[Turn], catalogue: Catalogue, index: EntityIndex, lists: ListReader
) -> Trail:
    """由得到过的回答看谈过什么。"""
    spoken = [list(_spoken_of(turn, index)) for turn in turns]
    keys = tuple(key for keys in spoken for key in keys)
    return Trail(keys, catalogue, lists, just_said=any(spoken[:1]))


def _spoken_of(turn: Turn, index: EntityIndex) -> Iterator[Key]:
    """一次回答说到的：名录答的就是它；别处答的，看问的是哪个，答案里列了哪几个。"""
    if turn.source == SOURCE:
        yield Key.read(turn.key)
        return
    for text, fewest in ((turn.question, 1), (turn.answer, 2)):
        names = _certificates_in(text, index)
        if len(names) >= fewest:
            yield Key(Kind.CERTIFICATE, "|".join(names))


def _certificates_in(text: str, index: EntityIndex) -> list[str]:
    """文字里写到的证书；也是平常用词的不算。"""
    mentions = index.mentions(normalise(text))
    found = [match for mention in mentions for match in mention.matches]
    clear = [match for match in found if match.clarity > Clarity.WORD]
    certificates = [m for m in clear if m.entity.kind is Kind.CERTIFICATE]
    return list(dict.fromkeys(match.entity.name for match in certificates))


def is_one(key: Key) -> bool:
    """说的是一个证书、一家机构或一个人。"""
    return key.kind in ONE and len(key.names) == 1


def certificates(names: Iterable[str], attributes: Iterable[Attribute]) -> Key | None:
    """问这几个证书的这几项；没有或太多为 `None`。"""
    named = list(names)
    if not 0 < len(named) <= MOST_NAMED:
        return None
    return Key(Kind.CERTIFICATE, "|".join(named), suiting(Kind.CERTIFICATE, attributes))


def suiting(kind: Kind, attributes: Iterable[Attribute]) -> tuple[Attribute, ...]:
    """对这一类问得着的项：问机构就不再问是哪家，问证书就不再问有哪些证书。"""
    unfit = {
        Kind.ORGANISATION: Attribute.ISSUER,
        Kind.CERTIFICATE: Attribute.CERTIFICATES,
    }
    return tuple(a for a in attributes if a is not unfit.get(kind))


def _called(certificate: Certificate) -> Iterator[str]:
    yield certificate.name
    yield from certificate.aliases


def _has(texts: Iterable[str], fragment: str) -> bool:
    return any(fragment in normalise(text) for text in texts)
