"""Who gets a copy, and what each copy may say: decided here, before anything is composed.

A copy is composed from a meeting that holds only what its recipient may have. What is
withheld is not in that value, so no part of a document can print it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.amending import about_answer, about_entry
from panelkit.domain.attendance import organisations_invited
from panelkit.domain.meeting import Meeting, Place
from panelkit.domain.vocabulary import AgencyClass, InterestHandling, InviteRole, YesNo

WITHHELD: Final = "Restricted item withheld"
"""What another organisation's copy prints in place of an item."""

ALWAYS: Final = frozenset(
    {
        "attendance", "presence", "visits", "parts", "pauses", "restricted_parts", "recipients",
        "comments", "amendments", "agency_returns", "return_lines",
    }
)  # fmt: skip
"""Kinds that no restricted part withholds by the time they were typed: who was there and when, what
was done with the minutes afterwards, and what was written before anybody came into the room."""

_NO_COPY: Final = (AgencyClass.LAY, AgencyClass.OBSERVER)
_PAPERS_BACK: Final = (InterestHandling.BARRED, InterestHandling.PAPERS_RECALLED)


@dataclass(frozen=True, slots=True)
class Held:
    """What one organisation's copy does not say."""

    entries: frozenset[str] = frozenset()
    """Ids of entries."""
    places: frozenset[Place] = frozenset()
    """Answers, by item and field."""
    gates: frozenset[tuple[str, str]] = frozenset()
    """Parked gates whose reason is withheld."""

    @property
    def count(self) -> int:
        """How many items."""
        return len(self.entries) + len(self.places)


NOTHING_HELD: Final = Held()
"""The record's own copy says everything."""


def held_back(meeting: Meeting, organisation: str) -> Held:
    """What ``organisation`` may not have.

    An item is withheld unless it is restricted to nobody or to them: by its own list, by
    the restricted part it belongs to, by having been typed while a restricted part was
    held, or by hanging from an entry that is withheld.
    """
    entries: set[str] = set()
    rows = [row for kind in e.ENTRIES for row in meeting.of(kind)]
    for row in rows:
        if not _may_have(meeting, row, organisation):
            entries.add(row.id)
    while (
        found := {r.id for r in rows if r.parent and r.parent in entries and r.kind not in ALWAYS}
        - entries
    ):
        entries |= found
    places = {
        place
        for place, answer in meeting.answers.items()
        if answer.text.strip() and not _heard(meeting, answer.typed_at, organisation)
    }
    for change in meeting.of(e.Amendment):
        if about_entry(change.place) in entries or about_answer(change.place) in places:
            entries.add(change.id)
    gates = set()
    for parked in meeting.of(e.Parked):
        about = parked.gate.rpartition(":")[2]
        if about in entries or parked.id in entries:
            entries.add(parked.id)
            gates.add((parked.place, parked.gate))
    return Held(frozenset(entries), frozenset(places), frozenset(gates))


def _may_have(meeting: Meeting, row: e.Entry, organisation: str) -> bool:
    named = getattr(row, "restricted_to", ())
    if named and not _among(organisation, named):
        return False
    if row.restricted_part:
        parts = [p for p in meeting.of(e.RestrictedPart) if p.id == row.restricted_part]
        # A part of an earlier meeting is not in this one: who heard it is not known here.
        if not parts or not _among(organisation, parts[0].staying):
            return False
    return row.kind in ALWAYS or _heard(meeting, row.typed_at, organisation)


def _heard(meeting: Meeting, typed_at: datetime | None, organisation: str) -> bool:
    """Whether nothing restricted was under way without them when this was typed."""
    if typed_at is None:
        return True
    return all(
        _among(organisation, part.staying)
        for part in meeting.of(e.RestrictedPart)
        if part.started_at
        and part.started_at <= typed_at
        and (part.ended_at is None or typed_at < part.ended_at)
    )


def _among(organisation: str, named: Iterable[str]) -> bool:
    return organisation.strip().casefold() in {name.strip().casefold() for name in named}


