"""The index beside the record: what is gone is in no page of it, and it can be made again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from panelkit.domain import entries as e
from panelkit.domain.asking import read
from panelkit.domain.meeting import By
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.finding import Finding
from panelkit.store import searching, upgrade
from panelkit.store.engine import NEWEST, reading, writing
from panelkit.store.record import Record
from panelkit.store.searched import BY_TABLE, SEARCHED
from panelkit.store.upgrading import upgrade_server
from tests.commanding import in_process
from tests.desk import CHAIR, Clock, make_desk
from tests.search.test_both_engines import filled
from tests.servers import Cluster
from tests.services.test_disposing import CASE, OTHER, REVIEW, by, desk_of, due
from tests.store.test_alike import RUTH

RARE = "quoxzidilly"
"""A word of no language. An index keeps what a word shares with the one before it only once, so that
its end is looked for in the files."""


def in_files(folder: Path, word: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


def hits(record: Record, typed: str) -> int:
    with reading(record.engine) as connection:
        return len(searching.found(connection, read(typed), list(BY_TABLE), most=500))


def test_after_a_disposal_no_page_of_the_file_holds_a_word_of_the_case(tmp_path: Path) -> None:
    """Words that were typed once, typed over, taken out and left: as an index keeps them in pieces."""
    desk = desk_of(tmp_path, "l2_review_carried_actions", "l2_initial")
    record = desk.caseload.record
    meeting = desk.chairing.load(REVIEW)
    for n in range(40):
        said = f"{RARE}{n:02} and more".upper()
        meeting = desk.chairing.record_answer(meeting, "A6", "index_offence", said)
    assert hits(record, f"{RARE}39") == 1
    record.put_away_log()
    assert in_files(tmp_path, RARE[5:]), (
        "the record has it in capitals: this is a page of the index"
    )
    due(desk)
    by(desk).propose(CASE, "past its review")
    _done, clean = by(desk, OTHER).agree(CASE)
    assert clean
    assert in_files(tmp_path, RARE[5:]) == []
    assert in_files(tmp_path, RARE[5:].upper()) == []
    assert hits(record, RARE) == 0
    assert record.lag().is_good
    assert hits(record, "police"), "other cases are found as before"


def test_a_disposal_on_a_server_takes_its_words_out_of_the_index(cluster: Cluster) -> None:
    server = cluster.record()
    with closing(filled(Record.open(server))) as record:
        held = cluster.rows("SELECT count(*), count(DISTINCT case_id) FROM search", server)
        case = record.case(CASE)
        assert held[0][1] == 2
    keeper = server.with_login(cluster.login("keeper"))
    cluster.run(f"DELETE FROM search WHERE case_id = '{case.id}'", server.database)
    status, said = in_process("db", "index", "--db", keeper)
    assert status == 0
    assert "not found as they stand" in said
    assert cluster.rows("SELECT count(*), count(DISTINCT case_id) FROM search", server) == held
    status, said = in_process("db", "index", "--db", keeper, "--json")
    assert '"missing": 0' in said


def test_an_index_that_lags_is_told_of_and_made_anew(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    record = desk.caseload.record
    assert record.lag().is_good
    with writing(record.engine) as connection:
        connection.execute(text("DROP TRIGGER search_notes_insert"))
        connection.execute(text("DELETE FROM search WHERE place = 'decisions'"))
    meeting = desk.chairing.load(REVIEW)
    record.save(meeting, meeting.add(e.Note(id="n", text=RARE), RUTH), RUTH, command="n")
    lag = record.lag()
    assert lag.untold == ("notes",)
    assert lag.missing > 1
    assert hits(record, RARE) == 0
    record.close()
    status, said = in_process("verify", "--db", tmp_path / "record.db")
    assert status == 1
    assert "panelkit db index makes it anew" in said
    status, said = in_process("db", "index", "--db", tmp_path / "record.db")
    assert status == 0
    assert "notes" in said
    again = Record.open(tmp_path / "record.db")
    assert again.lag().is_good
    assert hits(again, RARE) == 1
    again.close()
    assert in_process("verify", "--db", tmp_path / "record.db")[0] == 0


def test_a_list_that_is_not_as_the_meetings_are_is_told_of_and_made_anew(
    tmp_path: Path, cluster: Cluster
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions", "l3_review"))
    desk.referrals.receive(date(2026, 11, 2), "Vale Homes", AgencyType.RSL, Level.TWO)
    with writing(desk.caseload.record.engine) as connection:
        connection.execute(text("UPDATE referral SET answered = 1"))
        connection.execute(text("UPDATE falls_due SET day = '2031-01-01' WHERE what = 'action'"))
        connection.execute(text("DELETE FROM standing_action"))
    actions = len(desk.caseload.record.wrong_lists().actions)
    assert actions > 1
    desk.caseload.record.close()
    status, said = in_process("verify", "--db", tmp_path / "record.db")
    assert status == 1
    assert (
        f"what falls due of 2 meetings, how {actions} actions of those to chase stand, whether 1 referral waits"
        in said
    )
    status, said = in_process("db", "index", "--db", tmp_path / "record.db")
    assert status == 0
    assert f"how {actions} actions" in said
    assert "whether 1 referral waits" in said
    with closing(Record.open(tmp_path / "record.db")) as again:
        assert again.wrong_lists() == ([], [], [])
    assert in_process("verify", "--db", tmp_path / "record.db")[0] == 0


def test_the_owner_of_a_server_makes_its_lists_anew(cluster: Cluster) -> None:
    server = cluster.record()
    with closing(filled(Record.open(server))) as record:
        assert record.wrong_lists() == ([], [], [])
    asked = "SELECT * FROM standing_action ORDER BY id", "SELECT * FROM falls_due ORDER BY id"
    held = [cluster.rows(each, server) for each in asked]
    assert all(held)
    keeper = server.with_login(cluster.login("keeper"))
    cluster.run("DELETE FROM standing_action; DELETE FROM falls_due", server.database)
    _status, said = in_process("db", "check", "--db", server.with_login(cluster.superuser))
    stands = f"how {len(held[0])} actions of those to chase stand."
    assert f"is not as it is: what falls due of 2 meetings, {stands}" in said
    status, said = in_process("db", "index", "--db", keeper, "--json")
    assert status == 0
    assert f'"actions": {len(held[0])}' in said
    assert [cluster.rows(each, server) for each in asked] == held
    _status, said = in_process("db", "check", "--db", server.with_login(cluster.superuser))
    assert "A list kept" not in said


@pytest.mark.parametrize("engine", ["file", "server"])
def test_a_record_that_had_no_index_has_one_after_its_upgrade(
    tmp_path: Path, cluster: Cluster, engine: str
) -> None:
    where: Any = tmp_path / "r.db"
    if engine == "server":
        where = cluster.record()
    record = filled(Record.open(where, create=engine == "file"))
    before = {typed: hits(record, typed) for typed in ("police", "curfew", "cafe", '"of the"')}
    assert all(before.values())
    if engine == "file":
        with record.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            upgrade.command.downgrade(upgrade.config(connection), "0017")
            connection.exec_driver_sql("COMMIT")
            assert not searching.is_there(connection)
        record.close()
    else:
        record.close()
        from panelkit.store.keeper import as_keeper, standing, unforce
        from panelkit.store.keys import Opened

        keeper = where.with_login(cluster.login("keeper"))
        with as_keeper(keeper, Opened()) as connection:
            unforce(connection, standing(connection).forced)
            upgrade.command.downgrade(upgrade.config(connection), "0017")
        assert upgrade_server(keeper, "a backup", By("Somebody", Clock()())).after == NEWEST
    with closing(Record.open(where)) as again:
        assert {typed: hits(again, typed) for typed in before} == before


def test_no_save_is_refused_for_its_length_and_all_of_it_is_kept(
    tmp_path: Path, cluster: Cluster
) -> None:
    long = " ".join(f"word{n}" for n in range(60_000)) + f" {RARE}"
    for record in (Record.open(tmp_path / "r.db", create=True), Record.open(cluster.record())):
        with closing(filled(record)):
            meeting = record.load(REVIEW)
            odd = "\u4e00".join("\u3000" for _ in range(120_000)) + "x" * 5000
            after = meeting.add(e.Note(id="long", text=long), RUTH).add(
                e.Note(id="odd", text=odd), RUTH
            )
            record.save(meeting, after, RUTH, command="long")
            kept = {row.id: row.text for row in record.load(REVIEW).of(e.Note)}
            assert (kept["long"], kept["odd"]) == (long, odd)
            assert hits(record, "word9000") == 1
            assert hits(record, RARE) == 0, (
                "what stands past the limit is not found, as the page says"
            )


def test_every_table_that_is_searched_tells_the_index(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "r.db", create=True)
    with reading(record.engine) as connection:
        named = set(
            connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
        )
    record.close()
    for place in SEARCHED:
        for verb in ("insert", "update", "delete"):
            assert f"search_{place.table}_{verb}" in named


def test_a_save_costs_no_page_of_the_index_more_than_its_words(tmp_path: Path) -> None:
    """What a save writes grows with the words that it changes, not with how much is indexed."""
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    record = desk.caseload.record
    meeting = desk.chairing.load(REVIEW)
    record.put_away_log()
    log = tmp_path / "record.db-wal"
    desk.chairing.record_answer(meeting, "A6", "index_offence", "A few words of a save")
    assert log.stat().st_size < 60 * 4096


Run = Callable[..., tuple[int, str]]


def test_searching_is_journaled_without_the_words_and_what_was_shown_as_opened(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions", "l2_initial"))
    record = desk.caseload.record
    finding = Finding(record, desk.clock, CHAIR)
    page = finding.find("police")
    refs = {each.ref for each in page.found}
    assert len(refs) > 1
    with reading(record.engine) as connection:
        before = int(connection.execute(text("SELECT max(seq) FROM journal")).scalar() or 0)
    assert finding.note_search() == ""
    seen: set[str] = set()
    assert finding.note_shown(page.found, already=seen) == ""
    assert finding.note_shown(page.found, already=seen) == "", "what was noted is not noted again"
    with reading(record.engine) as connection:
        asked = text(
            "SELECT journal.actor, entity, field, meeting_id, old_hash, new_hash, command.what FROM journal "
            "JOIN command ON command.id = journal.command_id WHERE seq > :before ORDER BY seq"
        )
        rows = [tuple(row) for row in connection.execute(asked, {"before": before})]
    assert rows[0] == (CHAIR, "record", "searched", "", "", "", "searched")
    ids = {each.meeting_id for each in page.found}
    assert {row[3] for row in rows[1:]} == ids
    assert len(rows) == 1 + len(ids)
    assert {row[6] for row in rows[1:]} == {"opened: a search"}
    assert not any("police" in str(value).casefold() for row in rows for value in row)
    review = record.load(REVIEW)
    assert record.openings(review.id)[-1][1:] == (CHAIR, "opened: a search")
    assert record.verify().is_good
