"""导入、接受之后的结果。"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .proposals import Kind
from .shelf import Imported


@dataclass(frozen=True, slots=True)
class Brought:
    """导入了一份。

    参数:
        counts: 各种改动提出了几处
    """

    imported: Imported
    passages: int
    counts: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """定了几处。

    参数:
        done: 办成的序号
        problems: 没办成的，各是为什么
        left: 还没定的有几处
        private: 答案里有个人号码、要先问一声的：序号 → 遮住的号码
    """

    done: tuple[int, ...]
    problems: tuple[str, ...]
    left: int
    private: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
