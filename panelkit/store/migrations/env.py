"""Alembic's environment: runs on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from panelkit.store import rows, searching

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=rows.METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    # Tables that are made anew tell no index of it: it is made again from what is there at the end.
    if searching.is_there(connection):
        searching.unfollow(connection)
    context.run_migrations()
    if searching.is_there(connection):
        searching.follow(connection)
        searching.fill(connection)
