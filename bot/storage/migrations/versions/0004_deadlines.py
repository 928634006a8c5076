"""申报窗口、双周报、提醒的安排；发件箱、待确认的事、秘书处的接收处。"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _delivery()
    _deadlines()


def _delivery() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("occurrence", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("by_platform", sa.String(), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("mark_late", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime()),
        sa.Column("expires_at", sa.DateTime()),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sending_at", sa.DateTime()),
        sa.Column("finished_at", sa.DateTime()),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.UniqueConstraint(
            "what", "occurrence", "platform", "place_kind", "place_id", "part"
        ),
    )
    op.create_index(
        "ix_outbox_lane", "outbox", ["status", "platform", "account", "next_at"]
    )
    op.create_index("ix_outbox_place", "outbox", ["platform", "place_id", "sending_at"])
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime()),
    )
    op.create_table(
        "desks",
        sa.Column("platform", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
    )


def _deadlines() -> None:
    op.create_table(
        "windows",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date()),
        sa.Column("opens_at", sa.Time()),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.Time()),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "report_settings",
        sa.Column("region", sa.String(), primary_key=True),
        sa.Column("anchor", sa.DateTime(), nullable=False),
        sa.Column("holidays", sa.String(), nullable=False),
        sa.Column("mention", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "report_ticks",
        sa.Column("region", sa.String(), primary_key=True),
        sa.Column("period", sa.Date(), primary_key=True),
        sa.Column("school", sa.String(), primary_key=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "reminder_rules",
        sa.Column("region", sa.String(), primary_key=True),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("opening", sa.Boolean(), nullable=False),
        sa.Column("window_leads", sa.JSON(), nullable=False),
        sa.Column("report_leads", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "reminder_holds",
        sa.Column("scope", sa.String(), primary_key=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
