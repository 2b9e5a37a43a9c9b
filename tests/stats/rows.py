"""Rows for counting, all of them invented."""

from __future__ import annotations

from datetime import UTC, datetime

from panelkit.domain.counting import settled
from panelkit.domain.manual_figures import ASKED, ManualFigure
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import OPEN
from panelkit.stats.facts import EventRow, Facts, SpanRow

YEAR = ReportYear.named("2022-23")
RULES = settled()
PUBLISHED = {
    "T1.L1.C1": 3638, "T1.L1.C2": 1650, "T3": 62, "T4": 64, "T5.SHPO": 190, "T5.SHPO-TRAVEL": 0,
    "T5.NO": 1, "T6": 2, "T8.population": 2_540_000,
}  # fmt: skip
"""The manual figures of the published year; the population is derived from its rate."""


def supplied(**values: int) -> dict[str, ManualFigure]:
    at = datetime(2023, 6, 1, tzinfo=UTC)
    found = PUBLISHED | values
    assert {asked.id for asked in ASKED} == set(PUBLISHED)
    return {
        name: ManualFigure(
            id=name, year=YEAR, figure=name, value=value, source="Invented", reference="mid-2021",
            entered_by="A", entered_id="a", entered_at=at, confirmed_by="B", confirmed_id="b",
            confirmed_at=at,
        )
        for name, value in found.items()
    }  # fmt: skip


def person(
    case: str, *levels: tuple[str, str, str], category: str = "2",
    places: tuple[tuple[str, str, str], ...] = (("community", "2000-01-01", OPEN),),
    returned: tuple[str, ...] = (), kind: str = "returned_licence",
) -> Facts:  # fmt: skip
    """One case."""
    return Facts(
        year=YEAR,
        levels=[SpanRow(case, value, first, last or OPEN) for value, first, last in levels],
        whereabouts=[SpanRow(case, value, first, last or OPEN) for value, first, last in places],
        category_now={case: category},
        events=[EventRow(case, kind, day) for day in returned],
    )


def together(*people: Facts) -> Facts:
    """Several."""
    return Facts(
        year=YEAR,
        levels=[row for one in people for row in one.levels],
        categories=[row for one in people for row in one.categories],
        whereabouts=[row for one in people for row in one.whereabouts],
        category_now={key: value for one in people for key, value in one.category_now.items()},
        events=[row for one in people for row in one.events],
        last_meeting={key: value for one in people for key, value in one.last_meeting.items()},
    )
