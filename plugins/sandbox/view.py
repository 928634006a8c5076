"""一个浏览器标签页里的聊天界面。"""

import json
from pathlib import Path

from nicegui import ui

from bot.pages import block, label, switch

from .bubbles import draw_row, draw_time
from .composer import Composer, Outgoing
from .content import AtPart, Part, split_mentions
from .people import ASSISTANT_NAME, ChatPlace, Persona, Protocol
from .service import Sandbox
from .sidebar import Sidebar, short_name
from .talk import Bubble
from .topbar import Topbar
from .world import Change

_ASSETS = Path(__file__).parent / "assets"
_STYLE = (_ASSETS / "sandbox.css").read_text("utf-8")
_SCRIPT = (_ASSETS / "sandbox.js").read_text("utf-8")
_SHOWN = 150
"""打开会话时显示最近多少条。"""
_GAP_SECONDS = 300
"""相隔多久插入一个时间。"""


def dress() -> None:
    """页面的样式与脚本，随网页一起给。"""
    ui.add_css(_STYLE)
    ui.add_body_html(f"<script>{_SCRIPT}</script>")


class ChatView:
    """聊天界面：每个标签页一个，看的是同一个世界。

    参数:
        sandbox: 沙盒
        place: 打开哪个会话，空为第一个群
        who: 谁在说话，空为第一个人
    """

    def __init__(self, sandbox: Sandbox, place: str = "", who: str = "") -> None:
        self._sandbox = sandbox
        self._world = sandbox.world
        personas = {str(item.number): item for item in self._world.personas}
        self._persona = personas.get(who, self._world.personas[0])
        shown = {short_name(item): item for item in self._places()}
        self._place = shown.get(place, self._world.groups[0])
        self._rows: dict[str, ui.element] = {}
        self._last: Bubble | None = None
        self._sidebar = Sidebar(self._world, self._open)
        self._topbar = Topbar(sandbox, self._show_list)
        self._composer = Composer(self._world, self._send, self._speak_as)

    def build(self) -> None:
        """画出整个页面，并开始旁听。"""
        self._app = block("sb-app", "app")
        with self._app:
            self._sidebar.build()
            with block("sb-main"):
                self._topbar.build()
                self._messages = block("sb-messages", "messages")
                self._composer.build()
        self._show_place()
        stop = self._world.listen(self._changed)
        ui.context.client.on_delete(stop)

    # 显示

    def _places(self) -> list[ChatPlace]:
        """这个人能去的会话。"""
        private = [self._world.private(self._persona, item) for item in Protocol]
        return [*self._world.groups, *private]

    def _remember(self) -> None:
        where = json.dumps([short_name(self._place), str(self._persona.number)])
        ui.run_javascript(f"window.sandbox.remember(...{where})")

    def _show_list(self) -> None:
        switch(self._app, True, "sb-listing")

    def _open(self, place: ChatPlace) -> None:
        self._place = place
        switch(self._app, False, "sb-listing")
        self._show_place()
        self._remember()
        ui.run_javascript("window.sandbox.bottom(); window.sandbox.focus()")

    def _speak_as(self, persona: Persona) -> None:
        before, self._persona = self._persona, persona
        if not self._place.is_group:
            self._place = self._world.private(persona, self._place.protocol)
            self._show_place()
            ui.run_javascript("window.sandbox.bottom()")
        else:
            self._sidebar.show(persona, self._place)
            self._composer.show(self._place, persona)
            self._turn(before, persona)
        self._remember()
        ui.run_javascript("window.sandbox.focus()")

    def _turn(self, *personas: Persona) -> None:
        """把这几个人的消息换到该在的一边。"""
        ids = {persona.id_in(self._place.protocol) for persona in personas}
        for bubble in self._world.history(self._place):
            row = self._rows.get(bubble.message_id)
            if row is not None and bubble.sender_id in ids:
                self._draw(row, bubble)

    def _show_place(self) -> None:
        switch(self._app, self._place.protocol == "v12", "sb-v12")
        self._topbar.show(self._place)
        self._sidebar.show(self._persona, self._place)
        self._composer.show(self._place, self._persona)
        self._messages.props["data-place"] = self._place.key
        self._messages.update()
        self._messages.clear()
        self._rows.clear()
        self._last = None
        bubbles = self._world.history(self._place)[-_SHOWN:]
        if not bubbles:
            self._show_empty()
        for bubble in bubbles:
            self._append(bubble)

    def _show_empty(self) -> None:
        with self._messages, block("sb-empty", "empty"):
            label("1+X", "sb-avatar sb-bot")
            label("这里还没有消息", "sb-empty-title")
            label(
                "挑一个身份，像在群里一样说话；不知道问什么，点「示例」。"
                if self._place.is_group
                else "这是您和助手的私聊，直接说就行，不用 @。",
                "sb-empty-note",
            )

    def _append(self, bubble: Bubble) -> None:
        if self._last is None:
            self._messages.clear()
        last = self._last
        with self._messages:
            gap = (bubble.at - last.at).total_seconds() if last else _GAP_SECONDS
            if gap >= _GAP_SECONDS:
                draw_time(bubble.at)
            row = ui.element("div")
        self._rows[bubble.message_id] = row
        self._last = bubble
        self._draw(row, bubble)

    def _draw(self, row: ui.element, bubble: Bubble) -> None:
        own = bubble.sender_id == self._persona.id_in(bubble.place.protocol)
        draw_row(row, bubble, own=own, on_reply=self._composer.quote)

    # 世界里的事

    def _changed(self, change: Change, bubble: Bubble | None) -> None:
        with self._app:
            if change is Change.LINK:
                self._topbar.show(self._place)
                return
            if change is Change.PEOPLE:
                self._topbar.show(self._place)
                self._composer.show(self._place, self._persona)
                return
            if bubble is not None and bubble.place == self._place:
                if change is Change.ADDED:
                    self._append(bubble)
                elif (row := self._rows.get(bubble.message_id)) is not None:
                    self._draw(row, bubble)
            self._sidebar.show(self._persona, self._place)

    # 说话

    async def _send(self, outgoing: Outgoing) -> None:
        gateway = self._sandbox.gateway(self._place)
        parts = self._read_mentions(outgoing.text, gateway.self_id)
        at_assistant = outgoing.at_assistant and not any(
            isinstance(part, AtPart) and part.user_id == gateway.self_id
            for part in parts
        )
        await gateway.say(
            self._place,
            self._persona,
            parts,
            at_assistant=at_assistant,
            quote=outgoing.quote,
            images=[outgoing.image] if outgoing.image is not None else (),
        )

    def _read_mentions(self, text: str, assistant_id: str) -> tuple[Part, ...]:
        if not self._place.is_group:
            return split_mentions(text, ())
        people = [
            (persona.name, persona.id_in(self._place.protocol))
            for persona in self._world.personas
        ]
        assistant = [(ASSISTANT_NAME, assistant_id), ("助手", assistant_id)]
        return split_mentions(text, [*people, *assistant, ("全体成员", "all")])
