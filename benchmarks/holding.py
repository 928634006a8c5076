"""一个人能发的最费事的话，占着事件循环多久：别人的话这时都在等。

每个口令、每种怪文字各发一次，一次一个人；量的是不让出的最长一段，目标是 50 毫秒之内。
用法：python -m benchmarks holding [数据文件夹]
"""

import asyncio
import itertools
import random
import tempfile
import time
from collections.abc import Awaitable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Person, Place, PlaceKind, Quote
from bot.routing import LONGEST_QUESTION, Router, Routes
from bot.settings import Settings
from bot.words import LONGEST_MESSAGE
from plugins import (
    broadcast,
    confirming,
    deadlines,
    directory,
    faq,
    groups,
    registration,
)

from .measuring import KNOWLEDGE, conditions
from .tables import show

LIMIT_MS = 50
UNITS = (
    "通知", "至", "3月1日至", "周五至", "-", "(", "3", "三", "登记 ", "词 ", "词\n",
    "a ", "，", "广西", "南宁市", "1+X", "证书", "BIM ", "广西示例学院 ",
    "职业技术学院", "13800138000 ", "a@b.cn ", "a.", "@", "张三 男 教务处 ", "1:",
    "=", "|", "全体 ", "公告 ", "确认 ", "不", "了", "电话", "请问", "好的", "ﷺ",
    "改为", "联系人", "电话：138 ", '"', "“", "【", "[a", "<", "每周五 ", "广西/",
    "第一批", "2021年", "14 ", "0771-1234567 ", "\u200b", "é", "一\n\n", "怎么",
    "高职 ", "初级、", "级", "路", "海南", "中山", "去年", "以", "邮箱 ", "http://",
    "x_", "校车", "云计算、", "物流管理 初级 ", "桂林 ", "#1 ", "+", "好", "谢谢",
    "老师", "是", "推广西", "的", "依据", "1", "a", "(   ", "吧。",
)  # fmt: skip
"""反复写到最长，各是一种怪文字。"""
SPOILT = " 㐀!"
"""接在末尾：整句都对、就差结尾，最考验回溯。"""
FILLED = {
    "教": "问题 = ", "答": "1 ", "窗口 新增": "广西 申报 ", "双周报 设置": "广西 ",
    "更新联系人": "BIM 电话 13800138000 ", "广播": "[广西] ",
}  # fmt: skip
"""这些口令还要写对前半句，后面的才有人看。"""
ROUTES: tuple[Routes, ...] = tuple(
    plugin.routes
    for plugin in (
        groups, confirming, faq, directory, deadlines, broadcast, registration,
    )
)  # fmt: skip


@dataclass(slots=True)
class Longest:
    """一件事里不让出的最长一段，处理器毫秒：机器忙不忙，量出来一样。"""

    milliseconds: float = 0.0

    def __call__(self, work: Awaitable[Any]) -> "_Stepping":
        return _Stepping(work, self)


class _Stepping:
    """照样等一件事，另外记下每两次让出之间多久。"""

    def __init__(self, work: Awaitable[Any], longest: Longest) -> None:
        self._work = work
        self._longest = longest

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._work.__await__()
        step = partial(steps.send, None)
        while True:
            started = time.thread_time()
            try:
                waited = step()
            except StopIteration as finished:
                return finished.value
            finally:
                spent = 1000 * (time.thread_time() - started)
                self._longest.milliseconds = max(self._longest.milliseconds, spent)
            try:
                yield waited
            except BaseException as error:
                # 等来的是错误、超时，也要交给里面
                step = partial(steps.throw, error)
            else:
                step = partial(steps.send, None)


def main(arguments: Sequence[str] = ()) -> None:
    """量并打印超过目标的；都没超过就打印最久的几样。"""
    if arguments:
        asyncio.run(_measure(Path(arguments[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> None:
    settings = Settings(data_dir=folder, knowledge_dir=KNOWLEDGE, superusers=["qq:1"])
    assistant = await Assistant.open(settings)
    # 每教一条都在后台学，只会抢处理器
    await assistant.faq.close()
    try:
        router = Router(ROUTES)
        assistant.words = router.words
        rows = [await _row(router, assistant, *each) for each in _messages(router)]
    finally:
        await assistant.close()
    rows.sort(key=lambda row: -row[0])
    slow = [row for row in rows if row[0] > LIMIT_MS]
    show(
        "占着事件循环",
        ("最长一段（毫秒）", "口令", "文字"),
        [[f"{spent:.0f}", word, unit] for spent, word, unit in slow or rows[:10]],
        f"共 {len(rows)} 种话，超过 {LIMIT_MS} 毫秒的 {len(slow)} 种。",
        conditions(),
    )


def _messages(router: Router) -> Iterator[tuple[str, str, Message]]:
    """（口令，怪文字，整条）：每个口令的第一种叫法，和没有口令的提问。"""
    numbers = iter(range(1, 1_000_000))
    for word in ("", *(word.names[0] for word in router.words)):
        longest = LONGEST_MESSAGE if word else LONGEST_QUESTION
        units = (*UNITS, _noise(longest))
        heads = dict.fromkeys(("", FILLED.get(word, "")))
        for unit, head in itertools.product(units, heads):
            whole = f"{word} {head}{unit * (longest // len(unit) + 1)}".lstrip()
            for text in (whole[:longest], whole[: longest - len(SPOILT)] + SPOILT):
                yield word, repr(unit[:12]), _message(text, next(numbers))


def _noise(length: int) -> str:
    pool = "".join(UNITS)
    return "".join(random.Random(1).choices(pool, k=length))


def _message(text: str, number: int) -> Message:
    """超级管理员私聊发来的一条。"""
    return Message(
        "10001", Place("qq", PlaceKind.PRIVATE, "1"), Person("qq", "1"), text,
        str(number), True, clock.now(), Quote("1", text[:2000]) if number % 2 else None,
    )  # fmt: skip


async def _row(
    router: Router, assistant: Assistant, word: str, unit: str, message: Message
) -> tuple[float, str, str]:
    longest = Longest()
    try:
        await longest(router.handle(assistant, message))
    except Exception as error:
        # 一样出了错，别的照样量
        unit += f"（出错：{error!r:.80}）"
    return longest.milliseconds, word, unit
