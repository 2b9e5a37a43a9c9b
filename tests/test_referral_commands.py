"""Referrals, days given up and the board's meetings from the command line. All of it invented."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import PanelkitError
from panelkit.domain.people import Access
from panelkit.domain.vocabulary import EmergencyCause, Level, MeetingKind
from panelkit.services.desk import Desk
from panelkit.services.referrals import Referrals
from panelkit.store.keys import Opened
from panelkit.store.record import Record
from panelkit.tui.screens.homeboard import read_board
from tests.desk import CHAIR, fresh_meeting, make_desk

PLANNED = date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = make_desk(tmp_path)
    fresh_meeting(desk, "HM-1")
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    return desk


def run(*argv: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli.app, [*argv, "--as", CHAIR])
    if isinstance(result.exception, PanelkitError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def received() -> None:
    run("referral", "add", "--from", "Harrowmere Police", "--agency", "pol", "--level", "3", "--on", "2026-05-01")  # fmt: skip


def test_a_referral_from_its_receipt_to_its_case(desk: Desk) -> None:
    received()
    assert "R-0001" in run("referral", "list", "--waiting")
    run("referral", "decide", "R-1", "more-information", "--reason", "no_plan", "--on", "2026-05-04", "--words", "the plan of 2024 is meant")  # fmt: skip
    assert "R-0001" in run("referral", "list", "--waiting"), "it still waits"
    run("referral", "decide", "r-0001", "another_level", "--reason", "adds_value", "--on", "2026-05-20", "--level", "2")  # fmt: skip
    assert "led to HM-1" in run("referral", "case", "R-0001", "HM-1")
    (told,) = json.loads(run("referral", "list", "--json"))["referrals"]
    assert (told["state"], told["case"]) == ("accepted at another level", "HM-1")
    assert (told["level_asked"], told["screening"][1]["level_given"]) == ("3", "2")
    assert [one["decision"] for one in told["screening"]] == ["more_information", "another_level"]
    assert "No referral waits" in run("referral", "list", "--waiting")
    for argv, said in (
        (["undo", "R-1", "--because", "x"], "led to a case"),
        (["withdraw", "R-1", "--because", "x"], "led to a case"),
    ):
        with pytest.raises(PanelkitError, match=said):
            run("referral", *argv)
    run("referral", "case", "R-1")
    run("referral", "undo", "R-1", "--because", "another person")
    run("referral", "clear", "R-1")
    (told,) = json.loads(run("referral", "list", "--json"))["referrals"]
    assert (told["state"], told["case"]) == ("more information asked for", "")
    assert {one["words"] for one in told["screening"]} == {""}
    run("referral", "withdraw", "R-1", "--because", "typed twice")
    assert "withdrawn" in run("referral", "list")
    assert desk.caseload.record.verify().is_good


def test_a_referral_of_a_hidden_case_is_hidden_with_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    received()
    run("referral", "decide", "R-1", "accepted", "--reason", "senior", "--on", "2026-05-20", "--level", "3")  # fmt: skip
    run("referral", "case", "R-1", "HM-1")
    record = desk.caseload.record
    case = record.case("HM-1")
    with record._writing() as connection:
        connection.exec_driver_sql("insert into person (id, name, roles, mark, state, revision) values ('p1', 'Omar Okafor', 'coordinator', '', 'here', 1)")  # fmt: skip
        connection.exec_driver_sql(f"insert into access values ('a', '{case.id}', 'p1', '{Access.BARRED}')")  # fmt: skip
    other = Record.open(record.path, opened=Opened(person="p1"))
    assert other.referrals() == ()
    assert len(record.referrals()) == 1
    assert len(other.accepted_on()) == 1, "it is counted all the same"
    other.close()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["add", "--from", "A", "--agency", "POL", "--level", "1", "--on", "2026-05-01"], "Level 1 is not asked for"),
        (["add", "--from", "A", "--agency", "POL", "--level", "2", "--on", "2099-05-01"], "still to come"),
        (["add", "--from", " ", "--agency", "POL", "--level", "2", "--on", "2026-05-01"], "Say which organisation"),
        (["add", "--from", "A", "--agency", "XYZ", "--level", "2", "--on", "2026-05-01"], "There is no such agency"),
        (["add", "--from", "A", "--agency", "LAY", "--level", "2", "--on", "2026-05-01"], "Lay adviser makes no referrals"),
        (["add", "--from", "A", "--agency", "POL", "--level", "2", "--on", "May"], "--on is a day"),
        (["decide", "R-9", "accepted", "--reason", "senior", "--on", "2026-05-02", "--level", "2"], "no referral R-9"),
        (["decide", "R-1", "perhaps", "--reason", "senior", "--on", "2026-05-02"], "There is no such decision"),
        (["decide", "R-1", "accepted", "--reason", "because", "--on", "2026-05-02"], "There is no such reason"),
        (["decide", "R-1", "accepted", "--reason", "adds_value", "--on", "2026-04-30", "--level", "2"], "before it was received"),
        (["decide", "R-1", "accepted", "--reason", "adds_value", "--on", "2099-04-30", "--level", "2"], "still to come"),
        (["decide", "R-1", "accepted", "--reason", "adds_value", "--on", "2026-05-02", "--level", "2"], "R-0001 asks for Level 3"),
        (["decide", "R-1", "another_level", "--reason", "lower_enough", "--on", "2026-05-02", "--level", "3"], "Level 3 is the level that R-0001 asks for"),
        (["decide", "R-1", "accepted", "--reason", "senior", "--on", "2026-05-02", "--test", "eligible=no"], "not eligible cannot be accepted"),
        (["decide", "R-1", "accepted", "--reason", "senior", "--on", "2026-05-02", "--test", "adds_value=no"], "tests of Level 3, as they are answered, are not met"),
        (["decide", "R-1", "rejected", "--reason", "not_eligible", "--on", "2026-05-02", "--test", "eligible=yes"], "eligible is answered with yes"),
        (["decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-05-02", "--test", "luck=yes"], "There is no such test"),
        (["decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-05-02", "--test", "high_risk=perhaps"], "There is no such answer"),
        (["letter", "R-1", "-o", "."], "not screened yet"),
        (["decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-05-02", "--level", "2"], "A level is given where"),
        (["decide", "R-1", "rejected", "--reason", "adds_value", "--on", "2026-05-02"], "is no reason for: rejected"),
        (["decide", "R-1", "rejected", "--reason", "other", "--on", "2026-05-02"], "needs its words"),
        (["undo", "R-1", "--because", "x"], "not screened yet"),
        (["clear", "R-1"], "no words to empty"),
        (["case", "R-1", "HM-1"], "was not accepted"),
        (["case", "R-1", "HM-7"], "no case HM-7"),
        (["withdraw", "R-1", "--because", " "], "Say why"),
    ],
)  # fmt: skip
def test_a_referral_that_cannot_be_so_is_named_and_not_stored(desk: Desk, argv: list[str], said: str) -> None:  # fmt: skip
    received()
    before = desk.caseload.record.head()
    with pytest.raises(PanelkitError) as failed:
        run("referral", *argv)
    assert said in failed.value.sentence
    assert "\n" not in failed.value.sentence
    assert failed.value.exit_code == 2
    assert desk.caseload.record.head() == before


def test_an_answered_referral_is_answered_once_and_in_order(desk: Desk) -> None:
    received()
    verbs = Referrals(desk.caseload.record, desk.clock, CHAIR)
    run("referral", "decide", "R-1", "more_information", "--reason", "no_plan", "--on", "2026-05-09")  # fmt: skip
    with pytest.raises(PanelkitError, match="before its last decision, of 9 May 2026"):
        run("referral", "decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-05-08")
    run("referral", "decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-05-10")
    with pytest.raises(PanelkitError, match="was rejected on 10 May 2026"):
        run("referral", "decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-05-11")
    assert len(verbs.find("R-1").screening) == 2


# -- days given up ----------------------------------------------------------------------------


def home(desk: Desk) -> tuple[str, ...]:
    """The cells of the one meeting on the home screen."""
    return next(row.cells for row in read_board(desk).rows() if row.id == "HM-1-1")


def test_a_meeting_is_postponed_and_the_day_is_given_back(desk: Desk) -> None:
    sitting = desk.planning.plan(PLANNED, time(9))
    desk.planning.add(sitting, "HM-1-1")
    told = run("meeting", "postpone", "HM-1-1", "--to", "2026-12-01", "--reason", "reports")
    assert "Postponed from 23 November 2026 to 1 December 2026: Reports not there" in told
    assert "postponed to 1 December 2026" in run("list")
    assert home(desk)[4:] == ("postponed", "postponed to 1 December 2026; nothing waits")
    meeting = desk.caseload.find("HM-1-1")
    assert (meeting.held_on, meeting.sitting) == (date(2026, 12, 1), "")
    run("meeting", "postpone", "HM-1-1", "--to", "2026-12-08", "--reason", "staffing")
    with pytest.raises(PanelkitError, match="put off again since"):
        run("meeting", "undo", "HM-1-1", "1", "--because", "x")
    run("meeting", "undo", "HM-1-1", "2", "--because", "it was another case")
    assert desk.caseload.find("HM-1-1").held_on == date(2026, 12, 1)
    told = json.loads(run("meeting", "days", "HM-1-1", "--json"))
    assert told["cancelled"] is False
    assert [one["withdrawn"] for one in told["put_off"]] == ["", "it was another case"]


def test_a_cancelled_meeting_stays_and_is_planned_again(desk: Desk) -> None:
    run("meeting", "cancel", "HM-1-1", "--reason", "other", "--words", "the building was shut")
    assert "cancelled" in run("meeting", "days", "HM-1-1").splitlines()[0]
    assert json.loads(run("list", "--json"))["meetings"][0]["standing"] == "cancelled"
    assert home(desk)[4:] == ("cancelled", "F5 plans it again")
    assert "cancelled" in run("timeline", "HM-1")
    with pytest.raises(PanelkitError, match="stands cancelled already"):
        run("meeting", "cancel", "HM-1-1", "--reason", "staffing")
    again = {"level": Level.THREE, "kind": MeetingKind.REVIEW}
    with pytest.raises(PanelkitError, match="cancelled for that day"):
        desk.caseload.open_next("HM-1", held_on=PLANNED, **again)
    with pytest.raises(PanelkitError, match="Level 1"):
        desk.caseload.open_next("HM-1", held_on=date(2026, 12, 2), level=Level.ONE, kind=MeetingKind.REVIEW)  # fmt: skip
    made = desk.caseload.open_next("HM-1", held_on=date(2026, 12, 2), **again)
    stored = desk.caseload.find("HM-1-1")
    assert (made.ref, stored.level, stored.kind) == ("HM-1-1", Level.THREE, MeetingKind.INITIAL)
    assert "not started" in run("meeting", "days", "HM-1-1").splitlines()[0]
    with pytest.raises(PanelkitError, match="not started"):
        desk.caseload.open_next("HM-1", held_on=date(2026, 12, 9), **again)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["cancel", "HM-9-1", "--reason", "staffing"], "no meeting HM-9-1"),
        (["cancel", "HM-1-1", "--reason", "rain"], "There is no such reason"),
        (["cancel", "HM-1-1", "--reason", "other"], "needs its words"),
        (["cancel", "HM-1-1", "--reason", "staffing", "--on", "2099-01-01"], "still to come"),
        (["postpone", "HM-1-1", "--to", "2026-11-23", "--reason", "staffing"], "postponed to a later day"),
        (["postpone", "HM-1-1", "--to", "2026-12-23", "--reason", "not_needed"], "cancelled, not postponed"),
        (["undo", "HM-1-1", "1", "--because", "x"], "has no line 1"),
        (["cause", "HM-1-1", "threat"], "no emergency panel"),
        (["cause", "HM-1-1", "weather"], "There is no such cause"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_given_up_is_named(desk: Desk, argv: list[str], said: str) -> None:
    before = desk.caseload.record.head()
    with pytest.raises(PanelkitError) as failed:
        run("meeting", *argv)
    assert said in failed.value.sentence
    assert desk.caseload.record.head() == before


def test_a_meeting_that_has_begun_is_not_put_off(desk: Desk) -> None:
    desk.chairing.start(desk.caseload.find("HM-1-1"))
    with pytest.raises(PanelkitError, match="in progress: it was not put off"):
        run("meeting", "cancel", "HM-1-1", "--reason", "staffing")


def test_why_an_emergency_panel_was_called_is_the_code_at_a1(desk: Desk) -> None:
    fresh_meeting(desk, "HM-2", MeetingKind.EMERGENCY)
    run("meeting", "cause", "HM-2-1", "late_review")
    found = desk.caseload.find("HM-2-1")
    assert found.chosen("A1", "emergency_cause", EmergencyCause) is EmergencyCause.LATE_REVIEW


# -- the board --------------------------------------------------------------------------------


def test_the_board_and_who_came(desk: Desk) -> None:
    run("smb", "add", "2026-06-01")
    run("smb", "came", "2026-06-01", "Harrowmere Police", "POL", "apologies")
    told = run("smb", "came", "2026-06-01", "harrowmere police", "POL", "deputy")
    assert told.splitlines()[1:] == ["  Harrowmere Police (Police): deputy attended"]
    (one,) = json.loads(run("smb", "list", "--json"))["meetings"]
    assert one["attendance"] == [{"organisation": "Harrowmere Police", "agency": "POL", "presence": "deputy", "came": True}]  # fmt: skip
    run("smb", "withdraw", "2026-06-01", "--because", "it was put off")
    assert "Withdrawn: it was put off" in run("smb", "list")
    run("smb", "withdraw", "2026-06-01")
    assert "Withdrawn" not in run("smb", "list")
    for argv, said in (
        (["add", "2026-06-01"], "there already"), (["add", "2099-06-01"], "still to come"),
        (["came", "2026-07-01", "A", "POL", "attended"], "No meeting of the board"),
        (["came", "2026-06-01", "A", "LAY", "attended"], "their attendance is no key figure"),
        (["came", "2026-06-01", "A", "POL", "asleep"], "no such presence"),
        (["withdraw", "2026-06-01"], "Say why"),
    ):  # fmt: skip
        with pytest.raises(PanelkitError, match=said):
            run("smb", *argv)
