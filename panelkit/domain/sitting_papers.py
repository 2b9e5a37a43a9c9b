"""What the papers of a whole sitting say: the invitation of one organisation, and the list of who is to
send what by when. Values alone, by reference; the list is for the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panelkit.domain.area import Area
from panelkit.domain.entries import Attendance
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.occasion import report_by
from panelkit.domain.sent_out import SentKind
from panelkit.domain.sent_out import Standing as SentStanding
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import MeetingKind, MeetingRole, MeetingState, ReportStatus

_OFFICE = frozenset({MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER, MeetingRole.COORDINATOR})
"""Whoever is on the list only as one of these brings no report of an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """One meeting in the order of its sitting."""

    ref: str
    starts: str
    """``10:45``; blank where it is not booked for an hour."""
    title: str
    """``Level 2 review``."""
    minutes: int
    paper: str = ""
    """What goes out for it: the referral, or the minutes of the last meeting; for the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPaper:
    """The letter to one organisation."""

    ref: str
    """Of the sitting."""
    organisation: str
    area: str
    marking: str
    made_on: date
    held_on: date
    starts: str
    ends: str
    mode: str
    joining: str
    """Restricted: how to join; blank while it is not said."""
    report_by: date | None
    """By when a report is wanted; None of whom none is: lay advisers and observers."""
    lines: tuple[MeetingLine, ...]
    fiction: bool


@dataclass(frozen=True, slots=True)
class WantedLine:
    """What one organisation is to send for one meeting."""

    organisation: str
    ref: str
    what: str
    by: str
    stands: str


@dataclass(frozen=True, slots=True)
class SentLine:
    """What is sent to one organisation, and how each stands."""

    organisation: str
    by: str
    stands: tuple[str, ...]
    """In the order of :class:`panelkit.domain.sent_out.SentKind`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersList:
    """Who is to send what by when, for one sitting."""

    ref: str
    area: str
    marking: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    meetings: tuple[MeetingLine, ...]
    wanted: tuple[WantedLine, ...]
    sent: tuple[SentLine, ...]
    fiction: bool


def invited(meeting: Meeting) -> tuple[str, ...]:
    """The organisations on the list of a meeting, each once, in its order; those of which somebody only
    chairs, takes minutes or co-ordinates are not invited by letter."""
    rows = [row for row in meeting.live(Attendance) if row.organisation.strip()]
    names = (row.organisation.strip() for row in rows if row.meeting_role not in _OFFICE)
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(name.casefold(), name)
    return tuple(known.values())


def brings_report(meeting: Meeting, organisation: str) -> bool:
    """Whether an organisation takes part in a meeting, and does not only look on."""
    return any(
        row.agency is None or row.agency.takes_part
        for row in meeting.live(Attendance)
        if row.organisation.strip().casefold() == organisation.casefold()
        and row.meeting_role not in _OFFICE
    )


def line_of(meeting: Meeting, previous: Meeting | None = None) -> MeetingLine:
    """A meeting as papers name it; ``previous`` is the one before it."""
    if previous is None:
        paper = "the referral" if meeting.kind is MeetingKind.INITIAL else "no minutes before it"
    else:
        issued = previous.state is MeetingState.ISSUED
        paper = f"minutes of {previous.ref}" + ("" if issued else f" ({previous.state.label})")
    return MeetingLine(
        ref=meeting.ref, starts=f"{meeting.slot:%H:%M}" if meeting.slot else "",
        title=f"{meeting.level.label} {meeting.kind.label}", minutes=meeting.booked_minutes,
        paper=paper,
    )  # fmt: skip


def reports_wanted(meeting: Meeting, by: date) -> tuple[WantedLine, ...]:
    """A line for each organisation that is invited to a meeting, with how its report stands."""
    found = []
    for name in invited(meeting):
        if not brings_report(meeting, name):
            continue
        rows = [
            row for row in meeting.live(Attendance)
            if row.organisation.strip().casefold() == name.casefold()
        ]  # fmt: skip
        came = next((row for row in rows if row.report is not None), None)
        stands = "not received"
        if came is not None and came.report is not None:
            stands = came.report.label.lower()
            stands += f", {long_date(came.report_on)}" if came.report_on else ""
            if came.report not in (ReportStatus.RECEIVED, ReportStatus.NIL_RETURN):
                stands = f"not received: {stands}"
        found.append(
            WantedLine(name, meeting.ref, "report or nil return", long_date(by), stands)
        )  # fmt: skip
    return tuple(found)


def sent_line(organisation: str, by: date, every: tuple[SentStanding, ...]) -> SentLine:
    """How everything that is sent to one organisation stands."""
    mine = {one.what: one for one in every if one.organisation == organisation}
    return SentLine(organisation, long_date(by), tuple(mine[kind].words for kind in SentKind))


def due_days(sitting: Sitting, area: Area) -> tuple[date, date]:
    """The last days on which invitations, and papers, are in time."""
    day, calendar = sitting.held_on, area.calendar
    return (
        report_by(day, area.figure("invitations_working_days"), calendar),
        report_by(day, area.figure("papers_working_days"), calendar),
    )
