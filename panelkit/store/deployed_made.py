"""Whether every table, rule, trigger and function of a record on a server is as panelkit makes it.

What it would make is made: in a schema of its own, in a transaction that is undone. Both are then
said by the server in its own words and compared, so that a rule which was altered, and still has
its name, is found. It takes no lock on a table of the record.
"""

# ruff: noqa: S608 - statements are put together from constants of this file

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from panelkit.store import guarding
from panelkit.store.deployed import NO_RIGHT, Looking, NotSeen, Said
from panelkit.store.engine import make_schema

SCRATCH: Final = "panelkit_as_it_is_made"
"""A schema that nobody ever sees: it is undone with its transaction."""
_TABLES: Final = "pg_class.relnamespace = to_regnamespace(:schema)"
KINDS: Final = {
    "table": (
        "SELECT relname AS name, concat_ws(' ', relrowsecurity, relforcerowsecurity) AS words "
        f"FROM pg_class WHERE {_TABLES} AND relkind IN ('r', 'p')"
    ),
    "column": (
        "SELECT relname || '.' || attname AS name, concat_ws(' ', format_type(atttypid, atttypmod), "
        "attnotnull, (SELECT collname FROM pg_collation WHERE oid = attcollation), "
        "pg_get_expr(adbin, adrelid)) AS words FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
        f"WHERE {_TABLES} AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
    ),
    "constraint": (
        "SELECT relname || ' ' || conname AS name, pg_get_constraintdef(pg_constraint.oid) AS words "
        "FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid "
        f"WHERE {_TABLES} AND contype IN ('c', 'f', 'p', 'u')"
    ),
    "rule": (
        "SELECT relname || ' ' || polname AS name, concat_ws(' ', polpermissive, polcmd, "
        "(SELECT string_agg(CASE role WHEN 0 THEN 'everybody' WHEN relowner THEN 'owner' "
        "ELSE role::text END, ' ' ORDER BY role) FROM unnest(polroles) AS role), "
        "pg_get_expr(polqual, polrelid), 'checks', "
        "pg_get_expr(polwithcheck, polrelid)) AS words "
        f"FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid WHERE {_TABLES}"
    ),
    "trigger": (
        "SELECT relname || ' ' || tgname AS name, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), "
        "tgenabled) AS words FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        f"WHERE {_TABLES} AND NOT tgisinternal"
    ),
    "function": (
        "SELECT proname || '(' || pg_get_function_identity_arguments(oid) || ')' AS name, "
        "pg_get_functiondef(oid) AS words FROM pg_proc "
        "WHERE pronamespace = to_regnamespace(:schema) AND prokind = 'f'"
    ),
}
"""How the server says what it holds, kind by kind: a name, and its words."""
AGAIN: Final = frozenset({"rule", "trigger", "function"})
"""Kinds that ``panelkit db upgrade`` makes again."""
_ADDED: Final = {"trigger": "DROP TRIGGER", "function": "DROP FUNCTION"}
"""Kinds of which one too many does something by itself. Rules are looked at where they are named."""


def made(connection: Connection, schema: str) -> dict[tuple[str, str], str]:
    """Every thing of these kinds in a schema that the search path is set to, in the server's words."""
    return {
        (kind, str(row.name)): str(row.words).replace(SCRATCH, "panelkit")
        for kind, asked in KINDS.items()
        for row in connection.execute(text(asked), {"schema": schema})
    }


def as_panelkit_makes(connection: Connection, owner: str) -> dict[tuple[str, str], str]:
    """The same for what this panelkit would make for ``owner``; nothing of it stays.

    Raises NotSeen for a login that may make no schema, or where the server takes no writing.
    """
    if connection.execute(text("SELECT pg_is_in_recovery()")).scalar():
        raise NotSeen  # a backup that was brought back, or a standby: nothing is made there
    inside = bool(connection.execute(text("SELECT pg_current_xact_id_if_assigned()")).scalar())
    begin, undo = ("BEGIN READ WRITE", "ROLLBACK")
    if inside:
        begin, undo = ("SAVEPOINT made", "ROLLBACK TO SAVEPOINT made")
    connection.exec_driver_sql(begin)
    try:
        connection.exec_driver_sql(f"CREATE SCHEMA {SCRATCH}")
        connection.exec_driver_sql(f"SET LOCAL search_path = {SCRATCH}")
        make_schema(connection)
        guarding.say_rules(connection, SCRATCH, owner)
        return made(connection, SCRATCH)
    except DBAPIError as failed:
        if getattr(failed.orig, "sqlstate", "") in {NO_RIGHT, "25006"}:
            raise NotSeen from None
        raise
    finally:
        connection.exec_driver_sql(undo)


def look_at_made(looking: Looking) -> Iterator[Said]:
    """What is missing, altered or added. Raises NotSeen."""
    owner = str(
        looking.value(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'alembic_version' "
            "AND relnamespace = to_regnamespace('panelkit')"
        )
    )
    there = made(looking.connection, "panelkit")
    wanted = as_panelkit_makes(looking.connection, owner)
    for (kind, name), words in wanted.items():
        found = there.get((kind, name))
        if found == words:
            continue
        how = "is missing" if found is None else "is not as panelkit makes it"
        yield Said(f"The {kind} {_called(kind, name)} {how}.", _remedy(kind))
    for kind, name in sorted(there.keys() - wanted.keys()):
        if kind in _ADDED:
            yield Said(
                f"The {kind} {_called(kind, name)} is not panelkit’s.",
                f"Find out what it is for; else {_ADDED[kind]} as the owner of the tables.",
            )


def _called(kind: str, name: str) -> str:
    table, _space, own = name.partition(" ")
    return f"{own} of the table {table}" if own and kind != "function" else name


def _remedy(kind: str) -> str:
    if kind in AGAIN:
        return "Find out who did it; the owner of the tables runs panelkit db upgrade, which makes it again."
    return (
        "Find out who did it. No program changes it: bring the record back from a backup, or take it "
        "with panelkit db copy to a file and to an empty database."
    )
