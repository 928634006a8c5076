"""发件箱、账号在哪些会话里、秘书处的接收处。"""

from datetime import datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class OutboxRow(Base):
    """发件箱里的一条；同一件事（what）的同一次（occurrence）在一处只有一条。

    参数:
        text: 要发的文字；没发出之前可以换
        by_group: 在哪个群里托办的；私聊托办的、助手自己发的为空
        sent_text: 最近一次交给网关的文字，查历史时比的是它
        late_at: 过了这一刻才发的，开头注明是补发
        next_at: 待发的最早何时发，下落不明的何时再查（空为不再查）
        stopped: 已被叫停的原因；任何时候退回待发都看它
        told: 没发成的事已经告诉过秘书处
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint(
            "what", "occurrence", "platform", "place_kind", "place_id", "part"
        ),
        Index("ix_outbox_lane", "status", "platform", "account", "next_at"),
        Index("ix_outbox_place", "platform", "place_id", "sending_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    occurrence: Mapped[str]
    platform: Mapped[str]
    place_kind: Mapped[str]
    place_id: Mapped[str]
    part: Mapped[int]
    form: Mapped[str]
    text: Mapped[str]
    sent_text: Mapped[str] = mapped_column(default="")
    images: Mapped[list[str]] = mapped_column(JSON)
    mentions: Mapped[list[list[str]]] = mapped_column(JSON)
    by_platform: Mapped[str]
    by_user: Mapped[str]
    by_group: Mapped[str] = mapped_column(default="")
    urgent: Mapped[bool]
    status: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    sending_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    stopped: Mapped[str] = mapped_column(default="")
    told: Mapped[bool] = mapped_column(default=False)


class Desk(Base):
    """秘书处一个人的私聊：本人先写过来过，可以把情况发给他。"""

    __tablename__ = "desks"

    platform: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """助手的一个账号在（或曾在）一个会话里；`present` 为假是网关说它已不在。"""

    __tablename__ = "memberships"

    platform: Mapped[str] = mapped_column(primary_key=True)
    place_kind: Mapped[str] = mapped_column(primary_key=True)
    place_id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    present: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
