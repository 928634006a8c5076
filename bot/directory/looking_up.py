"""明说要查的（查证书、查机构）：查到的答案，几个里请人选，或没有。"""

from dataclasses import dataclass, replace

from bot import clock
from bot.answering import Candidate, Remembered, Turn

from . import wording
from .matches import Key, Kind
from .source import MAX_CHOICES, DirectorySource


@dataclass(frozen=True, slots=True)
class Finding:
    """查的结果。

    参数:
        text: 对人说的；要的是一份清单时为空
        topic: 要的是哪份清单，如 `field:数控`
        memory: 记住什么，好接“电话呢”“1”
        missing: 没有查到
    """

    text: str = ""
    topic: str = ""
    memory: Remembered | None = None
    missing: bool = False


def look_up(source: DirectorySource, text: str, kind: Kind) -> Finding:
    """查一个证书或一家机构；`kind` 类的优先。"""
    keys = source.look_up(text, kind)
    if len(keys) == 1 and keys[0].kind == "list":
        return Finding(topic=keys[0].name)
    said = source.say(keys[0]) if len(keys) == 1 else None
    if said is not None:
        turn = Turn(text, source.name, str(keys[0]), None)
        memory = Remembered(clock.now(), turn, text)
        return Finding(said, memory=memory, missing=said in wording.NOTHING_FOUND)
    if keys:
        offered = keys[:MAX_CHOICES]
        titles = [source.title(key) for key in offered]
        return _offering(source, wording.choices(titles), text, offered)
    asked, near = source.near(text)
    missing = wording.not_found(asked, [key.name for key in near])
    return replace(_offering(source, missing, text, near), missing=True)


def _offering(
    source: DirectorySource, text: str, asked: str, keys: list[Key]
) -> Finding:
    """列出几个，回复“1”就答第一个。"""
    offered = tuple(
        Candidate(source.name, str(key), source.title(key), 0.5, 1.0) for key in keys
    )
    return Finding(text, memory=Remembered(clock.now(), asked=asked, offered=offered))
