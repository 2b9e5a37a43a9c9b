"""Functions of a server through which what is typed, and each state, is written; see ``store.narrow``.

Revision ID: 0020
"""

from __future__ import annotations

from alembic import op

from panelkit.store.guarding import guard
from panelkit.store.triggers import POSTGRESQL

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """On a server its rules are said again, with the functions that are new; a file has none."""
    if op.get_context().dialect.name == POSTGRESQL:
        guard(op.get_bind())


def downgrade() -> None:
    """The rules go with the revision that brought them."""