def without(meeting: Meeting, held: Held) -> Meeting:
    """The meeting with what is withheld left out; an entry keeps its number and place only."""
    rows = {
        kind: tuple(_bare(row) if row.id in held.entries else row for row in found)
        for kind, found in meeting.rows.items()
        if kind != e.Comment.kind
    }
    answers = {place: a for place, a in meeting.answers.items() if place not in held.places}
    return dataclasses.replace(
        meeting, rows=MappingProxyType(rows), answers=MappingProxyType(answers)
    )


def _bare(row: e.Entry) -> e.Entry:
    kept: dict[str, object] = {"id": row.id, "number": row.number, "parent": row.parent}
    if isinstance(row, e.Action):
        kept["set_at"] = row.set_at
    if isinstance(row, e.AgencyView):
        kept["organisation"] = row.organisation
    if isinstance(row, e.Amendment):
        kept |= {"outcome": row.outcome, "version": row.version}
    return type(row)(**kept)  # type: ignore[arg-type]


# -- who gets one --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody considered for a copy."""

    name: str
    organisation: str
    method: str
    no_copy: str
    """Why they have none; blank where they have one."""
    recipient: str = ""
    """Id of the recipient entry that says so, if any."""
    reason: str = ""
    """Why somebody who was not invited has one, and who approved it."""
    sent_on: date | None = None

    @property
    def words(self) -> str:
        """``Ana Example, Harrowmere Police``."""
        return ", ".join(part for part in (self.name, self.organisation) if part)


def distribution_list(meeting: Meeting) -> tuple[OnList, ...]:
    """Everybody invited, then everybody named beside them, each with whether they have a copy.

    Lay advisers, observers, and anybody outside the organisations invited need the chair's
    approval with a reason. Who was barred, or whose papers were recalled, has none.
    """
    named = {_key(r.name, r.organisation): r for r in meeting.live(e.Recipient)}
    barred = {
        i.declared_by.strip().casefold()
        for i in meeting.live(e.Interest)
        if i.handling in _PAPERS_BACK
    }
    found: list[OnList] = []
    seen: set[tuple[str, str]] = set()
    for person in meeting.live(e.Attendance):
        key = _key(person.name, person.organisation)
        if key in seen:
            continue
        seen.add(key)
        row = named.get(key)
        lay = person.agency is not None and person.agency.standing in _NO_COPY
        lay = lay or person.invited is InviteRole.OBSERVER
        why = ""
        if person.name.strip() and person.name.strip().casefold() in barred:
            why = "papers recalled, or barred from the case"
        elif lay and not _approved(row):
            why = "lay adviser or observer: the chair has not approved a copy"
        found.append(_on_list(person.name, person.organisation, row, why))
    invited = {
        name.casefold()
        for name in organisations_invited(meeting)
        if any(
            a.organisation == name and a.agency and a.agency.standing not in _NO_COPY
            for a in meeting.live(e.Attendance)
        )
    }
    for key, row in named.items():
        if key in seen:
            continue
        outside = row.organisation.strip().casefold() not in invited
        why = "not invited: the chair has not approved a copy"
        if row.name.strip().casefold() in barred and row.name.strip():
            why = "papers recalled, or barred from the case"
        elif not outside or _approved(row):
            why = ""
        found.append(_on_list(row.name, row.organisation, row, why))
    return tuple(found)


def _on_list(name: str, organisation: str, row: e.Recipient | None, why: str) -> OnList:
    said = row or e.Recipient(id="")
    reason = said.reason
    if said.approved_by.strip():
        reason = f"{reason}\nApproved by {said.approved_by}".strip()
    return OnList(name, organisation, said.method, why, said.id, reason, said.sent_on)


def _approved(row: e.Recipient | None) -> bool:
    return bool(
        row and row.approved is YesNo.YES and row.reason.strip() and row.approved_by.strip()
    )


def _key(name: str, organisation: str) -> tuple[str, str]:
    return (name.strip().casefold(), organisation.strip().casefold())
