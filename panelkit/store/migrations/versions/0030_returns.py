"""What organisations were asked before a meeting, and what came back.

Revision ID: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

COMMON = (
    "parent", "typed_by", "typed_at", "withdrawn", "carried_from", "confirmed_by", "read_back",
    "restricted_part",
)  # fmt: skip
TABLES = {
    "agency_returns": (
        "organisation", "agency", "sheet", "asked_on", "asked_by", "due", "answer", "came_on",
        "filled_by", "attends", "report_only", "late", "unread", "file", "digest", "addendum",
    ),
    "return_lines": (
        "organisation", "place", "asked", "text", "about", "status", "done_on", "minuted",
        "restricted_to", "use", "taken_in",
    ),
}  # fmt: skip


def upgrade() -> None:
    """Add two tables."""
    for table, said in TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.Text(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            *(sa.Column(name, sa.Text(), nullable=False) for name in COMMON),
            sa.Column("revision", sa.Integer(), nullable=False),
            sa.Column("meeting_id", sa.Text(), nullable=False),
            *(sa.Column(name, sa.Text(), nullable=True) for name in said),
            sa.ForeignKeyConstraint(
                ["meeting_id"], ["meeting.id"], name=op.f(f"fk_{table}_meeting_id_meeting")
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("meeting_id", "number", name=op.f(f"uq_{table}_meeting_id_number")),
        )
        op.create_index(op.f(f"ix_{table}_meeting_id"), table, ["meeting_id"])


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    for table in reversed(TABLES):
        op.drop_index(op.f(f"ix_{table}_meeting_id"), table_name=table)
        op.drop_table(table)
