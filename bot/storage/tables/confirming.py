"""等着确认的事。"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class Proposal(Base):
    """已经出示给人、等着确认的一件事；编号就是人回复的编号。

    参数:
        subject: 它要改的东西：同一样东西先确认了一件，其余的就作废
        payload: 照办所需的内容；了结之后清空
        place_kind, place_id: 最近一次在哪里出示
        expires_at: 过了这一刻不确认就作废
    """

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_author", "platform", "user_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str]
    platform: Mapped[str]
    user_id: Mapped[str]
    place_kind: Mapped[str]
    place_id: Mapped[str]
    settled_by: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
