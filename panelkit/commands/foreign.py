"""Minutes made elsewhere: what could be read of a Word document, where, how sure, and what not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from panelkit.commands.printing import say, say_json
from panelkit.domain.agenda import AGENDA
from panelkit.domain.fields import long_date
from panelkit.domain.foreign import (
    ForeignAction,
    ForeignMinutes,
    ForeignPerson,
    ForeignSection,
    Found,
    NotRead,
    Where,
)
from panelkit.domain.timescales import Calendar

_FACTS: Final = {
    "held_on": "Date of meeting", "level": "Level", "kind": "Kind", "category": "Category", "chair": "Chair",
    "minute_taker": "Minute taker", "ref": "Reference", "marking": "Marking", "start": "Start", "end": "End",
    "next": "Next meeting", "next_words": "Next meeting, no date", "name": "Individual", "born": "Date of birth",
}  # fmt: skip
_NEEDED: Final = ("held_on", "level", "kind", "category", "chair", "marking", "next")
_DAYS: Final = frozenset({"held_on", "next", "born"})
_WIDE: Final = 90


def show_foreign(path: Path, *, as_json: bool = False, calendar: Calendar | None = None) -> int:
    """Say what was read of the document at ``path``; 0. Raises NotFound and BadInput."""
    from panelkit.documents.foreign import read_foreign

    minutes = read_foreign(path, calendar)
    if as_json:
        return say_json(as_data(minutes))
    for line in report(minutes):
        say(line)
    return 0


def report(minutes: ForeignMinutes) -> Iterator[str]:
    """What was read, line by line, and then what was not."""
    yield f"{minutes.name}: minutes made elsewhere, {minutes.words:,} words."
    yield from _part("Meeting", _facts(minutes))
    yield from _part("Sections", map(_section, minutes.sections))
    yield from _part(f"Attendance ({len(minutes.attendance)})", map(_person, minutes.attendance))
    yield from _part(
        f"Actions ({len(minutes.actions)})",
        (_action(number, each) for number, each in enumerate(minutes.actions, start=1)),
    )
    yield from _part(f"Decisions ({len(minutes.decisions)})", (
        f"{_short(each.text)}{f', because {_short(each.because)}' if each.because else ''} ({each.sure.label}; {each.where.words})"
        for each in minutes.decisions
    ))  # fmt: skip
    yield from _part("Risk", (
        f"{each.group.label}: {each.level.label} ({each.sure.label}; {each.where.words})" for each in minutes.ratings
    ))  # fmt: skip
    yield from _part("Not read, or not placed", map(_not_read, minutes.not_read))
    yield from _part("Not found in the document", not_found(minutes))


def not_found(minutes: ForeignMinutes) -> Iterator[str]:
    """Facts and agenda items for which the document has no place that was recognised."""
    for key in _NEEDED:
        if minutes.fact(key) is None and not (key == "next" and minutes.fact("next_words")):
            yield _FACTS[key]
    there = {section.item for section in minutes.sections}
    there |= {item for item, _field, _found in minutes.answers}
    if minutes.attendance:
        there.add("A1")
    if minutes.actions:
        there.add("A16")
    for item in AGENDA:
        if item.code not in there:
            yield f"{item.code} {item.title}"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    made = list(lines)
    if made:
        yield f"\n{title}"
        yield from (f"  {line}" for line in made)


def _facts(minutes: ForeignMinutes) -> Iterator[str]:
    for key, label in _FACTS.items():
        fact = minutes.fact(key)
        if fact is not None:
            yield f"{label}: {_value(fact)} ({fact.sure.label}; {fact.how})"
    for item, _field, found in minutes.answers:
        yield f"{item}, {found.how}: {_short(found.value)}"


def _value(fact: Found) -> str:
    day = fact.day if fact.key in _DAYS else None
    return long_date(day) if day else fact.value


def _section(section: ForeignSection) -> str:
    name = section.heading or "(before the first heading)"
    if not section.item:
        return f"–    {name}"
    below = ", as the heading above it" if section.inherited else ""
    return f"{section.item:<4} {name} ({section.sure.label}{below}; {section.how}, {section.where.words}; {len(section.text.split())} words)"


def _person(person: ForeignPerson) -> str:
    parts = [person.name, person.role, person.organisation]
    if person.status:
        parts.append(person.status.label.lower())
    if person.meeting_role and str(person.meeting_role) != "member":
        parts.append(person.meeting_role.label.lower())
    said = ", ".join(part for part in parts if part)
    return f"{said} ({person.sure.label}; {person.where.words})"


def _action(number: int, action: ForeignAction) -> str:
    who = ", ".join(part for part in (action.owner, action.organisation) if part) or "nobody"
    when = long_date(action.due) if action.due else f'no date ("{action.due_words}")' if action.due_words else "no date"  # fmt: skip
    earlier = "from an earlier meeting: " if action.earlier else ""
    doubts = f"; unsure of {', '.join(action.doubts)}" if action.doubts else ""
    return f"{number}. {earlier}{_short(action.text) or '(no words)'}: {who}, {when} ({action.sure.label}{doubts}; {action.where.words})"


def _not_read(each: NotRead) -> str:
    where = f" in {each.where.words}" if each.where else ""
    words = f': "{_short(each.words)}"' if each.words else ""
    return f"{each.what}{where}{words}. {each.why}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _WIDE else f"{plain[: _WIDE - 1]}…"


def as_data(value: Any) -> Any:
    """The minutes as plain data: dates as text, places in words too."""
    if isinstance(value, Where):
        return {**_fields(value), "words": value.words}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, tuple | list):
        return [as_data(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _fields(value: Any) -> dict[str, Any]:
    return {each.name: as_data(getattr(value, each.name)) for each in dataclasses.fields(value)}
