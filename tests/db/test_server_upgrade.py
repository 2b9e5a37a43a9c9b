"""A record on a server brought up to date: by the owner, in one transaction, with its rules."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from panelkit.domain.errors import PanelkitError
from panelkit.packs.reader import read_pack
from panelkit.store import engine, postgres, upgrade, upgrading
from panelkit.store.guarding import guard
from panelkit.store.keeper import as_keeper
from panelkit.store.keys import Opened
from panelkit.store.record import Record
from panelkit.store.server import Server
from panelkit.wiring import Settings, open_desk
from tests.commanding import in_process
from tests.desk import SAMPLES, Clock
from tests.servers import Cluster

FACTS = {
    "columns": "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default "
    "FROM information_schema.columns WHERE table_schema = 'panelkit' ORDER BY 1, 2",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = 'panelkit' ORDER BY 1, 2",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = 'panelkit'::regnamespace AND contype <> 'n' ORDER BY 1, 2",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY 1, 2",
    "functions": "SELECT proname, prosrc, prosecdef, proconfig::text FROM pg_proc "
    "WHERE pronamespace = 'panelkit'::regnamespace ORDER BY 1",
    "policies": "SELECT tablename, policyname, permissive, cmd, qual, with_check FROM pg_policies "
    "WHERE schemaname = 'panelkit' ORDER BY 1, 2",
    "rules": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
    "WHERE relnamespace = 'panelkit'::regnamespace AND relkind = 'r' ORDER BY 1",
    "granted": "SELECT * FROM granted ORDER BY 1, 2, 3",
}
"""Everything that makes up a schema, as the server says it."""


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[Server]:
    server = cluster.empty()
    yield server
    cluster.drop(server)


@pytest.fixture
def kept(cluster: Cluster) -> Iterator[Server]:
    """A record with a meeting, for its owner's login."""
    server = cluster.record()
    yield server.with_login(cluster.login("keeper"))
    cluster.drop(server)


@pytest.fixture
def held(kept: Server, cluster: Cluster) -> Server:
    """The same with a case; asked for before there is a newer program."""
    desk = open_desk(Settings(clock=Clock()), kept.with_login(cluster.login("ruth")))
    pack = read_pack(SAMPLES / "l2_initial.toml", desk.caseload.agenda)
    desk.caseload.take_in([pack.meeting])
    desk.caseload.record.close()
    return kept


def facts(cluster: Cluster, server: Server) -> dict[str, list[tuple[Any, ...]]]:
    return {name: cluster.rows(asked, server) for name, asked in FACTS.items()}


def test_every_revision_runs_on_a_server_and_ends_in_the_schema_that_is_made_new(
    empty: Server, kept: Server, cluster: Cluster
) -> None:
    with as_keeper(empty, Opened()) as connection:
        connection.exec_driver_sql("CREATE SCHEMA panelkit")
        command.upgrade(upgrade.config(connection), "head")
        guard(connection)  # as every upgrade does at its end
    found, made = facts(cluster, empty), facts(cluster, kept)
    for name, rows in made.items():
        assert found[name] == rows, name
    collated = {
        row[3] for row in found["columns"] if row[2] == "text" and row[0] not in {"granted", "seed"}
    }
    assert collated == {"C"}


NEWEST = engine.NEWEST
LATER = f"{int(NEWEST) + 1:04}"
NEXT = f'''
"""A column more, filled from what is there.

Revision ID: {LATER}
"""
import sqlalchemy as sa
from alembic import op

revision = "{LATER}"
down_revision = "{NEWEST}"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("case", sa.Column("read_by", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE \\"case\\" SET read_by = ref")
'''.replace("NEWEST", NEWEST)


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of some later day, whose schema has a column more."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{LATER}_next.py").write_text(NEXT, encoding="utf-8")
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    for module in (engine, postgres, upgrading):
        monkeypatch.setattr(module, "NEWEST", LATER)
    return folder


def test_the_owner_upgrades_rows_that_are_hidden_from_them_and_notes_the_backup(
    held: Server, cluster: Cluster, newer: Path
) -> None:
    before = facts(cluster, held)
    status, said = in_process("db", "upgrade", "--db", held, "--backed-up", "vault 7, tape 12")
    assert status == 0, said
    assert f"{LATER}  A column more, filled from what is there" in said
    assert f"from {NEWEST} to {LATER}" in said
    ((ref, copied),) = cluster.rows('SELECT ref, read_by FROM "case"', held)
    assert ref == copied
    (note,) = cluster.rows("SELECT about, words FROM care WHERE what = 'upgraded'", held)
    assert note == ("vault 7, tape 12", f"{NEWEST} to {LATER}")
    after = facts(cluster, held)
    for name in ("triggers", "functions", "policies", "rules", "granted"):
        assert after[name] == before[name], name
    assert cluster.rows('SELECT * FROM "case"', held, cluster.login("keeper")) == []
    there = Record.open(held.with_login(cluster.login("ruth")))
    assert there.verify().is_good
    there.close()


