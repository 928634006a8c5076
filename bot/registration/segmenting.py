"""把一段没有名目的文字切成内容、虚词与认不得的字：在所有切法里取代价最小的。

每个字都归某一段：认得的内容（校名、姓名、职务、类型、地方）、虚词，或认不得的字。
姓名要挨着认得的东西，不会从认不得的话里切出来。
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.text import Regions

from .fields import Field
from .likenesses import Kind, Segment, fillers, names, positions, schools, types

LONGEST = 120
_UNREAD, _UNREAD_BEGUN = 1.0, 1.0
"""认不得的字，一个多少，一处另加多少。"""
_NEVER = 99.0
_LONGEST_PLACE = 8


@dataclass(frozen=True, slots=True)
class Cut:
    """一段文字的切法。

    参数:
        parts: 认出的内容与原文，依次
        unread: 认不得的各处
    """

    parts: tuple[tuple[Field, str], ...]
    unread: tuple[str, ...]


class Segmenter:
    """切一段文字。"""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions

    def cut(self, text: str) -> Cut:
        """代价最小的切法。"""
        if len(text) > LONGEST:
            return Cut((), (text,))
        return _told(text, _cheapest(text, self._segments(text)))

    def _segments(self, text: str) -> dict[int, list[Segment]]:
        """从各个字开始的各种认法。"""
        found: dict[int, list[Segment]] = {start: [] for start in range(len(text))}
        for segment in (
            *schools(text), *names(text), *positions(text), *fillers(text),
            *types(text), *self._places(text),
        ):  # fmt: skip
            found[segment.start].append(segment)
        return found

    def _places(self, text: str) -> Iterator[Segment]:
        for start in range(len(text)):
            for end in range(start + 2, min(start + _LONGEST_PLACE, len(text)) + 1):
                if place := self._regions.place(text[start:end]):
                    field = Field.CITY if place.city else Field.REGION
                    yield Segment(start, end, Kind.CONTENT, field, 1.2)


def _cheapest(text: str, segments: dict[int, list[Segment]]) -> list[Segment]:
    """动态规划：走到每个字、前面是哪一种时最省的走法。"""
    best: list[dict[Kind, tuple[float, Segment | None, Kind]]] = [
        {} for _ in range(len(text) + 1)
    ]
    best[0][Kind.START] = (0.0, None, Kind.START)
    for start in range(len(text)):
        unread = Segment(start, start + 1, Kind.UNREAD, None, _UNREAD)
        for before, (cost, _, _) in best[start].items():
            for segment in (*segments[start], unread):
                total = cost + segment.cost + _joint(before, segment)
                kind = _becomes(before, segment)
                held = best[segment.end].get(kind)
                if total < _NEVER and (held is None or total < held[0] - 1e-9):
                    best[segment.end][kind] = (total, segment, before)
    return _traced(best, len(text))


def _traced(
    best: list[dict[Kind, tuple[float, Segment | None, Kind]]], end: int
) -> list[Segment]:
    path: list[Segment] = []
    kind = min(best[end], key=lambda k: best[end][k][0])
    while end:
        _, segment, before = best[end][kind]
        assert segment
        path.append(segment)
        end, kind = segment.start, before
    return path[::-1]


def _becomes(before: Kind, segment: Segment) -> Kind:
    """虚词、职务洗不清前面认不得的字。"""
    carries = segment.kind is Kind.FILLER or segment.field is Field.POSITION
    unclear = before in (Kind.UNREAD, Kind.MURKY)
    return Kind.MURKY if unclear and carries else segment.kind


def _joint(before: Kind, segment: Segment) -> float:
    """两段挨在一起的代价。"""
    unclear = before in (Kind.UNREAD, Kind.MURKY)
    match segment.kind:
        case Kind.UNREAD if before is Kind.NAME:
            return _NEVER
        case Kind.UNREAD:
            return 0.0 if unclear else _UNREAD_BEGUN
        case Kind.NAME if unclear:
            return _NEVER
        case Kind.NAME if segment.introduced and before is not Kind.INTRODUCING:
            return _NEVER
        case Kind.NAME if before is Kind.NAME:
            return 5.0
        case Kind.SCHOOL if before is Kind.NAME:
            return 3.0
        case Kind.SCHOOL if before is Kind.SCHOOL:
            return 4.0
        case Kind.SCHOOL if unclear:
            return 1.0
    return 0.0


def _told(text: str, path: list[Segment]) -> Cut:
    """认出的内容，与认不得的各处；夹在认不得的字中间的虚词一起说。"""
    parts: list[tuple[Field, str]] = []
    unread: list[str] = []
    run = ""
    is_unread = False
    for segment in path:
        piece = text[segment.start : segment.end]
        if segment.field is None or (is_unread and segment.field is Field.POSITION):
            # “抄送我们教务处”的教务处不是职务
            run += piece
            is_unread = is_unread or segment.kind is Kind.UNREAD
            continue
        if is_unread:
            unread.append(run)
        run, is_unread = "", False
        parts.append((segment.field, piece.removesuffix("的")))
    if is_unread:
        unread.append(run)
    return Cut(tuple(parts), tuple(unread))
