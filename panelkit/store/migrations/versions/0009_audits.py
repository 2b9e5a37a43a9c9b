"""Audits of meetings: the form as it was, an auditor's answers beside what was filled in.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

AUDIT = ("meeting_id", "form", "form_id", "auditor", "state", "begun_at", "finished_at")
MARK = (
    "audit_id", "question", "given", "given_how", "evidence", "chosen", "reason", "comment",
    "marked_by", "marked_at",
)  # fmt: skip


def _texts(names: tuple[str, ...]) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Add the three tables; none is rebuilt."""
    op.create_table(
        "audit_form", *_texts(("id", "body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_form")),
    )  # fmt: skip
    op.create_table(
        "audit", *_texts(("id", *AUDIT)), sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_audit_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["form_id"], ["audit_form.id"], name=op.f("fk_audit_form_id_audit_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("meeting_id", "form", "auditor", name=op.f("uq_audit_meeting_id_form_auditor")),
    )  # fmt: skip
    op.create_table(
        "audit_mark", *_texts(("id", *MARK)), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_mark_audit_id_audit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_mark")),
        sa.UniqueConstraint("audit_id", "question", name=op.f("uq_audit_mark_audit_id_question")),
    )  # fmt: skip


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    for table in ("audit_mark", "audit", "audit_form"):
        op.drop_table(table)
