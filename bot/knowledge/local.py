"""秘书处教的、更正的、由文件来的一条：存着的一行变成条目，每次改动记一笔。"""

from dataclasses import dataclass
from datetime import datetime

from bot import clock
from bot.messages import Person, Place
from bot.storage.tables import Edit, LocalEntry

from .models import Entry, Source

TAUGHT = "秘书处答复"
"""秘书处说的，出处这样写。"""
LOCAL_PREFIX = "local-"


@dataclass(frozen=True, slots=True)
class Change:
    """一次改动的结果。

    参数:
        number: 本地编号，`撤销教` 用它
        entry: 改动后的条目；撤销后不再存在则为 `None`
        before: 改动前的答案
        kind: 教、更正、撤销
    """

    number: int
    entry: Entry | None
    before: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class LocalEdit:
    """还算数的一次教或更正；`author` 是“平台:号”。"""

    number: int
    question: str
    answer: str
    region: str
    author: str


def edited(row: LocalEntry) -> LocalEdit:
    """存着的一行，是怎样的一次教或更正。"""
    return LocalEdit(row.id, row.question, row.answer, row.region, row.author)


@dataclass(frozen=True, slots=True)
class Cited:
    """由导入的文件来的一条，出自哪里。

    参数:
        document: 哪份文件（编号）
        section: 哪一条
        beside: 与知识里的哪一条（编号）说的是同一件事；没有为空
    """

    document: int
    section: str
    beside: str = ""


def is_taught(entry: Entry) -> bool:
    """是秘书处教的，不是知识文件里的。"""
    return entry.id.startswith(LOCAL_PREFIX)


def author_of(person: Person) -> str:
    """改动是谁做的，写作“平台:号”。"""
    return f"{person.platform}:{person.id}"


def taught(row: LocalEntry, source: Source | None, same: Entry | None) -> Entry:
    """教的一条。

    参数:
        source: 由哪份文件来；秘书处说的为 `None`
        same: 与它说的是同一件事的一条；没有为 `None`
    """
    return Entry(
        id=f"{LOCAL_PREFIX}{row.id}",
        question=row.question,
        answer=row.answer,
        topic=same.topic if same else None,
        beside=(same.beside or same.id) if same else None,
        source=source or _taught_source(row),
        section=row.section,
    )


def _taught_source(row: LocalEntry) -> Source:
    day = clock.local(row.created_at)
    return Source(
        title=TAUGHT,
        short=_dated(TAUGHT, day),
        region=row.region,
        year=day.year,
    )


def corrected(entry: Entry, row: LocalEntry) -> Entry:
    """更正后的条目；说的仍是原来那一年的事。"""
    short = _dated("秘书处更正", clock.local(row.created_at))
    return entry.model_copy(
        update={
            "answer": row.answer,
            "source": entry.source.model_copy(update={"short": short}),
            "section": None,
            "until": None,
            "corrected": True,
        }
    )


def _dated(name: str, day: datetime) -> str:
    return f"{name}（{day:%Y-%m-%d}）"


def edit(
    kind: str, entry: str, before: str | None, after: str | None, by: Person, at: Place
) -> Edit:
    """一次改动的记录。"""
    return Edit(
        kind=kind,
        entry=entry,
        before=before,
        after=after,
        platform=by.platform,
        user_id=by.id,
        place_id=at.id,
        at=clock.now(),
    )
