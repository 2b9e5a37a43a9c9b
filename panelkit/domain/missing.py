"""Organisations that miss meetings: invited, came, sent a report, over a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from panelkit.domain.vocabulary import AttendanceStatus, ReportStatus


@dataclass(frozen=True, slots=True)
class Invited:
    """One person's line of attendance at one meeting that was held."""

    meeting_id: str
    meeting_ref: str
    held_on: date
    organisation: str
    status: AttendanceStatus | None
    report: ReportStatus | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A meeting that an organisation was invited to and did not come to."""

    meeting_id: str
    meeting_ref: str
    held_on: date
    why: str
    """``report only``, ``apologies, no report`` or ``no response``."""


@dataclass(frozen=True, slots=True)
class Attending:
    """One organisation over a period; it counts once at a meeting however many were invited."""

    organisation: str
    invited: int
    """Meetings at which attendance of it was recorded."""
    came: int
    report_only: int
    apologies: int
    no_response: int
    not_recorded: int
    """Meetings at which nobody recorded whether it came: in no share."""
    missed: tuple[Missed, ...]

    @property
    def percent(self) -> int:
        """Of the meetings at which it was recorded, those to which it came; whole numbers."""
        return round(100 * self.came / self.invited) if self.invited else 0

    def is_missing(self, percent: int, meetings: int) -> bool:
        """Whether it missed at least so many meetings, and came to less than so many in a hundred."""
        return len(self.missed) >= meetings and self.percent < percent


def attending(rows: Iterable[Invited]) -> tuple[Attending, ...]:
    """Every organisation of these lines, the one that missed most first.

    At one meeting the best of its people's lines is what the organisation did: one who came is
    enough. A report alone is not attendance.
    """
    best: dict[str, dict[str, Invited]] = {}
    for row in rows:
        if not row.organisation:
            continue
        there = best.setdefault(row.organisation, {})
        if row.meeting_id not in there or _rank(row) < _rank(there[row.meeting_id]):
            there[row.meeting_id] = row
    found = [_of(name, list(there.values())) for name, there in best.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.missed), one.percent, one.organisation)))


def _rank(row: Invited) -> int:
    if row.status is None:
        return 3
    if row.status.present:
        return 0
    if _sent_report(row):
        return 1
    return 2


def _sent_report(row: Invited) -> bool:
    sent = row.report in (ReportStatus.RECEIVED, ReportStatus.NIL_RETURN)
    return row.status is AttendanceStatus.REPORT_ONLY or sent


def _of(name: str, rows: list[Invited]) -> Attending:
    known = [row for row in rows if row.status is not None]
    away = [row for row in known if row.status is not None and not row.status.present]
    reports = [row for row in away if _sent_report(row)]
    others = [row for row in away if row not in reports]
    silent = [row for row in others if row.status is AttendanceStatus.NO_RESPONSE]
    missed = tuple(
        Missed(row.meeting_id, row.meeting_ref, row.held_on, _why(row))
        for row in sorted(away, key=lambda row: (row.held_on, row.meeting_ref))
    )
    return Attending(
        organisation=name, invited=len(known), came=len(known) - len(away),
        report_only=len(reports), apologies=len(others) - len(silent), no_response=len(silent),
        not_recorded=len(rows) - len(known), missed=missed,
    )  # fmt: skip


def _why(row: Invited) -> str:
    if _sent_report(row):
        return "report only"
    return row.status.label.lower() if row.status else ""
