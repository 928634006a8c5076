"""读懂一句问话：问的是谁、哪一项，还有哪些字没读懂。"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from bot.text import normalise
from bot.text.contacts import EMAIL_IN_TEXT, PHONE_IN_TEXT

from .asked import attributes_in
from .catalogue import Catalogue
from .index import EntityIndex
from .listing import SHORTEST_WORD, Listed, ListReader
from .matches import (
    MARK,
    MARKED,
    Clarity,
    Entity,
    Kind,
    Match,
    Mention,
    Quality,
    leading,
    mask,
    restore,
)
from .meant import mainly, without_denied, without_denied_names
from .phrases import (
    ATTRIBUTES,
    CALLER,
    CHATTY,
    CONTEXT,
    COUNTED,
    ELSEWHERE,
    FILLERS,
    FOLLOWING,
    FURTHER,
    GLUE,
    INTENT,
    LISTING,
    LOOK_UP,
    QUERYING,
    WHO,
    Attribute,
)
from .sounds import units
from .talk import Talk
from .unread import (
    ASKED,
    Unread,
    before_asked,
    blanked,
    clauses_of,
    joined,
    moved,
    name_like,
    telling,
)

LONGEST = 160
"""规整后超过这么多字的话不是查名录。"""
LONGEST_NAME = 28
LONGEST_BARE = 18
"""剩下的字比这还多，就不像一个名称了；没问哪一项时更严。"""
CLOSE = 0.75
"""名称后面跟着没读懂的字时，整段像到这个程度就当作写错的名称来反问。"""
_CERTIFICATES = re.compile(r"(职业)?(技能)?(等级)?证书?(?!号)")
_BREAK = re.compile(r"[，,。;；、!！?？~～…—\s]+")
JOINED = 0.8
"""名称里连着的一段，至少这么像。"""
NEARLY = 0.85
"""一个分句像一个名称到这个程度，说的就是它，别的分句是缘由。"""
_ASIDE = re.compile(
    r"\((?P<inside>[\u4e00-\u9fff，,]*[了吧吗错记像][\u4e00-\u9fff，,]*)\)"
)
"""“（字可能打错了）”：括号里的一句闲话；“（Python）”是名称的一部分。"""
_EXCEPT = re.compile(
    r"除了?[^，,。？?]{1,12}?(?:之外|以外|[那这]个|外)?[，,]?(?=还有|另外|别的|其他)"
)
"""“除了某某那个还有哪些”：要的是同一方面的清单。"""
_RELATED = re.compile(r"[沾挨搭靠](?:得?上|点儿?)?边|挂得?上?钩")
"""“和车沾边的”。"""
_ASSISTANT = re.compile(
    r"(?:[这那你]个?|咱们?的?|个)(?:破|小|傻)?机器人(?!的?证|的?电话|运维|编程|装调|集成)|"
    r"^\W*(?:小)?机器人(?=[\s,，。!！~]|[你您能]|$)"
)
"""“这机器人”“机器人你能不能……”：说的是助手。"""
_POINTING = "就是那这个的叫说问"
"""“就是那个……”：名称前面指着说的字。"""
SHORTEST_NAME = 3
"""接着问时，所问的项前面有这么多字没读懂，就像是另一个名称。"""
SHORTEST_CLAUSE, MOST_ASIDE = 5, 4
"""别的分句一共没读懂这么几个字，这一句又有这么长，说的名称就是它。"""
LONGEST_MISTYPED = 2
"""简称前面写错了的，至多这么几个字。"""
SHORTEST_ABSENT = 4
"""并列着的另一个名称，至少有这么多个字。"""
_BESIDE = ("和", "跟", "与", "及", "同")
_SAID = re.compile("[问要报想叫说找是]")
"""“学院问某某证书”：名称前面的话到这里为止。"""
ANOTHER = 0.705
"""整段只像到这个程度，多半是另一个名称（“桥梁无损检测”）。"""
UNKNOWN_NAME = range(5, 15)
"""像一个没有收的名称，有这么多个字。"""
_IS_LISTED = re.compile(
    r"[“「『\"‘'](?P<name>[\u4e00-\u9fff]{2,4})[”」』\"’'].*"
    r"(?:有(?:没有)?|在不在|是不是|查无)(?:这|此)个?(?:人|老师)"
)
"""“有人自称‘贾示例’，表上有这人吗”。"""
MOST_ALIKE = 3
"""头两个字相同的证书多过这么多，这个词就太宽了。"""
_NUMBER = re.compile(
    rf"{PHONE_IN_TEXT.pattern}|(?<!\d)(?P<local>[2-9]\d{{6,7}})"
    r"(?:[ -]*(?:转|分机) ?\d{1,6}|-\d{1,6})?(?!\d)"
)
"""号码，没写区号的也算。"""


@dataclass(frozen=True, slots=True)
class Request:
    """读懂的问话。

    参数:
        matches: 对上的实体；一个以上是有歧义，`joint` 时是一起问的几个
        near: 相近但不是的，只能反问
        attributes: 问的各项，按问的次序
        listed: 要的清单
        numbers: 话里的电话号码，只留数字
        emails: 话里的邮箱
        asked: 除去套话与所问项目之后剩下的文字
        leftover: 没读懂的字数：紧挨着名称、所问的项的
        aside: 别处没读懂的字数：缘由、顺带说的
        following: 像是接着上一问
        looking_up: 明说了要查
        querying: 带着疑问的字眼
        in_context: 提到了证书
        chatty: 问法是“谁负责”之类，闲谈里也常用
        elsewhere: 问的像是别的单位或平台
        calling: 说的是话里的号码打来的
        absent: 与 `matches` 并列着问的、名录里没有的名称
    """

    matches: tuple[Match, ...] = ()
    joint: bool = False
    near: tuple[Match, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    listed: Listed | None = None
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    asked: str = ""
    leftover: int = 0
    aside: int = 0
    following: bool = False
    looking_up: bool = False
    querying: bool = False
    in_context: bool = False
    chatty: bool = False
    elsewhere: bool = False
    calling: bool = False
    absent: tuple[str, ...] = ()


class Reader:
    """按一份名录读问话。

    参数:
        talk: 套话，名称里也有的词已经去掉
    """

    def __init__(self, catalogue: Catalogue, index: EntityIndex, talk: Talk) -> None:
        self._catalogue = catalogue
        self._index = index
        self._talk = talk
        self.lists = ListReader(catalogue, index, talk)

    def read(self, text: str) -> Request:
        """读一句问话；读不出名录里的东西时各项为空。"""
        plain = unicodedata.normalize("NFKC", text)
        if len(plain) > 4 * LONGEST:
            return Request()
        plain = _ASIDE.sub(self._without_aside, plain)
        plain = _RELATED.sub("有关", _EXCEPT.sub("", _ASSISTANT.sub(" ", plain)))
        emails = tuple(e.replace(" ", "").lower() for e in EMAIL_IN_TEXT.findall(plain))
        numbers: tuple[str, ...] = ()
        if not emails:
            found = (m["number"] or m["local"] for m in _NUMBER.finditer(plain))
            numbers = tuple(re.sub(r"\D", "", number) for number in found)
        if (person := _IS_LISTED.search(plain)) and not self._knows(person["name"]):
            return Request(
                attributes=(Attribute.CONTACT,), asked=person["name"],
                looking_up=True, querying=True, in_context=True,
            )  # fmt: skip
        if emails or numbers:
            return replace(_owner(plain), emails=emails, numbers=numbers)
        clauses = without_denied([*map(normalise, _BREAK.split(plain))], self._index)
        asked = "".join(clauses)
        if not asked or len(asked) > LONGEST:
            return Request()
        ends = accumulate(len(clause) for clause in clauses)
        return self._named(asked, frozenset(ends))

    def _knows(self, person: str) -> bool:
        return any(m.entity.kind is Kind.PERSON for m in self._index.exact(person))

    def _without_aside(self, aside: re.Match[str]) -> str:
        """括号里说到名称、所问的项的留着，“（字可能打错了）”去掉。"""
        inside = normalise(aside["inside"])
        said = self._index.mentions(inside) or attributes_in(inside)[1]
        return aside[0] if said else " "

    def name(self, text: str) -> Request:
        """把整段文字当作名称来读，供「查证书 词」这样明说要查的口令。"""
        request = self.read(text)
        sure = request.matches and request.matches[0].quality > Quality.PIECE
        if sure or request.numbers or request.emails or request.listed:
            return request
        if topic := self.lists.topic(text):
            return Request(listed=Listed(topic))
        found = self._index.find(normalise(text))
        best = tuple(leading(found))
        if best and best[0].quality > Quality.NEAR:
            return replace(request, matches=best, near=(), leftover=0)
        return replace(request, near=request.near or tuple(found[:3]))

    def split(self, text: str) -> tuple[str, tuple[Attribute, ...]]:
        """拆成名称里的几个字与所问的各项；`text` 是规整过的。"""
        rest, attributes = attributes_in(text)
        return telling(GLUE.sub(" ", rest), self._talk), attributes

    def told(self, text: str) -> list[str]:
        """各个分句里除去套话、所问的项、要清单的字眼，剩下说是哪一个的字。"""
        clauses: list[str] = []
        for clause in _BREAK.split(unicodedata.normalize("NFKC", text)):
            rest, _ = attributes_in(normalise(clause))
            rest = LISTING.sub(" ", GLUE.sub(" ", rest))
            clauses.append(telling(rest, self._talk))
        return clauses

    def further(self, text: str) -> tuple[int, tuple[Attribute, ...]]:
        """接着问时没有点名：没读懂的字数与所问的各项；点了名的、像名称的没有所问的项。"""
        asked = normalise(text)
        if self._index.mentions(asked):
            return 0, ()
        rest, attributes = attributes_in(asked, (*ATTRIBUTES, *FURTHER))
        rest = blanked(FILLERS, rest)
        spoken = self._talk.cover(rest)
        if len(before_asked(rest, spoken)) >= SHORTEST_NAME:
            return 0, ()
        return len(units(joined(spoken))), attributes

    def _named(self, asked: str, ends: Collection[int]) -> Request:
        """读说到名称的。

        参数:
            ends: 各分句到第几个字为止
        """
        mentions = mainly(self._mentions(asked), asked, ends)
        masked = blanked(GLUE, blanked(INTENT, mask(asked, mentions)))
        request = Request(
            following=FOLLOWING.search(asked) is not None,
            looking_up=LOOK_UP.search(asked) is not None,
            querying=QUERYING.search(masked) is not None,
            in_context=CONTEXT.search(masked) is not None,
            chatty=CHATTY.search(masked) is not None,
        )
        if listed := self._listed(masked, mentions, moved(ends, mentions)):
            return replace(
                request,
                listed=listed,
                matches=listed.owners,
                attributes=(Attribute.CERTIFICATES,) if listed.owners else (),
                asked=restore(masked, mentions),
                leftover=listed.leftover,
            )
        rest, attributes = attributes_in(masked)
        if not attributes and _is_house(mentions):
            rest = _CERTIFICATES.sub(lambda m: ASKED * len(m[0]), rest)
            attributes = (Attribute.CERTIFICATES,) if ASKED in rest else ()
        rest = blanked(FILLERS, blanked(GLUE, rest))
        spoken, ends = self._talk.cover(rest), frozenset(moved(ends, mentions))
        unread = Unread.of(rest, spoken, ends)
        covered = self._talk.cover(rest, shortest=2)
        whole = restore(joined(covered), mentions)
        request = replace(request, attributes=attributes, asked=whole)
        counted = () if mentions else self._counted(asked, whole)
        if counted:
            return replace(request, matches=counted, joint=True)
        request = self._resolve(request, mentions, unread, whole)
        if absent := self._absent(request, rest, covered, spoken, ends):
            size = sum(len(units(name)) for name in absent)
            aside = max(request.aside - size, 0)
            return replace(request, absent=absent, aside=aside)
        if request.matches or request.near or attributes:
            places = name_like(covered, spoken, _shortened(mentions, rest), ends)
            phrases = [restore(covered[a:b], mentions) for a, b in places]
            if unknown := self._unknown(request, mentions, phrases):
                unread = 0 if request.attributes else request.leftover
                return replace(
                    request, matches=(), near=(), asked=unknown, leftover=unread,
                    elsewhere=request.elsewhere and not request.attributes,
                )  # fmt: skip
        if topic := self._bare_topic(request, whole):
            return replace(request, matches=(), listed=Listed(topic))
        if request.matches or mentions or request.elsewhere or not attributes:
            return request
        return self._by_clause(request, clauses_of(covered, ends))

    def _bare_topic(self, request: Request, whole: str) -> str | None:
        """“轨道的”：只说了一个方面，有好几个证书沾着它。"""
        vague = all(m.quality is Quality.PIECE for m in request.matches)
        asking = request.attributes or request.following or request.querying
        if asking or not (len(request.matches) > 1 and vague):
            return None
        return self.lists.topic(whole)

    def _listed(
        self, masked: str, mentions: list[Mention], ends: set[int]
    ) -> Listed | None:
        """要的清单；整句听不出，就看说到名称的（没有名称的，各个）分句。"""
        if listed := self.lists.find(masked, mentions):
            return listed
        edges = [0, *sorted(ends)]
        others = set(attributes_in(masked)[1]) - {Attribute.CERTIFICATES}
        if len(edges) == 2 or others:
            return None
        for start, end in pairwise(edges):
            outside = masked[:start] + masked[end:]
            if not MARKED.search(outside):
                alone = " " * start + masked[start:end]
                if listed := self.lists.find(alone, mentions):
                    return listed
        return None

    def _absent(
        self,
        request: Request,
        rest: str,
        covered: str,
        spoken: str,
        ends: Collection[int],
    ) -> tuple[str, ...]:
        """“老年照护和中药炮制”：与说准了的名称并列着问、名录里却没有的。"""
        if not (request.matches and request.attributes):
            return ()
        found: list[str] = []
        for start, end in name_like(covered, spoken, (), ends):
            phrase = covered[start:end]
            before = start and MARKED.match(rest, start - 1)
            if before and phrase.startswith(_BESIDE):
                phrase = phrase[1:]
            elif MARKED.match(rest, end) and phrase.endswith(_BESIDE):
                phrase = phrase[:-1]
            else:
                continue
            best = leading(self._index.find(phrase))
            if len(phrase) >= SHORTEST_ABSENT and not (best and _is_like(best[0])):
                found.append(phrase)
        return tuple(found)

    def _unknown(
        self, request: Request, mentions: Sequence[Mention], phrases: Sequence[str]
    ) -> str:
        """名录里没有的一个名称：只对上了其中的简称、几个字，整段却像另一个证书。"""
        vague = all(m.quality <= Quality.PIECE for m in request.matches)
        short = mentions and all(map(_is_short, mentions))
        if request.joint or not (vague or short):
            return ""
        endings = self._catalogue.endings
        for phrase in (_SAID.split(phrase)[-1] for phrase in phrases):
            if len(phrase) in UNKNOWN_NAME and phrase.endswith(endings):
                best = leading(self._index.find(phrase))
                if not best or not _is_like(best[0]):
                    return phrase
        return ""

    def _by_clause(self, request: Request, clauses: Sequence[str]) -> Request:
        """几个分句里都有没读懂的字：只看像名称的那一句，别的是缘由。"""
        for clause in clauses if len(clauses) > 1 else ():
            aside = sum(len(units(other)) for other in clauses if other != clause)
            best = tuple(leading(self._index.find(clause.lstrip(_POINTING))))
            if best and (best[0].quality >= Quality.TYPO or _is_telling(best, clause)):
                return replace(request, matches=best, near=(), leftover=0, aside=aside)
            if best and best[0].score >= NEARLY:
                return replace(request, asked=clause, near=best, leftover=0)
            if len(clause) >= SHORTEST_CLAUSE and aside <= MOST_ASIDE:
                size = len(units(clause))
                return replace(request, asked=clause, leftover=size, aside=aside)
        return request

    def _counted(self, asked: str, whole: str) -> tuple[Match, ...]:
        """“5G那两个证书”：名称里有这几个字的，正好有所说的那么多。"""
        said = COUNTED.search(asked)
        if said is None:
            return ()
        count = 2 if said["count"][0] in "两俩二2" else 3
        names = self.lists.sharing(said["what"] or whole, count)
        return tuple(
            Match(Entity(Kind.CERTIFICATE, name), Quality.PART, 0.9, Clarity.NAME)
            for name in names
        )

    def _mentions(self, asked: str) -> list[Mention]:
        """说到的名称；在一个方向的名称里的不算（“电子与集成电路”）。"""
        fields = self.lists.inside_fields(asked)
        mentions = without_denied_names(self._index.mentions(asked), asked)
        return [
            self._lengthened(one, asked)
            for one in mentions
            if not any(
                one.start in field
                and one.end - 1 in field
                and one.end - one.start < len(field)
                for field in fields
            )
        ]

    def _lengthened(self, mention: Mention, asked: str) -> Mention:
        """“失志老人照护”：连上前面的几个字，是另一个名称写错了。"""
        if not _is_short(mention):
            return mention
        for size in range(min(LONGEST_MISTYPED, mention.start), 0, -1):
            start = mention.start - size
            text = asked[start : mention.end]
            best = tuple(leading(self._index.find(text)))
            if len(best) != 1 or best[0].quality < Quality.TYPO:
                continue
            if best[0].entity not in mention.entities:
                return Mention(start, mention.end, text, best)
        return mention

    def _resolve(
        self, request: Request, mentions: list[Mention], unread: Unread, whole: str
    ) -> Request:
        named, left = self._together(request, mentions), unread.every
        if named.matches and not left and not named.joint:
            return named
        wordy = len(whole) > (LONGEST_NAME if request.attributes else LONGEST_BARE)
        found = [] if wordy and not whole.isascii() else self._index.find(whole)
        best = tuple(leading(found))
        if named.joint and not left:
            # “智能估值数据采集”是一个证书的大半，不是两个证书
            is_one = len(best) == 1 and best[0].quality >= Quality.PART
            return replace(named, matches=best, joint=False) if is_one else named
        elsewhere = left != "" and ELSEWHERE.search(left) is not None
        same = best and any(best[0].entity == m.entity for m in named.matches)
        strict = elsewhere or (named.matches and not same)
        enough = Quality.TYPO if strict else Quality.PART if same else Quality.PIECE
        if best and best[0].quality >= enough:
            return replace(request, matches=best)
        if elsewhere and not named.matches:
            return replace(request, elsewhere=True)
        if named.matches:
            if not elsewhere and (inside := self._inside(named.matches, left)):
                return replace(request, matches=inside)
            if self._is_issuer_asked(named, left):
                return replace(named, attributes=(Attribute.ISSUER,))
            if best and not same and best[0].score >= CLOSE:
                return replace(request, near=best)
            clear = all(match.clarity > Clarity.WORD for match in named.matches)
            beside = unread.beside if clear else unread.around
            if not (clear or request.attributes):
                # 日常也用的词，又没问哪一项：别处说的也可能就是这回事
                beside = left
            leftover = len(units(beside))
            aside = len(units(left)) - leftover
            return replace(named, leftover=leftover, aside=aside, elsewhere=elsewhere)
        near = tuple(found[:3])
        if not near and request.in_context:
            near = self._begun_alike(whole)
        return replace(request, near=near, leftover=len(units(left)))

    def _begun_alike(self, whole: str) -> tuple[Match, ...]:
        """“宠物洗澡那个证”：名称里没有这些字，可是头两个字相同的几个证书。"""
        head = whole[:SHORTEST_WORD]
        known = self._catalogue.certificates
        names = [name for name in known if normalise(name).startswith(head)]
        if len(head) < SHORTEST_WORD or len(names) > MOST_ALIKE:
            return ()
        return tuple(
            Match(Entity(Kind.CERTIFICATE, name), Quality.NEAR, CLOSE) for name in names
        )

    def _together(self, request: Request, mentions: list[Mention]) -> Request:
        """几处名称合起来指谁：“阳光大姐的母婴护理”指母婴护理，“联想李金柱”指那个人。

        “BIM和物流管理”是一起问；“老年照护是不是中物联的”是问老年照护归谁。
        """
        matches = tuple({m.entity: m for n in mentions for m in n.matches}.values())
        certificates = tuple(m for m in matches if m.entity.kind is Kind.CERTIFICATE)
        issuers = {m.entity.name for m in matches if m.entity.kind is Kind.ORGANISATION}
        chosen = certificates or matches
        if issuers and len(mentions) > 1:
            own = [m for m in chosen if issuers & self._issuers(m.entity)]
            if not own and _only_words(certificates):
                # “寄快递，某某公司的地址”：日常用的词不是在说那个证书
                chosen = tuple(m for m in matches if m not in certificates)
                certificates = ()
            chosen = tuple(own) or chosen
            asking = not own or request.querying
            if certificates and asking and not request.attributes:
                request = replace(request, attributes=(Attribute.ISSUER,))
        places = [n for n in mentions if any(m in chosen for m in n.matches)]
        joint = len(chosen) > 1 and len(places) >= len(chosen)
        return replace(request, matches=chosen, joint=joint)

    def _inside(self, named: tuple[Match, ...], left: str) -> tuple[Match, ...]:
        """机构已说准，剩下的字是不是它的某个证书。"""
        issuers = {m.entity.name for m in named if m.entity.kind is Kind.ORGANISATION}
        own = [
            replace(match, quality=max(match.quality, Quality.PART))
            for match in self._index.find(left)
            if match.entity.kind is Kind.CERTIFICATE
            and match.quality > Quality.NEAR
            and issuers & self._issuers(match.entity)
        ]
        return tuple(leading(own))

    def _is_issuer_asked(self, named: Request, left: str) -> bool:
        """“污水处理是某某公司的吗”：证书已说准，剩下的字是一家机构。"""
        is_bare = named.matches[0].entity.kind is Kind.CERTIFICATE
        if named.attributes or not is_bare:
            return False
        found = leading(self._index.find(left))
        return any(
            match.entity.kind is Kind.ORGANISATION and match.quality > Quality.NEAR
            for match in found
        )

    def _issuers(self, entity: Entity) -> set[str]:
        """证书或人属于哪家机构。"""
        catalogue = self._catalogue
        match entity.kind:
            case Kind.CERTIFICATE:
                names = [entity.name]
            case Kind.PERSON:
                contacts = catalogue.people[entity.name]
                names = [name for c in contacts for name in c.certificates]
            case Kind.ORGANISATION:
                names = []
        return {catalogue.certificates[name].organisation for name in names}


def _shortened(mentions: Sequence[Mention], rest: str) -> set[int]:
    """说的是简称的，记号在哪里。"""
    return {
        rest.find(chr(MARK + number))
        for number, mention in enumerate(mentions)
        if _is_short(mention)
    }


def _is_telling(best: Sequence[Match], clause: str) -> bool:
    """“千伏不停电”：连着的五个字，只在一个名称里有。"""
    alone = len(best) == 1 and best[0].quality >= Quality.PIECE
    return alone and best[0].score >= JOINED and len(clause) >= SHORTEST_CLAUSE


def _is_like(match: Match) -> bool:
    """像一个名称写错了，不是另一个名称。"""
    return match.quality >= Quality.PART or match.score > ANOTHER


def _is_short(mention: Mention) -> bool:
    """说的是简称，不是全名。"""
    return all(normalise(entity.name) != mention.text for entity in mention.entities)


def _is_house(mentions: Sequence[Mention]) -> bool:
    """说到的都只是机构。"""
    kinds = {match.entity.kind for mention in mentions for match in mention.matches}
    return kinds == {Kind.ORGANISATION}


def _only_words(matches: Sequence[Match]) -> bool:
    """都只是日常也用的词。"""
    return all(match.clarity is Clarity.WORD for match in matches)


def _owner(plain: str) -> Request:
    """话里有号码：是不是在问它是谁的。"""
    rest = normalise(_NUMBER.sub(" ", EMAIL_IN_TEXT.sub(" ", plain)))
    asking = WHO.search(rest) is not None or LOOK_UP.search(rest) is not None
    rest, attributes = attributes_in(WHO.sub("", rest))
    return Request(
        attributes=attributes,
        leftover=len(units(joined(FILLERS.sub("", rest)))),
        looking_up=asking,
        querying=QUERYING.search(plain) is not None,
        calling=CALLER.search(plain) is not None,
    )
