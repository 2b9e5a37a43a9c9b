"""Who else is here: nobody who is gone, nobody twice, never oneself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.presence import GONE_AFTER, Here, Part, Presence, called, others_in

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
rows = st.lists(
    st.builds(
        Here,
        program=st.sampled_from(["one", "two", "three", "four"]),
        who=st.sampled_from(["Ruth Calloway", "Dylan Ashgrove"]),
        part=st.sampled_from([*Part]),
        item=st.sampled_from(["A2", "A10", "A11", ""]),
        seen_at=st.integers(-300, 300).map(lambda s: NOW + timedelta(seconds=s)),
    ),
    unique_by=lambda row: row.program,
)


@given(rows, st.sampled_from(["one", "two", "five"]))
def test_everybody_seen_within_a_minute_and_nobody_else(there: list[Here], me: str) -> None:
    found = others_in(there, me, NOW)
    assert set(found) == {
        row for row in there if row.program != me and row.seen_at >= NOW - GONE_AFTER
    }
    assert len(found) == len(set(found))


@given(rows, st.integers(0, 400))
def test_time_only_takes_people_away(there: list[Here], seconds: int) -> None:
    presence = Presence(tuple(there), NOW)
    before = presence.others("one", timedelta())
    after = presence.others("one", timedelta(seconds=seconds))
    assert set(after) <= set(before)
    assert after == tuple(row for row in before if row in after), "the order stays"


@given(rows)
def test_they_stand_in_the_order_of_the_agenda(there: list[Here]) -> None:
    numbers = [int(row.item[1:] or 0) for row in others_in(there, "", NOW)]
    assert numbers == sorted(numbers)


def test_nothing_was_asked_yet() -> None:
    assert Presence().others("one", timedelta()) == ()


def test_another_window_of_ones_own_is_not_a_second_person() -> None:
    here = Here("two", "Ruth Calloway", Part.WRITING, "A6", NOW)
    assert called(here, "ruth calloway") == "you, elsewhere"
    assert called(here, "Dylan Ashgrove") == "Ruth Calloway"
