"""左侧的会话列表：最后一条消息、时间、未读数。"""

from collections.abc import Callable

from nicegui import ui

from bot.pages import block, label, switch

from .bubbles import time_text
from .elements import place_avatar
from .people import ChatPlace, Persona, Protocol
from .talk import Bubble, BubbleKind
from .world import World


class Sidebar:
    """会话列表。

    参数:
        world: 沙盒的世界
        on_open: 点了一个会话
    """

    def __init__(self, world: World, on_open: Callable[[ChatPlace], None]) -> None:
        self._world = world
        self._on_open = on_open
        self._items: dict[str, _Item] = {}
        self._seen: dict[str, int] = {}
        self._box: ui.element

    def build(self) -> None:
        """画出外框；`show` 之后才有内容。"""
        with block("sb-side", "sidebar"):
            with block("sb-brand"):
                label("1+X", "sb-avatar sb-bot")
                with block(""):
                    label("1+X 助手", "sb-brand-name")
                    label("沙盒 · 说的、教的都只在这里", "sb-brand-note")
            self._box = block("sb-places")

    def show(self, persona: Persona, current: ChatPlace) -> None:
        """列出这个人能看到的会话。

        参数:
            persona: 当前发言人
            current: 打开着的会话
        """
        places = [*self._world.groups, self._world.private(persona)]
        wechat = self._world.private(persona, Protocol.V12)
        if self._world.latest(wechat) is not None:
            places.append(wechat)
        names = [short_name(place) for place in places]
        if names != list(self._items):
            self._box.clear()
            with self._box:
                self._items = {name: _Item(name, self._on_open) for name in names}
        self.mark_seen(current)
        for item, place in zip(self._items.values(), places, strict=True):
            last = self._world.latest(place)
            unread = self._unread(place, persona)
            item.show(place, last, unread, on=place == current)

    def mark_seen(self, place: ChatPlace) -> None:
        """这个会话看过了。"""
        last = self._world.latest(place)
        self._seen[place.key] = last.seq if last else 0

    def _unread(self, place: ChatPlace, persona: Persona) -> int:
        own = persona.id_in(place.protocol)
        since = self._world.since(place, self._seen.get(place.key, 0))
        return sum(bubble.sender_id != own for bubble in since)


class _Item:
    """列表里的一行；换了发言人，私聊那一行换成他的私聊。"""

    def __init__(self, testid: str, on_open: Callable[[ChatPlace], None]) -> None:
        self._place: ChatPlace
        self._shown = False
        self._row = ui.element("button").classes("sb-place")
        self._row.props["type"] = "button"
        self._row.props["data-testid"] = f"place-{testid}"
        self._row.on("click", lambda: on_open(self._place))
        with self._row:
            self._face = block("sb-place-face")
            self._name = label("", "sb-place-name")
            self._time = label("", "sb-place-time")
            self._last = label("", "sb-place-last", f"last-{testid}")
            self._unread = label("", "sb-unread sb-hidden", f"unread-{testid}")

    def show(
        self, place: ChatPlace, last: Bubble | None, unread: int, *, on: bool
    ) -> None:
        self._place = place
        if not self._shown:
            self._shown = True
            with self._face:
                place_avatar(place)
            self._name.text = place.name if place.is_group else f"私聊 · {place.name}"
        switch(self._row, on)
        self._last.text = _preview(last)
        self._time.text = time_text(last.at, short=True) if last else ""
        self._unread.text = "99+" if unread > 99 else str(unread)
        switch(self._unread, unread == 0, "sb-hidden")


def short_name(place: ChatPlace) -> str:
    """会话在网址与测试里的短名；私聊不论与谁。"""
    if place.is_group:
        return place.key
    return "private" if place.protocol is Protocol.V11 else "private-wechat"


def _preview(bubble: Bubble | None) -> str:
    if bubble is None:
        return "还没有消息"
    if bubble.recalled:
        return f"{bubble.sender_name}撤回了一条消息"
    text = " ".join(bubble.text.split())[:60]
    if bubble.kind is BubbleKind.NOTE:
        return text
    return f"{bubble.sender_name}：{text}" if bubble.place.is_group else text
