"""What the record knows of a year beside its tables: panels, emergencies, attendance, minutes.

YearFacts(record, area, clock).of(year)     # facts by the narrative that they stand beside

Over the cases that whoever makes the report may open, as the tables are. A year before the record's
first meeting is not known, which is not none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from panelkit.audit.held import MeetingSeen
from panelkit.audit.kpis import BY_ID, Figure, Period, figures
from panelkit.domain.annual_paper import NOT_KNOWN, Fact
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.observing import lay_advisers, same_person
from panelkit.domain.people import Act
from panelkit.domain.referrals import Referral
from panelkit.domain.report_year import ReportYear
from panelkit.domain.required import agency_came
from panelkit.domain.smb import BoardMeeting
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import HELD, AgencyType, EmergencyCause, Level, MeetingKind
from panelkit.services.acting import acting
from panelkit.services.clock import Clock
from panelkit.services.figures import Beside, Progress, beside, read
from panelkit.stats.small import withheld
from panelkit.store.record import Record

E = TypeVar("E")
NO_CAUSE: Final = "Cause not recorded"
NO_REFERRAL: Final = "no referral is in this record by the end of the year"
NO_BOARD: Final = "no meeting of the board is in this record by the end of the year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is worked out of one year."""

    year: ReportYear
    panels: tuple[tuple[str, str, str, str, int], ...]
    """Level, kind, state, cause of an emergency, and how many."""
    figures: tuple[Figure, ...]
    youth: tuple[bool | None, ...]
    """Whether the youth justice service came, of each meeting held."""
    observed: tuple[Level, ...]
    """The level of each meeting that a lay adviser observed and handed a sheet in for."""
    referrals: tuple[Referral, ...] | None
    """Those received; None where the record held none by the end of the year."""
    board: tuple[BoardMeeting, ...] | None
    """The board's meetings; None likewise."""
    below: int
    """Numbers smaller than this stay in the area."""

    def count(
        self, *, level: Level | None = None, kind: MeetingKind | None = None, held: bool = False
    ) -> int:
        """Panels listed, or held, at a level, of a kind."""
        states = {str(state) for state in HELD} if held else None
        return sum(
            number
            for at, of, state, _cause, number in self.panels
            if (level is None or at == str(level))
            and (kind is None or of == str(kind))
            and (states is None or state in states)
        )

    def figure(self, name: str) -> str:
        """A key figure of all together, in words that may leave the area."""
        found = next((f for f in self.figures if f.measure.id == name and not f.agency), None)
        return found.words(self.below) if found else f"no {BY_ID[name].unit} to count"

    @property
    def causes(self) -> Counter[str]:
        """Emergency panels by their cause."""
        labels = {str(cause): cause.label for cause in EmergencyCause}
        counted: Counter[str] = Counter()
        for _level, kind, _state, cause, number in self.panels:
            if kind == str(MeetingKind.EMERGENCY):
                counted[labels.get(cause, NO_CAUSE)] += number
        return counted

    @property
    def under_target(self) -> str:
        """Key figures that did not reach their target, by name."""
        found = [
            f"{f.measure.title}{f', {f.agency}' if f.agency else ''}"
            for f in self.figures
            if f.reaches_target is False and f.is_recorded and not f.is_suppressed(self.below)
        ]
        measured = any(f.reaches_target is not None for f in self.figures)
        if not measured:
            return "no figure with a target was recorded"
        return "; ".join(found) or "none of those that may be shown"


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact of a report."""

    beside: str
    """The narrative that it stands beside."""
    what: str
    said: Callable[[Known], str]
    why: str = ""
    """When it is not known, where that is not told by the record's first meeting."""


def _panels(**which: object) -> Callable[[Known], str]:
    return lambda known: str(known.count(**which))  # type: ignore[arg-type]  # as count takes them


def _figure(name: str) -> Callable[[Known], str]:
    return lambda known: known.figure(name)


def _observed(level: Level | None) -> Callable[[Known], str]:
    return lambda known: str(sum(level in (None, one) for one in known.observed))


def _youth(known: Known) -> str:
    told = [came for came in known.youth if came is not None]
    if not told:
        return "not recorded" if known.youth else "no panels to count"
    if len(told) < known.below:
        return f"fewer than {known.below} panels: not shown"
    return f"{sum(told)} of {len(told)} panels"


