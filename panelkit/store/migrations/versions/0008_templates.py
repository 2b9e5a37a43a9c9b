"""Templates that documents were issued with, kept whole and never changed.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from panelkit.store.migrations.triggering import dropped, made
from panelkit.store.triggers import Refusing

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXTS = (
    "template_id", "version", "form_label", "effective_from", "smb_approved_on", "smb_rationale",
    "body_sha256", "who", "at",
)  # fmt: skip


def upgrade() -> None:
    """Add the table, and refuse changes to it."""
    op.create_table(
        "template",
        sa.Column("sha256", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_template")),
    )
    for what in ("update", "delete"):
        made(Refusing("template", what))


def downgrade() -> None:
    """Remove it again; only ever for an empty record."""
    for what in ("update", "delete"):
        dropped(Refusing("template", what))
    op.drop_table("template")
