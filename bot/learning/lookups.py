"""各人查名录、问时间的问法：填上名录里的名称，说明答什么才对。"""

import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answering import Found, Question, Turn
from bot.answering.coverage import codes_in
from bot.answering.scope import pose
from bot.deadlines.following import NAME as CALENDAR
from bot.deadlines.source import CalendarEvidence
from bot.directory import ABSENT, Key
from bot.directory.catalogue import Catalogue
from bot.directory.evidence import DirectoryEvidence
from bot.directory.matches import SOURCE as DIRECTORY
from bot.directory.matches import Kind
from bot.directory.phrases import Attribute
from bot.directory.source import DirectorySource
from bot.knowledge import Entry, Lexicon, Lookup, LookupKind
from bot.knowledge.lookups import BLANKS

from .said import Said

TIMES = 2
"""有空要填的，填几次。"""
SLIPS = 0.4
"""第二次填的名称，写错一处的有这么多。"""
_FREE = {"号码": "13800138000", "邮箱": "nobody@example.com"}
"""名录里没有的。"""
POINTED = (("证书", False), ("方向", False), ("证书", True))
"""可以不说名称、指着说的，与说的是不是名录里没有的。"""
_LONG = 5
"""名称有这么长，写坏一处还认得出。"""
_REACHING = {
    Attribute.PHONE, Attribute.EMAIL, Attribute.CONTACT, Attribute.FAX,
    Attribute.ADDRESS, Attribute.POSTCODE, Attribute.POSITION,
}  # fmt: skip
_NAMED = {
    LookupKind.CONTACT: (Kind.CERTIFICATE, _REACHING),
    LookupKind.ISSUER: (Kind.CERTIFICATE, {Attribute.ISSUER, Attribute.CONTACT}),
    LookupKind.LEVEL: (Kind.CERTIFICATE, {Attribute.LEVEL, Attribute.BATCH}),
    LookupKind.ORGANISATION: (Kind.ORGANISATION, _REACHING),
    LookupKind.CERTIFICATES: (Kind.ORGANISATION, {Attribute.CERTIFICATES}),
}
"""问的是什么的哪一项；没说哪一项的，答案里都有。"""
DATES = (
    LookupKind.OPENING, LookupKind.CLOSING, LookupKind.REPORT, LookupKind.FINISHING,
    LookupKind.PAST, LookupKind.FOLLOWING_DATES,
)  # fmt: skip
OPEN_KINDS = (LookupKind.ELSE, LookupKind.PAST, *DATES, LookupKind.LIST)
"""名录、日历答不了的，常见问题也许答得了。"""
QUIET = (LookupKind.PERSON, LookupKind.BARE, LookupKind.UNKNOWN, LookupKind.FOREIGN)
"""没被点名时不出声：群里可能有同名的人，提到一个名称也未必是要查。"""


@dataclass(frozen=True, slots=True)
class Asked:
    """填好的一句。

    参数:
        names: 说的是哪几个
        said: 没说名称，说的是行当、活计
    """

    lookup: Lookup
    question: Question
    names: frozenset[str]
    said: bool = False

    def is_right(self, found: Found) -> bool:
        """答这个候选对不对。"""
        kind = self.lookup.kind
        if isinstance(found.evidence, CalendarEvidence):
            return _is_dated(kind, found.evidence)
        if not isinstance(found.evidence, DirectoryEvidence):
            return False
        key = Key.read(found.key)
        if kind is LookupKind.FOLLOWING:
            return bool(found.evidence.follows)
        if kind is LookupKind.LIST:
            return key.kind == "list" and _is_list_of(key.name, self.names)
        if kind is LookupKind.UNKNOWN:
            return key.kind == "none" and bool(found.evidence.missing_named)
        if self.names.isdisjoint(key.names):
            return False
        if kind is LookupKind.PERSON:
            return key.kind in (Kind.PERSON, "number", "email")
        if kind is LookupKind.BARE:
            return True
        wanted, attributes = _NAMED.get(kind, ("", set()))
        told = not key.attributes or not attributes.isdisjoint(key.attributes)
        return key.kind == wanted and told


def _is_list_of(topic: str, names: Collection[str]) -> bool:
    """是不是说到的方向的清单；没说方向的都算。"""
    fields = {part.removeprefix("field:") for part in topic.split("+")}
    return not names or not fields.isdisjoint(names) or topic.startswith("name:")


def _is_dated(kind: LookupKind, evidence: CalendarEvidence) -> bool:
    """由日历答对不对：有现在的安排可答，或明说问的是现在，那就由它说没有。"""
    known = bool(evidence.known and not evidence.past)
    match kind:
        case LookupKind.OPENING | LookupKind.CLOSING:
            return known or bool(evidence.present)
        case LookupKind.REPORT:
            return bool(evidence.report) and (known or bool(evidence.present))
        case LookupKind.FINISHING:
            return known and bool(evidence.finishing)
        case LookupKind.FOLLOWING_DATES:
            return bool(evidence.follows)
        case _:
            return False


