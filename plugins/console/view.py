"""一个浏览器标签页里的文件库：左边文件，右边改动。"""

from pathlib import Path

from nicegui import ui

from bot.assistant import Assistant
from bot.documents import Brought, Imported
from bot.pages import block, label, switch

from . import wording
from .changes import ChangesPane
from .intake import Intake

_ASSETS = Path(__file__).parent / "assets"
_STYLE = (_ASSETS / "documents.css").read_text("utf-8")
_SCRIPT = (_ASSETS / "documents.js").read_text("utf-8")


def dress() -> None:
    """页面的样式与脚本，随网页一起给。"""
    ui.add_css(_STYLE)
    ui.add_head_html('<meta name="referrer" content="no-referrer">')
    ui.add_body_html(f"<script>{_SCRIPT}</script>")


class DocumentsView:
    """文件库：每个标签页一个，管的是同一个助手。

    参数:
        number: 先打开哪一份，0 为还有没定的、最近的一份
    """

    def __init__(self, assistant: Assistant, number: int = 0) -> None:
        self._assistant = assistant
        self._imports = assistant.imports
        self._number = number
        self._intake = Intake(assistant, self._brought)
        self._changes = ChangesPane(assistant, self._list)

    async def build(self) -> None:
        """画出整个页面。"""
        with block("dc-app", "documents"):
            with block("dc-side-pane"):
                with block("dc-brand"):
                    label("1+X", "dc-logo")
                    with block(""):
                        label(wording.TITLE, "dc-brand-name")
                        label(wording.SUBTITLE, "dc-brand-note")
                self._intake.build()
                self._shelf = block("dc-shelf", "shelf")
            self._main = block("dc-main-pane", "changes")
        left = await self._imports.left()
        known = self._imports.library.documents
        if self._number not in known:
            waiting = [number for number in known if number in left]
            self._number = max(waiting or known, default=0)
        await self._list()
        await self._open(self._number)

    async def _list(self) -> None:
        """列出导入过的各份。"""
        left = await self._imports.left()
        documents = sorted(
            self._imports.library.documents.values(), key=lambda one: -one.number
        )
        self._shelf.clear()
        with self._shelf:
            if not documents:
                label(wording.NO_DOCUMENTS, "dc-none", "no-documents")
            for one in documents:
                self._item(one, left.get(one.number, 0))

    def _item(self, one: Imported, count: int) -> None:
        row = ui.element("button").classes("dc-item")
        row.props["type"] = "button"
        row.props["data-testid"] = f"document-{one.number}"
        switch(row, one.number == self._number, "dc-on")

        async def chosen() -> None:
            await self._open(one.number)
            await self._list()

        row.on("click", chosen)
        with row:
            label(one.title, "dc-item-title")
            label(wording.scope(one), "dc-item-note")
            tone = "dc-waiting" if count else "dc-clear"
            label(wording.left(count), f"dc-item-left {tone}")

    async def _open(self, number: int) -> None:
        self._number = number
        self._main.clear()
        imported = self._imports.library.documents.get(number)
        with self._main:
            if imported is None:
                _welcome()
                return
            await self._changes.build(imported, self._gone)

    async def _gone(self) -> None:
        """打开着的一份撤销了。"""
        self._number = 0
        await self._list()
        await self._open(0)

    async def _brought(self, done: Brought) -> None:
        with self._main:
            ui.notify(wording.brought(done), type="positive", position="top")
        await self._open(done.imported.number)
        await self._list()


def _welcome() -> None:
    with block("dc-welcome", "welcome"):
        label("从一份通知开始", "dc-welcome-title")
        for number, text in wording.HOW:
            with block("dc-step"):
                label(number, "dc-step-number")
                label(text, "dc-step-text")
