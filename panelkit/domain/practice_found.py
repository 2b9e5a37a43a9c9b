"""Whether the words of a meeting show what a scenario looks for. Words found are no proof that they
say the right thing, and words not found may stand there otherwise: whoever reads it is told so.
"""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain import entries as e
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.practice import Learner, LookFor, Scenario

_WRITTEN = frozenset({FieldKind.WORDS, FieldKind.LINE})


def is_met(one: LookFor, meeting: Meeting, role: Learner) -> bool:
    """Whether any of its ``words`` stands anywhere in the record, or nothing that is to be ``gone``
    is left at its item. A chair's notes count; a minute taker's are what the words are made of.
    """
    notes = role is Learner.CHAIR
    if one.gone:
        there = "\n".join(_texts(meeting, one.item, notes=False)).casefold()
        return not any(words.casefold() in there for words in one.gone)
    return bool(words_found(one, meeting, notes=notes))


def words_found(one: LookFor, meeting: Meeting, *, notes: bool) -> str:
    """Which of its ``words`` stand in the record; blank for none. ``notes`` count where that is true."""
    there = "\n".join(_texts(meeting, "", notes=notes)).casefold()
    return next((words for words in one.words if words.casefold() in there), "")


def not_to_do(scenario: Scenario) -> tuple[int, ...]:
    """What is so from the first, by its number from 1: nobody can learn by it."""
    meeting = scenario.meetings[-1]
    return tuple(
        number
        for number, one in enumerate(scenario.looks_for, start=1)
        if is_met(one, meeting, scenario.role)
    )


def _texts(meeting: Meeting, item: str, *, notes: bool) -> Iterator[str]:
    for answer in meeting.answers.values():
        if item in ("", answer.item) and not answer.is_unconfirmed:
            yield answer.text
    for kind in e.ENTRIES:
        if kind is e.Note and not notes:
            continue
        for row in meeting.live(kind):
            place = row.place if isinstance(row, e.Note) else kind.item
            if item in ("", place) and not row.is_unconfirmed:
                yield from _of_entry(meeting, row)


def _of_entry(meeting: Meeting, row: e.Entry) -> Iterator[str]:
    is_old = isinstance(row, e.Action) and row.set_at != meeting.number
    for field in fields_of(type(row)):
        if field.kind in _WRITTEN and not (is_old and field.key == "text"):
            yield str(getattr(row, field.key) or "")
