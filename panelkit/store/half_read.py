"""Minutes made elsewhere that somebody goes through, and the case that is taken on from them.

What is half read belongs to no case yet: it is somebody's own, as a line that they began is, and the
journal has none of it. What they confirmed is stored with the case, and the half-read copy goes in
the same transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from panelkit.domain.case import Case
from panelkit.domain.errors import StaleRecord
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.minutes import Happened
from panelkit.domain.taking_on import HalfRead
from panelkit.domain.taking_on_body import body_of, from_body
from panelkit.store import access, cases, convert, issued, journal
from panelkit.store.part import Part
from panelkit.store.saving import Saving
from panelkit.store.tables import CASE, HALF_READ, LIFE, MEETING


class KeepsHalfRead(Part):
    """The part of a record in which minutes made elsewhere are gone through."""

    def half_read(self, who: str) -> tuple[HalfRead, ...]:
        """What that person began and has neither stored nor thrown away, the newest first."""
        mine = select(HALF_READ).where(HALF_READ.c.who == who)
        order = (HALF_READ.c.begun_at.desc(), HALF_READ.c.id)
        with self._reading() as connection:
            rows = connection.execute(mine.order_by(*order)).mappings().all()
        return tuple(_half_read(row) for row in rows)

    def half_read_many(self, who: str) -> int:
        """How many that are, without what is in them."""
        mine = select(func.count()).select_from(HALF_READ).where(HALF_READ.c.who == who)
        with self._reading() as connection:
            return connection.execute(mine).scalar_one()

    def keep_half_read(self, before: HalfRead | None, after: HalfRead, by: By) -> None:
        """What was begun, or how far it is now; ``by`` is whose it is.

        Raises StaleRecord where it was gone on with elsewhere, or was stored or thrown away.
        """
        columns = {
            "id": after.id, "who": by.name, "file": after.file, "sha256": after.sha256,
            "begun_at": convert.instant_text(after.begun_at), "fiction": int(after.fiction),
            "body": body_of(after), "revision": after.revision,
        }  # fmt: skip

        def keep(connection: Connection) -> None:
            if before is None:
                connection.execute(HALF_READ.insert(), columns)
                return
            here = (HALF_READ.c.id == before.id) & (HALF_READ.c.revision == before.revision)
            if connection.execute(HALF_READ.update().where(here), columns).rowcount != 1:
                raise _stale()

        self._put(keep)

    def drop_half_read(self, half: HalfRead, by: By) -> None:
        """Thrown away by whoever began it, with everything that was confirmed in it."""
        here = (HALF_READ.c.id == half.id) & (HALF_READ.c.who == by.name)

        def drop(connection: Connection) -> None:
            connection.execute(HALF_READ.delete().where(here))

        self._put(drop)

    def taken_from(self, sha256: str) -> tuple[tuple[str, datetime | None], ...]:
        """Reference of each meeting that was taken on from a document of these bytes, and when;
        of cases that may be opened."""
        found = select(CASE.c.ref, MEETING.c.number, LIFE.c.at)
        found = found.select_from(
            LIFE.join(MEETING, MEETING.c.id == LIFE.c.meeting_id).join(
                CASE, CASE.c.id == MEETING.c.case_id
            )
        ).where(
            LIFE.c.fact == str(Happened.TAKEN_ON), LIFE.c.content_hash == sha256,
        )  # fmt: skip
        with self._reading() as connection:
            may = access.may_open(connection, MEETING.c.case_id)
            rows = connection.execute(found.where(may).order_by(LIFE.c.at)).all()
        return tuple((f"{row.ref}-{row.number}", convert.instant_of(row.at)) for row in rows)

    def take_on(
        self, case: Case | None, meeting: Meeting, half: HalfRead, by: By, *, command: str
    ) -> None:
        """A meeting that was held elsewhere, with its new ``case`` where there is one, from what is
        half read: all of it or nothing. The same ``command`` again changes nothing.

        Raises Refused where the reference is taken, StaleRecord where the half-read copy is not as it
        was shown, NotSaved.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "taken on"):
                return
            here = (HALF_READ.c.id == half.id) & (HALF_READ.c.revision == half.revision)
            if connection.execute(HALF_READ.delete().where(here)).rowcount != 1:
                raise _stale()
            if case is not None:
                journal.write(connection, cases.insert(connection, case), by, command)
            Saving(connection, by, command, "").save(None, meeting)
            noted = issued.note(
                connection, meeting.id, str(Happened.TAKEN_ON), by, half.file,
                content_hash=half.sha256,
            )  # fmt: skip
            journal.write(connection, noted, by, command)


def _stale() -> StaleRecord:
    msg = "These minutes were gone on with in another window: open them again."
    return StaleRecord(msg, place="half_read")


def _half_read(row: Any) -> HalfRead:
    lines, not_read = from_body(row["body"])
    return HalfRead(
        id=row["id"], who=row["who"], file=row["file"], sha256=row["sha256"],
        begun_at=convert.instant_of(row["begun_at"]), fiction=bool(row["fiction"]), lines=lines,
        not_read=not_read, revision=row["revision"],
    )  # fmt: skip
