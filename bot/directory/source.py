"""名录作为一种回答的来源：给出候选与把握，写出答案。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from bot.answering import Answer, Candidate, Question
from bot.text import normalise

from . import wording
from .answers import Writer
from .catalogue import Catalogue
from .index import Entity, EntityIndex, Kind, Match, Quality
from .keys import Key
from .records import Certificate, Contact
from .request import Reader, Request
from .words import BATCH, Attribute, batch_number

SOURCE = "directory"
MAX_CHOICES = 3

ASKED = 0.95
"""名称加所问的一项。"""
BARE = 0.65
"""只有一个名称：被点名时当作要查，没点名不出声。"""
FOLLOWED = 0.9
AMBIGUOUS = 0.42
"""几个不分上下：都列出来请人选。"""
SUSPECTED = 0.3
"""只是相近：反问。"""
MISSING = 0.5
"""像在问一个证书或机构的电话，而名录里没有：说没有，别的来源更有把握就让它答。"""
UNREAD = 0.09
"""有没读懂的字：多半不是在查名录，让别的来源答。"""
COUNTED = 0.5
"""清单与个数：常见问题里有的由它答。"""
PERSONAL = 0.6
"""按人名查：群里可能有同名的人，没点名不出声。"""
SHORTEST = 3
LONGEST_MISSING = 14
_REACHING = {Attribute.PHONE, Attribute.EMAIL, Attribute.CONTACT, Attribute.FAX}
_SUFFIX = re.compile(r"的?(职业技能|技能)?(等级)?证书")
_LIKENESS = {Kind.CERTIFICATE: 0.6, Kind.ORGANISATION: 0.85, Kind.PERSON: 0.6}
"""像到什么程度才拿来反问；机构名多有“科技有限公司”之类，要更像。"""
_KINDS = frozenset(Kind)
_PART = ((0.9, 0.85), (0.8, 0.75), (0.0, 0.6))
"""名称的一部分：从头起、中间相连、跳着缩写，各有多大把握。"""


@dataclass(frozen=True)
class Snapshot:
    """某一刻的名录与由它建的一切，不再改变。"""

    catalogue: Catalogue
    index: EntityIndex
    reader: Reader
    writer: Writer

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """证书与机构的名称常用的结尾。"""
        names = [normalise(name) for name in self.catalogue.certificates]
        return (*{name[-2:] for name in names}, "公司", "集团", "协会")

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Snapshot":
        """由名录建索引。"""
        index = EntityIndex(catalogue)
        return cls(catalogue, index, Reader(catalogue, index), Writer(catalogue))


class Holder(Protocol):
    """持有当前名录的。"""

    @property
    def snapshot(self) -> Snapshot:
        """当前的名录。"""
        ...


class DirectorySource:
    """名录来源；名录不分地区。"""

    name = SOURCE
    MAX_CHOICES = MAX_CHOICES

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    def candidates(self, question: Question) -> Sequence[Candidate]:
        """这句问话的候选，把握大的在前。"""
        snapshot = self._holder.snapshot
        request = snapshot.reader.read(question.text)
        followed = _follow(question, request)
        if followed is not None:
            return [self._candidate(followed, FOLLOWED)]
        if request.numbers or request.emails:
            return self._owners(snapshot, request)
        if request.listing:
            confidence = _list_confidence(request)
            return [self._candidate(Key("list", request.listing), confidence)]
        if field := _as_field(snapshot, request):
            key = Key("list", f"field:{field}", request.attributes)
            return [self._candidate(key, _read(request, COUNTED))]
        if request.matches:
            return self._named(request)
        if near := _worth_asking(request):
            return [
                self._candidate(_key(match.entity, request.attributes), SUSPECTED)
                for match in near
            ]
        if _is_missing(snapshot, question.text, request):
            return [self._candidate(Key("none", request.asked), MISSING)]
        return []

    def look_up(self, text: str, kind: Kind) -> list[Key]:
        """明说要查时的全部对得上的候选；`kind` 类的优先。"""
        request = self._holder.snapshot.reader.name(text)
        if request.numbers or request.emails:
            return [*_owner_keys(request)]
        if request.listing:
            return [Key("list", request.listing)]
        if request.leftover:
            return []
        same = [match for match in request.matches if match.entity.kind is kind]
        chosen = same or list(request.matches)
        return [_key(match.entity, request.attributes) for match in chosen]

    def near(self, text: str) -> tuple[str, list[Key]]:
        """明说要查而没有时：查的是什么，相近的有哪些。"""
        request = self._holder.snapshot.reader.name(text)
        close = dict.fromkeys((*request.matches, *request.near))
        keys = [_key(match.entity, ()) for match in list(close)[:MAX_CHOICES]]
        return request.asked or text.strip(), keys

    def answer(self, key: str, question: Question) -> Answer | None:
        """某个候选的答案。"""
        text = self.say(Key.read(key))
        return None if text is None else Answer(text)

    def say(self, key: Key) -> str | None:
        """写出一个候选的答案；对象已不在名录里则为 `None`。"""
        snapshot = self._holder.snapshot
        writer, catalogue = snapshot.writer, snapshot.catalogue
        match key.kind:
            case Kind.CERTIFICATE:
                return writer.certificate(key.name, key.attributes)
            case Kind.ORGANISATION:
                parts = [writer.organisation(n, key.attributes) for n in key.names]
                return "\n".join(part for part in parts if part) or None
            case Kind.PERSON:
                return writer.person(key.name, key.attributes)
            case "number":
                found = self.owners_of_number(key.name)
                shown = f"{key.name} 登记在："
                return writer.owner(shown, found) if found else wording.NO_NUMBER
            case "email":
                found = catalogue.emails.get(key.name, [])
                shown = f"{key.name} 登记在："
                return writer.owner(shown, found) if found else wording.NO_EMAIL
            case "none":
                return wording.not_found(key.name, [])
            case "list":
                return writer.names(*self.listed(key.name), key.attributes)
            case _:
                return None

    def topic(self, text: str) -> str | None:
        """「证书列表」后面的词是什么的清单；都不是则为 `None`。"""
        snapshot = self._holder.snapshot
        word = re.sub(r"(类|方向)?的?(证书)?(列表|名单)?$", "", text.strip())
        if not word or word in ("全部", "所有"):
            return "all"
        if field := snapshot.reader.field(word) or snapshot.reader.field(text):
            return f"field:{field}"
        batch = BATCH.search(word) or re.fullmatch(r"(?P<number>[1-9一二三四])", word)
        if batch and batch_number(batch) in snapshot.catalogue.batches:
            return f"batch:{batch_number(batch)}"
        return None

    def listed(self, topic: str) -> tuple[list[Certificate], str]:
        """一个清单的证书与题目，如（…，`第三批`）。"""
        catalogue = self._holder.snapshot.catalogue
        kind, _, name = topic.partition(":")
        if kind == "batch":
            return catalogue.in_batch(int(name)), catalogue.batches[int(name)].name
        if kind == "field":
            return catalogue.in_field(name), name
        return list(catalogue.certificates.values()), "全部"

    def owners_of_number(self, digits: str) -> list[Contact]:
        """登记了这个号码的各处；没写区号也认。"""
        numbers = self._holder.snapshot.catalogue.numbers
        if digits in numbers or len(digits) > 8:
            return numbers.get(digits, [])
        return [
            contact
            for number, contacts in numbers.items()
            if number.startswith("0") and number.endswith(digits)
            for contact in contacts
        ]

    def title(self, key: Key) -> str:
        """列给人选时的一句话。"""
        if key.kind == "list":
            return f"{self.listed(key.name)[1]}的证书清单"
        if key.kind in ("number", "email"):
            return f"{key.name} 是谁的"
        if key.kind == "none":
            return wording.is_there(key.name)
        names = [wording.ATTRIBUTE_NAMES[a] for a in key.attributes]
        about = "、".join(names) or wording.CONTACT_DETAILS
        return f"{'、'.join(key.names)}的{about}"

    def _candidate(self, key: Key, confidence: float) -> Candidate:
        ours = 0.9 if confidence > UNREAD else 0.4
        return Candidate(SOURCE, str(key), self.title(key), confidence, ours)

    def _owners(self, snapshot: Snapshot, request: Request) -> list[Candidate]:
        found: list[Candidate] = []
        for key in _owner_keys(request):
            known = (
                self.owners_of_number(key.name)
                if key.kind == "number"
                else snapshot.catalogue.emails.get(key.name)
            )
            if request.leftover or not (request.looking_up or known):
                continue
            asked = request.looking_up and known
            found.append(self._candidate(key, ASKED if asked else BARE))
        return found

    def _named(self, request: Request) -> list[Candidate]:
        matches, attributes = _preferred(request.matches), request.attributes
        issuers = [m.entity.name for m in matches]
        if attributes == (Attribute.CERTIFICATES,) and len(issuers) <= MAX_CHOICES:
            key = Key(Kind.ORGANISATION, "|".join(issuers), attributes)
            return [self._candidate(key, _read(request, ASKED))]
        if len(matches) > 1:
            confidence = _read(request, AMBIGUOUS)
            if len(matches) > MAX_CHOICES:
                confidence = min(confidence, SUSPECTED)
            return [
                self._candidate(_key(match.entity, attributes), confidence)
                for match in matches[:MAX_CHOICES]
            ]
        return [
            self._candidate(_key(match.entity, attributes), _confidence(match, request))
            for match in matches
        ]


def _key(entity: Entity, attributes: Sequence[Attribute]) -> Key:
    if entity.kind is Kind.ORGANISATION:
        attributes = [a for a in attributes if a is not Attribute.ISSUER]
    return Key(entity.kind, entity.name, tuple(attributes))


def _preferred(matches: Sequence[Match]) -> Sequence[Match]:
    """几个只对上一部分的，证书优先：老师问的多半是证书。"""
    if matches[0].quality is not Quality.PART:
        return matches
    certificates = [m for m in matches if m.entity.kind is Kind.CERTIFICATE]
    return certificates or matches


def _as_field(snapshot: Snapshot, request: Request) -> str | None:
    """只说了一个方向、没说是哪个证书时，是哪个方向。"""
    sure = request.matches and request.matches[0].quality >= Quality.TYPO
    if sure or len(request.matches) == 1:
        return None
    return snapshot.reader.field(request.asked)


def _owner_keys(request: Request) -> list[Key]:
    keys = [Key("email", email) for email in request.emails]
    keys.extend(Key("number", number) for number in request.numbers)
    return keys[:MAX_CHOICES]


def _follow(question: Question, request: Request) -> Key | None:
    """“电话呢”接着问刚才那个的另一项；“那物流管理呢”接着问另一个的同一项。"""
    previous = question.previous
    if previous is None or previous.source != SOURCE:
        return None
    before = Key.read(previous.key)
    if before.kind not in _KINDS or request.leftover or request.listing:
        return None
    if request.attributes and not request.asked:
        return before.asking(request.attributes)
    one = request.matches[0] if len(request.matches) == 1 else None
    if one and one.quality >= Quality.TYPO and not request.attributes:
        if request.following and before.attributes:
            return _key(one.entity, before.attributes)
    return None


def _confidence(match: Match, request: Request) -> float:
    """一个实体对上了，有多大把握这就是所问的。"""
    base = ASKED if request.attributes or request.looking_up else BARE
    if match.quality is Quality.TYPO:
        base *= 0.8 + 0.15 * match.score
    elif match.quality is Quality.PART:
        base *= next(factor for floor, factor in _PART if match.score >= floor)
        if match.entity.kind is Kind.ORGANISATION and match.share < 0.35:
            base = min(base, SUSPECTED)
    if base <= BARE and match.quality < Quality.EXACT and len(request.asked) < 4:
        base = min(base, SUSPECTED)
    if match.entity.kind is Kind.PERSON:
        base = min(base, PERSONAL)
    elif match.entity.kind is Kind.ORGANISATION and not request.attributes:
        base = min(base, 0.55)
    if request.asked.isdecimal() and not request.attributes:
        base = min(base, SUSPECTED)
    return _read(request, base)


def _read(request: Request, confidence: float) -> float:
    """有没读懂的字就大打折扣。"""
    if request.leftover == 0:
        return confidence
    return min(UNREAD, confidence) / (1 + 0.1 * request.leftover)


def _list_confidence(request: Request) -> float:
    if request.leftover:
        return _read(request, UNREAD)
    if request.listing.startswith("field:"):
        return ASKED - 0.1
    return COUNTED


def _worth_asking(request: Request) -> list[Match]:
    """值得反问的相近项：像的程度过半，不拿毫不相干的来问。"""
    if not request.attributes or len(request.asked) < SHORTEST:
        return []
    return [
        match
        for match in request.near[:MAX_CHOICES]
        if match.score >= _LIKENESS[match.entity.kind]
    ]


def _is_missing(snapshot: Snapshot, text: str, request: Request) -> bool:
    """像在问名录里没有的一个证书或机构怎么联系：写了“证书”，或结尾像证书、公司的名称。"""
    if _REACHING.isdisjoint(request.attributes) or request.elsewhere:
        return False
    asked = request.asked
    if not SHORTEST <= len(asked) <= LONGEST_MISSING:
        return False
    whole = normalise(text)
    place = whole.find(asked)
    named = asked.endswith(snapshot.endings) or _SUFFIX.match(whole, place + len(asked))
    return place >= 0 and bool(named)
