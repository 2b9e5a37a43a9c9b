"""The one door to minutes that are issued: an amendment that the chair agreed.

A place names one text of the record: ``answer:A10.formulation`` or ``measures:ID:text``.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.vocabulary import AmendmentOutcome, MeetingState

TEXTS: Final = frozenset(
    {FieldKind.WORDS, FieldKind.LINE, FieldKind.PERSON, FieldKind.ORGANISATION}
)
"""Kinds of field whose words an amendment may change."""

NEVER: Final = frozenset(
    {
        "comments",
        "amendments",
        "recipients",
        "addenda",
        "settled",
        "notes",
        "parked",
        "restricted_parts",
    }
)
"""Kinds that are not words of the minutes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A text that may be amended."""

    id: str
    section: str
    """The agenda item by number and title."""
    label: str
    text: str


def places(meeting: Meeting) -> tuple[Place, ...]:
    """Every text of the record that is not blank, in the order of the agenda."""
    found: list[Place] = []
    for item in meeting.agenda:
        section = f"{item.code} {item.title}"
        for field in item.fields:
            text = meeting.text(item.code, field.key)
            if text.strip() and field.kind in TEXTS:
                found.append(Place(f"answer:{item.code}.{field.key}", section, field.label, text))
        for kind in e.ENTRIES:
            if kind.item == item.code and kind.kind not in NEVER:
                found += _of_kind(meeting, kind, section)
    return tuple(found)


def _of_kind(meeting: Meeting, kind: type[e.Entry], section: str) -> list[Place]:
    return [
        Place(
            f"{kind.kind}:{row.id}:{field.key}",
            section,
            f"{name_of(row)}: {field.label}",
            str(getattr(row, field.key)),
        )
        for row in meeting.live(kind)
        for field in fields_of(kind)
        if field.kind in TEXTS and str(getattr(row, field.key)).strip()
    ]


def place_at(meeting: Meeting, place_id: str) -> Place:
    """The text that a place names. Raises NotFound where it is blank or gone."""
    for place in places(meeting):
        if place.id == place_id:
            return place
    msg = f"There are no words to amend at that place in {meeting.ref}."
    raise NotFound(msg)


def about_entry(place_id: str) -> str:
    """The id of the entry that a place is in; blank for an answer."""
    parts = place_id.split(":")
    return parts[1] if len(parts) == 3 else ""


def about_answer(place_id: str) -> tuple[str, str]:
    """Item and field of an answer; blanks for an entry."""
    if not place_id.startswith("answer:"):
        return ("", "")
    item, _, key = place_id.removeprefix("answer:").partition(".")
    return (item, key)


def amended(meeting: Meeting, amendment: e.Amendment, by: By) -> Meeting:
    """The issued meeting with an agreed amendment's words in their place.

    Raises Refused where the minutes are not issued, the chair has not agreed it, or the
    words there are not those it says they were.
    """
    if meeting.state is not MeetingState.ISSUED:
        raise Refused(f"The minutes of {meeting.ref} are not issued: change the record itself.")
    if amendment.outcome is not AmendmentOutcome.AGREED:
        raise Refused("The chair has not agreed that amendment.")
    if place_at(meeting, amendment.place).text != amendment.was:
        msg = f"The words that amendment {amendment.number} changes are no longer as it says."
        raise Refused(msg, remedy="Ask for it again from the words as they are.")
    opened = dataclasses.replace(meeting, state=MeetingState.CLOSED)
    entry = about_entry(amendment.place)
    if entry:
        kind, _, key = amendment.place.split(":")
        opened = opened.change(e.BY_KIND[kind], entry, by, **{key: amendment.now})
    else:
        item, key = about_answer(amendment.place)
        opened = opened.answer(item, key, amendment.now, by)
    return dataclasses.replace(opened, state=MeetingState.ISSUED)


_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+|\n+")


def what_changed(was: str, now: str) -> tuple[str, str]:
    """Both texts without the whole sentences that they begin and end with alike.

    Left-out sentences are shown as … so that nobody takes an excerpt for the whole.
    """
    old, new = _SENTENCES.split(was), _SENTENCES.split(now)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if not head and not tail:
        return was, now
    return _excerpt(old, head, tail), _excerpt(new, head, tail)


def _excerpt(sentences: list[str], head: int, tail: int) -> str:
    kept = sentences[head : len(sentences) - tail]
    parts = ["…"] * bool(head) + [" ".join(kept) or "(nothing)"] + ["…"] * bool(tail)
    return " ".join(parts)
