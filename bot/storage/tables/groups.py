"""群与授权。"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class Group(Base):
    """助手见过的一个群及其设置。"""

    __tablename__ = "groups"

    platform: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    region: Mapped[str | None]
    mode: Mapped[str] = mapped_column(default="自动")
    active: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Grant(Base):
    """授予某人某地区的秘书处权限。"""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("platform", "user_id", "region"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    user_id: Mapped[str]
    region: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
