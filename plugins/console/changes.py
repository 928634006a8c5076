"""一份文件提出的改动：一处处定，一次定许多，整份撤销。"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection

from nicegui import ui

from bot.access import Rights, Role
from bot.assistant import Assistant
from bot.documents import PAGE, Imported, Proposed, Settled, Status
from bot.errors import AssistantError
from bot.messages import Place, PlaceKind
from bot.pages import Button, block, label, switch

from . import wording
from .cards import Acts, Card

_RIGHTS = Rights(Role.SUPERUSER)
"""打得开页面的，就是管这台机器的。"""
_PLACE = Place(PAGE.platform, PlaceKind.PRIVATE, PAGE.id)


class ChangesPane:
    """右边：打开着的一份。

    参数:
        on_settled: 定了之后
    """

    def __init__(
        self, assistant: Assistant, on_settled: Callable[[], Awaitable[None]]
    ) -> None:
        self._imports = assistant.imports
        self._on_settled = on_settled
        self._acts = Acts(self._accept, self._refuse, self._reopen, self._amend)
        self._every: list[Proposed] = []
        self._cards: dict[int, Card] = {}

    async def build(
        self, imported: Imported, on_gone: Callable[[], Awaitable[None]]
    ) -> None:
        """画出一份的全部改动。"""
        self._imported, self._on_gone = imported, on_gone
        self._kind = ""
        self._settled_then: frozenset[int] = frozenset()
        self._only = False
        self._cards = {}
        self._every = await self._imports.proposals(imported.number)
        with block("dc-head"):
            with block("dc-head-text"):
                label(imported.title, "dc-title", "document-title")
                label(wording.scope(imported), "dc-title-note")
            undo = Button("撤销导入", "dc-link dc-danger", testid="undo-import")
            undo.on("click", self._undo)
        if not self._every:
            label(wording.NOTHING_PROPOSED, "dc-none", "nothing-proposed")
            return
        with block("dc-tools"):
            self._tabs = block("dc-tabs")
            self._narrow = Button(wording.ONLY_OPEN, "dc-tab", testid="only-open")
            self._narrow.on("click", self._toggle)
            self._count = label("", "dc-count", "progress")
        with block("dc-bulk") as self._bulk:
            self._take = Button("", "dc-button dc-main", testid="accept-sure")
            self._take.on("click", self._accept_sure)
            self._drop = Button("", "dc-button", testid="refuse-rest")
            self._drop.on("click", self._refuse_rest)
        with block("dc-cards"):
            for one in self._every:
                private = self._private(one)
                self._cards[one.number] = Card(one, private, self._acts)
        self._show()

    # 显示

    def _show(self) -> None:
        """各处照现在的样子。"""
        for one in self._every:
            card = self._cards[one.number]
            card.show(one, self._private(one))
            other = self._kind not in ("", one.suggestion.kind)
            switch(card.box, other or one.number in self._settled_then, "dc-hidden")
        switch(self._narrow, self._only, "dc-on")
        self._show_tabs()
        opened = self._opened()
        total = len(self._every)
        self._count.text = wording.progress(total - len(opened), total)
        sure = self._sure(opened)
        switch(self._bulk, not opened, "dc-hidden")
        _retitle(self._take, wording.take_sure(len(sure)))
        _retitle(self._drop, wording.refuse_rest(len(opened)))
        switch(self._take, not sure, "dc-hidden")

    def _show_tabs(self) -> None:
        counts = Counter(one.suggestion.kind.value for one in self._every)
        self._tabs.clear()
        with self._tabs:
            for kind, text in wording.kinds(counts):
                tab = Button(text, "dc-tab", testid=f"tab-{kind or 'all'}")
                switch(tab, kind == self._kind, "dc-on")
                tab.on("click", lambda _, kind=kind: self._choose(kind))

    def _toggle(self) -> None:
        """收起已经定了的；之后再定的留在原处，免得下一处跳到手底下。"""
        self._only = not self._only
        settled = (one.number for one in self._every if one.status is not Status.OPEN)
        self._settled_then = frozenset(settled if self._only else ())
        self._show()

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._show()

    def _private(self, one: Proposed) -> tuple[str, ...]:
        return self._imports.private(one) if one.status is Status.OPEN else ()

    def _opened(self) -> list[Proposed]:
        return [
            one
            for one in self._every
            if one.status is Status.OPEN and self._kind in ("", one.suggestion.kind)
        ]

    def _sure(self, opened: list[Proposed]) -> list[Proposed]:
        return [one for one in opened if one.suggestion.sure and not self._private(one)]

    async def _refresh(self) -> None:
        self._every = await self._imports.proposals(self._imported.number)
        self._show()
        await self._on_settled()

    # 定

    async def _accept(self, one: Proposed) -> None:
        private = self._imports.private(one)
        if private:
            asked = wording.ask_private(private, self._imported.region)
            if not await confirm(asked, "本人同意，接受"):
                return
        await self._take_all([one.number], agreed=bool(private))

    async def _accept_sure(self) -> None:
        opened = self._opened()
        sure = self._sure(opened)
        private = sum(bool(self._private(one)) for one in opened)
        doubtful = len(opened) - len(sure) - private
        asked = wording.ask_take(len(sure), doubtful, private)
        if await confirm(asked, "接受"):
            await self._take_all([one.number for one in sure])

    async def _take_all(
        self, numbers: Collection[int], *, agreed: bool = False
    ) -> None:
        if self._imported.number not in self._imports.library.documents:
            await self._on_gone()
            return
        settled = await self._imports.accept(
            self._imported.number, numbers, PAGE, _RIGHTS, _PLACE, agreed=agreed
        )
        _tell(settled)
        await self._refresh()

    async def _refuse(self, one: Proposed) -> None:
        await self._imports.refuse(self._imported.number, [one.number], PAGE)
        await self._refresh()

    async def _refuse_rest(self) -> None:
        numbers = [one.number for one in self._opened()]
        if await confirm(wording.ask_refuse(len(numbers)), "都不改"):
            await self._imports.refuse(self._imported.number, numbers, PAGE)
            await self._refresh()

    async def _amend(self, one: Proposed, text: str) -> None:
        await self._imports.amend(self._imported.number, one.number, text)
        await self._refresh()

    async def _reopen(self, one: Proposed) -> None:
        number = self._imported.number
        try:
            await self._imports.reopen(number, one.number, PAGE, _PLACE)
        except AssistantError as error:
            ui.notify(str(error), type="warning")
        await self._refresh()

    async def _undo(self) -> None:
        if not await confirm(wording.ask_undo(self._imported), "撤销导入"):
            return
        number = self._imported.number
        if number in self._imports.library.documents:
            for problem in await self._imports.undo(number, PAGE, _PLACE):
                ui.notify(problem, type="warning")
        await self._on_gone()


async def confirm(text: str, yes: str) -> bool:
    """问一声。"""
    with ui.dialog() as dialog, block("dc-dialog", "dialog"):
        label(text, "dc-dialog-text")
        with block("dc-acts"):
            agree = Button(yes, "dc-button dc-main", testid="dialog-yes")
            agree.on("click", lambda: dialog.submit(True))
            leave = Button("先不", "dc-button", testid="dialog-no")
            leave.on("click", lambda: dialog.submit(False))
    said = bool(await dialog)
    dialog.delete()
    return said


def _tell(settled: Settled) -> None:
    if said := wording.settled(settled):
        tone = "warning" if settled.problems else "positive"
        ui.notify(said, type=tone, multi_line=True, position="top")


def _retitle(button: Button, text: str) -> None:
    button.clear()
    with button:
        ui.label(text)
