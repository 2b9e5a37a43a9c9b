"""An emergency panel by command: called, rung round, and what is owed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panelkit.commands.beginning import say_made
from panelkit.commands.codes import line_of, said_day, term_of
from panelkit.commands.kpi import day_of
from panelkit.commands.owed import owed_json, say_owed
from panelkit.commands.printing import say, say_json
from panelkit.domain import entries as e
from panelkit.domain.emergency import Called, read_when
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import LONDON, room_day
from panelkit.domain.vocabulary import (
    AgeGroup,
    AgencyType,
    CallOutcome,
    Category,
    EmergencyCause,
    Level,
    MeetingKind,
    OwedWhat,
)
from panelkit.wiring import Settings, area_of, note_opened, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.emergency import Emergency, Somebody


@contextmanager
def _emergency(settings: Settings) -> Iterator[Emergency]:
    from panelkit.services.emergency import Emergency

    with record_in_use(settings) as record:
        area, agenda = area_of(settings, record)
        yield Emergency(record, area, agenda, settings.clock, who_works(settings, record))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The call as its options say it."""

    cause: str
    reason: str
    called_by: str
    called_at: str
    level: str
    held: str
    name: str
    born: str
    age: str
    category: str
    although_known: bool
    fiction: bool


def call(settings: Settings, ref: str, asked: Asked, *, as_json: bool) -> int:
    """The panel called; 0 with the meeting's reference."""
    cause = term_of(EmergencyCause, asked.cause, "cause")
    at = read_when(asked.called_at, settings.clock())
    with _emergency(settings) as verbs:
        today = verbs.today()
        day = said_day("--on", asked.held or "today", today, verbs.area.calendar)
        level = Level(term_of(Level, asked.level, "level")) if asked.level else None
        standing = verbs.standing(ref, level, day)
        called = Called(
            cause=cause, reason=line_of(asked.reason), called_by=asked.called_by, called_at=at,
            level=standing.level, held_on=day,
        )  # fmt: skip
        meeting = verbs.call(ref, called, _somebody(asked), although_known=asked.although_known)
    return say_made(meeting, standing.notices, as_json=as_json, would=standing.would.value)


def _somebody(asked: Asked) -> Somebody | None:
    from panelkit.services.emergency import Somebody

    if not asked.name:
        if asked.born or asked.age or asked.category:
            raise BadInput(
                "Who it is about is not said.", remedy="Use --name, or leave the rest out."
            )
        return None
    return Somebody(
        name=line_of(asked.name), born=day_of(asked.born, "--born"),
        age=term_of(AgeGroup, asked.age, "age") if asked.age else None,
        category=term_of(Category, asked.category, "category") if asked.category else Category.UNCONFIRMED,
        fiction=asked.fiction,
    )  # fmt: skip


def ring(
    settings: Settings, ref: str, organisation: str, outcome: str, *, agency: str, person: str,
    note: str,
) -> int:  # fmt: skip
    """One more line of the call log."""
    came = term_of(CallOutcome, outcome, "outcome")
    with _emergency(settings) as verbs:
        meeting = _found(settings, verbs, ref, "ring")
        known = {row.organisation: row.agency for row in verbs.to_ring(meeting) if row.organisation}
        name = _called(known, organisation) or _called(dict(verbs.area.organisations), organisation)
        known = {**dict(verbs.area.organisations), **known}
        kind = term_of(AgencyType, agency, "agency") if agency else known.get(name)
        if kind is None or not kind.takes_part:
            msg = "--agency: which kind of agency is not known of that organisation."
            raise BadInput(msg, remedy="Say POL, PRB, LHA and so on.")
        name = name or organisation
        verbs.ring(meeting, name, kind, came, person=line_of(person), note=line_of(note))
    say(f"{meeting.ref}: {name}: {came.label.lower()}")
    return 0


