"""The board's quarterly report from figures: what it says, what it leaves out. All of it invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.quarterly_paper import QuarterlyPaper, compared
from panelkit.domain.report_year import ReportQuarter
from panelkit.services.sample_quarter import full_quarterly
from panelkit.stats.quarter import Block, Given, MeetingRow, QuarterFacts
from panelkit.stats.quarter_grids import ATTENDING, ROOM, lines_of
from panelkit.stats.quarter_paper import NO_OFFICE, SECTIONS, quarter_paper
from panelkit.stats.quarterly import quarterly

Q3 = ReportQuarter.named("2022-23-Q3")
QUARTERS = (Q3.before.before.before, Q3.before.before, Q3.before, Q3)
SINCE = dict.fromkeys(("referrals", "put_off", "boards", "levels", "meetings"), "2020-01-01")
ATTENDED = (
    Given("Poor Housing Trust", 2, 9), Given("Middling Trust", 8, 10), Given("Good Police", 10, 10),
    Given("Unasked Office", None, 0), Given("Small Charity", 1, 2),
)  # fmt: skip


def facts(quarter: ReportQuarter, panels: int, emergencies: int = 0, **said: Any) -> QuarterFacts:
    meetings = [
        MeetingRow(f"{quarter.label}{n}", "c", "2", "emergency" if n < emergencies else "review", "", "")
        for n in range(panels)
    ]  # fmt: skip
    causes = {m.id: {"emergency_cause": "release"} for m in meetings[:emergencies]}
    plain = {"since": SINCE, "said": causes, "given": {"K-ATT2": ATTENDED}}
    return QuarterFacts(quarter=quarter, meetings=meetings, **(plain | said))


def paper(
    *, below: int = 0, made_on: date = date(2023, 1, 9), ring: dict[str, str] | None = None,
    panels: tuple[int, ...] = (31, 30, 33, 41), emergencies: tuple[int, ...] = (1, 2, 0, 6), **said: Any,
) -> QuarterlyPaper:  # fmt: skip
    four = [
        facts(quarter, held, urgent, **said)
        for quarter, held, urgent in zip(QUARTERS, panels, emergencies, strict=True)
    ]
    return quarter_paper(
        quarterly(four, below=below), area="Invented", made_on=made_on, targets={"K-ATT2": 75},
        ring=ring or {}, fiction=True,
    )  # fmt: skip


def test_what_rises_is_said_with_what_it_is_compared_with_and_why() -> None:
    said = dict(paper().points)
    assert said["Panels"].startswith("41 held (41 at Level 2, 0 at Level 3), more than in any of the 3 quarters before (31, 30, 33).")  # fmt: skip
    assert "6, more than in any of the 3 quarters before (1, 2, 0)." in said["Emergency panels"]
    assert said["Emergency panels"].endswith("as the meetings recorded it: imminent release (6).")


def test_a_quarter_that_still_runs_is_never_more_or_fewer_than_whole_ones() -> None:
    for day in (Q3.start, Q3.end):
        said = " ".join(words for _label, words in paper(made_on=day).points)
        assert "so far; in the 3 quarters before 31, 30, 33" in said
        assert "more than" not in said
    assert "so far" not in str(paper(made_on=Q3.end + timedelta(days=1)).points)


def test_who_falls_short_of_the_target_is_named_lowest_first_with_whom_to_ring() -> None:
    told = paper(ring={"Poor Housing Trust": "Duty office, 01632 960 001"})
    said = dict(told.points)["Attendance"]
    assert "2 of 4 organisations reach 75 %. To ring first: Poor Housing Trust 2 of 9 (22 %); Small Charity 1 of 2 (50 %)." in said  # fmt: skip
    mine = [one for one in told.attending if one.level == "Level 2"]
    assert [(one.organisation, one.ring) for one in mine] == [
        ("Poor Housing Trust", "Duty office, 01632 960 001"), ("Small Charity", NO_OFFICE),
    ]  # fmt: skip
    assert mine[0].points == ("22 % of 9",) * 4
    assert "2 more at Level 2 came as often or oftener." in told.attending_note
    assert "Level 3: not known." in told.attending_note


def test_what_leaves_the_area_says_nothing_of_too_few_anywhere() -> None:
    told = paper(below=5)
    everything = repr(told)
    assert "Small Charity 1" not in everything
    assert "50 %" not in everything
    assert "Of 1 at Level 2 there are too few panels to say." in told.attending_note
    emergencies = told.drawings["panels"][1]
    assert [bar.words for bar in emergencies.series[0].bars] == ["*", "*", "0", "6"]
    assert [bar.height for bar in emergencies.series[0].bars] == [None, None, 0, 6]
    few = dict(paper(below=5, panels=(31, 30, 33, 4), emergencies=(0, 0, 0, 2)).points)
    assert few["Panels"].startswith("Held: withheld, too few to be said.")
    assert few["Emergency panels"] == "Withheld, too few to be said."


def test_nothing_is_added_up_over_what_is_withheld_or_not_known() -> None:
    rows = [Given("Police", 8, 10), Given("Charity", 1, 3)]
    acts = {"given": {"K-ACT": rows, "ACT-SMART": [Given("Police", None, 4, known=False)]}}
    shown = dict(paper(**acts).grids["actions"].rows)
    assert shown["Completed on time: all"] == ("69 % of 13",) * 4
    hidden = dict(paper(below=5, **acts).grids["actions"].rows)
    assert hidden["Completed on time: all"] == ("*",) * 4
    assert "Charity" not in "".join(hidden)


def test_none_of_five_is_said_and_no_zero_is_taken_for_unknown() -> None:
    told = paper(given={"K-MIN2": [Given("All", 0, 5)], "K-MIN3": []})
    assert dict(told.grids["in_time"].rows) == {"Minutes of Level 2 in time": ("0 % of 5",) * 4}
    assert any("Not known: First meetings in time;" in note for note in told.grids["in_time"].notes)
    unknown = paper(since={"meetings": "2020-01-01"})
    assert "Received" in unknown.grids["referrals"].notes[0]
    assert unknown.grids["panels"].rows[0][1] == ("not known",) * 4, "listed: none given up is kept"


def test_each_block_has_its_section_and_every_figure_is_in_one_or_named_as_left_out() -> None:
    assert list(SECTIONS.values())[:3] == ["panels", "attendance", "in_time"], "read first"
    assert set(SECTIONS) == set(Block)
    full = full_quarterly()
    assert set(full.grids) == set(SECTIONS.values())
    assert sum(map(lines_of, full.grids.values())) <= ROOM
    everything = repr(full.grids)
    for figure in quarterly([facts(Q3, 0)]).figures:
        if figure.measure.id not in (*ATTENDING, "CASE-IN", "OUT-EVENTS"):
            assert figure.measure.title in everything, figure.measure.id


def test_a_drawing_says_every_number_in_words() -> None:
    full = full_quarterly()
    for drawings in full.drawings.values():
        for one in drawings:
            bars = [bar for series in one.series for bar in series.bars] + list(one.sums)
            assert all(" ".join(bar.words.split()) in one.in_words for bar in bars)
            assert all(label in one.in_words for label in full.quarters)


@given(st.integers(0, 9), st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=4))
def test_what_is_compared_is_true(now: int, before: list[int | None]) -> None:
    known = [number for number in before if number is not None]
    said = compared(now, before)
    assert said.startswith("more than") is (bool(known) and all(now > each for each in known))
    assert said.startswith("fewer than") is (bool(known) and all(now < each for each in known))
    assert said.startswith("as many as") is (bool(known) and all(now == each for each in known))
    assert ("known" in said) is (len(known) < len(before))
    assert f"({', '.join(map(str, known))})" in said or said.startswith(("as many", "nothing"))


@pytest.mark.parametrize("what", ["panels", "in_time"])
def test_drawings_are_of_the_four_quarters(what: str) -> None:
    assert {one.labels for one in paper().drawings[what]} == {tuple(q.label for q in QUARTERS)}
