"""Every word that is kept is found: the index of a full-text search.

It is filled, and tables begin to tell it of their changes, at the end of the upgrade
(``migrations/env.py``): it is made of the schema as that is then.

Revision ID: 0018
"""

from __future__ import annotations

from alembic import op

from panelkit.store import searching

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index, empty."""
    searching.make(op.get_bind())


def downgrade() -> None:
    """Remove it again; the record loses nothing by it."""
    searching.drop(op.get_bind())
