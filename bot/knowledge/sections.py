"""各人手写的文件：第一行写作者，往下一段一段，段首是 [名称]，一行一句。"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HEADER = "# 作者："


@dataclass(slots=True)
class Section:
    """一段。

    参数:
        name: 段首方括号里的
        line: 段首在第几行
        lines: （第几行，那一句）
    """

    name: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


def read_sections(
    path: Path, label: str, problems: list[str], what: str = "类别"
) -> Sequence[Section]:
    """读一个文件；错误记到 `problems` 里。

    参数:
        label: 说错误时怎样称呼这个文件
        what: 段首的方括号里是什么
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        problems.append(f"{label}：读不了，请用 UTF-8 编码保存")
        return []
    if not lines or not lines[0].startswith(HEADER):
        problems.append(at(label, 1, f"第一行要写“{HEADER}……”"))
    sections: list[Section] = []
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            sections.append(Section(line[1:-1].strip(), number))
        elif sections:
            sections[-1].lines.append((number, line))
        else:
            problems.append(at(label, number, f"前面还没有 [{what}]"))
    return sections


def at(label: str, line: int, reason: str) -> str:
    """“某文件 第几行：……”。"""
    return f"{label} 第 {line} 行：{reason}"
