"""拖进来的文件：排着队读，读完请人核对是哪里哪年的，再导入。"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from loguru import logger
from nicegui import events, ui

from bot.access import NATIONWIDE
from bot.assistant import Assistant
from bot.documents import LARGEST, PAGE, Brought, Draft, with_scope
from bot.errors import AssistantError
from bot.pages import Button, block, label

from . import wording

_YEARS = range(2000, 2100)


class Intake:
    """拖文件的地方，与正在读的各份。

    参数:
        on_brought: 导入了一份之后
    """

    def __init__(
        self, assistant: Assistant, on_brought: Callable[[Brought], Awaitable[None]]
    ) -> None:
        self._assistant = assistant
        self._on_brought = on_brought
        self._turn = asyncio.Lock()

    def build(self) -> None:
        """画出来。"""
        with block("dc-drop", "drop") as drop:
            ui.icon("upload_file")
            label(wording.DROP, "dc-drop-title")
            label(wording.KINDS, "dc-drop-note")
        upload = ui.upload(
            on_upload=self._take,
            on_rejected=lambda: ui.notify(wording.TOO_LARGE),
            max_file_size=LARGEST,
            auto_upload=True,
            multiple=True,
        )
        upload.classes("dc-hidden")
        upload.props["data-testid"] = "upload"
        self._upload = upload
        box = f"getElement({upload.id})"
        drop.on("click", js_handler=f"() => {box}.$refs.qRef.pickFiles()")
        for gesture in ("dragover", "dragleave", "drop"):
            handler = f"(e) => window.documents.drag(e, {box})"
            drop.on(gesture, js_handler=handler)
        self._jobs = block("dc-jobs", "jobs")

    async def _take(self, event: events.UploadEventArguments) -> None:
        with self._jobs:
            job = _Job(self._assistant, event.file.name, self._on_brought)
        folder = TemporaryDirectory(prefix="documents-")
        path = Path(folder.name) / "file"
        try:
            await event.file.save(path)
            async with self._turn:
                await job.read(path, folder)
        except AssistantError as error:
            job.fail(str(error))
            folder.cleanup()
        except BaseException:
            folder.cleanup()
            raise


class _Job:
    """一份：在读、等人核对、读不了。"""

    def __init__(
        self,
        assistant: Assistant,
        name: str,
        on_brought: Callable[[Brought], Awaitable[None]],
    ) -> None:
        self._assistant = assistant
        self._name = name
        self._on_brought = on_brought
        self._box = block("dc-job", "job")
        with self._box:
            label(name, "dc-job-name")
            self._note = label(wording.WAITING, "dc-job-note", "job-note")
            self._bar = ui.linear_progress(show_value=False).classes("dc-bar")
            self._bar.props("indeterminate")

    async def read(self, path: Path, folder: "TemporaryDirectory[str]") -> None:
        """读，边读边说读到哪里。

        异常:
            AssistantError: 读不了
        """
        began = time.monotonic()
        page: tuple[int, int] | None = None

        def turned(done: int, total: int) -> None:
            nonlocal page
            page = (done, total)

        def tick() -> None:
            seconds = int(time.monotonic() - began)
            self._note.text = wording.reading(seconds, page)
            if page:
                self._bar.props(remove="indeterminate")
                self._bar.value = page[0] / page[1]

        tick()
        with self._box:
            ticking = ui.timer(1, tick)
        try:
            library = self._assistant.imports.library
            draft = await library.read(path, self._name, turned)
        finally:
            ticking.cancel()
        self._check(draft, folder)

    def fail(self, reason: str) -> None:
        """读不了：一句话，与收起来的按钮。"""
        self._box.clear()
        self._box.classes(add="dc-failed")
        with self._box:
            label(self._name, "dc-job-name")
            label(reason, "dc-job-note", "job-failed")
            close = Button("知道了", "dc-link", testid="job-close")
            close.on("click", self._box.delete)

    def _check(self, draft: Draft, folder: "TemporaryDirectory[str]") -> None:
        """请人核对是哪里哪年的。"""
        self._box.clear()
        self._box.classes(add="dc-ready")
        regions = [NATIONWIDE, *self._assistant.lexicon.regions.regions]
        with self._box:
            label(
                draft.reading.document.title or self._name, "dc-job-name", "job-title"
            )
            label(wording.facts(draft), "dc-job-note")
            with block("dc-scope"):
                region = ui.select(
                    regions, value=draft.region, label=wording.REGIONS_HINT,
                    with_input=True,
                ).props("outlined dense")  # fmt: skip
                region.props["data-testid"] = "job-region"
                year = ui.input(wording.YEAR_HINT, value=str(draft.year or "")).props(
                    "outlined dense maxlength=4 inputmode=numeric"
                )
                year.props["data-testid"] = "job-year"
            if said := wording.not_evident(draft):
                label(said, "dc-job-warn", "job-warn")
            with block("dc-acts"):
                bring = Button("导入", "dc-button dc-main", testid="job-bring")
                drop = Button("不要了", "dc-button", testid="job-drop")

        async def go() -> None:
            written = (year.value or "").strip().removesuffix("年")
            known = int(written) if written.isdecimal() else 0
            if not region.value or known not in _YEARS:
                ui.notify(f"请写明{wording.REGIONS_HINT}、{wording.YEAR_HINT}")
                return
            await self._bring(with_scope(draft, region.value, known), folder)

        def leave() -> None:
            folder.cleanup()
            self._box.delete()

        bring.on("click", go)
        drop.on("click", leave)
        ui.context.client.on_delete(folder.cleanup)

    async def _bring(self, draft: Draft, folder: "TemporaryDirectory[str]") -> None:
        self._box.clear()
        with self._box:
            label(self._name, "dc-job-name")
            label(wording.COMPARING, "dc-job-note")
            ui.linear_progress(show_value=False).classes("dc-bar").props(
                "indeterminate"
            )
        try:
            brought = await self._assistant.imports.bring(draft, PAGE, None)
        except AssistantError as error:
            self.fail(str(error))
            return
        finally:
            folder.cleanup()
        logger.info("在页面上导入了一份文件，编号 {}", brought.imported.number)
        self._box.delete()
        await self._on_brought(brought)
