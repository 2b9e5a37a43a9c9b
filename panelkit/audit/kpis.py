"""The key figures of the arrangements: met, of how many, per cent, and the meetings behind each.

What was not recorded is said and never counted as no: a figure of which nothing is
recorded prints "not recorded", one with nothing to count prints so. Targets are settings
of the area, each with its source; none of them was seen in the guidance itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from panelkit.audit.held import MeetingSeen, last_known
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.vocabulary import ActionStatus, Level, MeetingKind, MeetingState


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that was counted."""

    ref: str
    """The meeting behind it."""
    met: bool | None
    """None where the record does not say."""
    what: str = ""
    """Which of several in one meeting: an action, an organisation."""
    whose: str = ""
    """The organisation that owns it, for an action."""


@dataclass(frozen=True)
class Period:
    """Meetings, and the days that figures are for."""

    meetings: tuple[MeetingSeen, ...]
    """Also those before and after the period, of the cases in it."""
    start: date
    end: date
    """Included."""
    today: date
    boards: tuple[tuple[date, tuple[tuple[str, bool], ...]], ...] = ()
    """Meetings of the strategic board: the day, and each organisation with whether it came."""
    kept: frozenset[str] = frozenset()
    """What else this record holds: ``boards``, ``referrals``. Of what it does not hold there is
    no figure, and never 0."""

    @cached_property
    def held(self) -> tuple[MeetingSeen, ...]:
        """Meetings held in the period, in order of day."""
        inside = (m for m in self.meetings if m.held and self.start <= m.held_on <= self.end)
        return tuple(sorted(inside, key=lambda m: (m.held_on, m.ref)))

    @cached_property
    def cases(self) -> tuple[tuple[MeetingSeen, ...], ...]:
        """The meetings of each case, in order."""
        found: dict[str, list[MeetingSeen]] = {}
        for meeting in self.meetings:
            found.setdefault(meeting.case_ref, []).append(meeting)
        return tuple(
            tuple(sorted(found[ref], key=lambda meeting: meeting.number)) for ref in sorted(found)
        )

    def contains(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.start <= day <= self.end


Rows = Iterator[tuple[str, Counted]]
"""An organisation, or blank, with something counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One key figure."""

    id: str
    title: str
    counts: str
    """What is counted of what, in words."""
    count: Callable[[Period], Rows]
    unit: str = "meetings"
    needs: str = ""
    """What a record must hold for it, of ``Period.kept``; blank where every record does."""
    missing: str = ""
    """Why it is not recorded where the record does not hold that."""


# -- what is counted -------------------------------------------------------------------


def _attendance(level: Level) -> Callable[[Period], Rows]:
    def count(period: Period) -> Rows:
        for meeting in period.held:
            if meeting.level is level:
                for row in meeting.required:
                    yield row.organisation, Counted(meeting.ref, row.came)
                if not meeting.attendance_recorded:
                    yield "", Counted(meeting.ref, None)

    return count


def _police_and_probation(period: Period) -> Rows:
    for meeting in period.held:
        yield "Police", Counted(meeting.ref, meeting.police)
        yield "Probation Service", Counted(meeting.ref, meeting.probation)


def _disclosure(period: Period) -> Rows:
    for meeting in period.held:
        yield "", Counted(meeting.ref, meeting.disclosure)


def _reviews(level: Level) -> Callable[[Period], Rows]:
    """One row a case: met where every meeting that was due in the period was in time."""

    def count(period: Period) -> Rows:
        for case in period.cases:
            due = list(_due(case, level, period))
            if due:
                late = [row for row in due if not row.met]
                yield "", (late or due)[-1]

    return count


def _due(case: tuple[MeetingSeen, ...], level: Level, period: Period) -> Iterator[Counted]:
    held = [meeting for meeting in case if meeting.took_place]
    for place, meeting in enumerate(held):
        last_day = meeting.review_due
        if meeting.next_level is not level or last_day is None or not period.contains(last_day):
            continue
        if place + 1 < len(held):
            later = held[place + 1]
            yield Counted(meeting.ref, later.held_on <= last_day and not later.postponed)
        elif any(m.not_needed and m.number > meeting.number for m in case):
            continue
        elif last_day < period.today:
            # Put off and not yet held: late, whatever day it was moved to.
            yield Counted(meeting.ref, met=False)


def _minutes(level: Level) -> Callable[[Period], Rows]:
    def count(period: Period) -> Rows:
        for meeting in period.held:
            if meeting.level is not level:
                continue
            if meeting.issued_on is not None:
                yield "", Counted(meeting.ref, meeting.issued_on <= meeting.minutes_due)
            elif meeting.state is MeetingState.ISSUED:
                yield "", Counted(meeting.ref, None)
            elif meeting.minutes_due < period.today:
                yield "", Counted(meeting.ref, met=False)

    return count


def _actions(period: Period) -> Rows:
    for case in period.cases:
        held = tuple(meeting for meeting in case if meeting.took_place)
        for action in last_known(held):
            if not period.contains(action.due) or action.due is None or action.due > period.today:
                continue
            if action.status in (ActionStatus.SUPERSEDED, ActionStatus.NO_LONGER_NEEDED):
                continue
            met: bool | None = False
            if action.status is None:
                met = None
            elif action.status is ActionStatus.COMPLETE:
                done = action.completed_on
                met = None if done is None else done <= action.due
            set_at = f"{case[0].case_ref}-{action.ref.partition('.')[0]}"
            yield "", Counted(set_at, met, f"action {action.ref}", action.organisation)


def _reports(period: Period) -> Rows:
    for meeting in period.held:
        for row in meeting.required:
            if row.came is False:
                yield row.organisation, Counted(meeting.ref, row.reported)


def _board(period: Period) -> Rows:
    for day, there in period.boards:
        if period.contains(day):
            for organisation, came in there:
                yield organisation, Counted(f"board of {day.isoformat()}", came)


def _first(period: Period) -> Rows:
    """A first meeting whose referral is not linked is not known, and never late."""
    for meeting in period.held:
        if meeting.number == 1 and meeting.kind is MeetingKind.INITIAL:
            due = meeting.first_due
            met = None if due is None else meeting.held_on <= due and not meeting.postponed
            yield "", Counted(meeting.ref, met)


MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        id="K-ATT3", title="Attendance at Level 3",
        counts="Level 3 meetings that an organisation attended, itself or by deputy, of those it was required at",
        count=_attendance(Level.THREE),
    ),
    Measure(
        id="K-ATT2", title="Attendance at Level 2",
        counts="Level 2 meetings that an organisation attended, itself or by deputy, of those it was required at",
        count=_attendance(Level.TWO),
    ),
    Measure(
        id="K-ATTRA", title="Police and probation",
        counts="meetings that police and probation attended, of all", count=_police_and_probation,
    ),
    Measure(
        id="K-DISC", title="Disclosure considered",
        counts="meetings whose minutes record that disclosure was considered and what was decided, of all",
        count=_disclosure,
    ),
    Measure(
        id="K-REV3", title="Reviews at Level 3 in time", unit="cases",
        counts="cases whose next meeting was held by the backstop, of cases with one due in the period",
        count=_reviews(Level.THREE),
    ),
    Measure(
        id="K-REV2", title="Reviews at Level 2 in time", unit="cases",
        counts="cases whose next meeting was held by the backstop, of cases with one due in the period",
        count=_reviews(Level.TWO),
    ),
    Measure(
        id="K-MIN3", title="Minutes of Level 3 issued in time",
        counts="meetings whose minutes were issued by the day they were due, of those due",
        count=_minutes(Level.THREE),
    ),
    Measure(
        id="K-MIN2", title="Minutes of Level 2 issued in time",
        counts="meetings whose minutes were issued by the day they were due, of those due",
        count=_minutes(Level.TWO),
    ),
    Measure(
        id="K-SMB", title="Attendance at the strategic board",
        counts="board meetings that each agency attended, of all", count=_board,
        unit="board meetings", needs="boards", missing="no meeting of the board is in this record",
    ),
    Measure(
        id="K-INIT", title="First meetings in time",
        counts="first meetings held within the area's days of the referral, of all first meetings",
        count=_first, needs="referrals",
        missing="no accepted referral in this record is linked to its case",
    ),
    Measure(
        id="K-ACT", title="Actions completed in time", unit="actions",
        counts="actions completed by the day first set for them, of actions due in the period",
        count=_actions,
    ),
    Measure(
        id="K-REP", title="Reports of absent organisations", unit="absences",
        counts="absences of required organisations for which a report or a nil return came, of all such absences",
        count=_reports,
    ),
)  # fmt: skip
"""Every key figure, in the order printed."""

