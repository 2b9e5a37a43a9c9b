"""The log of requests from outside for the minutes of a meeting.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = (
    "requester", "capacity", "reply_to", "received_on", "basis", "basis_detail", "due_on",
    "reason", "risk_factors", "plan_summary", "withheld", "grounds", "owner_agency", "outcome",
    "checked_by", "checked_at", "checked_hash", "confirmed", "approved_by", "approved_at",
)  # fmt: skip
"""Columns that hold text, in the order of the value."""


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "request",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in WORDS),
        sa.Column("issued_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_request_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_request_meeting_id_number")),
    )
    op.create_index(op.f("ix_request_meeting_id"), "request", ["meeting_id"])


def downgrade() -> None:
    """Remove it again; only ever for an empty record."""
    op.drop_index(op.f("ix_request_meeting_id"), table_name="request")
    op.drop_table("request")
