"""一条答案依据的原文：段就是它自己；条目的，找它引的那份文件的那一条。"""

import re

from bot.answering import Given
from bot.knowledge import Entry, Knowledge
from bot.reading import Document, Section, written

from . import wording
from .library import Library
from .shelf import Imported
from .source import PassagesSource

_ASIDE = re.compile(r"[（(](?:未载|上限未载|范围未载|日期未载|电话未载|截图)[）)]")
_LAST = re.compile(r"(?:（[^（）]*）|\d+|[①-⑳]|[一二三四五六七八九十]+)$")
_LONGEST = 1200


class Originals:
    """找原文。"""

    def __init__(
        self, library: Library, knowledge: Knowledge, passages: PassagesSource
    ) -> None:
        self._library = library
        self._knowledge = knowledge
        self._passages = passages

    async def of(self, given: Given) -> str:
        """发出的一条答案依据的原文，或在哪里找。"""
        told = [text for key in given.entries if (text := await self._one(key))]
        return "\n\n".join(told) or wording.NO_ORIGINAL

    async def _one(self, key: str) -> str:
        if passage := self._passages.passage(key):
            document = self._library.documents[passage.document]
            content = await self._library.content(passage.document)
            section = _find(content, passage.label) if content else None
            text = written(section) if section else passage.text
            place = wording.place_of(passage, document)
            return wording.original(place, _cut(text) or passage.text)
        entry = self._knowledge.entries.get(key)
        return await self._of_entry(entry) if entry else ""

    async def _of_entry(self, entry: Entry) -> str:
        section = entry.section or ""
        imported = self._document_of(entry)
        if imported is None:
            if not section:
                return ""
            return wording.not_imported(entry.source.title, section)
        content = await self._library.content(imported.number)
        parts = [
            wording.original(f"{imported.cited}{label}", _cut(written(found)))
            for label in labels_in(section)
            if content and (found := _find(content, label))
        ]
        return "\n\n".join(parts) or wording.not_imported(imported.title, section)

    def _document_of(self, entry: Entry) -> Imported | None:
        """条目引的那份文件；没有导入为 `None`。"""
        documents = self._library.documents.values()
        return next((one for one in documents if one.is_source(entry.source)), None)


def labels_in(section: str) -> list[str]:
    """条目写的“一.3、二.2”是哪几条。"""
    plain = _ASIDE.sub("", section)
    parts = re.split(r"[、，,；;]\s*(?![（(])", plain)
    return [part.strip() for part in parts if part.strip()]


def _find(document: Document, label: str) -> Section | None:
    """编号（点与空格不算）一样的一条；没有就退到上一级。"""
    wanted = _plain(label)
    known = {_plain(section.label): section for section in document.walk()}
    while wanted:
        if wanted in known:
            return known[wanted]
        shorter = re.sub(
            r"(?:（[^（）]*）|\d+|[①-⑳]|[一二三四五六七八九十]+)$", "", wanted
        )
        if shorter == wanted:
            return None
        wanted = shorter
    return None


def _plain(label: str) -> str:
    return re.sub(r"[.\s．]", "", label.replace("(", "（").replace(")", "）"))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
