"""What is wanted of the sittings to come is what the record shows, and a case is listed from it."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from panelkit.domain.case import Case
from panelkit.domain.demand import WantKind
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause
from panelkit.domain.vocabulary import AgencyType, Category, Level, MeetingKind
from panelkit.services.chairing import new_id
from panelkit.services.demand import Outlook
from panelkit.services.desk import Desk
from tests.desk import Clock, make_desk

TODAY = date(2026, 11, 23)


def another(desk: Desk, ref: str, held_on: date, level: Level = Level.TWO) -> Meeting:
    case = Case(id=new_id(), ref=ref, category=Category.TWO, fiction=True)
    return desk.caseload.open_case(case, level=level, kind=MeetingKind.INITIAL, held_on=held_on)


def accepted(desk: Desk, on: date, level: Level = Level.TWO) -> Referral:
    made = desk.referrals.receive(on, "Harrowmere Police", AgencyType.POL, level)
    return desk.referrals.decide(
        made.ref, Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE, on, level=level
    )


def shown(look: Outlook) -> list[tuple[WantKind, str, date]]:
    return [(want.kind, want.ref, want.due) for want in look.wants]


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Desk, date]:
    """A review that was held, and the day its next one is due."""
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=Clock())
    last = desk.chairing.close(desk.caseload.find("WM-0143-3"))
    due = last.day("A18", "next_review_date")
    assert due is not None
    return desk, due


def weeks_to(due: date) -> int:
    return (due - TODAY).days // 7 + 2


def test_a_review_that_is_not_listed_is_wanted_until_it_is(closed: tuple[Desk, date]) -> None:
    desk, due = closed
    weeks = weeks_to(due)
    look = desk.demand.look(weeks)
    assert shown(look) == [(WantKind.REVIEW, "WM-0143", due)]
    assert look.wants[0].placed is None
    week = next(week for week in look.weeks if week.first <= due <= week.last)
    assert (week.meetings, week.unfit, week.unfit_minutes) == (1, 1, look.wants[0].minutes)
    sitting = desk.planning.plan(due, time(10), booked_minutes=120)
    look = desk.demand.look(weeks)
    assert look.wants[0].in_time
    meeting = desk.demand.list_case(sitting, "WM-0143")
    assert (meeting.ref, meeting.held_on, meeting.slot) == ("WM-0143-4", due, time(10))
    look = desk.demand.look(weeks)
    assert not look.wants
    room = next(room for room in look.rooms if room.sitting == sitting.id)
    assert (room.taken, room.free) == (meeting.booked_minutes, 120 - meeting.booked_minutes)


def test_what_is_due_beyond_the_weeks_asked_is_not_wanted_yet(closed: tuple[Desk, date]) -> None:
    desk, due = closed
    before = (due - TODAY).days // 7 - 1
    if before >= 1:
        assert not desk.demand.look(before).wants


def test_a_late_review_is_wanted_in_the_first_week_and_said_to_be_late(closed: tuple[Desk, date]) -> None:  # fmt: skip
    desk, due = closed
    desk.clock.move(days=(due - TODAY).days + 14)  # type: ignore[attr-defined]
    look = desk.demand.look(2)
    assert look.weeks[0].late == 1
    assert look.wants[0].working_days < 0
    with pytest.raises(Refused, match="is over"):
        desk.demand.list_case(desk.planning.plan(TODAY, time(10)), "WM-0143")


def test_a_meeting_in_no_sitting_and_a_cancelled_one_are_wanted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    day = TODAY + timedelta(days=7)
    loose, gone, over = (another(desk, ref, day) for ref in ("HM-0901", "HM-0902", "HM-0903"))
    desk.putting_off.cancel(gone.ref, PutOffReason.STAFFING)
    desk.putting_off.cancel(over.ref, PutOffReason.NOT_NEEDED)
    assert shown(desk.demand.look()) == [
        (WantKind.LOOSE, loose.ref, day), (WantKind.AGAIN, gone.ref, day),
    ]  # fmt: skip
    sitting = desk.planning.plan(day + timedelta(days=1), time(10), booked_minutes=60)
    look = desk.demand.look()
    assert [want.in_time for want in look.wants] == [False, False], "the sitting is a day too late"
    assert [want.placed is not None for want in look.wants] == [False, True], "it takes one of two"
    for ref in (loose.ref, gone.ref):
        desk.demand.list_case(sitting, ref)
    assert [m.ref for m in desk.planning.meetings(sitting)] == [loose.ref, gone.ref]
    assert not desk.demand.look().wants


def test_an_accepted_referral_wants_a_first_meeting_by_its_day(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    bare, led = accepted(desk, TODAY), accepted(desk, TODAY, Level.THREE)
    # Twenty working days at Level 2, ten at Level 3, as the area says.
    two, three = date(2026, 12, 21), date(2026, 12, 7)
    assert shown(desk.demand.look()) == [
        (WantKind.FIRST, led.ref, three), (WantKind.FIRST, bare.ref, two),
    ]  # fmt: skip
    meeting = another(desk, "HM-0901", three, Level.THREE)
    desk.referrals.led_to(led.ref, "HM-0901")
    assert (WantKind.FIRST, led.ref, three) not in shown(desk.demand.look())
    assert (WantKind.LOOSE, meeting.ref, three) in shown(desk.demand.look())
    desk.putting_off.postpone(meeting.ref, three + timedelta(days=1), PutOffReason.STAFFING)
    late = [one for one in shown(desk.demand.look()) if one[1] == meeting.ref]
    assert late == [(WantKind.LATE_FIRST, meeting.ref, three)], "once, although it is in no sitting"
    desk.putting_off.cancel(meeting.ref, PutOffReason.STAFFING)
    gone = [one[0] for one in shown(desk.demand.look()) if one[1] == meeting.ref]
    assert gone == [WantKind.AGAIN], "once, although its day was too late"
    desk.putting_off.undo(meeting.ref, 2, "it goes ahead")
    sitting = desk.planning.plan(three, time(9), booked_minutes=180, level="3")
    desk.demand.list_case(sitting, meeting.ref)
    assert shown(desk.demand.look()) == [(WantKind.FIRST, bare.ref, two)]
    with pytest.raises(Refused, match="led to no case"):
        desk.demand.list_case(sitting, bare.ref)
    with pytest.raises(NotFound):
        desk.demand.list_case(sitting, "HM-0999")


def test_a_level_two_meeting_has_no_room_in_a_sitting_for_level_three(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    day = TODAY + timedelta(days=7)
    another(desk, "HM-0901", day)
    desk.planning.plan(day, time(10), booked_minutes=300, level="3")
    assert desk.demand.look().wants[0].placed is None
    desk.planning.plan(day, time(14), booked_minutes=45, level="2")
    assert desk.demand.look().wants[0].in_time


def test_more_than_are_listed_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path)
    for number in range(5):
        another(desk, f"HM-090{number}", TODAY + timedelta(days=number))
    monkeypatch.setattr("panelkit.services.demand.LINES", 3)
    look = desk.demand.look()
    assert (len(look.wants), look.more) == (3, 2)
    assert sum(week.meetings for week in look.weeks) == 5


def test_bad_input_is_named_with_a_way_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(BadInput, match="no bank holidays for 2101") as said:
        desk.demand.look(4, date(2101, 1, 10))
    assert "area file" in said.value.sentence
    with pytest.raises(BadInput, match="no bank holidays for 2101"):
        desk.demand.look(2, date(2100, 12, 27))
    with pytest.raises(BadInput, match="today or later"):
        desk.demand.look(4, TODAY - timedelta(days=1))
    with pytest.raises(BadInput, match="cannot be looked at"):
        desk.demand.look(0)
