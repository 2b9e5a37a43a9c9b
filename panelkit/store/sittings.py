"""Sittings: one session of a panel, in which several meetings are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.errors import Refused
from panelkit.store import convert, journal
from panelkit.store.tables import SITTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session of a panel; meetings name it by its id."""

    id: str
    held_on: date
    name: str = ""
    mode: str = ""
    """How it is held: in person, by video, both."""
    starts: time | None = None


def every(connection: Connection) -> tuple[Sitting, ...]:
    """Every sitting, newest first."""
    order = (SITTING.c.held_on.desc(), SITTING.c.starts, SITTING.c.id)
    return tuple(
        _sitting_of(row) for row in connection.execute(select(SITTING).order_by(*order)).mappings()
    )


def insert(connection: Connection, sitting: Sitting) -> list[journal.Change]:
    """A new sitting. Raises Refused where its id is taken."""
    try:
        connection.execute(SITTING.insert(), _columns(sitting))
    except IntegrityError:
        raise Refused("That sitting is in the record already.") from None
    made = journal.salted(sitting.held_on.isoformat(), journal.new_salt())
    return [journal.Change("", "sitting", sitting.id, "made", "", made)]


def _columns(sitting: Sitting) -> dict[str, Any]:
    return {
        "id": sitting.id, "held_on": sitting.held_on.isoformat(), "name": sitting.name,
        "mode": sitting.mode, "starts": convert.time_text(sitting.starts),
    }  # fmt: skip


def _sitting_of(row: Any) -> Sitting:
    return Sitting(
        id=row["id"], held_on=date.fromisoformat(row["held_on"]), name=row["name"],
        mode=row["mode"], starts=convert.time_of(row["starts"]),
    )  # fmt: skip
