"""规模：两千条的检索、随程序的知识的检索、运行中的助手占多少内存。"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot import clock
from bot.answering import LEARNT_CONFIDENCE, Arbiter, Calibrator, FaqSource
from bot.answering.scope import pose
from bot.knowledge import Knowledge, Lexicon

from .datasets import shipped
from .measuring import (
    KNOWLEDGE,
    apart,
    conditions,
    megabytes,
    p50_p99_ms,
    resident_mb,
)
from .phrases import Made, make
from .processes import assistant
from .tables import show

ENTRIES = 2000
WORDINGS = 6
ASKED = 2000
"""随程序的知识至多问这么多句。"""
_SOURCE = {"title": "造出来的", "short": "造的", "region": "全国", "year": 2021}


@dataclass(frozen=True, slots=True)
class Figures:
    """一次准备与提问的成绩，钟表时间与处理器时间；内存是那个进程最后占用的。"""

    ready_seconds: float
    ready_cpu: float
    p50_ms: float
    p99_ms: float
    p99_cpu_ms: float
    resident_mb: float | None


def main(arguments: Sequence[str] = ()) -> None:
    """量并打印。"""
    with tempfile.TemporaryDirectory() as folder:
        _show_retrieval(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _show_assistant(Path(folder))


def prepare_and_ask(faq: Path, cache: Path, questions: Sequence[str]) -> Figures:
    """从读文件到可以检索用多久，再逐句裁决。"""
    return asyncio.run(_prepare_and_ask(faq, cache, questions))


async def _prepare_and_ask(faq: Path, cache: Path, questions: Sequence[str]) -> Figures:
    started, used = time.perf_counter(), time.process_time()
    lexicon = Lexicon(KNOWLEDGE / "lexicon")
    knowledge = Knowledge(None, faq)
    await knowledge.load()
    source = FaqSource(knowledge, lexicon, cache)
    await source.prepare()
    ready = time.perf_counter() - started, time.process_time() - used
    arbiter = Arbiter([source], Calibrator.load(KNOWLEDGE / LEARNT_CONFIDENCE))
    seconds: list[float] = []
    cpu: list[float] = []
    for text in questions:
        started, used = time.perf_counter(), time.process_time()
        arbiter.decide(pose(text, None, clock.now(), lexicon), addressed=True)
        seconds.append(time.perf_counter() - started)
        cpu.append(time.process_time() - used)
    await source.close()
    return Figures(*ready, *p50_p99_ms(seconds), p50_p99_ms(cpu)[1], resident_mb())


def _show_retrieval(folder: Path) -> None:
    made = make(ENTRIES, WORDINGS)
    faq = folder / "made.yaml"
    _write(faq, made)
    asked = [query.text for query in shipped(0).queries][:ASKED]
    name = f"{ENTRIES} 条 x {WORDINGS} 句"
    questions = [one.query for one in made]
    tasks = (
        (f"{name}，新训练", faq, "made", questions),
        (f"{name}，读缓存", faq, "made", questions),
        ("随程序的知识，新训练", KNOWLEDGE / "faq", "shipped", asked),
        ("随程序的知识，读缓存", KNOWLEDGE / "faq", "shipped", asked),
    )
    rows = [
        _row(label, apart(prepare_and_ask, path, folder / cache, texts))
        for label, path, cache, texts in tasks
    ]
    show(
        "检索的规模",
        (
            "知识",
            "可检索 秒",
            "CPU 秒",
            "p50 毫秒",
            "p99 毫秒",
            "p99 CPU 毫秒",
            "进程 MB",
        ),
        rows,
        "从读知识文件到能检索；再各问约两千句，每句含取舍与裁决。",
        conditions(),
    )


def _show_assistant(folder: Path) -> None:
    rows: list[list[str]] = []
    for label, sandbox in (
        ("第一次启动，开沙盒", True),
        ("再次启动，开沙盒", True),
        ("再次启动，关沙盒", False),
    ):
        with assistant(folder, sandbox=sandbox) as server:
            time.sleep(2)
            memory = megabytes(server.resident_mb())
            rows.append([label, f"{server.ready_seconds:.1f}", memory])
    header = ("情形", "就绪 秒", "进程 MB")
    show("运行中的助手", header, rows, conditions())


def _row(label: str, figures: Figures) -> list[str]:
    return [
        label,
        f"{figures.ready_seconds:.2f}",
        f"{figures.ready_cpu:.2f}",
        f"{figures.p50_ms:.2f}",
        f"{figures.p99_ms:.2f}",
        f"{figures.p99_cpu_ms:.2f}",
        megabytes(figures.resident_mb),
    ]


def _write(path: Path, made: Sequence[Made]) -> None:
    entries = [
        {
            "id": one.id,
            "question": one.wordings[0],
            "variants": list(one.wordings[1:]),
            "answer": "造出来的答案。",
        }
        for one in made
    ]
    content = {"source": _SOURCE, "entries": entries}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
