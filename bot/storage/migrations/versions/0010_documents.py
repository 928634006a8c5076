"""导入的文件、切好的段与提出的改动；由文件来的条目记着出处。"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_texts("file_name", "digest", "format", "title", "number", "issuer"),
        sa.Column("day", sa.Date()),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        *_texts("platform", "user_id", "place_kind", "place_id"),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime()),
        sa.Column("undone_by", sa.String()),
    )
    op.create_index("ix_documents_digest", "documents", ["digest"])
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), primary_key=True),
        _document(nullable=False),
        *_texts("label", "heading", "text"),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("is_row", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_passages_document_id", "passages", ["document_id"])
    op.create_table(
        "document_proposals",
        sa.Column("id", sa.Integer(), primary_key=True),
        _document(nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("kind", "title", "before", "after", "label", "quote"),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        *_texts("status", "settled_by"),
        sa.Column("settled_at", sa.DateTime()),
        sa.Column("made", sa.JSON(), nullable=False),
    )
    op.create_index(
        "ix_document_proposals_number",
        "document_proposals",
        ["document_id", "number"],
        unique=True,
    )
    with op.batch_alter_table("local_entries") as entries:
        entries.add_column(
            sa.Column(
                "document_id",
                sa.Integer(),
                sa.ForeignKey(
                    "documents.id", name="fk_local_entries_document_id_documents"
                ),
            )
        )
        entries.add_column(sa.Column("section", sa.String()))
        entries.add_column(sa.Column("beside", sa.String()))


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _document(*, nullable: bool) -> sa.Column[int]:
    return sa.Column(
        "document_id", sa.Integer(), sa.ForeignKey("documents.id"), nullable=nullable
    )
