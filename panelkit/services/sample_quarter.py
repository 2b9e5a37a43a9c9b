"""An invented quarterly report in which every figure is there and long, to look at its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from panelkit.domain.quarterly_paper import QuarterlyPaper
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.vocabulary import AgencyType, ControlType
from panelkit.stats.quarter import Line, Measure, QuarterFacts, Shape, Standing
from panelkit.stats.quarter_paper import quarter_paper
from panelkit.stats.quarterly import MEASURES, Figure, Quarterly, list_lines, table_lines

_QUARTER: Final = ReportQuarter.named("2026-27-Q2")
_ORGANISATIONS: Final = tuple(f"Invented organisation {n} of a county with a long name" for n in range(1, 31))  # fmt: skip
_NAMES: Final = {
    "ACT-SET": _ORGANISATIONS,
    "OUT-ORDERS": tuple(one.label for one in ControlType),
    "AUD-DEFECTS": tuple(f"Invented matter {n} that meetings fall short in" for n in range(5)),
    "AUD-DONE": ("Form K", "Form P", "Form L", "Form S"),
    "AUD-MEAN": tuple(f"K: K{n}.1" for n in range(1, 30)),
}


def full_quarterly() -> QuarterlyPaper:
    """Every row of every figure has a number in every quarter."""
    quarters = [_QUARTER]
    while len(quarters) < 4:
        quarters.insert(0, quarters[0].before)
    figures = tuple(
        Figure(one, {q: tuple(_lines(one, 1 + n)) for n, q in enumerate(quarters)})
        for one in MEASURES
    )
    report = Quarterly(
        quarters=tuple(quarters), figures=figures, below=0,
        notes=("Category 4 is left out of the caseload: it is published nationally. [V1]", "Counted over the cases that an invented person may open."),
    )  # fmt: skip
    targets = {"K-ATT3": 90, "K-ATT2": 75, "K-MIN2": 95, "K-MIN3": 95}
    ring = dict.fromkeys(_ORGANISATIONS, "The invented office of its lead officer, 01632 960 999")
    return quarter_paper(
        report, area="Invented area", made_on=date(2026, 11, 1), targets=targets, ring=ring, fiction=True
    )  # fmt: skip


def _lines(measure: Measure, more: int) -> Iterator[Line]:
    counted = measure.count(QuarterFacts(quarter=_QUARTER)) if measure.shape is not Shape.MISSING else ()  # fmt: skip
    match measure.shape:
        case Shape.MISSING:
            yield Line(measure.title, None, standing=Standing.NOT_KNOWN)
        case Shape.MANUAL:
            yield Line(measure.title, more, standing=Standing.MANUAL)
        case Shape.TABLE:
            agencies = [(one.label, f"Level {n}") for one in AgencyType for n in (2, 3)]
            places = enumerate(counted or agencies, more)
            yield from table_lines({place: 10 + number for number, place in places}, 0)
        case Shape.LIST:
            yield from list_lines({row: 10 + n for n, row in enumerate(counted, more)}, 0)
        case Shape.COUNTS:
            for number, row in enumerate(_NAMES.get(measure.id, counted) or counted, more):
                yield Line(row, 10 + number)
        case Shape.SHARE | Shape.MEAN:
            rows = _NAMES.get(measure.id) or _rows_of(counted) or _organisations(measure)
            is_share = measure.shape is Shape.SHARE
            for number, row in enumerate(rows, more):
                yield Line(row, 40 + number, 100, is_share=is_share)


def _rows_of(counted: Iterable[Line]) -> tuple[str, ...]:
    return tuple(one.row for one in counted)


def _organisations(measure: Measure) -> tuple[str, ...]:
    by_case = ("K-INIT", "K-REV3", "K-REV2", "K-MIN3", "K-MIN2")
    return ("All",) if measure.id in by_case else _ORGANISATIONS
