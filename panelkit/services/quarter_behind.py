"""What stands behind one line of the board's figures, by name, for whoever may open it.

behind = QuarterBehind(record, area, clock)
behind.of(ReportQuarter.named("2026-27-Q2"), "MEET-HELD", "Level 2, Emergency")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from panelkit.audit.forms import forms_for
from panelkit.audit.matters import MATTERS
from panelkit.audit.trends import spreads_of
from panelkit.domain.area import Area
from panelkit.domain.errors import NotFound
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.auditing import Auditing
from panelkit.services.audits import Audits
from panelkit.services.clock import Clock
from panelkit.services.figures import KeyFigures, Progress
from panelkit.services.quarterly import EVERYBODY, NO_ORGANISATION
from panelkit.services.referral_analysis import CHANGED, IN_TIME, ReferralAnalysis
from panelkit.stats.quarter import Measure, Shape
from panelkit.stats.quarter_behind import Kind, behind
from panelkit.stats.quarterly import BY_ID
from panelkit.store.record import Record
from panelkit.store.yearly import Heard


@dataclass(frozen=True, slots=True)
class Behind:
    """Something that was counted in a line."""

    kind: Kind | None
    """None for what opens nowhere: a meeting of the board."""
    ref: str
    meeting: Heard | None = None
    met: bool | None = None
    """Of a share, whether it is one of those that are met; None where the line is no share, and
    where the record does not say."""


@acting(Act.FIGURES)
class QuarterBehind:
    """What a co-ordinator asks when somebody on the board says: which ones?"""

    def __init__(self, record: Record, area: Area, clock: Clock) -> None:
        """Nothing is stored."""
        self.record = record
        self.area = area
        self.clock = clock

    def of(
        self, quarter: ReportQuarter, measure: str, row: str, progress: Progress | None = None
    ) -> tuple[Behind, ...]:
        """Meetings first, then cases, then referrals, each once; empty where nothing was counted.

        Raises NotFound for a measure that there is not.
        """
        known = BY_ID.get(measure)
        if known is None:
            raise NotFound(f"There is no figure called {measure}.")
        if known.shape in (Shape.MANUAL, Shape.MISSING):
            return ()
        if known.id in (IN_TIME, CHANGED):
            analysis = ReferralAnalysis(self.record, self.area, self.clock)
            refs = analysis.behind(quarter, known.id, row)
            return tuple(Behind(Kind.REFERRAL, ref, None, met) for ref, met in refs)
        if known.needs.startswith("given."):
            found = self._key_figure(quarter, known, row, progress)
        elif known.id in ("AUD-DONE", "AUD-MEAN"):
            found = self._audited(quarter, known, row)
        else:
            return self._counted(quarter, known, row)
        return tuple(self._named(dict(found)))

    def _counted(self, quarter: ReportQuarter, measure: Measure, row: str) -> tuple[Behind, ...]:
        rows = self.record.quarter_rows(quarter.start, quarter.end)
        units = list(behind(measure, row, rows, quarter, room_day(self.clock()).isoformat()))
        heard = self.record.heard_at([one.id for one in units if one.kind is Kind.MEETING])
        refs = self.record.refs_of([one.id for one in units if one.kind is Kind.CASE])
        referrals = {one.id: one.ref for one in self.record.referrals()}
        found = []
        for one in units:
            meeting = heard.get(one.id)
            ref = meeting.ref if meeting else refs.get(one.id) or referrals.get(one.id)
            if ref:
                found.append(Behind(one.kind, ref, meeting, one.met))
        order = list(Kind)
        return tuple(
            sorted(found, key=lambda one: (order.index(one.kind or Kind.MEETING), one.ref))
        )

    def _named(self, found: dict[str, bool | None]) -> Iterator[Behind]:
        """Meetings by reference, in order; what is no meeting of a case stands last."""
        ids = {stub.ref: stub.id for stub in self.record.meetings() if stub.ref in found}
        heard = {one.ref: one for one in self.record.heard_at(list(ids.values())).values()}
        for ref in sorted(found, key=lambda ref: (ref not in heard, ref)):
            meeting = heard.get(ref)
            if meeting is not None:
                yield Behind(Kind.MEETING, ref, meeting, found[ref])
            elif ref not in ids:
                yield Behind(None, ref, None, found[ref])

    # -- figures that are counted elsewhere -----------------------------------------------

    def _key_figure(
        self, quarter: ReportQuarter, measure: Measure, row: str, progress: Progress | None
    ) -> Iterable[tuple[str, bool | None]]:
        if measure.id == "AUD-DEFECTS":
            return self._short(quarter, row, progress)
        (report,) = KeyFigures(self.record, self.area, self.clock).reports(
            [(quarter.start, quarter.end)], progress
        )
        if measure.id == "ACT-SMART":
            return _worst((ref, met) for whose, met, ref in report.smart if (whose or NO_ORGANISATION) == row)  # fmt: skip
        key = "K-ACT" if measure.id == "ACT-LATE" else measure.id
        figures = [one for one in report.figures if one.measure.id == key]
        if key == "K-ACT":
            of_row = [c for f in figures for c in f.counted if (c.whose or NO_ORGANISATION) == row]
        else:
            of_row = [c for f in figures for c in f.counted if (f.agency or EVERYBODY) == row]
        late = measure.id == "ACT-LATE"
        return _worst((c.ref, c.met if c.met is None or not late else not c.met) for c in of_row)

    def _short(
        self, quarter: ReportQuarter, row: str, progress: Progress | None
    ) -> Iterator[tuple[str, bool | None]]:
        matter = next((one.id for one in MATTERS.values() if one.title == row), "")
        for one in Auditing(self.record, self.area).audit_held(
            quarter.start, quarter.end, progress
        ):
            yield one.ref, any(finding.matter == matter for finding in one.findings)

    def _audited(
        self, quarter: ReportQuarter, measure: Measure, row: str
    ) -> Iterator[tuple[str, bool | None]]:
        audits = Audits(self.record, self.area, self.clock, who="")
        forms = {form.id: form for form in forms_for(self.area)}
        for one in audits.finished_between(quarter.start, quarter.end):
            if measure.id == "AUD-DONE":
                is_mine = row == f"Form {one.form.id}"
            else:
                answered = spreads_of(forms[one.form.id], [one]) if one.form.id in forms else ()
                means = {f"{one.form.id}: {s.question.id}" for s in answered if s.mean is not None}
                is_mine = row in means
            if is_mine:
                yield one.meeting_ref, None


def _worst(counted: Iterable[tuple[str, bool | None]]) -> Iterator[tuple[str, bool | None]]:
    """Each meeting once: not met where any of it is not."""
    found: dict[str, bool | None] = {}
    for ref, met in counted:
        before = found.get(ref, met)
        found[ref] = met if before is None else before if met is None else before and met
    yield from found.items()
