"""名录的更新：叠加在文件之上的改动与它们的历史。"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, UtcDateTime


class DirectoryChange(Base):
    """一次更新：一条口令，或导入一个工作簿；撤销后留作历史。"""

    __tablename__ = "directory_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    summary: Mapped[str]
    platform: Mapped[str]
    user_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None]
    edits: Mapped[list["DirectoryEdit"]] = relationship(
        lazy="selectin", order_by="DirectoryEdit.id"
    )


class DirectoryEdit(Base):
    """一次更新里的一行。

    `before`、`after` 是表头到单元格文字，只含改动的列；新增的行没有 `before`。
    """

    __tablename__ = "directory_edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(
        ForeignKey("directory_changes.id"), index=True
    )
    sheet: Mapped[str]
    key: Mapped[str]
    before: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, str]] = mapped_column(JSON)
