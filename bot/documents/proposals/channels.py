"""群号、网址、邮箱：新文件换了的，别的答案里写着旧的也跟着换。"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.documents.shelf import Stored
from bot.knowledge import Entry

from .matching import Match


class Channel(StrEnum):
    """凭它找到人、找到平台的几样。"""

    GROUP = "群号"
    ADDRESS = "网址"
    MAILBOX = "邮箱"


_WRITTEN = {
    Channel.GROUP: re.compile(r"群[^\d。；]{0,20}?(?<!\d)(\d{6,11})(?!\d)"),
    Channel.ADDRESS: re.compile(r"((?:https?://|www\.)[\w./?=&%#:~+-]*[\w/])", re.A),
    Channel.MAILBOX: re.compile(r"(?<![\w.+-])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.A),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """一个换了。

    参数:
        entries: 写着旧的、新文件没有另外说到的条目
    """

    channel: Channel
    before: str
    after: str
    passage: Stored
    entries: tuple[Entry, ...]


def channels_in(text: str) -> dict[Channel, list[str]]:
    """一段里写着的各样，各不重复。"""
    found = {
        channel: list(dict.fromkeys(pattern.findall(text)))
        for channel, pattern in _WRITTEN.items()
    }
    return {channel: several for channel, several in found.items() if several}


def moved(
    matches: Iterable[Match], known: Collection[Entry], answered: Collection[str]
) -> Iterator[Moved]:
    """说着同一件事的条目与条款，各写着一个而不一样：旧的换成了新的。

    参数:
        known: 这个地区的条目
        answered: 新文件另外说到的条目，它们的答案已经整条换新
    """
    pairs: defaultdict[tuple[Channel, str], dict[str, Stored]] = defaultdict(dict)
    for match in matches:
        old, new = channels_in(match.entry.answer), channels_in(match.passage.text)
        for channel in old.keys() & new.keys():
            if len(old[channel]) == len(new[channel]) == 1:
                before, after = old[channel][0], new[channel][0]
                pairs[channel, before].setdefault(after, match.passage)
    for (channel, before), several in pairs.items():
        if len(several) != 1 or before in several:
            # 说法不一，或还在用
            continue
        ((after, passage),) = several.items()
        holding = tuple(
            entry
            for entry in known
            if entry.id not in answered
            and before in channels_in(entry.answer).get(channel, ())
            and str(entry.source.year) not in entry.question
        )
        if holding:
            yield Moved(channel, before, after, passage, holding)
