"""Histories, events, manual figures and published tables as they are stored. All invented."""

from __future__ import annotations

import dataclasses
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from panelkit.domain.case import Case
from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.level_history import HistoryChange, begun, left
from panelkit.domain.manual_figures import ManualFigure
from panelkit.domain.meeting import By
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import OPEN, Span, SpanKind, SpanReason
from panelkit.domain.vocabulary import Category
from panelkit.store.record import Record
from tests.store.hands import Hands

BY = By("Ruth Calloway", datetime(2023, 5, 1, 9, tzinfo=UTC))
YEAR = ReportYear.named("2022-23")
CANARY = "words that only the record holds"


@pytest.fixture(autouse=True)
def _two_cases(record: Record) -> None:
    for number in (1, 2):
        case = Case(id=f"c{number}", ref=f"HM-{number}", category=Category.TWO, fiction=True)
        record.add_case(case, BY, command=f"case {number}")


def span(day: str = "2022-05-01", value: str = "2", **more: object) -> Span:
    said: dict[str, object] = {
        "id": f"s-{value}-{day}", "case_id": "c1", "kind": SpanKind.LEVEL, "value": value,
        "from_day": date.fromisoformat(day), "reason": SpanReason.ACCEPTED,
    }  # fmt: skip
    return Span(**(said | more))  # type: ignore[arg-type]


def kept(record: Record, *after: Span, case: str = "c1", command: str = "k") -> None:
    record.keep_spans(HistoryChange(case, record.spans(case), after), BY, command=command)


def journaled(record: Record, entity: str) -> list[tuple[str, str, str, str]]:
    with record._reading() as connection:
        found = connection.execute(
            text("select entity_id, field, old_hash, new_hash from journal where entity = :e order by seq"),
            {"e": entity},
        )  # fmt: skip
        return [tuple(row) for row in found]


# -- spans --------------------------------------------------------------------------------


def test_a_span_comes_back_as_it_was_and_each_field_is_in_the_journal(record: Record) -> None:
    full = span(
        id="x", to_day=date(2022, 8, 1), end_reason=SpanReason.DEATH, meeting_id="m1", end_meeting_id="m2",
        derived=True, because=CANARY, withdrawn="a slip",
    )  # fmt: skip
    kept(record, full)
    (found,) = record.spans("c1")
    assert found == dataclasses.replace(full, typed_by=BY.name, typed_at=BY.at)
    fields = {field for _id, field, old, new in journaled(record, "span") if not old and new}
    assert fields == {"kind", "value", "from_day", "to_day", "reason", "end_reason", "decided_at", "ended_at", "derived", "because", "withdrawn"}  # fmt: skip
    assert record.verify().is_good
    with record._reading() as connection:
        body = str(connection.execute(text("select * from journal")).all())
    assert CANARY not in body
    assert "2022-05-01" not in body, "hashes, no values"


def test_a_step_ends_one_span_and_begins_another_in_one_command(record: Record) -> None:
    kept(record, span())
    stepped = begun(record.spans("c1"), SpanKind.LEVEL, "3", date(2022, 8, 1), SpanReason.STEPPED_UP, case_id="c1", new_id="n")  # fmt: skip
    kept(record, *stepped, command="step")
    kept(record, *stepped, command="step")
    assert [(s.value, s.to_day, s.revision) for s in record.spans("c1")] == [
        ("2", date(2022, 7, 31), 2),
        ("3", None, 1),
    ]
    changed = [(i, f) for i, f, old, new in journaled(record, "span") if i == "s-2-2022-05-01"]
    assert changed[-1] == ("s-2-2022-05-01", "to_day")


def test_two_who_read_the_same_history_do_not_both_change_it(record: Record) -> None:
    kept(record, span())
    read = record.spans("c1")
    kept(record, *left(read, date(2022, 8, 1), SpanReason.DEATH), command="one")
    mine = HistoryChange("c1", read, left(read, date(2022, 9, 1), SpanReason.DEATH))
    with pytest.raises(StaleRecord, match="level history"):
        record.keep_spans(mine, BY, command="two")
    # A second first span: no row was changed, and still it is another history than was read.
    other = HistoryChange("c1", (), (span("2022-10-01"),))
    with pytest.raises(StaleRecord):
        record.keep_spans(other, BY, command="three")
    assert [s.to_day for s in record.spans("c1")] == [date(2022, 7, 31)]


def test_what_cannot_be_so_is_not_stored(record: Record) -> None:
    before = journaled(record, "span")
    with pytest.raises(Refused, match="overlaps"):
        kept(record, span(), span("2022-06-01", "3"))
    assert record.spans("c1") == ()
    assert journaled(record, "span") == before


def test_a_span_needs_its_case(record: Record) -> None:
    with pytest.raises(DatabaseError, match=r"(?i)foreign key"):
        kept(record, span(case_id="nobody"), case="nobody")


# -- events and the rows of a year ----------------------------------------------------------


