"""What happens to invented cases over the years: possible, in order, and more of it as asked."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from panelkit.areas.loader import load_area
from panelkit.domain.put_off import PutOffKind
from panelkit.domain.spans import SpanReason
from panelkit.domain.vocabulary import (
    Category,
    CustodyStatus,
    Level,
    LevelDecision,
    MeetingKind,
)
from panelkit.fiction.course import MEETINGS_OF_A_CASE, Course, Courses, arrivals
from panelkit.fiction.diary import OF_A_SITTING, Diary
from panelkit.fiction.world import harrowmere

FIRST, UNTIL = date(2022, 4, 1), date(2026, 3, 31)
AREA = load_area("west_midlands")


def courses(growth: float, each_year: int = 300) -> list[Course]:
    diary = Diary(
        harrowmere(), AREA.calendar, FIRST - timedelta(days=900), UNTIL + timedelta(days=400),
        each_year=each_year, seed="t",
    )  # fmt: skip
    made = Courses(harrowmere(), AREA, diary, FIRST, UNTIL, growth)
    days = arrivals(FIRST, UNTIL, each_year / MEETINGS_OF_A_CASE, growth, Random("days"), 900)
    return [made.of(day, Random(f"{number}")) for number, day in enumerate(days)]


@pytest.fixture(scope="module")
def some() -> list[Course]:
    return courses(0.4)


def test_there_are_more_panels_each_year_and_emergencies_rise_faster(some: list[Course]) -> None:
    held: Counter[int] = Counter()
    emergencies: Counter[int] = Counter()
    for meeting in (one for course in some for one in course.meetings if one.state == "held"):
        year = (meeting.day - FIRST).days // 365
        held[year] += 1
        emergencies[year] += meeting.kind is MeetingKind.EMERGENCY
    assert held[0] == pytest.approx(300, rel=0.15)
    assert held[0] < held[1] < held[2] < held[3]
    assert held[3] == pytest.approx(300 * 1.4**3, rel=0.25)
    assert emergencies[3] / held[3] > 1.4 * emergencies[0] / held[0]


def test_without_growth_every_year_is_as_full(some: list[Course]) -> None:
    held = Counter(
        (one.day - FIRST).days // 365
        for course in courses(0.0)
        for one in course.meetings
        if one.state == "held" and one.day >= FIRST
    )
    assert max(held[year] for year in range(4)) < 1.3 * min(held[year] for year in range(4))
    assert len(courses(0.0)) < len(some)


def test_what_happens_to_somebody_is_possible(some: list[Course]) -> None:
    for course in some:
        days = [meeting.day for meeting in course.meetings if meeting.state == "held"]
        assert days == sorted(set(days))
        numbers = [meeting.number for meeting in course.meetings]
        assert numbers == list(range(1, len(numbers) + 1))
        assert course.received <= course.accepted <= course.meetings[0].day
        for meeting in course.meetings[:-1]:
            assert meeting.stays
            assert meeting.state != "to_come"
        for meeting in course.meetings:
            assert (meeting.cause is not None) == (meeting.kind is MeetingKind.EMERGENCY)
            if course.category is Category.THREE:
                assert meeting.decision is not LevelDecision.L1
            assert AREA.calendar.is_working_day(meeting.day)
        returned = {day for _kind, day in course.events if _kind.returns}
        back = {day for day, _where, why in course.moves if why is SpanReason.RETURNED}
        assert returned == back


def test_nobody_is_returned_who_is_inside(some: list[Course]) -> None:
    for course in some:
        where = course.where_first
        for _day, now, why in sorted(course.moves, key=lambda move: move[0]):
            assert now is not where, course
            if why is SpanReason.RETURNED:
                assert where is CustodyStatus.COMMUNITY
            where = now


def test_everything_that_the_tables_show_is_among_it(some: list[Course]) -> None:
    assert {course.category for course in some} == set(Category) - {Category.UNCONFIRMED}
    assert {meeting.level for course in some for meeting in course.meetings} == {Level.TWO, Level.THREE}  # fmt: skip
    decisions = {meeting.decision for course in some for meeting in course.meetings}
    assert decisions == set(LevelDecision)
    assert any(course.more_asked_on for course in some)
    assert any(course.transferred_on for course in some)
    assert {off.kind for course in some for one in course.meetings for off in one.off} == set(
        PutOffKind
    )


def test_a_sitting_is_never_fuller_than_it_can_be_and_nobody_sits_in_two_slots_at_once(
    some: list[Course],
) -> None:
    taken: Counter[str] = Counter()
    slots: set[tuple[str, object]] = set()
    for booked in (m.booked for course in some for m in course.meetings if m.booked):
        taken[booked.sitting.id] += 1
        assert (booked.sitting.id, booked.slot) not in slots
        slots.add((booked.sitting.id, booked.slot))
        assert booked.day == booked.sitting.held_on
    assert max(taken.values()) <= OF_A_SITTING