BY_ID: Final = {measure.id: measure for measure in MEASURES}


# -- figures ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, of all or of one organisation."""

    measure: Measure
    agency: str
    """The organisation; blank for a figure of all."""
    counted: tuple[Counted, ...]
    """Everything behind it, in order."""
    target: int | None
    """Per cent; None where there is no target."""
    target_source: str

    @property
    def met(self) -> int:
        """How many met it."""
        return sum(row.met is True for row in self.counted)

    @property
    def of(self) -> int:
        """Of how many of which the record says."""
        return sum(row.met is not None for row in self.counted)

    @property
    def unknown(self) -> tuple[Counted, ...]:
        """Those of which the record does not say."""
        return tuple(row for row in self.counted if row.met is None)

    @property
    def is_recorded(self) -> bool:
        """False where there was something to count and the record says nothing of it."""
        return not self.measure.missing and (self.of > 0 or not self.counted)

    @property
    def percent(self) -> float | None:
        """None where nothing was counted, which is not 0 %."""
        return 100 * self.met / self.of if self.of else None

    @property
    def reaches_target(self) -> bool | None:
        """None where there is no figure or no target."""
        if self.percent is None or self.target is None:
            return None
        return self.percent >= self.target

    def is_suppressed(self, below: int) -> bool:
        """Whether there are too few for it to leave the area."""
        return 0 < self.of < below

    def words(self, suppress_below: int = 0) -> str:
        """``73 % (8 of 11 meetings)``, or why there is no figure."""
        if not self.is_recorded:
            return "not recorded"
        percent = self.percent
        if percent is None:
            return f"no {self.measure.unit} to count"
        if self.is_suppressed(suppress_below):
            return f"fewer than {suppress_below} {self.measure.unit}: not shown"
        return f"{_whole(percent)} % ({self.met} of {self.of} {self.measure.unit})"


