"""读懂一句问话：问的是谁、哪一项，还有哪些字没读懂。"""

import re
import unicodedata
from dataclasses import dataclass, replace

from bot.text import normalise

from .catalogue import Catalogue
from .index import Entity, EntityIndex, Kind, Match, Mention, Quality, leading
from .sounds import units
from .words import (
    ATTRIBUTES,
    BATCH,
    COUNTING,
    ELSEWHERE,
    FILLERS,
    FOLLOWING,
    LIST_TOPIC,
    LISTING,
    LOOK_UP,
    WHO,
    Attribute,
    batch_number,
)

LONGEST = 60
"""规整后超过这么多字的话不是查名录。"""
LONGEST_NAME = 28
LONGEST_BARE = 18
"""剩下的字比这还多，就不像一个名称了；没问哪一项时更严。"""
CLOSE = 0.75
"""名称后面跟着没读懂的字时，整段像到这个程度就当作写错的名称来反问。"""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.A)
_NUMBER = re.compile(
    r"(?<!\d)(1[3-9]\d(?:[ -]?\d{4}){2}|1[3-9]\d{9}|0\d{2,3}[ -]?\d{7,8}|"
    r"[48]00-?\d{3}-?\d{4}|[2-9]\d{6,7})(?!\d)"
)
_MARK = 0xE000
"""名称在原处换成的记号，从私用区的第一个字开始。"""
_MARKED = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Request:
    """读懂的问话。

    参数:
        matches: 不分上下的实体，一个以上就是有歧义
        near: 相近但不是的，只能反问
        attributes: 问的各项，按问的次序
        listing: 要清单时是什么的清单，如 `field:数控`、`batch:3`、`all`
        counting: 只问有几个
        numbers: 话里的电话号码，只留数字
        emails: 话里的邮箱
        asked: 除去套话与所问项目之后剩下的文字
        leftover: 没读懂的字数
        following: 像是接着上一问
        looking_up: 明说了要查
        elsewhere: 问的像是别的单位或平台
    """

    matches: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    listing: str = ""
    counting: bool = False
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    asked: str = ""
    leftover: int = 0
    following: bool = False
    looking_up: bool = False
    elsewhere: bool = False


