"""A case and its first meeting made on screen by keyboard, and an emergency from home."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from panelkit.domain.vocabulary import (
    Category,
    CustodyStatus,
    Level,
    MeetingKind,
    MeetingState,
)
from tests.desk import Hands, make_desk
from tests.tui.program import Program, settle


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_moment_1_a_case_and_its_initial_meeting_without_a_file(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "moment 1")
        await settle(pilot)
        await hands.press("f5", "enter")
        await settle(pilot)
        await hands.type("HM-0910")
        await hands.press("enter")
        await hands.type("Invented Person")
        await hands.press("enter")
        await hands.type("4 March 2010")
        await hands.press("enter", "2", "enter", "2", "enter", "enter", "enter")
        said = str(app.screen.query_one(".asks").render())
        assert "Under 18" in said
        assert "Youth" in said
        await hands.type("24 November")
        await hands.press("enter")
        await settle(pilot)
        meeting = app.stored("HM-0910-1")
        assert app.meeting_screen.session.meeting.ref == meeting.ref
        assert (meeting.level, meeting.kind) == (Level.TWO, MeetingKind.INITIAL)
        assert meeting.held_on == date(2026, 11, 24)
        assert meeting.is_child
        assert meeting.case.category is Category.TWO
        assert meeting.value("A3", "custody_status") is CustodyStatus.CUSTODY
        # Two minutes at one key a second, with room to think.
        assert len(hands.pressed) < 80
        hands.report()


async def test_a_real_category_4_case_is_refused_and_says_why_before(tmp_path: Path) -> None:
    desk = dataclasses.replace(make_desk(tmp_path), demo=False)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "category 4")
        await settle(pilot)
        await hands.press("f5", "enter")
        await settle(pilot)
        await hands.type("HM-0911")
        await hands.press("enter", "enter", "enter", "4")
        await settle(pilot)
        assert "refused here" in str(app.screen.query_one(".asks").render())
        await hands.press("ctrl+s")
        await settle(pilot)
        assert "not held here" in str(app.screen.query_one(".problem").render())
        assert desk.caseload.listing() == [], "neither case nor meeting was made"
        assert desk.caseload.record.find_case("HM-0911") is None
        hands.report()


async def test_an_emergency_for_a_case_of_the_record_and_for_one_that_is_not(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    desk.chairing.close(desk.caseload.find("WM-0143-3"))
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "emergency, known case")
        await settle(pilot)
        await hands.press("f5")
        await settle(pilot)
        await hands.type("emergency panel")
        await hands.press("enter")
        await settle(pilot)
        assert "last meeting WM-0143-3" in str(app.screen.query_one(".asks").render())
        await hands.press("2", "enter", "enter")
        await hands.type("today")
        await hands.press("enter")
        await settle(pilot)
        meeting = app.stored("WM-0143-4")
        assert (meeting.kind, meeting.state) == (MeetingKind.EMERGENCY, MeetingState.PLANNED)
        assert meeting.held_on == desk.caseload.today()
        assert meeting.old_actions, "open actions come forward"
        hands.report()
        await hands.leader("q")
        await settle(pilot)
        hands = Hands(pilot, "emergency, new case")
        await hands.press("f5", "enter")
        await settle(pilot)
        await hands.type("HM-0912")
        await hands.press("enter", "enter", "enter", "1", "enter", "enter", "enter", "2")
        await hands.press("ctrl+s")
        await settle(pilot)
        assert app.stored("HM-0912-1").kind is MeetingKind.EMERGENCY
        hands.report()
