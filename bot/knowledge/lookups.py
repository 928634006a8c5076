"""查名录、问时间的问法：`knowledge/lookups/<作者>.txt`，把握由它们学来。

# 作者：急性子
[证书的联系方式]
{证书}电话多少
母婴护里的电话 = 母婴护理
[接着问]
{证书}电话多少 → 邮箱呢

一行一句；`{证书}`、`{机构}`、`{人}`、`{号码}`、`{邮箱}`、`{方向}` 由名录里的来填，
`{错名}`、`{错机构}` 是写坏了一处的名称，`{半名}` 是少写了一截的证书名；
写错、简称的在后面注上正式的名称；接着问的先写上一句。
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.errors import KnowledgeError

from .sections import at, read_sections

_BLANK = re.compile(r"\{(.*?)\}")
BLANKS = ("证书", "机构", "人", "号码", "邮箱", "方向", "错名", "错机构", "半名")


class LookupKind(StrEnum):
    """问的是哪一类。"""

    CONTACT = "证书的联系方式"
    ISSUER = "证书的机构"
    LEVEL = "证书的等级"
    ORGANISATION = "机构的联系方式"
    CERTIFICATES = "机构的证书"
    PERSON = "人"
    LIST = "清单"
    UNKNOWN = "没有的名称"
    BARE = "只有名称"
    OPENING = "何时申报"
    CLOSING = "何时截止"
    REPORT = "双周报"
    FINISHING = "何时完成"
    PAST = "往年"
    FOLLOWING = "接着问"
    FOLLOWING_DATES = "接着问时间"
    REMARK = "接着的闲话"
    ELSE = "不归名录"
    FOREIGN = "别的事"


@dataclass(frozen=True, slots=True)
class Lookup:
    """一种问法。

    参数:
        name: 说的是哪个（正式的名称）；没有注的为空
        before: 接着哪一句问的；不是接着问的为空
    """

    kind: LookupKind
    author: str
    text: str
    name: str = ""
    before: str = ""


def lookup_paths(folder: Path) -> list[Path]:
    """全部文件；没有为空。"""
    return sorted(folder.glob("*.txt"))


def read_lookups(paths: Iterable[Path]) -> list[Lookup]:
    """读各人的问法。

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    problems: list[str] = []
    found = [one for path in paths for one in _read(path, problems)]
    if problems:
        raise KnowledgeError(problems)
    return found


def _read(path: Path, problems: list[str]) -> list[Lookup]:
    """读一个文件；错误记到 `problems` 里。"""
    label = f"lookups/{path.name}"
    kinds = {kind.value: kind for kind in LookupKind}
    found: list[Lookup] = []
    for section in read_sections(path, label, problems):
        kind = kinds.get(section.name)
        if kind is None:
            problems.append(at(label, section.line, f"没有 [{section.name}] 这一类"))
            continue
        for number, line in section.lines:
            if wrong := set(_BLANK.findall(line)) - set(BLANKS):
                reason = f"没有 {'、'.join(sorted(wrong))} 可填"
                problems.append(at(label, number, reason))
            else:
                found.append(_lookup(kind, path.stem, line))
    return found


def _lookup(kind: LookupKind, author: str, line: str) -> Lookup:
    said, _, name = line.partition(" = ")
    before, follows, text = said.rpartition(" → ")
    return Lookup(kind, author, text, name.strip(), before if follows else "")
