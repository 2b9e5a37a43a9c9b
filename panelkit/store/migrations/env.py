"""Alembic's environment: runs on the connection that the store hands over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from panelkit.store import falls_due, rows, searching

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
    # What is kept beside the meetings follows from all of the schema, and no revision knows all of it.
    if sa.inspect(connection).has_table("transfers"):
        falls_due.work_out(connection)
    if searching.is_there(connection):
        searching.follow(connection)
        searching.fill(connection)
