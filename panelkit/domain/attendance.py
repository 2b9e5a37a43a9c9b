"""Who was in the room, computed from what was recorded and never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import add_months
from panelkit.domain.vocabulary import (
    AgencyType,
    CustodyStatus,
    KeyDateKind,
    MeetingKind,
    MeetingRole,
    PresenceKind,
)

OFFICE_ROLES = frozenset(
    {
        MeetingRole.CHAIR,
        MeetingRole.MINUTE_TAKER,
        MeetingRole.COORDINATOR,
        MeetingRole.VICTIM_LIAISON,
    }
)
"""Roles that do not by themselves make their agency present (an area setting)."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether the meeting may decide, and who is missing."""

    met: bool
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """``yes``, or ``no: Probation Service``."""
        return "yes" if self.met else "no: " + ", ".join(self.missing)


@dataclass(frozen=True, slots=True)
class Stay:
    """When one person was in the meeting."""

    joined_at: datetime | None
    left_at: datetime | None
    heard_statement_at: datetime | None
    in_room: bool


def stay_of(meeting: Meeting, person: e.Attendance) -> Stay:
    """When ``person`` first joined, last left, last heard the statement, and is in now."""
    events = sorted(
        (p for p in meeting.live(e.Presence) if p.parent == person.id and p.at),
        key=lambda p: (p.at or _LONG_AGO, p.number),
    )
    joined = [p.at for p in events if p.what is PresenceKind.JOINED]
    left = [p.at for p in events if p.what is PresenceKind.LEFT]
    heard = [p.at for p in events if p.what is PresenceKind.STATEMENT]
    moves = [p for p in events if p.what is not PresenceKind.STATEMENT]
    inside = bool(moves) and moves[-1].what is PresenceKind.JOINED
    return Stay(
        joined_at=joined[0] if joined else None,
        left_at=left[-1] if left and not inside else None,
        heard_statement_at=heard[-1] if heard else None,
        in_room=inside,
    )


def present(meeting: Meeting) -> tuple[e.Attendance, ...]:
    """Everybody who attended, in part, or as a deputy."""
    return tuple(a for a in meeting.live(e.Attendance) if a.status and a.status.present)


def in_room(meeting: Meeting) -> tuple[e.Attendance, ...]:
    """Everybody who is in now."""
    return tuple(a for a in present(meeting) if stay_of(meeting, a).in_room)


def speaks_for_agency(person: e.Attendance, area: Area) -> bool:
    """Whether this person makes their organisation present."""
    if person.agency is None or not person.agency.takes_part:
        return False
    return area.roles_count_as_presence or person.meeting_role not in OFFICE_ROLES


def organisations_present(meeting: Meeting, area: Area) -> tuple[str, ...]:
    """Each organisation that was there, once however many attend, in order of invitation."""
    return _once(a.organisation for a in present(meeting) if speaks_for_agency(a, area))


def organisations_to_hear(meeting: Meeting, area: Area) -> tuple[str, ...]:
    """Organisations whose word A7 must record: all present, victim liaison included."""
    return _once(
        a.organisation
        for a in present(meeting)
        if speaks_for_agency(a, area)
        or (
            a.agency is not None
            and a.agency.takes_part
            and a.meeting_role is MeetingRole.VICTIM_LIAISON
        )
    )


def organisations_unheard(meeting: Meeting, area: Area) -> tuple[str, ...]:
    """Organisations present of which A7 holds neither words nor a nil return."""
    heard = {c.organisation for c in meeting.live(e.Contribution)}
    return tuple(name for name in organisations_to_hear(meeting, area) if name not in heard)


def organisations_invited(meeting: Meeting) -> tuple[str, ...]:
    """Every organisation on the list, present or not."""
    return _once(a.organisation for a in meeting.live(e.Attendance))


def needed_agencies(meeting: Meeting, area: Area) -> tuple[AgencyType, ...]:
    """Agencies without which the meeting is not quorate [R], prison and child rules included."""
    emergency = meeting.kind is MeetingKind.EMERGENCY
    needed = list(area.emergency_quorum if emergency else area.quorum)
    custody = meeting.chosen("A3", "custody_status", CustodyStatus)
    if custody in (CustodyStatus.CUSTODY, CustodyStatus.REMAND, CustodyStatus.RECALLED):
        needed.append(AgencyType.PRI)
    else:
        horizon = add_months(meeting.held_on, area.prison_months)
        releases = [
            k.on for k in meeting.live(e.KeyDate) if k.event is KeyDateKind.RELEASE and k.on
        ]
        if any(meeting.held_on < day <= horizon for day in releases):
            needed.append(AgencyType.PRI)
    if meeting.is_child:
        needed.extend(area.child_quorum)
    return tuple(dict.fromkeys(needed))


def quorum(meeting: Meeting, area: Area) -> Quorum:
    """Whether every needed agency and the lead agency are present."""
    there = [a for a in present(meeting) if speaks_for_agency(a, area)]
    agencies = {a.agency for a in there}
    missing = [agency.label for agency in needed_agencies(meeting, area) if agency not in agencies]
    lead = meeting.text("A3", "lead_agency")
    if lead and lead not in {a.organisation for a in there} and lead not in missing:
        missing.append(f"{lead} (lead agency)")
    return Quorum(met=not missing, missing=tuple(missing))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
