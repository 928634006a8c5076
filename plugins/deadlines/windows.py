"""窗口 列表/新增/修改/删除。"""

from bot import clock
from bot.access import NATIONWIDE, Role
from bot.acting import region_named
from bot.assistant import Assistant
from bot.deadlines import (
    Window,
    changed,
    put_slip,
    read_window,
    remove_slip,
    replies,
)
from bot.errors import AssistantError
from bot.listing import WINDOWS, Line
from bot.messages import Message, Reply
from bot.routing import Routes

from .common import forms, managed, take_region

PAST_SHOWN = 8
"""以往的最多列几个。"""


def register(routes: Routes) -> None:
    """登记口令。"""
    add = routes.word
    add(
        *forms("窗口", "列表"),
        usage=replies.USAGE_WINDOWS,
        role=Role.SECRETARIAT,
        glued=True,
    )(show)
    add(
        *forms("窗口", "新增"),
        usage=replies.USAGE_ADD,
        role=Role.SECRETARIAT,
        glued=True,
    )(create)
    add(
        *forms("窗口", "修改"),
        usage=replies.USAGE_CHANGE,
        role=Role.SECRETARIAT,
        glued=True,
    )(change)
    add(
        *forms("窗口", "删除"),
        usage=replies.USAGE_REMOVE,
        role=Role.SECRETARIAT,
        glued=True,
    )(remove)


async def show(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """列出窗口，能在这里改的从 1 编起。"""
    named = region_named(assistant.lexicon.regions, argument)
    if argument and named is None:
        return None
    region = named or assistant.groups.get(message.place).region
    now = clock.now()
    regions = {region, NATIONWIDE} if region else None
    windows = assistant.deadlines.windows(regions)
    current = [window for window in windows if not window.is_over(now)]
    past = [window for window in reversed(windows) if window.is_over(now)]
    past = past[:PAST_SHOWN]
    own = [window for window in (*current, *past) if window.is_local]
    assistant.shown.show(message, WINDOWS, [Line(w.id, w.title) for w in own])
    return Reply(replies.window_list(current, past, own, now))


async def create(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要新增的窗口。"""
    try:
        region, rest = take_region(assistant, message, argument, "窗口 新增")
        if not rest:
            return Reply(replies.WINDOW_USAGE)
        window = read_window(region, rest, assistant.deadlines.store.windows.values())
        slip = put_slip(window, None)
    except AssistantError as error:
        return Reply(str(error))
    return await assistant.desk.propose(slip, message)


async def change(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要改的窗口。"""
    number, _, rest = argument.partition(" ")
    try:
        window = _named(assistant, message, number)
        if not rest.strip():
            return Reply(replies.WINDOW_EDIT_USAGE)
        slip = put_slip(changed(window, rest.strip()), window)
    except AssistantError as error:
        return Reply(str(error))
    return await assistant.desk.propose(slip, message)


async def remove(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要删的窗口。"""
    try:
        window = _named(assistant, message, argument)
    except AssistantError as error:
        return Reply(str(error))
    return await assistant.desk.propose(remove_slip(window), message)


def _named(assistant: Assistant, message: Message, written: str) -> Window:
    """打回来的编号是哪个窗口，要管得着。

    异常:
        AssistantError: 没有这个窗口，或管不着
    """
    key = assistant.shown.one(message, WINDOWS, written)
    return managed(assistant, message).window(key or written, written)