def _referred(which: Callable[[Referral], bool]) -> Callable[[Known], str]:
    return lambda known: (
        NOT_KNOWN if known.referrals is None else str(sum(map(which, known.referrals)))
    )


def _accepted(referral: Referral) -> bool:
    return referral.settled is not None and referral.settled.decision.accepts


def _boards(known: Known) -> str:
    return NOT_KNOWN if known.board is None else str(len(known.board))


def _at_the_board(known: Known) -> str:
    if known.board is None:
        return NOT_KNOWN
    there = [row.presence.came for board in known.board for row in board.there]
    return f"{sum(there)} of {len(there)} places" if there else "not recorded"


ASKED: Final = (
    Asked("introduction", "Panels listed", _panels()),
    Asked("introduction", "Panels held", _panels(held=True)),
    Asked("introduction", "Of them at Level 2", _panels(held=True, level=Level.TWO)),
    Asked("introduction", "Of them at Level 3", _panels(held=True, level=Level.THREE)),
    Asked("introduction", "Emergency panels listed", _panels(kind=MeetingKind.EMERGENCY)),
    Asked("introduction", "Referrals received", _referred(lambda _: True), NO_REFERRAL),
    Asked("introduction", "Of them accepted", _referred(_accepted), NO_REFERRAL),
    Asked("board", "Meetings of the board", _boards, NO_BOARD),
    Asked("board", "Attendance at the board", _at_the_board, NO_BOARD),
    Asked("reflections", "Minutes of Level 2 issued in time", _figure("K-MIN2")),
    Asked("reflections", "Minutes of Level 3 issued in time", _figure("K-MIN3")),
    Asked("reflections", "Level 2 reviewed in time", _figure("K-REV2")),
    Asked("reflections", "Level 3 reviewed in time", _figure("K-REV3")),
    Asked("reflections", "Actions completed in time", _figure("K-ACT")),
    Asked("priorities", "Key figures below their target", lambda known: known.under_target),
    Asked("lay_adviser", "Observations handed in by lay advisers", _observed(None)),
    Asked("lay_adviser", "Of them at Level 2", _observed(Level.TWO)),
    Asked("lay_adviser", "Of them at Level 3", _observed(Level.THREE)),
    Asked("youth_justice", "Panels that the youth justice service attended", _youth),
)  # fmt: skip
"""Every fact but the causes of emergency panels, which are as many as there were."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a year beside those of the year before."""

    beside: MappingProxyType[str, tuple[Fact, ...]]
    attendance: tuple[tuple[str, str, str], ...]
    attendance_note: str
    note: str


@acting(Act.FIGURES)
class YearFacts:
    """What stands beside the narratives of an annual report."""

    def __init__(self, record: Record, area: Area, clock: Clock) -> None:
        """Nothing is stored: facts are worked out from the record each time."""
        self.record = record
        self.area = area
        self.clock = clock

    def of(self, year: ReportYear, progress: Progress | None = None) -> Facts:
        """Every fact of ``year``, each beside that of the year before."""
        first = self.record.first_meeting_day()
        begins = date.fromisoformat(first) if first else None
        part = self.area.figure("part_attendance_percent")
        came = [
            (found, agency_came(meeting, self.area, AgencyType.YJS, part))
            for meeting, found in read(self.record, self.area, year.before.start, progress)
        ]
        kept = beside(self.record, [found for found, _youth in came])
        referrals = [one for one in self.record.referrals() if one.is_live]
        boards = [one for one in self.record.boards() if one.is_live]
        known = partial(self._known, came=came, kept=kept, referrals=referrals, boards=boards)
        now, before = known(year), known(year.before)
        facts: dict[str, list[Fact]] = {}
        for asked in ASKED:
            facts.setdefault(asked.beside, []).append(_fact(asked, now, before, begins))
        facts["introduction"] += _causes(now, before, begins)
        return Facts(
            MappingProxyType({key: tuple(found) for key, found in facts.items()}),
            *_attendance(now), _note(before, begins),
        )  # fmt: skip

    def _known(
        self, year: ReportYear, *, came: Sequence[tuple[MeetingSeen, bool | None]], kept: Beside,
        referrals: Sequence[Referral], boards: Sequence[BoardMeeting],
    ) -> Known:  # fmt: skip
        meetings = tuple(one for one, _youth in came)
        period = Period(meetings, year.start, year.end, room_day(self.clock()), *kept)
        return Known(
            year=year, panels=tuple(self.record.panels_of(year)),
            figures=figures(period, self.area), observed=tuple(self._observed(year)),
            youth=tuple(there for one, there in came if one.held and year.start <= one.held_on <= year.end),
            referrals=_of_year(referrals, lambda one: one.received_on, year),
            board=_of_year(boards, lambda one: one.held_on, year),
            below=self.area.figure("suppress_below"),
        )  # fmt: skip

    def _observed(self, year: ReportYear) -> Iterator[Level]:
        """Sheets of an observer who is on the list of the meeting as a lay adviser."""
        done = [
            audit
            for audit in self.record.audits_between(year.start, year.end)
            if audit.is_observation and audit.finished_at is not None
        ]
        meetings = self.record.load_many([audit.meeting_id for audit in done])
        for audit in done:
            meeting = meetings.get(audit.meeting_id)
            if meeting and any(same_person(audit.auditor, one) for one in lay_advisers(meeting)):
                yield meeting.level


