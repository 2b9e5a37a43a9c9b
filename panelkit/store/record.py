"""The record: the only door to what is stored. Values go in and come out, never rows."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any, Self

from sqlalchemy import Connection, Engine, select, text

from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES, Entry
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting, Place
from panelkit.domain.vocabulary import Level, MeetingKind, MeetingState
from panelkit.store import convert, journal
from panelkit.store.engine import open_engine, writing
from panelkit.store.rows import (
    CASE,
    ENTRY_TABLES,
    AgendaRow,
    AnswerRow,
    CommandRow,
    DraftRow,
    IssuedRow,
    LifeRow,
    MeetingRow,
    PositionRow,
)
from panelkit.store.saving import NumberTaken, Saving

__all__ = ["NumberTaken", "Record", "Summary"]

_MEETING = MeetingRow.__table__  # type: ignore[attr-defined]
_ANSWER = AnswerRow.__table__  # type: ignore[attr-defined]
_AGENDA = AgendaRow.__table__  # type: ignore[attr-defined]
_COMMAND = CommandRow.__table__  # type: ignore[attr-defined]
_POSITION = PositionRow.__table__  # type: ignore[attr-defined]
_DRAFT = DraftRow.__table__  # type: ignore[attr-defined]
_LIFE = LifeRow.__table__  # type: ignore[attr-defined]
_ISSUED = IssuedRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Summary:
    """A meeting in one line, without its content."""

    id: str
    ref: str
    held_on: date
    level: Level
    kind: MeetingKind
    state: MeetingState


class Record:
    """One database, opened."""

    def __init__(self, engine: Engine, path: Path) -> None:
        """Use :meth:`open`."""
        self.engine = engine
        self.path = path
        self._lock = RLock()
        self._agendas: dict[str, tuple[AgendaItem, ...]] = {}

    @classmethod
    def open(cls, path: Path, *, key: bytes | None = None, create: bool = False) -> Self:
        """The record at ``path``; see :func:`panelkit.store.engine.open_engine` for errors."""
        return cls(open_engine(path, key=key, create=create), path)

    def close(self) -> None:
        """Let the file go."""
        self.engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._lock, self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._lock, writing(self.engine) as connection:
            yield connection

    # -- meetings ----------------------------------------------------------------------

    def save(
        self, before: Meeting | None, after: Meeting, by: By, *, command: str, visit: str = ""
    ) -> None:
        """Write what changed, in one transaction; the same ``command`` again changes nothing.

        Raises StaleRecord where somebody else changed the same place (nothing is written),
        NumberTaken where a number was taken meanwhile, NotSaved where it cannot be written.
        """
        with self._writing() as connection:
            if self._done(connection, command, by):
                return
            Saving(connection, by, command, visit).save(before, after)

    def _done(self, connection: Connection, command: str, by: By) -> bool:
        there = connection.execute(select(_COMMAND.c.id).where(_COMMAND.c.id == command)).first()
        if there is None:
            connection.execute(
                _COMMAND.insert(),
                {"id": command, "at": convert.instant_text(by.at), "who": by.name},
            )
        return there is not None

    def load(self, ref: str) -> Meeting:
        """A meeting by id, by reference (``WM-0143-3``), or a case's open one. Raises NotFound."""
        found = self.find(ref)
        if found is not None:
            return found
        case = self.find_case(ref)
        if case is not None:
            open_one = self.latest(ref)
            if open_one is not None:
                return open_one
            msg = f"{ref} has no meeting yet."
            raise NotFound(msg)
        msg = f"There is no meeting {ref} in this record."
        raise NotFound(msg, remedy="See panelkit list.")

    def find(self, ref: str) -> Meeting | None:
        """A meeting by id or reference; None where there is none."""
        with self._reading() as connection:
            where = _MEETING.c.id == ref
            row = connection.execute(select(_MEETING).where(where)).mappings().first()
            if row is None and "-" in ref:
                case_ref, _, number = ref.rpartition("-")
                if number.isdigit():
                    joined = select(_MEETING).join(CASE, CASE.c.id == _MEETING.c.case_id)
                    where = (CASE.c.ref == case_ref) & (_MEETING.c.number == int(number))
                    row = connection.execute(joined.where(where)).mappings().first()
            return self._meeting(connection, row) if row else None

    def latest(self, case_ref: str) -> Meeting | None:
        """The last meeting of a case; None where there is none."""
        with self._reading() as connection:
            row = connection.execute(
                select(_MEETING).join(CASE, CASE.c.id == _MEETING.c.case_id).where(CASE.c.ref == case_ref)
                .order_by(_MEETING.c.number.desc()).limit(1)
            ).mappings().first()  # fmt: skip
            return self._meeting(connection, row) if row else None

    def earlier(self, meeting: Meeting) -> tuple[Meeting, ...]:
        """Meetings of the same case before this one, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                select(_MEETING).where(_MEETING.c.case_id == meeting.case.id, _MEETING.c.number < meeting.number)
                .order_by(_MEETING.c.number)
            ).mappings().all()  # fmt: skip
            return tuple(self._meeting(connection, row) for row in rows)

    def previous(self, meeting: Meeting) -> Meeting | None:
        """The meeting before this one of the same case."""
        with self._reading() as connection:
            row = connection.execute(
                select(_MEETING).where(_MEETING.c.case_id == meeting.case.id, _MEETING.c.number < meeting.number)
                .order_by(_MEETING.c.number.desc()).limit(1)
            ).mappings().first()  # fmt: skip
            return self._meeting(connection, row) if row else None

    def meetings(self) -> list[Summary]:
        """Every meeting, newest first, without content."""
        with self._reading() as connection:
            rows = connection.execute(
                select(_MEETING, CASE.c.ref).join(CASE, CASE.c.id == _MEETING.c.case_id)
                .order_by(_MEETING.c.held_on.desc(), _MEETING.c.slot)
            ).mappings().all()  # fmt: skip
        return [
            Summary(
                row["id"], f"{row['ref']}-{row['number']}", date.fromisoformat(row["held_on"]), Level(row["level"]),
                MeetingKind(row["kind"]), MeetingState(row["state"]),
            )
            for row in rows
        ]  # fmt: skip

    def _meeting(self, connection: Connection, row: Any) -> Meeting:
        case = connection.execute(select(CASE).where(CASE.c.id == row["case_id"])).mappings().one()
        answers = {}
        for found in connection.execute(
            select(_ANSWER).where(_ANSWER.c.meeting_id == row["id"])
        ).mappings():
            answer = convert.answer_of(found)
            answers[answer.place] = answer
        rows: dict[str, tuple[Entry, ...]] = {}
        for kind in ENTRIES:
            table = ENTRY_TABLES[kind.kind]
            entries = tuple(
                convert.entry_of(kind, found)
                for found in connection.execute(
                    select(table)
                    .where(table.c.meeting_id == row["id"])
                    .order_by(table.c.number, table.c.id)
                ).mappings()
            )
            if entries:
                rows[kind.kind] = entries
        return Meeting(
            id=row["id"], case=convert.case_of(case), number=row["number"], level=Level(row["level"]),
            kind=MeetingKind(row["kind"]), held_on=date.fromisoformat(row["held_on"]),
            state=MeetingState(row["state"]), sitting=row["sitting"], slot=convert.time_of(row["slot"]),
            booked_minutes=row["booked_minutes"], revision=row["revision"],
            agenda=self._agenda(connection, row["agenda_id"]),
            answers=MappingProxyType(answers), rows=MappingProxyType(rows),
        )  # fmt: skip

    def _agenda(self, connection: Connection, name: str) -> tuple[AgendaItem, ...]:
        if convert.is_national(name):
            return AGENDA
        if name not in self._agendas:
            body = connection.execute(
                select(_AGENDA.c.body).where(_AGENDA.c.id == name)
            ).scalar_one()
            self._agendas[name] = convert.agenda_of(body)
        return self._agendas[name]

    # -- cases -------------------------------------------------------------------------

    def add_case(self, case: Case, by: By, *, command: str) -> None:
        """A new case. Raises Refused where its reference is taken."""
        if self.find_case(case.ref) is not None:
            msg = f"There is already a case {case.ref}."
            raise Refused(msg, remedy="Choose another reference, or start a review of it.")
        with self._writing() as connection:
            if self._done(connection, command, by):
                return
            connection.execute(CASE.insert(), convert.case_columns(case))
            made = journal.Change(
                "", "case", case.id, "made", "", journal.salted(case.ref, journal.new_salt())
            )
            journal.write(connection, [made], by, command)

    def find_case(self, ref: str) -> Case | None:
        """A case by reference; None where there is none."""
        with self._reading() as connection:
            row = connection.execute(select(CASE).where(CASE.c.ref == ref)).mappings().first()
            return convert.case_of(row) if row else None

    def case(self, ref: str) -> Case:
        """A case by reference. Raises NotFound."""
        found = self.find_case(ref)
        if found is None:
            msg = f"There is no case {ref} in this record."
            raise NotFound(msg)
        return found

    # -- where a person was ------------------------------------------------------------

    def position(self, meeting_id: str, who: str) -> Place | None:
        """The item and field where this person was."""
        with self._reading() as connection:
            row = connection.execute(
                select(_POSITION).where(_POSITION.c.meeting_id == meeting_id, _POSITION.c.who == who)
            ).mappings().first()  # fmt: skip
            return (row["item"], row["field"]) if row else None

    def set_position(self, meeting_id: str, who: str, item: str, field: str) -> None:
        """Keep it; the last writer wins."""
        self._upsert(
            _POSITION, {"meeting_id": meeting_id, "who": who}, {"item": item, "field": field}
        )

    def draft(self, meeting_id: str, who: str, line: str) -> str:
        """A line begun and not taken; blank where there is none."""
        with self._reading() as connection:
            where = (
                (_DRAFT.c.meeting_id == meeting_id)
                & (_DRAFT.c.who == who)
                & (_DRAFT.c.line == line)
            )
            return str(connection.execute(select(_DRAFT.c.text).where(where)).scalar() or "")

    def set_draft(self, meeting_id: str, who: str, line: str, words: str) -> None:
        """Keep a line that was begun; blank forgets it."""
        self._upsert(_DRAFT, {"meeting_id": meeting_id, "who": who, "line": line}, {"text": words})

    def _upsert(self, table: Any, key: dict[str, str], values: dict[str, str]) -> None:
        with self._writing() as connection:
            done = connection.execute(
                table.update().where(*(table.c[name] == value for name, value in key.items())),
                values,
            )
            if done.rowcount == 0:
                connection.execute(table.insert(), {**key, **values})

    # -- the life of minutes -----------------------------------------------------------

    def note_life(self, meeting_id: str, fact: str, by: By, reason: str = "") -> None:
        """A dated fact: approved, issued, reopened, exported."""
        with self._writing() as connection:
            connection.execute(
                _LIFE.insert(),
                {
                    "id": str(uuid.uuid4()), "meeting_id": meeting_id, "fact": fact, "who": by.name,
                    "at": convert.instant_text(by.at), "reason": reason,
                },
            )  # fmt: skip
            made = journal.Change(
                meeting_id, "life", meeting_id, fact, "", journal.salted(reason, journal.new_salt())
            )
            journal.write(connection, [made], by, str(uuid.uuid4()))

    def life(self, meeting_id: str) -> tuple[tuple[str, str, str], ...]:
        """What happened, who, when (ISO, UTC), in order."""
        with self._reading() as connection:
            rows = connection.execute(
                select(_LIFE).where(_LIFE.c.meeting_id == meeting_id).order_by(_LIFE.c.at)
            ).mappings().all()  # fmt: skip
            return tuple((row["fact"], row["who"], row["at"]) for row in rows)

    def keep_issued(
        self, meeting: Meeting, kind: str, body: bytes, template_hash: str, by: By
    ) -> None:
        """A document as it was sent, frozen."""
        version = self.issued_count(meeting.id, kind) + 1
        with self._writing() as connection:
            connection.execute(
                _ISSUED.insert(),
                {
                    "id": str(uuid.uuid4()), "meeting_id": meeting.id, "kind": kind, "version": version,
                    "template_hash": template_hash, "sha256": hashlib.sha256(body).hexdigest(), "who": by.name,
                    "at": convert.instant_text(by.at), "body": body,
                },
            )  # fmt: skip

    def issued_count(self, meeting_id: str, kind: str) -> int:
        """How many versions of a document were issued."""
        with self._reading() as connection:
            where = (_ISSUED.c.meeting_id == meeting_id) & (_ISSUED.c.kind == kind)
            return len(connection.execute(select(_ISSUED.c.id).where(where)).all())

    # -- the record itself -------------------------------------------------------------

    def change_counter(self) -> int:
        """Changes when another program wrote to this record."""
        with self._reading() as connection:
            return int(connection.execute(text("PRAGMA data_version")).scalar() or 0)

    def verify(self) -> journal.Checked:
        """Walk the journal's chain."""
        with self._reading() as connection:
            return journal.check(connection)
