"""发件箱的表与记录之间的换算。"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Row

from bot import clock
from bot.messages import WEBHOOK_PLATFORM, Person, Place, PlaceKind
from bot.outgoing import pieces
from bot.storage.tables import OutboxRow as Box

from .models import (
    LATE_ROOM,
    Delivery,
    Form,
    Outgoing,
    Status,
)
from .transitions import KEY


def rows_of(item: Outgoing, now: datetime, late_by: str) -> list[dict[str, Any]]:
    """一条要发的拆成若干行；`late_by` 非空的只留记录。"""
    webhook = item.place.platform == WEBHOOK_PLATFORM
    texts = _pieces(item)
    # 群公告只能带文字，群机器人一次只能发一样：图片另发
    apart = item.images and (webhook or item.form is Form.NOTICE)
    common = _common(item, now, late_by)
    images = [str(path) for path in item.images]
    follower = {**common, "form": Form.MESSAGE, "images": [], "mentions": []}
    first = {
        **common,
        "form": item.form,
        "images": [] if apart else images,
        "mentions": people_row(item.mention),
        "late_at": item.due_at + item.late_after if item.mark_late else None,
    }
    rows = [{**(follower if n else first), "text": t} for n, t in enumerate(texts)]
    if apart:
        groups = [[image] for image in images] if webhook else [images]
        pictures = [{**follower, "text": "", "images": some} for some in groups]
        rows = [*(rows if texts[0] else []), *pictures]
    return [{**row, "part": part} for part, row in enumerate(rows)]


def _pieces(item: Outgoing) -> list[str]:
    """正文的各段；要注明补发的，给那句话留出地方。"""
    room = LATE_ROOM if item.mark_late else 0
    return pieces(item.text, item.place.platform, room=room)


def _common(item: Outgoing, now: datetime, late_by: str) -> dict[str, Any]:
    return {
        "what": item.what,
        "occurrence": item.occurrence,
        "platform": item.place.platform,
        "place_kind": item.place.kind,
        "place_id": item.place.id,
        "by_platform": item.by.platform if item.by else "",
        "by_user": item.by.id if item.by else "",
        "by_group": _group_id(item.ordered_in),
        "urgent": item.urgent,
        "status": Status.EXPIRED if late_by else Status.PENDING,
        "reason": late_by,
        "due_at": item.due_at,
        "late_at": None,
        "next_at": item.due_at,
        "finished_at": now if late_by else None,
        "expires_at": item.expires_at,
    }


def _group_id(place: Place | None) -> str:
    return place.id if place is not None and place.is_group else ""


def people_row(people: Sequence[Person]) -> list[list[str]]:
    """要 @ 的人在表里的写法。"""
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
    status = Status(row.status)
    handed_over = status in (Status.SENDING, Status.SENT, Status.UNKNOWN)
    return Delivery(
        id=row.id,
        what=row.what,
        occurrence=row.occurrence,
        place=place_of(row),
        part=row.part,
        form=Form(row.form),
        text=row.sent_text if handed_over else row.text,
        images=tuple(Path(image) for image in row.images),
        mention=people_of(row.mentions),
        status=status,
        due_at=clock.local(row.due_at),
        account=row.account,
        attempts=row.attempts,
        sending_at=row.sending_at and clock.local(row.sending_at),
        message_id=row.message_id,
        reason=row.reason,
        by=Person(row.by_platform, row.by_user) if row.by_user else None,
        ordered_in=(
            Place(row.by_platform, PlaceKind.GROUP, row.by_group)
            if row.by_group
            else None
        ),
        late_at=row.late_at and clock.local(row.late_at),
        expires_at=row.expires_at and clock.local(row.expires_at),
    )


def people_of(row: Sequence[Sequence[str]]) -> tuple[Person, ...]:
    """表里记的要 @ 的人。"""
    return tuple(Person(*person) for person in row)
