"""A pack taken in whole: its case, its meetings, and what it says beside them, in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from panelkit.domain.beside import Beside
from panelkit.domain.case import Case
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.merging import Place, Things, Values
from panelkit.store import bundle, carried, cases, journal, put_off
from panelkit.store.kept import columns_of
from panelkit.store.part import Part
from panelkit.store.saving import Saving
from panelkit.store.spans import span_columns

_NOT_CONTENT: Final = frozenset({"number", "revision", "typed_by", "typed_at"})
_DIFFERS: Final = "is in this record already, and differs"


class TakesPacks(Part):
    """The part of a record that packs come into."""

    def take_in(
        self, case: Case | None, meetings: Sequence[Meeting], beside: Beside, by: By, *,
        command: str,
    ) -> None:  # fmt: skip
        """A new case (None where it is here), meetings that are new, and what stands beside them.

        All of it or nothing. Histories that the pack says are not worked out from its meetings.
        Raises Refused, naming the place in the pack, for a line that is here and differs and for
        one that cannot stand beside what is here; PenElsewhere, NumberTaken.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "pack taken in"):
                return
            if case is not None:
                journal.write(connection, cases.insert(connection, case), by, command)
            for meeting in meetings:
                Saving(connection, by, command, "", told=beside.told).save(None, meeting)
            _write(connection, beside, by, command)

    def lacks(self, beside: Beside) -> str:
        """Where in the pack the first line stands that is not in this record; blank where all are.

        One that was changed here since, as its revision says, is there. Raises Refused for one
        that is here and differs.
        """
        with self._reading() as connection:
            for place, values in _rows(beside, None):
                there = _there(connection, place)
                if there is None:
                    return beside.place(place[1])
                _must_be_same(beside, place, there, values)
        return ""


def _write(connection: Connection, beside: Beside, by: By, command: str) -> None:
    fresh: dict[Place, Values] = {}
    for place, values in _rows(beside, by):
        there = _there(connection, place)
        if there is None:
            fresh[place] = values
        else:
            _must_be_same(beside, place, there, values)
    case_ids = {str(values["case_id"]) for values in fresh.values() if "case_id" in values}
    before: Things = {}
    for case_id in case_ids:
        before = {**before, **carried.things_of(bundle.beside(connection, case_id))}
    own = {place: values for place, values in fresh.items() if place[0] in bundle.BESIDE}
    _must_fit(before, own, beside)
    numbered, _renumbered = carried.numbered(connection, own, {})
    carried.write(connection, before, {**before, **numbered}, by, command)
    changes: list[journal.Change] = []
    for day in beside.put_off:
        if ("put_off", day.id) in fresh:
            changes += put_off.keep(connection, None, _stamped(day, by))
    journal.write(connection, changes, by, command)


def _must_fit(before: Things, own: Things, beside: Beside) -> None:
    """Raises Refused for the first line that cannot stand beside what is here."""
    known = set(carried.wrong_among(before))
    order = list(bundle.BESIDE)
    things = dict(before)
    for place in sorted(own, key=lambda each: order.index(each[0])):  # events after histories
        things[place] = own[place]
        wrong = [said for said in carried.wrong_among(things) if said not in known]
        if wrong:
            raise Refused(f"{beside.place(place[1])}: {wrong[0]}", remedy="Nothing was changed.")


def _there(connection: Connection, place: Place) -> Values | None:
    if place[0] == "put_off":
        return put_off.row_of(connection, place[1])
    return carried.row_of(connection, place)


def _must_be_same(beside: Beside, place: Place, there: Values, values: Values) -> None:
    """Raises Refused where the pack says something else than what is here and never changed."""
    same = all(there[n] == v for n, v in values.items() if n not in _NOT_CONTENT)
    evolved = int(there["revision"] or 0) > int(values["revision"] or 0)
    if not same and not evolved:
        msg = f"{beside.place(place[1])} {_DIFFERS}."
        raise Refused(msg, remedy="Nothing was changed. Correct it on screen, or by command.")


def _rows(beside: Beside, by: By | None) -> Iterator[tuple[Place, Values]]:
    """Every line as its row; typed by whoever takes it in where the pack does not say."""
    for span in beside.spans:
        yield ("span", span.id), span_columns(_stamped(span, by))
    for event in beside.events:
        yield ("outcome", event.id), columns_of(_stamped(event, by))
    for referral in beside.referrals:
        yield ("referral", referral.id), columns_of(_stamped(referral, by), but=("screening",))
        for said in referral.screening:
            yield ("screening", said.id), columns_of(_stamped(said, by))
    for day in beside.put_off:
        yield ("put_off", day.id), columns_of(_stamped(day, by))


def _stamped(value: Any, by: By | None) -> Any:
    if by is None:
        return value
    at: datetime | None = value.typed_at or by.at
    return dataclasses.replace(value, typed_by=value.typed_by or by.name, typed_at=at)