def _note(before: Known, begins: date | None) -> str:
    if begins is None or begins <= before.year.start:
        return ""
    return f"The record's first meeting was on {long_date(begins)}."


def _of_year(
    every: Sequence[E], day: Callable[[E], date], year: ReportYear
) -> tuple[E, ...] | None:
    """Those of the year; None where the first of all came after it: that is not none."""
    if all(day(one) > year.end for one in every):
        return None
    return tuple(one for one in every if year.start <= day(one) <= year.end)


def _fact(asked: Asked, now: Known, before: Known, begins: date | None) -> Fact:
    if asked.why:
        this, last = asked.said(now), asked.said(before)
        return Fact(asked.what, this, last, asked.why if this == NOT_KNOWN else "")
    this, last = (asked.said(one) if _reaches(one, begins) else NOT_KNOWN for one in (now, before))
    return Fact(asked.what, this, last)


def _reaches(known: Known, begins: date | None) -> bool:
    """Whether the record had begun by the end of that year."""
    return begins is not None and begins <= known.year.end


def _causes(now: Known, before: Known, begins: date | None) -> Iterable[Fact]:
    """Small numbers are withheld, with what would give them away."""
    order = (*(cause.label for cause in EmergencyCause), NO_CAUSE)
    names = [name for name in order if now.causes[name] or before.causes[name]]
    mine, theirs = (
        withheld({name: one.causes[name] for name in names}, one.below) for one in (now, before)
    )
    for name in names:
        was = theirs[name] if _reaches(before, begins) else NOT_KNOWN
        yield Fact(f"Emergency panels: {name.lower()}", mine[name], was)


def _attendance(now: Known) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """The organisations of which a share may be shown, and how many are left out."""
    at: dict[str, dict[str, Figure]] = {}
    for figure in now.figures:
        if figure.measure.id in ("K-ATT2", "K-ATT3") and figure.agency:
            at.setdefault(figure.agency, {})[figure.measure.id] = figure
    shown = sorted(name for name in at if any(_may_show(f, now.below) for f in at[name].values()))
    rows = tuple(
        (
            name,
            _share(at[name].get("K-ATT2"), now.below),
            _share(at[name].get("K-ATT3"), now.below),
        )
        for name in shown
    )
    left = len(at) - len(shown)
    if not left:
        return rows, "" if rows else "Nobody's attendance was required."
    were = "organisation was" if left == 1 else "organisations were"
    return rows, (
        f"{left} {were} required at fewer than {now.below} panels of each level, or their "
        "attendance was not recorded: not shown."
    )


def _may_show(figure: Figure, below: int) -> bool:
    return figure.is_recorded and figure.of > 0 and not figure.is_suppressed(below)


def _share(figure: Figure | None, below: int) -> str:
    if figure is None:
        return "not required"
    return figure.words(below)
