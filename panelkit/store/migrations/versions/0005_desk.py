"""Words of a section of the minutes, and where a note was written up.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COMMON = (
    "parent", "typed_by", "typed_at", "withdrawn", "carried_from", "confirmed_by", "read_back",
    "restricted_part", "meeting_id",
)  # fmt: skip
"""Columns of every kind of entry that hold text."""


def upgrade() -> None:
    """Add the table and the column; no table is rebuilt for them."""
    op.create_table(
        "section_words",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in COMMON),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_section_words_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_words")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_section_words_meeting_id_number")
        ),
    )
    op.create_index(op.f("ix_section_words_meeting_id"), "section_words", ["meeting_id"])
    op.add_column("notes", sa.Column("written_in", sa.Text(), nullable=True))


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    op.drop_column("notes", "written_in")
    op.drop_index(op.f("ix_section_words_meeting_id"), table_name="section_words")
    op.drop_table("section_words")
