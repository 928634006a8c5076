"""引擎对比：同一套题，问我们的与现成的检索办法，看准不准、快不快、占多少。

`python -m benchmarks engines [题库.json] [--variants 5]`；
不给题库就用随程序的知识自己考自己。
"""

import argparse
import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .datasets import Dataset, read_bench, shipped
from .measuring import apart, conditions, megabytes, p50_p99_ms, resident_mb
from .rivals import ENGINES, LIMIT
from .tables import show

_HEADER = (
    "引擎", "R@1 %", "R@3 %", "R@5 %", f"MRR@{LIMIT} %", "p50 毫秒", "p99 毫秒",
    "建索引 秒", "内存 MB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """一个引擎的成绩；`ranks` 是各题正确单元的名次，从 0 数起，不在其中为 `None`。"""

    ranks: tuple[int | None, ...]
    p50_ms: float
    p99_ms: float
    index_seconds: float
    memory_mb: float | None

    def recall(self, first: int) -> float:
        """前几名里有正确单元的比例，百分数。"""
        found = [rank is not None and rank < first for rank in self.ranks]
        return 100 * sum(found) / len(found)

    def reciprocal(self) -> float:
        """名次倒数的平均，百分数。"""
        shares = [0.0 if rank is None else 1 / (rank + 1) for rank in self.ranks]
        return 100 * sum(shares) / len(shares)


def main(arguments: Sequence[str] = ()) -> None:
    """对比并打印。"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks engines")
    parser.add_argument("file", nargs="?", type=Path, help="题库 JSON")
    parser.add_argument("--variants", type=int, default=5, help="每条几个变体建索引")
    options = parser.parse_args(list(arguments))
    dataset = (
        read_bench(options.file, options.variants)
        if options.file
        else shipped(options.variants)
    )
    rows = [_row(name, apart(measure, name, dataset)) for name in ENGINES]
    units, indexed = len(dataset.units), sum(map(len, dataset.units))
    show(
        f"引擎对比：{dataset.name}",
        _HEADER,
        rows,
        f"{units} 个单元、{indexed} 句建索引，问 {len(dataset.queries)} 句；"
        "每个引擎在自己的新进程里。",
        "内存是导入模块之后的增量，与建索引的时间一样，含 jieba 的词典。",
        conditions(),
    )


def measure(name: str, dataset: Dataset) -> Figures:
    """建索引，逐题问。"""
    engine = ENGINES[name]()
    gc.collect()
    before = resident_mb()
    started = time.perf_counter()
    engine.index(dataset.units)
    index_seconds = time.perf_counter() - started
    ranks: list[int | None] = []
    seconds: list[float] = []
    for query in dataset.queries:
        started = time.perf_counter()
        found = engine.ask(query.text)
        seconds.append(time.perf_counter() - started)
        ranks.append(found.index(query.unit) if query.unit in found else None)
    gc.collect()
    after = resident_mb()
    memory = None if before is None or after is None else after - before
    return Figures(tuple(ranks), *p50_p99_ms(seconds), index_seconds, memory)


def _row(name: str, figures: Figures) -> list[str]:
    return [
        name,
        *(f"{figures.recall(first):.1f}" for first in (1, 3, 5)),
        f"{figures.reciprocal():.1f}",
        f"{figures.p50_ms:.2f}",
        f"{figures.p99_ms:.2f}",
        f"{figures.index_seconds:.2f}",
        megabytes(figures.memory_mb),
    ]
