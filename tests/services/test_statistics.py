"""What the statistics screen asks of the services: years, meetings behind a cell, what was seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from panelkit.domain.case import Case
from panelkit.domain.errors import NotFound, Refused, StaleRecord
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import SpanKind, SpanReason
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from panelkit.services.desk import Desk
from tests.desk import CHAIR, make_desk

YEAR = ReportYear.named("2022-23")
OTHER = "Omar Okafor"


def case_of(desk: Desk, ref: str, first: date, held_on: date | None = None) -> None:
    case = Case(id=f"id-{ref}", ref=ref, category=Category.TWO, fiction=True)
    if held_on is None:
        desk.caseload.record.add_case(case, desk.caseload.by(), command=ref)
    else:
        desk.caseload.open_case(case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=held_on)
    for kind, value in ((SpanKind.LEVEL, "2"), (SpanKind.WHEREABOUTS, "community")):
        desk.histories.begin(ref, kind, value, first, because="invented")


def labels(desk: Desk) -> list[str]:
    return [year.label for year in desk.annual.years()]


def test_years_are_those_of_which_something_is_recorded_and_the_one_running(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert labels(desk) == ["2026-27"]
    case_of(desk, "HM-1", date(2019, 3, 31))
    desk.histories.leave("HM-1", date(2020, 4, 1), SpanReason.RISK_REDUCED, "x")
    assert labels(desk) == ["2026-27", "2019-20", "2018-19"], "31 March is the old year's"
    desk.histories.happened("HM-1", OutcomeKind.CHARGED, date(2021, 4, 1))
    desk.annual.set_figure(ReportYear.named("2023-24"), "T3", "1", source="x")
    assert labels(desk) == ["2026-27", "2023-24", "2021-22", "2019-20", "2018-19"]
    case_of(desk, "HM-2", date(2025, 3, 1))
    assert labels(desk)[:3] == ["2026-27", "2025-26", "2024-25"], "what still holds goes on"
    desk.histories.did_not_happen("HM-1", 1, "another person")
    assert "2021-22" not in labels(desk)
    for label in labels(desk):
        desk.annual.report(ReportYear.named(label))
    with pytest.raises(NotFound):
        desk.annual.report(ReportYear.named("2021-22"))


def test_the_meetings_behind_a_cell_are_those_of_its_cases_in_the_year(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", date(2022, 5, 1), held_on=date(2023, 3, 31))
    case_of(desk, "HM-2", date(2022, 5, 1), held_on=date(2023, 4, 1))
    case_of(desk, "HM-3", date(2022, 5, 1))
    behind = desk.annual.behind(YEAR, "T2", "Level 2", "Category 2")
    assert behind.refs == ("HM-1", "HM-2", "HM-3")
    assert [(one.case_ref, one.ref, one.held_on) for one in behind.meetings] == [
        ("HM-1", "HM-1-1", date(2023, 3, 31))
    ]
    assert desk.annual.behind_in(desk.annual.report(YEAR), "T2", "Total", "Total").meetings == behind.meetings  # fmt: skip
    assert desk.annual.behind(YEAR, "T2", "Level 3", "Category 2").meetings == ()
    assert desk.histories.cases() == ("HM-1", "HM-2", "HM-3")


def test_only_the_figure_that_was_seen_is_replaced_or_confirmed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = desk.annual.set_figure(YEAR, "T3", "62", source="x", revision=0)
    with pytest.raises(StaleRecord, match="T3 of 2022-23 was entered by somebody else"):
        desk.annual.set_figure(YEAR, "T3", "63", source="x", revision=0)
    with pytest.raises(Refused, match="second person"):
        desk.annual.to_confirm(YEAR, "T3")
    other = desk.acting_as(OTHER).annual
    seen = other.to_confirm(YEAR, "t3")
    assert seen == first
    assert not desk.annual.entered(YEAR)[0].is_supplied, "looking writes nothing"
    desk.annual.set_figure(YEAR, "T3", "63", source="x", revision=first.revision)
    with pytest.raises(StaleRecord):
        other.confirm(YEAR, "T3", seen=seen)
    assert other.confirm(YEAR, "T3", seen=other.to_confirm(YEAR, "T3")).value == 63
    with pytest.raises(NotFound, match="T4 of 2022-23 was not entered"):
        other.to_confirm(YEAR, "T4")


def test_what_may_be_published_is_asked_without_publishing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1", date(2022, 5, 1))
    head = desk.caseload.record.head()
    with pytest.raises(Refused, match="not supplied"):
        desk.annual.may_publish(YEAR)
    assert desk.caseload.record.head() == head
    assert desk.who == CHAIR
