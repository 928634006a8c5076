"""页面上反复用到的小件：文字片段、按钮、容器。"""

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement


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
