"""一处改动的卡片：旧答案、新答案、依据的原话并排，逐处定。"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from nicegui import ui

from bot.documents import ANSWERS, Proposed, Status
from bot.pages import Button, Span, block, label

from . import wording

_FACTS = re.compile(
    r"https?://[\w./?=&%#:~+-]+|[\w.+-]+@[\w.-]+"
    r"|[\d一二三四五六七八九十百]+(?:年|月|日|时|元|个|次|份|页|人|%|MB|GB)|\d[\d.:：-]*"
)
"""数字、日期、网址、邮箱：新的里面与旧的不同的标出来。"""
_TONES = {
    Status.ACCEPTED: ("已接受", "dc-done"),
    Status.REFUSED: ("不改", "dc-off"),
    Status.UNDONE: ("已撤销", "dc-off"),
}
Act = Callable[[Proposed], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Acts:
    """卡片上点了之后做什么。"""

    accept: Act
    refuse: Act
    reopen: Act
    amend: Callable[[Proposed, str], Awaitable[None]]


class Card:
    """一处改动。

    参数:
        private: 答案里像是个人的号码，遮住的样子
    """

    def __init__(self, one: Proposed, private: tuple[str, ...], acts: Acts) -> None:
        self._acts = acts
        self.box = block("dc-card", f"card-{one.number}")
        self.show(one, private)

    def show(self, one: Proposed, private: tuple[str, ...]) -> None:
        """画出现在的样子；没变的不重画。"""
        if (one, private) == getattr(self, "_shown", None):
            return
        self._shown = (one, private)
        self.one = one
        self.box.clear()
        self.box.props["data-status"] = one.status.value
        self.box.update()
        with self.box:
            if one.status is Status.OPEN:
                self._open(one, private)
            else:
                self._settled(one)

    def _head(self, one: Proposed) -> None:
        suggestion = one.suggestion
        Span(str(one.number), "dc-number")
        Span(suggestion.kind, f"dc-kind dc-kind-{suggestion.kind.name.lower()}")
        label(suggestion.title, "dc-card-title")

    def _settled(self, one: Proposed) -> None:
        said, tone = _TONES[one.status]
        with block(f"dc-card-head {tone}"):
            self._head(one)
            Span(said, "dc-state")
            if one.status is not Status.UNDONE:
                again = Button("重新定", "dc-link", testid=f"reopen-{one.number}")
                again.on("click", partial(self._acts.reopen, one))

    def _open(self, one: Proposed, private: tuple[str, ...]) -> None:
        suggestion = one.suggestion
        with block("dc-card-head"):
            self._head(one)
            if not suggestion.sure:
                Span(wording.UNSURE, "dc-badge dc-unsure")
            if private:
                Span(wording.PRIVATE, "dc-badge dc-private")
        with block("dc-sides"):
            with block("dc-side dc-before"):
                label(wording.NOW, "dc-side-head")
                label(suggestion.before or wording.NOT_THERE, "dc-text")
            with block("dc-side dc-after"):
                head = wording.AFTER if suggestion.before else wording.ANSWER
                label(head, "dc-side-head")
                self._answer = block("dc-text", f"after-{one.number}")
                with self._answer:
                    _marked(suggestion.after, suggestion.before)
            with block("dc-side dc-grounds"):
                label(f"{wording.GROUNDS} {wording.grounds(one)}", "dc-side-head")
                label(suggestion.quote, "dc-text")
        with block("dc-acts") as self._bar:
            self._buttons(one)

    def _buttons(self, one: Proposed) -> None:
        accept = Button("接受", "dc-button dc-main", testid=f"accept-{one.number}")
        accept.on("click", partial(self._acts.accept, one))
        if one.suggestion.kind in ANSWERS:
            edit = Button("改", "dc-button", testid=f"edit-{one.number}")
            edit.on("click", self._edit)
        refuse = Button("不改", "dc-button", testid=f"refuse-{one.number}")
        refuse.on("click", partial(self._acts.refuse, one))

    def _edit(self) -> None:
        """换成一个输入框。"""
        one = self.one
        self._answer.clear()
        self._bar.clear()
        with self._answer:
            box = ui.textarea(value=one.suggestion.after).props("autogrow outlined")
            box.classes("dc-edit")
            box.props["data-testid"] = f"editor-{one.number}"

        async def save() -> None:
            text = (box.value or "").strip()
            if not text:
                ui.notify(wording.EMPTY_ANSWER)
                return
            await self._acts.amend(one, text)

        def drop() -> None:
            del self._shown
            self.show(one, ())

        with self._bar:
            keep = Button("改好了", "dc-button dc-main", testid=f"save-{one.number}")
            keep.on("click", save)
            Button("不改写了", "dc-button").on("click", drop)


def _marked(text: str, before: str) -> None:
    """新的答案；与旧的不同的数字、日期、网址标出来。"""
    place = 0
    for match in _FACTS.finditer(text) if before else ():
        if match[0] in before:
            continue
        Span(text[place : match.start()])
        Span(match[0], "dc-mark")
        place = match.end()
    Span(text[place:])
