"""Documents written as files, so that an edited one is known again.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXTS = (
    "meeting_id", "kind", "at", "who", "sha256", "path", "outline", "taken_sha256", "taken_at",
    "taken_by",
)  # fmt: skip
NUMBERS = ("number", "version")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "written",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_written_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written")),
    )
    op.create_index(op.f("ix_written_meeting_id"), "written", ["meeting_id"])


def downgrade() -> None:
    """Remove it again; only ever for an empty record."""
    op.drop_index(op.f("ix_written_meeting_id"), table_name="written")
    op.drop_table("written")
