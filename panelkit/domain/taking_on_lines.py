"""What was read of foreign minutes, as lines that somebody confirms.

Every line goes back to something found in the document, with its place and how sure that is. What
a document has no place for is a line only where a case or a meeting cannot be kept without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import REF
from panelkit.domain.fields import store_text
from panelkit.domain.foreign import ForeignMinutes, Sure, Where, least
from panelkit.domain.foreign_meeting import Rebuilt, as_meeting
from panelkit.domain.taking_on import (
    ANSWER,
    FACT,
    FACTS,
    NEEDED,
    SHOWN,
    Choice,
    Group,
    ReadLine,
    Unread,
)

_FIRST: Final = "1"
_SECTIONS: Final = {
    "information": "A7", "victims": "A9", "risk": "A10", "plan": "A11", "restrictions": "A12",
    "disclosure": "A13", "media": "A14",
}  # fmt: skip
"""Sections whose words are kept as those of the last meeting."""
_COMES_FORWARD: Final = {"reason": ("A6", "current_circumstances"), "diversity": ("A8", "diversity_needs")}  # fmt: skip
"""Sections whose words have one field that a review starts with."""
_GROUPS: Final = {"A13": Group.DECISIONS, "A15": Group.DECISIONS, "A10": Group.PLAN, "A11": Group.PLAN, "A12": Group.PLAN}  # fmt: skip
_NOT_KEPT: Final = frozenset(
    {"mappa_category", "level_at_start", "diversity_considered", "hr_considered", "disclosure_considered"}
)  # fmt: skip
"""Said by another line, or a tick that the words of a section do not prove."""
_ITEMS: Final = ("A3", "A6", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15")


@dataclass(frozen=True, slots=True)
class _Stood:
    """Where something stood, and how sure it is."""

    raw: str
    sure: Sure
    doubts: tuple[str, ...] = ()
    how: str = ""


def lines_of(
    minutes: ForeignMinutes, at: datetime, *, number: str = "", agenda: Sequence[AgendaItem] = AGENDA
) -> tuple[ReadLine, ...]:  # fmt: skip
    """The lines; ``number`` is the meeting's, where the record knows of earlier ones."""
    made = as_meeting(minutes, at, agenda)
    stood = dict(_stood(minutes))
    entries = tuple(_entries(made, stood))
    return (
        *_facts(minutes, number),
        *(_with_organisation(line, entries) for line in entries),
        *_answers(minutes, made, stood),
    )


def _with_organisation(line: ReadLine, lines: Sequence[ReadLine]) -> ReadLine:
    """An action whose owner is one person of the attendance list belongs to their organisation."""
    owner = line.values.get("owner", "").casefold()
    if line.what != e.Action.kind or not owner or line.values["organisation"]:
        return line
    there = {
        each.values["organisation"] for each in lines
        if each.what == e.Attendance.kind and each.values["name"].casefold() == owner
    }  # fmt: skip
    if len(there) != 1 or not (organisation := next(iter(there))):
        return line
    how = "; ".join(filter(None, (line.how, "its organisation is that of the attendance list")))
    values = MappingProxyType({**line.values, "organisation": organisation})
    return replace(line, values=values, how=how)


def unread_of(minutes: ForeignMinutes) -> tuple[Unread, ...]:
    """What could not be read or placed."""
    return tuple(
        Unread(
            what=each.what, why=each.why, where=each.where.words if each.where else "",
            words=each.words,
        )
        for each in minutes.not_read
    )  # fmt: skip


def _stood(minutes: ForeignMinutes) -> Iterator[tuple[tuple[str, Where], _Stood]]:
    for section in minutes.sections:
        yield ("section", section.where), _Stood(section.text, section.sure, how=section.heading)
    for fact in minutes.facts:
        yield (
            ("fact", fact.where),
            _Stood(fact.raw, fact.sure, ("organisation", "agency"), fact.how),
        )
    for person in minutes.attendance:
        yield (e.Attendance.kind, person.where), _Stood(person.raw, person.sure, person.doubts)
    for action in minutes.actions:
        earlier = "from an earlier meeting" if action.earlier else ""
        yield (e.Action.kind, action.where), _Stood(action.raw, action.sure, action.doubts, earlier)
    for decision in minutes.decisions:
        yield (e.Decision.kind, decision.where), _Stood(decision.raw, decision.sure)
    for rating in minutes.ratings:
        yield (e.RiskRating.kind, rating.where), _Stood(rating.raw, rating.sure)


