"""Alembic's revisions and the schema that a new record is made with are the same, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlcipher3 import dbapi2

from panelkit.store import engine as made_by
from panelkit.store import grants, guarding, postgres, rows, search_sqlite, upgrade
from panelkit.store.record import Record
from panelkit.store.tables import JOURNAL
from tests.servers import Cluster
from tests.store.hands import open_at
from tests.store.test_record import CANARY
from tests.store.test_upgrade import FIRST_CASE, FIRST_MEETING, OLD, chain

ON_A_SERVER = {
    "columns": """
        select table_name, column_name, data_type, collation_name, is_nullable, column_default
        from information_schema.columns where table_schema = 'panelkit'""",
    "constraints": """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'panelkit'::regnamespace""",
    "indexes": """
        select tablename, replace(indexdef, current_database(), '') from pg_indexes
        where schemaname = 'panelkit'""",
    "triggers": """
        select tgrelid::regclass::text, pg_get_triggerdef(oid) from pg_trigger
        where not tgisinternal""",
    "functions": """
        select pg_get_functiondef(oid), proacl::text from pg_proc
        where pronamespace = 'panelkit'::regnamespace""",
    "policies": """
        select tablename, policyname, permissive, roles::text, cmd, qual, with_check
        from pg_policies where schemaname = 'panelkit'""",
    "forced": """
        select relname, relrowsecurity, relforcerowsecurity from pg_class
        where relnamespace = 'panelkit'::regnamespace and relkind = 'r'""",
}
"""Everything that a server holds of a record but its rows, by what it is."""
ON_FILE = "select type, name from sqlite_master where name not like 'sqlite_%' and name != 'alembic_version'"


def schema(connection: Connection) -> dict[str, set[tuple[Any, ...]]]:
    """What the engine has been told, but not who may do what."""
    if connection.dialect.name == "sqlite":
        return {"made": {tuple(row) for row in connection.execute(text(ON_FILE))}}
    found = {
        name: {tuple(row) for row in connection.execute(text(sql))}
        for name, sql in ON_A_SERVER.items()
    }
    given = ("granted",) in {row[:1] for row in found["forced"]}
    rights = connection.execute(text("select * from granted")).all() if given else []
    return found | {"granted": {tuple(row) for row in rights}}


def not_ours(_what: object, name: str | None, kind: str, _there: bool, _other: object) -> bool:
    """The server's list of rights is made with its rules, and the index of the search of what is
    there: they are no tables of the record."""
    beside = {*guarding.OWN, *search_sqlite.TABLES}
    is_beside = name in beside or str(name).startswith("search_words_")
    return not (kind == "table" and is_beside)


@pytest.fixture(params=["file", "server"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A connection with nothing at its end, as whoever will own the record; a transaction has begun."""
    if request.param == "file":
        engine = create_engine(f"sqlite:///{tmp_path}/m.db", module=dbapi2)
        with engine.connect() as connection:
            yield connection
        engine.dispose()
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    server = cluster.empty()
    engine = postgres.connected(server)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql(f"CREATE SCHEMA {postgres.SCHEMA}")
        yield connection
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()
    cluster.drop(server)


def with_words(connection: Connection) -> None:
    """A record as the first revision made it, with words in it."""
    command.upgrade(upgrade.config(connection), OLD)
    connection.exec_driver_sql("insert into agenda values ('a', '[]')")
    connection.exec_driver_sql(FIRST_CASE)
    connection.exec_driver_sql(FIRST_MEETING)
    said = "insert into answer values ('m-HM-1-1', 'A6', :field, :words, 's', 1, 'x', '', '', '')"
    connection.execute(text(said), [{"field": f"f{n}", "words": f"{CANARY} {n}"} for n in range(3)])
    connection.execute(JOURNAL.insert(), chain(9))


