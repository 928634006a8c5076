"""各人怎样指着一个证书、一个方向说，不说它的名称：`knowledge/sayings/<作者>.txt`。

# 作者：实训车间的老师傅
[汽车油漆调色与喷涂]
喷漆调色的
[汽车]
修车的
[名录里没有的]
烫头发的
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.sections import at, read_sections

from .catalogue import Catalogue

ABSENT = "名录里没有的"
"""这一段里的，说的是名录里没有的：拿来学什么时候不该答。"""


@dataclass(frozen=True, slots=True)
class Saying:
    """一种说法。

    参数:
        author: 谁的
        name: 说的是哪个证书或方向，或 `ABSENT`
    """

    author: str
    name: str
    text: str


def read_sayings(folder: Path, catalogue: Catalogue | None = None) -> Sequence[Saying]:
    """读各人的说法；没有为空。

    参数:
        catalogue: 给了就查名称：名录里改了名、停用了的，平时不算错

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    problems: list[str] = []
    found = [
        one
        for path in sorted(folder.glob("*.txt"))
        for one in _read(path, catalogue, problems)
    ]
    if problems:
        raise KnowledgeError(problems)
    return found


def _read(
    path: Path, catalogue: Catalogue | None, problems: list[str]
) -> Iterable[Saying]:
    label = f"sayings/{path.name}"
    for section in read_sections(path, label, problems, "证书或方向"):
        if catalogue is not None and not _has(catalogue, section.name):
            reason = f"名录里没有「{section.name}」"
            problems.append(at(label, section.line, reason))
        for _, line in section.lines:
            yield Saying(path.stem, section.name, line)


def _has(catalogue: Catalogue, name: str) -> bool:
    return any(
        name in names for names in (catalogue.certificates, catalogue.fields, [ABSENT])
    )