def _facts(minutes: ForeignMinutes, number: str) -> Iterator[ReadLine]:
    for key, (group, _field) in FACTS.items():
        found = minutes.fact(key)
        line = ReadLine(
            id=f"fact.{key}", group=group, what=FACT, values=_one(key, found.value if found else ""),
            raw=found.raw if found else "", where=found.where.words if found else "",
            how=found.how if found else "", sure=found.sure if found else Sure.GUESS,
            choice=Choice.OPEN if found or key in NEEDED else Choice.LEFT,
        )  # fmt: skip
        if key == "number":
            yield _numbered(line, minutes, number)
        elif key == "ref" and found is not None and not REF.fullmatch(found.value):
            # Signs that stand in no reference here are hyphens, to be confirmed as a guess is.
            plain = re.sub("[^A-Za-z0-9]+", "-", found.value).strip("-")
            how = f"{found.how}; written with other signs there"
            yield replace(line, values=_one(key, plain), sure=Sure.GUESS, how=how)
        else:
            yield line


def _numbered(line: ReadLine, minutes: ForeignMinutes, number: str) -> ReadLine:
    """No document is asked for it: the next of the case, else the first, or one after what it continues."""
    earlier = any(each.earlier for each in minutes.actions)
    kind = minutes.fact("kind")
    offered = number or ("2" if earlier or (kind and kind.value == "review") else _FIRST)
    how = "the next of this case in the record" if number else "offered: no document says it"
    sure = Sure.SURE if number else Sure.GUESS
    return replace(line, values=_one("number", offered), how=how, sure=sure)


def _one(key: str, value: str) -> Mapping[str, str]:
    return MappingProxyType({key: value})


def _entries(made: Rebuilt, stood: Mapping[tuple[str, Where], _Stood]) -> Iterator[ReadLine]:
    for kind, (group, keys) in SHOWN.items():
        count = 0
        for row in made.meeting.of(kind):
            where = made.places[row.id]
            found = stood.get((kind.kind, where)) or stood.get(("section", where)) or stood.get(("fact", where))  # fmt: skip
            if isinstance(row, e.SectionWords) and row.section not in _SECTIONS:
                continue
            values = {key: store_text(getattr(row, key)) for key in keys}
            if found is None or not any(values.values()):
                continue
            count += 1
            done = (
                isinstance(row, e.Action) and row.status is not None and not row.status.outstanding
            )
            yield ReadLine(
                id=f"{kind.kind}.{count}", group=Group.DONE if done else group, what=kind.kind,
                values=MappingProxyType(values), fixed=MappingProxyType(_fixed(row)),
                raw=found.raw or " · ".join(filter(None, values.values())), where=where.words,
                how=found.how, sure=found.sure,
                doubts=tuple(each for each in found.doubts if each in keys),
                choice=Choice.LEFT if done else Choice.OPEN,
            )  # fmt: skip


def _fixed(row: e.Entry) -> dict[str, str]:
    """What goes with a line and is not asked about."""
    match row:
        case e.Decision():
            return {"type": store_text(row.type), "at_item": row.at_item}
        case e.SectionWords():
            return {"section": row.section}
        case e.Contribution():
            return {"nil_return": store_text(row.nil_return)}
        case e.Action():
            return {"outcome": row.outcome}
        case _:
            return {}


def _answers(
    minutes: ForeignMinutes, made: Rebuilt, stood: Mapping[tuple[str, Where], _Stood]
) -> Iterator[ReadLine]:
    labelled = {(item, key): found for item, key, found in minutes.answers}
    there: set[tuple[str, str]] = set()
    for (item, key), answer in made.meeting.answers.items():
        if item not in _ITEMS or key in _NOT_KEPT or not answer.text.strip():
            continue
        where = made.places[f"{item}.{key}"]
        found = labelled.get((item, key))
        section = stood.get(("section", where))
        there.add((item, key))
        if found is not None:
            stands = _Stood(found.raw, found.sure, how=found.how)
        elif section is not None:
            # What the sense of a section's words is taken for is never sure.
            term = made.meeting.field(item, key)
            told = least(section.sure, Sure.SURE if term and term.is_prose else Sure.LIKELY)
            stands = _Stood(section.raw, told, how=f'under "{section.how}"')
        else:
            continue
        yield _answer(item, key, answer.text, stands, where)
    for row in made.meeting.of(e.SectionWords):
        place = _COMES_FORWARD.get(row.section)
        section = stood.get(("section", made.places[row.id]))
        if place is None or place in there or section is None:
            continue
        there.add(place)
        stands = _Stood(section.raw, least(section.sure, Sure.LIKELY), how=f'under "{section.how}"')
        yield _answer(*place, row.text, stands, made.places[row.id])


def _answer(item: str, key: str, text: str, stands: _Stood, where: Where) -> ReadLine:
    return ReadLine(
        id=f"{ANSWER}.{item}.{key}", group=_GROUPS.get(item, Group.WORDS), what=ANSWER,
        values=_one(key, text), raw=stands.raw or text, where=where.words, how=stands.how,
        sure=stands.sure,
    )  # fmt: skip
