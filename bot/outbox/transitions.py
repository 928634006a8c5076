"""发件箱的改动语句：状态怎么走都在这里。

语句只建一次：每秒几百条时，拼语句比执行还慢。
"""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    and_,
    bindparam,
    case,
    or_,
    select,
    update,
)

from bot.storage.tables import OutboxRow, UtcDateTime

from . import wording
from .models import Status

BOX = cast(Table, OutboxRow.__table__)
KEY = ("what", "occurrence", "platform", "place_kind", "place_id", "part")
"""唯一键：同一件事的同一次，在同一处只有一条（长的分段）。"""
UNFINISHED = (Status.PENDING, Status.SENDING, Status.UNKNOWN)
FINISHED = (Status.SENT, Status.FAILED, Status.EXPIRED, Status.CANCELLED)

IN_DOUBT = (BOX.c.status == Status.UNKNOWN) & BOX.c.next_at.is_not(None)
"""下落不明，还要再查。"""
GIVEN_UP = (BOX.c.status == Status.UNKNOWN) & BOX.c.next_at.is_(None)
"""下落不明，不再查了。"""
REFUSED = and_(
    BOX.c.status == Status.CANCELLED,
    BOX.c.by_user != "",
    BOX.c.stopped == "",
    BOX.c.reason != wording.EARLIER_PART,
)
"""有人托办、也没有人叫停，到发的时候却不该发了。"""
TROUBLE = or_(BOX.c.status.in_((Status.FAILED, Status.EXPIRED)), GIVEN_UP, REFUSED)
"""没有确定送到，也不会再发。"""

_row_id, _now = bindparam("row_id"), bindparam("now", type_=UtcDateTime())
_outcome = bindparam("outcome", type_=String())

CLAIM = (
    update(BOX)
    .where(
        BOX.c.id == _row_id,
        BOX.c.status == Status.PENDING,
        BOX.c.account == bindparam("route"),
        BOX.c.attempts == bindparam("tries"),
        BOX.c.next_at <= _now,
        or_(BOX.c.expires_at.is_(None), BOX.c.expires_at > _now),
    )
    .values(
        status=Status.SENDING,
        sending_at=_now,
        attempts=BOX.c.attempts + 1,
        text=bindparam("words"),
        sent_text=bindparam("handed"),
        mentions=bindparam("people"),
    )
    .returning(BOX.c.id)
)
"""取走一条待发的；取出以后有变动的取不走。"""


def _unless_stopped(usual: Any, stopped: Any) -> ColumnElement[Any]:
    back = and_(_outcome == Status.PENDING, BOX.c.stopped != "")
    return case((back, stopped), else_=usual)


FINISH = (
    update(BOX)
    .where(
        BOX.c.id == _row_id,
        BOX.c.status == bindparam("was"),
        BOX.c.attempts == bindparam("tries"),
    )
    .values(
        status=_unless_stopped(_outcome, Status.CANCELLED),
        reason=_unless_stopped(bindparam("why", type_=String()), BOX.c.stopped),
        finished_at=_unless_stopped(bindparam("done_at", type_=UtcDateTime()), _now),
        next_at=bindparam("later"),
        message_id=bindparam("sent_id"),
        attempts=bindparam("tried"),
    )
)
"""一条走到下一个状态；只认取出时的样子。被叫停的退不回待发，就此停下。"""

CANCEL = (
    update(BOX)
    .where(BOX.c.what == bindparam("thing"), BOX.c.status.in_(UNFINISHED))
    .values(
        stopped=bindparam("why"),
        status=case(
            (BOX.c.status == Status.PENDING, Status.CANCELLED), else_=BOX.c.status
        ),
        reason=case(
            (BOX.c.status == Status.PENDING, bindparam("why", type_=String())),
            else_=BOX.c.reason,
        ),
        finished_at=case(
            (BOX.c.status == Status.PENDING, _now), else_=BOX.c.finished_at
        ),
    )
    .returning(BOX.c.status)
)
"""叫停一件事：待发的就此停下，正在发与下落不明的记着不许再发。"""

EXPIRE = (
    update(BOX)
    .where(BOX.c.status == Status.PENDING, BOX.c.expires_at <= _now)
    .values(status=Status.EXPIRED, reason=wording.TOO_LATE, finished_at=_now)
)
ABANDON = (
    update(BOX)
    .where(IN_DOUBT, BOX.c.sending_at <= bindparam("long_ago", type_=UtcDateTime()))
    .values(next_at=None, reason=wording.ACCOUNT_GONE)
)
"""发它的账号一直没回来，没法查了。"""
RECOVER = (
    update(BOX)
    .where(
        BOX.c.status == Status.SENDING,
        BOX.c.sending_at <= bindparam("before", type_=UtcDateTime()),
    )
    .values(status=Status.UNKNOWN, reason=wording.CRASHED, next_at=_now)
)


def _earlier_part(
    condition: Callable[[Any], ColumnElement[bool]],
) -> ColumnElement[bool]:
    """同一条长消息里，前面有一段是这样。

    参数:
        condition: 以前面那段的表为参数的条件
    """
    before = BOX.alias("before")
    same = (before.c[name] == BOX.c[name] for name in KEY if name != "part")
    earlier = before.c.part < BOX.c.part
    return select(before.c.id).where(*same, earlier, condition(before)).exists()


def _hopeless(before: Any) -> ColumnElement[bool]:
    ended = (Status.FAILED, Status.EXPIRED, Status.CANCELLED)
    given_up = (before.c.status == Status.UNKNOWN) & before.c.next_at.is_(None)
    return or_(before.c.status.in_(ended), given_up)


DROP_REST = (
    update(BOX)
    .where(BOX.c.status == Status.PENDING, BOX.c.part > 0, _earlier_part(_hopeless))
    .values(status=Status.CANCELLED, reason=wording.EARLIER_PART, finished_at=_now)
)
"""前一段没有发成，后面的也不发：半截话不如没有。"""
READY = or_(BOX.c.part == 0, ~_earlier_part(lambda b: b.c.status != Status.SENT))
"""前面的各段都发到了。"""
