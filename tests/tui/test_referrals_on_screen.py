"""Referrals, the board's meetings and days given up, key by key; what is asserted is what was stored.

Everything is invented.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.errors import NotSaved
from panelkit.domain.people import Role
from panelkit.domain.put_off import PutOffKind, PutOffReason
from panelkit.domain.referrals import Claimed, Screened, ScreenedBecause
from panelkit.domain.screening import Check
from panelkit.domain.smb import BoardPresence
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level, MeetingKind
from panelkit.services.desk import Desk
from panelkit.services.smb import BoardMeetings
from panelkit.tui.masking import NOT_SHARED
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.board.attendance import AttendanceForm
from panelkit.tui.screens.board.meetings import BoardList
from panelkit.tui.screens.curtain import Curtain
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.screens.newmeeting import NewMeeting
from panelkit.tui.screens.putoff.days import PutOffDays
from panelkit.tui.screens.putoff.forms import CauseForm, PutOffForm
from panelkit.tui.screens.referrals.forms import LedToForm, ReferralForm, ScreenForm
from panelkit.tui.screens.referrals.queue import ReferralList
from panelkit.tui.screens.referrals.reading import FileForm, ReadIn
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import fresh_meeting, make_desk
from tests.tui.program import Program, settle
from tests.tui.test_roles import desk_as
from tests.tui.test_statistics import fill, wrong

POLICE = "Harrowmere Police"
OTHER = "Omar Okafor"
ORGANISATIONS = (
    (POLICE, AgencyType.POL), ("Probation Service Harrowmere", AgencyType.PRB),
    ("Harrowmere lay advisers", AgencyType.LAY),
)  # fmt: skip
"""Of the area: two that count, and one that does not."""


def desk_with(folder: Path, *refs: str) -> Desk:
    """An area that names its organisations, and a planned meeting of each case."""
    desk = make_desk(folder)
    area = dataclasses.replace(desk.area, organisations=ORGANISATIONS)
    for ref in refs:
        fresh_meeting(desk, ref)
    return dataclasses.replace(desk, area=area)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """One key after another; what a key other than a letter opens is there before the next."""
    await pilot.pause()
    for key in keys:
        await pilot.press(key)
        if len(key) > 1:
            await pilot.pause()
    await settle(pilot)


async def to_row(pilot: Pilot[None], app: Program, row: str) -> None:
    """The cursor to a row, with arrows alone."""
    rows = app.screen.query_one(RowList)
    for _ in range(rows.option_count):
        if rows.current == row:
            return
        await press(pilot, "down")
    assert rows.current == row


def said(app: Program) -> str:
    """What the list says under it."""
    return str(app.screen.query_one(".said", Static).content)


def standing(form: Screen[str]) -> str:
    """What the form says of the tests, as they are answered."""
    return str(form.query_one("#standing", Static).content)


# -- referrals ----------------------------------------------------------------------------


async def test_a_referral_is_recorded_screened_and_linked_with_keys(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f5", *"referral", "enter")
        assert isinstance(app.screen, Listing)
        assert "lay advisers" not in app.shown(), "who makes no referrals is not offered"
        await press(pilot, *"pol", "enter")
        form = app.screen
        assert isinstance(form, ReferralForm)
        assert "Ctrl+S keeps it" in app.shown()
        assert POLICE in app.shown()
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"level": "Which level was asked for?"}
        await fill(pilot, form, level="2", received="24 November 2026")
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"received": "Received on: 24 November 2026 is still to come."}
        assert desk.referrals.every() == ()
        await fill(pilot, form, received="12 November 2026")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReferralList)
        assert "R-0001 is kept. An answer is due by 19 November 2026." in said(app)
        (one,) = desk.referrals.every()
        assert (one.organisation, one.agency, one.level_asked) == (POLICE, AgencyType.POL, Level.THREE)  # fmt: skip
        assert one.received_on == date(2026, 11, 12)
        assert "LATE, 7 days" in app.shown(), "working days, of five"

        await to_row(pilot, app, "R-0001")
        await press(pilot, "enter")
        form = app.screen
        assert isinstance(form, ScreenForm)
        assert not form.query_one("#because").display, "reasons depend on the decision"
        await fill(pilot, form, decision="3", because="2")
        await press(pilot, "ctrl+s")
        assert "It still waits" in said(app)
        assert "information asked for" in app.shown()
        await press(pilot, "enter")
        form = app.screen
        await fill(pilot, form, decision="2", because="2")
        assert standing(form).endswith("The tests of Level 2, as answered: not known yet.")
        await press(pilot, "ctrl+s")
        assert "R-0001 is accepted at another level: Level 2. l writes the letter." in said(app)
        (one,) = desk.referrals.every()
        assert [s.decision for s in one.screening] == [
            Screened.MORE_INFORMATION, Screened.ANOTHER_LEVEL,
        ]  # fmt: skip
        assert one.screening[0].because is ScreenedBecause.NO_PLAN
        assert (one.screening[1].because, one.screening[1].level_given) == (ScreenedBecause.SENIOR, Level.TWO)  # fmt: skip
        assert one.screening[1].decided_on == date(2026, 11, 23)
        assert "ACCEPTED, NO CASE YET" in app.shown()
        assert "First meeting due 21 Dec 2026" in app.shown()

        await press(pilot, "enter")
        assert "was accepted at another level on 23 November 2026. u takes that back" in said(app)
        await press(pilot, "c")
        form = app.screen
        assert isinstance(form, LedToForm)
        await fill(pilot, form, case="HM-7")
        await press(pilot, "enter")
        assert "no case HM-7" in wrong(form)["case"]
        await fill(pilot, form, case="HM-1")
        await press(pilot, "enter")
        assert "R-0001 led to HM-1." in said(app)
        (one,) = desk.referrals.every()
        assert desk.referrals.case_refs([one]) == {one.case_id: "HM-1"}
        assert desk.caseload.record.verify().is_good


async def test_what_was_said_of_a_referral_is_taken_back_and_its_words_emptied(tmp_path: Path) -> None:  # fmt: skip
    desk = desk_with(tmp_path)
    for _ in range(2):
        desk.referrals.receive(date(2026, 11, 2), POLICE, AgencyType.POL, Level.TWO)
    desk.referrals.decide(
        "R-1", Screened.REJECTED, ScreenedBecause.OTHER, date(2026, 11, 3), words="said on the telephone"
    )  # fmt: skip
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f4")
        assert app.screen.query_one(RowList).current == "R-0002", "the one that waits comes first"
        await to_row(pilot, app, "R-0001")
        await press(pilot, "e", *"yes", "enter")
        assert desk.referrals.find("R-1").screening[0].words == ""
        await press(pilot, "u")
        form = app.screen
        assert isinstance(form, Because)
        await press(pilot, "ctrl+s")
        assert "Say why" in wrong(form)["because"]
        await press(pilot, *"wrong", "enter")
        one = desk.referrals.find("R-1")
        assert (one.screening[0].withdrawn, one.waits) == ("wrong", True)
        assert "TAKEN BACK: wrong" in app.shown()
        await to_row(pilot, app, "R-0001")
        await press(pilot, "delete", *"twice", "enter")
        assert desk.referrals.find("R-1").withdrawn == "twice"
        assert "WITHDRAWN: twice" in app.shown()
        for key, answer in (("enter", "was withdrawn: twice"), ("c", "not accepted"), ("u", "not screened"), ("e", "no words"), ("delete", "was withdrawn")):  # fmt: skip
            await to_row(pilot, app, "R-0001")
            await press(pilot, key)
            assert isinstance(app.screen, ReferralList), key
            assert answer in said(app), key


async def test_home_says_how_many_referrals_wait_and_opens_them(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    for day in (2, 20):
        desk.referrals.receive(date(2026, 11, day), POLICE, AgencyType.POL, Level.TWO)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "1 longer than 5 working days" in app.shown()
        assert POLICE not in app.shown()
        await press(pilot, "enter")
        assert isinstance(app.screen, ReferralList)
        for key in ("n a new one", "c its case", "u takes", "e empties", "Delete", "Esc back"):
            assert key in " ".join(app.shown().replace("│", " ").split()), key
        await press(pilot, "escape")
        for ref in ("R-1", "R-2"):
            desk.referrals.withdraw(ref, "typed twice")
        app.screen.follow()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "REFERRALS" not in app.shown()


async def test_which_earlier_referral_was_of_the_same_individual_is_chosen_without_a_name(tmp_path: Path) -> None:  # fmt: skip
    desk = desk_with(tmp_path)
    for day in (2, 9, 16):
        desk.referrals.receive(date(2026, 11, day), POLICE, AgencyType.POL, Level.TWO)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f4")
        await to_row(pilot, app, "R-0001")
        await press(pilot, "a")
        assert said(app) == "No referral came before R-0001."
        await to_row(pilot, app, "R-0003")
        await press(pilot, "a")
        offered = app.screen
        assert isinstance(offered, Listing)
        assert [row.id for row in offered.query_one(RowList).shown] == ["R-0002", "R-0001"]
        await press(pilot, "down", "enter")
        assert said(app) == "R-0003 is about the same individual as R-0001."
        assert "The same individual as R-0001." in app.shown()
        first, _second, third = desk.referrals.every()
        (kept,) = desk.caseload.record.referred_again()
        assert (kept.referral_id, kept.earlier_id) == (third.id, first.id)
        await press(pilot, "a", "down", "enter")
        assert "said of R-0003 already" in said(app)
        await press(pilot, "a", *"none", "enter")
        assert "about nobody who was referred before" in said(app)
        assert "The same individual" not in app.shown()
        assert [one.earlier_id for one in desk.caseload.record.referred_again()] == [""]


async def test_a_decision_that_somebody_made_meanwhile_is_never_overwritten_unseen(tmp_path: Path) -> None:  # fmt: skip
    desk = desk_with(tmp_path)
    desk.referrals.receive(date(2026, 11, 2), POLICE, AgencyType.POL, Level.TWO)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f4", "enter")
        form = app.screen
        assert isinstance(form, ScreenForm)
        desk.acting_as(OTHER).referrals.decide(
            "R-1", Screened.MORE_INFORMATION, ScreenedBecause.NO_PLAN, date(2026, 11, 9)
        )
        await fill(pilot, form, decision="4", because="1", day="8 November 2026")
        await press(pilot, "ctrl+s")
        assert app.screen is form, "what was typed stays"
        assert "changed by somebody else meanwhile" in wrong(form)[""]
        assert len(desk.referrals.find("R-1").screening) == 1
        await press(pilot, "escape")
        assert app.screen is form, "asked first: what was typed is not kept"
        await press(pilot, "escape", "escape")
        await press(pilot, "f4", "enter")
        form = app.screen
        assert isinstance(form, ScreenForm)
        await fill(pilot, form, decision="4", because="1", day="8 November 2026")
        await press(pilot, "ctrl+s")
        assert "before its last decision" in wrong(form)["day"]
        assert "panelkit" not in " ".join(wrong(form).values())
        await fill(pilot, form, because="o", day="10 November 2026")
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"words": "Another reason needs its words."}
        await fill(pilot, form, decision="1")
        assert form.query_one("#because", Choice).picked == ("other",), (
            "it is a reason here as well"
        )
        await fill(pilot, form, decision="4", because="2")
        await fill(pilot, form, decision="1")
        assert form.query_one("#because", Choice).picked == (), "no reason of this decision"


async def test_a_referral_is_screened_against_the_tests_and_answered_by_letter(tmp_path: Path) -> None:  # fmt: skip
    desk = desk_with(tmp_path)
    claimed = Claimed(Category.TWO, None, AgeGroup.CHILD, {Check.VALUE: "yes: three agencies"})
    desk.referrals.receive(date(2026, 11, 16), POLICE, AgencyType.POL, Level.TWO, claimed=claimed)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "f4")
        assert "Claimed: Category 2, a child." in app.shown()
        await press(pilot, "l")
        assert "not screened yet" in said(app)
        await press(pilot, "enter")
        form = app.screen
        assert isinstance(form, ScreenForm)
        asked = [str(each.content) for each in form.query(Static)]
        assert any("the referrer says Yes: three agencies" in each for each in asked)
        assert not form.query("#resources"), "what needs seniors is asked of Level 3"
        assert standing(form) == "The tests of Level 2, as answered: not known yet."
        await fill(
            pilot,
            form,
            adds_value="2",
            **{"adds_value-why": "two of them do it already", "high_risk-why": "x"},
        )
        assert standing(form) == "The tests of Level 2, as answered: not met."
        await fill(pilot, form, decision="1", because="1")
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"high_risk": "Say yes, no or not known beside its reason."}
        await fill(pilot, form, high_risk="1", eligible="1")
        await press(pilot, "ctrl+s")
        assert "as they are answered, are not met. Say in words" in wrong(form)["decision"]
        assert desk.referrals.find("R-1").screening == ()
        await fill(pilot, form, decision="4", because="1")
        await press(pilot, "ctrl+s")
        assert "eligible is answered with yes" in wrong(form)["decision"]
        await fill(pilot, form, because="2")
        await press(pilot, "ctrl+s")
        assert "R-0001 is rejected. l writes the letter." in said(app)
        (one,) = desk.referrals.find("R-1").screening
        assert (one.decision, one.because) == (Screened.REJECTED, ScreenedBecause.LEVEL_ONE)
        assert one.answers == {
            Check.ELIGIBLE: "yes", Check.VALUE: "no: two of them do it already", Check.HIGH: "yes: x",
        }  # fmt: skip
        await to_row(pilot, app, "R-0001")
        await press(pilot, "l")
        written = desk.documents / "R-0001_letter.docx"
        assert str(written) in "".join(said(app).split())
        assert "is not accepted" in "\n".join(p.text for p in Document(str(written)).paragraphs)
        await press(pilot, "f")
        assert (desk.documents / "referral_form.docx").is_file()


async def test_what_is_in_a_file_is_shown_first_and_kept_with_a_key(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    path = tmp_path / "r.csv"
    good = f"{POLICE},POL,2,2026-11-20,1990-02-03,adult\n"
    child = f"{POLICE},POL,3,2026-11-20,2011-02-03,adult\n"
    heads = "organisation,agency,level,received_on,date_of_birth,age\n"
    path.write_text(heads + good + child, encoding="utf-8")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f5", *"referral", "enter", "escape")
        app.screen.query_one(RowList).focus()
        await press(pilot, "r")
        form = app.screen
        assert isinstance(form, FileForm)
        await fill(pilot, form, file=str(tmp_path / "gone.csv"))
        await press(pilot, "ctrl+s")
        assert "There is no file" in wrong(form)["file"]
        await fill(pilot, form, file=str(path))
        await press(pilot, "ctrl+s")
        shown = app.screen
        assert isinstance(shown, ReadIn)
        assert "1 of 2 cannot be kept as it is: nothing is kept" in app.shown()
        assert "line 3, column F" in app.shown()
        assert "is marked as an adult" in " ".join(app.shown().split())
        await press(pilot, "ctrl+s")
        assert app.screen is shown
        assert "Nothing is kept while" in said(app)
        assert desk.referrals.every() == ()
        await press(pilot, "escape")
        path.write_text(heads + good + child.replace("adult", "child"), encoding="utf-8")
        await press(pilot, "r")
        form = app.screen
        assert isinstance(form, FileForm)
        await fill(pilot, form, file=str(path))
        await press(pilot, "ctrl+s")
        assert "2 referrals understood, nothing kept yet" in app.shown()
        assert desk.referrals.every() == ()
        await press(pilot, "ctrl+s")
        assert "R-0001, R-0002 are kept." in said(app)
        assert [one.age for one in desk.referrals.every()] == [AgeGroup.ADULT, AgeGroup.CHILD]
        assert "not screened yet" in app.shown()


async def test_a_child_and_a_case_that_is_there_already_are_named_beside_their_line(tmp_path: Path) -> None:  # fmt: skip
    desk = desk_with(tmp_path, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "f5", *"referral", "enter", *"pol", "enter")
        form = app.screen
        assert isinstance(form, ReferralForm)
        await fill(
            pilot, form, level="1", age="2", born="3 February 2012", case="HM-1",
            received="12 November 2026",
        )  # fmt: skip
        await press(pilot, "ctrl+s")
        assert "is marked as an adult" in wrong(form)["age"]
        await fill(pilot, form, born="3 February 1812")
        await press(pilot, "ctrl+s")
        assert "not one of somebody alive" in wrong(form)["born"]
        await fill(pilot, form, age="1", born="3 February 2012")
        await press(pilot, "ctrl+s")
        assert "HM-1 has a Level 2 meeting already: HM-1-1" in wrong(form)["case"]
        assert "Hold a review of it" in wrong(form)["case"]
        assert desk.referrals.every() == ()
        await fill(pilot, form, case="")
        await press(pilot, "ctrl+s")
        (one,) = desk.referrals.every()
        assert (one.age, one.case_id) == (AgeGroup.CHILD, "")


# -- the board ----------------------------------------------------------------------------


async def test_a_meeting_of_the_board_with_who_came(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+f", "b")
        assert "no meeting yet" in app.shown()
        await press(pilot, "n")
        form = app.screen
        assert isinstance(form, AttendanceForm)
        assert "A meeting of the Strategic Management Board" in app.shown(), "it opens at its title"
        assert "lay advisers\n" not in app.shown()
        await press(pilot, "ctrl+s")
        assert "which day?" in wrong(form)["day"]
        assert desk.board_meetings.every() == ()
        await press(pilot, *"1", "space", *"june", "space", *"2026", "enter", "2", "enter", "4")
        await fill(pilot, form, other="Harrowmere Housing", kind="l")
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"other-came": "Did it come?"}
        await fill(pilot, form, **{"other-came": "1"})
        await press(pilot, "ctrl+s")
        assert "Board of 1 June 2026: 3 organisations written down." in said(app)
        (board,) = desk.board_meetings.every()
        assert {r.organisation: (r.agency, r.presence) for r in board.there} == {
            POLICE: (AgencyType.POL, BoardPresence.DEPUTY),
            "Probation Service Harrowmere": (AgencyType.PRB, BoardPresence.ABSENT),
            "Harrowmere Housing": (AgencyType.LHA, BoardPresence.ATTENDED),
        }
        assert "2 of 3 came" in app.shown()

        await to_row(pilot, app, board.id)
        await press(pilot, "enter")
        form = app.screen
        assert isinstance(form, AttendanceForm)
        await press(pilot, "ctrl+s")
        assert "Nothing differs" in " ".join(wrong(form).values())
        names = [one.organisation for one in form.asked_of]
        await fill(pilot, form, **{f"came{names.index(POLICE)}": "1"})
        form.query_one(f"#came{names.index('Harrowmere Housing')}").focus()
        await press(pilot, "delete", "ctrl+s")
        assert "it was: attended" in wrong(form)[f"came{names.index('Harrowmere Housing')}"]
        assert desk.board_meetings.every()[0] == board, "nothing is kept of a form that is refused"
        await press(pilot, "1", "ctrl+s")
        (board,) = desk.board_meetings.every()
        row = board.row_of(POLICE)
        assert row is not None
        assert row.presence is BoardPresence.ATTENDED

        await to_row(pilot, app, board.id)
        await press(pilot, "delete", *"cancelled", "enter")
        assert desk.board_meetings.every()[0].withdrawn == "cancelled"
        await press(pilot, "enter")
        assert "Delete brings it back" in said(app)
        await press(pilot, "delete", *"yes", "enter")
        assert desk.board_meetings.every()[0].is_live
        await press(pilot, "n")
        form = app.screen
        assert isinstance(form, AttendanceForm)
        assert form.asked_of[0].organisation == "Harrowmere Housing", "who sat last time"
        await press(pilot, *"1", "space", *"june", "space", *"2026", "ctrl+s")
        assert "is there already" in wrong(form)["day"]


async def test_a_board_that_was_kept_half_way_is_finished_by_keeping_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_with(tmp_path)
    real, told = BoardMeetings.came, []

    def fails_once(self: BoardMeetings, *said: object) -> object:
        told.append(said)
        if len(told) == 2:
            raise NotSaved("The disk is full.")
        return real(self, *said)  # type: ignore[arg-type]

    monkeypatch.setattr(BoardMeetings, "came", fails_once)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+f", "b", "n")
        form = app.screen
        assert isinstance(form, AttendanceForm)
        await fill(pilot, form, day="1 June 2026", came0="1", came1="3")
        await press(pilot, "ctrl+s")
        assert app.screen is form
        assert "The disk is full." in wrong(form)[""]
        await fill(pilot, form, day="2 June 2026")
        await press(pilot, "ctrl+s")
        assert "kept for 1 June 2026" in wrong(form)["day"]
        await fill(pilot, form, day="1 June 2026", came0="2")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, BoardList), "what it kept itself is nobody else's"
        (board,) = desk.board_meetings.every()
        assert {r.presence: r.revision for r in board.there} == {
            BoardPresence.DEPUTY: 2, BoardPresence.APOLOGIES: 1,
        }  # fmt: skip
        await to_row(pilot, app, board.id)
        await press(pilot, "enter")
        form = app.screen
        assert isinstance(form, AttendanceForm)
        other = desk.acting_as(OTHER).board_meetings
        other.came(board.held_on, POLICE, AgencyType.POL, BoardPresence.ABSENT)
        await fill(pilot, form, came0="1")
        await press(pilot, "ctrl+s")
        assert "somebody else wrote down “Absent” meanwhile" in wrong(form)[""]
        row = desk.board_meetings.every()[0].row_of(POLICE)
        assert row is not None
        assert row.presence is BoardPresence.ABSENT


# -- days given up ------------------------------------------------------------------------


async def test_a_meeting_is_postponed_cancelled_and_both_taken_back(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, "HM-1")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3")
        assert isinstance(app.screen, PutOffDays)
        assert "It was never put off." in app.shown()
        await press(pilot, "down", "enter")
        form = app.screen
        assert isinstance(form, PutOffForm)
        assert "No longer needed" not in app.shown(), "that is cancelled, not postponed"
        await fill(pilot, form, held="23 November 2026", reason="2")
        await press(pilot, "ctrl+s")
        assert "a later day" in wrong(form)["held"]
        assert desk.putting_off.of("HM-1-1")[1] == ()
        await fill(pilot, form, held="7 December")
        await press(pilot, "ctrl+s")
        assert "HM-1-1 is held on Monday 7 December 2026 instead." in said(app)
        meeting, (line,) = desk.putting_off.of("HM-1-1")
        assert meeting.held_on == date(2026, 12, 7)
        assert (line.kind, line.reason) == (PutOffKind.POSTPONED, PutOffReason.STAFFING)
        await to_row(pilot, app, line.id)
        await press(pilot, "delete", *"it", "space", *"stands", "enter")
        meeting, (line,) = desk.putting_off.of("HM-1-1")
        assert (meeting.held_on, line.withdrawn) == (date(2026, 11, 23), "it stands")

        await press(pilot, "home", "enter")
        form = app.screen
        assert isinstance(form, PutOffForm)
        await fill(pilot, form, reason="9")
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"words": "Another reason needs its words."}
        await fill(pilot, form, words="a flood")
        await press(pilot, "ctrl+s")
        assert desk.putting_off.is_cancelled("HM-1-1")
        assert "It stands cancelled." in app.shown()
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "CANCELLED" in app.shown()
        assert "F5 plans it again" in app.shown()
        assert "a flood" not in app.shown()
        await press(pilot, "f5", *"review", "enter")
        form = app.screen
        assert isinstance(form, NewMeeting)
        assert "is cancelled" in app.shown()
        form.query_one("#held").focus()
        await press(pilot, *"14", "space", *"december", "enter")
        assert desk.caseload.find("HM-1-1").held_on == date(2026, 12, 14)
        assert not desk.putting_off.is_cancelled("HM-1-1")


async def test_a_meeting_that_began_is_not_put_off_and_another_is_chosen_from_a_list(tmp_path: Path) -> None:  # fmt: skip
    desk = desk_with(tmp_path, "HM-1", "HM-2")
    desk.chairing.start(desk.caseload.find("HM-1-1"))
    desk.referrals.receive(date(2026, 11, 2), POLICE, AgencyType.POL, Level.TWO)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await to_row(pilot, app, "HM-1-1")
        await press(pilot, "f3")
        assert "It has begun" in app.shown()
        assert "Cancel it" not in app.shown()
        await press(pilot, "escape")
        await to_row(pilot, app, "referrals|all")
        await press(pilot, "f3")
        assert isinstance(app.screen, Listing)
        assert [row.id for row in app.screen.all_rows] == ["HM-2-1"]
        await press(pilot, "enter")
        assert isinstance(app.screen, PutOffDays)
        assert app.screen.meeting.ref == "HM-2-1"


async def test_the_cause_of_an_emergency_panel_is_what_a1_holds(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    fresh_meeting(desk, "HM-1", MeetingKind.EMERGENCY)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f3")
        assert "why it was called: not said yet" in app.shown()
        await press(pilot, "down", "down", "enter")
        form = app.screen
        assert isinstance(form, CauseForm)
        await press(pilot, "ctrl+s")
        assert wrong(form) == {"cause": "Which cause?"}
        await press(pilot, "3", "ctrl+s")
        assert desk.caseload.find("HM-1-1").text("A1", "emergency_cause") == "housing"
        assert "why it was called: Housing lost" in app.shown()
        await press(pilot, "enter")
        form = app.screen
        meeting = desk.chairing.load("HM-1-1")
        desk.acting_as(OTHER).chairing.record_answer(meeting, "A1", "emergency_cause", "threat")
        await press(pilot, "1", "ctrl+s")
        assert isinstance(form, FigureForm)
        assert "somebody else said why" in wrong(form)[""]
    assert desk.caseload.find("HM-1-1").text("A1", "emergency_cause") == "threat"


# -- who may, and who sees it -----------------------------------------------------------------


@pytest.mark.usefixtures("cheap_slots")
async def test_who_may_only_read_is_told_so_in_words(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.READER)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        for keys in (("f4", "enter"), ("ctrl+f", "b")):
            await press(pilot, *keys)
            while isinstance(app.screen, Listing):
                await press(pilot, "enter")
            assert isinstance(app.screen, Page), keys
            assert "may not" in app.shown()
            assert "panelkit " not in app.shown()
            await press(pilot, "escape", "escape", "escape")
    assert desk.referrals.every() == ()
    desk.caseload.record.close()


async def test_masked_for_sharing_nothing_of_a_referral_is_seen(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.referrals.receive(date(2026, 11, 2), POLICE, AgencyType.POL, Level.TWO)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "f4", "enter")
        form = app.screen
        assert isinstance(form, ScreenForm)
        await fill(pilot, form, words="rung twice")
        await press(pilot, "f12")
        assert isinstance(app.screen, Curtain)
        for words in (POLICE, "R-0001", "rung twice"):
            assert words not in app.shown()
        await press(pilot, "f12", *"yes", "enter")
        assert app.screen is form
        assert form.line("words") == "rung twice", "what was typed is there again"
        await press(pilot, "escape", "escape", "escape", "f12", "f4")
        assert NOT_SHARED[:30] in app.shown()
        assert "R-0001" not in app.shown()
