"""Referrals with their screening, days on which a meeting was not held, meetings of the board.

Revision ID: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

REFERRAL = (
    "id", "received_on", "organisation", "agency", "level_asked", "case_id", "withdrawn", "typed_by",
    "typed_at",
)  # fmt: skip
SCREENING = (
    "id", "referral_id", "decision", "because", "decided_on", "level_given", "words", "withdrawn",
    "typed_by", "typed_at",
)  # fmt: skip
PUT_OFF = (
    "id", "meeting_id", "kind", "reason", "decided_on", "planned_for", "new_day", "words",
    "withdrawn", "typed_by", "typed_at",
)  # fmt: skip
BOARD = ("id", "held_on", "withdrawn", "typed_by", "typed_at")
AT_BOARD = ("id", "board_id", "organisation", "agency", "presence")


def upgrade() -> None:
    """Add the tables; nothing is rebuilt."""
    op.create_table(
        "referral", *_texts(REFERRAL), *_numbers("number", "revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("number", name=op.f("uq_referral_number")),
    )  # fmt: skip
    op.create_index(op.f("ix_referral_received_on"), "referral", ["received_on"])
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"])
    op.create_table(
        "screening", *_texts(SCREENING), *_numbers("revision"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_screening_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )  # fmt: skip
    op.create_index(op.f("ix_screening_referral_id"), "screening", ["referral_id"])
    op.create_index(op.f("ix_screening_decided_on"), "screening", ["decided_on"])
    op.create_table(
        "put_off", *_texts(PUT_OFF), *_numbers("number", "revision"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_put_off_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_put_off")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_put_off_meeting_id_number")),
    )  # fmt: skip
    op.create_index(op.f("ix_put_off_planned_for"), "put_off", ["planned_for"])
    op.create_table(
        "board", *_texts(BOARD), *_numbers("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint("held_on", name=op.f("uq_board_held_on")),
    )  # fmt: skip
    op.create_table(
        "at_board", *_texts(AT_BOARD), *_numbers("revision"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_at_board_board_id_board")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_at_board")),
        sa.UniqueConstraint(
            "board_id", "organisation", name=op.f("uq_at_board_board_id_organisation")
        ),
    )  # fmt: skip


def _texts(names: tuple[str, ...]) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    for table in ("at_board", "board", "put_off", "screening", "referral"):
        op.drop_table(table)
