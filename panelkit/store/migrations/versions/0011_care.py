"""What was done to keep the record: copies made, copies tried, places accepted with a reason.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXTS = ("id", "at", "who", "what", "about", "words", "salt")


def upgrade() -> None:
    """Add the table; nothing is rebuilt."""
    op.create_table(
        "care", *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care")),
    )  # fmt: skip


def downgrade() -> None:
    """Remove it again; only ever for an empty record."""
    op.drop_table("care")
