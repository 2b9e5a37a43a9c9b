"""Opening a case is journaled: once for each opening, by every screen and command that shows it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.opened.session import Session
from panelkit.services.opening import Opening
from panelkit.store.engine import writing
from panelkit.store.record import Record
from panelkit.tui.app import PanelkitApp
from tests.desk import SAMPLES, Hands, fresh_meeting, make_desk, until
from tests.test_commands import panelkit
from tests.tui.program import settle

REF = "WM-0143-3"


def openings(record: Record) -> list[tuple[str, str]]:
    """Who opened, and what their command was."""
    sql = (
        "select j.actor, c.what from journal j join command c on c.id = j.command_id "
        "where j.entity = 'case' and j.field = 'opened' order by j.seq"
    )
    with record._reading() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_commands_that_put_a_case_out_say_so_once_and_others_do_not(tmp_path: Path) -> None:
    db = ("--db", tmp_path / "r.db", "--as", "Moira Prendle")
    assert panelkit("import", SAMPLES / "l2_review_carried_actions.toml", *db).returncode == 0
    for words in (("list",), ("verify",), ("where",), ("kpi",)):
        panelkit(*words, *db)
    record = Record.open(tmp_path / "r.db")
    assert openings(record) == []
    out = tmp_path / "out"
    told = [
        (("check", REF), "check"),
        (("minutes", REF, "--text"), "minutes, full"),
        (("export", REF, "-o", out.with_suffix(".toml"), "--reason", "invented"), "export"),
        (("audit", REF), "audit"),
        (("audit", REF, "--form", "K"), "an audit form"),
    ]
    expected: list[str] = []
    for words, how in told:
        done = panelkit(*words, *db)
        assert done.returncode in (0, 1), done.stderr
        expected += [how] * (3 if how == "export" else 1)
        assert [what for _who, what in openings(record)] == [f"opened: {w}" for w in expected]
    assert {who for who, _what in openings(record)} == {"Moira Prendle"}
    panelkit("audit", "--all", *db)
    assert len(openings(record)) == len(expected) + 3
    assert record.verify().is_good
    with record._reading() as connection:
        rows = connection.execute(
            text("select old_hash, new_hash from journal where field = 'opened'")
        )
        assert set(map(tuple, rows)) == {("", "")}, "no words, and no hash of any"


async def test_a_screen_is_one_opening_however_often_it_is_drawn(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    record = desk.caseload.record
    app = PanelkitApp(desk, ref=REF, crash_folder=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "one opening")
        await until(pilot, lambda: bool(openings(record)))
        for key in ("f4", "f3", "f9"):
            await hands.press(key)
        await hands.press("escape")
        await hands.leader("s")
        await hands.press("escape")
        await hands.leader("z")
        await settle(pilot)
        await hands.press("escape")
        await settle(pilot)
        assert openings(record) == [(desk.who, "opened: the meeting")]
        await hands.leader("q")
        await settle(pilot)
        await hands.press("f9")
        await settle(pilot)
        await pilot.pause(0.1)
        assert len(openings(record)) in (1, 2), "the row under the cursor may be another meeting"


def test_it_is_no_change_that_another_desk_would_follow(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    session = Session(desk.chairing, meeting)
    loads: list[str] = []
    load = desk.chairing.load
    desk.chairing.load = lambda ref: loads.append(ref) or load(ref)  # type: ignore[method-assign,func-returns-value]
    other = make_desk(tmp_path, who="Helen Tovey")
    Opening(other.caseload.record, other.clock, other.who).note([meeting], "the meeting")
    session.look()
    assert loads == []
    other.chairing.record_answer(other.caseload.find(meeting.ref), "A6", "index_offence", "words")
    session.look()
    assert loads == [meeting.id]
    assert session.meeting.text("A6", "index_offence") == "words"


def test_a_meeting_that_is_read_only_here_may_be_opened(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    desk.handing_over.hand_over(meeting, tmp_path / "away.pkh", "long enough for one", "Bob")
    opening = Opening(desk.caseload.record, desk.clock, desk.who)
    assert opening.note([meeting], "the meeting") == ""
    assert len(openings(desk.caseload.record)) == 1


async def test_a_locked_record_is_told_once_and_noted_when_it_is_free(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    other = Record.open(desk.caseload.record.path)
    app = PanelkitApp(desk, ref=meeting.ref, crash_folder=tmp_path)
    with ExitStack() as held:
        held.enter_context(writing(other.engine))
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: bool(app._notifications))
            told = [
                each.message for each in app._notifications if "not journaled yet" in each.message
            ]
            assert len(told) == 1
            assert openings(desk.caseload.record) == []
            held.close()
            await until(pilot, lambda: bool(openings(desk.caseload.record)), 20)
    assert openings(desk.caseload.record) == [(desk.who, "opened: the meeting")]


def test_a_command_on_a_locked_record_says_so_and_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    panelkit("import", SAMPLES / "l2_review_carried_actions.toml", "--db", db)
    with writing(Record.open(db).engine):
        done = panelkit("check", REF, "--db", db)
    assert "this opening is not journaled: Another program is writing" in done.stderr
    assert REF in done.stdout


@pytest.mark.reliability
def test_it_costs_little(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    opening = Opening(desk.caseload.record, desk.clock, desk.who)
    took = []
    for _ in range(50):
        begun = time.perf_counter()
        assert opening.note([meeting], "the meeting") == ""
        took.append(time.perf_counter() - begun)
    print(f"an opening: {sorted(took)[25] * 1000:.2f} ms, at most {max(took) * 1000:.2f} ms")
