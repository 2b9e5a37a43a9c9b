"""The analysis of referrals: asked for against given, days to the answer, what came afterwards.

analysis = ReferralAnalysis(record, area, clock)
analysis.of(date(2026, 4, 1), date(2027, 3, 31))                # stays in the area: with references
analysis.of(first, last, leaving=True)                          # small numbers withheld
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.clock import Clock
from panelkit.stats.quarter import Given
from panelkit.stats.referral_analysis import Answered, LevelSpan, answered
from panelkit.stats.referral_figures import ALL, Analysis, analysis

if TYPE_CHECKING:
    from panelkit.store.record import Record

IN_TIME: Final = "REF-TIME"
CHANGED: Final = "REF-CHANGED"
ACCEPTED_ROW: Final = "Accepted, another level afterwards"
REJECTED_ROW: Final = "Rejected, accepted afterwards"
"""Rows of the board's figures."""


@acting(Act.FIGURES)
class ReferralAnalysis:
    """What a coordinator asks of the referrals that were answered."""

    def __init__(self, record: Record, area: Area, clock: Clock) -> None:
        """Nothing is stored: figures are worked out from the record each time."""
        self.record = record
        self.area = area
        self.clock = clock

    def of(self, first: date, last: date, *, leaving: bool = False) -> Analysis:
        """Every figure of referrals answered from ``first`` to ``last``, both included.

        ``leaving`` withholds what is small, as the area's ``suppress_below`` says, and names no
        referral. Raises BadInput where the last day is before the first, or the first to come.
        """
        today = room_day(self.clock())
        if last < first:
            raise BadInput(f"{long_date(last)} is before {long_date(first)}.")
        if first > today:
            raise BadInput(f"{long_date(first)} is still to come.")
        found = self.answered([(first, last)])[0]
        below = self.area.figure("suppress_below") if leaving else 0
        notes = tuple(self._notes(last, today, below))
        return analysis(found, self.area, first=first, last=last, below=below, notes=notes)

    def answered(self, periods: Sequence[tuple[date, date]]) -> list[tuple[Answered, ...]]:
        """Of each period the referrals answered in it; the record is read once for all of them."""
        record, today = self.record, room_day(self.clock())
        with record.at_one_moment():
            referrals = record.referrals()
            cases = sorted({one.case_id for one in referrals if one.case_id and one.is_live})
            spans = [LevelSpan(*row) for row in record.level_spans(cases)]
            again = {o.referral_id: o.earlier_id for o in record.referred_again() if o.earlier_id}
        return [
            answered(
                referrals, self.area, first=first, last=last, today=today, spans=spans, again=again
            )
            for first, last in periods
        ]

    def for_the_board(self, quarters: Sequence[ReportQuarter]) -> list[dict[str, list[Given]]]:
        """Of each quarter what the board's report has of it, by measure; nothing before the first
        referral of the record came: then it is not known.
        """
        came = [one.received_on for one in self.record.referrals() if one.is_live]
        return [
            _given(found) if came and min(came) <= quarter.end else {}
            for quarter, found in zip(
                quarters, self.answered([(q.start, q.end) for q in quarters]), strict=True
            )
        ]

    def behind(self, quarter: ReportQuarter, measure: str, row: str) -> list[tuple[str, bool]]:
        """References behind one line of them, each with whether it is one of those that are met."""
        (found,) = self.answered([(quarter.start, quarter.end)])
        if measure == IN_TIME:
            return [(one.ref, one.in_time) for one in found]
        given = row == ACCEPTED_ROW
        return [(o.ref, o.after.suggests) for o in found if o.is_given is given and o.after.says]

    def _notes(self, last: date, today: date, below: int) -> Iterator[str]:
        if today <= last:
            yield f"The days run to {long_date(last)}: these are their figures so far."
        if below:
            yield (
                f"* is fewer than {below}, or withheld so that such a number cannot be worked out. [I]"
            )
            yield "By agency, by quarter and by what came after stays in the area: together they would tell small numbers."
        if self.record.me is not None:
            yield f"Counted over what {self.record.me.name} may open."


def _given(found: Sequence[Answered]) -> dict[str, list[Given]]:
    rows = []
    for row, given in ((ACCEPTED_ROW, True), (REJECTED_ROW, False)):
        mine = [one for one in found if one.is_given is given]
        said = [one for one in mine if one.after.says]
        changed = sum(one.after.suggests for one in said)
        # Of answers that cannot be followed, or of which it is too early to say, nothing is known.
        rows.append(Given(row, changed, len(said), bool(said) or not mine))
    return {
        IN_TIME: [Given(ALL, sum(one.in_time for one in found), len(found))],
        CHANGED: rows,
    }
