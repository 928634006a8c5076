"""网关动作的登记与结局。"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

Params: TypeAlias = dict[str, Any]
Method: TypeAlias = Callable[[Any, Params], Awaitable[Any]]
_Method = TypeVar("_Method", bound=Method)
_MARK = "__sandbox_actions__"


class Refusal(Exception):
    """网关拒绝了一次调用。

    参数:
        retcode: 协议里的返回码
        message: 说明
    """

    def __init__(self, retcode: int, message: str) -> None:
        super().__init__(message)
        self.retcode = retcode
        self.message = message


@dataclass(frozen=True, slots=True)
class Action:
    """一个动作：名字、处理方法名、是不是在往会话里发东西。"""

    name: str
    method: str
    sends: bool


def action(*names: str, sends: bool = False) -> Callable[[_Method], _Method]:
    """把网关类的一个方法登记为动作。

    参数:
        names: 动作名
        sends: 是否往会话里发东西，故障只作用于这些
    """

    def mark(method: _Method) -> _Method:
        entries = [Action(name, method.__name__, sends) for name in names]
        setattr(method, _MARK, entries)
        return method

    return mark


def collect(owner: type) -> dict[str, Action]:
    """一个类登记的全部动作，含父类的。"""
    found: dict[str, Action] = {}
    for base in reversed(owner.__mro__):
        for member in vars(base).values():
            for entry in getattr(member, _MARK, ()):
                found[entry.name] = entry
    return found
