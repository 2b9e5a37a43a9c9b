"""Headings, words and days of somebody else's table: what could be two things is chosen by nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.errors import BadInput
from panelkit.domain.grids import Cell, Grid, Line
from panelkit.domain.headings import (
    FIELDS,
    NOT_READ,
    Holds,
    categories_for,
    fields_for,
    figures_for,
    kinds_for,
    levels_for,
)
from panelkit.domain.held import day_of
from panelkit.domain.manual_figures import ASKED, asked_of
from panelkit.domain.mapping import Mapped, Told, mapping_of
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.vocabulary import Category


@given(st.dates(date(1000, 1, 1)))
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    words = (
        day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}", f"{day.day} {day:%B} {day.year}", f"{day.day:02}-{day:%b}-{day.year}",
        f"{day.isoformat()} 00:00:00", f"{day.isoformat()}T00:00:00Z",
    )  # fmt: skip
    assert {day_of(each) for each in words} == {day}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("31/04/2022", "in no calendar"), ("2022-02-29", "in no calendar"), ("0/1/2022", "in no calendar"),
        ("04/13/2022", "day, month, year"), ("2022-13-01", "day, month, year"), ("3 Smarch 2022", "day, month, year"),
        ("03/04/22", "two digits"), ("3 April 22", "two digits"), ("3/4/202", "two digits"),
        ("03/04-2022", "is no day"), ("April 2022", "is no day"), ("44836", "is no day"), ("2022-04-03 14:30", "is no day"),
        ("20220403", "is no day"), ("yesterday", "is no day"), ("٣/٤/٢٠٢٢", "is no day"), ("03/04", "is no day"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        day_of(words)


def test_3_april_is_never_4_march() -> None:
    assert day_of("03/04/2022") == date(2022, 4, 3)
    assert day_of("2022-04-03") - day_of("03/04/2022") == timedelta(0)


# -- the lists of words ---------------------------------------------------------------


def test_what_the_program_calls_a_thing_is_always_that_thing() -> None:
    for kind in OutcomeKind:
        assert kinds_for(str(kind)) == kinds_for(kind.label) == (kind,)
    for asked in ASKED:
        assert figures_for(asked.id) == figures_for(asked.label) == (asked.id,)
        assert asked_of(figures_for(asked.id.lower())[0]) == asked
    assert categories_for(Category.UNCONFIRMED.label) == (), "no table counts what nobody knows"
    for category in Category.known():
        assert categories_for(category.label) == categories_for(f"cat {category}") == (category,)
    for holds, fields in FIELDS.items():
        assert len({field.key for field in fields}) == len(fields)
        for field in fields:
            assert field in fields_for(holds, field.key)


def test_a_word_for_two_things_is_listed_as_two() -> None:
    assert kinds_for("Return to Custody") == (OutcomeKind.RETURNED_LICENCE, OutcomeKind.RETURNED_SHPO)  # fmt: skip
    assert kinds_for("further offence") == (OutcomeKind.CHARGED, OutcomeKind.CONVICTED)
    assert kinds_for("Recall") == (), "who is recalled need not be back in custody"
    assert categories_for("Sexual offenders") == (Category.ONE, Category.TWO)
    assert figures_for("SFO") == ("Q1.SFO", "Q2.SFO", "Q3.SFO", "Q4.SFO")
    assert figures_for("SHPO") == ("T5.SHPO", "T5.SHPO-TRAVEL")
    assert kinds_for("–") == levels_for("") == ()


# -- columns --------------------------------------------------------------------------


def table(*headings: str, hidden: frozenset[int] = frozenset()) -> Grid:
    head = Line(1, tuple(Cell(each) for each in headings))
    return Grid(file="r.csv", head=head, lines=(), hidden=hidden)


def events(*headings: str, hidden: frozenset[int] = frozenset(), **told: str) -> Mapped:
    said = {name.replace("_", " "): key for name, key in told.items()}
    return mapping_of(table(*headings, hidden=hidden), Holds.EVENTS, Told(columns=said))


def taken(found: Mapped) -> list[str]:
    return [column.taken_for.key if column.taken_for else "" for column in found.columns]


def test_columns_are_taken_by_their_headings_in_whatever_order_and_letters() -> None:
    found = events("DATE OF RECALL ", "Borough", "Outcome-type", "MAPPA ref.", "")
    assert taken(found) == ["day", "", "kind", "case", ""]
    assert found.problems == ()
    assert found.place("day") == "A (DATE OF RECALL )"
    assert [column.why for column in found.columns] == ["by its heading", "not read: nothing here goes by that name", "by its heading", "by its heading", "not read: its heading is blank"]  # fmt: skip


def test_two_columns_for_one_field_and_a_heading_for_two_fields_are_asked_about() -> None:
    found = events("Case", "Event", "Date", "Recall date")
    assert "Columns C (Date) and D (Recall date) would both be the day: say which with --map, or rename one." in found.problems  # fmt: skip
    settled = events("Case", "Event", "Date", "Recall date", Recall_date="day")
    assert (taken(settled), settled.problems) == (["case", "kind", "", "day"], ())
    assert settled.columns[2].why == "not read: another column is said to be that"
    left = events("Case", "Event", "Date", "Recall date", Date=NOT_READ)
    assert (taken(left), left.problems) == (["case", "kind", "", "day"], ())
    two = mapping_of(table("Figure", "Number", "Date"), Holds.FIGURES, Told())
    assert "Column C, Date, could be the day it holds for or the day it was published: say which with --map." in two.problems  # fmt: skip
    one = mapping_of(table("Figure", "Number", "Date"), Holds.FIGURES, Told({"Date": "as_at"}))
    assert one.problems == ()
    same = events("Case", "Event", "Day", "Day", Day="day")
    assert any("would both be the day" in problem for problem in same.problems)


def test_what_is_missing_hidden_or_said_of_no_column_is_a_problem() -> None:
    found = events("Case", "Event", Nowhere="day")
    assert found.problems[0] == "There is no column headed Nowhere."
    assert found.problems[1].startswith("No column is the day (day, date, ")
    assert events("Case", "Event", "Day", hidden=frozenset({2})).problems == ("Column C (Day) is hidden in the workbook: unhide it and look at it.",)  # fmt: skip
    assert events("Case", "Event", "Day", "x", hidden=frozenset({3})).problems == ()


def test_what_is_said_is_checked_and_the_command_line_wins_over_a_file() -> None:
    codes = {"charged": "x", "T5.SHPO": "y"}
    assert Told(words={"a": "t5.shpo"}).checked(Holds.EVENTS, codes).code_of(" A! ") == "T5.SHPO"
    for told in (Told({"x": "moon"}), Told(words={"x": "moon"}), Told({"A b": "day", "a-B": "day"}), Told({"–": "day"})):  # fmt: skip
        with pytest.raises(BadInput):
            told.checked(Holds.EVENTS, codes)
    both = Told({"Date!": "note"}, head=2).over(Told({"date": "day", "Ref": "case"}, {"x": "y"}, "S", 5))  # fmt: skip
    assert both == Told({"Ref": "case", "Date!": "note"}, {"x": "y"}, "S", 2)
