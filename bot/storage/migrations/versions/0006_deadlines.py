"""窗口的编号不再重用；记下谁在哪个群里说过话。"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "group_voices",
        sa.Column("platform", sa.String(), primary_key=True),
        sa.Column("group_id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    # 以前删窗口不删它的暂停：新窗口若再用那个编号，一来就是停着的
    op.execute("DELETE FROM reminder_holds WHERE scope LIKE 'window:%'" + _ORPHAN)
    if op.get_bind().dialect.name == "sqlite":
        _never_reuse_numbers()


_ORPHAN = """
    AND NOT EXISTS (
        SELECT 1 FROM windows
        WHERE scope = 'window:' || windows.id
           OR scope LIKE 'window:' || windows.id || '/%'
    )
"""


def _never_reuse_numbers() -> None:
    """SQLite 的编号要 AUTOINCREMENT 才不重用，只能重建表；用过的编号也要跳过。"""
    options = {"sqlite_autoincrement": True}
    with op.batch_alter_table("windows", recreate="always", table_kwargs=options):
        pass
    used = op.get_bind().scalar(
        sa.text(
            "SELECT MAX(number) FROM (SELECT MAX(id) AS number FROM windows UNION ALL "
            "SELECT MAX(CAST(SUBSTR(what, 8) AS INTEGER)) FROM outbox "
            "WHERE what GLOB 'window:[0-9]*')"
        )
    )
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'windows'")
    op.get_bind().execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('windows', :used)"),
        {"used": used or 0},
    )
