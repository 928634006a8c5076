"""发件箱记下是在哪个群里托办的：没送到时，托办的人没私聊过，就在那里告诉他。"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    column = sa.Column("by_group", sa.String(), nullable=False, server_default="")
    op.add_column("outbox", column)
