"""The log of requests from outside; words that are changed are kept, as everywhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from panelkit.domain.errors import StaleRecord
from panelkit.domain.meeting import By
from panelkit.domain.requests import Request
from panelkit.store import convert, journal
from panelkit.store.cases import must_be_next, plain
from panelkit.store.changes import Changes, Spot
from panelkit.store.tables import REQUEST

_OWN = ("id", "meeting_id", "number", "revision")


def of_meeting(connection: Connection, meeting_id: str) -> tuple[Request, ...]:
    """Every request about a meeting, oldest first."""
    found = select(REQUEST).where(REQUEST.c.meeting_id == meeting_id).order_by(REQUEST.c.number)
    return tuple(_request_of(row) for row in connection.execute(found).mappings())


def insert(connection: Connection, request: Request, by: By, command: str) -> None:
    """A new request. The caller gives a number that is free in the same transaction."""
    connection.execute(REQUEST.insert(), _columns(request))
    salt = journal.new_salt()
    made = journal.Change(
        request.meeting_id, "request", request.id, "made", "", journal.salted(request.ref, salt)
    )
    journal.write(connection, [made], by, command)


def next_number(connection: Connection, meeting_id: str) -> int:
    """The number that the next request about a meeting gets."""
    return 1 + max((r.number for r in of_meeting(connection, meeting_id)), default=0)


def update(
    connection: Connection, before: Request, after: Request, by: By, command: str, visit: str
) -> None:
    """The fields that changed, journaled; words that stood there are kept once a visit.

    Raises StaleRecord where somebody else changed the request meanwhile; nothing is written.
    """
    must_be_next(before.revision, after.revision)
    old, new = _columns(before), _columns(after)
    here = (REQUEST.c.id == before.id) & (REQUEST.c.revision == before.revision)
    done = connection.execute(REQUEST.update().where(here), new)
    changed = [name for name in new if name not in _OWN and old[name] != new[name]]
    if done.rowcount != 1:
        msg = f"Request {before.ref} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place=f"request.{(changed or ['revision'])[0]}")
    changes = Changes(connection, visit)
    for name in changed:
        spot = Spot(meeting_id=after.meeting_id, entity="request", entity_id=after.id, field=name)
        salt, was = journal.new_salt(), plain(old[name])
        changes.note(spot, was, plain(new[name]), salt=salt)
        if was:
            changes.supersede(spot, was, salt, by.name, convert.instant_text(by.at))
    changes.write(by, command)


def _columns(request: Request) -> dict[str, Any]:
    columns: dict[str, Any] = {name: getattr(request, name) for name in _OWN}
    for described in convert.described_of(Request):
        columns[described.key] = convert.column_value(described, getattr(request, described.key))
    return columns


def _request_of(row: Any) -> Request:
    own = {name: row[name] for name in _OWN}
    return Request(**own, **convert.described_values(Request, row))
