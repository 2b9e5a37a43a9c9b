"""A whole record from a file to a server and back: every row, the chain, and nothing in part."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from panelkit.domain.meeting import By
from panelkit.domain.people import Access, Role
from panelkit.packs.reader import read_pack
from panelkit.services.entering import enter
from panelkit.services.people import FIRST, People, found
from panelkit.store import care, keeper, moving
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.server import Server
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over, open_desk
from tests.commanding import in_process
from tests.desk import SAMPLES, Clock
from tests.servers import Cluster

pytestmark = pytest.mark.usefixtures("cheap_slots")
RUTH, OMAR = "a passphrase of Ruth", "a passphrase of Omar"
PACKS = ("l2_review_carried_actions.toml", "l2_initial.toml")


def filled(desk: Any) -> None:
    for name in PACKS:
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

    return in_process


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
    after = rows_of(again)
    for table, held in before.items():
        if table not in CHANGED:
            assert after[table] == held, table
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


# -- what is refused, with nothing in part -----------------------------------------------------


def refusals(cluster: Cluster) -> dict[str, tuple[list[str], str]]:
    ruth, omar = cluster.login("ruth"), cluster.login("omar")
    over, keeper = cluster.login("over", "BYPASSRLS"), cluster.login("keeper")
    return {
        "nobody": ([], "No administrator would come in on the server."),
        "no administrator": ([f"Omar Okafor={omar}"], "No administrator would come in"),
        "a stranger": ([f"Nobody Atall={ruth}"], "Nobody called Nobody Atall works"),
        "a lay adviser": ([f"Ruth Calloway={ruth}", f"Gwen Harcastle={omar}"], "A lay adviser has no login"),
        "no such login": (["Ruth Calloway=nobody_has_it"], "The server has no login nobody_has_it."),
        "past the rules": ([f"Ruth Calloway={over}"], f"rules would not bind the login {over}"),
        "the owner": ([f"Ruth Calloway={keeper}"], f"rules would not bind the login {keeper}"),
        "one for two": ([f"Ruth Calloway={ruth}", f"Omar Okafor={ruth}"], "Two people are given one login."),
        "no login at all": (["Ruth Calloway"], "is no login"),
        "two for one": ([f"Ruth Calloway={ruth}", f"ruth  calloway={omar}"], "is given two logins"),
    }  # fmt: skip


def test_logins_that_do_not_fit_are_refused_and_nothing_is_left(
    source: Path, empty: Server, cluster: Cluster, run: Callable[..., Any]
) -> None:
    for name, (said, words) in refusals(cluster).items():
        argv = [each for login in said for each in ("--login", login)]
        status, answer = run("db", "copy", source, empty, *argv)
        assert status == 2, name
        assert words in answer, name
        assert nothing_there(cluster, empty), name


def test_a_database_with_a_record_is_left_as_it_was(
    source: Path, cluster: Cluster, run: Callable[..., Any]
) -> None:
    there = cluster.record()
    ruth, keeper = cluster.login("ruth"), cluster.login("keeper")
    before = cluster.rows("SELECT * FROM journal ORDER BY seq", there)
    status, said = run(
        "db", "copy", source, there.with_login(keeper), "--login", f"Ruth Calloway={ruth}"
    )
    assert status == 2
    assert "There is already a record" in said
    assert cluster.rows("SELECT * FROM journal ORDER BY seq", there) == before
    Record.open(there).close()


def test_tables_in_which_nobody_ever_was_are_filled(
    source: Path, empty: Server, cluster: Cluster, run: Callable[..., Any]
) -> None:
    """What a first ``init`` that failed leaves."""
    from panelkit.store.engine import open_engine

    open_engine(empty, create=True).dispose()
    ruth = cluster.login("ruth")
    status, said = run("db", "copy", source, empty, "--login", f"Ruth Calloway={ruth}")
    assert status == 0, said
    Record.open(empty.with_login(ruth)).close()


@pytest.mark.parametrize("at", ["issued", "journal"])
def test_a_fault_on_the_way_leaves_nothing(
    source: Path, empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch, at: str,
) -> None:  # fmt: skip
    ruth, was = cluster.login("ruth"), moving._copied_in

    def one_less(there: Any, table: Any, rows: Any) -> None:
        rows = iter(rows)
        if table.name == at:
            next(rows, None)
        was(there, table, rows)

    file = opened(source, tmp_path)
    meeting = file.load("WM-0143-3")
    file.keep_issued(meeting, "full", b"the minutes", "", care_by())
    before = rows_of(file)
    file.close()
    monkeypatch.setattr(moving, "_copied_in", one_less)
    status, said = run("db", "copy", source, empty, "--login", f"Ruth Calloway={ruth}")
    assert status == 2
    assert f"What arrived in the table {at} is not what was sent." in said
    assert nothing_there(cluster, empty)
    file = opened(source, tmp_path)
    assert rows_of(file) == before
    file.close()


def care_by() -> By:
    return By("Ruth Calloway", Clock()())


def test_what_no_server_can_hold_is_said_by_table_and_not_by_its_words(
    source: Path, empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    file = opened(source, tmp_path)
    with file._writing() as connection:
        connection.exec_driver_sql("UPDATE answer SET text = 'hidden' || char(0) || 'away'")
    file.close()
    argv = ("--login", f"Ruth Calloway={cluster.login('ruth')}")
    status, said = run("db", "copy", source, empty, *argv)
    assert status == 2
    assert "Row 1 of the table answer holds what no text is." in said
    assert "away" not in said
    assert nothing_there(cluster, empty)


def test_only_an_administrator_moves_a_record(
    source: Path, empty: Server, cluster: Cluster, run: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("PANELKIT_PASSPHRASE", OMAR)
    monkeypatch.setenv("PANELKIT_AS", "Omar Okafor")
    argv = ("--login", f"Ruth Calloway={cluster.login('ruth')}")
    status, said = run("db", "copy", source, empty, *argv)
    assert status == 2
    assert "Omar Okafor, minute taker, may not" in said
    assert nothing_there(cluster, empty)


def test_whoever_does_not_see_all_of_a_server_makes_no_copy_of_it(
    cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    there = cluster.record()
    for login in ("ruth", "other"):
        file = tmp_path / login / "r.db"
        status, said = run("db", "copy", there.with_login(cluster.login(login)), file)
        assert status == 2
        assert "may not see all of the record" in said
        assert not file.exists()
        assert not file.with_name("r.db.keys").exists()


def test_hidden_cases_are_in_the_file_and_the_rules_stand_as_before(
    source: Path, empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    ruth, over = cluster.login("ruth"), cluster.login("over", "BYPASSRLS")
    run("db", "copy", source, empty, "--login", f"Ruth Calloway={ruth}")
    cluster.run(f"GRANT USAGE ON SCHEMA panelkit TO {over}", empty.database)
    cluster.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA panelkit TO {over}", empty.database)
    rules = (
        "SELECT relname, relforcerowsecurity, relrowsecurity, relacl::text FROM pg_class "
        "WHERE relnamespace = 'panelkit'::regnamespace ORDER BY 1"
    )
    before = cluster.rows(rules, empty)
    cases = [ref for (ref,) in cluster.rows('SELECT ref FROM "case" ORDER BY 1', empty)]
    for login in (cluster.login("keeper"), over):
        file = tmp_path / login / "r.db"
        status, said = run("db", "copy", empty.with_login(login), file)
        assert status == 0, said
        assert cluster.rows(rules, empty) == before, login
        copied = opened(file, tmp_path)
        assert sorted({m.ref.rpartition("-")[0] for m in copied.meetings()}) == cases, login
        copied.close()
    Record.open(empty.with_login(ruth)).close()


def test_an_owner_waits_for_whoever_works_and_says_so(
    source: Path, empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    run("db", "copy", source, empty, "--login", f"Ruth Calloway={cluster.login('ruth')}")
    monkeypatch.setattr(keeper, "PATIENT", ("SET LOCAL lock_timeout = '100ms'",))
    with cluster.connection(empty.database) as other, other.transaction():
        other.execute('SELECT 1 FROM "case"')
        status, said = run("db", "copy", empty, tmp_path / "r.db")
    assert status == 2
    assert "The record is in use. Close panelkit everywhere" in said
    assert not (tmp_path / "r.db").exists()


def test_a_name_that_is_taken_stays_as_it_was(
    cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    server = cluster.record().with_login(cluster.login("keeper"))
    for name in ("r.db", "r.db.keys"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("somebody's")
        status, said = run("db", "copy", server, folder / "r.db")
        assert status == 2
        assert "There is already a file" in said
        assert [p.name for p in folder.iterdir()] == [name]
        assert (folder / name).read_text() == "somebody's"


def test_somebody_who_is_no_administrator_is_not_the_first_of_a_file(
    cluster: Cluster, tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = cluster.record().with_login(cluster.login("keeper"))
    monkeypatch.setenv("PANELKIT_AS", "Somebody Else")
    status, said = run("db", "copy", server, tmp_path / "to" / "r.db")
    assert status == 2
    assert "Nobody called Somebody Else works with this record." in said
    assert not (tmp_path / "to").exists() or not list((tmp_path / "to").iterdir())


def test_a_record_that_was_never_encrypted_gets_its_first_person_and_a_keyed_chain(
    empty: Server, cluster: Cluster, tmp_path: Path, run: Callable[..., Any]
) -> None:
    file, ruth = tmp_path / "plain.db", cluster.login("ruth")
    desk = open_desk(Settings(clock=Clock()), file, create=True)
    filled(desk)
    head, entries = desk.caseload.record.head(), desk.caseload.record.verify().entries
    desk.caseload.record.close()
    status, said = run("db", "copy", file, empty)
    assert status == 2
    assert "Nobody is known to this record yet" in said
    assert nothing_there(cluster, empty)
    status, said = run("db", "copy", file, empty, "--login", f"Ruth Calloway={ruth}")
    assert status == 0, said
    there = Record.open(empty.with_login(ruth))
    assert there.me is not None
    assert there.me.roles == FIRST
    assert there.opened.keys is not None
    assert there.opened.keys.chain_from == entries + 1
    assert there.verify(anchor=head).is_good
    there.close()
    cluster.run("UPDATE chain_key SET key = repeat('00', 32)", empty.database)
    forged = Record.open(empty.with_login(ruth))
    assert forged.verify().first_wrong == entries + 1
    forged.close()


def test_two_files_and_two_servers_are_not_copied(
    source: Path, empty: Server, run: Callable[..., Any], tmp_path: Path
) -> None:
    assert "panelkit backup" in run("db", "copy", source, tmp_path / "other.db")[1]
    assert "Both are on servers." in run("db", "copy", empty, empty)[1]
    assert "no record at" in run("db", "copy", tmp_path / "none.db", empty)[1]


def test_logins_belong_to_a_server(
    cluster: Cluster, run: Callable[..., Any], tmp_path: Path
) -> None:
    server = cluster.record().with_login(cluster.login("keeper"))
    status, said = run("db", "copy", server, tmp_path / "r.db", "--login", "Ruth Calloway=ruth")
    assert (status, "have passphrases" in said) == (2, True)
