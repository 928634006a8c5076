"""两栏排版的页：先左栏、后右栏；通栏的一行（题目）把上下隔开。"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

_MIDDLE = (0.35, 0.65)
"""两栏之间的空白在页面的这一段里。"""
_GAP = 0.8
"""空白至少有字的这么宽。"""
_CROSSING = 0.2
"""跨过空白的行（通栏的题目）最多占几成。"""
_FEWEST = 4
_WIDE = 0.25
_FULL = 0.55
"""两边都要有页面的这么宽、排得这么满：窄的、稀稀落落的是没有画线的表。"""


class Placed(Protocol):
    """有左右位置的一个字。"""

    @property
    def left(self) -> float: ...

    @property
    def right(self) -> float: ...

    @property
    def size(self) -> float: ...


Char = TypeVar("Char", bound=Placed)


@dataclass(frozen=True, slots=True)
class Columns:
    """两栏各从哪里起，左栏到哪里止。"""

    left: float
    left_end: float
    right: float

    @property
    def gutter(self) -> float:
        """两栏之间的正中。"""
        return (self.left_end + self.right) / 2

    @property
    def shift(self) -> float:
        """右栏挪到左栏的位置要移多少。"""
        return self.right - self.left

    def parted(self, line: Sequence[Char]) -> tuple[list[Char], list[Char]] | None:
        """一行在左栏、右栏的字；通栏的为 `None`。"""
        left = [c for c in line if (c.left + c.right) / 2 < self.gutter]
        right = [c for c in line if (c.left + c.right) / 2 >= self.gutter]
        end = max((c.right for c in left), default=0.0)
        start = min((c.left for c in right), default=end + self.right)
        size = max(c.size for c in line)
        return (left, right) if start - end >= _GAP * size else None


def columns_of(lines: Iterable[Sequence[Char]], width: float) -> Columns | None:
    """一页是不是排成两栏；不是为 `None`。"""
    kept = [line for line in lines if line]
    first, last = (int(share * 100) for share in _MIDDLE)
    tried = (_split(kept, width * percent / 100) for percent in range(first, last))
    best = min(
        (one for one in tried if min(len(one.left), len(one.right)) >= _FEWEST),
        key=lambda one: one.crossing,
        default=None,
    )
    if best is None or best.crossing > _CROSSING * len(kept):
        return None
    left_end = max(c.right for side in best.left for c in side)
    right = min(c.left for side in best.right for c in side)
    left = min(c.left for side in best.left for c in side)
    far = max(c.right for side in best.right for c in side)
    wide = min(left_end - left, far - right) >= _WIDE * width
    full = _is_full(best.left, left_end - left) and _is_full(best.right, far - right)
    return Columns(left, left_end, right) if wide and full else None


@dataclass(slots=True)
class _Split(Generic[Char]):
    """在一处分开：左边的、右边的，与跨过去的有几行。"""

    left: list[list[Char]] = field(default_factory=list)
    right: list[list[Char]] = field(default_factory=list)
    crossing: int = 0


def _split(lines: Iterable[Sequence[Char]], x: float) -> _Split[Char]:
    found: _Split[Char] = _Split()
    for line in lines:
        before = [c for c in line if c.right <= x]
        after = [c for c in line if c.left >= x]
        close = (
            before and after and after[0].left - before[-1].right < _GAP * line[0].size
        )
        if close or len(before) + len(after) < len(line):
            found.crossing += 1
            continue
        if before:
            found.left.append(before)
        if after:
            found.right.append(after)
    return found


def _is_full(lines: Sequence[Sequence[Char]], width: float) -> bool:
    """各行排得满不满。"""
    filled = sum(line[-1].right - line[0].left for line in lines)
    return filled >= _FULL * width * len(lines)
