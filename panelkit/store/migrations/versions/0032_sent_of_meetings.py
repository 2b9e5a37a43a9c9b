"""What was sent for a sitting is kept of each meeting apart, hidden with it and gone with it.

Revision ID: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

MEETING = "fk_sent_out_meeting_id_meeting"
FOUND_BY = "ix_sent_out_meeting_id"


def upgrade() -> None:
    """Add the column, blank in every row that was there: those stand for all the meetings of then."""
    with op.batch_alter_table("sent_out") as batch:
        batch.add_column(sa.Column("meeting_id", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f(MEETING), "meeting", ["meeting_id"], ["id"])
    op.create_index(op.f(FOUND_BY), "sent_out", ["meeting_id"])


def downgrade() -> None:
    """Remove it again; an older version takes what was sent since for something that changed.

    A server's rules for the table ask for the column: they go with it, and until an older version
    says its own again nobody sees a row.
    """
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        for policy in ("seen", "goes"):
            bind.exec_driver_sql(f"DROP POLICY IF EXISTS {policy} ON sent_out")
    op.drop_index(op.f(FOUND_BY), table_name="sent_out")
    with op.batch_alter_table("sent_out") as batch:
        batch.drop_constraint(op.f(MEETING), type_="foreignkey")
        batch.drop_column("meeting_id")
