"""发件箱的表与记录之间的换算。"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Row

from bot import clock
from bot.messages import Person, Place, PlaceKind
from bot.storage.tables import OutboxRow as Box

from .models import (
    TEXT_LIMIT,
    WEBHOOK_BYTES,
    WEBHOOK_PLATFORM,
    Delivery,
    Form,
    Outgoing,
    Status,
)
from .splitting import split, utf8_size

KEY = ("what", "occurrence", "platform", "place_kind", "place_id", "part")
"""唯一键：同一件事的同一次，在同一处只有一条（长的分段）。"""


def rows_of(item: Outgoing, now: datetime, late_by: str) -> list[dict[str, Any]]:
    """一条要发的拆成若干行；`late_by` 非空的只留记录。"""
    webhook = item.place.platform == WEBHOOK_PLATFORM
    pieces = (
        split(item.text, WEBHOOK_BYTES, utf8_size)
        if webhook
        else split(item.text, TEXT_LIMIT)
    )
    # @全体 与群公告只能带文字，群机器人一次只能发一样：图片另发
    apart = item.images and (webhook or item.form is not Form.MESSAGE)
    common = {
        "what": item.what,
        "occurrence": item.occurrence,
        "platform": item.place.platform,
        "place_kind": item.place.kind,
        "place_id": item.place.id,
        "by_platform": item.by.platform if item.by else "",
        "by_user": item.by.id if item.by else "",
        "urgent": item.urgent,
        "mark_late": item.mark_late,
        "status": Status.EXPIRED if late_by else Status.PENDING,
        "reason": late_by,
        "due_at": item.due_at,
        "next_at": item.due_at,
        "finished_at": now if late_by else None,
        "expires_at": item.expires_at,
        "account": "",
        "attempts": 0,
        "message_id": "",
    }
    images = [str(path) for path in item.images]
    rows = [
        {
            **common,
            "part": part,
            "text": piece,
            "form": item.form if part == 0 else Form.MESSAGE,
            "images": images if part == 0 and not apart else [],
            "mentions": _people(item.mention) if part == 0 else [],
        }
        for part, piece in enumerate(pieces)
    ]
    if apart:
        extra = {"text": "", "form": Form.MESSAGE, "mentions": []}
        groups = [[image] for image in images] if webhook else [images]
        first = len(rows) if pieces[0] else 0
        rows = rows[:first] + [
            {**common, **extra, "part": first + number, "images": some}
            for number, some in enumerate(groups)
        ]
    return rows


def _people(people: Sequence[Person]) -> list[list[str]]:
    return [[person.platform, person.id, person.name] for person in people]


def key_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """一行的唯一键。"""
    return tuple(row[name] for name in KEY)


def place_of(row: Any) -> Place:
    """一行所去的会话。"""
    return Place(row.platform, PlaceKind(row.place_kind), row.place_id)


def at_place(place: Place) -> tuple[ColumnElement[bool], ...]:
    """去这个会话的条件。"""
    return (
        Box.platform == place.platform,
        Box.place_kind == place.kind,
        Box.place_id == place.id,
    )


def delivery_of(row: Row[Any]) -> Delivery:
    """一行对外的样子。"""
    return Delivery(
        id=row.id,
        what=row.what,
        occurrence=row.occurrence,
        place=place_of(row),
        part=row.part,
        form=Form(row.form),
        text=row.text,
        images=tuple(Path(image) for image in row.images),
        mention=tuple(Person(*person) for person in row.mentions),
        status=Status(row.status),
        due_at=clock.local(row.due_at),
        account=row.account,
        attempts=row.attempts,
        sending_at=row.sending_at and clock.local(row.sending_at),
        message_id=row.message_id,
        reason=row.reason,
        by=Person(row.by_platform, row.by_user) if row.by_user else None,
        mark_late=row.mark_late,
    )
