"""The planning board and the papers of a sitting, by keys. All invented."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from panelkit.domain.case import Case
from panelkit.domain.meeting import Meeting
from panelkit.domain.sent_out import SentKind
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.tui.screens.sittings.board import PlanningBoard
from panelkit.tui.screens.sittings.papers import SittingPapersScreen
from tests.desk import Hands, fresh_meeting, make_desk
from tests.tui.program import Program, settle

TODAY = date(2026, 11, 23)
DAY = TODAY + timedelta(days=7)


def another(desk: Desk, ref: str, held_on: date = DAY) -> Meeting:
    case = Case(id=new_id(), ref=ref, category=Category.TWO, fiction=True)
    return desk.caseload.open_case(case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=held_on)


def words(app: Program) -> str:
    """What is shown on one line, whatever wraps or frames it."""
    return " ".join(app.shown().replace("│", " ").split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
async def test_a_case_is_listed_from_the_board_with_two_keys(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    first, second = another(desk, "HM-0901"), another(desk, "HM-0902", DAY + timedelta(days=1))
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "planning")
        await settle(pilot)
        await hands.leader("y")
        await settle(pilot)
        assert isinstance(app.screen, PlanningBoard)
        assert "2 do not fit by their day" in words(app)
        await hands.press("enter")
        await settle(pilot)
        assert "No sitting is planned" in words(app)
        sitting = desk.planning.plan(DAY, time(10), booked_minutes=60, chair="Ruth Calloway", minute_taker="J")  # fmt: skip
        await hands.press("escape")
        await hands.leader("y")
        await settle(pilot)
        await hands.press("enter", "enter")
        await settle(pilot)
        assert app.stored(first.ref).sitting == sitting.id
        assert app.stored(first.ref).slot == time(10)
        assert f"{first.ref} is listed on 30 Nov 2026 at 10:00." in words(app)
        await hands.press("enter", "enter")
        await settle(pilot)
        assert app.stored(second.ref).sitting == sitting.id, "it does not fit, and is let in"
        assert "30 minutes after the sitting" in words(app)
        await hands.press("c")
        await settle(pilot)
        assert "More than fits" in app.shown()
        hands.report()


async def test_papers_are_written_sent_and_taken_back_by_keys(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    sitting = desk.planning.plan(TODAY, time(10), booked_minutes=60)
    desk.planning.add(sitting, meeting.ref)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "papers")
        await settle(pilot)
        await hands.press("f6", "down", "down", "enter")
        await settle(pilot)
        await hands.press("p")
        await settle(pilot)
        assert isinstance(app.screen, SittingPapersScreen)
        await hands.press("j")
        await settle(pilot)
        await hands.type("Room 4, Harrowmere House")
        await hands.press("ctrl+s")
        await settle(pilot)
        assert desk.planning.sitting(sitting.id).joining == "Room 4, Harrowmere House"
        await hands.press("home", "enter")
        await settle(pilot)
        files = list(desk.documents.rglob("*"))
        assert len([f for f in files if f.suffix == ".docx"]) == 10, "eight letters, agenda, list"
        assert len([f for f in files if f.suffix == ".ics"]) == 9
        sent = [s for s in desk.sitting_papers.standing(sitting) if s.last]
        assert not sent, "writing is not sending"
        await hands.press(*["down"] * 5, "a")
        await settle(pilot)
        await hands.press("ctrl+s")
        await settle(pilot)
        now = desk.planning.sitting(sitting.id)
        sent = [s for s in desk.sitting_papers.standing(now) if s.last]
        assert {s.what for s in sent} == {SentKind.INVITATION}
        assert len(sent) == 8
        await hands.press("delete")
        await settle(pilot)
        await hands.type("the wrong day")
        await hands.press("ctrl+s")
        await settle(pilot)
        now_sent = [s for s in desk.sitting_papers.standing(now) if s.last]
        assert len(now_sent) == 7
        gone = [one for one in desk.planning.record.sent_out(sitting.id) if one.withdrawn]
        assert [one.withdrawn for one in gone] == ["the wrong day"]
        hands.report()
