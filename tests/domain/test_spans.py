"""What held of a case for how long. Every case is invented."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from panelkit.domain.errors import BadInput
from panelkit.domain.level_history import (
    Decided,
    after_meeting,
    begun,
    from_meetings,
    left,
    without_meeting,
)
from panelkit.domain.outcomes import Outcome, OutcomeKind, wrong_events
from panelkit.domain.report_year import ReportQuarter, ReportYear
from panelkit.domain.spans import (
    VALUES,
    Span,
    SpanKind,
    SpanReason,
    held_on,
    live,
    value_of,
    wrong_in,
)
from panelkit.domain.vocabulary import Category, CustodyStatus, ExitReason, Level, LevelDecision

K = SpanKind
START = date(2022, 5, 1)


def span(kind: SpanKind, value: str, first: str, last: str = "", **more: object) -> Span:
    to_day = date.fromisoformat(last) if last else None
    return Span(
        id=f"{kind}-{value}-{first}", case_id="c", kind=kind, value=value,
        from_day=date.fromisoformat(first), to_day=to_day, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def decided(day: date, decision: LevelDecision | None, n: int = 1, **more: object) -> Decided:
    said: dict[str, object] = {
        "meeting_id": f"m{n}", "case_id": "c", "held_on": day, "effective": day, "held_at": Level.TWO,
        "is_first": n == 1, "decision": decision, "exit_reason": None, "category": Category.TWO,
        "whereabouts": CustodyStatus.COMMUNITY,
    }  # fmt: skip
    return Decided(**(said | more))  # type: ignore[arg-type]


def levels(spans: tuple[Span, ...]) -> list[tuple[str, str, str]]:
    return [
        (s.value, s.from_day.isoformat(), s.to_day.isoformat() if s.to_day else "")
        for s in live(spans, K.LEVEL)
    ]


# -- the year --------------------------------------------------------------------------


def test_a_report_year_and_its_quarters() -> None:
    year = ReportYear.named("2022-23")
    assert (year.start, year.end, year.label) == (date(2022, 4, 1), date(2023, 3, 31), "2022-23")
    assert [quarter.label for quarter in year.quarters][2] == "2022-23-Q3"
    third = ReportQuarter.named("2022-23-Q3")
    assert (third.start, third.end) == (date(2022, 10, 1), date(2022, 12, 31))
    assert ReportYear.named("1999-00").end == date(2000, 3, 31)


@pytest.mark.parametrize("words", ["2022", "2022-24", "2022/23", "22-23", "", "0000-01", "2022-23-Q1", "２０２２-23"])  # fmt: skip
def test_what_is_no_report_year_is_said_to_be_none(words: str) -> None:
    with pytest.raises(BadInput, match="not a report year"):
        ReportYear.named(words)
    with pytest.raises(BadInput):
        ReportQuarter.named("2022-23-Q5")


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_is_in_one_year_and_in_one_quarter_of_it(day: date) -> None:
    year, quarter = ReportYear.of(day), ReportQuarter.of(day)
    assert year.start <= day <= year.end
    assert quarter.year == year
    assert [q for q in year.quarters if q.start <= day <= q.end] == [quarter]
    assert ReportQuarter.named(quarter.label) == quarter
    assert quarter.before.after == quarter
    assert year.before.end + timedelta(days=1) == year.start
    assert year.quarters[-1].end == year.end


# -- spans ------------------------------------------------------------------------------


def test_what_cannot_be_so_is_named_with_its_days() -> None:
    assert wrong_in([span(K.LEVEL, "2", "2022-05-01"), span(K.LEVEL, "3", "2022-06-01")]) == (
        "Level 2 from 1 May 2022 overlaps Level 3 from 1 June 2022.",
    )
    (backwards,) = wrong_in([span(K.LEVEL, "2", "2022-05-02", "2022-05-01")])
    assert backwards.endswith("the last day is before the first.")
    (one_day,) = wrong_in([span(K.LEVEL, "2", "2022-05-01", "2022-06-01"), span(K.LEVEL, "3", "2022-06-01")])  # fmt: skip
    assert "overlaps" in one_day, "both days are included"
    assert not wrong_in([span(K.LEVEL, "2", "2022-05-01", "2022-05-31"), span(K.LEVEL, "3", "2022-06-01")])  # fmt: skip
    assert not wrong_in([span(K.LEVEL, "2", "2022-05-01"), span(K.LEVEL, "3", "2022-06-01", withdrawn="no")])  # fmt: skip


def test_category_three_is_never_at_level_one() -> None:
    (said,) = wrong_in([span(K.LEVEL, "1", "2022-05-01"), span(K.CATEGORY, "3", "2022-05-20")])
    assert "Category 3 is never at Level 1" in said
    assert not wrong_in([span(K.LEVEL, "1", "2022-05-01", "2022-05-19"), span(K.CATEGORY, "3", "2022-05-20")])  # fmt: skip


def test_values_are_read_as_people_say_them() -> None:
    assert value_of(K.LEVEL, " Level 2 ") == "2"
    assert value_of(K.CATEGORY, "category 3") == "3"
    assert value_of(K.WHEREABOUTS, "Detained in hospital") == "hospital"
    with pytest.raises(BadInput, match="Level is one of 1, 2, 3"):
        value_of(K.LEVEL, "two")
    assert set(VALUES) == set(SpanKind)


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from("123"), st.booleans())))
def test_whatever_is_decided_in_whatever_order_no_two_levels_hold_on_a_day(
    steps: list[tuple[int, str, bool]],
) -> None:
    """Days come in order, as meetings do; a case may leave and come back."""
    spans: tuple[Span, ...] = ()
    for number, (after, value, leaves) in enumerate(sorted(steps)):
        day = START + timedelta(days=after)
        if leaves:
            spans = left(spans, day, SpanReason.DEATH)
            assert held_on(spans, K.LEVEL, day) is None
        else:
            spans = begun(spans, K.LEVEL, value, day, SpanReason.CHANGED, case_id="c", new_id=str(number))  # fmt: skip
            there = held_on(spans, K.LEVEL, day)
            assert there is not None
            assert there.value == value
        assert wrong_in(spans) == ()
        assert sum(s.is_open for s in spans) <= 1


# -- what meetings decide ------------------------------------------------------------------


def test_the_first_meeting_begins_the_history_and_a_step_ends_what_held() -> None:
    spans = after_meeting((), decided(START, LevelDecision.L2))
    assert levels(spans) == [("2", "2022-05-01", "")]
    assert {s.kind for s in spans} == set(SpanKind), "category and whereabouts with it"
    same = after_meeting(spans, decided(date(2022, 8, 1), LevelDecision.L2, 2))
    assert same == spans, "remaining changes nothing"
    up = after_meeting(spans, decided(date(2022, 8, 1), LevelDecision.L3, 2))
    assert levels(up) == [("2", "2022-05-01", "2022-07-31"), ("3", "2022-08-01", "")]
    assert up[-1].reason is SpanReason.STEPPED_UP
    gone = after_meeting(up, decided(date(2022, 9, 1), LevelDecision.EXIT, 3, exit_reason=ExitReason.DEATH))  # fmt: skip
    assert levels(gone)[-1] == ("3", "2022-08-01", "2022-08-31")
    assert live(gone, K.LEVEL)[-1].end_reason is SpanReason.DEATH


def test_a_review_says_that_the_level_held_the_day_before_and_no_longer() -> None:
    spans = from_meetings([decided(START, LevelDecision.EXIT, 4)])
    assert levels(spans) == [("2", "2022-04-30", "2022-04-30")]
    assert all(s.derived for s in spans)
    assert {s.reason for s in spans} == {SpanReason.BEFORE_RECORD}


def test_a_referral_that_was_not_accepted_never_was_at_the_level() -> None:
    assert levels(after_meeting((), decided(START, LevelDecision.L1))) == [("1", "2022-05-01", "")]
    assert after_meeting((), decided(START, LevelDecision.EXIT)) == ()
    assert after_meeting((), decided(START, None)) == ()


def test_the_day_from_which_a15_says_the_decision_holds() -> None:
    later = decided(START, LevelDecision.L2, effective=date(2022, 5, 9))
    assert levels(after_meeting((), later)) == [("2", "2022-05-09", "")]


def test_a_meeting_reopened_takes_back_what_it_decided_and_closed_again_decides_it() -> None:
    before = after_meeting((), decided(START, LevelDecision.L2))
    step = decided(date(2022, 8, 1), LevelDecision.L3, 2, category=Category.ONE)
    after = after_meeting(before, step)
    back = without_meeting(after, "m2")
    assert levels(back) == levels(before)
    assert [s.value for s in live(back, K.CATEGORY)] == ["2"]
    again = after_meeting(back, dataclasses.replace(step, decision=LevelDecision.L1))
    assert levels(again)[-1] == ("1", "2022-08-01", "")
    once_more = after_meeting(without_meeting(again, "m2"), step)
    assert levels(once_more) == levels(after)
    assert len({s.id for s in once_more}) == len(once_more)


def test_two_meetings_on_one_day_and_the_second_reopened() -> None:
    one = after_meeting((), decided(START, LevelDecision.L2))
    two = after_meeting(one, decided(START, LevelDecision.L3, 2))
    assert levels(two) == [("3", "2022-05-01", "")]
    assert levels(without_meeting(two, "m2")) == [("2", "2022-05-01", "")]


def test_what_came_later_stands_when_an_earlier_meeting_is_reopened() -> None:
    one = after_meeting((), decided(START, LevelDecision.L2))
    two = after_meeting(one, decided(date(2022, 8, 1), LevelDecision.L3, 2))
    three = after_meeting(two, decided(date(2022, 9, 1), LevelDecision.L1, 3))
    assert without_meeting(three, "m2") == three
    assert after_meeting(three, decided(date(2022, 8, 1), LevelDecision.L2, 2)) == three


@example(
    [(0, LevelDecision.EXIT), (0, LevelDecision.L2)]
)  # two on one day, the first with nothing held
@given(
    st.lists(st.tuples(st.integers(0, 300), st.sampled_from([*LevelDecision, None])), max_size=8)
)
def test_working_out_twice_is_working_out_once_and_reopening_the_last_undoes_it(
    steps: list[tuple[int, LevelDecision | None]],
) -> None:
    meetings = [
        decided(START + timedelta(days=day), decision, n + 1)
        for n, (day, decision) in enumerate(sorted(steps, key=lambda s: s[0]))
    ]
    spans = from_meetings(meetings)
    assert wrong_in(spans) == ()
    assert from_meetings(meetings, spans) == spans
    if meetings:
        last = decided(START + timedelta(days=301), LevelDecision.L3, 99)
        undone = without_meeting(after_meeting(spans, last), "m99")
        assert levels(undone) == levels(spans)


# -- events ---------------------------------------------------------------------------------


def test_an_event_before_its_case_is_named() -> None:
    event = Outcome(id="e", case_id="c", kind=OutcomeKind.RETURNED_LICENCE, day=date(2022, 4, 3))
    (said,) = wrong_events([event], [span(K.LEVEL, "2", "2022-05-01")])
    assert said == (
        "Returned to custody for breach of licence on 3 April 2022: that is before the case began, on 1 May 2022."
    )
    (none,) = wrong_events([event], [])
    assert "no level history" in none
    twice = [event, dataclasses.replace(event, id="f")]
    assert "is there twice" in wrong_events(twice, [span(K.LEVEL, "2", "2022-01-01")])[0]
    assert not wrong_events([dataclasses.replace(event, withdrawn="a slip")], [])
