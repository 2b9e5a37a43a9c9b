"""Meetings read back: whole ones, and one line of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES, Entry
from panelkit.domain.meeting import Answer, Meeting, Place
from panelkit.domain.vocabulary import OVER, Level, MeetingKind, MeetingState
from panelkit.store import access, convert, gathered
from panelkit.store.tables import AGENDAS, ANSWER, CASE, ENTRY_TABLES, MEETING
from panelkit.store.triggers import POSTGRESQL

_RUNS: Final = frozenset(str(state) for state in MeetingState if state not in OVER)
_OF_KIND: Final[dict[str, Select[Any]]] = {
    kind: select(table)
    .where(table.c.meeting_id == bindparam("meeting"))
    .order_by(table.c.number, table.c.id)
    for kind, table in ENTRY_TABLES.items()
}
"""One statement for each kind, made once: making them costs more than running them."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A meeting in one line, without its content."""

    id: str
    ref: str
    held_on: date
    level: Level
    kind: MeetingKind
    state: MeetingState
    sitting: str = ""
    """Id of the sitting it belongs to, else blank."""
    slot: time | None = None
    booked_minutes: int = 0
    case_ref: str = ""

    @property
    def number(self) -> int:
        """Which meeting of its case."""
        return int(self.ref.rpartition("-")[2])


class Reader:
    """Reads meetings, and remembers the agendas they were opened with."""

    def __init__(self) -> None:
        self._agendas: dict[str, tuple[AgendaItem, ...]] = {}

    def find(self, connection: Connection, ref: str) -> Meeting | None:
        """A meeting by id or reference; None where there is none."""
        at_once = self._at_once(connection, ref)
        if at_once is not None:
            return at_once
        may = access.may_open(connection, MEETING.c.case_id)
        row = connection.execute(select(MEETING).where(MEETING.c.id == ref, may)).mappings().first()
        if row is None and "-" in ref:
            case_ref, _, number = ref.rpartition("-")
            if number.isdecimal():
                here = _of_case(connection, case_ref).where(MEETING.c.number == int(number))
                row = connection.execute(here).mappings().first()
        return self._meeting(connection, row) if row else None

    def latest(self, connection: Connection, case_ref: str) -> Meeting | None:
        """The last meeting of a case; None where there is none."""
        last = _of_case(connection, case_ref).order_by(MEETING.c.number.desc()).limit(1)
        row = connection.execute(last).mappings().first()
        return self._meeting(connection, row) if row else None

    def still_open(self, connection: Connection, case_ref: str) -> Meeting | None:
        """The last meeting of a case that has not ended; None where all have."""
        last = _of_case(connection, case_ref).where(MEETING.c.state.in_(_RUNS))
        row = connection.execute(last.order_by(MEETING.c.number.desc())).mappings().first()
        return self._meeting(connection, row) if row else None

    def earlier(self, connection: Connection, meeting: Meeting) -> tuple[Meeting, ...]:
        """Meetings of the same case before this one, oldest first."""
        found = _before(meeting).order_by(MEETING.c.number)
        rows = connection.execute(found).mappings().all()
        return tuple(self._meeting(connection, row) for row in rows)

    def previous(self, connection: Connection, meeting: Meeting) -> Meeting | None:
        """The meeting before this one of the same case."""
        found = _before(meeting).order_by(MEETING.c.number.desc()).limit(1)
        row = connection.execute(found).mappings().first()
        return self._meeting(connection, row) if row else None

    def _at_once(self, connection: Connection, meeting_id: str) -> Meeting | None:
        """The meeting with that id, on a server; None where there is none, and in a file."""
        if connection.dialect.name != POSTGRESQL:
            return None
        found = gathered.rows_of(connection, meeting_id)
        if found is None:
            return None
        return whole_of(found, self.agenda(connection, found["head"]["agenda_id"]))

    def _meeting(self, connection: Connection, row: Any) -> Meeting:
        at_once = self._at_once(connection, row["id"])
        if at_once is not None:
            return at_once
        case = connection.execute(select(CASE).where(CASE.c.id == row["case_id"])).mappings().one()
        here = {"meeting": row["id"]}
        found = connection.execute(select(ANSWER).where(ANSWER.c.meeting_id == row["id"]))
        answers = (convert.answer_of(answer) for answer in found.mappings())
        rows: dict[str, tuple[Entry, ...]] = {}
        for kind in ENTRIES:
            stored = connection.execute(_OF_KIND[kind.kind], here).mappings().all()
            if stored:
                rows[kind.kind] = tuple(convert.entry_of(kind, entry) for entry in stored)
        return meeting_of(
            row, convert.case_of(case), self.agenda(connection, row["agenda_id"]),
            MappingProxyType({answer.place: answer for answer in answers}), rows,
        )  # fmt: skip

    def agenda(self, connection: Connection, name: str) -> tuple[AgendaItem, ...]:
        """The agenda that was stored under ``name``."""
        if convert.is_national(name):
            return AGENDA
        if name not in self._agendas:
            body = select(AGENDAS.c.body).where(AGENDAS.c.id == name)
            self._agendas[name] = convert.agenda_of(connection.execute(body).scalar_one())
        return self._agendas[name]


