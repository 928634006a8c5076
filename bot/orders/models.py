"""要办的事：叫什么、对应哪个口令、谁能办、听懂之后怎么办。"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from bot.access import Role
from bot.answering import Given
from bot.errors import AssistantError
from bot.messages import Message
from bot.text import Regions

from .facts import Facts


class Manner(Enum):
    """听懂之后怎么办。"""

    DIRECT = auto()
    """照口令办：只是看看，或口令自己会先问清楚。"""
    RESTATED = auto()
    """照口令办：口令只是复述一遍，等人确认；没听准的也可以先复述。"""
    LIGHT = auto()
    """口令一说就办，一句话又能改回来：十分有把握就照办，否则先放上确认台。"""
    ASKING = auto()
    """口令一说就办，办了不好收回：先放上确认台。"""


@dataclass(frozen=True, slots=True)
class Told:
    """一句要办事的话，与读它要知道的。

    参数:
        text: 说的话；补答过的，连着补的
        region: 群所属的地区
        answered: 引用的是助手答的哪一条；没有引用、引用的不是答案为 `None`
        before: 他刚在这里要办的，写成的口令；没有为空
        notes: 口令里看不出、出示时要说明的：是哪个问题、哪个窗口
        glosses: 口令用平常的话怎么说，出示时写在后面
    """

    text: str
    message: Message
    region: str | None
    regions: Regions
    facts: Facts
    answered: Given | None = None
    before: str = ""
    notes: list[str] = field(default_factory=list)
    glosses: list[str] = field(default_factory=list)


class Missing(AssistantError):
    """还缺一样；消息是要问的那一句。"""


class Elsewhere(AssistantError):
    """口令里没有这件事；消息说在哪里办。"""


def never(told: Told) -> bool:
    """哪一次都不是。"""
    return False


Writer: TypeAlias = Callable[[Told], Awaitable[str]]
"""把话写成口令；缺了东西就 `Missing`。"""


@dataclass(frozen=True, slots=True)
class Order:
    """一件能办的事。

    参数:
        name: 在例句里叫什么
        title: 对人怎么称呼：“您是想…？”
        word: 对应的口令
        write: 把话写成口令
        role: 至少要有的角色
        pattern: 口令怎么写，缺了东西时给人看
        lists: 口令后面什么也不跟，就只是列出来看看
        asked: 常用问的口气说，或话里带着别人的问题；不是的，问“怎么”“谁”就是真在问
        shows: 只是看看，什么也不改
        acts: 办的是哪种事，见 `assent.yaml` 的 acts
        restates: 口令这一次只是复述、等人确认；不是一说就办
        about: 说的是哪方面，同一方面的常接着说；空的看 `name` 的开头
    """

    name: str
    title: str
    word: str
    write: Writer
    role: Role = Role.SECRETARIAT
    manner: Manner = Manner.DIRECT
    pattern: str = ""
    lists: bool = False
    asked: bool = False
    shows: bool = False
    acts: str = ""
    about: str = ""
    restates: Callable[[Told], bool] = never

    @property
    def topic(self) -> str:
        """说的是哪方面。"""
        return self.about or self.name.partition("-")[0]

    @property
    def how(self) -> str:
        """怎么写。"""
        return self.pattern or self.word
