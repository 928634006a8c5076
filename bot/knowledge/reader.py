"""严格读取知识文件：任何不认识的写法都报错，一次报全。"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import KnowledgeError
from bot.text import normalise

from .models import Entry, FileEntry, Source

try:
    from yaml import CSafeLoader as _Loader
except ImportError:
    from yaml import SafeLoader as _Loader


class FaqFile(BaseModel):
    """一个 FAQ 文件。"""

    model_config = ConfigDict(extra="forbid")

    source: Source
    entries: list[FileEntry]


_REASONS = {
    "extra_forbidden": "不认识的项",
    "missing": "缺少这一项",
    "string_type": "应当是文字（数字、日期请加引号）",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "tuple_type": "应当是列表",
    "list_type": "应当是列表",
    "model_type": "应当是一组「名称: 值」",
    "date_from_datetime_parsing": "日期写成 2022-12-20",
    "date_type": "日期写成 2022-12-20",
    "string_pattern_mismatch": "编号只能用小写字母、数字和连字符",
}


def read_entries(
    paths: Iterable[Path], *, shared_wordings: bool = False
) -> list[Entry]:
    """读取若干 FAQ 文件。

    参数:
        shared_wordings: 不同条目可以有相同的问法（评测别人的题库时）

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    problems: list[str] = []
    located: list[tuple[str, Entry]] = []
    for path in paths:
        located.extend(_read_file(path, problems))
    if not located and not problems:
        problems.append("知识文件里一条也没有")
    problems.extend(_repeated(located))
    if not shared_wordings:
        problems.extend(_shared_wordings(located))
    if problems:
        raise KnowledgeError(problems)
    return [entry for _, entry in located]


def faq_paths(place: Path) -> list[Path]:
    """一个文件，或一个文件夹里的全部 FAQ 文件。

    异常:
        KnowledgeError: 没有这样的文件，或文件夹里没有 .yaml
    """
    if place.is_file():
        return [place]
    paths = sorted(place.glob("*.yaml")) + sorted(place.glob("*.yml"))
    if not paths:
        raise KnowledgeError([f"{place} 里没有 .yaml 知识文件"])
    return paths


def load_yaml(path: Path) -> tuple[Any, yaml.Node | None]:
    """读一个 YAML 文件，连同带行号的语法树。

    异常:
        KnowledgeError: 读不了或语法不对
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise KnowledgeError([f"{path.name}：读不了，请用 UTF-8 编码保存"]) from None
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if (twice := _repeated_key(node)) is not None:
                line = twice.start_mark.line + 1
                raise KnowledgeError(
                    [f"{path.name} 第 {line} 行：{twice.value} 写了两遍，只能留一个"]
                )
            return (None if node is None else loader.construct_document(node)), node
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise KnowledgeError(
            [f"{path.name} 第 {line} 行：YAML 写法不对，{error.problem}"]
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise KnowledgeError([f"{path.name}：YAML 写法不对，{error}"]) from None


def _repeated_key(node: yaml.Node | None) -> yaml.ScalarNode | None:
    """同一组里重复写的名称；YAML 会悄悄只认后一个。"""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    return key
                seen.add(key.value)
            if (found := _repeated_key(value)) is not None:
                return found
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if (found := _repeated_key(item)) is not None:
                return found
    return None


def line_of(node: yaml.Node | None, location: Sequence[str | int]) -> int:
    """语法树里某个位置的行号，从 1 数起；找不到就取最近的上层。"""
    line = 1
    for step in location:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step] if step < len(node.value) else None
        else:
            node = None
    return line if node is None else node.start_mark.line + 1


def explain(path: Path, node: yaml.Node | None, error: ValidationError) -> list[str]:
    """把校验错误逐项说成中文，带文件与行号。"""
    lines: list[str] = []
    for problem in error.errors():
        location = [step for step in problem["loc"] if isinstance(step, str | int)]
        where = ".".join(str(step) for step in location)
        reason = _REASONS.get(problem["type"], problem["msg"])
        if problem["type"] == "value_error":
            reason = str(problem.get("ctx", {}).get("error", reason))
        lines.append(f"{path.name} 第 {line_of(node, location)} 行：{where} {reason}")
    return lines


def _read_file(path: Path, problems: list[str]) -> list[tuple[str, Entry]]:
    try:
        raw, node = load_yaml(path)
    except KnowledgeError as error:
        problems.extend(error.problems)
        return []
    try:
        content = FaqFile.model_validate(raw)
    except ValidationError as error:
        problems.extend(explain(path, node, error))
        return []
    return [
        (
            f"{path.name} 第 {line_of(node, ('entries', i))} 行",
            Entry(source=content.source, **item.model_dump()),
        )
        for i, item in enumerate(content.entries)
    ]


def _repeated(located: list[tuple[str, Entry]]) -> list[str]:
    """重复的编号；同一话题的范围重复。"""
    problems: list[str] = []
    ids: dict[str, str] = {}
    scopes: dict[tuple[str, str, int], str] = {}
    for where, entry in located:
        if entry.id in ids:
            problems.append(f"{where}：编号 {entry.id} 与 {ids[entry.id]} 重复")
        ids.setdefault(entry.id, where)
        if entry.topic:
            scope = (entry.topic, entry.source.region, entry.source.year)
            if scope in scopes:
                problems.append(
                    f"{where}：话题「{entry.topic}」在{scope[1]}{scope[2]}里"
                    f"已有一条（{scopes[scope]}）"
                )
            scopes.setdefault(scope, where)
    return problems


def _shared_wordings(located: list[tuple[str, Entry]]) -> list[str]:
    """不同条目（同话题除外）的相同问法。"""
    problems: list[str] = []
    wordings: dict[str, tuple[str, Entry]] = {}
    for where, entry in located:
        for wording in entry.wordings:
            before, other = wordings.setdefault(normalise(wording), (where, entry))
            if other.matter != entry.matter:
                problems.append(f"{where}：问法「{wording}」与 {before} 的相同")
    return problems
