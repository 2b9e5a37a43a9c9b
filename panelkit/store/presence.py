"""Who has a meeting open now: said by each program of itself, and no part of the record.

Nothing of it is in the journal, nobody waits for it, and whoever comes next removes what programs
that were killed left behind. A server's own clock says when somebody was seen, so that a machine
whose clock is wrong neither hides nor keeps anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select

from panelkit.domain.presence import FORGOTTEN_AFTER, Here, Part, Presence
from panelkit.store import convert
from panelkit.store.keys import Opened
from panelkit.store.part import Part as PartOfRecord
from panelkit.store.signalling import begin, told, touch
from panelkit.store.tables import HERE_NOW
from panelkit.store.triggers import POSTGRESQL


class KnowsWhoIsHere(PartOfRecord):
    """The part of a record that knows who has it open."""

    _said_here = 0
    """How often this program said where it is."""

    def be_at(self, meeting_id: str, who: str, part: Part, item: str, at: datetime) -> int:
        """This program has that meeting open for ``who``, at that item, and no other meeting.

        ``at`` is now, for a record in a file. Others are told where it is news. What comes back
        is for :meth:`leave`. Raises NotSaved where another program writes at this moment, or the
        record is not reached; it is said again later.
        """
        with self._noting() as connection:
            _be_at(connection, self.opened, (meeting_id, who, part, item), at)
        self._said_here += 1
        return self._said_here

    def leave(self, said: int) -> None:
        """This program has no meeting open any more, unless it said where it is after ``said``.

        Raises as :meth:`be_at` does.
        """
        if said != self._said_here:
            return
        with self._noting() as connection:
            mine = HERE_NOW.c.program == self.opened.program
            left = _meeting_of(connection, self.opened)
            if connection.execute(HERE_NOW.delete().where(mine)).rowcount:
                _tell(connection, left)

    def presence(self, meeting_id: str, at: datetime) -> Presence:
        """Who has that meeting open, this program too. ``at`` as for :meth:`be_at`.

        Raises NotSaved where the record is not reached.
        """
        with self._reading() as connection:
            now = _now(connection, at)
            rows = connection.execute(
                select(now.label("now"), HERE_NOW)
                .select_from(select(literal(1)).subquery().outerjoin(
                    HERE_NOW, HERE_NOW.c.meeting_id == meeting_id
                ))
            ).all()  # fmt: skip
            found = (_here(row) for row in rows if row.program is not None)
            here = tuple(each for each in found if each is not None)
            return Presence(here, convert.instant_of(rows[0].now))


def _be_at(
    connection: Connection, opened: Opened, where: tuple[str, str, Part, str], at: datetime
) -> None:
    names = ("meeting_id", "who", "part", "item")
    said: dict[str, Any] = dict(zip(names, map(str, where), strict=True))
    mine = HERE_NOW.c.program == opened.program
    same = and_(mine, *(HERE_NOW.c[name] == value for name, value in said.items()))
    seen = {"seen_at": _now(connection, at)}
    if connection.execute(HERE_NOW.update().where(same).values(seen)).rowcount:
        return  # that somebody is where they were is no news
    left = _meeting_of(connection, opened)
    if not connection.execute(HERE_NOW.update().where(mine).values(said | seen)).rowcount:
        connection.execute(HERE_NOW.insert().values(said | seen | {"program": opened.program}))
        long_ago = HERE_NOW.c.seen_at < _now(connection, at - FORGOTTEN_AFTER, FORGOTTEN_AFTER)
        connection.execute(HERE_NOW.delete().where(long_ago))
    _tell(connection, left, where[0])


def _meeting_of(connection: Connection, opened: Opened) -> str:
    """Where this program said that it is; the record as a whole where it said nothing."""
    mine = HERE_NOW.c.program == opened.program
    return str(connection.execute(select(HERE_NOW.c.meeting_id).where(mine)).scalar() or "")


def _tell(connection: Connection, *meetings: str) -> None:
    if connection.dialect.name == POSTGRESQL:
        begin(connection)
        touch(connection, (each for each in meetings if each))
        connection.exec_driver_sql(told(connection))


def _now(connection: Connection, at: datetime, before: Any = None) -> ColumnElement[str]:
    """``at``, or what a server's clock says, ``before`` that long; as the record keeps instants."""
    if connection.dialect.name != POSTGRESQL:
        return literal(convert.instant_text(at))
    moment = func.clock_timestamp() - before if before is not None else func.clock_timestamp()
    return func.to_char(
        func.timezone("UTC", moment), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'
    )  # fmt: skip


def _here(row: Any) -> Here | None:
    """None for what no panelkit wrote."""
    try:
        seen = convert.instant_of(row.seen_at or "")
    except ValueError:
        return None
    part = Part(row.part) if row.part in {*Part} else Part.READING  # of a newer program
    return Here(row.program, row.who, part, row.item, seen) if seen is not None else None
