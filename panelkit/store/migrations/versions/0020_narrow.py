"""Functions of a server through which what is typed, and each state, is written; see ``store.narrow``.

Revision ID: 0020
"""

from __future__ import annotations

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of the schema: whoever upgrades a server says its rules again, with what is new in them."""


def downgrade() -> None:
    """The rules go with the revision that brought them."""