def event(day: str = "2022-06-01", **more: object) -> Outcome:
    said: dict[str, object] = {
        "id": f"e-{day}", "case_id": "c1", "kind": OutcomeKind.RETURNED_LICENCE,
        "day": date.fromisoformat(day),
    }  # fmt: skip
    return Outcome(**(said | more))  # type: ignore[arg-type]


def test_an_event_and_where_somebody_is_go_into_one_transaction(record: Record) -> None:
    bad = HistoryChange("c1", (), (span(), span("2022-06-01", "3")))
    with pytest.raises(Refused):
        record.keep_event(None, event(), BY, command="e", change=bad)
    assert record.events("c1") == ()
    record.keep_event(None, event(note=CANARY), BY, command="e", change=HistoryChange("c1", (), (span(),)))  # fmt: skip
    (found,) = record.events("c1")
    assert found.note == CANARY
    gone = dataclasses.replace(found, withdrawn="another case", revision=2)
    record.keep_event(found, gone, BY, command="w")
    with pytest.raises(StaleRecord):
        record.keep_event(found, gone, BY, command="w2")
    assert [f for _i, f, old, _n in journaled(record, "outcome")][-1] == "withdrawn"


def test_the_rows_of_a_year_are_of_cases_at_the_levels_in_it(record: Record) -> None:
    kept(
        record, span("2021-05-01", to_day=date(2022, 4, 1)), span("2022-04-02", "3"),
        span("2020-01-01", "community", kind=SpanKind.WHEREABOUTS),
        span("2023-04-01", "2", id="never", withdrawn="typed twice", kind=SpanKind.CATEGORY),
    )  # fmt: skip
    kept(record, span("2022-05-01", "1", case_id="c2"), case="c2", command="k2")
    for number, day in enumerate(("2022-03-31", "2022-04-01", "2023-03-31", "2023-04-01")):
        record.keep_event(None, event(day), BY, command=f"e{number}")
    found = record.year_rows(YEAR)
    assert [(*row[:4], row[-1]) for row in found["span"]] == [
        ("c1", "community", "2020-01-01", OPEN, "whereabouts"),
        ("c1", "2", "2021-05-01", "2022-04-01", "level"),
        ("c1", "3", "2022-04-02", OPEN, "level"),
    ]
    assert found["now"] == [("c1", "2", 1)]
    assert [row[2] for row in found["event"]] == ["2022-04-01", "2023-03-31"]
    assert record.year_rows(ReportYear.named("2019-20"))["span"] == []


# -- figures entered by hand, published tables ----------------------------------------------


def figure(**more: object) -> ManualFigure:
    said: dict[str, object] = {
        "id": "f", "year": YEAR, "figure": "T3", "value": 62, "source": "Court results", "as_at": date(2023, 3, 31),
        "reference": "r", "published": date(2023, 4, 4), "entered_by": BY.name, "entered_id": "p1", "entered_at": BY.at,
    }  # fmt: skip
    return ManualFigure(**(said | more))  # type: ignore[arg-type]


def test_a_figure_is_kept_with_its_source_and_its_second_person(record: Record) -> None:
    record.keep_figure(None, figure(), BY, command="f")
    (entered,) = record.manual_figures(YEAR)
    assert entered == figure()
    assert not entered.is_supplied
    with pytest.raises(Refused, match="second person"):
        entered.confirmed(BY.name, "p1", BY.at)
    with pytest.raises(StaleRecord):
        record.keep_figure(None, figure(id="g", value=1), BY, command="g")
    record.keep_figure(entered, entered.confirmed("Omar Okafor", "p2", BY.at), BY, command="c")
    (confirmed,) = record.manual_figures(YEAR)
    assert (confirmed.is_supplied, confirmed.confirmed_by, confirmed.value) == (True, "Omar Okafor", 62)  # fmt: skip
    with pytest.raises(StaleRecord):
        record.keep_figure(entered, dataclasses.replace(entered, value=1, revision=2), BY, command="s")  # fmt: skip
    assert "value" in {f for _i, f, _o, _n in journaled(record, "manual_figure")}
    assert record.manual_figures(YEAR.before) == ()


def test_published_tables_are_never_changed(record: Record, hands: Hands) -> None:
    record.publish("p", YEAR, {"tables": {"T1": 1}}, BY, command="p")
    record.publish("q", YEAR, {"tables": {"T1": 2}}, BY, command="q")
    last = record.published(YEAR)
    assert last is not None
    assert (last.number, last.tables, last.who) == (2, {"tables": {"T1": 2}}, BY.name)
    for statement in ("delete from published", "update published set body = '{}'"):
        with pytest.raises(DatabaseError, match="never changed"), hands.owner() as there:
            there.execute(text(statement))
    assert record.verify().is_good


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_a_copy_of_the_record_holds_all_of_it(record: Record, tmp_path: Path) -> None:
    kept(record, span())
    record.keep_event(None, event(), BY, command="e")
    record.keep_figure(None, figure(), BY, command="f")
    record.publish("p", YEAR, {}, BY, command="p")
    record.copy_to(tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        for table in ("span", "outcome", "manual_figure", "published"):
            assert copy.execute(f"select count(*) from {table}").fetchone() == (1,), table
