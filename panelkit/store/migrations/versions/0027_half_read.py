"""Minutes made elsewhere that somebody goes through, kept until a case is made of them.

Revision ID: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TEXTS = ("who", "file", "sha256", "begun_at")


def upgrade() -> None:
    """Add a table; a server's rules for it are said after the upgrade."""
    op.create_table(
        "half_read",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("fiction", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_half_read")),
    )
    op.create_index(op.f("ix_half_read_who"), "half_read", ["who"])


def downgrade() -> None:
    """Remove it again; only ever for an empty record."""
    op.drop_index(op.f("ix_half_read_who"), table_name="half_read")
    op.drop_table("half_read")
