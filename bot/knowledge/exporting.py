"""把秘书处教的与更正的导出成知识文件，整理后可放回 knowledge/faq。"""

from pathlib import Path
from typing import Any

import yaml

from bot.errors import AssistantError
from bot.storage.files import whole_file

from .layer import Knowledge
from .local import TAUGHT, is_taught
from .models import Entry

_KEPT = {"id", "question", "answer", "topic", "variants", "unlike", "section"}


def export_local(knowledge: Knowledge, path: Path) -> int:
    """导出，返回条数；每个出处、地区与年份一个文件。

    异常:
        AssistantError: 没有可导出的，或写不了
    """
    changed = [
        entry
        for entry in knowledge.entries.values()
        if entry.corrected or is_taught(entry)
    ]
    if not changed:
        raise AssistantError("还没有教过或更正过，没有可导出的")
    groups: dict[tuple[str, str, int], list[Entry]] = {}
    for entry in changed:
        source = entry.source
        key = (_origin(entry), source.region, source.year)
        groups.setdefault(key, []).append(entry)
    for number, (_, entries) in enumerate(sorted(groups.items())):
        target = path if number == 0 else path.with_stem(f"{path.stem}-{number + 1}")
        _write(target, entries)
    return len(changed)


def _origin(entry: Entry) -> str:
    """由文件来的写文件的题目，别的是秘书处说的。"""
    return entry.source.title if is_taught(entry) else TAUGHT


def _write(path: Path, entries: list[Entry]) -> None:
    first = entries[0].source
    document: dict[str, Any] = {
        "source": {
            "title": _origin(entries[0]), "short": _origin(entries[0]),
            "region": first.region, "year": first.year,
        },
        "entries": [_plain(entry) for entry in entries],
    }  # fmt: skip
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    with whole_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def _plain(entry: Entry) -> dict[str, Any]:
    fields = entry.model_dump(
        mode="json",
        include={"id", "question", "answer", "topic", "variants", "unlike", "section"},
    )
    return {name: value for name, value in fields.items() if value}
