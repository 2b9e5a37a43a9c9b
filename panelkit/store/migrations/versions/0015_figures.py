"""Level, category and whereabouts of a case as spans; outcome events; figures entered by hand, and
tables as they were published.

Nothing is worked out from older meetings here: that is an act of a person, with a command.

Revision ID: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from panelkit.store.migrations.triggering import dropped, made
from panelkit.store.triggers import REFUSED

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SPAN = (
    "id", "case_id", "kind", "value", "from_day", "to_day", "reason", "end_reason", "decided_at",
    "ended_at", "because", "withdrawn", "typed_by", "typed_at",
)  # fmt: skip
OUTCOME = ("id", "case_id", "kind", "day", "note", "withdrawn", "typed_by", "typed_at")
FIGURE = (
    "id", "year", "figure", "source", "as_at", "reference", "published", "entered_by", "entered_id",
    "entered_at", "confirmed_by", "confirmed_id", "confirmed_at",
)  # fmt: skip
PUBLISHED = ("id", "year", "who", "at", "body")


def upgrade() -> None:
    """Add the tables; nothing is rebuilt."""
    op.create_table(
        "span", *_texts(SPAN), *_numbers("derived", "revision"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_span_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_span")),
    )  # fmt: skip
    op.create_index(op.f("ix_span_case_id"), "span", ["case_id"])
    # Of the levels of many years, those that still held in one: without it every count reads all.
    op.create_index(
        op.f("ix_span_kind_to_day_from_day_value_case_id"), "span",
        ["kind", "to_day", "from_day", "value", "case_id"],
    )  # fmt: skip
    op.create_table(
        "outcome", *_texts(OUTCOME), *_numbers("revision"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_outcome_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )  # fmt: skip
    op.create_index(op.f("ix_outcome_case_id"), "outcome", ["case_id"])
    op.create_index(op.f("ix_outcome_day"), "outcome", ["day"])
    op.create_table(
        "manual_figure", *_texts(FIGURE), *_numbers("value", "revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_figure")),
        sa.UniqueConstraint("year", "figure", name=op.f("uq_manual_figure_year_figure")),
    )  # fmt: skip
    op.create_table(
        "published", *_texts(PUBLISHED), *_numbers("number"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_published_year_number")),
    )  # fmt: skip
    for trigger in REFUSED["published"]:
        made(trigger)


def _texts(names: tuple[str, ...]) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    for trigger in REFUSED["published"]:
        dropped(trigger)
    for table in ("published", "manual_figure", "outcome", "span"):
        op.drop_table(table)
