"""People with their roles, and what is said of one person and one case.

Revision ID: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables; nothing is rebuilt."""
    op.create_table(
        "person",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "name", "roles", "mark", "state")),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )  # fmt: skip
    op.create_table(
        "access",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "case_id", "person_id", "said")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_access_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_access_case_id_person_id")),
    )  # fmt: skip


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    op.drop_table("access")
    op.drop_table("person")
