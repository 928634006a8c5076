"""把握：一句读懂了的问话，有多大把握是在问名录里的这一个。"""

import re
from collections.abc import Sequence

from bot.answering import ANSWER
from bot.text import normalise

from .catalogue import Catalogue
from .listing import ALL, Listed
from .matches import Clarity, Kind, Match, Quality
from .phrases import Attribute
from .request import Request

CERTAIN = 0.97
"""正式名称加所问的一项，或被点名时只说了正式的全名。"""
ASKED = 0.95
"""名称加所问的一项。"""
BARE = 0.65
"""只有一个名称：被点名时当作要查，没点名不出声。"""
SPOKEN = 0.65
"""名称也是日常用的词，或问法闲谈里也有：没点名不出声。"""
PARTLY = 0.6
"""只说了名称的大半：同上。"""
FOLLOWED = 0.9
POINTED = 0.97
"""话里指着刚才谈过的：“这两个是同一家吗”“里面……的那个”，不会自成一问。"""
AMBIGUOUS = 0.42
"""几个不分上下：都列出来请人选。"""
SUSPECTED = 0.3
"""只是相近，或有没读懂的字：反问。"""
MISSING = ANSWER
"""像在问一个证书或机构的电话，而名录里没有：说没有，别的来源更有把握就让它答。"""
MENTIONED = 0.12
"""提到了一个证书，问的是什么没读懂：让别的来源答，都不知道就反问。"""
UNREAD = 0.0
"""有没读懂的字：多半不是在查名录，不作候选。"""
LISTED = 0.9
COUNTED = ANSWER
"""全部证书：各地能报哪些由常见问题答。"""
PERSONAL = 0.6
"""按人名查：群里可能有同名的人，没点名不出声。"""
ORGANISATION = ANSWER
"""只有机构名：不知道问它的什么。"""
OURS = 0.9
NOT_OURS = 0.4
"""问话属于本领域的把握；名录里没有的名称，多半也不是本领域的。"""
LONG_LIST = 12
"""常见问题里写不下的清单，只有这里有。"""
SHORTEST = 3
LONGEST_MISSING = 14
_REACHING = {Attribute.PHONE, Attribute.EMAIL, Attribute.CONTACT, Attribute.FAX}
_THAT_ONE = re.compile(r"的?[这那]个(职业技能|技能)?(等级)?证书?")
_SUFFIX = re.compile(r"的?(职业技能|技能)?(等级)?证书")
_LIKENESS = {Kind.CERTIFICATE: 0.6, Kind.ORGANISATION: 0.85, Kind.PERSON: 0.6}
"""像到什么程度才拿来反问；机构名多有“科技有限公司”之类，要更像。"""


def of_match(match: Match, request: Request, *, addressed: bool) -> float:
    """一个实体对上了，有多大把握这就是所问的。

    参数:
        addressed: 是不是在问助手
    """
    if match.quality <= Quality.PIECE:
        return _read(request, SUSPECTED, match)
    clear = match.clarity > (Clarity.NAME if request.chatty else Clarity.WORD)
    formal = match.quality is Quality.EXACT and match.clarity > Clarity.WORD
    if request.attributes or request.looking_up:
        base = CERTAIN if formal else ASKED
    else:
        base = CERTAIN if formal and addressed else BARE
    if match.quality is Quality.TYPO:
        base *= 0.8 + 0.15 * match.score
    elif match.quality is Quality.PART:
        base = min(base, PARTLY)
    if base <= BARE and match.quality < Quality.EXACT and len(request.asked) < 4:
        base = min(base, SUSPECTED)
    if not (clear or request.in_context):
        base = min(base, SPOKEN)
    if match.entity.kind is Kind.PERSON:
        base = min(base, PERSONAL)
    elif match.entity.kind is Kind.ORGANISATION and not request.attributes:
        base = min(base, ORGANISATION)
    if request.asked.isdecimal() and not request.attributes:
        base = min(base, SUSPECTED)
    return _read(request, base, match)


def of_several(matches: Sequence[Match], request: Request, limit: int) -> float:
    """几个不分上下的，有多大把握其中一个就是所问的。"""
    vague = matches[0].quality <= Quality.PIECE or len(matches) > limit
    return _read(request, SUSPECTED if vague else AMBIGUOUS, matches[0])


def of_list(listed: Listed, size: int, *, in_context: bool) -> float:
    """要清单的把握；个数与短的一批常见问题里也有，没提证书的可能在说别的。

    参数:
        size: 清单里有几个证书
        in_context: 提到了证书
    """
    if listed.leftover:
        return UNREAD
    if listed.topic == ALL:
        return COUNTED
    if listed.topic.startswith("batch:") and "+" not in listed.topic:
        return CERTAIN if size > LONG_LIST and not listed.counting else BARE
    return LISTED if in_context else BARE


def worth_asking(request: Request) -> list[Match]:
    """值得反问的相近项：像的程度过半，不拿毫不相干的来问。"""
    if not request.attributes or len(request.asked) < SHORTEST:
        return []
    return close(request.near)


def close(matches: Sequence[Match]) -> list[Match]:
    """够像的几个。"""
    return [match for match in matches if match.score >= _LIKENESS[match.entity.kind]]


def of_missing(catalogue: Catalogue, text: str, request: Request) -> float:
    """像在问名录里没有的一个证书或机构怎么联系的把握。

    写了“证书”，或结尾像证书、公司的名称，就直接说没有；只是问“某某电话”，
    没有别的来源懂它时才说。
    """
    reaching = not _REACHING.isdisjoint(request.attributes)
    if request.elsewhere or not (reaching or Attribute.LEVEL in request.attributes):
        return 0.0
    asked = request.asked
    if not SHORTEST <= len(asked) <= LONGEST_MISSING:
        return 0.0
    whole = normalise(text)
    place = whole.find(asked)
    if place < 0:
        return 0.0
    pointed = _THAT_ONE.match(whole, place + len(asked))
    named = asked.endswith(_endings(catalogue)) or pointed
    if not reaching:
        # “考中级证书要先有初级吗”问的不是哪个证书
        return MISSING if named else 0.0
    named = named or _SUFFIX.match(whole, place + len(asked))
    return MISSING if named else MENTIONED


def _endings(catalogue: Catalogue) -> tuple[str, ...]:
    """证书与机构的名称常用的结尾。"""
    return (*catalogue.endings, "公司", "集团", "协会")


def _read(request: Request, confidence: float, match: Match) -> float:
    """有没读懂的字就大打折扣：问了哪一项的反问，只提到名称的让别的来源答。"""
    if request.leftover == 0:
        return confidence
    if request.attributes and not request.elsewhere:
        return min(SUSPECTED, confidence) / (1 + 0.1 * request.leftover)
    if match.clarity > Clarity.WORD and match.quality is Quality.EXACT:
        return min(MENTIONED, confidence)
    return UNREAD
