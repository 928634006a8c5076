"""回答的来源与它们之间的约定：谁都给出候选与凭据，由裁决者估量、挑一个。"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Turn:
    """一个人在一个会话里上一次得到的回答。

    参数:
        question: 当时的问话，不看上文也懂
        source: 答它的来源名
        key: 答它的候选
        region: 当时所用的地区
        answer: 当时说的
    """

    question: str
    source: str
    key: str
    region: str | None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """一句问话与它的背景。

    参数:
        words: 这一句自己的话；换了地区、年份再问的，是换过之后的
        region: 适用的地区：问话里点名的，否则群所属的；不知道为 `None`
        asked_at: 何时问的
        named_region: 问话里点名的地区
        addressed: 是不是在问助手；不是的话，明显不相干的可以早早放弃
        previous: 同一个人刚得到的回答，供“电话呢”这样的追问
        earlier: 同一个人更早得到的回答，新的在前
        topic: 接着哪一问说的；另起一问的为空
        joined: 光凭自己的话找不到，要连着 `topic` 找
        again: 同一件事换了地区、年份再问一遍
        stale: 刚答过、这回多半不再是它的候选；别无候选时才用
        correcting: 在改口：“打错了，是……”，话里只剩改成的
    """

    words: str
    region: str | None
    asked_at: datetime
    named_region: str | None = None
    addressed: bool = True
    previous: Turn | None = None
    earlier: tuple[Turn, ...] = ()
    topic: str = ""
    joined: bool = False
    again: bool = False
    stale: str | None = None
    correcting: bool = False

    @property
    def trail(self) -> tuple[Turn, ...]:
        """同一个人得到过的回答，新的在前。"""
        return (self.previous, *self.earlier) if self.previous else ()

    @property
    def in_full(self) -> str:
        """不看上文也懂的问话：记下来、给人看的。"""
        return f"{self.topic} {self.words}" if self.topic else self.words

    @property
    def text(self) -> str:
        """各来源拿去找的问话。"""
        return self.in_full if self.joined else self.words


@dataclass(frozen=True, slots=True)
class Evidence:
    """一个候选凭什么：几个有名字的数，各来源自己定；值多少由例子学来。"""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """各数的名字，次序与 `values` 一致。"""
        return tuple(field.name for field in fields(cls))

    def values(self) -> list[float]:
        """各数的值。"""
        return [float(getattr(self, name)) for name in self.names()]


@dataclass(frozen=True, slots=True)
class Found:
    """一个来源给出的一个候选。

    参数:
        source: 来源名
        key: 在来源里的编号，可凭它取答案
        title: 列给人选时的一句话
        replaces: 顶替哪个候选（编号）：说的是同一件事，那个已经旧了；
            把握照那个的
        quiet: 没被点名时不拿它插话
        tentative: 话没有读全、名称没有对准：再像也只当作最接近的
        untold: 只看题目看不出说的是什么：不请人选，直接拿出来
    """

    source: str
    key: str
    title: str
    evidence: Evidence
    replaces: str = ""
    quiet: bool = False
    tentative: bool = False
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """估量过的候选答案；几个把握都已校准，不论出自哪个来源，都可以比。

    参数:
        source: 来源名
        key: 在来源里的编号，可凭它取答案
        title: 列给人选时的一句话
        confidence: 它就是所问的把握：一半以上可直接回答
        ours: 凭它看，问话属于本领域的把握
        clear: 没被点名也该这样答的把握
        untold: 只看题目看不出说的是什么
    """

    source: str
    key: str
    title: str
    confidence: float
    ours: float
    clear: float = 0.0
    untold: bool = False


class Weighing(Protocol):
    """估量一句问话的全部候选。"""

    def __call__(self, found: Sequence[Found]) -> list[Candidate]:
        """各有多大把握；次序不变，顶替了的不在其中。"""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """一个答案。

    参数:
        text: 正文，含来源行
        entries: 用到的知识条目编号，可据此更正
        region: 答案所取的地区
        found: 有这份资料；答的是查不到的为 `False`
    """

    text: str
    entries: tuple[str, ...] = ()
    region: str | None = None
    found: bool = True


class Source(Protocol):
    """一种来源：常见问题、名录、申报窗口。全部数据在内存里，不做输入输出。"""

    name: str

    def candidates(self, question: Question) -> Sequence[Found]:
        """这句问话的候选，更像的在前；与自己无关就给空列表。"""
        ...

    def answer(self, key: str, question: Question) -> Answer | None:
        """某个候选的答案；已不存在则为 `None`。"""
        ...