def _whole(percent: float) -> str:
    """Rounded, but never up to 100 or down to 0: "all" and "none" are said only where true."""
    if percent > 99 and percent < 100:
        return "over 99"
    return "under 1" if 0 < percent < 1 else f"{percent:.0f}"


def figures(period: Period, area: Area) -> tuple[Figure, ...]:
    """Every key figure, one for each organisation where it is kept for each.

    Raises BadInput for a target of a figure that there is not.
    """
    targets = dict(area.targets)
    if unknown := sorted(set(targets) - set(BY_ID)):
        msg = f"The area file has a target for {unknown[0]}, which is no key figure."
        raise BadInput(msg, remedy=f"Use {', '.join(BY_ID)}.")
    found: list[Figure] = []
    for listed in MEASURES:
        measure = dataclasses.replace(listed, missing="") if listed.needs in period.kept else listed
        rows: dict[str, list[Counted]] = {}
        for agency, counted in measure.count(period):
            rows.setdefault(agency, []).append(counted)
        found += [
            Figure(
                measure=measure, agency=agency, counted=tuple(rows.get(agency, ())),
                target=targets.get(measure.id), target_source=area.source(f"target.{measure.id}"),
            )
            for agency in sorted(rows) or [""]
        ]  # fmt: skip
    return tuple(found)


def as_data(found: Sequence[Figure], *, suppress_below: int = 0) -> list[dict[str, object]]:
    """What other programs read. With ``suppress_below`` it may leave the area: small figures
    are withheld and no meeting is named.
    """
    rows = []
    for figure in found:
        hidden = figure.is_suppressed(suppress_below)
        percent = figure.percent
        shown = figure.is_recorded and not hidden
        row: dict[str, object] = {
            "id": figure.measure.id, "title": figure.measure.title, "counts": figure.measure.counts,
            "unit": figure.measure.unit, "agency": figure.agency,
            "met": figure.met if shown else None, "of": figure.of if shown else None,
            "percent": round(percent, 1) if shown and percent is not None else None,
            "target": figure.target, "target_source": figure.target_source,
            "recorded": figure.is_recorded, "suppressed": hidden, "words": figure.words(suppress_below),
        }  # fmt: skip
        if not suppress_below:
            row["not_recorded"] = len(figure.unknown)
            row["meetings"] = [
                {"ref": counted.ref, "met": counted.met, "what": counted.what}
                for counted in figure.counted
            ]
        rows.append(row)
    return rows
