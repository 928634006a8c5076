"""往返速度：助手与光秃秃的回声应用，各自每秒处理几条 OneBot v11 消息。

闲聊一批没有回应，末尾跟一个点名的问题，收到它（引用它）的答案才算这一批处理完；
回声应用收到同样的各帧，每条都回。两边轮流，取各次的中位数。
"""

import asyncio
import itertools
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeAlias

from bot.knowledge import Lexicon, faq_paths, read_entries

from .client import Frame, Gateway, gateway
from .measuring import KNOWLEDGE, UNKNOWN, conditions
from .processes import Server, assistant, serving
from .tables import show

BATCH = 400
REPEATS = 5
GROUPS = range(30_001, 30_009)
TARGETS = {"闲聊": 0.6, "问答": 0.4}
SETTLE_SECONDS = 2.0
"""每批之后等它做完攒着的事（写库），也算进处理器时间，且不拖累另一边。"""
_SOURCE_MARK = "——"
"""助手的每条答案都有出处，以此认出是不是真的答了。"""

Frames: TypeAlias = Callable[[Gateway], tuple[list[Frame], list[Frame]]]
"""造一批：（要发的，助手应当回的）。"""


@dataclass(slots=True)
class Side:
    """一边的成绩，热身的那批不算快慢。

    参数:
        rates: 各批每秒几条
        costs: 各批每条用的处理器毫秒，含攒着的事
        asked: 应当有答案的条数
        answered: 真有答案的条数
        uninvited: 不该回而回了的条数
    """

    server: Server
    gate: Gateway
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    uninvited: int = 0

    async def measure(
        self, frames: list[Frame], awaited: list[Frame], *, warming: bool
    ) -> None:
        """发一批，等回复与收尾。"""
        before = self.server.cpu_seconds()
        burst = await self.gate.burst(frames, awaited)
        await asyncio.sleep(SETTLE_SECONDS)
        after = self.server.cpu_seconds()
        self.uninvited += burst.uninvited
        self.asked += len(awaited)
        self.answered += sum(_SOURCE_MARK in t for t in burst.replies.values())
        if warming:
            return
        self.rates.append(len(frames) / burst.seconds)
        if before is not None and after is not None:
            self.costs.append(1000 * (after - before) / len(frames))

    @property
    def cost(self) -> str:
        """每条用的处理器毫秒，中位数。"""
        return f"{median(self.costs):.2f}" if self.costs else UNKNOWN


def main(arguments: Sequence[str] = ()) -> None:
    """量并打印。"""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_compare(Path(folder)))


async def _compare(folder: Path) -> None:
    chatter, questions = sentences()
    kinds: dict[str, Frames] = {
        "闲聊": lambda gate: _idle_frames(gate, chatter, questions),
        "问答": lambda gate: _asking_frames(gate, questions),
    }
    with (
        assistant(folder, sandbox=False) as ours,
        serving(["benchmarks.echo"], folder, {}) as echo,
    ):
        async with gateway(ours.v11_url) as left, gateway(echo.v11_url) as right:
            rows = [
                await _row(kind, frames, Side(ours, left), Side(echo, right))
                for kind, frames in kinds.items()
            ]
    show(
        "OneBot v11 往返",
        ("消息", "助手 条/秒", "回声 条/秒", "比值", "目标", "助手 CPU 毫秒/条",
         "回声 CPU 毫秒/条", "该答的答了", "不该回的回了"),
        rows,
        f"每批 {BATCH} 条一口气发出，先各热身一批，再轮流各 {REPEATS} 批，取中位数。",
        conditions(),
    )  # fmt: skip


async def _row(kind: str, frames: Frames, ours: Side, echo: Side) -> list[str]:
    for number in range(REPEATS + 1):
        await ours.measure(*frames(ours.gate), warming=number == 0)
        batch, _ = frames(echo.gate)
        await echo.measure(batch, batch, warming=number == 0)
    mine, theirs = median(ours.rates), median(echo.rates)
    return [
        kind,
        f"{mine:.0f}",
        f"{theirs:.0f}",
        f"{mine / theirs:.2f}",
        f"{TARGETS[kind]:.1f}",
        ours.cost,
        echo.cost,
        f"{ours.answered}/{ours.asked}",
        str(ours.uninvited),
    ]


def _idle_frames(
    gate: Gateway, chatter: Iterator[str], questions: Iterator[str]
) -> tuple[list[Frame], list[Frame]]:
    """没有点名的群聊闲话，末尾一个点名的问题。"""
    texts = itertools.islice(chatter, BATCH - 1)
    groups = itertools.cycle(GROUPS)
    frames = [gate.in_group(text, next(groups), addressed=False) for text in texts]
    closing = gate.in_group(next(questions), GROUPS[0], addressed=True)
    return [*frames, closing], [closing]


def _asking_frames(
    gate: Gateway, questions: Iterator[str]
) -> tuple[list[Frame], list[Frame]]:
    """点名的问题，群聊私聊各半。"""
    groups = itertools.cycle(GROUPS)
    frames = [
        gate.in_private(text)
        if number % 2
        else gate.in_group(text, next(groups), addressed=True)
        for number, text in enumerate(itertools.islice(questions, BATCH))
    ]
    return frames, frames


def sentences() -> tuple[Iterator[str], Iterator[str]]:
    """闲聊与问题，各自打乱、用完再从头来。"""
    chatter = list(Lexicon(KNOWLEDGE / "lexicon").chatter.chatter)
    entries = read_entries(faq_paths(KNOWLEDGE / "faq"))
    questions = [wording for entry in entries for wording in entry.wordings]
    shuffle = random.Random(1).shuffle
    shuffle(chatter)
    shuffle(questions)
    return itertools.cycle(chatter), itertools.cycle(questions)
