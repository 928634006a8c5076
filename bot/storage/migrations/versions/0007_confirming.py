"""等着确认的事都在一张表里：记下最近在哪里出示、何时作废；登记的草稿也搬进来。"""

from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LASTS = timedelta(days=1)
_DRAFT_LASTS = timedelta(days=30)
_PROPOSALS = sa.table(
    "proposals",
    sa.column("id", sa.Integer()),
    sa.column("kind", sa.String()),
    sa.column("subject", sa.String()),
    sa.column("payload", sa.JSON()),
    sa.column("status", sa.String()),
    sa.column("platform", sa.String()),
    sa.column("user_id", sa.String()),
    sa.column("place_kind", sa.String()),
    sa.column("place_id", sa.String()),
    sa.column("settled_by", sa.String()),
    sa.column("created_at", sa.DateTime()),
    sa.column("shown_at", sa.DateTime()),
    sa.column("expires_at", sa.DateTime()),
)
_DRAFTS = sa.table(
    "registration_drafts",
    *map(sa.column, ("platform", "user_id", "kind", "registration_id")),
    *map(sa.column, ("place_kind", "place_id")),
    sa.column("data", sa.JSON()),
    sa.column("problems", sa.JSON()),
    sa.column("created_at", sa.DateTime()),
    sa.column("updated_at", sa.DateTime()),
)


def upgrade() -> None:
    for name in ("shown_at", "expires_at"):
        op.add_column("proposals", sa.Column(name, sa.DateTime()))
    connection = op.get_bind()
    known = sa.select(_PROPOSALS.c.id, _PROPOSALS.c.created_at)
    for number, created_at in connection.execute(known).all():
        connection.execute(
            _PROPOSALS.update()
            .where(_PROPOSALS.c.id == number)
            .values(shown_at=created_at, expires_at=created_at + _LASTS)
        )
    # 了结了的，内容不再留
    settled = _PROPOSALS.update().where(_PROPOSALS.c.status != "open")
    connection.execute(settled.values(payload={}))
    _move(connection.execute(sa.select(_DRAFTS)).all())
    op.drop_table("registration_drafts")
    with op.batch_alter_table("proposals") as proposals:
        for name in ("shown_at", "expires_at"):
            proposals.alter_column(name, existing_type=sa.DateTime(), nullable=False)
    op.create_index(
        "ix_proposals_author", "proposals", ["platform", "user_id", "status"]
    )


def _move(drafts: Iterable[sa.Row]) -> None:
    """草稿 → 等着确认的事。"""
    for draft in drafts:
        base = draft.registration_id
        whose = f"{draft.platform}:{draft.user_id}"
        op.get_bind().execute(
            _PROPOSALS.insert().values(
                kind=f"draft:{draft.kind}",
                subject=f"draft:{draft.kind}:{whose}:{base or 'new'}",
                payload={
                    "changes": draft.data,
                    "wrong": draft.problems,
                    "base": base,
                    "begun": [draft.place_kind, draft.place_id],
                },
                status="open",
                platform=draft.platform,
                user_id=draft.user_id,
                place_kind=draft.place_kind,
                place_id=draft.place_id,
                settled_by="",
                created_at=draft.created_at,
                shown_at=draft.updated_at,
                expires_at=draft.updated_at + _DRAFT_LASTS,
            )
        )
