"""发件箱：叫停、报告与迟到都记在行上；待确认的事记下对象；账号在哪些会话里。"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _outbox()
    subject = sa.Column("subject", sa.String(), nullable=False, server_default="")
    op.add_column("proposals", subject)
    op.create_table(
        "memberships",
        sa.Column("platform", sa.String(), primary_key=True),
        sa.Column("place_kind", sa.String(), primary_key=True),
        sa.Column("place_id", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), primary_key=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
    )
    # 发成过的账号当时就在那里
    op.execute(
        "INSERT INTO memberships "
        "(platform, place_kind, place_id, account, present, updated_at) "
        "SELECT platform, place_kind, place_id, account, true, "
        "max(coalesce(finished_at, due_at)) "
        "FROM outbox WHERE status = 'sent' "
        "GROUP BY platform, place_kind, place_id, account"
    )


def _outbox() -> None:
    for name in ("sent_text", "stopped"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("outbox", column)
    # 以前的都已经报告过
    told = sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("outbox", told)
    op.add_column("outbox", sa.Column("late_at", sa.DateTime()))
    _late_at()
    op.execute("UPDATE outbox SET sent_text = text WHERE sending_at IS NOT NULL")
    op.execute("UPDATE outbox SET told = false WHERE status IN ('pending', 'sending')")
    op.drop_column("outbox", "mark_late")


def _late_at() -> None:
    """要注明补发的，原来统一是晚半小时算晚。"""
    outbox = sa.table(
        "outbox",
        sa.column("id", sa.Integer()),
        sa.column("due_at", sa.DateTime()),
        sa.column("late_at", sa.DateTime()),
        sa.column("mark_late", sa.Boolean()),
    )
    connection = op.get_bind()
    marked = sa.select(outbox.c.id, outbox.c.due_at).where(outbox.c.mark_late)
    for number, due_at in connection.execute(marked).all():
        late_at = due_at + timedelta(minutes=30)
        connection.execute(
            outbox.update().where(outbox.c.id == number).values(late_at=late_at)
        )
