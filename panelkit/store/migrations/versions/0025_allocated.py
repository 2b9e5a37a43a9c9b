"""Who has which referral and case, and which referrals are about one individual.

Revision ID: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TYPED = ("typed_by", "typed_at")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "allocation",
        *map(_text, ("id", "referral_id", "case_id")),
        _number("number"),
        *map(_text, ("holder", "person_id", "because", *_TYPED)),
        _number("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint(
            "referral_id", "case_id", "number",
            name=op.f("uq_allocation_referral_id_case_id_number"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_allocation_case_id_number"), "allocation", ["case_id", "number"])
    op.create_table(
        "referred_again",
        *map(_text, ("id", "referral_id", "earlier_id", *_TYPED)),
        _number("revision"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referred_again_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referred_again")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_referred_again_referral_id")),
    )
    op.create_index(op.f("ix_referred_again_earlier_id"), "referred_again", ["earlier_id"])


def downgrade() -> None:
    """Remove them again; only ever for a record in which nothing was allocated."""
    op.drop_table("referred_again")
    op.drop_table("allocation")
