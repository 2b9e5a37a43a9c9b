"""Who is rung for a panel, and what came of it.

The call log is lines that are added: what stands of an organisation is its last line. Whoever is
coming is on the list of A1 as expected, and in the room only once somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import needed_agencies
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.returns import is_said_to_come
from panelkit.domain.timescales import LONDON
from panelkit.domain.vocabulary import AgencyType, CallOutcome, MeetingKind


@dataclass(frozen=True, slots=True)
class ToRing:
    """One organisation to ring, or an agency of which nobody has said which organisation."""

    organisation: str
    """Blank where the agency has several in this area and none is on the list of the meeting."""
    agency: AgencyType
    person: str
    """Whoever came to the last meeting, as far as the record says; blank where nobody is named."""
    ring: str
    """Whom to ring: the office that the area file names."""
    needed: bool
    """Whether the meeting is not quorate without this agency."""
    last: e.Call | None
    """The last line of the log; None where nobody has rung."""
    choices: tuple[str, ...] = ()
    """Organisations of this agency in the area, where none is said."""

    @property
    def key(self) -> str:
        """Its organisation, else its agency: what a screen's row is called."""
        return self.organisation or str(self.agency)


def last_call(meeting: Meeting, organisation: str) -> e.Call | None:
    """The last line of the log for an organisation; None where there is none."""
    wanted = organisation.casefold()
    rung = [c for c in meeting.live(e.Call) if c.organisation.casefold() == wanted]
    return rung[-1] if rung else None


def to_ring(meeting: Meeting, area: Area) -> tuple[ToRing, ...]:
    """Everybody to be rung: organisations of the case, agencies of the area file, those a quorum needs.

    Needed ones first, then in the order of the area file.
    """
    needed = needed_agencies(meeting, area)
    people: dict[str, e.Attendance] = {}
    for person in meeting.live(e.Attendance):
        if person.organisation and person.agency is not None and person.agency.takes_part:
            there = people.get(person.organisation)
            if there is None or (person.name and not there.name):
                people[person.organisation] = person
    found: dict[str, ToRing] = {}
    for name, person in people.items():
        if person.agency is not None:
            found[name] = _row(meeting, area, name, person.agency, person.name)
    for call in meeting.live(e.Call):
        if call.agency is not None and call.organisation and call.organisation not in found:
            found[call.organisation] = _row(meeting, area, call.organisation, call.agency, "")
    covered = {row.agency for row in found.values()}
    for agency in dict.fromkeys((*needed, *area.emergency_agencies)):
        if agency not in covered:
            for row in _of_agency(meeting, area, agency):
                found[row.key] = row
    order = {agency: place for place, agency in enumerate((*needed, *area.emergency_agencies))}
    return tuple(
        sorted(found.values(), key=lambda r: (not r.needed, order.get(r.agency, len(order)), r.key))
    )


def _of_agency(meeting: Meeting, area: Area, agency: AgencyType) -> Iterator[ToRing]:
    names = tuple(name for name, kind in area.organisations if kind is agency)
    if len(names) == 1:
        yield _row(meeting, area, names[0], agency, "")
    else:
        needed = agency in needed_agencies(meeting, area)
        yield ToRing("", agency, "", "", needed, None, names)


def _row(meeting: Meeting, area: Area, name: str, agency: AgencyType, person: str) -> ToRing:
    return ToRing(
        name, agency, person, dict(area.ring).get(name, ""),
        agency in needed_agencies(meeting, area), last_call(meeting, name),
    )  # fmt: skip


def with_call(meeting: Meeting, call: e.Call, by: By, person_id: str) -> Meeting:
    """The meeting with one more line; an organisation that is coming is on the list of A1.

    It is expected there, under ``person_id`` where it was not yet on the list: nobody is in the
    room because somebody said on the telephone that they would be.
    """
    after = meeting.add(call, by)
    if call.outcome is not CallOutcome.COMING:
        return after
    listed = [
        a
        for a in after.live(e.Attendance)
        if a.organisation.casefold() == call.organisation.casefold()
        and a.agency is not None
        and a.agency.takes_part
    ]
    named = call.person.strip()
    if any(not named or a.name.casefold() == named.casefold() for a in listed):
        return after
    unnamed = next((a for a in listed if not a.name and a.status is None), None)
    if unnamed is not None:
        return after.change(e.Attendance, unnamed.id, by, name=named)
    return after.add(
        e.Attendance(
            id=person_id, name=named, organisation=call.organisation, agency=call.agency
        ),
        by,
    )  # fmt: skip


def is_expected(meeting: Meeting, person: e.Attendance) -> bool:
    """Whether one key that lets everybody in means this person too.

    At an emergency panel that was rung round: whoever said that they come, and whoever was put on
    the list for this meeting. Somebody carried from the last meeting whom nobody has rung, or who
    could not be reached, is not let in by it; nor is, at any meeting, whoever the return of their
    organisation says does not come.
    """
    if not is_said_to_come(meeting, person):
        return False
    if meeting.kind is not MeetingKind.EMERGENCY or not meeting.live(e.Call):
        return True
    call = last_call(meeting, person.organisation)
    if call is None:
        return not person.carried_from
    return call.outcome is CallOutcome.COMING and not (
        person.carried_from and _is_another(call, person)
    )


def _is_another(call: e.Call, person: e.Attendance) -> bool:
    """Whether the line is about somebody else of the same organisation."""
    asked, name = call.person.strip().casefold(), person.name.strip().casefold()
    return bool(asked) and bool(name) and asked != name


def person_word(meeting: Meeting, person: e.Attendance) -> str:
    """``coming``, ``other coming``, ``not rung``: what the log says of one person on the list of A1;
    blank where the meeting is no emergency panel and nobody was rung for it."""
    call = last_call(meeting, person.organisation)
    if call is None or call.outcome is None:
        return call_word(meeting, person.organisation)
    if call.outcome is CallOutcome.COMING and _is_another(call, person):
        return "other coming"
    return SHORT[call.outcome]


def call_word(meeting: Meeting, organisation: str) -> str:
    """``coming 14:05``, ``not rung``: what the log says of an organisation; blank where the meeting
    is no emergency panel and nobody was rung for it."""
    call = last_call(meeting, organisation)
    if call is None:
        rung = meeting.kind is MeetingKind.EMERGENCY and bool(meeting.live(e.Call))
        return "not rung" if rung else ""
    words = SHORT[call.outcome] if call.outcome else "rung"
    return f"{words} {call.at.astimezone(LONDON):%H:%M}" if call.at else words


SHORT = {
    CallOutcome.TRIED: "tried",
    CallOutcome.REACHED: "reached",
    CallOutcome.COMING: "coming",
    CallOutcome.NOT_COMING: "not coming",
    CallOutcome.NOT_REACHED: "not reached",
}
"""Words that fit a column."""


def never_rung(meeting: Meeting, area: Area) -> tuple[str, ...]:
    """Whom nobody rang, and of whose agency nobody was there: organisations, else agencies."""
    there = {a.agency for a in meeting.live(e.Attendance) if a.status and a.status.present}
    return tuple(
        row.organisation or row.agency.label
        for row in to_ring(meeting, area)
        if row.last is None and row.agency not in there
    )


def not_reached(meeting: Meeting) -> tuple[str, ...]:
    """Organisations whose last line says that they could not be reached, or that nobody answered."""
    names = dict.fromkeys(c.organisation for c in meeting.live(e.Call))
    missed = (CallOutcome.TRIED, CallOutcome.NOT_REACHED)
    return tuple(
        name
        for name in names
        if (last := last_call(meeting, name)) is not None and last.outcome in missed
    )
