"""登记：现行的记录、每一版与留痕；草稿在确认台上。"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class Registration(Base):
    """一条确认过的登记：一位校级联系人，或汇总表的一行。

    参数:
        kind: `contact` 或 `pilot`
        school_key: 规整后的校名，同校据此认出
        entry: 同校之内区分各条的内容：联系人姓名，或证书与等级
        search: 供查找的文字
        data: 各字段的现值
    """

    __tablename__ = "registrations"
    __table_args__ = (
        Index("ix_registrations_owner", "platform", "user_id"),
        Index("ix_registrations_school", "kind", "region", "school_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    platform: Mapped[str]
    user_id: Mapped[str]
    region: Mapped[str]
    school: Mapped[str]
    school_key: Mapped[str]
    entry: Mapped[str]
    search: Mapped[str]
    data: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RemovedRegistration(Base):
    """秘书处删去的一条登记，过些日子才真的删去；编号就是原来的。"""

    __tablename__ = "removed_registrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    platform: Mapped[str]
    user_id: Mapped[str]
    region: Mapped[str]
    data: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ListedSchool(Base):
    """导入的院校名单里的一所；`key` 是规整后的校名。"""

    __tablename__ = "listed_schools"

    region: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class RegistrationVersion(Base):
    """登记的一版，只增不改；撤销时随登记删除。"""

    __tablename__ = "registration_versions"
    __table_args__ = (UniqueConstraint("registration_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE")
    )
    version: Mapped[int]
    data: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegistrationAudit(Base):
    """登记、修改、撤销、导出各留一行，不含个人信息。"""

    __tablename__ = "registration_audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str]
    platform: Mapped[str]
    user_id: Mapped[str]
    region: Mapped[str]
    subject: Mapped[int | None]
    detail: Mapped[str]
