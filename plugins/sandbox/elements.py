"""页面上反复用到的小件：文字片段、按钮、头像。"""

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from .people import ASSISTANT_NAME, ChatPlace, Protocol

_COLOURS = (
    "#3aa6b9", "#2fa37c", "#8b6cd9", "#3d8bfd", "#d9617a",
    "#e08a2c", "#b5713d", "#5b7fd6", "#7c8f3f",
)  # fmt: skip


class Span(TextElement):
    """行内文字；按原样显示，不当作 HTML。"""

    def __init__(self, text: str, classes: str = "") -> None:
        super().__init__(tag="span", text=text)
        self.classes(classes)


class Button(ui.element):
    """普通的按钮，样子全由样式表决定。

    参数:
        text: 文字
        classes: 样式类
        icon: 图标名
        testid: 测试用的名字
        title: 悬停说明，也给读屏软件
    """

    def __init__(
        self,
        text: str = "",
        classes: str = "",
        *,
        icon: str = "",
        testid: str = "",
        title: str = "",
    ) -> None:
        super().__init__("button")
        self.classes(classes)
        self.props["type"] = "button"
        if testid:
            self.props["data-testid"] = testid
        if title:
            self.props["title"] = title
            self.props["aria-label"] = title
        with self:
            if icon:
                ui.icon(icon)
            if text:
                Span(text, "sb-tool-word" if icon else "")


def block(classes: str, testid: str = "") -> ui.element:
    """一个容器。"""
    element = ui.element("div").classes(classes)
    if testid:
        element.props["data-testid"] = testid
    return element


def label(text: str, classes: str, testid: str = "") -> ui.label:
    """一段文字。"""
    element = ui.label(text).classes(classes)
    if testid:
        element.props["data-testid"] = testid
    return element


def switch(element: ui.element, on: bool, name: str = "sb-on") -> None:
    """加上或去掉一个样式类。"""
    if on:
        element.classes(add=name)
    else:
        element.classes(remove=name)


def avatar(
    name: str, user_id: str, classes: str = "", *, assistant: bool = False
) -> None:
    """头像：名字的第一个字，颜色由号决定；助手是 1+X。"""
    if assistant or name == ASSISTANT_NAME:
        label("1+X", f"sb-avatar sb-bot {classes}")
        return
    face = label(name[:1], f"sb-avatar {classes}")
    face.style(f"background:{_colour(user_id)}")


def place_avatar(place: ChatPlace) -> None:
    """会话的头像：群是圆角方块，微信群是绿的。"""
    if not place.is_group:
        label("1+X", "sb-avatar sb-square sb-bot")
        return
    wechat = place.protocol is Protocol.V12
    colour = "#2aae67" if wechat else _colour(place.id)
    face = label(place.name[:1], "sb-avatar sb-square")
    face.style(f"background:{colour}")


def _colour(user_id: str) -> str:
    """由号里的数字定颜色，相邻的号颜色不同。"""
    digits = "".join(filter(str.isdecimal, user_id)) or "0"
    return _COLOURS[int(digits[-9:]) % len(_COLOURS)]
