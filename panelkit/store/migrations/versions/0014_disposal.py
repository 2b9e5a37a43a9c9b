"""Review dates, legal holds, disposals and their tombstones; issued documents may go with a disposal.

Revision ID: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from panelkit.store.migrations.triggering import dropped, made
from panelkit.store.triggers import DISPOSED_WITH, ISSUED_DELETE, REFUSED

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

RETENTION = ("case_id", "review_on", "because", "hold", "hold_by", "hold_at")
DISPOSAL = (
    "id", "case_id", "case_ref", "kind", "state", "reason", "proposed_by", "proposed_id",
    "proposed_at", "agreed_by", "agreed_id", "agreed_at", "meeting_ids", "receipt",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables; the one trigger that lets issued documents go is made anew."""
    op.create_table(
        "retention", *(sa.Column(name, sa.Text(), nullable=False) for name in RETENTION),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_retention_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_retention")),
    )  # fmt: skip
    op.create_table(
        "disposal", *(sa.Column(name, sa.Text(), nullable=False) for name in DISPOSAL),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
    )  # fmt: skip
    dropped(ISSUED_DELETE)
    for trigger in (DISPOSED_WITH, *REFUSED["disposal"]):
        made(trigger)


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    for trigger in (DISPOSED_WITH, *REFUSED["disposal"]):
        dropped(trigger)
    made(ISSUED_DELETE)
    op.drop_table("disposal")
    op.drop_table("retention")
