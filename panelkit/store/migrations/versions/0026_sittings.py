"""Who chairs a sitting, for how long it is booked, how to join it; what was sent for it.

Revision ID: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

WORDS = ("chair", "minute_taker", "level", "joining")
NUMBERS = ("booked_minutes", "joining_number")
SENT = ("what", "organisation", "sent_on", "sent_by", "told", "withdrawn", "typed_by", "typed_at")


def upgrade() -> None:
    """Add the columns, blank in every sitting that was there, and the table."""
    for name in WORDS:
        op.add_column("sitting", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in NUMBERS:
        op.add_column("sitting", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sent_out",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in SENT),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_sent_out_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_out")),
    )
    op.create_index(op.f("ix_sent_out_sitting_id"), "sent_out", ["sitting_id"])


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    op.drop_table("sent_out")
    for name in (*reversed(NUMBERS), *reversed(WORDS)):
        op.drop_column("sitting", name)
