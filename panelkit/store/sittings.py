"""Sittings: one session of a panel, in which several meetings are held."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.sitting import Sitting
from panelkit.store import access, convert, journal
from panelkit.store.engine import trying
from panelkit.store.tables import SENT_OUT, SITTING


def every(
    connection: Connection, *where: ColumnElement[bool], limit: int | None = None
) -> tuple[Sitting, ...]:
    """Every sitting, newest first; or those of which ``where`` is true."""
    order = (SITTING.c.held_on.desc(), SITTING.c.starts, SITTING.c.id)
    found = select(SITTING).where(*where).order_by(*order).limit(limit)
    return tuple(_sitting_of(row) for row in connection.execute(found).mappings())


def find(connection: Connection, sitting_id: str) -> Sitting | None:
    """One sitting; None where there is none."""
    found = select(SITTING).where(SITTING.c.id == sitting_id)
    row = connection.execute(found).mappings().first()
    return _sitting_of(row) if row is not None else None


def insert(connection: Connection, sitting: Sitting) -> list[journal.Change]:
    """A new sitting. Raises Refused where its id is taken."""
    try:
        with trying(connection):
            connection.execute(SITTING.insert(), columns_of(sitting))
    except IntegrityError:
        raise Refused("That sitting is in the record already.") from None
    return [made(sitting)]


def made(sitting: Sitting) -> journal.Change:
    """What the journal keeps of a new sitting."""
    hashed = journal.salted(sitting.held_on.isoformat(), journal.new_salt())
    return journal.Change("", "sitting", sitting.id, "made", "", hashed)


def update(connection: Connection, before: Sitting, after: Sitting) -> list[journal.Change]:
    """Facts of a sitting that changed. Raises StaleRecord where somebody changed it meanwhile."""
    old, new = columns_of(before), columns_of(after)
    here = [SITTING.c[name] == value for name, value in old.items()]
    done = connection.execute(SITTING.update().where(*here), new)
    if done.rowcount != 1:
        msg = "That sitting was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="sitting")
    changes = []
    for name in (name for name in new if new[name] != old[name]):
        salt = journal.new_salt()
        was, now = (journal.salted(str(columns[name]), salt) for columns in (old, new))
        changes.append(journal.Change("", "sitting", before.id, name, was, now))
    return changes


def columns_of(sitting: Sitting) -> dict[str, Any]:
    """Every column of a sitting's row."""
    return {
        "id": sitting.id, "held_on": sitting.held_on.isoformat(), "name": sitting.name,
        "mode": sitting.mode, "starts": convert.time_text(sitting.starts), "chair": sitting.chair,
        "minute_taker": sitting.minute_taker, "booked_minutes": sitting.booked_minutes,
        "level": sitting.level, "joining": sitting.joining, "joining_number": sitting.joining_number,
    }  # fmt: skip


def _sitting_of(row: Any) -> Sitting:
    return Sitting(
        id=row["id"], held_on=date.fromisoformat(row["held_on"]), name=row["name"],
        mode=row["mode"], starts=convert.time_of(row["starts"]), chair=row["chair"],
        minute_taker=row["minute_taker"], booked_minutes=row["booked_minutes"], level=row["level"],
        joining=row["joining"], joining_number=row["joining_number"],
    )  # fmt: skip


def sent_out(connection: Connection, sitting_id: str) -> list[dict[str, Any]]:
    """The rows of what was sent for a sitting, the oldest first, of meetings that may be opened."""
    order = (SENT_OUT.c.sent_on, SENT_OUT.c.typed_at, SENT_OUT.c.id)
    of = SENT_OUT.c.meeting_id
    may = or_(of.is_(None), access.may_open_meeting(connection, of))
    found = select(SENT_OUT).where(SENT_OUT.c.sitting_id == sitting_id, may).order_by(*order)
    return [dict(row) for row in connection.execute(found).mappings()]
