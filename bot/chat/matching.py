"""每个插件在它守着的每一关各立一个响应器；先答的那个之后，后面的不再问。"""

from collections.abc import Awaitable, Callable

import nonebot
from nonebot.adapters import Event
from nonebot.matcher import Matcher
from nonebot.params import Depends

from bot.routing import Routes, Stage

from .neighbours import is_answered, keep_ours
from .reception import Incoming, current, received


def listen(routes: Routes) -> list[type[Matcher]]:
    """为一个插件立起响应器；在插件的文件里、入口都登记好之后调用。

    返回:
        每关一个，优先级即这一关
    """
    matchers = [
        nonebot.on_message(
            rule=_concerns(stage, routes),
            priority=stage,
            block=False,
            handlers=[_handler(stage, routes)],
        )
        for stage in routes.stages
    ]
    keep_ours(matchers)
    return matchers


def _concerns(stage: Stage, routes: Routes) -> Callable[..., Awaitable[bool]]:
    """这一关有没有这个插件的事：读得懂，没有邻居答过，口令那一关要是它的口令。"""

    async def concerns(
        event: Event, incoming: Incoming | None = Depends(received)
    ) -> bool:
        if incoming is None:
            return False
        if stage is not Stage.HEARD and is_answered(event):
            # 隔了邻居的一句：接下来的“好的”可能是对它说的
            incoming.assistant.desk.spoke(incoming.message)
            return False
        return current().concerns(stage, routes, incoming)

    return concerns


def _handler(stage: Stage, routes: Routes) -> Callable[..., Awaitable[None]]:
    async def handle(matcher: Matcher, incoming: Incoming = Depends(received)) -> None:
        if await current().respond(stage, routes, incoming):
            matcher.stop_propagation()

    return handle
