"""Alembic revisions of the record's schema, the same on every engine."""
