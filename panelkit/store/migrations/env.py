"""Alembic's environment: runs on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from panelkit.store import rows

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=rows.METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
