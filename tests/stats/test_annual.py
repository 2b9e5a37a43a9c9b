"""The eight tables, counted from rows. Every case is invented; the published figures are public."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections import Counter
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.counting import RULES as COUNTING
from panelkit.domain.counting import printed, settled
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.manual_figures import ASKED, asked_of, number_of
from panelkit.domain.spans import OPEN
from panelkit.stats.annual import ANNUAL, annual_tables
from panelkit.stats.facts import Facts, SpanRow, Wrong
from panelkit.stats.output import CSV_COLUMNS, as_data, csv_text, lines
from panelkit.stats.tables import IMPOSSIBLE, NOT_SUPPLIED, Cell, Status, Table, reconciled
from tests.stats.rows import RULES, YEAR, person, supplied, together


def shown(facts: Facts, table: str, **rules: str) -> dict[str, dict[str, object]]:
    found = annual_tables(facts, supplied(), settled(tuple(rules.items())))
    return found.tables[table].as_data()["rows"]


def cells(facts: Facts, table: str, **rules: str) -> list[str]:
    """Places that are not zero, totals left out."""
    rows = shown(facts, table, **rules)
    return [
        f"{row[-1]}/{column[-1]}={value}"
        for row, columns in rows.items()
        for column, value in columns.items()
        if "Total" not in (row, column) and value and row != "Level 1"
    ]


# -- who is counted ---------------------------------------------------------------------


def test_the_snapshot_is_of_31_march_and_the_year_of_every_day_in_it() -> None:
    until = person("a", ("2", "2022-04-02", "2023-03-30"))
    on = person("b", ("2", "2023-03-31", ""))
    after = person("c", ("2", "2023-04-01", ""))
    before = person("d", ("3", "2020-01-01", "2022-03-31"))
    first_day = person("e", ("3", "2020-01-01", "2022-04-01"))
    last_day = person(
        "f", ("2", "2022-05-01", "2023-03-31"), category="1", returned=("2023-03-31",)
    )
    everybody = together(until, on, after, before, first_day, last_day)
    assert cells(everybody, "T1") == ["2/1=1", "2/2=1"]
    assert cells(everybody, "T2") == ["2/1=1", "2/2=2", "3/2=1"]
    assert cells(everybody, "T7a") == ["2/1=1"]


def test_somebody_at_both_levels_is_counted_once_at_the_highest_or_at_each() -> None:
    both = person("a", ("3", "2022-05-01", "2022-06-30"), ("2", "2022-07-01", ""))
    assert cells(both, "T2") == ["3/2=1"]
    assert cells(both, "T2", t2_count_rule="each") == ["2/2=1", "3/2=1"]
    assert cells(both, "T1") == ["2/2=1"]


def test_who_was_not_in_the_community_is_not_counted_and_is_said() -> None:
    inside = person("a", ("2", "2022-05-01", ""), places=(("custody", "2022-01-01", OPEN),))
    out_later = person("b", ("2", "2022-05-01", ""), places=(("custody", "2022-01-01", "2022-12-31"), ("community", "2023-01-01", OPEN)))  # fmt: skip
    back = person("c", ("2", "2022-05-01", ""), places=(("community", "2022-01-01", "2023-03-30"), ("recalled", "2023-03-31", OPEN)))  # fmt: skip
    everybody = together(inside, out_later, back)
    assert cells(everybody, "T1") == ["2/2=1"]
    assert cells(everybody, "T2") == ["2/2=2"]
    assert cells(everybody, "T2", t2_custody="all") == ["2/2=3"]
    told = annual_tables(everybody, supplied(), RULES)
    assert told.counts.not_in_community == ["a"]
    assert any("1 managed at Level 2 or 3 were in the community on no day" in n for n in told.notes)


def test_where_the_record_does_not_say_nobody_is_counted_and_it_is_said() -> None:
    unknown = person("a", ("2", "2022-05-01", ""), places=())
    half = person("b", ("3", "2022-05-01", ""), places=(("custody", "2022-05-01", "2022-09-01"),))
    told = annual_tables(together(unknown, half), supplied(), RULES)
    assert told.counts.unknown_snapshot == ["a", "b"]
    assert told.counts.unknown_year == ["a", "b"]
    assert told.tables["T2"].cell("Total", "Total").value == 0
    assert sum("does not say where they were" in note for note in told.notes) == 2


def test_who_is_at_large_counts_as_the_rule_says() -> None:
    gone = person("a", ("2", "2022-05-01", ""), places=(("unlawfully_at_large", "2022-01-01", OPEN),))  # fmt: skip
    assert cells(gone, "T1") == ["2/2=1"]
    assert cells(gone, "T1", at_large="not_community") == []


def test_the_category_is_that_of_the_last_meeting_of_the_year() -> None:
    moved = dataclasses.replace(
        person("a", ("2", "2022-05-01", "")),
        categories=[SpanRow("a", "3", "2022-05-01", "2022-11-30"), SpanRow("a", "1", "2022-12-01", OPEN)],
        last_meeting={"a": "2022-11-20"},
    )  # fmt: skip
    assert cells(moved, "T2") == ["2/3=1"]
    assert cells(moved, "T2", t2_category="last_day") == ["2/1=1"]
    assert cells(moved, "T1") == ["2/1=1"]
    assert cells(dataclasses.replace(moved, last_meeting={}), "T2") == ["2/1=1"]


def test_category_four_is_in_no_table_and_no_total() -> None:
    one = person("a", ("3", "2022-05-01", ""), category="4", returned=("2022-06-01",))
    shpo = person("b", ("2", "2022-05-01", ""), category="4", returned=("2022-06-01",), kind="returned_shpo")  # fmt: skip
    told = annual_tables(together(one, shpo), supplied(), RULES)
    for name in ("T1", "T2", "T7a", "T7b"):
        assert not any("Category 4" in column for column in told.tables[name].columns)
        counted = [c for c in told.tables[name].cells.values() if c.status is Status.COUNTED]
        assert sum(cell.value or 0 for cell in counted) == 0, name


def test_returns_count_people_in_a_row_and_events_beside_them() -> None:
    often = person("a", ("2", "2022-04-01", "2022-09-30"), ("3", "2022-10-01", ""), category="1", returned=("2022-05-01", "2022-08-01", "2022-12-01", "2023-04-01"))  # fmt: skip
    not_here = person("b", ("2", "2022-06-01", ""), returned=("2022-05-01",))
    shpo = person("c", ("2", "2022-04-01", ""), category="1", returned=("2022-05-01",), kind="returned_shpo")  # fmt: skip
    told = annual_tables(together(often, not_here, shpo), supplied(), RULES)
    licence = told.tables["T7a"]
    assert (licence.cell("Level 2", "Category 1").value, licence.cell("Level 2", "Category 1").events) == (1, 2)  # fmt: skip
    assert (licence.cell("Level 3", "Total").value, licence.cell("Level 3", "Total").events) == (1, 1)  # fmt: skip
    assert licence.cell("Total", "Total").value == 2
    assert told.tables["T7b"].as_data()["rows"] == {"Level 2": {"Total": 1}, "Level 3": {"Total": 0}, "Total": {"Total": 1}}  # fmt: skip
    assert told.counts.outside == ["b"]
    assert licence.as_data()["events"]["Total"]["Total"] == 3


def test_a_further_offence_is_no_return() -> None:
    one = person("a", ("2", "2022-04-01", ""), returned=("2022-05-01",), kind="charged")
    assert cells(one, "T7a") == []


# -- rows that cannot be so -------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([("2", "2022-05-01", ""), ("3", "2022-06-01", "")], "overlaps"),
        ([("2", "2022-05-01", "2022-06-01"), ("3", "2022-06-01", "")], "overlaps"),
        ([("2", "2022-05-02", "2022-05-01")], "before it begins"),
    ],
)
def test_no_table_is_counted_from_a_history_that_cannot_be_so(
    levels: list[tuple[str, str, str]], said: str
) -> None:
    with pytest.raises(Wrong, match=said) as wrong:
        annual_tables(person("the case", *levels), supplied(), RULES)
    assert wrong.value.case == "the case"
    assert "the case" not in wrong.value.sentence, "its reference is for whoever may see it"


# -- what is entered by hand ------------------------------------------------------------


def test_until_it_is_supplied_a_figure_says_so_and_is_never_0() -> None:
    told = annual_tables(person("a", ("2", "2022-05-01", "")), {}, RULES)
    first = told.tables["T1"].as_data()["rows"]
    assert first["Level 1"] == {"Category 1": NOT_SUPPLIED, "Category 2": NOT_SUPPLIED, "Category 3": IMPOSSIBLE, "Total": NOT_SUPPLIED}  # fmt: skip
    assert first["Total"] == {"Category 1": NOT_SUPPLIED, "Category 2": NOT_SUPPLIED, "Category 3": 0, "Total": NOT_SUPPLIED}  # fmt: skip
    assert first["Level 2"]["Total"] == 1
    assert told.not_supplied == tuple(asked.id for asked in ASKED)
    assert told.tables["T8"].as_data()["rows"] == {"Rate per 100,000": {"Number": NOT_SUPPLIED}}
    assert {asked.id for asked in ASKED} == {need for spec in ANNUAL for need in spec.needs}


def test_the_rate_is_rounded_half_up_and_its_population_is_in_the_notes() -> None:
    told = annual_tables(together(), supplied(**{"T1.L1.C1": 5, "T8.population": 200_000}), RULES)
    assert told.tables["T8"].cell("Rate per 100,000", "Number").value == 3, "2.5"
    assert any("200000 (mid-2021; Invented)" in note for note in told.notes)


@pytest.mark.parametrize("words", ["", "many", "3,638", "-1", "1.5", "１２", "1e3", "9999999999", "0x1", "=1+1"])  # fmt: skip
def test_text_for_a_number_is_named_with_the_figure(words: str) -> None:
    with pytest.raises(BadInput, match=r"T1\.L1\.C1 is a whole number"):
        number_of(asked_of("t1.l1.c1"), words)


def test_a_population_is_not_zero() -> None:
    with pytest.raises(BadInput, match=r"T8\.population is 1 or more"):
        number_of(asked_of("T8.population"), "0")
    assert number_of(asked_of("T5.SHPO-TRAVEL"), "0") == 0
    with pytest.raises(BadInput, match="No figure of that name"):
        asked_of("T2")


# -- sums -------------------------------------------------------------------------------

_LEVELS = st.sampled_from(["2", "3"])
_DAYS = st.dates(YEAR.before.start, YEAR.end).map(lambda day: day.isoformat())


@st.composite
def _somebody(draw: st.DrawFn, number: int) -> Facts:
    days = sorted(draw(st.sets(_DAYS, min_size=1, max_size=4)))
    spans = []
    for place, first in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else ""
        # The day before, as text: two spans never share a day.
        last = max(first, _day_before(following)) if following else draw(st.sampled_from(["", "2023-03-31"]))  # fmt: skip
        spans.append((draw(_LEVELS), first, last))
    return person(
        f"case {number}", *spans, category=draw(st.sampled_from("1234")),
        places=((draw(st.sampled_from(["community", "custody"])), "2020-01-01", OPEN),),
        returned=tuple(draw(st.lists(_DAYS, max_size=3))),
        kind=draw(st.sampled_from(["returned_licence", "returned_shpo"])),
    )  # fmt: skip


def _day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@st.composite
def _year(draw: st.DrawFn) -> Facts:
    return together(*(draw(_somebody(n)) for n in range(draw(st.integers(0, 6)))))


@given(_year(), st.sampled_from(["highest", "each"]))
def test_whatever_is_counted_every_table_reconciles(facts: Facts, rule: str) -> None:
    told = annual_tables(facts, supplied(), settled((("t2_count_rule", rule),)))
    for table in told.tables.values():
        assert reconciled(table) is not None
    every = {row.case for row in facts.levels}
    for table in told.tables.values():
        for cell in table.cells.values():
            assert set(cell.cases) <= every
            assert cell.status is not Status.COUNTED or cell.value == len(cell.cases)
            assert cell.events is None or cell.events >= (cell.value or 0)
    second = told.tables["T2"]
    times = Counter(c for cell in second.cells.values() if cell.status is Status.COUNTED for c in cell.cases)  # fmt: skip
    assert rule == "each" or all(n == 1 for n in times.values())
    # Who was at the level on 31 March in the community was managed in the year.
    assert set(told.tables["T1"].cell("Total", "Category 2").cases) <= set(second.cell("Total", "Category 2").cases)  # fmt: skip


@given(_year(), st.sampled_from([spec.id for spec in ANNUAL if spec.adds and "Total" in spec.rows]), st.data())  # fmt: skip
def test_a_figure_that_was_changed_is_never_given_out(
    facts: Facts, name: str, data: st.DataObject
) -> None:
    table = annual_tables(facts, supplied(), RULES).tables[name]
    place = data.draw(st.sampled_from([p for p, c in table.cells.items() if c.value is not None]))
    cell = table.cells[place]
    wrong = dataclasses.replace(cell, value=(cell.value or 0) + data.draw(st.integers(1, 9)))
    changed = dataclasses.replace(table, cells=MappingProxyType({**table.cells, place: wrong}))
    with pytest.raises(Refused, match=name):
        reconciled(changed)


def test_somebody_counted_in_two_cells_is_found_though_the_sums_agree() -> None:
    one = Cell(1, Status.COUNTED, ("a",))
    two = Table(
        id="T2", title="", period="", rows=("x", "y"), columns=("n",), once=True,
        cells={("x", "n"): one, ("y", "n"): one},
    )  # fmt: skip
    with pytest.raises(Refused, match="one person is counted in x / n and in y / n"):
        reconciled(two)
    assert reconciled(dataclasses.replace(two, once=False)) == ()


def test_a_total_over_what_was_not_supplied_is_not_given_out() -> None:
    table = annual_tables(together(), {}, RULES).tables["T1"]
    sneaked = {**table.cells, ("Total", "Category 1"): Cell(0, Status.TOTAL)}
    with pytest.raises(Refused, match="a part was not supplied"):
        reconciled(dataclasses.replace(table, cells=sneaked))


# -- how it is given out ------------------------------------------------------------------


def test_csv_has_a_row_for_each_cell_and_never_a_blank() -> None:
    told = annual_tables(person("WM-SECRET", ("2", "2022-05-01", "")), {}, RULES)
    text = csv_text(told)
    heading, *rows = csv.reader(io.StringIO(text))
    assert tuple(heading) == CSV_COLUMNS
    assert len(rows) == sum(len(spec.rows) * len(spec.columns) for spec in ANNUAL)
    assert all(all(value for value in row) for row in rows)
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row)
    assert ["2022-23", "T1", "Level 1", "Category 3", "–", "not_possible"] in rows
    assert ["2022-23", "T1", "Level 2", "Category 2", "1", "counted"] in rows
    assert "WM-SECRET" not in text + repr(as_data(told))
    assert "WM-SECRET" not in "".join(line for t in told.tables.values() for line in lines(t))


def test_every_rule_is_printed_with_where_it_comes_from() -> None:
    said = printed(
        settled((("at_large", "not_community"),)), {"counting.at_large": "Board, June 2023"}
    )
    assert len(said) == len(COUNTING)
    assert "Who is unlawfully at large does not count as in the community. Board, June 2023" in said
    assert all(sentence.endswith(("[I]", "[V1]", "2023")) for sentence in said)