class Reader:
    """按一份名录读问话。"""

    def __init__(self, catalogue: Catalogue, index: EntityIndex) -> None:
        self._catalogue = catalogue
        self._index = index
        self._fields = {
            normalise(name): field.name
            for field in catalogue.fields.values()
            for name in (field.name, *field.aliases)
        }

    def read(self, text: str) -> Request:
        """读一句问话；读不出名录里的东西时各项为空。"""
        plain = unicodedata.normalize("NFKC", text)
        if len(plain) > 4 * LONGEST:
            return Request()
        emails, numbers = tuple(_EMAIL.findall(plain)), ()
        if not emails:
            numbers = tuple(re.sub(r"\D", "", n) for n in _NUMBER.findall(plain))
        if emails or numbers:
            return self._owner(plain, emails, numbers)
        asked = normalise(text)
        if not asked or len(asked) > LONGEST:
            return Request()
        return self._named(asked)

    def name(self, text: str) -> Request:
        """把整段文字当作名称来读，供「查证书 词」这样明说要查的口令。"""
        request = self.read(text)
        if request.matches or request.numbers or request.emails or request.listing:
            return request
        found = self._index.find(normalise(text))
        best = tuple(leading(found))
        if best and best[0].quality > Quality.NEAR:
            return replace(request, matches=best, near=(), leftover=0)
        return replace(request, near=request.near or tuple(found[:3]))

    def field(self, text: str) -> str | None:
        """一个方向的名称或别名。"""
        return self._fields.get(normalise(text))

    def _owner(
        self, plain: str, emails: tuple[str, ...], numbers: tuple[str, ...]
    ) -> Request:
        """话里有号码：是不是在问它是谁的。"""
        rest = normalise(_NUMBER.sub(" ", _EMAIL.sub(" ", plain)))
        asking = WHO.search(rest) is not None
        looking_up = LOOK_UP.search(rest) is not None
        rest, attributes = _attributes(WHO.sub("", rest))
        left = len(units(FILLERS.sub("", rest).replace(" ", "")))
        return Request(
            emails=tuple(email.lower() for email in emails),
            numbers=numbers,
            attributes=attributes,
            leftover=left,
            looking_up=asking or looking_up,
        )

    def _named(self, asked: str) -> Request:
        mentions = self._index.mentions(asked)
        masked = _mask(asked, mentions)
        request = Request(
            following=FOLLOWING.search(asked) is not None,
            looking_up=LOOK_UP.search(asked) is not None,
            counting=COUNTING.search(masked) is not None,
        )
        if LISTING.search(masked) is not None:
            listed = self._listed(asked, masked, mentions, request)
            if listed is not None:
                return listed
        rest, attributes = _attributes(masked)
        rest = FILLERS.sub(" ", rest)
        left = _MARKED.sub("", rest).replace(" ", "")
        whole = _restore(rest.replace(" ", ""), asked, mentions)
        request = replace(request, attributes=attributes, asked=whole)
        return self._resolve(request, mentions, left, whole)

    def _resolve(
        self, request: Request, mentions: list[Mention], left: str, whole: str
    ) -> Request:
        named = self._together(mentions)
        if named and not left:
            return replace(request, matches=named)
        wordy = len(whole) > (LONGEST_NAME if request.attributes else LONGEST_BARE)
        found = [] if wordy and not whole.isascii() else self._index.find(whole)
        best = tuple(leading(found))
        elsewhere = left != "" and ELSEWHERE.search(left) is not None
        enough = Quality.TYPO if elsewhere else Quality.PART
        if best and best[0].quality >= enough:
            return replace(request, matches=best)
        if elsewhere and not named:
            return replace(request, elsewhere=True)
        if named:
            if inside := self._inside(named, left):
                return replace(request, matches=inside)
            if left == "手机" and named[0].entity.kind is Kind.CERTIFICATE:
                phone = (*request.attributes, Attribute.PHONE)
                return replace(request, matches=named, attributes=phone)
            if best and best[0].score >= CLOSE:
                return replace(request, near=best)
            return replace(request, matches=named, leftover=len(units(left)))
        return replace(request, near=tuple(found[:3]), leftover=len(units(left)))

    def _together(self, mentions: list[Mention]) -> tuple[Match, ...]:
        """几处名称合起来指谁：“阳光大姐的母婴护理”指母婴护理。"""
        entities = list(dict.fromkeys(e for m in mentions for e in m.entities))
        certificates = [e for e in entities if e.kind is Kind.CERTIFICATE]
        issuers = {e.name for e in entities if e.kind is Kind.ORGANISATION}
        if issuers and certificates and len(mentions) > 1:
            own = [e for e in certificates if self._issuer(e) in issuers]
            entities = own or entities
        elif certificates:
            entities = certificates
        return tuple(Match(entity, Quality.EXACT, 1.0) for entity in entities)

    def _inside(self, named: tuple[Match, ...], left: str) -> tuple[Match, ...]:
        """机构已说准，剩下的字是不是它的某个证书。"""
        issuers = {m.entity.name for m in named if m.entity.kind is Kind.ORGANISATION}
        own = [
            match
            for match in self._index.find(left)
            if match.entity.kind is Kind.CERTIFICATE
            and match.quality > Quality.NEAR
            and self._issuer(match.entity) in issuers
        ]
        return tuple(leading(own))

    def _issuer(self, certificate: Entity) -> str:
        return self._catalogue.certificates[certificate.name].organisation

    def _listed(
        self, asked: str, masked: str, mentions: list[Mention], request: Request
    ) -> Request | None:
        """要清单：某一批、某家机构、某个方向，或全部；都不是则为 `None`。"""
        rest = COUNTING.sub(" ", LISTING.sub(" ", masked))
        batch = BATCH.search(rest)
        if batch:
            number = batch_number(batch)
            left = FILLERS.sub("", LIST_TOPIC.sub("", BATCH.sub("", rest)))
            if number not in self._catalogue.batches:
                return None
            return replace(
                request,
                listing=f"batch:{number}",
                leftover=len(units(left.replace(" ", ""))),
            )
        issuers = [
            Match(entity, Quality.EXACT, 1.0)
            for mention in mentions
            for entity in mention.entities
            if entity.kind is Kind.ORGANISATION
        ]
        stripped = FILLERS.sub("", rest).replace(" ", "")
        if issuers:
            left = _MARKED.sub("", LIST_TOPIC.sub("", stripped))
            return replace(
                request,
                matches=tuple(issuers),
                attributes=(Attribute.CERTIFICATES,),
                leftover=len(units(left)),
            )
        return self._listed_by_field(_restore(stripped, asked, mentions), request)

    def _listed_by_field(self, whole: str, request: Request) -> Request | None:
        trimmed = LIST_TOPIC.sub("", whole)
        for topic in (whole, trimmed):
            if field := self._fields.get(topic):
                return replace(request, listing=f"field:{field}")
        if not trimmed:
            return replace(request, listing="all")
        found = leading(self._index.find(trimmed))
        if found and found[0].quality is Quality.TYPO:
            issuers = [m for m in found if m.entity.kind is Kind.ORGANISATION]
            if issuers:
                return replace(
                    request,
                    matches=tuple(issuers),
                    attributes=(Attribute.CERTIFICATES,),
                )
        return None


def _attributes(text: str) -> tuple[str, tuple[Attribute, ...]]:
    """取出所问的各项，按出现的次序；取走处留一个空格。"""
    found: list[tuple[int, Attribute]] = []
    for attribute, pattern in ATTRIBUTES:
        for match in pattern.finditer(text):
            found.append((match.start(), attribute))
            blank = " " * len(match[0])
            text = text[: match.start()] + blank + text[match.end() :]
    return text, tuple(dict.fromkeys(attribute for _, attribute in sorted(found)))


def _mask(text: str, mentions: list[Mention]) -> str:
    """名称换成记号，免得里面的字被当成套话。"""
    for number, mention in reversed(list(enumerate(mentions))):
        mark = chr(_MARK + number)
        text = text[: mention.start] + mark + text[mention.end :]
    return text


def _restore(text: str, original: str, mentions: list[Mention]) -> str:
    def named(match: re.Match[str]) -> str:
        mention = mentions[ord(match[0]) - _MARK]
        return original[mention.start : mention.end]

    return _MARKED.sub(named, text)
