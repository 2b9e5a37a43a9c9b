"""The case and its last meeting, made of the lines that somebody confirmed.

The meeting was held elsewhere and its minutes are not ours: it counts in no figure, is neither
approved nor issued here, and is never changed. The next meeting starts from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import fields_of, long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.starting import may_be_held
from panelkit.domain.taking_on import ANSWER, BY_KIND, FACT, FACTS, NEEDED, HalfRead, ReadLine
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingState


@dataclass(frozen=True, slots=True)
class Stops:
    """One thing that stands in the way of storing what is confirmed."""

    line: str
    """Id of the line where it is mended; blank where it is none."""
    words: str


def stopping(half: HalfRead, today: date) -> Iterator[Stops]:
    """What stands in the way, in the order of the lines; nothing where it can be stored."""
    for key in FACTS:
        if key in NEEDED and not half.fact(key):
            line = half.line(f"fact.{key}")
            yield Stops(line.id, f"{line.fields[0].label}: it is needed. Type it.")
    left = half.undecided
    if left:
        count = f"{len(left)} line{' is' if len(left) == 1 else 's are'}"
        yield Stops(left[0].id, f"{count} neither confirmed nor left out.")
    held_on, born = half.day("held_on"), half.day("born")
    if held_on is not None and held_on > today:
        yield Stops("fact.held_on", f"Held on: {long_date(held_on)} is still to come.")
    if born is not None and held_on is not None and born >= held_on:
        yield Stops("fact.born", f"Date of birth: {long_date(born)} is not before the meeting.")
    later = half.day("next")
    if later is not None and held_on is not None and later <= held_on:
        yield Stops("fact.next", f"Next meeting: {long_date(later)} is not after the last one.")


def case_of(half: HalfRead, case_id: str) -> Case:
    """The case that the lines tell of. Raises BadInput for a category that is none."""
    return Case(
        id=case_id, ref=half.fact("ref"), category=_term(Category, half.fact("category"), "Category"),
        name=half.fact("name"), born=half.day("born"), fiction=half.fiction,
    )  # fmt: skip


def meeting_of(
    half: HalfRead, case: Case, *, by: By, area: Area, agenda: tuple[AgendaItem, ...],
    new_id: Callable[[], str],
) -> Meeting:  # fmt: skip
    """The last meeting, held elsewhere, with everything that was confirmed and nothing else.

    Raises Refused for a level at which none is held and for a Category 4 case that the area may not
    hold, BadInput for a fact that cannot be read.
    """
    level = _term(Level, half.fact("level"), "Held at")
    kind = _term(MeetingKind, half.fact("kind"), "Kind of meeting")
    held_on = half.day("held_on")
    if held_on is None:
        raise BadInput("Held on: the day of the meeting is needed.")
    may_be_held(case, level, area)
    meeting = Meeting(
        id=new_id(), case=case, number=int(half.fact("number")), level=level, kind=kind,
        held_on=held_on, state=MeetingState.CLOSED, booked_minutes=area.planned_minutes(level, kind),
        agenda=agenda,
    )  # fmt: skip
    for line in half.lines:
        if line.choice.takes and line.what != FACT:
            meeting = _with(meeting, line, by, new_id)
    basics = [("A3", "mappa_category", str(case.category))]
    if (later := half.day("next")) is not None:
        basics.append(("A18", "next_review_date", later.isoformat()))
    for item, key, text in basics:
        if meeting.field(item, key):
            meeting = meeting.answer(item, key, text, by)
    return dataclasses.replace(meeting, state=MeetingState.ELSEWHERE)


def _with(meeting: Meeting, line: ReadLine, by: By, new_id: Callable[[], str]) -> Meeting:
    if line.what == ANSWER:
        _answer, item, key = line.id.split(".")
        if meeting.field(item, key) is None:
            return meeting  # an area's agenda may leave it out
        return meeting.answer(item, key, line.value, by)
    kind = BY_KIND[line.what]
    values: dict[str, Any] = {}
    for field in fields_of(kind):
        text = line.values.get(field.key) or line.fixed.get(field.key)
        if text:
            values[field.key] = field.parse(text)
    return meeting.add(kind(id=new_id(), **values), by)


def must_fit(case: Case, found: Case) -> None:
    """Raises Refused where the minutes tell of somebody else than the case that has the reference."""
    if case.born and found.born and case.born != found.born:
        msg = f"{found.ref} is in the record with another date of birth."
        raise Refused(msg, remedy="Correct the reference or the date; nothing was changed.")
    if case.name and found.name and _plain(case.name) != _plain(found.name):
        msg = f"{found.ref} is in the record under another name."
        raise Refused(msg, remedy="Correct the reference or the name; nothing was changed.")


def _plain(name: str) -> list[str]:
    return sorted(name.casefold().replace(".", " ").replace(",", " ").split())


def must_follow(meeting: Meeting, last: Meeting | None) -> None:
    """Raises Refused where the meeting cannot come after the ``last`` one that the record has."""
    if last is None:
        return
    if last.state in (
        MeetingState.PLANNED, MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD,
    ):  # fmt: skip
        msg = f"{last.ref} is {last.state.label}: a later meeting cannot have been held elsewhere."
        raise Refused(msg, remedy="Hold or close it first; nothing was changed.")
    if meeting.held_on <= last.held_on:
        msg = f"{last.ref} was held on {long_date(last.held_on)}, and these minutes are no later."
        raise Refused(
            msg, remedy="Only the last minutes of a case are taken on; nothing was changed."
        )
    if meeting.number <= last.number:
        msg = f"{last.ref} is in the record: the number of this meeting is higher."
        raise Refused(msg, remedy="Correct which meeting of the case it was.")


def _term(term: type[Any], text: str, label: str) -> Any:
    try:
        return term(text)
    except ValueError:
        allowed = ", ".join(str(each) for each in term)
        raise BadInput(f"{label}: one of {allowed}.") from None
