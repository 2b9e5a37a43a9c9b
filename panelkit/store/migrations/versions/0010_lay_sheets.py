"""Observation sheets that carry a number and nothing else, and what is said of a whole audit.

Revision ID: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXTS = (
    "id", "meeting_id", "form_id", "observer", "written_by", "written_at", "read_by", "read_at",
)  # fmt: skip


def upgrade() -> None:
    """Add the table and the column; nothing is rebuilt."""
    op.create_table(
        "lay_sheet", *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_lay_sheet_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["form_id"], ["audit_form.id"], name=op.f("fk_lay_sheet_form_id_audit_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lay_sheet")),
    )  # fmt: skip
    op.add_column("audit", sa.Column("remarks", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    op.drop_column("audit", "remarks")
    op.drop_table("lay_sheet")
