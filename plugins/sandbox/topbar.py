"""顶栏：会话的名字、助手是否在线、故障演示。"""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from bot.pages import Button, Span, block, label, switch

from .gateway import FaultMode, SimulatedGateway
from .people import ChatPlace
from .service import Sandbox

_SCOPES: tuple[tuple[str, float, int | None], ...] = (
    ("下一次", 1, 1),
    ("三次", 1, 3),
    ("三成", 0.3, None),
    ("一直", 1, None),
)
_OFFLINE_SECONDS = 10


class Topbar:
    """顶栏。

    参数:
        sandbox: 沙盒
        on_back: 手机上回到会话列表
    """

    def __init__(self, sandbox: Sandbox, on_back: Callable[[], None]) -> None:
        self._sandbox = sandbox
        self._on_back = on_back
        self._scope = 0
        self._place: ChatPlace
        self._scopes: list[Button] = []
        self._modes: dict[FaultMode, Button] = {}

    def build(self) -> None:
        """画出来；`show` 之后才有内容。"""
        with block("sb-top"):
            back = Button(
                classes="sb-back", icon="chevron_left", testid="back", title="会话列表"
            )
            back.on("click", self._on_back)
            with block("sb-title"):
                self._name = label("", "sb-title-name", "title")
                with block("sb-title-note"):
                    self._dot = block("sb-dot", "online")
                    self._online = Span("")
                    self._id = Span("", "sb-title-id")
            self._button = Button(
                "故障演示",
                "sb-tool",
                icon="bolt",
                testid="faults",
                title="故障演示：让网关像真的那样出毛病",
            )
            with self._button:
                self._active = Span("", "sb-tool-word")
                self._menu = ui.menu().props("anchor='bottom right' self='top right'")
                with self._menu:
                    self._build_menu()

    def _build_menu(self) -> None:
        with block("sb-panel", "fault-menu"):
            label("助手发消息时，网关……", "sb-panel-head")
            for mode in FaultMode:
                option = Button(mode.label, "sb-option", testid=f"fault-{mode}")
                option.on("click", partial(self._choose, mode))
                self._modes[mode] = option
            label("持续", "sb-panel-head")
            with block("sb-scopes"):
                for index, (name, _, _) in enumerate(_SCOPES):
                    scope = Button(name, testid=f"scope-{index}")
                    scope.on("click", partial(self._set_scope, index))
                    self._scopes.append(scope)
            block("sb-rule")
            cut = Button(
                f"断开网关 {_OFFLINE_SECONDS} 秒", "sb-option", testid="disconnect"
            )
            cut.on("click", self._disconnect)

    @property
    def _gateway(self) -> SimulatedGateway:
        return self._sandbox.gateway(self._place)

    def show(self, place: ChatPlace) -> None:
        """显示一个会话；网关的状态变了也重新调用。"""
        self._place = place
        self._name.text = place.name
        online = self._gateway.connected
        switch(self._dot, online)
        self._dot.props["data-online"] = "true" if online else "false"
        self._dot.update()
        self._online.text = "助手在线" if online else "助手离线"
        members = len(self._sandbox.world.personas) + 1
        kind = f"{members} 人 · 群号 {place.id}" if place.is_group else "私聊"
        self._id.text = f"· {kind} · OneBot {place.protocol}"
        faults = self._gateway.faults
        for mode, option in self._modes.items():
            switch(option, mode is faults.mode)
        for index, scope in enumerate(self._scopes):
            switch(scope, index == self._scope)
        described = faults.describe()
        self._active.text = f"· {described}" if described else ""
        switch(self._button, bool(described), "sb-alert")

    def _choose(self, mode: FaultMode) -> None:
        self._set_mode(mode)
        self._menu.close()

    def _set_scope(self, index: int) -> None:
        self._scope = index
        self._set_mode(self._gateway.faults.mode)

    def _set_mode(self, mode: FaultMode) -> None:
        _, probability, calls = _SCOPES[self._scope]
        self._gateway.faults.set(mode, probability=probability, next_calls=calls)
        self._gateway.announce()

    async def _disconnect(self) -> None:
        self._menu.close()
        await self._gateway.disconnect(_OFFLINE_SECONDS)
