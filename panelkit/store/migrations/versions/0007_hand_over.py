"""Meetings handed over to another desk, and what two desks changed differently.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HAND_OVER = (
    "meeting_id", "state", "who", "by", "at", "sha256", "lineage", "body", "reason", "settled_at",
)  # fmt: skip
DISAGREEMENT = (
    "meeting_id", "hand_over", "kind", "entry", "field", "theirs", "mine", "theirs_by", "mine_by",
    "kept", "settled_by", "settled_at",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in HAND_OVER),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_hand_over_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_meeting_id"), "hand_over", ["meeting_id"])
    op.create_table(
        "disagreement",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in DISAGREEMENT),
        sa.ForeignKeyConstraint(
            ["hand_over"], ["hand_over.id"], name=op.f("fk_disagreement_hand_over_hand_over")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_disagreement_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
    )
    op.create_index(op.f("ix_disagreement_meeting_id"), "disagreement", ["meeting_id"])


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    op.drop_index(op.f("ix_disagreement_meeting_id"), table_name="disagreement")
    op.drop_table("disagreement")
    op.drop_index(op.f("ix_hand_over_meeting_id"), table_name="hand_over")
    op.drop_table("hand_over")
