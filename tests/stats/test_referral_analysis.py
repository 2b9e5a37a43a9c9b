"""What was asked for and given, how long it took, and what came after. All invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.areas.loader import load_area
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.timescales import add_months, working_days_between
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.stats.quarter import Standing
from panelkit.stats.referral_analysis import After, Answered, LevelSpan, answered
from panelkit.stats.referral_figures import FIGURES, analysis, as_data, csv_rows

AREA = load_area("national")
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
TODAY = date(2027, 12, 1)
CAME, SAID = date(2026, 5, 1), date(2026, 5, 8)
POL, PRB = AgencyType.POL, AgencyType.PRB


def referral(
    number: int = 1, asked: Level = Level.TWO, given: Level | None = Level.TWO, *,
    decided: date | None = SAID, came: date = CAME, case: str = "c", agency: AgencyType = POL,
) -> Referral:  # fmt: skip
    """One that was accepted at ``given``, rejected where that is None, not answered without a day."""
    one = Referral(
        id=f"r{number}", number=number, received_on=came, organisation="O", agency=agency,
        level_asked=asked, case_id=case if given else "",
    )  # fmt: skip
    if decided is None:
        return dataclasses.replace(one, case_id="")
    said = Screening(
        id=f"s{number}", referral_id=one.id, decided_on=decided, level_given=given,
        decision=Screened.ACCEPTED if given else Screened.REJECTED, because=ScreenedBecause.OTHER,
    )  # fmt: skip
    return dataclasses.replace(one, screening=(said,))


def span(value: str, first: str, last: str = "", why: str = "", case: str = "c") -> LevelSpan:
    return LevelSpan(case, value, first, last, why)


def found(
    *referrals: Referral, spans: Sequence[LevelSpan] = (), again: Mapping[str, str] | None = None,
    today: date = TODAY, first: date = FIRST, last: date = LAST,
) -> tuple[Answered, ...]:  # fmt: skip
    return answered(referrals, AREA, first=first, last=last, today=today, spans=spans, again=again)


def after(
    *spans: LevelSpan, given: Level = Level.TWO, today: date = TODAY, case: str = "c"
) -> After:
    (one,) = found(referral(given=given, case=case), spans=spans, today=today)
    return one.after


def figures(*referrals: Referral, below: int = 0, **more: object) -> dict[str, dict[str, str]]:
    said = analysis(found(*referrals, **more), AREA, first=FIRST, last=LAST, below=below)  # type: ignore[arg-type]
    return {one.id: {c.line.row: c.line.shown for c in one.lines} for one in said.figures}


def test_what_was_asked_stands_against_what_was_given() -> None:
    said = figures(
        referral(1, Level.THREE, Level.TWO), referral(2, Level.THREE, Level.THREE),
        referral(3, Level.TWO, None, agency=PRB), referral(4, decided=None),
        referral(5, decided=date(2026, 7, 1)),
    )  # fmt: skip
    assert said["RA-GIVEN"] == {
        "Level 2 asked, Level 2 given": "1", "Level 2 asked, Level 3 given": "0",
        "Level 2 asked, Rejected": "1", "Level 2 asked, Total": "2",
        "Level 3 asked, Level 2 given": "1", "Level 3 asked, Level 3 given": "1",
        "Level 3 asked, Rejected": "0", "Level 3 asked, Total": "2", "Total, Level 2 given": "2",
        "Total, Level 3 given": "1", "Total, Rejected": "1", "Total": "4",
    }  # fmt: skip
    assert said["RA-AGENCY"]["Probation Service, Level 2 asked, Rejected"] == "1"
    assert said["RA-AGENCY"]["Police, Level 2 asked, Rejected"] == "0"
    assert said["RA-QUARTER"]["2026-27-Q2, Level 2 asked, Level 2 given"] == "1"
    assert said["RA-BOTH"]["2026-27-Q1, Probation Service, Level 2 asked, Rejected"] == "1"


def test_a_grid_has_every_cell_and_sum_once() -> None:
    mine = found(referral(1, Level.THREE, Level.TWO), referral(2, agency=PRB))
    for one in analysis(mine, AREA, first=FIRST, last=LAST).figures:
        if one.is_grid:
            columns = {tuple(cells) for cells in one.grid.values()}
            assert columns == {("Level 2 given", "Level 3 given", "Rejected", "Total")}
            assert one.grid["Total"]["Total"].line.value == 2
            assert sum(len(cells) for cells in one.grid.values()) == len(one.lines)


def test_only_the_answer_that_stands_counts_and_only_on_its_day() -> None:
    gone = dataclasses.replace(referral(1), withdrawn="typed twice")
    back = referral(2)
    undone = dataclasses.replace(back.screening[0], id="u", withdrawn="wrong")
    more = dataclasses.replace(undone, id="m", withdrawn="", decision=Screened.MORE_INFORMATION, level_given=None)  # fmt: skip
    taken_back = dataclasses.replace(back, screening=(undone, more))
    early = referral(3, decided=date(2026, 3, 31), came=date(2026, 3, 30))
    assert found(gone, taken_back, early) == ()


def test_days_are_working_days_and_in_time_is_the_area_s() -> None:
    # 1 May 2026 is a Friday, 4 May a bank holiday: five working days run to 11 May.
    in_time, late = referral(1, decided=date(2026, 5, 11)), referral(2, decided=date(2026, 5, 12))
    slow = referral(3, decided=date(2026, 6, 1))
    assert [(one.days, one.in_time) for one in found(in_time, late, slow)] == [
        (5, True), (6, False), (19, False),
    ]  # fmt: skip
    said = figures(in_time, late, slow)
    assert said["RA-DAYS"]["All, median"] == "6 (n 3)"
    assert said["RA-DAYS"]["All, longest"] == "19 (n 3)"
    assert said["RA-TIME"]["Police"] == "1 of 3 (33 %)"


def test_another_level_within_the_months_is_told_from_one_after_them() -> None:
    ends = add_months(SAID, AREA.figure("referral_watched_months"))
    assert ends == date(2026, 11, 8)
    at_two = span("2", "2026-05-20", "2026-11-07")
    assert after(at_two, span("3", "2026-11-08")) is After.RAISED
    at_two = span("2", "2026-05-20", "2026-11-08")
    assert after(at_two, span("3", "2026-11-09")) is After.HELD
    assert after(span("3", "2026-05-20", "2026-07-01"), span("2", "2026-07-02"), given=Level.THREE) is After.LOWERED  # fmt: skip
    assert after(span("2", "2026-05-20", "2026-07-01"), span("1", "2026-07-02")) is After.LOWERED
    assert after(span("3", "2026-05-20")) is After.RAISED, "the first meeting gave another level"
    assert after(span("2", "2026-05-20")) is After.HELD
    assert after(span("2", "2026-05-20", "2026-07-01", "death")) is After.LEFT
    assert after(span("2", "2026-05-20", "2027-07-01", "death")) is After.HELD


def test_what_the_record_does_not_show_is_not_claimed() -> None:
    assert after(case="") is After.UNKNOWN, "led to no case"
    assert after(case="", today=date(2026, 6, 1)) is After.UNKNOWN
    assert after() is After.UNKNOWN, "its case has no history"
    assert after(span("2", "2025-01-01", "2026-05-01")) is After.UNKNOWN, "only what was before"
    assert after(span("2", "2025-01-01"), given=Level.THREE) is After.UNKNOWN, "was at another"
    assert after(span("2", "2026-05-20", "2026-07-01")) is After.UNKNOWN, "then nothing is known"
    assert after(span("2", "2026-05-20"), today=date(2026, 11, 8)) is After.TOO_EARLY
    assert after(span("3", "2026-05-20"), today=date(2026, 6, 1)) is After.RAISED
    assert after(today=date(2026, 6, 1)) is After.TOO_EARLY


def test_a_rejection_is_followed_where_somebody_said_that_it_was_referred_again() -> None:
    first = referral(1, given=None)
    again = {"r2": "r1", "r3": "r2"}

    def of(*later: Referral, said: Mapping[str, str] = again, today: date = TODAY) -> After:
        return found(first, *later, again=said, today=today)[0].after

    accepted = referral(2, decided=date(2026, 11, 8), came=date(2026, 11, 1))
    assert of(accepted) is After.ACCEPTED
    assert of(accepted, said={}) is After.UNKNOWN
    assert of(accepted, said={}, today=date(2026, 6, 1)) is After.TOO_EARLY
    late = referral(2, decided=date(2026, 11, 9), came=date(2026, 11, 1))
    assert of(late) is After.NOT_ACCEPTED
    assert of(dataclasses.replace(accepted, withdrawn="w")) is After.UNKNOWN
    rejected = referral(2, given=None, decided=date(2026, 6, 1), came=date(2026, 5, 20))
    assert of(rejected) is After.NOT_ACCEPTED
    third = referral(3, decided=date(2026, 7, 1), came=date(2026, 6, 20))
    assert of(rejected, third) is After.ACCEPTED, "through the one between"
    assert of(rejected, third, said={"r2": "r1", "r1": "r2"}) is After.NOT_ACCEPTED, "a ring ends"
    said = figures(first, rejected, third, again=again)
    assert said["RA-AGAIN"]["Accepted on a later referral"] == "2"
    assert said["RA-LATER"]["All"] == "2 of 2 (100 %)"


def test_a_share_rests_only_on_what_can_be_said() -> None:
    spans = [span("3", "2026-05-20", case="a"), span("2", "2026-05-20", case="b")]
    spans.append(span("2", "2026-05-20", "2026-06-01", "death", case="d"))
    refs = [referral(n, case=case) for n, case in enumerate("abcd", 1)]
    said = figures(*refs, spans=spans)
    assert said["RA-CHANGED"]["All"] == "1 of 2 (50 %)"
    assert said["RA-CHANGED"]["Level 3 given"] == "nothing to count"
    assert said["RA-AFTER"] == {
        "Raised to another level": "1", "Lowered to another level": "0",
        "At the level that was given throughout": "1", "Left Level 2 and 3, no other level": "1",
        "Too early to say": "0", "Cannot be followed": "1", "Total": "4",
    }  # fmt: skip


def test_what_leaves_the_area_withholds_what_is_small_and_names_no_referral() -> None:
    refs = [referral(n) for n in range(1, 9)] + [referral(n, given=None) for n in range(9, 12)]
    said = analysis(found(*refs), AREA, first=FIRST, last=LAST, below=5)
    lines = [c for one in said.figures for c in one.lines]
    assert {c.behind for c in lines} == {()}
    by = {c.line.row: c.line for c in said.figures[0].lines}
    assert by["Level 2 asked, Rejected"].standing is Standing.WITHHELD
    assert by["Level 2 asked, Level 2 given"].standing is Standing.WITHHELD, "else the sum tells"
    assert "R-00" not in str(as_data(said))
    # The same referrals in more tables than one would tell by the one what the other withholds.
    assert [one.id for one in said.figures] == [
        "RA-GIVEN",
        "RA-DAYS",
        "RA-TIME",
        "RA-CHANGED",
        "RA-LATER",
    ]
    assert {c.line.row for one in said.figures[1:] for c in one.lines} == {
        "All, median",
        "All, longest",
        "All",
    }
    assert all(line.of is None or line.of >= 5 or not line.of for c in lines for line in [c.line])


@st.composite
def some(draw: st.DrawFn) -> list[Referral]:
    made = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        came = FIRST + timedelta(days=draw(st.integers(0, 300)))
        decided = draw(
            st.none() | st.integers(0, 40).map(lambda n, came=came: came + timedelta(days=n))
        )  # type: ignore[misc]
        made.append(
            referral(
                number, draw(st.sampled_from([Level.TWO, Level.THREE])),
                draw(st.sampled_from([None, Level.TWO, Level.THREE])), decided=decided, came=came,
                case=draw(st.sampled_from(["", "c", "d"])), agency=draw(st.sampled_from([POL, PRB])),
            )
        )  # fmt: skip
    return made


@given(some(), st.lists(st.sampled_from([1, 2, 3]), max_size=4))
def test_every_number_is_the_length_of_its_list_and_every_table_has_all_of_them(
    refs: list[Referral], levels: list[int]
) -> None:
    days = [FIRST + timedelta(days=40 * n) for n in range(len(levels) + 1)]
    spans = [
        span(str(level), days[n].isoformat(), (days[n + 1] - timedelta(days=1)).isoformat())
        for n, level in enumerate(levels)
    ]
    mine = found(*refs, spans=spans)
    said = analysis(mine, AREA, first=FIRST, last=LAST)
    for one in said.figures:
        for counted in one.lines:
            line = counted.line
            if line.is_share or line.of is not None:
                assert (line.of or 0) == len(counted.behind)
            elif line.value is not None:
                assert line.value == len(counted.behind), (one.id, line.row)
    for key in ("RA-GIVEN", "RA-AGENCY", "RA-QUARTER", "RA-BOTH"):
        lines = next(one for one in said.figures if one.id == key).lines
        assert lines[-1].line.value == len(mine)
    for one in mine:
        assert one.days == working_days_between(one.received, one.decided, AREA.calendar)
        assert ReportQuarter.named(one.quarter).start <= one.decided


def test_every_figure_says_how_it_is_counted_and_where_its_settings_are_from() -> None:
    said = analysis((), AREA, first=FIRST, last=LAST)
    assert [one.id for one in said.figures] == [one.id for one in FIGURES]
    assert len({one.id for one in FIGURES}) == len(FIGURES)
    for one in said.figures:
        assert one.how.endswith(".")
        assert "{" not in one.how
    assert "6 months" in next(o.how for o in said.figures if o.id == "RA-AFTER")
    assert all("[I]" in source for source in said.sources)
    rows = list(csv_rows(said))
    assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.parametrize("kind", list(After))
def test_what_suggests_something_is_something_that_is_said(kind: After) -> None:
    assert not kind.suggests or kind.says
