"""Alembic's revisions and the schema that a new record is made with are the same."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from panelkit.store import engine as made_by
from panelkit.store import rows, upgrade
from panelkit.store.record import Record


def schema(connection: object) -> set[tuple[str, str]]:
    found = connection.execute(  # type: ignore[attr-defined]
        text(
            "select type, name from sqlite_master where name not like 'sqlite_%' and name != 'alembic_version'"
        )
    )
    return {(row.type, row.name) for row in found}


def test_the_revisions_make_exactly_the_schema_of_a_new_record(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path}/m.db").connect() as connection:
        command.upgrade(upgrade.config(connection), "head")
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, rows.METADATA) == []
        migrated = schema(connection)
        connection.rollback()
    record = Record.open(tmp_path / "new.db", create=True)
    with record.engine.connect() as connection:
        assert schema(connection) == migrated
    record.close()


def test_the_newest_revision_is_the_one_a_new_record_is_stamped_with(tmp_path: Path) -> None:
    from alembic.script import ScriptDirectory

    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(upgrade.config(connection))
        assert scripts.get_current_head() == made_by.NEWEST


def test_down_and_up_again(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path}/m.db").connect() as connection:
        command.upgrade(upgrade.config(connection), "head")
        command.downgrade(upgrade.config(connection), "base")
        assert {kind for kind, _name in schema(connection)} <= {"table"}
        command.upgrade(upgrade.config(connection), "head")
        assert len(schema(connection)) > 40


def test_a_copy_is_made_and_checked_before_an_upgrade(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "r.db", create=True)
    with record.engine.connect() as connection:
        copy = upgrade.upgrade(connection, made_by.NEWEST)
    assert copy.exists()
    assert Record.open(copy).verify().first_wrong is None
    record.close()
