"""A foreign record: hostile words in every field that the domain's own lists name.

Built by walking the agenda and ``ENTRIES``, so that a new field or kind of content is in it
by itself. It goes to the store as a value, past the gate of what people type: what is
under test is the showing.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.fields import Field, FieldKind, fields_of, store_text
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingState
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from tests.desk import make_desk

WHO = "Ruth Calloway"
TEXT_KINDS = (FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON)
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 50, tzinfo=UTC)
LINES = ("note", "action")
"""What may be begun on one line and kept."""
OFFERED = ("place", "at_item", "gate")
"""Text that names a place on the agenda; one entry of each kind holds a true one."""
PARKED_AT = ("A6", "index_offence")


class Texts:
    """Hands out the texts in turn, each with a number of its own, and remembers them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.given: list[str] = []
        self._texts = itertools.cycle(texts)

    def __call__(self) -> str:
        text = f"q{len(self.given)}q{next(self._texts)}z"
        self.given.append(text)
        return text


def value_for(field: Field, texts: Texts, turn: int) -> Any:
    """A value that the field can hold; hostile wherever it is text."""
    match field.kind:
        case FieldKind.CHOICE:
            members = list(field.term)
            return members[turn % len(members)]
        case FieldKind.CHOICES:
            return tuple(field.term)
        case FieldKind.ORGANISATIONS:
            return (texts(), texts())
        case FieldKind.DATE:
            return DAY
        case FieldKind.TIME:
            return time(10, 30)
        case FieldKind.INSTANT:
            return NOW
        case FieldKind.NUMBER:
            return 1
        case _:
            return texts()


def _entry(kind: type[e.Entry], number: int, texts: Texts, **said: Any) -> e.Entry:
    values = {field.key: value_for(field, texts, number - 1) for field in fields_of(kind)}
    values |= {key: value for key, value in said.items() if key in values or key == "parent"}
    return kind(
        id=new_id(), number=number, typed_by=texts(), typed_at=NOW, carried_from=texts(),
        withdrawn=texts() if number == 3 else "", **values,
    )  # fmt: skip


def entries(texts: Texts) -> dict[str, tuple[e.Entry, ...]]:
    """Three of every kind: one all hostile, one at a true place, one withdrawn."""
    rows: dict[str, tuple[e.Entry, ...]] = {}
    organisations = [texts() for _ in range(3)]
    # Kinds that hang from another come after it, whatever the order of the list.
    for kind in sorted(e.ENTRIES, key=lambda k: bool(k.follows)):
        made = []
        for number in (1, 2, 3):
            said: dict[str, Any] = {"organisation": organisations[number - 1]}
            if number == 2:
                said |= {"place": PARKED_AT[0], "at_item": "A10", "gate": PARKED_AT[1]}
            if kind.follows:
                above = rows[kind.follows]
                said["parent"] = above[1 if len(above) > 1 else 0].id
            made.append(_entry(kind, number, texts, **said))
        rows[kind.kind] = tuple(made)
    return rows


def answers(agenda: Sequence[AgendaItem], texts: Texts) -> Iterator[Answer]:
    """Every field of every item but the one that is parked."""
    for item in agenda:
        for field in item.fields:
            if (item.code, field.key) != PARKED_AT:
                value = value_for(field, texts, 0)
                yield Answer(
                    item=item.code, field=field.key, text=store_text(value), typed_by=texts(),
                    typed_at=NOW, carried_from=texts(),
                )  # fmt: skip


def hostile_case(texts: Texts, ref: str) -> Case:
    """A case whose facts are hostile, its reference included."""
    facts = {field.key: value_for(field, texts, 0) for field in fields_of(Case)}
    return Case(id=new_id(), ref=ref, category=Category.TWO, fiction=True, **facts)


def hostile_meeting(case: Case, number: int, state: MeetingState, texts: Texts) -> Meeting:
    """A meeting in which every field of every kind holds one."""
    return Meeting(
        id=new_id(), case=case, number=number, level=Level.TWO, kind=MeetingKind.REVIEW,
        held_on=DAY, state=state, slot=time(9, 45), agenda=AGENDA,
        answers={answer.place: answer for answer in answers(AGENDA, texts)}, rows=entries(texts),
    )  # fmt: skip


def hostile_desk(folder: Path, sources: Sequence[str]) -> tuple[Desk, str, Texts]:
    """A desk over the foreign record, the meeting to run, and the texts that are in it."""
    texts = Texts(sources)
    desk = make_desk(folder, who=WHO)
    record, by = desk.caseload.record, desk.caseload.by()
    case = hostile_case(texts, texts())
    record.add_case(case, by, command=new_id())
    for number, state in ((1, MeetingState.CLOSED), (2, MeetingState.OPEN)):
        meeting = hostile_meeting(case, number, state, texts)
        record.save(None, meeting, by, command=new_id())
    other = dataclasses.replace(case, id=new_id(), ref=texts())
    record.add_case(other, by, command=new_id())
    planned = hostile_meeting(other, 1, MeetingState.PLANNED, texts)
    record.save(None, planned, by, command=new_id())
    for line in LINES:
        record.set_draft(meeting.id, WHO, line, texts())
    record.set_position(meeting.id, WHO, texts(), texts())
    return desk, meeting.ref, texts
