"""引擎对比用的题：每个单元有若干说法建索引，另一些说法拿来问。"""

import json
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AssistantError
from bot.knowledge import faq_paths, read_entries

from .measuring import KNOWLEDGE


@dataclass(frozen=True, slots=True)
class Query:
    """一句问话与它的正确单元号。"""

    text: str
    unit: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """一套题。

    参数:
        units: 各单元用来建索引的说法
        queries: 拿来问的
    """

    name: str
    units: tuple[tuple[str, ...], ...]
    queries: tuple[Query, ...]


def read_bench(path: Path, variants: int) -> Dataset:
    """读一个题库文件：`[{standard, variants, queries}, …]`。

    参数:
        variants: 每条取前几个变体建索引

    异常:
        AssistantError: 读不了，或格式不对
    """
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
        units = [(i["standard"], *i["variants"][:variants]) for i in items]
        queries = [Query(q, n) for n, i in enumerate(items) for q in i["queries"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssistantError(f"读不了题库 {path}：{error!r}") from error
    return Dataset(path.name, tuple(units), tuple(queries))


def shipped(variants: int) -> Dataset:
    """随程序的知识：标准问法与前几个变体建索引，其余变体拿来问。

    同一话题的条目算一个单元，与助手里相同。
    """
    numbers: dict[str, int] = {}
    units: list[list[str]] = []
    queries: list[Query] = []
    for entry in read_entries(faq_paths(KNOWLEDGE / "faq")):
        number = numbers.setdefault(entry.matter, len(units))
        if number == len(units):
            units.append([])
        units[number] += [entry.question, *entry.variants[:variants]]
        queries += [Query(text, number) for text in entry.variants[variants:]]
    return Dataset("随程序的知识", tuple(map(tuple, units)), tuple(queries))
