"""The quarterly report to the Strategic Management Board: counted rows, key figures and audits
joined, four quarters side by side.

quarterly = QuarterlyReport(record, area, clock)
quarterly.report(ReportQuarter.named("2022-23-Q3"))                  # stays in the area
quarterly.report(ReportQuarter.named("2022-23-Q3"), leaving=True)    # small numbers withheld
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from panelkit.audit.defects import tally
from panelkit.audit.forms import forms_for
from panelkit.audit.kpis import Figure
from panelkit.audit.trends import spreads_of
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.auditing import Auditing
from panelkit.services.audits import Audits
from panelkit.services.clock import Clock
from panelkit.services.figures import KeyFigures, Progress, Report
from panelkit.services.referral_analysis import ReferralAnalysis
from panelkit.stats.quarter import Given, facts_of
from panelkit.stats.quarter_counts import to_be_confirmed
from panelkit.stats.quarterly import BY_ID, QUARTERS, Quarterly, quarterly
from panelkit.store.record import Record

DEFECTS: Final = 5
NO_ORGANISATION: Final = "Not recorded"
EVERYBODY: Final = "All"
"""The row of a key figure that is not kept for each organisation."""


@acting(Act.FIGURES)
class QuarterlyReport:
    """What a co-ordinator brings to the board."""

    def __init__(self, record: Record, area: Area, clock: Clock) -> None:
        """Nothing is stored: figures are worked out from the record each time."""
        self.record = record
        self.area = area
        self.clock = clock

    def report(
        self, quarter: ReportQuarter, *, leaving: bool = False, with_defects: bool = True,
        progress: Progress | None = None,
    ) -> Quarterly:  # fmt: skip
        """Every figure of the quarter and of the three before it.

        ``leaving`` withholds what is small, as the area's ``suppress_below`` says. The audit's
        rules read every meeting for the top defects; ``with_defects`` False leaves that out.
        Raises BadInput for a quarter that has not begun, NotFound where nothing is recorded by
        its end.
        """
        today = room_day(self.clock())
        if quarter.start > today:
            msg = f"{quarter.label} begins on {long_date(quarter.start)}."
            raise BadInput(msg, remedy="Name a quarter that has begun.")
        asked = _back(quarter)
        rows = self.record.quarter_rows(asked[0].start, quarter.end)
        if not any("" < first <= quarter.end.isoformat() for _what, first in rows["since"]):
            msg = f"Nothing is recorded by the end of {quarter.label}."
            raise NotFound(msg, remedy="See panelkit stats history, referral list and smb list.")
        given = self._given(asked, with_defects=with_defects, progress=progress)
        facts = facts_of(rows, asked, today.isoformat(), given, self._manual(asked))
        below = self.area.figure("suppress_below") if leaving else 0
        notes = tuple(self._notes(quarter, today, below, to_be_confirmed(facts[-1])))
        return replace(quarterly(facts, below=below), notes=notes, fiction=bool(rows["fiction"]))

    def _given(
        self, asked: Sequence[ReportQuarter], *, with_defects: bool, progress: Progress | None
    ) -> dict[ReportQuarter, dict[str, list[Given]]]:
        periods = [(one.start, one.end) for one in asked]
        reports = KeyFigures(self.record, self.area, self.clock).reports(periods, progress)
        found: dict[ReportQuarter, dict[str, list[Given]]] = {}
        referrals = ReferralAnalysis(self.record, self.area, self.clock).for_the_board(asked)
        for one, report, answers in zip(asked, reports, referrals, strict=True):
            found[one] = _key_figures(report) | self._audits(one) | answers
        if with_defects:
            for one, defects in zip(asked, self._defects(asked), strict=True):
                found[one]["AUD-DEFECTS"] = defects
        return found

    def _audits(self, quarter: ReportQuarter) -> dict[str, list[Given]]:
        audits = Audits(self.record, self.area, self.clock, who="")
        done = audits.finished_between(quarter.start, quarter.end)
        counted, means = [], []
        for form in forms_for(self.area):
            mine = [one for one in done if one.form.id == form.id]
            counted.append(Given(f"Form {form.id}", len(mine), len(mine)))
            means += [
                Given(f"{form.id}: {spread.question.id}", round(spread.mean, 2), spread.n)
                for spread in spreads_of(form, mine)
                if spread.mean is not None
            ]
        return {"AUD-DONE": counted, "AUD-MEAN": means}

    def _defects(self, asked: Sequence[ReportQuarter]) -> Iterator[list[Given]]:
        """For each quarter, the matters that are found most often in the last of them."""
        auditing = Auditing(self.record, self.area)
        read = [
            tally(one.findings for one in auditing.audit_held(quarter.start, quarter.end))
            for quarter in asked
        ]
        top = [one.matter for one in read[-1].top(DEFECTS)]
        for defects in read:
            found = {one.matter.id: one.found for one in defects.rows}
            yield [Given(matter.title, found.get(matter.id, 0), defects.of) for matter in top]

    def _manual(self, asked: Sequence[ReportQuarter]) -> dict[ReportQuarter, dict[str, int]]:
        entered = {
            (year, one.figure): one.value
            for year in {quarter.year for quarter in asked}
            for one in self.record.manual_figures(year)
            if one.is_supplied
        }
        return {
            quarter: {
                name.partition(".")[2]: value
                for (year, name), value in entered.items()
                if year == quarter.year and name.startswith(f"Q{quarter.number}.")
            }
            for quarter in asked
        }

    def _notes(
        self, quarter: ReportQuarter, today: date, below: int, unconfirmed: int
    ) -> Iterator[str]:
        if today <= quarter.end:
            yield f"{quarter.label} ends on {long_date(quarter.end)}: these are its figures so far."
        yield "Category 4 is left out of the caseload: it is published nationally. [V1]"
        if unconfirmed and (not below or unconfirmed >= below):
            yield f"{unconfirmed} at Level 2 or 3 are left out too: their category is to be confirmed."
        elif unconfirmed:
            yield "Cases whose category is to be confirmed are left out too."
        if below:
            yield (
                f"* is fewer than {below}, or withheld so that such a number cannot be worked out. [I]"
            )
        if self.record.me is not None:
            yield f"Counted over the cases that {self.record.me.name} may open."


def _back(quarter: ReportQuarter) -> tuple[ReportQuarter, ...]:
    found = [quarter]
    while len(found) < QUARTERS:
        found.insert(0, found[0].before)
    return tuple(found)


def _key_figures(report: Report) -> dict[str, list[Given]]:
    """By measure; one of which the record holds nothing is left out, and so is not known."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in report.figures:
        if figure.measure.id in BY_ID and not figure.measure.missing:
            by_measure.setdefault(figure.measure.id, []).append(figure)
    found = {}
    for key, figures in by_measure.items():
        named = [one for one in figures if one.agency]
        if key == "K-ACT":
            found[key] = list(_of_each(_owned(figures)))
            found["ACT-LATE"] = [
                one._replace(value=one.of - (one.value or 0)) for one in found[key]
            ]
        elif named or any(one.counted for one in figures):
            found[key] = [
                Given(one.agency or EVERYBODY, one.met, one.of, one.is_recorded)
                for one in named or figures
            ]
        else:
            found[key] = []
    found["ACT-SMART"] = list(_of_each((whose, met) for whose, met, _ref in report.smart))
    return found


def _owned(figures: Sequence[Figure]) -> Iterator[tuple[str, bool | None]]:
    return ((row.whose, row.met) for figure in figures for row in figure.counted)


def _of_each(rows: Iterable[tuple[str, bool | None]]) -> Iterator[Given]:
    """Of each organisation, by name. There is no row of all: what is withheld stays so."""
    each: dict[str, list[bool | None]] = {}
    for whose, met in rows:
        each.setdefault(whose or NO_ORGANISATION, []).append(met)
    for whose in sorted(each):
        said = [met for met in each[whose] if met is not None]
        yield Given(whose, sum(said), len(said), bool(said))
