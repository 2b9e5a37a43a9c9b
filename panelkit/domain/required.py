"""Organisations whose attendance was required: who came, for how much of it, who reported.

What was not recorded is None and never "did not come". A report alone is no attendance;
lay advisers, observers and whoever only chairs or minutes stand for no agency here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import OFFICE_ROLES, speaks_for_agency
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import LONDON
from panelkit.domain.vocabulary import (
    AgencyType,
    AttendanceStatus,
    InviteRole,
    MeetingRole,
    PresenceKind,
    ReportStatus,
)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """One organisation that was required at a meeting."""

    organisation: str
    agency: AgencyType | None
    came: bool | None
    """None where the record does not say."""
    reported: bool | None
    """Whether an absent one sent a report or a nil return; None where it does not say."""


def required_organisations(
    meeting: Meeting, area: Area, *, part_percent: int = 0
) -> tuple[Required, ...]:
    """Each organisation with somebody marked as required, in order of invitation.

    Attended in part counts from ``part_percent`` of the meeting on; where the share cannot
    be told from the record, neither can that it came.
    """
    people: dict[str, list[e.Attendance]] = {}
    for person in meeting.live(e.Attendance):
        if person.organisation and _stands_for_agency(person, area):
            people.setdefault(person.organisation, []).append(person)
    return tuple(
        Required(
            organisation=name, agency=rows[0].agency,
            came=_any(_came(meeting, row, part_percent) for row in rows),
            reported=_any(_reported(row) for row in rows),
        )
        for name, rows in people.items()
        if any(row.invited is InviteRole.REQUIRED for row in rows)
    )  # fmt: skip


def without_invitation(meeting: Meeting, area: Area) -> bool:
    """Whether somebody of an agency is listed of whom it is not recorded if they were required."""
    return any(
        row.invited is None and _stands_for_agency(row, area) for row in meeting.live(e.Attendance)
    )


def agency_came(meeting: Meeting, area: Area, agency: AgencyType, part_percent: int) -> bool | None:
    """Whether an agency that is always needed was there; None where nothing is recorded."""
    if not any(row.status for row in meeting.live(e.Attendance)):
        return None
    rows = [
        row for row in meeting.live(e.Attendance)
        if row.agency is agency and speaks_for_agency(row, area)
    ]  # fmt: skip
    return _any(_came(meeting, row, part_percent) for row in rows) if rows else False


def _stands_for_agency(person: e.Attendance, area: Area) -> bool:
    if person.agency is None or not person.agency.takes_part:
        return False
    speaks = person.meeting_role not in OFFICE_ROLES or area.roles_count_as_presence
    return speaks or person.meeting_role is MeetingRole.VICTIM_LIAISON


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Yes where one is yes, no where all are no, else not known."""
    given = list(answers)
    if True in given:
        return True
    return None if None in given else False


def _came(meeting: Meeting, person: e.Attendance, part_percent: int) -> bool | None:
    if person.status is None:
        return None
    if person.status is AttendanceStatus.PART and part_percent:
        share = share_present(meeting, person)
        return None if share is None else share * 100 >= part_percent
    return person.status.present


def _reported(person: e.Attendance) -> bool | None:
    if person.status is AttendanceStatus.REPORT_ONLY:
        return True
    if person.report in (ReportStatus.RECEIVED, ReportStatus.NIL_RETURN):
        return True
    if person.report is ReportStatus.NONE or person.status in (
        AttendanceStatus.APOLOGIES_NO_REPORT,
        AttendanceStatus.NO_RESPONSE,
    ):
        return False
    return None


# -- how much of it --------------------------------------------------------------------


def share_present(meeting: Meeting, person: e.Attendance) -> float | None:
    """The share of the meeting that a person was there for; None where it is not recorded."""
    spans = _meeting_spans(meeting)
    total = sum((end - start).total_seconds() for start, end in spans)
    stays = _stays(meeting, person, spans[-1][1]) if spans else []
    if total <= 0 or not stays:
        return None
    there = sum(_overlap(stay, span) for stay in stays for span in spans)
    return min(1.0, there / total)


def _meeting_spans(meeting: Meeting) -> list[Span]:
    parts = [
        (part.started_at, part.ended_at)
        for part in meeting.live(e.Part)
        if part.started_at and part.ended_at and part.ended_at > part.started_at
    ]
    if parts:
        return sorted(parts)
    began, ended = (meeting.value(*at) for at in (("A1", "actual_start"), ("A18", "actual_end")))
    if isinstance(began, time) and isinstance(ended, time) and began < ended:
        start, end = (
            datetime.combine(meeting.held_on, at.replace(tzinfo=None), LONDON)
            for at in (began, ended)
        )
        return [(start, end)]
    return []


def _stays(meeting: Meeting, person: e.Attendance, end: datetime) -> list[Span]:
    moves = sorted(
        (row.at, row.number, row.what)
        for row in meeting.live(e.Presence)
        if row.parent == person.id
        and row.at
        and row.what
        and row.what is not PresenceKind.STATEMENT
    )
    stays: list[Span] = []
    came: datetime | None = None
    for at, _number, what in moves:
        if what is PresenceKind.JOINED:
            came = came or at
        elif came is not None:
            stays.append((came, at))
            came = None
    if came is not None:
        stays.append((came, max(came, end)))
    return stays


def _overlap(stay: Span, span: Span) -> float:
    return max(0.0, (min(stay[1], span[1]) - max(stay[0], span[0])).total_seconds())