def the_words(connection: Connection, *, guarded: bool = False) -> list[tuple[Any, ...]]:
    """Everything that ``with_words`` wrote, in the columns of the first revision.

    Where it is ``guarded`` by rules of a server, they are taken away: they bind the owner too.
    """
    if guarded and connection.dialect.name != "sqlite":
        assert list(connection.execute(text("select * from answer"))) == []
        guarding.unguard(connection)
    asked = (
        "select field, text, revision, typed_by from answer order by field",
        "select id, case_id, number, held_on, agenda_id from meeting",
        'select id, ref, category, fiction from "case"',
        "select seq, prev_hash, hash from journal order by seq",
    )
    return [tuple(row) for sql in asked for row in connection.execute(text(sql))]


def test_the_revisions_make_exactly_the_schema_of_a_new_record(bare: Connection) -> None:
    with_words(bare)
    before = the_words(bare)
    command.upgrade(upgrade.config(bare), "head")
    if bare.dialect.name != "sqlite":
        guarding.guard(bare)  # as every upgrade of a server does at its end
    context = MigrationContext.configure(bare, opts={"include_object": not_ours})
    assert compare_metadata(context, rows.METADATA) == []
    migrated = schema(bare)
    assert the_words(bare, guarded=True) == before
    assert migrated == schema_of_a_new_record(bare)


def schema_of_a_new_record(bare: Connection) -> dict[str, set[tuple[Any, ...]]]:
    """Made on the same engine by the same login, and taken back."""
    if bare.dialect.name == "sqlite":
        bare.rollback()
        folder = Path(str(bare.engine.url.database)).parent
        record = open_at(folder / "new.db")
        with record.engine.connect() as connection:
            found = schema(connection)
        record.close()
        return found
    bare.exec_driver_sql("ROLLBACK")
    postgres._make(bare)
    found = schema(bare)
    bare.exec_driver_sql("BEGIN")
    return found


def test_the_newest_revision_is_the_one_a_new_record_is_stamped_with() -> None:
    with create_engine("sqlite://", module=dbapi2).connect() as connection:
        scripts = ScriptDirectory.from_config(upgrade.config(connection))
        assert scripts.get_current_head() == made_by.NEWEST


def test_down_and_up_again_with_words(bare: Connection) -> None:
    with_words(bare)
    before, old = the_words(bare), schema(bare) if bare.dialect.name == "sqlite" else None
    command.upgrade(upgrade.config(bare), "head")
    newest = schema(bare)
    command.downgrade(upgrade.config(bare), OLD)
    assert the_words(bare) == before
    if old is not None:
        assert schema(bare) == old
    command.upgrade(upgrade.config(bare), "head")
    assert schema(bare) == newest
    assert the_words(bare, guarded=True) == before


def test_down_to_nothing_and_up_again(bare: Connection) -> None:
    command.upgrade(upgrade.config(bare), "head")
    newest = schema(bare)
    command.downgrade(upgrade.config(bare), "base")
    left = schema(bare)
    if bare.dialect.name == "sqlite":
        assert {kind for kind, _name in left["made"]} <= {"table"}
    else:
        assert {name for name, found in left.items() if found} <= {
            "columns", "constraints", "indexes", "forced",
        }  # fmt: skip
        assert {row[0] for row in left["forced"]} == {"alembic_version"}
    command.upgrade(upgrade.config(bare), "head")
    assert schema(bare) == newest
    if bare.dialect.name != "sqlite":
        tables = rows.METADATA.tables
        columns = {name: tuple(table.columns.keys()) for name, table in tables.items()}
        assert newest["granted"] == {
            (each.role, each.table, grants.said(each.table, each.verb, columns.get(each.table, ())))
            for each in grants.grants()
        }


def test_a_copy_is_made_and_checked_before_an_upgrade(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "r.db", create=True)
    with record.engine.connect() as connection:
        copy = upgrade.upgrade(connection, made_by.NEWEST)
    assert copy is not None
    assert copy.exists()
    assert Record.open(copy).verify().first_wrong is None
    record.close()
