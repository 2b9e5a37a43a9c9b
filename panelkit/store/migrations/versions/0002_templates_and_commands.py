"""What an issued document was made with, what a command did, how a sitting is held.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED = (
    ("command", "what"),
    ("issued", "template_id"),
    ("issued", "template_version"),
    ("issued", "status"),
    ("sitting", "mode"),
)
"""Columns added, blank in every row that was there: no table is rebuilt for them."""

HISTORY = "ix_journal_meeting_id_entity_id_field"
"""What a field's history is looked up by."""


def upgrade() -> None:
    """Add the columns and the index."""
    for table, name in ADDED:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f(HISTORY), "journal", ["meeting_id", "entity_id", "field"])


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    op.drop_index(op.f(HISTORY), table_name="journal")
    for table, name in reversed(ADDED):
        op.drop_column(table, name)
