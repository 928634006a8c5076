"""凭据：一句读懂了的问话，凭什么说它在问名录里的这一个。"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Evidence
from bot.text import normalise

from .catalogue import Catalogue
from .describing import Described
from .following import Followed
from .listing import ALL, Listed, asks_for_list
from .matches import Clarity, Kind, Match, Quality
from .phrases import Attribute
from .request import Request

LONG_LIST = 12
"""常见问题里写不下的清单，只有这里有。"""
SHORTEST = 3
LONGEST_MISSING = 14
SHORT = 4
FEW = 2
_REACHING = {Attribute.PHONE, Attribute.EMAIL, Attribute.CONTACT, Attribute.FAX}
_THAT_ONE = re.compile(r"的?[这那]个(职业技能|技能)?(等级)?证书?")
_SUFFIX = re.compile(r"的?(职业技能|技能)?(等级)?证书")
_LIKENESS = {Kind.CERTIFICATE: 0.6, Kind.ORGANISATION: 0.85, Kind.PERSON: 0.6}
"""像到什么程度才拿来反问；机构名多有“科技有限公司”之类，要更像。"""


@dataclass(frozen=True, slots=True)
class DirectoryEvidence(Evidence):
    """名录里的一个（或一份清单）凭什么。

    参数:
        exact, typo, part, vague: 名称对上的程度；`typo` 是像的程度
        clear, unmistakable: 名称不是日常用的词；够长，不会是别的
        asked: 问了哪一项，或明说要查
        exact_asked: 名称一字不差，又问了哪一项
        alone: 被点名时，只说了正式的名称，没有别的字
        only: 同上，不论名称正式不正式
        several: 还有几个不分上下
        too_many: 不分上下的多得列不完
        read: 名称对得上，问了哪一项，别的字也都读懂了
        left: 没读懂的字数（对数）
        left_asked: 同上，而问了哪一项
        left_plain: 同上，名称像日常用的词，又没问哪一项
        left_few: 只差一两个字没读懂：多半是另一个名称
        left_unclear: 没读懂的字数（对数），而名称像日常用的词
        aside: 别处没读懂的字数（对数）：缘由、顺带说的
        aside_asked: 同上，而问了哪一项
        aside_unclear: 同上，而名称像日常用的词
        chatty: 问法闲谈里也常用
        unclear: 名称像日常用的词，或只说了方向，又没提证书：没点名不出声
        short: 名称没有对准，字又少
        elsewhere: 像是问别的单位、平台
        context: 提到了证书
        querying: 带着疑问的字眼
        person, organisation: 是人、是机构
        unclear_organisation: 是机构，而名称像日常用的词
        unsaid_person, unsaid_organisation: 是人、是机构，没说问哪一项
        digits: 只有数字
        listed: 要一份清单
        listed_left: 同上，没读懂的字数（对数）
        listed_all, listed_batch: 全部的、某一批的；常见问题也答得了
        listed_field, listed_name: 一个方向的、名称里有一个词的；常见问题答不了
        long_batch: 那一批很多，常见问题里写不下
        counting: 问有几个
        loose: 说到一个方向、几个名称里都有的词，像在要清单
        loose_left: 同上，没读懂的字数（对数）
        loose_field: 同上，是一个方向
        loose_listing: 同上，带着要清单的字眼
        field: 只说了一个方向
        missing: 像在问名录里没有的
        missing_named: 同上，写了“证书”“公司”
        number: 问一个号码、邮箱是谁的
        number_known: 同上，名录里有
        number_asked: 同上，像在问
        number_calling: 同上，说的是打来的、来加好友的
        follows: 接着刚才的问
        points: 话里指着刚才谈过的
        follows_left: 接着刚才的问，没读懂的字数（对数）
        told: 名称对得上的，话里的字有多少是说它的行当、活计的
        outdone: 同上，比最像的差多少
        described: 没说名称，只说了行当、活计、专业
        described_cover: 同上，话里的字有多少是说它的
        described_behind, described_lead: 同上，比最像的差多少；比第二像的强多少
        described_plain: 同上，话里的字有多少是问什么都常说的
        described_asked, described_context: 同上，问了哪一项；提到了证书
        described_listing: 同上，带着要清单的字眼
        described_named: 同上，另有名称对得上的
        field_described: 没说方向的名称，只说了沾边的事
        field_cover, field_behind, field_lead: 同上，像到什么程度
        field_plain: 同上，话里的字有多少是问什么都常说的
        field_asked, field_context: 同上，问了哪一项；提到了证书
        field_listing: 同上，带着要清单的字眼
        field_named: 同上，另有名称对得上的
    """

    exact: float = 0.0
    typo: float = 0.0
    part: float = 0.0
    vague: float = 0.0
    clear: float = 0.0
    unmistakable: float = 0.0
    asked: float = 0.0
    exact_asked: float = 0.0
    alone: float = 0.0
    only: float = 0.0
    several: float = 0.0
    too_many: float = 0.0
    read: float = 0.0
    left: float = 0.0
    left_asked: float = 0.0
    left_plain: float = 0.0
    left_few: float = 0.0
    left_unclear: float = 0.0
    aside: float = 0.0
    aside_asked: float = 0.0
    aside_unclear: float = 0.0
    chatty: float = 0.0
    unclear: float = 0.0
    short: float = 0.0
    elsewhere: float = 0.0
    context: float = 0.0
    querying: float = 0.0
    person: float = 0.0
    organisation: float = 0.0
    unclear_organisation: float = 0.0
    unsaid_person: float = 0.0
    unsaid_organisation: float = 0.0
    digits: float = 0.0
    listed: float = 0.0
    listed_left: float = 0.0
    listed_all: float = 0.0
    listed_batch: float = 0.0
    listed_field: float = 0.0
    listed_name: float = 0.0
    long_batch: float = 0.0
    counting: float = 0.0
    loose: float = 0.0
    loose_left: float = 0.0
    loose_field: float = 0.0
    loose_listing: float = 0.0
    field: float = 0.0
    missing: float = 0.0
    missing_named: float = 0.0
    number: float = 0.0
    number_known: float = 0.0
    number_asked: float = 0.0
    number_calling: float = 0.0
    follows: float = 0.0
    points: float = 0.0
    follows_left: float = 0.0
    told: float = 0.0
    outdone: float = 0.0
    described: float = 0.0
    described_cover: float = 0.0
    described_behind: float = 0.0
    described_lead: float = 0.0
    described_plain: float = 0.0
    described_asked: float = 0.0
    described_context: float = 0.0
    described_listing: float = 0.0
    described_named: float = 0.0
    field_described: float = 0.0
    field_cover: float = 0.0
    field_behind: float = 0.0
    field_lead: float = 0.0
    field_plain: float = 0.0
    field_asked: float = 0.0
    field_context: float = 0.0
    field_listing: float = 0.0
    field_named: float = 0.0

    @property
    def is_unsure(self) -> bool:
        """有没读懂的字，名称只是相近，或只是说到一个方向：再像也不当作答案。"""
        return bool(self.left or self.listed_left or self.vague or self.loose)

    @property
    def is_quiet(self) -> bool:
        """常见问题也答得了的清单：没被点名时不由名录插话。"""
        return bool(self.listed_all or (self.listed_batch and not self.long_batch))


def of_match(
    match: Match,
    request: Request,
    rivals: int,
    limit: int,
    described: Described | None = None,
    *,
    addressed: bool,
) -> DirectoryEvidence | None:
    """一个实体对上了；有没读懂的字、又不知问它什么的为 `None`。

    参数:
        rivals: 不分上下的共几个
        limit: 最多列几个
        described: 话里的字有多像在说它的行当、活计
        addressed: 是不是在问助手
    """
    exact = match.quality is Quality.EXACT
    clear = match.clarity > Clarity.WORD
    asked = bool(request.attributes) or request.looking_up
    queried = bool(request.attributes) and not request.elsewhere
    unread = request.leftover + request.aside
    if unread and not (addressed or queried or (exact and clear)):
        return None
    short = not exact and len(request.asked) < SHORT
    if match.quality <= Quality.PIECE and short and not (asked or request.in_context):
        # “要报哪些信息”：名称里也有的一个词
        return None
    left, aside = math.log1p(request.leftover), math.log1p(request.aside)
    only = addressed and not (asked or unread)
    plain = match.clarity > (Clarity.NAME if request.chatty else Clarity.WORD)
    person = match.entity.kind is Kind.PERSON
    organisation = match.entity.kind is Kind.ORGANISATION
    return DirectoryEvidence(
        exact=exact,
        typo=match.score if match.quality is Quality.TYPO else 0.0,
        part=match.quality is Quality.PART,
        vague=match.quality <= Quality.PIECE,
        clear=clear,
        unmistakable=match.clarity is Clarity.UNMISTAKABLE,
        asked=asked,
        exact_asked=exact and asked,
        alone=exact and clear and only,
        only=exact and only,
        several=min(rivals - 1, limit),
        too_many=rivals > limit,
        read=asked and not unread and match.quality > Quality.PIECE,
        left=left,
        left_asked=left if queried else 0.0,
        left_plain=0.0 if queried or clear else left,
        left_few=0 < request.leftover <= FEW,
        left_unclear=0.0 if plain else left,
        aside=aside,
        aside_asked=aside if queried else 0.0,
        aside_unclear=0.0 if plain else aside,
        chatty=request.chatty,
        unclear=not (plain or request.in_context),
        short=short,
        elsewhere=request.elsewhere,
        context=request.in_context,
        querying=request.querying,
        person=person,
        organisation=organisation,
        unclear_organisation=organisation and not (plain or request.in_context),
        unsaid_person=person and not asked,
        unsaid_organisation=organisation and not request.attributes,
        digits=request.asked.isdecimal() and not request.attributes,
        told=described.cover if described else 0.0,
        outdone=described.behind if described else 0.0,
    )


def of_list(
    listed: Listed, size: int, request: Request, *, addressed: bool
) -> DirectoryEvidence | None:
    """要清单；没被点名又有没读懂的字，为 `None`。

    参数:
        size: 清单里有几个证书
    """
    if listed.leftover and not addressed:
        return None
    batch = listed.topic.startswith("batch:") and "+" not in listed.topic
    return DirectoryEvidence(
        listed=1.0,
        listed_left=math.log1p(listed.leftover),
        unclear=not request.in_context,
        listed_all=listed.topic == ALL,
        listed_batch=batch,
        listed_field="field:" in listed.topic,
        listed_name=listed.topic.startswith("name:"),
        long_batch=batch and size > LONG_LIST and not listed.counting,
        counting=listed.counting,
        context=request.in_context,
        querying=request.querying,
    )


def of_loose(listed: Listed, text: str, request: Request) -> DirectoryEvidence:
    """话里说到一个方向，或几个名称里都有的词。

    参数:
        text: 原话
    """
    return DirectoryEvidence(
        loose=1.0,
        loose_field=listed.topic.startswith("field:"),
        loose_listing=asks_for_list(text),
        loose_left=math.log1p(listed.leftover),
        unclear=1.0,
        context=request.in_context,
        querying=request.querying,
        elsewhere=request.elsewhere,
    )


def of_field(request: Request) -> DirectoryEvidence:
    """只说了一个方向。"""
    return DirectoryEvidence(
        field=1.0,
        unclear=not request.in_context,
        asked=bool(request.attributes),
        context=request.in_context,
        querying=request.querying,
    )


def of_described(
    one: Described, request: Request, *, listing: bool, field: bool = False
) -> DirectoryEvidence:
    """没说名称，说的像这个证书、这个方向。

    参数:
        listing: 带着要清单的字眼
        field: 像的是一个方向
    """
    mark, kind = ("field_described", "field") if field else ("described", "described")
    told = {
        "cover": one.cover,
        "behind": one.behind,
        "lead": one.lead,
        "plain": one.plain,
        "asked": bool(request.attributes),
        "context": request.in_context,
        "listing": listing,
        "named": bool(request.matches),
    }
    named = {f"{kind}_{name}": value for name, value in told.items()}
    return DirectoryEvidence(elsewhere=request.elsewhere, **{mark: 1.0}, **named)


def of_owner(*, known: bool, asking: bool, calling: bool) -> DirectoryEvidence:
    """一个号码、邮箱是谁的。"""
    return DirectoryEvidence(
        number=1.0, number_known=known, number_asked=asking, number_calling=calling
    )


def of_followed(followed: Followed) -> DirectoryEvidence:
    """接着刚才的问。"""
    return DirectoryEvidence(
        follows=1.0,
        points=followed.points,
        follows_left=math.log1p(followed.unread),
    )


def of_missing(
    catalogue: Catalogue, text: str, request: Request
) -> DirectoryEvidence | None:
    """像在问名录里没有的一个证书或机构怎么联系；不像的为 `None`。"""
    reaching = not _REACHING.isdisjoint(request.attributes)
    if request.elsewhere or not (reaching or Attribute.LEVEL in request.attributes):
        return None
    asked = request.asked
    if not SHORTEST <= len(asked) <= LONGEST_MISSING:
        return None
    whole = normalise(text)
    place = whole.find(asked)
    if place < 0:
        return None
    pointed = _THAT_ONE.match(whole, place + len(asked))
    named = asked.endswith(_endings(catalogue)) or pointed
    if not reaching and not named:
        # “考中级证书要先有初级吗”问的不是哪个证书
        return None
    named = named or (reaching and _SUFFIX.match(whole, place + len(asked)))
    return DirectoryEvidence(missing=1.0, missing_named=bool(named))


def worth_asking(request: Request) -> list[Match]:
    """值得反问的相近项：像的程度过半，不拿毫不相干的来问。"""
    if not request.attributes or len(request.asked) < SHORTEST:
        return []
    return close(request.near)


def close(matches: Sequence[Match]) -> list[Match]:
    """够像的几个。"""
    return [match for match in matches if match.score >= _LIKENESS[match.entity.kind]]


def _endings(catalogue: Catalogue) -> tuple[str, ...]:
    """证书与机构的名称常用的结尾。"""
    return (*catalogue.endings, "公司", "集团", "协会")
