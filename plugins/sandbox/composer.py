"""底部：示例问题、谁在说话、工具、输入框。"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from weakref import WeakMethod

from nicegui import events, ui

from bot.pages import Button, Span, block, label, switch
from bot.text.cleaning import clean

from .blobs import BlobError, is_picture
from .elements import avatar
from .people import ASSISTANT_NAME, ChatPlace, Persona
from .talk import Bubble
from .world import World

EXAMPLES = (
    "360进不去平台咋整",
    "双师型教师要多少比例",
    "佐证材料传什么格式",
    "山东2022年什么时候申报",
    "提交后发现填错了怎么办",
    "bim电话多少",
)
_MAX_UPLOAD = 10 * 1024 * 1024
_PICTURES_ONLY = "只能发 PNG、JPEG、GIF、WebP 图片，10 MB 以内"
_MAX_NAME = 20


@dataclass(frozen=True, slots=True)
class Outgoing:
    """要说的一句话。"""

    text: str = ""
    at_assistant: bool = False
    quote: str | None = None
    image: bytes | None = None


class Composer:
    """底部的全部。

    参数:
        world: 沙盒的世界
        on_send: 说一句
        on_persona: 换一个人说话
    """

    def __init__(
        self,
        world: World,
        on_send: Callable[[Outgoing], Awaitable[None]],
        on_persona: Callable[[Persona], None],
    ) -> None:
        self._world = world
        self._on_send = on_send
        self._on_persona = on_persona
        self._place: ChatPlace
        self._persona: Persona
        self._at = True
        self._quote: Bubble | None = None
        self._speakers: dict[int, Button] = {}

    def build(self) -> None:
        """画出来；`show` 之后才有内容。"""
        with block("sb-foot"):
            self._build_chips()
            self._bar = block("sb-speakers", "speakers")
            self._build_tools()
            self._build_quote()
            self._build_input()
        self._build_newcomer()

    def _build_chips(self) -> None:
        self._chips = block("sb-chips", "chips")
        with self._chips:
            for index, question in enumerate(EXAMPLES):
                chip = Button(question, "sb-chip", testid=f"chip-{index}")
                chip.on("click", partial(self._ask, question))

    def _build_tools(self) -> None:
        with block("sb-tools"):
            self._at_button = Button(
                "@助手", "sb-tool", testid="at-assistant", title="每句话都 @ 助手"
            )
            self._at_button.on("click", self._toggle_at)
            self._mention = Button(
                "提到", "sb-tool", icon="alternate_email", testid="mention",
                title="@ 某个人",
            )  # fmt: skip
            with self._mention, ui.menu() as self._people_menu:
                self._people = block("sb-panel")
            picture = Button(
                "图片", "sb-tool", icon="image", testid="picture-button", title="发图片"
            )
            upload = ui.upload(
                on_upload=_weakly(self._send_picture),
                on_rejected=lambda: ui.notify(_PICTURES_ONLY),
                max_file_size=_MAX_UPLOAD,
                auto_upload=True,
            )
            upload.props("accept=image/png,image/jpeg,image/gif,image/webp")
            upload.classes("sb-hidden")
            picture.on(
                "click",
                js_handler=f"() => getElement({upload.id}).$refs.qRef.pickFiles()",
            )
            self._upload = upload
            examples = Button(
                "示例", "sb-tool", icon="lightbulb", testid="examples", title="示例问题"
            )
            examples.on("click", self._toggle_chips)

    def _build_quote(self) -> None:
        self._quoting = block("sb-quoting sb-hidden", "quoting")
        with self._quoting:
            self._quoting_text = label("", "sb-quoting-text")
            close = Button(icon="close", testid="unquote", title="不引用了")
            close.on("click", lambda: self.quote(None))

    def _build_input(self) -> None:
        with block("sb-write"):
            box = ui.element("textarea").classes("sb-input")
            box.props["data-testid"] = "input"
            box.props["rows"] = "1"
            box.props["placeholder"] = "说点什么，回车发送"
            box.props["aria-label"] = "消息"
            box.on(
                "keydown",
                self._typed,
                js_handler="(e) => window.sandbox.key(e, emit)",
            )
            for gesture in ("paste", "drop"):
                handler = (
                    f"(e) => window.sandbox.files(e, getElement({self._upload.id}))"
                )
                box.on(gesture, js_handler=handler)
            send = Button("发送", "sb-send", testid="send")
            send.on("click", self._typed, js_handler="() => window.sandbox.send(emit)")

    def _build_newcomer(self) -> None:
        with ui.dialog() as self._dialog, ui.card():
            label("换一个新名字说话", "sb-title-name")
            self._name = ui.input("名字", placeholder="如：陆老师(示例)")
            self._name.props(f"maxlength={_MAX_NAME} autofocus").style("width:260px")
            self._name.props["data-testid"] = "new-name"
            self._name.on("keydown.enter", self._welcome)
            with ui.row().style("align-self:flex-end"):
                ui.button("取消", on_click=self._dialog.close).props("flat")
                confirm = ui.button("加入", on_click=self._welcome)
                confirm.props["data-testid"] = "new-name-ok"

    # 显示

    def show(self, place: ChatPlace, persona: Persona) -> None:
        """换了会话或发言人。"""
        self._place, self._persona = place, persona
        self._show_speakers()
        switch(self._at_button, not place.is_group, "sb-hidden")
        switch(self._mention, not place.is_group, "sb-hidden")
        self._show_at()
        if self._quote is not None and self._quote.place != place:
            self.quote(None)

    def _show_speakers(self) -> None:
        personas = self._world.personas
        if [item.number for item in personas] != list(self._speakers):
            self._draw_speakers(personas)
            self._draw_people(personas)
        for number, button in self._speakers.items():
            on = number == self._persona.number
            switch(button, on)
            button.props["aria-pressed"] = "true" if on else "false"
            button.update()

    def _draw_speakers(self, personas: list[Persona]) -> None:
        self._bar.clear()
        self._speakers = {}
        with self._bar:
            label("谁在说话", "sb-speakers-label")
            for persona in personas:
                button = Button(
                    classes="sb-speaker",
                    testid=f"persona-{persona.number}",
                    title=f"{persona.role.label}，号 {persona.number}",
                )
                button.on("click", partial(self._on_persona, persona))
                with button:
                    avatar(persona.name, str(persona.number), "sb-small")
                    Span(persona.name)
                self._speakers[persona.number] = button
            new = Button("＋ 新名字…", "sb-speaker sb-new", testid="new-persona")
            new.on("click", self._ask_name)

    def _draw_people(self, personas: list[Persona]) -> None:
        self._people.clear()
        people = [(item.name, str(item.number)) for item in personas]
        with self._people:
            for name, user_id in [(ASSISTANT_NAME, ""), *people, ("全体成员", "8")]:
                option = Button(classes="sb-option sb-person", testid="mention-option")
                option.props["data-name"] = name
                option.on(
                    "click",
                    js_handler="(e) => window.sandbox.insert"
                    "('@' + e.currentTarget.dataset.name + ' ')",
                )
                option.on("click", self._people_menu.close)
                with option:
                    avatar(name, user_id, "sb-small")
                    Span(name)

    def _show_at(self) -> None:
        switch(self._at_button, self._at)
        self._at_button.props["aria-pressed"] = "true" if self._at else "false"
        self._at_button.update()

    def quote(self, bubble: Bubble | None) -> None:
        """开始引用一条消息；`None` 是不引用了。"""
        self._quote = bubble
        switch(self._quoting, bubble is None, "sb-hidden")
        if bubble is not None:
            self._quoting_text.text = f"回复 {bubble.sender_name}：{bubble.text[:80]}"
            ui.run_javascript("window.sandbox.focus()")

    # 动作

    def _toggle_at(self) -> None:
        self._at = not self._at
        self._show_at()

    def _toggle_chips(self) -> None:
        hidden = "sb-hidden" in self._chips.classes
        switch(self._chips, not hidden, "sb-hidden")

    async def _ask(self, question: str) -> None:
        switch(self._chips, True, "sb-hidden")
        ui.run_javascript("window.sandbox.bottom()")
        await self._on_send(Outgoing(question, at_assistant=self._place.is_group))

    async def _typed(self, event: events.GenericEventArguments) -> None:
        text = clean(event.args) if isinstance(event.args, str) else ""
        if not text.strip():
            return
        quote, at = self._quote, self._at and self._place.is_group
        self.quote(None)
        switch(self._chips, True, "sb-hidden")
        quoted = quote.message_id if quote is not None else None
        await self._on_send(Outgoing(text.strip("\n"), at, quoted))

    async def _send_picture(self, event: events.UploadEventArguments) -> None:
        data = await event.file.read()
        self._upload.reset()
        if not is_picture(data):
            ui.notify(_PICTURES_ONLY)
            return
        ui.run_javascript("window.sandbox.bottom()")
        try:
            at = self._at and self._place.is_group
            await self._on_send(Outgoing(at_assistant=at, image=data))
        except BlobError as error:
            ui.notify(str(error))

    def _ask_name(self) -> None:
        self._name.value = ""
        self._dialog.open()

    def _welcome(self) -> None:
        name = clean(self._name.value or "").strip()[:_MAX_NAME]
        if not name:
            return
        if name in {ASSISTANT_NAME, "助手", "全体成员"}:
            ui.notify("这个名字留给助手和全体成员用，请换一个")
            return
        self._dialog.close()
        self._on_persona(self._world.add_persona(name))


def _weakly(
    handler: Callable[[events.UploadEventArguments], Awaitable[None]],
) -> Callable[[events.UploadEventArguments], Awaitable[None]]:
    """页面没了就不再管：上传的路由登记过就一直留着，别让它连着整页。"""
    kept = WeakMethod(handler)

    async def handle(event: events.UploadEventArguments) -> None:
        if (method := kept()) is not None:
            await method(event)

    return handle
