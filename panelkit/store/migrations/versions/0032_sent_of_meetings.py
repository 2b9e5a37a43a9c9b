"""What was sent for a sitting is kept of each meeting apart, hidden with it and gone with it.

Revision ID: 0032
"""

from __future__ import annotations

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

WORDS = {"sqlite": "TEXT", "postgresql": 'TEXT COLLATE "C"'}
# By hand: with its reference in the same statement no engine makes the table again.
ADDED = (
    "ALTER TABLE sent_out ADD COLUMN meeting_id {words} "
    "CONSTRAINT fk_sent_out_meeting_id_meeting REFERENCES meeting (id)"
)


def upgrade() -> None:
    """Add the column, blank in every row that was there: those stand for all the meetings of then."""
    bind = op.get_bind()
    bind.exec_driver_sql(ADDED.format(words=WORDS[bind.dialect.name]))
    op.create_index(op.f("ix_sent_out_meeting_id"), "sent_out", ["meeting_id"])


def downgrade() -> None:
    """Remove it again; an older version takes what was sent since for something that changed.

    A server's rules for the table ask for the column: they go with it, and until an older version
    says its own again nobody sees a row.
    """
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        for policy in ("seen", "goes"):
            bind.exec_driver_sql(f"DROP POLICY IF EXISTS {policy} ON sent_out")
    op.drop_index(op.f("ix_sent_out_meeting_id"), table_name="sent_out")
    op.drop_column("sent_out", "meeting_id")
