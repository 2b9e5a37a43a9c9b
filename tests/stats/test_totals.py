"""Totals asked for in advance: what can be asked, and that counting gives it back. All invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.domain.errors import BadInput
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import OPEN
from panelkit.stats.annual import annual_tables
from panelkit.stats.facts import EventRow, Facts, SpanRow
from panelkit.stats.fiction import Somebody, invented
from panelkit.stats.totals import Totals, totals_of
from tests.stats.rows import RULES, supplied

PUBLISHED = {
    "year": "2022-23", "area": "West Midlands",
    "T1": {"Level 2": [18, 28, 17], "Level 3": [1, 0, 1]},
    "T2": {"Level 2": [49, 80, 39], "Level 3": [3, 6, 4]},
    "T7a": {"Level 2": [14, 30, 13], "Level 3": [2, 2, 0]},
    "T7b": {"Level 2": 0, "Level 3": 0},
}  # fmt: skip
"""One published area-year: West Midlands MAPPA annual report 2022-23 [V1]."""


def read(**more: object) -> Totals:
    return totals_of(json.dumps(PUBLISHED | more))


def facts_of(year: ReportYear, people: list[Somebody]) -> Facts:
    kinds: dict[str, list[SpanRow]] = {"level": [], "category": [], "whereabouts": []}
    events = []
    for number, one in enumerate(people):
        for turn in one.turns:
            last = turn.last.isoformat() if turn.last else OPEN
            kinds[str(turn.kind)].append(SpanRow(str(number), turn.value, turn.first.isoformat(), last))  # fmt: skip
        events += [EventRow(str(number), str(kind), day.isoformat()) for kind, day in one.events]
    return Facts(
        year=year, levels=kinds["level"], categories=kinds["category"],
        whereabouts=kinds["whereabouts"], events=events,
    )  # fmt: skip


def counted(totals: Totals, seed: int) -> dict[str, dict[str, list[object]]]:
    """The four tables as the program counts them, totals left out."""
    told = annual_tables(facts_of(totals.year, list(invented(totals, seed))), supplied(), RULES)
    return {
        name: {
            row: [value for column, value in columns.items() if name == "T7b" or column != "Total"]
            for row, columns in told.tables[name].as_data()["rows"].items()
            if row.startswith("Level") and row != "Level 1"
        }
        for name in ("T1", "T2", "T7a", "T7b")
    }


@pytest.mark.parametrize("seed", range(5))
def test_the_published_tables_come_back_cell_by_cell(seed: int) -> None:
    found = counted(read(), seed)
    assert found == {
        **{name: PUBLISHED[name] for name in ("T1", "T2", "T7a")},
        "T7b": {"Level 2": [0], "Level 3": [0]},
    }


def test_a_seed_makes_the_same_people_and_another_others() -> None:
    assert list(invented(read(), 3)) == list(invented(read(), 3))
    assert list(invented(read(), 3)) != list(invented(read(), 4))


def test_among_them_are_some_whom_no_table_may_count() -> None:
    people = list(invented(read(), 1))
    told = annual_tables(facts_of(ReportYear.named("2022-23"), people), supplied(), RULES)
    assert len(people) > told.tables["T2"].cell("Total", "Total").value == 181
    assert any(one.category == "4" and one.events for one in people)
    assert told.counts.not_in_community
    assert not told.counts.unknown_year


_FEW = st.lists(st.integers(0, 4), min_size=3, max_size=3)


@st.composite
def _possible(draw: st.DrawFn) -> dict[str, object]:
    low, high = draw(_FEW), draw(_FEW)
    on_high = [draw(st.integers(0, n)) for n in high]
    on_low = [draw(st.integers(0, a + b - c)) for a, b, c in zip(low, high, on_high, strict=True)]
    return {
        "T1": {"Level 2": on_low, "Level 3": on_high},
        "T2": {"Level 2": low, "Level 3": high},
        "T7a": {
            "Level 2": [draw(st.integers(0, a + b)) for a, b in zip(low, high, strict=True)],
            "Level 3": [draw(st.integers(0, n)) for n in high],
        },
        "T7b": {"Level 2": draw(st.integers(0, sum(low))), "Level 3": draw(st.integers(0, sum(high)))},
    }  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_possible(), st.integers(0, 10_000))
def test_whatever_can_be_asked_is_given_back(
    asked: dict[str, dict[str, object]], seed: int
) -> None:
    wanted = asked | {"T7b": {row: [number] for row, number in asked["T7b"].items()}}
    assert counted(read(**asked), seed) == wanted


def test_totals_may_stand_beside_their_parts_and_level_one_is_passed_over() -> None:
    found = read(
        T1={"Level 1": [3638, 1650, "–", 5288], "Level 2": [18, 28, 17, 63], "Level 3": [1, 0, 1, 2], "Total": [3657, 1678, 18, 5353]},
        T2={"Level 2": [49, 80, 39], "Level 3": [3, 6, 4], "Total": [52, 86, 43, 181]},
        T7b={"Level 2": [0], "Level 3": 0, "Total": 0},
    )  # fmt: skip
    assert found.has_level_one
    assert found.snapshot == read().snapshot


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"T9": {}}, "T9: not known"),
        ({"year": 2022}, "year is text"),
        ({"year": "2022-24"}, "not a report year"),
        ({"T1": {"Level 2": [1, 2]}}, "T1, Level 2: three numbers"),
        ({"T1": {"Level 2": [1, 2, "3"]}}, "T1, Level 2: a whole number"),
        ({"T1": {"Level 2": [1, 2, True]}}, "T1, Level 2: a whole number"),
        ({"T1": {"Level 2": [1, 2, -3]}}, "T1, Level 2: a whole number"),
        ({"T1": {"Level 4": [1, 2, 3]}}, "T1: there is no row Level 4"),
        ({"T1": {"Level 2": [1, 2, 3, 7]}}, "6 is their sum, and 7 is said"),
        ({"T2": {"Level 2": [49, 80, 39], "Level 3": [3, 6, 4], "Total": [52, 86, 44]}}, "T2, Total: 44 in Category 3, and the rows add up to 43"),
        ({"T1": {"Level 3": [4, 0, 0]}}, "T1, Level 3, Category 1: 4, and T2 has 3 managed there"),
        ({"T1": {"Level 2": [0, 0, 44]}}, "T1, Level 2, Category 3: 44, and by T2 no more than 43"),
        ({"T7a": {"Level 3": [4, 0, 0]}}, "T7a, Level 3, Category 1"),
        ({"T7a": {"Level 2": [53, 0, 0]}}, "T7a, Level 2, Category 1: 53, and T2 has 52 people"),
        ({"T7b": {"Level 3": 14}}, "T7b, Level 3: 14"),
        ({"T7b": {"Level 2": 0, "Level 3": 0, "Total": 1}}, "T7b, Total: 1"),
        ({"T7b": [0, 0]}, "T7b: rows by name"),
        ({"T1": []}, "T1: rows by name"),
        ({"T2": {"Level 2": [10**9, 0, 0]}}, "T2, Level 2: a whole number"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named_with_its_place(more: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput) as wrong:
        read(**more)
    assert said in wrong.value.sentence


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "[" * 10_000, '{"year": "2022-23", "T1": NaN}'])  # fmt: skip
def test_what_is_no_totals_file_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadInput):
        totals_of(text)
