"""What is wanted is put into what there is: never more than there is, never after its day unsaid."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panelkit.areas.calendar import EnglandAndWales
from panelkit.domain.demand import Ask, Placed, Room, WantKind, fit, weeks_of
from panelkit.domain.vocabulary import Level

TODAY = date(2026, 11, 23)
DAYS = st.integers(-20, 60).map(lambda n: TODAY + timedelta(days=n))
LEVELS = st.sampled_from((Level.TWO, Level.THREE))
ASKS = st.lists(
    st.builds(
        Ask, kind=st.sampled_from(WantKind), due=DAYS, level=LEVELS,
        minutes=st.integers(0, 120), count=st.integers(1, 9),
    ),
    max_size=12,
)  # fmt: skip
ROOMS = st.lists(
    st.builds(
        Room, sitting=st.uuids().map(str), held_on=DAYS, booked=st.integers(0, 400),
        taken=st.integers(0, 400), level=st.sampled_from(("", "2", "3")),
    ),
    max_size=12, unique_by=lambda room: room.sitting,
)  # fmt: skip


@given(ASKS, ROOMS)
def test_no_sitting_is_ever_given_more_than_is_free_of_it(asks: list[Ask], rooms: list[Room]) -> None:  # fmt: skip
    there = {room.sitting: room for room in rooms}
    given_out = dict.fromkeys(there, 0)
    fitted = fit(asks, rooms, TODAY)
    assert [one.ask for one in fitted] == asks
    for one in fitted:
        assert one.fits + one.left == one.ask.count
        assert 0 <= one.nowhere <= one.left
        for placed in one.in_time:
            assert placed.held_on <= one.ask.due
        for placed in one.late:
            assert placed.held_on > one.ask.due
        for placed in (*one.in_time, *one.late):
            assert placed.held_on >= TODAY
            assert there[placed.sitting].takes(one.ask.level)
            given_out[placed.sitting] += placed.count * one.ask.minutes
    for sitting, minutes in given_out.items():
        assert minutes <= there[sitting].free


@given(ASKS, ROOMS)
def test_what_is_late_takes_no_room_from_what_is_in_time(asks: list[Ask], rooms: list[Room]) -> None:  # fmt: skip
    """Those due before today change nothing for the others' days."""
    ahead = [ask for ask in asks if ask.due >= TODAY]
    alone = [one.in_time for one in fit(ahead, rooms, TODAY)]
    both = [one.in_time for one in fit(asks, rooms, TODAY) if one.ask.due >= TODAY]
    assert alone == both


@given(ASKS, ROOMS)
def test_weeks_count_every_meeting_of_their_days_once(asks: list[Ask], rooms: list[Room]) -> None:
    fitted = fit(asks, rooms, TODAY)
    weeks = weeks_of(fitted, rooms, TODAY, 12, EnglandAndWales())
    assert sum(week.meetings for week in weeks) == sum(ask.count for ask in asks)
    assert sum(week.unfit for week in weeks) == sum(one.left for one in fitted)
    assert sum(week.all_free for week in weeks) == sum(r.free for r in rooms if r.held_on >= TODAY)
    assert [week.first for week in weeks[1:]] == [w.last + timedelta(days=1) for w in weeks[:-1]]


def test_the_first_sitting_in_time_is_offered_and_a_late_one_only_where_none_is() -> None:
    ask = Ask(kind=WantKind.REVIEW, due=date(2026, 12, 1), level=Level.TWO, minutes=30, count=3)
    early = Room(sitting="a", held_on=date(2026, 11, 30), booked=60, taken=0)
    late = Room(sitting="b", held_on=date(2026, 12, 7), booked=30, taken=0)
    (one,) = fit([ask], [late, early], TODAY)
    assert one.in_time == (Placed("a", date(2026, 11, 30), 2),)
    assert one.late == (Placed("b", date(2026, 12, 7), 1),)
    assert [one.of(n) and one.of(n).sitting for n in range(4)] == ["a", "a", "b", None]  # type: ignore[union-attr]


def test_a_week_with_a_bank_holiday_has_four_working_days_and_what_is_late_is_in_the_first() -> None:  # fmt: skip
    ask = Ask(kind=WantKind.REVIEW, due=date(2026, 11, 2), level=Level.THREE, minutes=60)
    room = Room(sitting="a", held_on=date(2026, 11, 24), booked=120, taken=30, level="3")
    weeks = weeks_of(fit([ask], [room], TODAY), [room], TODAY, 6, EnglandAndWales())
    assert [week.working_days for week in weeks] == [5, 5, 5, 5, 4, 3]
    assert (weeks[0].late, weeks[0].unfit, weeks[0].all_wanted) == (1, 1, 60)
    assert dict(weeks[0].free) == {"": 0, "2": 0, "3": 90}
