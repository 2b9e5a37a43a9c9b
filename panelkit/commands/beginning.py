"""A case with its first meeting, or the next meeting of a case, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panelkit.commands.codes import line_of, said_day, term_of
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.starting import changed_by, next_level
from panelkit.domain.vocabulary import Category, CustodyStatus, Level, MeetingKind
from panelkit.services.caseload import Caseload
from panelkit.services.chairing import new_id
from panelkit.wiring import Settings, area_of, record_in_use, who_works


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """A new case and its first meeting, as the options say them."""

    ref: str
    name: str
    category: str
    level: str
    kind: str
    held: str
    born: str = ""
    where: str = ""
    fiction: bool = False


def first(settings: Settings, asked: First, *, as_json: bool) -> int:
    """The case and its meeting; 0 with the meeting's reference. Raises BadInput, Refused."""
    kind = _kind(asked.kind, but=MeetingKind.REVIEW)
    level, category = _level(asked.level), term_of(Category, asked.category, "category")
    where = term_of(CustodyStatus, asked.where, "place") if asked.where else None
    born = day_of(asked.born, "--born")
    name = line_of(asked.name)
    with record_in_use(settings) as record:
        area, agenda = area_of(settings, record)
        verbs = Caseload(record, area, agenda, settings.clock, who_works(settings, record))
        held = said_day("--on", asked.held, verbs.today(), area.calendar)
        case = Case(
            id=new_id(), ref=asked.ref, category=category, name=name, born=born,
            fiction=asked.fiction,
        )  # fmt: skip
        meeting = verbs.open_case(case, level=level, kind=kind, held_on=held, where=where)
        notices = changed_by(case, where, held, area)
    return say_made(meeting, notices, as_json=as_json)


def following(
    settings: Settings, case: str, *, kind: str, level: str, held: str, as_json: bool
) -> int:
    """The next meeting, with what the last one carries; 0 with its reference.

    ``level`` and ``held`` are those that the last meeting decided where they are blank. Raises
    NotFound, BadInput, Refused.
    """
    of_kind = _kind(kind, but=MeetingKind.INITIAL)
    with record_in_use(settings) as record:
        area, agenda = area_of(settings, record)
        verbs = Caseload(record, area, agenda, settings.clock, who_works(settings, record))
        last = verbs.latest(case)
        said = last.chosen("A18", "next_level", Level) if last else None
        decided = next_level(last) if last and said is not Level.ONE else None
        due = last.day("A18", "next_review_date") if last else None
        day = said_day("--on", held, verbs.today(), area.calendar) if held else due
        if day is None:
            raise BadInput("The last meeting names no day.", remedy="Say one with --on.")
        wanted = _level(level) if level else decided
        if wanted is None or wanted is Level.ONE:
            raise BadInput("Say the level: 2 or 3.", remedy="With --level.")
        meeting = verbs.open_next(case, level=wanted, kind=of_kind, held_on=day)
    return say_made(meeting, (), as_json=as_json)


def _level(said: str) -> Level:
    level = Level(term_of(Level, said, "level"))
    if level is Level.ONE:
        raise BadInput("A meeting is held at Level 2 or 3.", remedy="With --level.")
    return level


def _kind(said: str, *, but: MeetingKind) -> MeetingKind:
    kind = MeetingKind(term_of(MeetingKind, said, "kind"))
    if kind is but:
        starts = (
            "has a meeting before it" if but is MeetingKind.REVIEW else "is the first of a case"
        )
        raise BadInput(f"A meeting of the kind {but.label} {starts}.", remedy="Say another --kind.")
    return kind


def say_made(meeting: Meeting, notices: Sequence[str], *, as_json: bool, **more: object) -> int:
    """A meeting that was made, with what somebody should know of; ``more`` is for programs alone."""
    if as_json:
        return say_json(
            {
                "ref": meeting.ref, "level": int(meeting.level), "kind": str(meeting.kind),
                "held_on": meeting.held_on.isoformat(), **more, "notices": list(notices),
            }
        )  # fmt: skip
    say(f"{meeting.ref}  {meeting.title}  {long_date(meeting.held_on)}")
    for notice in notices:
        say(f"  {notice}")
    return 0
