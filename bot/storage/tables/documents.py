"""导入的文件、切好的段与由它提出的改动。"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class DocumentRow(Base):
    """导入的一份文件；原件在数据目录的 documents 里，以 `digest` 为名。

    参数:
        digest: 原件的 SHA-256
        content: 条款树
        undone_at: 何时撤销了导入；还算数为空
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)
    format: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    issuer: Mapped[str]
    day: Mapped[date | None]
    region: Mapped[str]
    year: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    platform: Mapped[str]
    user_id: Mapped[str]
    place_kind: Mapped[str]
    place_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None]


class PassageRow(Base):
    """文件里可以单独引用的一段。

    参数:
        terms: 检索用的词
        is_row: 是表格的一行
    """

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    label: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    page: Mapped[int]
    terms: Mapped[bytes]
    is_row: Mapped[bool]


class DocumentProposal(Base):
    """由一份文件提出的一处改动。

    参数:
        number: 在这份文件里的序号
        before: 现在的答案、日期、号码；新增的为空
        after: 接受之后的
        label: 依据哪一条
        quote: 依据的原话
        payload: 照办所需的内容
        made: 接受之后做成了什么，撤销时要用
    """

    __tablename__ = "document_proposals"
    __table_args__ = (
        Index("ix_document_proposals_number", "document_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    label: Mapped[str]
    quote: Mapped[str]
    page: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str]
    settled_by: Mapped[str]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made: Mapped[dict[str, Any]] = mapped_column(JSON)