class Filling:
    """拿名录里的名称填空；同一句总填一样的。

    参数:
        said: 不说名称的说法
    """

    def __init__(self, catalogue: Catalogue, said: Said) -> None:
        self._said = said
        self._choices: dict[str, list[tuple[str, str]]] = {
            "证书": [
                (written, one.name)
                for one in catalogue.certificates.values()
                for written in (one.name, one.name, *one.aliases)
            ],
            "机构": [
                (written, one.name)
                for one in catalogue.organisations.values()
                for written in (one.name, *one.aliases, *one.aliases)
            ],
            "人": [(name, name) for name in catalogue.people],
            "号码": [(number, number) for number in catalogue.numbers],
            "邮箱": [(email, email) for email in catalogue.emails],
            "方向": [(name, name) for name in catalogue.fields],
            "错名": _long(catalogue.certificates),
            "错机构": _long(catalogue.organisations),
            "半名": _long(catalogue.certificates, 2 + _LONG),
        }

    def fill(
        self, text: str, chance: random.Random, *, known: bool
    ) -> tuple[str, set[str]]:
        """填好的，与填的是哪几个。

        参数:
            known: 号码、邮箱要名录里有的，名称不写错
        """
        names: set[str] = set()
        for blank in BLANKS:
            while (hole := f"{{{blank}}}") in text:
                written, name = chance.choice(self._choices[blank])
                if blank in _FREE and not known:
                    written = name = _FREE[blank]
                slips = blank in ("证书", "机构") and not known and len(name) >= _LONG
                if blank in ("错名", "错机构") or (slips and chance.random() < SLIPS):
                    written = _damaged(name, chance)
                if blank == "半名":
                    written = _shortened(written, chance)
                text = text.replace(hole, written, 1)
                names.add(name)
        return text, names

    def point(
        self, lookup: Lookup, blank: str, chance: random.Random, *, absent: bool
    ) -> tuple[str, set[str]] | None:
        """不说名称、指着说的一句，与说的是哪一个；填不了的为 `None`。

        参数:
            absent: 说的是名录里没有的
        """
        hole = f"{{{blank}}}"
        if lookup.before or lookup.text.count("{") > 1 or hole not in lookup.text:
            return None
        among = {ABSENT} if absent else {name for _, name in self._choices[blank]}
        if (filled := self._said.fill(lookup.author, among, chance)) is None:
            return None
        written, name = filled
        return lookup.text.replace(hole, written), {name}


def _long(names: Iterable[str], least: int = _LONG) -> list[tuple[str, str]]:
    """够长的名称：写坏、写短了还认得出。"""
    return [(name, name) for name in names if len(name) >= least]


def _shortened(name: str, chance: random.Random) -> str:
    """末尾或中间少写两个字。"""
    place = chance.choice((len(name) - 2, len(name) // 2))
    return name[:place] + name[place + 2 :]


def _damaged(name: str, chance: random.Random) -> str:
    """漏一个字，或颠倒两个字。"""
    place = chance.randrange(len(name) - 1)
    if chance.random() < 0.5:
        return name[:place] + name[place + 1 :]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def filled(
    lookup: Lookup,
    filling: Filling,
    directory: DirectorySource,
    region: str | None,
    at: datetime,
    lexicon: Lexicon,
) -> Iterator[Asked]:
    """一种问法填成几句。"""
    blank = "{" in lookup.text + lookup.before
    for number in range(TIMES if blank else 1):
        chance = random.Random(f"{lookup.text}{number}")
        known = number == 0 and lookup.kind is not LookupKind.ELSE
        before, told = filling.fill(lookup.before, chance, known=known)
        text, names = filling.fill(lookup.text, chance, known=known)
        names |= told | ({lookup.name} if lookup.name else set())
        question = pose(text, region, at, lexicon)
        if before:
            turn = _turn(before, names, directory, region, at, lexicon)
            if turn is None:
                continue
            question = replace(question, previous=turn)
        yield Asked(lookup, question, frozenset(names))
    for blank, absent in POINTED:
        chance = random.Random(f"{lookup.text}{blank}{absent}")
        if pointed := filling.point(lookup, blank, chance, absent=absent):
            text, names = pointed
            question = pose(text, region, at, lexicon)
            yield Asked(lookup, question, frozenset(names), said=True)


def owner_questions(
    lookups: Iterable[Lookup], entries: Iterable[Entry], catalogue: Catalogue
) -> Iterator[tuple[Entry, str]]:
    """各条的答案里写着、名录里没有的号码与邮箱，问是谁的。"""
    people = [one.text for one in lookups if one.kind is LookupKind.PERSON]
    for entry in entries:
        for code in sorted(codes_in(entry.answer)):
            if code in catalogue.numbers or code in catalogue.emails:
                continue
            hole = "{邮箱}" if "@" in code else "{号码}"
            for text in people:
                if hole in text and text.count("{") == 1:
                    yield entry, text.replace(hole, code)


def _turn(
    before: str,
    names: Collection[str],
    directory: DirectorySource,
    region: str | None,
    at: datetime,
    lexicon: Lexicon,
) -> Turn | None:
    """上一句得到的回答；名录答不了的，当作问的时间。"""
    question = pose(before, region, at, lexicon)
    for found in directory.candidates(question):
        if not set(names).isdisjoint(Key.read(found.key).names):
            answer = directory.answer(found.key, question)
            return Turn(
                before, DIRECTORY, found.key, region, answer.text if answer else ""
            )
    if names:
        return None
    return Turn(before, CALENDAR, "REPORT" if "双周" in before else "WHEN", region)
