"""The part of a record that says what was done with it: heads, openings, files as they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from panelkit.domain.field_history import Step
from panelkit.domain.meeting import By
from panelkit.store import (
    access,
    dispatch,
    field_history,
    heads,
    issued,
    journal,
    openings,
    written,
)
from panelkit.store.dispatch import Copy
from panelkit.store.heads import Head, Standing
from panelkit.store.issued import Issued
from panelkit.store.part import Part
from panelkit.store.tables import DISPATCH, JOURNAL, MEETING, WRITTEN
from panelkit.store.written import Draft


class KeepsTrail(Part):
    """Heads of the journal, and which file is which."""

    # -- heads ---------------------------------------------------------------------------------

    def newest_head(self) -> Head | None:
        """The journal's last entry, which stands for all before it; None while there is none."""
        with self._reading() as connection:
            return heads.newest(connection)

    def standing(self, kept: Sequence[Head]) -> Standing:
        """The journal beside heads that were kept of it, oldest first; a look, no walk."""
        with self._reading() as connection:
            return heads.standing(connection, kept)

    def entry_with(self, digits: str) -> Head | None:
        """The journal entry whose hash begins so; None where there is none."""
        with self._reading() as connection:
            return heads.find(connection, digits)

    def note_of_record(
        self, field: str, by: By, *, command: str, old: str = "", new: str = ""
    ) -> None:
        """A journal row about the whole record; ``old`` and ``new`` are heads, never words."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, field):
                journal.write(connection, [heads.note(field, old, new)], by, command)

    def explained_since(self, seq: int) -> tuple[str, str, datetime] | None:
        """Why the record is another than it was, if a row after ``seq`` says: what, who, when."""
        with self._reading() as connection:
            found = heads.explained_since(connection, seq)
        return (found[0], found[1], datetime.fromisoformat(found[2])) if found else None

    # -- openings ------------------------------------------------------------------------------

    def note_opened(
        self, opened: Sequence[tuple[str, str]], by: By, *, how: str, command: str
    ) -> None:
        """Meetings, each with its case, were opened: one journal row for each, without words."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, how, words=True):
                journal.write(connection, openings.notes(opened), by, command)

    def openings(self, meeting_id: str) -> tuple[tuple[datetime, str, str], ...]:
        """When a meeting was opened, by whom, by which screen or command, oldest first."""
        with self._reading() as connection:
            found = openings.of_meeting(connection, meeting_id)
        return tuple((datetime.fromisoformat(at), who, what) for at, who, what in found)

    def first_noted(self, meeting_id: str, entity: str) -> dict[str, tuple[datetime, str]]:
        """When the journal first has each thing of a kind in a meeting, and who made it, by its id."""
        found = select(JOURNAL.c.entity_id, JOURNAL.c.at, JOURNAL.c.actor)
        found = found.where(JOURNAL.c.meeting_id == meeting_id, JOURNAL.c.entity == entity)
        with self._reading() as connection:
            rows = connection.execute(found.order_by(JOURNAL.c.seq.desc())).all()
        return {row.entity_id: (datetime.fromisoformat(row.at), row.actor) for row in rows}

    def with_cases(self) -> list[tuple[str, str]]:
        """The id of every meeting that may be opened, with its case's."""
        with self._reading() as connection:
            found = select(MEETING.c.id, MEETING.c.case_id)
            rows = connection.execute(found.where(access.may_open(connection, MEETING.c.case_id)))
            return [(row.id, row.case_id) for row in rows]

    def written_after(self, seq: int, meeting_id: str) -> tuple[int, bool]:
        """The journal's newest number, and whether anything after ``seq`` is more than an opening
        and may be seen in that meeting: other meetings of the record are written all the time."""
        return self._glance(lambda connection: openings.written_after(connection, seq, meeting_id))

    # -- fields --------------------------------------------------------------------------------

    def field_history(
        self, meeting_id: str, entity: str, entity_id: str, field: str = ""
    ) -> tuple[Step, ...]:
        """Every change of a field, oldest first, each checked with the journal; of all fields of
        an entry where ``field`` is blank.
        """
        with self._reading() as connection:
            return field_history.steps(connection, meeting_id, entity, entity_id, field)

    # -- which file is which -------------------------------------------------------------------

    def issued_with(self, sha256: str) -> tuple[Issued, ...]:
        """Issued documents with exactly these bytes, oldest first."""
        with self._reading() as connection:
            return issued.with_bytes(connection, sha256)

    def issued_called(self, issued_id: str) -> Issued | None:
        """What is known of an issued document by its id; None where it is not there."""
        with self._reading() as connection:
            return issued.find(connection, issued_id)

    def issued_noted(self, issued_id: str) -> tuple[str, str]:
        """Meeting and instant that the journal noted of an issued document; blank where none."""
        noted = select(JOURNAL.c.meeting_id, JOURNAL.c.at)
        noted = noted.where(JOURNAL.c.entity == "issued", JOURNAL.c.entity_id == issued_id)
        with self._reading() as connection:
            row = connection.execute(noted).first()
        return (str(row.meeting_id), str(row.at)) if row else ("", "")

    def copy_with(self, sha256: str) -> Copy | None:
        """The first registered copy whose file had exactly these bytes, before any password."""
        found = select(DISPATCH.c.meeting_id, DISPATCH.c.id).where(DISPATCH.c.sha256 == sha256)
        found = found.order_by(DISPATCH.c.version, DISPATCH.c.copy_number, DISPATCH.c.id).limit(1)
        with self._reading() as connection:
            row = connection.execute(found).first()
            copies = dispatch.every(connection, row.meeting_id) if row else ()
            return next((copy for copy in copies if row and copy.id == row.id), None)

    def copy_called(self, copy_id: str) -> Copy | None:
        """A registered copy by its id; None where it is not there."""
        found = select(DISPATCH.c.meeting_id).where(DISPATCH.c.id == copy_id)
        with self._reading() as connection:
            meeting_id = connection.execute(found).scalar()
            copies = dispatch.every(connection, meeting_id) if meeting_id else ()
        return next((copy for copy in copies if copy.id == copy_id), None)

    def written_with(self, sha256: str) -> Draft | None:
        """The first file of minutes that was written with exactly these bytes."""
        found = select(WRITTEN.c.id).where(WRITTEN.c.sha256 == sha256)
        found = found.order_by(WRITTEN.c.at, WRITTEN.c.number, WRITTEN.c.id).limit(1)
        with self._reading() as connection:
            row = connection.execute(found).first()
            return written.find(connection, row.id) if row else None
