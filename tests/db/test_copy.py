"""A whole record from a file to a server and back: every row, the chain, and nothing in part."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import PanelkitError
from panelkit.domain.people import Access, Role
from panelkit.packs.reader import read_pack
from panelkit.services.entering import enter
from panelkit.services.people import FIRST, People, found
from panelkit.store import care, moving
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.server import Server
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over, open_desk
from tests.desk import SAMPLES, Clock
from tests.servers import Cluster

pytestmark = pytest.mark.usefixtures("cheap_slots")
RUTH, OMAR = "a passphrase of Ruth", "a passphrase of Omar"
PACKS = ("l2_review_carried_actions.toml", "l3_initial.toml")


def filled(desk: Any) -> None:
    for name in sorted(p.name for p in SAMPLES.glob("*.toml")):
        pack = read_pack(SAMPLES / name, desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the samples, in which Omar Okafor is barred from a case."""
    path = tmp_path_factory.mktemp("from") / "r.db"
    made = found(path, "Ruth Calloway", FIRST, RUTH, Clock())
    filled(desk_over(Settings(clock=Clock()), made.record))
    people = People(made.record, Clock())
    people.add("Omar Okafor", [Role.MINUTE_TAKER], OMAR)
    people.add("Gwen Harcastle", [Role.LAY_ADVISER], "a passphrase of Gwen")
    people.set_access("WM-0143", "Omar Okafor", Access.BARRED)
    made.record.close()
    return path


@pytest.fixture
def source(encrypted: Path, tmp_path: Path) -> Path:
    shutil.copytree(encrypted.parent, tmp_path / "from")
    return tmp_path / "from" / encrypted.name


@pytest.fixture
def empty(cluster: Cluster) -> Server:
    keeper = cluster.login("keeper")
    return cluster.address(cluster.database(keeper), keeper)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("PANELKIT_PASSPHRASE", RUTH)
    monkeypatch.setenv("PANELKIT_AS", "Ruth Calloway")

    def running(*argv: object) -> tuple[int, str]:
        done = CliRunner().invoke(cli.app, [str(each) for each in argv])
        failed = done.exception
        if isinstance(failed, PanelkitError):
            return failed.exit_code, failed.sentence
        if failed is not None and not isinstance(failed, SystemExit):
            raise failed
        return done.exit_code, done.output

    return running


def rows_of(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it is read without the copying code."""
    with record._reading() as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)))
            for table in METADATA.sorted_tables
            if table.name not in moving.STAY
        }


def opened(path: Path, tmp_path: Path, name: str = "Ruth Calloway", said: str = RUTH) -> Record:
    return enter(path, name, "", said, Tries(tmp_path / "tries"), Clock())


def nothing_there(cluster: Cluster, server: Server) -> bool:
    found = cluster.rows(
        "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('panelkit')", server
    )
    return found == [(0,)]


CHANGED = {"person", "journal", "command", "care"}
"""Tables that have more, or other, rows after a copy, each with entries that say so."""


def test_a_record_goes_to_a_server_and_back_with_every_row(
    source: Path, empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    ruth, omar = cluster.login("ruth"), cluster.login("omar")
    file = opened(source, tmp_path)
    before, head = rows_of(file), file.head()
    file.close()
    status, said = run(
        "db", "copy", source, empty, "--login", f"Ruth Calloway={ruth}",
        "--login", f"Omar Okafor={omar}",
    )  # fmt: skip
    assert status == 0, said
    assert f"{len(before['journal']):>9,}" in said
    there = Record.open(empty.with_login(ruth))
    after = rows_of(there)
    for table, held in before.items():
        if table not in CHANGED:
            assert after[table] == held, table
    n = len(before["journal"])
    assert sorted(after["journal"])[:n] == sorted(before["journal"])
    assert there.changed_since(head) is not None, "the history goes on from the same head"
    assert there.verify(anchor=head).is_good
    assert there.me is not None
    assert there.me.name == "Ruth Calloway"
    assert [(p.name, p.login, p.mark) for p in there.people()] == [
        ("Gwen Harcastle", "", ""), ("Omar Okafor", omar, ""), ("Ruth Calloway", ruth, ""), ("recovery", "", ""),
    ]  # fmt: skip
    there.close()
    barred = Record.open(empty.with_login(omar))
    assert not any(m.ref.startswith("WM-0143") for m in barred.meetings())
    assert barred.meetings()
    barred.close()
    desk = open_desk(Settings(clock=Clock()), empty.with_login(ruth))
    desk.caseload.listing()
    desk.caseload.record.close()

    back = tmp_path / "back" / "r.db"
    status, said = run("db", "copy", empty, back, "--json")
    assert status == 0, said
    assert json.loads(said)["ok"]
    again = opened(back, tmp_path)
    for table, held in before.items():
        if table not in CHANGED:
            assert rows_of(again)[table] == held, table
    assert again.verify(anchor=head).is_good
    assert again.is_encrypted
    assert again.me is not None
    assert again.opened.keys is not None
    slots = {p.name: bool(p.mark) for p in again.people()}
    assert slots == {"Gwen Harcastle": False, "Omar Okafor": False, "Ruth Calloway": True, "recovery": True}  # fmt: skip
    assert {p.login for p in again.people()} == {""}
    People(again, Clock()).reset_passphrase("Omar Okafor", OMAR)
    again.close()
    opened(back, tmp_path, "Omar Okafor", OMAR).close()
    opened(back, tmp_path, "recovery", json.loads(said)["recovery"]).close()


def test_the_file_is_as_it_was_but_for_a_note(
    source: Path, empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    ruth = cluster.login("ruth")
    file = opened(source, tmp_path)
    before = rows_of(file)
    file.close()
    run("db", "copy", source, empty, "--login", f"Ruth Calloway={ruth}")
    file = opened(source, tmp_path)
    after = rows_of(file)
    noted = [row for row in after.pop("care") if row not in before["care"]]
    before.pop("care")
    assert after == before
    assert len(noted) == 1
    last = file.last_care(care.MOVED)
    assert last is not None
    assert last.words == file.head()
    file.close()
