"""话里说到的名称，哪些才是在问的：说了“不是”的、顺带说到的不算。"""

import re
from collections.abc import Collection

from bot.text import WANTING_TOO, normalise

from .asked import attributes_in
from .index import EntityIndex
from .matches import Clarity, Entity, Kind, Mention

_DENIED = re.compile(
    r"(?:也|又|并|可|都)?(?:不是|不要|不用|别)(?!.*是不是)[^？?吗谁哪]{1,14}$"
)
_AFFIRMED = re.compile(r"(?:而|就|我[要问]的?)?(?:是|要)(?!不)")
_NOT_THIS = re.compile(r"(?<!是)(?:不是|并非|而非|不要|不问)(?:那个|这个|什么|要|问)?")
_TOO = re.compile(rf"{WANTING_TOO}|一[起并块](?:要|给|发|查)")
_LONGEST_DENIED = 28
_SHORTEST_DENIED = 3


def without_denied(clauses: list[str], index: EntityIndex) -> list[str]:
    """“不是应用开发，是平台运维那个”：说不是的几句不算；没说是哪个的照旧。

    说不是的里面有名称的留着，看还说到了哪些（`without_denied_names`）。
    """
    kept = [
        clause
        for clause in clauses
        if not _DENIED.match(clause) or index.mentions(clause)
    ]
    named = any(_AFFIRMED.match(clause) for clause in kept)
    return kept if named else clauses


def without_denied_names(mentions: list[Mention], asked: str) -> list[Mention]:
    """“不是老年照护，是失智老年人照护”：说了不是的证书不算；别的没说到，照旧。"""
    denied: set[Entity] = set()
    for found in _NOT_THIS.finditer(asked):
        after = asked[found.end() : found.end() + _LONGEST_DENIED]
        for mention in mentions:
            at_once = mention.start == found.end()
            for entity in mention.entities:
                named = normalise(entity.name)
                if at_once or (
                    _shared_start(named, after) and mention.end <= found.end()
                ):
                    denied.add(entity)
    kept = [m for m in mentions if not denied & set(m.entities)]
    certain = any(e.kind is Kind.CERTIFICATE for m in kept for e in m.entities)
    return kept if certain else mentions


def _shared_start(name: str, text: str) -> bool:
    """`text` 开头的几个字（至少三个）在名称里：“不是应用编程”。"""
    return len(text) >= _SHORTEST_DENIED and text[:_SHORTEST_DENIED] in name


def mainly(mentions: list[Mention], asked: str, ends: Collection[int]) -> list[Mention]:
    """日常也用的词，在没问什么的分句里，又另有说准了的名称：不是在说它。

    整个分句就是它（“某某理赔、精算，两个联系人”），或说了“也要”的，是一起问的。
    """
    edges = sorted({0, *ends, len(asked)})

    def clause_of(mention: Mention) -> tuple[int, int]:
        start = max(edge for edge in edges if edge <= mention.start)
        end = min((edge for edge in edges if edge >= mention.end), default=len(asked))
        return start, end

    clear = [
        m for m in mentions if any(match.clarity > Clarity.WORD for match in m.matches)
    ]
    places = {clause_of(mention) for mention in clear}
    if not clear:
        return mentions
    return [
        mention
        for mention in mentions
        if mention in clear
        or clause_of(mention) in places
        or _asks_too(asked[slice(*clause_of(mention))], mention.text)
    ]


def _asks_too(clause: str, name: str) -> bool:
    """这个分句也在问。"""
    if clause == name or _TOO.search(clause):
        return True
    return bool(attributes_in(clause)[1])
