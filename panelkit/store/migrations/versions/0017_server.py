"""A record on a server: logins, the key of its journal, who is in a meeting now, and the server's rules.

Revision ID: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from panelkit.store.guarding import guard, unguard
from panelkit.store.migrations.triggering import dropped, made
from panelkit.store.triggers import POSTGRESQL, REFUSED, RefusingAll

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

HERE_NOW = ("program", "meeting_id", "who", "part", "item", "seen_at")


def upgrade() -> None:
    """Add a column and two tables; on a server, everything that it refuses by itself."""
    op.add_column("person", sa.Column("login", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "chain_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chain_from", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_key")),
    )
    op.create_table(
        "here_now",
        *(sa.Column(name, sa.Text(), nullable=False) for name in HERE_NOW),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_here_now_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("program", name=op.f("pk_here_now")),
    )
    op.create_index(op.f("ix_here_now_meeting_id"), "here_now", ["meeting_id"])
    for table in REFUSED:
        made(RefusingAll(table))
    if op.get_context().dialect.name == POSTGRESQL:
        guard(op.get_bind())


def downgrade() -> None:
    """Remove them again; only ever for an empty record."""
    if op.get_context().dialect.name == POSTGRESQL:
        unguard(op.get_bind())
    for table in REFUSED:
        dropped(RefusingAll(table))
    op.drop_table("here_now")
    op.drop_table("chain_key")
    op.drop_column("person", "login")
