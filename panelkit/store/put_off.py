"""Days on which a meeting was not held: of one meeting, and of all of them at once."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.store import access, convert, falls_due, journal
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, day_of, written
from panelkit.store.tables import MEETING, PUT_OFF

NOT_JOURNALED: Final = frozenset({"id", "meeting_id", "typed_by", "typed_at", "revision"})


def of(connection: Connection, meeting_id: str = "") -> dict[str, tuple[PutOff, ...]]:
    """By meeting, in the order in which they were typed, withdrawn ones too."""
    where = (PUT_OFF.c.meeting_id == meeting_id,) if meeting_id else ()
    return of_these(connection, *where)


def of_these(connection: Connection, *where: ColumnElement[bool]) -> dict[str, tuple[PutOff, ...]]:
    """The same of those of which ``where`` is true."""
    found = select(PUT_OFF).join(MEETING, MEETING.c.id == PUT_OFF.c.meeting_id)
    found = found.where(*where, access.may_open(connection, MEETING.c.case_id))
    there: dict[str, tuple[PutOff, ...]] = {}
    for row in connection.execute(found.order_by(PUT_OFF.c.number)).mappings():
        there[row["meeting_id"]] = (*there.get(row["meeting_id"], ()), put_off_of(row))
    return there


def keep(connection: Connection, before: PutOff | None, after: PutOff) -> list[journal.Change]:
    """A new one, or what changed of one. Raises StaleRecord.

    The journal has it under its meeting: while the pen is elsewhere it is refused.
    """
    if before is not None:
        must_be_next(before.revision, after.revision)
    old = columns_of(before) if before else None
    changes = written(
        connection, PUT_OFF, "put_off", old, columns_of(after), meeting_id=after.meeting_id,
        but=NOT_JOURNALED,
    )  # fmt: skip
    falls_due.follow_put_off(connection, after.meeting_id)
    return changes


def row_of(connection: Connection, put_off_id: str) -> dict[str, Any] | None:
    """One as its columns; None where it is not there."""
    row = connection.execute(select(PUT_OFF).where(PUT_OFF.c.id == put_off_id)).mappings().first()
    return dict(row) if row is not None else None


def put_off_of(row: Any) -> PutOff:
    """The day given up that a row holds. Raises ValueError for a row that holds none."""
    return PutOff(
        id=row["id"], meeting_id=row["meeting_id"], number=row["number"],
        kind=PutOffKind(row["kind"]), reason=PutOffReason(row["reason"]),
        decided_on=date.fromisoformat(row["decided_on"]),
        planned_for=date.fromisoformat(row["planned_for"]), new_day=day_of(row["new_day"]),
        words=row["words"], withdrawn=row["withdrawn"], typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip
