"""The life of a meeting, as pure steps: start, move, pause, finish now, resume, close, reopen.

Each returns a new meeting or raises Refused with what to do. Ids come in from outside,
so that a retry after a crash makes nothing twice.
"""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from panelkit.domain import entries as e
from panelkit.domain.agenda import CLOSED_UNTIL_STATEMENT
from panelkit.domain.area import Area
from panelkit.domain.attendance import in_room, present, stay_of
from panelkit.domain.completeness import Gap, completeness, stopping
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.vocabulary import (
    AttendanceStatus,
    Level,
    MeetingRole,
    MeetingState,
    PresenceKind,
    ReadBack,
    Stops,
    YesNo,
)


@dataclass(frozen=True, slots=True)
class Interim:
    """What *finish now* asks, so that a meeting cut short still protects."""

    risk: str
    """Risk of serious harm until the meeting resumes, in words."""
    level: Level | None
    """Level of management meanwhile."""
    actions: str
    """Immediate actions and who does them; "none" is an answer."""
    reason: str
    """Why it stopped; parks everything that is left."""
    resume_on: date | None
    """When it goes on."""


def start(meeting: Meeting, by: By, new_id: str, local: datetime) -> Meeting:
    """The meeting opened: its first part begins and A1 holds the time it began.

    ``local`` is the wall clock of the room; raises Refused unless it is planned.
    """
    if meeting.state is not MeetingState.PLANNED:
        msg = f"{meeting.ref} has already started."
        raise Refused(msg)
    opened = meeting.with_facts(state=MeetingState.OPEN)
    opened = opened.add(e.Part(id=new_id, started_at=by.at), by)
    if not opened.text("A1", "actual_start"):
        opened = opened.answer("A1", "actual_start", local.strftime("%H:%M"), by)
    if not opened.text("A3", "level_at_start"):
        opened = opened.answer("A3", "level_at_start", str(meeting.level), by)
    return opened


def may_open(meeting: Meeting, item: str) -> str:
    """Why ``item`` may not be opened yet; blank where it may. Notes can always be typed."""
    codes = [entry.code for entry in meeting.agenda]
    first_closed = codes.index(CLOSED_UNTIL_STATEMENT) + 1
    given = bool(meeting.text(CLOSED_UNTIL_STATEMENT, "confidentiality_statement"))
    if item in codes[first_closed:] and not given:
        return "The statement comes first: give it at A2. A note can be typed at any time."
    return ""


def move(meeting: Meeting, item: str, by: By, new_id: str) -> Meeting:
    """The visit to ``item`` begun and the one before it ended; unchanged unless it runs."""
    if meeting.state is not MeetingState.OPEN:
        return meeting
    meeting = leave_item(meeting, by)
    return meeting.add(e.Visit(id=new_id, place=item, opened_at=by.at), by)


def leave_item(meeting: Meeting, by: By) -> Meeting:
    """The visit under way ended."""
    for visit in meeting.live(e.Visit):
        if visit.left_at is None:
            meeting = meeting.change(e.Visit, visit.id, by, left_at=by.at)
    return meeting


def pause(meeting: Meeting, reason: str, by: By, new_id: str) -> Meeting:
    """The clock stopped. Raises Refused unless it runs."""
    if meeting.state is not MeetingState.OPEN:
        msg = f"{meeting.ref} is {meeting.state.label}."
        raise Refused(msg)
    paused = leave_item(meeting, by).with_facts(state=MeetingState.PAUSED)
    return paused.add(e.Pause(id=new_id, from_=by.at, reason=reason), by)


def go_on(meeting: Meeting, by: By) -> Meeting:
    """The clock started again after a pause. Raises Refused unless it is paused."""
    if meeting.state is not MeetingState.PAUSED:
        msg = f"{meeting.ref} is {meeting.state.label}."
        raise Refused(msg)
    for row in meeting.live(e.Pause):
        if row.until is None:
            meeting = meeting.change(e.Pause, row.id, by, until=by.at)
    return meeting.with_facts(state=MeetingState.OPEN)


def finish_now(
    meeting: Meeting, interim: Interim, by: By, new_ids: tuple[str, ...], area: Area
) -> Meeting:
    """Part heard: what must hold meanwhile is recorded, the rest parked under one reason.

    ``new_ids`` gives an id for each gap that is parked. Raises Refused unless it is
    running and every question of *finish now* is answered.
    """
    if not meeting.is_running:
        msg = f"{meeting.ref} is {meeting.state.label}."
        raise Refused(msg)
    blank = [
        words
        for words, said in (
            ("the risk meanwhile", interim.risk.strip()),
            ("the level meanwhile", interim.level),
            ("immediate actions, or none", interim.actions.strip()),
            ("one reason", interim.reason.strip()),
            ("a date to resume", interim.resume_on),
        )
        if not said
    ]
    if blank:
        msg = f"Still needed: {', '.join(blank)}."
        raise Refused(msg)
    if meeting.state is MeetingState.PAUSED:
        meeting = go_on(meeting, by)
    meeting = leave_item(meeting, by)
    for person in in_room(meeting):
        meeting = meeting.add(
            e.Presence(
                id=_derived(new_ids[0], person.id),
                parent=person.id,
                what=PresenceKind.LEFT,
                at=by.at,
                part=current_part(meeting).number,
            ),
            by,
        )
    part = current_part(meeting)
    meeting = meeting.change(
        e.Part, part.id, by,
        ended_at=by.at, statement=meeting.value("A2", "confidentiality_statement"),
        reason=interim.reason, interim_risk=interim.risk, interim_level=interim.level,
        immediate_actions=interim.actions, resume_on=interim.resume_on,
    )  # fmt: skip
    left = [gap for gap in stopping(completeness(meeting, area), Stops.CLOSING) if gap.can_park]
    for gap, new_id in zip(left, new_ids[1:], strict=False):
        meeting = park(meeting, gap, f"Part heard: {interim.reason}", interim.resume_on, by, new_id)
    return meeting.with_facts(state=MeetingState.PART_HEARD)


def resume(meeting: Meeting, by: By, new_id: str) -> Meeting:
    """A new part: the statement and attendance are taken again, what was parked comes back.

    Raises Refused unless the meeting is part heard.
    """
    if meeting.state is not MeetingState.PART_HEARD:
        msg = f"{meeting.ref} is {meeting.state.label}."
        raise Refused(msg)
    meeting = meeting.with_facts(state=MeetingState.OPEN)
    meeting = meeting.answer("A2", "confidentiality_statement", "", by)
    for parked in meeting.live(e.Parked):
        if parked.reason.startswith("Part heard:"):
            meeting = meeting.withdraw(e.Parked, parked.id, "The meeting resumed.", by)
    return meeting.add(e.Part(id=new_id, started_at=by.at), by)


def current_part(meeting: Meeting) -> e.Part:
    """The part under way or last held. Raises Refused before the start."""
    parts = meeting.live(e.Part)
    if not parts:
        msg = f"{meeting.ref} has not started."
        raise Refused(msg)
    return parts[-1]


def park(
    meeting: Meeting, gap: Gap, reason: str, until: date | None, by: By, new_id: str
) -> Meeting:
    """The gate left open with a reason that prints.

    Raises Refused without a reason, for the statement and the next date, and for a
    disclosure or level that carries no date.
    """
    if not gap.can_park:
        msg = f"{gap.message}: this cannot be parked."
        raise Refused(msg)
    if not reason.strip():
        msg = "A parked item prints its reason: say why."
        raise Refused(msg)
    parked = e.Parked(id=new_id, place=gap.item, gate=gap.gate, reason=reason, until=until)
    after = meeting.add(parked, by)
    if gap.field in ("disclosure_decision", "level_decision") and until is None:
        msg = "A parked disclosure or level carries a date."
        raise Refused(msg)
    return after


def close(meeting: Meeting, by: By, local: datetime, area: Area) -> Meeting:
    """Closed: everybody has left, the end is recorded.

    Raises Refused while anything stops it, naming how many; see ``completeness``.
    """
    if not meeting.is_running:
        msg = f"{meeting.ref} is {meeting.state.label}."
        raise Refused(msg)
    owed = stopping(completeness(meeting, area), Stops.CLOSING)
    if owed:
        msg = f"{len(owed)} {'thing is' if len(owed) == 1 else 'things are'} owed before {meeting.ref} closes."
        raise Refused(msg, remedy="Go to each, or park it with a reason that prints.")
    if meeting.state is MeetingState.PAUSED:
        meeting = go_on(meeting, by)
    meeting = leave_item(meeting, by)
    if not meeting.text("A18", "actual_end"):
        meeting = meeting.answer("A18", "actual_end", local.strftime("%H:%M"), by)
    for part in meeting.live(e.Part)[-1:]:
        meeting = meeting.change(
            e.Part,
            part.id,
            by,
            ended_at=by.at,
            statement=meeting.value("A2", "confidentiality_statement"),
        )
    return meeting.with_facts(state=MeetingState.CLOSED)


def reopen(meeting: Meeting, by: By) -> Meeting:
    """A meeting closed by mistake goes on, until its minutes are approved."""
    if meeting.state is not MeetingState.CLOSED:
        msg = f"{meeting.ref} is {meeting.state.label}."
        raise Refused(
            msg, remedy="Only a closed meeting whose minutes are not approved is reopened."
        )
    for part in meeting.live(e.Part)[-1:]:
        meeting = meeting.change(e.Part, part.id, by, ended_at=None)
    meeting = meeting.answer("A18", "actual_end", "", by)
    return meeting.with_facts(state=MeetingState.OPEN)


# -- attendance ------------------------------------------------------------------------


def check_in(
    meeting: Meeting, person: e.Attendance, by: By, new_id: str, *, late: bool = False
) -> Meeting:
    """``person`` is in the room, identity and private space confirmed with it.

    Somebody who joins before the statement hears it when it is given; a late joiner
    hears it again (:func:`hear_statement`).
    """
    if stay_of(meeting, person).in_room:
        return meeting
    changes: dict[str, object] = {"identity": YesNo.YES, "private_space": YesNo.YES}
    if person.status is None or not person.status.present:
        changes["status"] = AttendanceStatus.PART if late else AttendanceStatus.ATTENDED
    meeting = meeting.change(e.Attendance, person.id, by, **changes)
    parts = meeting.live(e.Part)
    joined = e.Presence(
        id=new_id,
        parent=person.id,
        what=PresenceKind.JOINED,
        at=by.at,
        part=parts[-1].number if parts else 1,
    )
    return meeting.add(joined, by)


def check_out(meeting: Meeting, person: e.Attendance, by: By, new_id: str) -> Meeting:
    """``person`` left; they attended in part unless the meeting is over."""
    if not stay_of(meeting, person).in_room:
        return meeting
    meeting = meeting.add(
        e.Presence(id=new_id, parent=person.id, what=PresenceKind.LEFT, at=by.at), by
    )
    if person.status is AttendanceStatus.ATTENDED:
        meeting = meeting.change(e.Attendance, person.id, by, status=AttendanceStatus.PART)
    return meeting


def hear_statement(meeting: Meeting, by: By, seed: str) -> Meeting:
    """Everybody in the room who has not heard the statement in this part has now."""
    part = meeting.live(e.Part)[-1].number if meeting.live(e.Part) else 1
    for person in in_room(meeting):
        heard = any(
            p.what is PresenceKind.STATEMENT and p.part == part
            for p in meeting.live(e.Presence)
            if p.parent == person.id
        )
        if not heard:
            meeting = meeting.add(
                e.Presence(
                    id=_derived(seed, person.id),
                    parent=person.id,
                    what=PresenceKind.STATEMENT,
                    at=by.at,
                    part=part,
                ),
                by,
            )
    return meeting


def attendance_from(meeting: Meeting, other: Meeting, by: By, seed: str) -> Meeting:
    """People who were at ``other`` put on this list, to be confirmed one key each or all."""
    here = {(a.name, a.organisation) for a in meeting.live(e.Attendance)}
    for person in present(other):
        if (person.name, person.organisation) in here:
            continue
        fresh = dataclasses.replace(
            person, id=_derived(seed, person.id), number=0, status=None, identity=None, private_space=None,
            report=None, report_on=None, spoc_contacted_at="", spoc_outcome="", deputy_for="",
            carried_from=f"{other.ref}, {other.held_on.isoformat()}", confirmed_by="", restricted_part="",
        )  # fmt: skip
        meeting = meeting.add(fresh, by)
    return meeting


def _derived(seed: str, stem: str) -> str:
    """An id that the same command makes again the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}:{stem}"))


# -- the clock and the read-back ---------------------------------------------------------


def elapsed(meeting: Meeting, now: datetime) -> timedelta:
    """How long the meeting has run, pauses and the time between parts left out."""
    total = timedelta()
    for part in meeting.live(e.Part):
        if part.started_at:
            total += (part.ended_at or now) - part.started_at
    for row in meeting.live(e.Pause):
        if row.from_:
            total -= (row.until or now) - row.from_
    return max(total, timedelta())


def elapsed_at(meeting: Meeting, item: str, now: datetime) -> timedelta:
    """How long an item has been open, all visits together."""
    visits = (v for v in meeting.live(e.Visit) if v.place == item and v.opened_at)
    return sum(((v.left_at or now) - v.opened_at for v in visits if v.opened_at), timedelta())


def planned_for(meeting: Meeting, item: str) -> int:
    """Minutes planned for an item: its share of the slot that is booked."""
    parts = {entry.code: entry.planned(meeting.kind) for entry in meeting.agenda}
    whole = sum(parts.values()) or 1
    return round(parts.get(item, 0) * meeting.booked_minutes / whole)


def needs_chair(meeting: Meeting, by: By) -> ReadBack | None:
    """Typed by anyone but the chair, a decision, rating or level is to be confirmed."""
    chair = meeting.role(MeetingRole.CHAIR)
    if chair is None or chair.name.casefold() == by.name.casefold():
        return None
    return ReadBack.TO_CONFIRM
