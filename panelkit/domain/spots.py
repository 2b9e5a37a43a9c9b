"""Where in the record a printed text stands, and what may be done with it from outside.

A spot is one field: of an agenda item (``A6``, ``offence_summary``) or of one entry of a
kind (``measures``, its id, ``text``). Words may be edited in Word and taken back; everything
else is a fact, which is corrected in the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from panelkit.domain import entries as e
from panelkit.domain import running
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.text import gate, gate_line
from panelkit.domain.vocabulary import MeetingRole, ReadBack

WRITTEN: Final = frozenset({FieldKind.WORDS, FieldKind.LINE})
"""Kinds of field that people write in their own words."""

FACTS: Final = frozenset(
    {"attendance", "presence", "visits", "pauses", "parts", "parked", "recipients", "tools"}
)
"""Kinds of entry that state facts, whatever their fields are."""

OUTCOMES: Final = frozenset({"outcome", "reason_not_done"})
"""Words of an action of an earlier meeting that this meeting writes."""

CHAIRS_ENTRIES: Final = frozenset({"decisions", "options"})
CHAIRS_ITEMS: Final = frozenset({"A15"})
CHAIRS_ANSWERS: Final = frozenset(
    {"disclosure_rationale", "quoracy_override_reason", "overall_override_reason"}
)
"""Decisions and their rationale: nobody but the chair changes them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One field of the record."""

    owner: str
    """Code of the agenda item, or kind of the entry."""
    entry: str
    """Id of the entry; blank for an answer of an item."""
    field: str
    """Name of the field."""


@cache
def described(kind: str) -> dict[str, Field]:
    """The fields of a kind of entry by name; none for a kind there is not."""
    found = e.BY_KIND.get(kind)
    return {field.key: field for field in fields_of(found)} if found else {}


def field_at(meeting: Meeting, spot: Spot) -> Field | None:
    """The description of the field; None where this record has no such field."""
    if not spot.entry:
        return meeting.field(spot.owner, spot.field)
    return described(spot.owner).get(spot.field)


def text_at(meeting: Meeting, spot: Spot) -> str | None:
    """The words that stand there now; None where the entry is gone or was withdrawn."""
    if not spot.entry:
        return meeting.text(spot.owner, spot.field)
    row = _row(meeting, spot)
    if row is None or not row.is_live:
        return None
    value = getattr(row, spot.field, None)
    return value if isinstance(value, str) else None


def _row(meeting: Meeting, spot: Spot) -> e.Entry | None:
    return next((row for row in meeting.rows.get(spot.owner, ()) if row.id == spot.entry), None)


def words_in(meeting: Meeting, row: e.Entry) -> frozenset[str]:
    """Names of the fields of an entry that hold words and may be edited outside the record.

    The text of an action of an earlier meeting is that meeting's; what became of it is ours.
    """
    if not row.id or row.withdrawn:
        return frozenset()
    if isinstance(row, e.Action) and row.set_at != meeting.number:
        return OUTCOMES
    return _words_of(row.kind)


@cache
def _words_of(kind: str) -> frozenset[str]:
    if kind in FACTS:
        return frozenset()
    return frozenset(key for key, field in described(kind).items() if field.kind in WRITTEN)


def name_of(meeting: Meeting, spot: Spot) -> str:
    """What people call the place: ``A6 Brief facts``, ``M3 Measure``."""
    field = field_at(meeting, spot)
    label = field.label if field else spot.field.replace("_", " ").capitalize()
    row = _row(meeting, spot) if spot.entry else None
    if row is None:
        return f"{spot.owner} {label}"
    if row.prefix or isinstance(row, e.Action):
        return f"{row.title} {row.ref}: {label}"
    return f"{row.title} {row.number}: {label}"


def way_to_correct(meeting: Meeting, spot: Spot | None, section: str) -> str:
    """What to do instead of editing a fact in the document."""
    if spot is None:
        return f"Correct it in the record, under {section}." if section else "Correct the record."
    kind = e.BY_KIND.get(spot.owner) if spot.entry else None
    item = f"at item {kind.item}, " if kind and kind.item else "at item " if not kind else ""
    return f"Correct it in the record, {item}{name_of(meeting, spot)}."


def is_chairs(spot: Spot) -> bool:
    """Whether it is a decision or its rationale."""
    if spot.entry:
        return spot.owner in CHAIRS_ENTRIES
    return spot.owner in CHAIRS_ITEMS or spot.field in CHAIRS_ANSWERS


def may_change(meeting: Meeting, spot: Spot, who: str) -> str:
    """Why this person may not change it; blank where they may."""
    if not is_chairs(spot):
        return ""
    chair = meeting.role(MeetingRole.CHAIR)
    if chair is None or not chair.name:
        return "Only the chair changes a decision or its rationale, and no chair is named yet."
    if chair.name.casefold() != who.casefold():
        return "Only the chair changes a decision or its rationale."
    return ""


def as_field(meeting: Meeting, spot: Spot, text: str) -> str:
    """``text`` as the field keeps it: gated, and on one line where the field is a line."""
    field = field_at(meeting, spot)
    if field is not None and field.kind is FieldKind.LINE:
        return gate_line(text).text
    return gate(text).text


def with_text(meeting: Meeting, spot: Spot, text: str, by: By) -> Meeting:
    """The meeting with ``text`` there; a decision, rating or action typed by anybody but the
    chair is to be confirmed again.

    Raises NotFound, Refused, BadInput as :meth:`Meeting.answer` and :meth:`Meeting.change`.
    """
    why_not = may_change(meeting, spot, by.name)
    if why_not:
        raise Refused(why_not, remedy="Say who you are with --as, or ask the chair.")
    if not spot.entry:
        return meeting.answer(spot.owner, spot.field, as_field(meeting, spot, text), by)
    kind = e.BY_KIND.get(spot.owner)
    row = _row(meeting, spot)
    if kind is None or row is None:
        raise NotFound("That entry is no longer in the record.")
    changes: dict[str, Any] = {spot.field: as_field(meeting, spot, text)}
    if isinstance(row, e.Decision | e.RiskRating | e.Action):
        settled = ReadBack.CONFIRMED if row.read_back else None
        changes["read_back"] = running.needs_chair(meeting, by) or settled
    return meeting.change(kind, spot.entry, by, **changes)
