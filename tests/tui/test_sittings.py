"""A sitting planned, held case after case, and two linked cases heard side by side."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.attendance import in_room
from panelkit.domain.case import Case
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingState, Mode
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.tui.screens.home import HomeScreen
from tests.desk import Hands, fresh_meeting, make_desk
from tests.tui.program import Program, settle

DAY = date(2026, 11, 23)


def another(desk: Desk, ref: str, *, held_on: date = DAY) -> Meeting:
    """A second planned case."""
    case = Case(id=new_id(), ref=ref, category=Category.TWO, fiction=True)
    return desk.caseload.open_case(case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=held_on)


def two_running(desk: Desk) -> tuple[str, str]:
    """Two linked cases of one sitting, both begun, the first under way."""
    first, second = fresh_meeting(desk), another(desk, "HM-0901")
    sitting = desk.planning.plan(DAY, time(10))
    first, second = (desk.planning.add(sitting, m.ref) for m in (first, second))
    link = e.LinkedCase(id=new_id(), case_ref="HM-0901", link="Same address")
    first = desk.chairing.add(first, link)
    for meeting in (first, second):
        begun = desk.chairing.check_in_all(desk.chairing.start(meeting))
        desk.chairing.statement_given(begun, "read")
    return first.ref, second.ref


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_sitting_is_planned_from_home_with_its_meetings_in_order(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    later = date(2026, 11, 25)
    first, second = fresh_meeting(desk), another(desk, "HM-0901", held_on=later)
    app = Program(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "sitting planned")
        await settle(pilot)
        await hands.press("f6", "enter")
        await settle(pilot)
        await hands.press("enter")
        await hands.type("09:30")
        await hands.press("enter")
        await hands.type("12:30")
        await hands.press("enter")
        await hands.type("DI Sam Okoro, Harrowmere Police")
        await hands.press("enter", "enter", "enter", "1", "enter")
        await hands.type("Monday panel")
        await hands.press("enter")
        await settle(pilot)
        sitting = desk.planning.sittings()[0]
        assert (sitting.held_on, sitting.starts, sitting.name) == (DAY, time(9, 30), "Monday panel")
        assert sitting.mode == Mode.REMOTE
        assert (sitting.booked_minutes, sitting.chair) == (180, "DI Sam Okoro, Harrowmere Police")
        await hands.press("+", "enter")
        await settle(pilot)
        await hands.press("+", "enter")
        await settle(pilot)
        here = desk.planning.meetings(sitting)
        assert [m.ref for m in here] == [first.ref, second.ref]
        assert here[1].held_on == DAY, "the meeting takes the day of its sitting"
        minutes = first.booked_minutes
        assert here[0].slot == time(9, 30)
        assert here[1].slot == time(9 + (30 + minutes) // 60, (30 + minutes) % 60)
        await hands.press("end", "u")
        await settle(pilot)
        here = desk.planning.meetings(sitting)
        assert [m.ref for m in here] == [second.ref, first.ref]
        assert here[0].slot == time(9, 30), "the times follow the order"
        await hands.press("end", "delete")
        await settle(pilot)
        assert [m.ref for m in desk.planning.meetings(sitting)] == [second.ref]
        assert app.stored(first.ref).slot is None
        await hands.press("+", "enter")
        await settle(pilot)
        await hands.press("escape")
        await settle(pilot)
        shown = app.shown()
        assert "TODAY'S SITTING" in shown
        assert "Monday panel" in shown
        assert "09:30" in shown
        hands.report()


async def test_the_next_case_is_one_key_away_and_its_people_are_confirmed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first, second, third = fresh_meeting(desk), another(desk, "HM-0901"), another(desk, "HM-0902")
    sitting = desk.planning.plan(DAY, time(10))
    for meeting in (first, second):
        desk.planning.add(sitting, meeting.ref)
    begun = desk.chairing.start(desk.caseload.find(first.ref))
    desk.chairing.check_in_all(begun)
    app = Program(desk, tmp_path, first.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "next case")
        await settle(pilot)
        await hands.leader("v")
        await settle(pilot)
        assert app.meeting_screen.session.meeting.ref == first.ref, (
            "an open meeting is paused first"
        )
        await hands.leader("p")
        hands.pressed.clear()
        await hands.leader("v")
        await settle(pilot)
        assert app.meeting_screen.session.meeting.ref == second.ref
        assert app.stored(first.ref).state is MeetingState.PAUSED
        await hands.leader("p")
        await hands.leader("i")
        await settle(pilot)
        assert third.ref not in app.shown(), "a meeting of the day outside the sitting is no source"
        await hands.press("enter", "*")
        await settle(pilot)
        assert len(in_room(app.stored(second.ref))) == 10
        await hands.leader("p")
        await hands.leader("v")
        await settle(pilot)
        assert app.meeting_screen.session.meeting.ref == first.ref, "the paused one is still to end"
        await hands.leader("q")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        hands.report()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_linked_cases_run_side_by_side_and_nothing_typed_is_lost(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    one, two = two_running(desk)
    app = Program(desk, tmp_path, one)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "linked cases")
        await settle(pilot)
        screen = app.meeting_screen
        await screen.go_to("A6", "index_offence")
        await settle(pilot)
        await hands.type("Wounding")
        focused = screen.focused
        hands.pressed.clear()
        await hands.press("ctrl+o")
        await settle(pilot)
        assert app.meeting_screen.session.meeting.ref == two
        await app.meeting_screen.go_to("A6", "index_offence")
        await settle(pilot)
        await hands.type("Burglary")
        await hands.press("ctrl+o")
        await settle(pilot)
        assert app.meeting_screen is screen
        assert screen.focused is focused, "the cursor is where it was"
        await hands.type(" with intent")
        screen.session.flush()
        assert app.stored(one).text("A6", "index_offence") == "Wounding with intent"
        assert app.stored(two).text("A6", "index_offence") == "Burglary"
        await hands.press("ctrl+o")
        await settle(pilot)
        await hands.leader("q")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        app.open_meeting(one)
        await settle(pilot)
        assert app.meeting_screen is screen, "the one behind is still open"
        await hands.leader("q")
        await settle(pilot)
        assert not app.behind
        assert not app.lasting
        hands.report()


async def test_a_note_goes_to_one_the_other_or_both_and_says_so_first(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one, two = two_running(desk)
    app = Program(desk, tmp_path, one)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "note to both")
        await settle(pilot)

        async def note(words: str) -> str:
            await hands.press("ctrl+n")
            await hands.type(words)
            said = str(app.screen.query_one(".meaning").render())
            await hands.press("enter")
            await settle(pilot)
            return said

        said = await note("i A11: kestrel seen")
        assert f"{one} only" in said
        said = await note("both: A11: heron seen")
        assert one in said
        assert two in said
        said = await note("HM-0901: A11: osprey seen")
        assert f"{two} only" in said
        said = await note("HM-0999: A11: swift seen")
        assert "not open beside" in said
        mine = [n.text for n in app.stored(one).live(e.Note)]
        theirs = [n.text for n in app.stored(two).live(e.Note)]
        assert [t.split()[-2] for t in mine] == ["kestrel", "heron", "swift"]
        assert theirs == ["heron seen", "osprey seen"]
        ids = {n.id for ref in (one, two) for n in app.stored(ref).live(e.Note)}
        assert len(ids) == 5, "a note in each meeting is its own note"
        hands.report()
