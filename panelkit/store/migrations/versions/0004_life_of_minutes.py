"""Comments, amendments, who was sent which copy, and what a fact is about.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ADDED = (("life", "about"), ("life", "content_hash"))
"""Columns added, blank in every row that was there."""

RECIPIENT = ("reason", "approved_by")
"""What a recipient who was not invited needs."""

COMMON = (
    "parent", "typed_by", "typed_at", "withdrawn", "carried_from", "confirmed_by", "read_back",
    "restricted_part",
)  # fmt: skip

KINDS = {
    "comments": ("section", "text", "answer", "settled"),
    "amendments": (
        "section", "place", "was", "now", "asked_by", "asked_on", "outcome", "decided_by",
        "decided_on", "reason",
    ),
}  # fmt: skip
"""New kinds of content with their text columns."""

DISPATCH_TEXTS = (
    "name", "organisation", "method", "file", "sha256", "written_by", "written_at", "sent_by",
    "sent_at",
)  # fmt: skip


def _text(name: str, *, blank: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=blank)


def _number(name: str, *, blank: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=blank)


def upgrade() -> None:
    """Add the columns and the tables."""
    for table, name in ADDED:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in RECIPIENT:
        op.add_column("recipients", _text(name, blank=True))
    for kind, texts in KINDS.items():
        numbers = [_number("version", blank=True)] if kind == "amendments" else []
        op.create_table(
            kind,
            _text("id"),
            _number("number"),
            *(_text(name) for name in COMMON),
            _number("revision"),
            _text("meeting_id"),
            *(_text(name, blank=True) for name in texts),
            *numbers,
            *_keys(kind),
            sa.UniqueConstraint("meeting_id", "number", name=op.f(f"uq_{kind}_meeting_id_number")),
        )
        _index(kind)
    op.create_table(
        "dispatch",
        _text("id"),
        _text("meeting_id"),
        *(_number(name) for name in ("version", "copy_number", "withheld", "protected")),
        *(_text(name) for name in DISPATCH_TEXTS),
        _number("revision"),
        *_keys("dispatch"),
        sa.UniqueConstraint(
            "meeting_id",
            "version",
            "copy_number",
            name=op.f("uq_dispatch_meeting_id_version_copy_number"),
        ),
    )
    _index("dispatch")


def _keys(table: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f(f"fk_{table}_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _index(table: str) -> None:
    op.create_index(op.f(f"ix_{table}_meeting_id"), table, ["meeting_id"], unique=False)


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    for table in ("dispatch", *KINDS):
        op.drop_index(op.f(f"ix_{table}_meeting_id"), table_name=table)
        op.drop_table(table)
    for name in RECIPIENT:
        op.drop_column("recipients", name)
    for table, name in reversed(ADDED):
        op.drop_column(table, name)