def test_without_a_backup_nothing_is_upgraded(kept: Server, cluster: Cluster, newer: Path) -> None:
    before = facts(cluster, kept)
    for more in ((), ("--backed-up", "  ")):
        status, said = in_process("db", "upgrade", "--db", kept, *more)
        assert status == 2
        assert "Have a backup made and tried first" in said
    assert facts(cluster, kept) == before
    with pytest.raises(PanelkitError, match="older panelkit"):
        Record.open(kept.with_login(cluster.login("ruth")))


def test_a_fault_in_a_revision_leaves_the_record_as_it_was(
    held: Server, cluster: Cluster, newer: Path
) -> None:
    (newer / "versions" / f"{LATER}_next.py").write_text(
        NEXT + '    raise RuntimeError("the disk is full")\n', encoding="utf-8"
    )
    before = facts(cluster, held)
    with pytest.raises(RuntimeError, match="disk is full"):
        in_process("db", "upgrade", "--db", held, "--backed-up", "vault 7")
    assert facts(cluster, held) == before
    assert cluster.rows("SELECT version_num FROM alembic_version", held) == [(NEWEST,)]


@pytest.mark.parametrize("who", ["ruth", "other", "postgres"])
def test_only_the_owner_of_the_tables_upgrades(
    kept: Server, cluster: Cluster, newer: Path, who: str
) -> None:
    login = who if who == "postgres" else cluster.login(who)
    before = facts(cluster, kept)
    status, said = in_process(
        "db", "upgrade", "--db", kept.with_login(login), "--backed-up", "vault 7"
    )
    assert status == 2
    assert "does not own the tables" in said or "does not allow your login" in said
    assert facts(cluster, kept) == before


def test_a_newer_record_is_left_alone(kept: Server, cluster: Cluster) -> None:
    cluster.run("UPDATE alembic_version SET version_num = '9999'", kept.database)
    status, said = in_process("db", "upgrade", "--db", kept, "--backed-up", "vault 7")
    assert (status, "made by a newer panelkit" in said) == (2, True)


def test_an_empty_database_has_nothing_to_upgrade(empty: Server) -> None:
    status, said = in_process("db", "upgrade", "--db", empty)
    assert (status, "There is no record in the database" in said) == (2, True)


def test_nobody_writes_meanwhile_and_whoever_does_is_waited_for(
    kept: Server, cluster: Cluster, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panelkit.store import keeper

    monkeypatch.setattr(keeper, "PATIENT", ("SET LOCAL lock_timeout = '100ms'",))
    with cluster.connection(kept.database) as other, other.transaction():
        other.execute(postgres.TURN)
        status, said = in_process("db", "upgrade", "--db", kept, "--backed-up", "vault 7")
    assert status == 2
    assert "The record is in use." in said
    assert cluster.rows("SELECT version_num FROM alembic_version", kept) == [(NEWEST,)]


def test_rules_that_somebody_took_away_are_said_again(kept: Server, cluster: Cluster) -> None:
    before = facts(cluster, kept)
    for harm in (
        'ALTER TABLE "case" NO FORCE ROW LEVEL SECURITY', "DROP POLICY seen ON answer",
        "DROP TRIGGER journal_follows ON journal", "DELETE FROM granted",
        f"REVOKE SELECT ON journal FROM {cluster.login('ruth')}",
    ):  # fmt: skip
        cluster.run(harm, kept.database)
    assert facts(cluster, kept) != before
    status, said = in_process("db", "upgrade", "--db", kept)
    assert status == 0
    assert "there was nothing to upgrade" in said
    assert facts(cluster, kept) == before
    Record.open(kept.with_login(cluster.login("ruth"))).close()


def test_a_record_of_before_there_were_rules_gets_them(kept: Server, cluster: Cluster) -> None:
    """As one that was upgraded by hand to 0016 would be."""
    with as_keeper(kept, Opened()) as connection:
        command.downgrade(upgrade.config(connection), "0016")
    assert not facts_without_granted(cluster, kept)["policies"]
    status, said = in_process("db", "upgrade", "--db", kept, "--backed-up", "vault 7")
    assert status == 0, said
    assert facts_without_granted(cluster, kept)["policies"]


def facts_without_granted(cluster: Cluster, server: Server) -> dict[str, list[tuple[Any, ...]]]:
    return {name: cluster.rows(asked, server) for name, asked in FACTS.items() if name != "granted"}


def test_a_file_is_upgraded_when_it_is_opened(tmp_path: Path) -> None:
    status, said = in_process("db", "upgrade", "--db", tmp_path / "r.db")
    assert (status, "upgraded when it is opened" in said) == (0, True)
