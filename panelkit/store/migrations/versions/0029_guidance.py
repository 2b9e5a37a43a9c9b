"""What guidance and forms said when an area first looked, and what it decided of each change.

Revision ID: 0029
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None

_NUMBERS: Final = frozenset({"number", "revision"})
_TABLES: Final = {
    "baseline": "area at who program digest body",
    "agreed": (
        "number area place title decided was was_source now now_source reason withdrawn typed_by "
        "typed_at revision"
    ),
}
"""Each table with its columns beside the id."""


def upgrade() -> None:
    """Add two tables; a record that is there already begins to look when it is next opened."""
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            sa.Column("id", sa.Text(), nullable=False),
            *(
                sa.Column(each, sa.Integer() if each in _NUMBERS else sa.Text(), nullable=False)
                for each in columns.split()
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_area"), name, ["area"])


def downgrade() -> None:
    """Remove them again; only ever for a record in which nothing was decided."""
    for name in reversed(_TABLES):
        op.drop_index(op.f(f"ix_{name}_area"), table_name=name)
        op.drop_table(name)
