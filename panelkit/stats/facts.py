"""What the annual tables are counted from: small plain rows, days as ISO text.

ISO days compare as text; of a quarter of a million meetings no date is ever made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from panelkit.domain.errors import Refused
from panelkit.domain.report_year import ReportYear


class SpanRow(NamedTuple):
    """Something that held of a case; both days are included."""

    case: str
    value: str
    first: str
    last: str
    """``domain.spans.OPEN`` while it holds."""
    derived: int = 0
    """1 where it was worked out from meetings."""
    reason: str = ""
    end_reason: str = ""
    kind: str = ""


class EventRow(NamedTuple):
    """An outcome event in the year."""

    case: str
    kind: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One report year's rows, of every case with a Level 2 or 3 in it."""

    year: ReportYear
    levels: Sequence[SpanRow]
    """Those that overlap the year; case by case, then day by day, as the other two."""
    categories: Sequence[SpanRow] = ()
    whereabouts: Sequence[SpanRow] = ()
    category_now: Mapping[str, str] = field(default_factory=dict)
    """The category of each case as last decided: for one whose history says nothing."""
    events: Sequence[EventRow] = ()
    last_meeting: Mapping[str, str] = field(default_factory=dict)
    """The day of the last meeting at Level 2 or 3 of the year, by case."""

    @property
    def start(self) -> str:
        """1 April."""
        return self.year.start.isoformat()

    @property
    def end(self) -> str:
        """31 March."""
        return self.year.end.isoformat()


def by_case(rows: Iterable[SpanRow], what: str) -> dict[str, list[SpanRow]]:
    """The rows of each case. Raises Wrong where two overlap, or one ends before it begins.

    ``what`` is the word for the history. Wrong holds the case, so
    that its reference is said to whoever may see it.
    """
    found: dict[str, list[SpanRow]] = {}
    for row in rows:
        found.setdefault(row.case, []).append(row)
    for case, mine in found.items():
        if len(mine) > 1:
            mine.sort(key=lambda row: row.first)
        for row in mine:
            if row.last < row.first:
                raise Wrong(
                    case, f"the {what} from {row.first} ends on {row.last}, before it begins"
                )
        for one, other in pairwise(mine):
            if one.last >= other.first:
                raise Wrong(
                    case,
                    f"the {what} {one.value} from {one.first} overlaps the {what} {other.value} from {other.first}",
                )
    return found


class Wrong(Refused):
    """Rows that cannot be so: no table is counted from them."""

    def __init__(self, case: str, what: str) -> None:
        super().__init__(f"A case has a wrong history: {what}.")
        self.case = case
        self.what = what


def on(rows: Sequence[SpanRow], day: str) -> SpanRow | None:
    """The row that held on a day; None where none did."""
    for row in rows:
        if row.first <= day <= row.last:
            return row
    return None


def inside(rows: Iterable[SpanRow], first: str, last: str) -> Iterator[SpanRow]:
    """Rows that overlap the days from ``first`` to ``last``, both included."""
    return (row for row in rows if row.first <= last and row.last >= first)
