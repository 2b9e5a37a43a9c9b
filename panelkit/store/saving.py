"""What changed between two values of a meeting, written where nobody else wrote meanwhile."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.entries import BY_KIND, Entry
from panelkit.domain.errors import StaleRecord
from panelkit.domain.meeting import Answer, By, Meeting
from panelkit.store import convert, journal
from panelkit.store.rows import ENTRY_TABLES, AgendaRow, AnswerRow, MeetingRow, SupersededRow

_MEETING = MeetingRow.__table__  # type: ignore[attr-defined]
_ANSWER = AnswerRow.__table__  # type: ignore[attr-defined]
_AGENDA = AgendaRow.__table__  # type: ignore[attr-defined]
_SUPERSEDED = SupersededRow.__table__  # type: ignore[attr-defined]


class NumberTaken(StaleRecord):
    """Somebody else took the number meanwhile: take the next and try again."""


class Saving:
    """One save, inside one transaction."""

    def __init__(self, connection: Connection, by: By, command: str, visit: str) -> None:
        """``visit`` is the stay in a field that the words were typed in."""
        self.connection = connection
        self.by = by
        self.command = command
        self.visit = visit or command
        self.changes: list[journal.Change] = []

    def save(self, before: Meeting | None, after: Meeting) -> None:
        """Write the difference. Raises StaleRecord, NumberTaken; nothing is kept then."""
        if before is None:
            self._insert_meeting(after)
        elif facts(before) != facts(after):
            self._update_meeting(before, after)
        self._answers(before, after)
        self._entries(before, after)
        journal.write(self.connection, self.changes, self.by, self.command)

    # -- the meeting's own facts -------------------------------------------------------

    def _insert_meeting(self, meeting: Meeting) -> None:
        text = convert.agenda_text(meeting.agenda)
        name = convert.agenda_id(text)
        there = self.connection.execute(select(_AGENDA.c.id).where(_AGENDA.c.id == name)).first()
        if there is None:
            self.connection.execute(_AGENDA.insert(), {"id": name, "body": text})
        columns = {
            "id": meeting.id,
            "case_id": meeting.case.id,
            "agenda_id": name,
            **facts(meeting),
        }
        try:
            self.connection.execute(_MEETING.insert(), columns)
        except IntegrityError:
            msg = f"{meeting.ref} was made by somebody else meanwhile."
            raise NumberTaken(msg, place=meeting.ref) from None
        self._note(meeting, "meeting", meeting.id, "state", "", str(meeting.state))

    def _update_meeting(self, before: Meeting, after: Meeting) -> None:
        done = self.connection.execute(
            _MEETING.update().where(
                _MEETING.c.id == after.id, _MEETING.c.revision == before.revision
            ),
            facts(after),
        )
        if done.rowcount != 1:
            msg = f"{after.ref} was changed by somebody else meanwhile."
            raise StaleRecord(msg, place=after.ref)
        old, new = facts(before), facts(after)
        for name in new:
            if name != "revision" and old[name] != new[name]:
                self._note(after, "meeting", after.id, name, str(old[name]), str(new[name]))

    # -- answers -----------------------------------------------------------------------

    def _answers(self, before: Meeting | None, after: Meeting) -> None:
        old = before.answers if before else {}
        if old is after.answers:
            return
        for place, answer in after.answers.items():
            was = old.get(place)
            if was is None:
                self._insert_answer(after, answer)
            elif was is not answer and was != answer:
                self._update_answer(after, was, answer)

    def _columns(self, meeting: Meeting, answer: Answer) -> dict[str, Any]:
        return {
            "meeting_id": meeting.id, "item": answer.item, "field": answer.field, "text": answer.text,
            "salt": journal.new_salt(), "revision": answer.revision, "typed_by": answer.typed_by,
            "typed_at": convert.instant_text(answer.typed_at), "carried_from": answer.carried_from,
            "confirmed_by": answer.confirmed_by,
        }  # fmt: skip

    def _insert_answer(self, meeting: Meeting, answer: Answer) -> None:
        columns = self._columns(meeting, answer)
        try:
            self.connection.execute(_ANSWER.insert(), columns)
        except IntegrityError:
            self._stale_answer(meeting, answer)
        where = f"{answer.item}.{answer.field}"
        new_hash = journal.salted(answer.text, columns["salt"])
        self.changes.append(journal.Change(meeting.id, "answer", where, "text", "", new_hash))

    def _update_answer(self, meeting: Meeting, was: Answer, answer: Answer) -> None:
        here = (
            (_ANSWER.c.meeting_id == meeting.id)
            & (_ANSWER.c.item == answer.item)
            & (_ANSWER.c.field == answer.field)
        )
        stored = self.connection.execute(select(_ANSWER).where(here)).mappings().first()
        if stored is None or stored["revision"] != was.revision:
            self._stale_answer(meeting, answer)
        columns = self._columns(meeting, answer)
        done = self.connection.execute(
            _ANSWER.update().where(here, _ANSWER.c.revision == was.revision), columns
        )
        if done.rowcount != 1 or stored is None:
            self._stale_answer(meeting, answer)
            return
        where = f"{answer.item}.{answer.field}"
        if was.text != answer.text:
            self._supersede(
                meeting,
                "answer",
                where,
                "text",
                stored["text"],
                stored["salt"],
                was.typed_by,
                stored["typed_at"],
            )
        self.changes.append(
            journal.Change(
                meeting.id, "answer", where, "text",
                journal.salted(stored["text"], stored["salt"]), journal.salted(answer.text, columns["salt"]),
            )
        )  # fmt: skip

    def _stale_answer(self, meeting: Meeting, answer: Answer) -> None:
        row = self.connection.execute(
            select(_ANSWER.c.text).where(
                _ANSWER.c.meeting_id == meeting.id,
                _ANSWER.c.item == answer.item,
                _ANSWER.c.field == answer.field,
            )
        ).first()
        msg = f"{answer.item} {answer.field} was changed by somebody else meanwhile."
        raise StaleRecord(
            msg,
            place=f"{answer.item}.{answer.field}",
            theirs=row.text if row else "",
            mine=answer.text,
        )

    # -- typed content -----------------------------------------------------------------

    def _entries(self, before: Meeting | None, after: Meeting) -> None:
        for kind, rows in after.rows.items():
            old_rows = before.rows.get(kind, ()) if before else ()
            if old_rows is rows:
                continue
            old = {row.id: row for row in old_rows}
            for row in rows:
                was = old.get(row.id)
                if was is None:
                    self._insert_entry(after, row)
                elif was is not row and was != row:
                    self._update_entry(after, was, row)

    def _insert_entry(self, meeting: Meeting, entry: Entry) -> None:
        columns = convert.entry_columns(entry, meeting.id)
        try:
            self.connection.execute(ENTRY_TABLES[entry.kind].insert(), columns)
        except IntegrityError:
            msg = f"{entry.title} {entry.number} of {meeting.ref} was added by somebody else meanwhile."
            raise NumberTaken(msg, place=f"{entry.kind}.{entry.number}") from None
        for name, value in columns.items():
            if value and name not in NOT_JOURNALED:
                self._note(meeting, entry.kind, entry.id, name, "", str(value))

    def _update_entry(self, meeting: Meeting, was: Entry, entry: Entry) -> None:
        table = ENTRY_TABLES[entry.kind]
        columns = convert.entry_columns(entry, meeting.id)
        old = convert.entry_columns(was, meeting.id)
        done = self.connection.execute(
            table.update().where(table.c.id == entry.id, table.c.revision == was.revision), columns
        )
        changed = [
            name for name in columns if name not in NOT_JOURNALED and columns[name] != old[name]
        ]
        if done.rowcount != 1:
            self._stale_entry(table, entry, columns, changed)
        prose = {d.key for d in convert.described_of(type(entry)) if d.is_prose}
        for name in changed:
            salt = journal.new_salt()
            if name in prose and old[name]:
                self._supersede(
                    meeting,
                    entry.kind,
                    entry.id,
                    name,
                    str(old[name]),
                    salt,
                    was.typed_by,
                    convert.instant_text(was.typed_at),
                )
            self.changes.append(
                journal.Change(
                    meeting.id, entry.kind, entry.id, name,
                    journal.salted(_plain(old[name]), salt), journal.salted(_plain(columns[name]), salt),
                )
            )  # fmt: skip

    def _stale_entry(
        self, table: Any, entry: Entry, columns: dict[str, Any], changed: list[str]
    ) -> None:
        row = (
            self.connection.execute(select(table).where(table.c.id == entry.id)).mappings().first()
        )
        prose = [d.key for d in convert.described_of(BY_KIND[entry.kind]) if d.key in changed]
        name = prose[0] if prose else "revision"
        msg = f"{entry.title} {entry.number} was changed by somebody else meanwhile."
        raise StaleRecord(
            msg, place=f"{entry.kind}.{entry.id}.{name}",
            theirs=_plain(row[name]) if row else "", mine=_plain(columns[name]),
        )  # fmt: skip

    # -- what is kept of before --------------------------------------------------------

    def _supersede(
        self,
        meeting: Meeting,
        entity: str,
        entity_id: str,
        field: str,
        text: str,
        salt: str,
        typed_by: str,
        typed_at: str,
    ) -> None:
        """Keep the words found on arrival: one row for each visit to a field."""
        here = (
            (_SUPERSEDED.c.meeting_id == meeting.id)
            & (_SUPERSEDED.c.entity == entity)
            & (_SUPERSEDED.c.entity_id == entity_id)
            & (_SUPERSEDED.c.field == field)
        )
        kept = self.connection.execute(
            select(_SUPERSEDED.c.number, _SUPERSEDED.c.visit)
            .where(here)
            .order_by(_SUPERSEDED.c.number)
        ).all()
        if any(row.visit == self.visit for row in kept):
            return
        self.connection.execute(
            _SUPERSEDED.insert(),
            {
                "id": str(uuid.uuid4()), "meeting_id": meeting.id, "entity": entity, "entity_id": entity_id,
                "field": field, "number": len(kept) + 1, "text": text, "salt": salt, "typed_by": typed_by,
                "typed_at": typed_at, "visit": self.visit,
            },
        )  # fmt: skip

    def _note(
        self, meeting: Meeting, entity: str, entity_id: str, field: str, old: str, new: str
    ) -> None:
        salt = journal.new_salt()
        self.changes.append(
            journal.Change(
                meeting.id,
                entity,
                entity_id,
                field,
                journal.salted(old, salt),
                journal.salted(new, salt),
            )
        )


NOT_JOURNALED = frozenset(
    {"id", "meeting_id", "number", "parent", "typed_by", "typed_at", "revision"}
)
"""Columns that say where and by whom a row is, which the journal row says itself."""


def facts(meeting: Meeting) -> dict[str, Any]:
    """A meeting's own columns."""
    return {
        "number": meeting.number, "level": str(meeting.level), "kind": str(meeting.kind),
        "held_on": meeting.held_on.isoformat(), "state": str(meeting.state), "sitting": meeting.sitting,
        "slot": convert.time_text(meeting.slot), "booked_minutes": meeting.booked_minutes,
        "revision": meeting.revision,
    }  # fmt: skip


def _plain(value: object) -> str:
    return "" if value is None else str(value)