def meeting_of(
    row: Any, case: Case, agenda: tuple[AgendaItem, ...], answers: Mapping[Place, Answer],
    rows: Mapping[str, tuple[Entry, ...]],
) -> Meeting:  # fmt: skip
    """The meeting whose own facts ``row`` holds."""
    return Meeting(
        id=row["id"], case=case, number=row["number"], level=Level(row["level"]),
        kind=MeetingKind(row["kind"]), held_on=date.fromisoformat(row["held_on"]),
        state=MeetingState(row["state"]), sitting=row["sitting"], slot=convert.time_of(row["slot"]),
        booked_minutes=row["booked_minutes"], revision=row["revision"], agenda=agenda,
        answers=answers, rows=MappingProxyType(dict(rows)),
    )  # fmt: skip


def whole_of(found: Mapping[str, Any], agenda: tuple[AgendaItem, ...]) -> Meeting:
    """The meeting that was gathered in one statement."""
    answers = (convert.answer_of(answer) for answer in found["answers"] or ())
    rows = {
        kind.kind: tuple(convert.entry_of(kind, row) for row in found[kind.kind])
        for kind in ENTRIES
        if found[kind.kind]
    }
    return meeting_of(
        found["head"], convert.case_of(found["of_case"]), agenda,
        MappingProxyType({answer.place: answer for answer in answers}), rows,
    )  # fmt: skip


def summaries(
    connection: Connection, *where: ColumnElement[bool], limit: int | None = None,
    oldest_first: bool = False,
) -> list[Summary]:  # fmt: skip
    """Meetings without content, newest first; every one, or those of which ``where`` is true."""
    day = MEETING.c.held_on if oldest_first else MEETING.c.held_on.desc()
    found = selected(connection).where(*where).order_by(day, MEETING.c.slot, MEETING.c.id)
    return summaries_of(connection, found.limit(limit))


def selected(connection: Connection) -> Select[Any]:
    """What a summary is made of, of every meeting that may be opened."""
    found = select(MEETING, CASE.c.ref).join(CASE, CASE.c.id == MEETING.c.case_id)
    return found.where(access.may_open(connection, MEETING.c.case_id))


def summaries_of(connection: Connection, found: Select[Any]) -> list[Summary]:
    """What :func:`selected` finds, narrowed and in order."""
    return [
        Summary(
            row["id"], f"{row['ref']}-{row['number']}", date.fromisoformat(row["held_on"]),
            Level(row["level"]), MeetingKind(row["kind"]), MeetingState(row["state"]), row["sitting"],
            convert.time_of(row["slot"]), row["booked_minutes"], row["ref"],
        )
        for row in connection.execute(found).mappings()
    ]  # fmt: skip


def _of_case(connection: Connection, case_ref: str) -> Select[Any]:
    joined = select(MEETING).join(CASE, CASE.c.id == MEETING.c.case_id)
    return joined.where(CASE.c.ref == case_ref, access.may_open(connection, MEETING.c.case_id))


def _before(meeting: Meeting) -> Select[Any]:
    return select(MEETING).where(
        MEETING.c.case_id == meeting.case.id, MEETING.c.number < meeting.number
    )
