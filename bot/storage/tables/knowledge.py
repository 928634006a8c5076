"""本地知识、改动记录、未答问题与发出的答案。"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class LocalEntry(Base):
    """秘书处教的一条，或对文件里某条答案的更正。

    `replaces` 是被更正条目的编号；空的是新教的。由导入的文件来的另有出处：

    参数:
        document_id: 哪份文件
        section: 哪一条
        beside: 与哪一条（编号）说的是同一件事；空为照问法认
    """

    __tablename__ = "local_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    answer: Mapped[str]
    region: Mapped[str]
    replaces: Mapped[str | None] = mapped_column(index=True)
    active: Mapped[bool] = mapped_column(default=True)
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    section: Mapped[str | None]
    beside: Mapped[str | None]


class Edit(Base):
    """对知识的每一次改动：谁、何时、改前、改后。"""

    __tablename__ = "edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    entry: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    platform: Mapped[str]
    user_id: Mapped[str]
    place_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Unanswered(Base):
    """没答上来、等秘书处处理的问题。"""

    __tablename__ = "unanswered"

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    account: Mapped[str]
    place_kind: Mapped[str]
    place_id: Mapped[str]
    user_id: Mapped[str]
    user_name: Mapped[str]
    message_id: Mapped[str]
    text: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    region: Mapped[str | None]
    times: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("local_entries.id"))


class Delivered(Base):
    """发出的一条答案：引用它就能更正，或说没解决。"""

    __tablename__ = "delivered"
    __table_args__ = (Index("ix_delivered_message", "platform", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    place_id: Mapped[str]
    message_id: Mapped[str]
    user_id: Mapped[str]
    question: Mapped[str]
    entries: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