def _called(known: Iterable[str], organisation: str) -> str:
    """The one that is called so, or the only one whose name has these words in it; blank for none.

    Raises Refused for several.
    """
    wanted = organisation.strip().casefold()
    exact = [name for name in known if name.casefold() == wanted]
    found = exact or [name for name in known if wanted and wanted in name.casefold()]
    if len(found) > 1:
        names = "; ".join(found[:6])
        msg = f"Several organisations are called like that: {names}."
        raise Refused(msg, remedy="Say more of it.")
    return found[0] if found else ""


def calls(settings: Settings, ref: str, *, as_json: bool) -> int:
    """Who is to be rung, and every line of the log."""
    with _emergency(settings) as verbs:
        meeting = _found(settings, verbs, ref, "calls")
        rows = verbs.to_ring(meeting)
    log = meeting.of(e.Call)
    if as_json:
        return say_json(
            {
                "ref": meeting.ref,
                "to_ring": [
                    {
                        "organisation": row.organisation, "agency": str(row.agency), "needed": row.needed,
                        "ring": row.ring,
                        "outcome": str(row.last.outcome) if row.last and row.last.outcome else None,
                    }
                    for row in rows
                ],
                "calls": [
                    {
                        "organisation": one.organisation, "agency": str(one.agency or ""),
                        "person": one.person, "outcome": str(one.outcome or ""),
                        "at": one.at.isoformat() if one.at else None, "rung_by": one.rung_by,
                        "note": one.note, "withdrawn": one.withdrawn,
                    }
                    for one in log
                ],
            }
        )  # fmt: skip
    say(f"{meeting.ref}  {meeting.title}")
    for row in rows:
        came = row.last.outcome.label.lower() if row.last and row.last.outcome else "not rung"
        need = "needed" if row.needed else ""
        name = row.organisation or f"{row.agency.label}: which?"
        say(f"  {row.agency:<5} {name:<50} {came:<22} {need:<6} {row.ring}".rstrip())
    for one in log:
        at = one.at.astimezone(LONDON).strftime("%d %b %H:%M") if one.at else ""
        came = one.outcome.label if one.outcome else ""
        gone = f"taken back: {one.withdrawn}" if one.withdrawn else ""
        parts = (at, one.organisation, one.person, came, f"rung by {one.rung_by}", one.note, gone)
        say("  ".join(part for part in parts if part))
    return 0


def owed(settings: Settings, ref: str, *, as_json: bool) -> int:
    """What is owed after it; 1 while anything is late."""
    with _emergency(settings) as verbs:
        meeting = _found(settings, verbs, ref, "owed")
        found = verbs.owed(meeting)
    if meeting.kind is not MeetingKind.EMERGENCY:
        raise Refused(f"{meeting.ref} is no emergency panel: it is {meeting.kind.label}.")
    today = room_day(settings.clock())
    if as_json:
        say_json({"ref": meeting.ref, "owed": [owed_json(one, settings) for one in found]})
    else:
        say(f"{meeting.ref}  {meeting.title}")
        say_owed(found, today)
    return 1 if any(one.is_late(today) for one in found) else 0


def settle(
    settings: Settings, ref: str, what: str, *, by_whom: str, day: str, organisation: str, note: str
) -> int:
    """Something that was owed came."""
    thing = term_of(OwedWhat, what, "thing that is owed")
    with _emergency(settings) as verbs:
        meeting = _found(settings, verbs, ref, "settle")
        verbs.settle(
            meeting, thing, by_whom=by_whom, on=day_of(day, "--on"), organisation=organisation,
            note=line_of(note),
        )  # fmt: skip
    of = f" of {organisation}" if organisation else ""
    say(f"{meeting.ref}: {thing.label.lower()}{of}: settled")
    return 0


def _found(settings: Settings, verbs: Emergency, ref: str, how: str) -> Meeting:
    from panelkit.domain.people import Act
    from panelkit.services.acting import must_may

    must_may(verbs.record, Act.READ)
    meeting = verbs.record.load(ref)
    note_opened(settings, verbs.record, [meeting], how)
    return meeting
