"""The call log of a meeting, what was owed after an emergency panel and came, transfers of a case.

Revision ID: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

COMMON = (
    "parent", "typed_by", "typed_at", "withdrawn", "carried_from", "confirmed_by", "read_back",
    "restricted_part",
)  # fmt: skip
TABLES = {
    "calls": ("organisation", "agency", "person", "outcome", "at", "rung_by", "note"),
    "transfers": (
        "owner",
        "to_area",
        "coordinator",
        "email",
        "plan_holder",
        "why",
        "asked_on",
        "answer",
        "answered_on",
        "answered_by",
        "level_there",
        "joint_on",
        "handed_over_on",
    ),
    "settled": ("what", "organisation", "on", "by_whom", "note"),
}


def upgrade() -> None:
    """Add three tables; on a server, the rules that hold for them."""
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
