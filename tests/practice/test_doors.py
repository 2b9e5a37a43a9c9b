"""A practice and a record never meet: every way in and out is tried, in both directions."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from panelkit import paths
from panelkit.domain.case import Case
from panelkit.domain.errors import Refused
from panelkit.domain.practice import REF
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from panelkit.packs.writer import write_pack
from panelkit.services import copies
from panelkit.services.handing_over import read_parcel
from panelkit.store.record import Record
from tests.commanding import in_process
from tests.desk import fresh_meeting, make_desk
from tests.practice.begun import begun, file_of, meeting_of, shelf


@pytest.fixture
def practice() -> Path:
    """A practice that was made and left."""
    begun("flat").caseload.record.close()
    return file_of("flat")


COMMANDS = (
    ("list",), ("run", "PRACTICE-3"), ("run", "PRACTICE-3", "--plain"), ("check", "PRACTICE-3"),
    ("minutes", "PRACTICE-3", "--text"), ("export", "PRACTICE-3"), ("backup", "copy.db"), ("verify",),
    ("audit", "--all"), ("hand-over", "PRACTICE-3", "--to", "X"),     ("desk",), ("dispose",), ("find", "flat"), ("kpi",), ("timeline", "PRACTICE"),
    ("import", "sample.toml"), ("encrypt",), ("distribute", "PRACTICE-3"),
    ("db", "copy", "PRACTICE", "postgresql://nobody@127.0.0.1:1/x?sslmode=verify-full"),
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_opens_a_practice_as_a_record(
    words: tuple[str, ...], practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(paths.shipped("sample_meetings") / "l2_initial.toml", tmp_path / "sample.toml")
    (tmp_path / "x.panelkit").write_bytes(b"nothing")
    before = practice.read_bytes()
    monkeypatch.setenv("PANELKIT_DB", str(practice))
    monkeypatch.setenv("PANELKIT_PASSPHRASE", "six words that nobody would guess")
    code, said = in_process(
        *(str(practice) if word == "PRACTICE" and words[0] == "db" else word for word in words)
    )
    assert code == 2, said
    assert "is a practice" in said
    assert practice.read_bytes() == before
    assert not (tmp_path / "copy.db").exists()


def test_a_practice_under_another_name_is_still_one(practice: Path, tmp_path: Path) -> None:
    moved = tmp_path / "record.db"
    shutil.copy(practice, moved)
    with pytest.raises(Refused, match="is a practice"):
        Record.open(moved)
    with pytest.raises(Refused, match="is a practice"):
        Record.open(moved, create=True)


def test_a_record_is_never_opened_to_practise_nor_thrown_away(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fresh_meeting(desk)
    desk.caseload.record.close()
    paths.practice_folder().mkdir(parents=True)
    real = file_of("flat")
    shutil.copy(tmp_path / "record.db", real)
    with pytest.raises(Refused, match="not a practice"):
        begun("flat")
    begun("flat", again=True).caseload.record.close()
    with pytest.raises(Refused, match="not a practice"):
        shelf().throw_away("flat")
    assert real.exists()
    assert file_of("flat", 2).exists()


def test_a_practice_of_one_scenario_is_not_opened_as_another(practice: Path) -> None:
    practice.rename(file_of("first"))
    with pytest.raises(Refused, match="practice of flat"):
        begun("first")


def test_nothing_of_a_practice_leaves_it_and_nothing_else_comes_in(tmp_path: Path) -> None:
    desk = begun("flat")
    meeting = meeting_of(desk)
    with pytest.raises(Refused, match="taken out as a pack"):
        desk.caseload.take_out(meeting.ref, "because")
    with pytest.raises(Refused, match="handed over"):
        desk.handing_over.hand_over(meeting, tmp_path / "out.panelkit", "a long passphrase here")
    assert not list(tmp_path.glob("*.panelkit"))
    case = Case(id="c", ref="WM-0001", category=Category.TWO, name="Invented", fiction=True)
    with pytest.raises(Refused, match="This is a practice"):
        desk.caseload.open_case(
            case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=meeting.held_on
        )
    other = make_desk(tmp_path / "other", samples=("l2_initial",))
    with pytest.raises(Refused, match="This is a practice"):
        desk.caseload.take_in([other.caseload.every()[0]])
    given = other.caseload.every()[0]
    words = "six words that nobody would guess"
    other.handing_over.hand_over(given, tmp_path / "given.panelkit", words)
    parcel = read_parcel((tmp_path / "given.panelkit").read_bytes(), words)
    with pytest.raises(Refused, match="practice"):
        desk.handing_over.receive(parcel)


def test_what_was_taken_out_of_a_practice_by_hand_is_not_taken_in(tmp_path: Path) -> None:
    """Somebody writes the pack with a program of their own."""
    practised = begun("flat")
    meeting = meeting_of(practised)
    pack = tmp_path / "practice.toml"
    pack.write_text(write_pack(meeting, practised.caseload.record.earlier(meeting)))
    real = make_desk(tmp_path / "real")
    with pytest.raises(Refused, match="belongs to a practice"):
        real.caseload.take_in([*practised.caseload.record.earlier(meeting), meeting])
    code, said = in_process("import", pack, "--db", tmp_path / "real" / "record.db")
    assert (code, real.caseload.every()) == (2, [])
    assert "belongs to a practice" in said
    for ref in (REF, "practice", "Practice"):
        case = dataclasses.replace(meeting.case, id=f"c{ref}", ref=ref, fiction=False)
        with pytest.raises(Refused, match="belongs to a practice"):
            real.caseload.open_case(
                case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=meeting.held_on
            )


def test_a_copy_of_a_practice_is_not_brought_back(practice: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(practice, copy)
    with pytest.raises(Refused, match="is a practice"):
        copies.restore(copy, tmp_path / "back.db")
    assert not (tmp_path / "back.db").exists()


def test_a_record_that_was_written_in_does_not_become_a_practice(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fresh_meeting(desk)
    record = desk.caseload.record
    with pytest.raises(Refused, match="written in"):
        record.mark_as_practice("flat", desk.caseload.by())
    with pytest.raises(Refused, match="practice alone"):
        record.keep_told("A1 1 0", desk.caseload.by())
    assert record.practised == ""


def test_a_record_whose_own_page_is_damaged_is_opened_all_the_same(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    desk.caseload.record.close()
    with sqlite3.connect(tmp_path / "record.db") as connection:
        connection.execute("ALTER TABLE care RENAME TO lost")
    record = Record.open(tmp_path / "record.db")
    assert record.find(meeting.ref) is not None
    record.close()


def test_a_kill_while_a_practice_is_made_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from panelkit.commands import practice as commands

    monkeypatch.setattr(commands, "_lay_out", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        begun("flat")
    assert list(paths.practice_folder().iterdir()) == []


def test_throwing_away_takes_every_attempt_and_nothing_else() -> None:
    for called, again in (("flat", False), ("flat", True), ("first", False)):
        begun(called, again=again).caseload.record.close()
    beside = paths.practice_folder() / "mine.txt"
    beside.write_text("mine")
    code, said = in_process("practice", "flat", "--throw-away")
    assert (code, "2 attempts" in said) == (0, True)
    assert sorted(p.name for p in paths.practice_folder().iterdir()) == ["first.1.db", "mine.txt"]
    listed = json.loads(in_process("practice", "--list", "--json")[1])["scenarios"]
    assert {one["id"]: len(one["attempts"]) for one in listed}["flat"] == 0
    assert in_process("practice", "flat", "--throw-away")[0] == 2
