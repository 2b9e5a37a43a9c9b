"""Whether a referral is answered, kept beside it, so that those that wait are found by an index.

Revision ID: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

WAS = "ix_referral_case_id_withdrawn_received_on_id"
NOW = "ix_referral_answered_case_id_withdrawn_received_on_id"
ANSWERED = """UPDATE referral SET answered = 1 WHERE EXISTS (
    SELECT 1 FROM screening WHERE screening.referral_id = referral.id
    AND screening.withdrawn = '' AND screening.decision <> 'more_information')"""


def upgrade() -> None:
    """Add the column, work it out from the screening that is there, and find by it."""
    op.add_column(
        "referral", sa.Column("answered", sa.Integer(), nullable=False, server_default="0")
    )
    op.get_bind().exec_driver_sql(ANSWERED)
    op.drop_index(op.f(WAS), table_name="referral")
    op.create_index(
        op.f(NOW), "referral", ["answered", "case_id", "withdrawn", "received_on", "id"]
    )


def downgrade() -> None:
    """Remove it again; nothing is lost that its screening does not say."""
    op.drop_index(op.f(NOW), table_name="referral")
    op.create_index(op.f(WAS), "referral", ["case_id", "withdrawn", "received_on", "id"])
    op.drop_column("referral", "answered")
