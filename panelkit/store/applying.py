"""What was put together from two desks, written: by the same ways as everything else."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from sqlalchemy import Connection, func, select

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import By
from panelkit.domain.merging import Things, Values
from panelkit.domain.spans import SpanKind
from panelkit.store import convert, dispatch, falls_due, issued, journal, kept, put_off, requests
from panelkit.store.bundle import TABLES, Bundle, Row, body_of, meeting_of, request_of
from panelkit.store.changes import Changes, Spot
from panelkit.store.saving import Saving
from panelkit.store.tables import DISPATCH, ISSUED, LIFE, PUT_OFF, SITTING, SUPERSEDED, WRITTEN

_NOT_THINGS: Final = ("meeting", "case", "answer")


class _Merging(Changes):
    """The changes of a merge: words that came along as superseded are not kept twice."""

    def supersede(
        self, spot: Spot, text: str, salt: str, typed_by: str, typed_at: str,
        kept: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """As always, but for words that are kept already."""
        here = _spot_of(spot.meeting_id, spot.entity, spot.entity_id, spot.field)
        found = select(SUPERSEDED.c.id).where(here, SUPERSEDED.c.text == text)
        if self.connection.execute(found).first() is None:
            Changes.supersede(self, spot, text, salt, typed_by, typed_at, kept)


def write_things(
    connection: Connection, before: Things | None, after: Things,
    agenda: tuple[AgendaItem, ...], by: By, command: str, *, told: frozenset[SpanKind] = frozenset(),
) -> None:  # fmt: skip
    """The difference, journaled; a new meeting where ``before`` is None (its case is there).

    ``told`` are the histories that come along, and are not worked out from the meeting.
    """
    _step_aside(connection, before or {}, after)
    saving = Saving(connection, by, command, "", told=told)
    saving.changes = _Merging(connection, command)
    saving.save(None if before is None else meeting_of(before, agenda), meeting_of(after, agenda))
    for place, values in after.items():
        was = (before or {}).get(place)
        if values == was:
            continue
        if place[0] == "request":
            _write_request(connection, was, values, by, command)
        elif place[0] == "dispatch":
            journal.write(connection, _write_copy(connection, was, values), by, command)
        elif place[0] == "put_off":
            journal.write(connection, _write_put_off(connection, was, values), by, command)


def _write_put_off(
    connection: Connection, was: Values | None, values: Values
) -> list[journal.Change]:
    if was is not None and was["number"] != values["number"]:
        was = {**was, "number": -int(was["number"] or 0)}  # it stepped aside
    changes = kept.written(
        connection, PUT_OFF, "put_off", was, values, meeting_id=str(values["meeting_id"]),
        but=put_off.NOT_JOURNALED,
    )  # fmt: skip
    falls_due.follow_put_off(connection, str(values["meeting_id"]))
    return changes


def _step_aside(connection: Connection, before: Things, after: Things) -> None:
    """Things that get another number leave theirs free first."""
    for place, values in after.items():
        was = before.get(place)
        if was is None or place[0] in _NOT_THINGS:
            continue
        name = "copy_number" if place[0] == "dispatch" else "number"
        if was[name] != values[name]:
            table = TABLES[place[0]]
            connection.execute(
                table.update().where(table.c.id == place[1]), {name: -int(was[name] or 0)}
            )


def _write_request(
    connection: Connection, was: Values | None, values: Values, by: By, command: str
) -> None:
    if was is None:
        requests.insert(connection, request_of(values), by, command)
    else:
        requests.update(connection, request_of(was), request_of(values), by, command, command)


def _write_copy(connection: Connection, was: Values | None, values: Values) -> list[journal.Change]:
    columns = dict(values)
    if was is None:
        connection.execute(DISPATCH.insert(), columns)
    else:
        connection.execute(DISPATCH.update().where(DISPATCH.c.id == values["id"]), columns)
    noted = []
    if was is None:
        to = (str(values["name"]), str(values["organisation"]))
        noted.append(dispatch.recipient(str(values["meeting_id"]), str(values["id"]), *to))
    for name in ("copy_number", "sha256", "sent_at"):
        now, before = str(values[name] or ""), str((was or {}).get(name) or "")
        if now != before:
            said = now if name == "sha256" else journal.salted(now, journal.new_salt())
            noted.append(
                journal.Change(
                    str(values["meeting_id"]), "dispatch", str(values["id"]), name, "", said
                )
            )
    return noted


# -- what only ever grows --------------------------------------------------------------------


def write_rest(connection: Connection, bundle: Bundle) -> list[journal.Change]:
    """Words kept from before, the life of the minutes, documents: those that are not here yet."""
    changes: list[journal.Change] = []
    for row in _new(connection, "sitting", bundle):
        connection.execute(SITTING.insert(), row)
        made = journal.salted(row["held_on"], journal.new_salt())
        changes.append(journal.Change("", "sitting", row["id"], "made", "", made))
    kept = sorted(_new(connection, "superseded", bundle), key=lambda r: r["number"])
    changes += [_superseded(connection, row) for row in kept]
    for row in _new(connection, "life", bundle):
        connection.execute(LIFE.insert(), row)
        hashed = journal.salted(row["reason"], journal.new_salt())
        changes.append(
            journal.Change(row["meeting_id"], "life", row["id"], row["fact"], "", hashed)
        )
        if row["content_hash"]:
            changes.append(_noted(row, "life", "content_hash"))
    for row in _new(connection, "issued", bundle):
        body = body_of(row)
        if hashlib.sha256(body).hexdigest() != row["sha256"]:
            raise BadInput("A document in the hand-over is not as it was issued.")
        connection.execute(ISSUED.insert(), {**row, "body": body})
        changes += issued.noted(row)
    changes += _write_written(connection, bundle)
    return changes


def _noted(row: Row, entity: str, column: str) -> journal.Change:
    return journal.Change(row["meeting_id"], entity, row["id"], column, "", row[column])


def _new(connection: Connection, name: str, bundle: Bundle) -> list[Row]:
    table = TABLES[name]
    found = select(table.c.id).where(table.c.id.in_([row["id"] for row in bundle[name]]))
    there = set(connection.execute(found).scalars())
    return [row for row in bundle[name] if row["id"] not in there]


def _superseded(connection: Connection, row: Row) -> journal.Change:
    here = _spot_of(row["meeting_id"], row["entity"], row["entity_id"], row["field"])
    last = connection.execute(select(func.max(SUPERSEDED.c.number)).where(here)).scalar()
    connection.execute(SUPERSEDED.insert(), {**row, "number": int(last or 0) + 1})
    hashed = journal.salted(row["text"], row["salt"])
    return journal.Change(
        row["meeting_id"], row["entity"], row["entity_id"], row["field"], "", hashed
    )


def _spot_of(meeting_id: str, entity: str, entity_id: str, field: str) -> Any:
    return (
        (SUPERSEDED.c.meeting_id == meeting_id)
        & (SUPERSEDED.c.entity == entity)
        & (SUPERSEDED.c.entity_id == entity_id)
        & (SUPERSEDED.c.field == field)
    )


def _write_written(connection: Connection, bundle: Bundle) -> list[journal.Change]:
    """Files that were written at the other desk, and that changes in a file were gone through."""
    new = {row["id"] for row in _new(connection, "written", bundle)}
    changes = []
    for row in sorted(bundle["written"], key=lambda r: r["number"]):
        here = WRITTEN.c.meeting_id == row["meeting_id"]
        if row["id"] in new:
            last = connection.execute(select(func.max(WRITTEN.c.number)).where(here)).scalar()
            connection.execute(WRITTEN.insert(), {**row, "number": int(last or 0) + 1})
            changes.append(_noted(row, "written", "sha256"))
        else:
            taken = {name: row[name] for name in ("taken_sha256", "taken_at", "taken_by")}
            older = (WRITTEN.c.id == row["id"]) & (WRITTEN.c.taken_at < row["taken_at"])
            if connection.execute(WRITTEN.update().where(here, older), taken).rowcount:
                changes.append(_noted(row, "written", "taken_sha256"))
    return changes


def with_value(values: Values, field: str, text: str, by: By, typed_by: str) -> Values:
    """A thing with another value in one field; typed by ``typed_by``, now."""
    value: str | int | None = text
    if isinstance(values[field], int) or (values[field] is None and text.lstrip("-").isdecimal()):
        value = int(text) if text else None
    elif values[field] is None and not text:
        value = None
    stamps: dict[str, str | int | None] = {"revision": int(values["revision"] or 0) + 1}
    if "typed_by" in values:
        stamps |= {"typed_by": typed_by, "typed_at": convert.instant_text(by.at)}
    return {**values, field: value, **stamps}
