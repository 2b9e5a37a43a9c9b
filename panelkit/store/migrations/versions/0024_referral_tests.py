"""What a referral claims, and the tests of a level as they were found with each decision.

Revision ID: 0024
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TESTS: Final = (
    "adds_value",
    "high_risk",
    "coordination",
    "stepping_down",
    "resources",
    "profile",
)
COLUMNS: Final = {
    "referral": ("category", "eligible_by", "age", *_TESTS),
    "screening": ("eligible", "in_category", *_TESTS),
}


def upgrade() -> None:
    """Add what older records said nothing of: blank."""
    for table, names in COLUMNS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Remove them again; only ever for a record in which nothing was screened so."""
    for table, names in COLUMNS.items():
        for name in names:
            op.drop_column(table, name)
