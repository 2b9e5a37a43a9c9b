"""An empty record filled with invented cases, all of it in one transaction, journaled as anything is.

What is filled in is new, so nothing is compared with what was there: rows are gathered and written
many at a time, a statement for each table. Rows and journal are those of the usual way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, TableClause, select

from panelkit.domain.auditing import Audit, AuditState
from panelkit.domain.errors import Refused
from panelkit.domain.filled import Filled
from panelkit.domain.level_history import HistoryChange
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.spans import wrong_in
from panelkit.store import (
    answers,
    audits,
    boards,
    cases,
    contents,
    convert,
    falls_due,
    issued,
    journal,
    kept,
    manual,
    put_off,
    referrals,
    sittings,
    spans,
    standing,
)
from panelkit.store.saving import Saving, facts
from panelkit.store.tables import (
    ANSWER,
    CASE,
    ENTRY_TABLES,
    LIFE,
    MEETING,
    OUTCOME,
    PUT_OFF,
    REFERRAL,
    SCREENING,
    SITTING,
    SPAN,
    STANDING,
)

_TOGETHER: Final = 10_000
"""Journal rows that are written together, each with a fraction of a row of its own: some 10 MB."""


def fill(connection: Connection, everything: Iterable[Filled], by: By, command: str) -> None:
    """All of it, as it comes: no more than a part of it is held at a time.

    Raises Refused where the record holds a case already, one is not invented, or the history of
    one cannot be so.
    """
    if connection.execute(select(CASE.c.id).limit(1)).first() is not None:
        msg = "The record is not empty: invented cases are never mixed with others."
        raise Refused(msg, remedy="Name a new file with --db.")
    pile = _Pile(connection, by, command)
    for one in everything:
        pile.put(one)
        if len(pile.saving.changes.made) >= _TOGETHER or one.audits or one.boards or one.figures:
            pile.write()
            _beside(connection, one, by, command)
    pile.write()
    falls_due.work_out(connection)
    referrals.work_out(connection)


class _Pile:
    """Rows by table, with the journal rows of them, until they are written."""

    def __init__(self, connection: Connection, by: By, command: str) -> None:
        self.connection = connection
        self.by = by
        self.command = command
        self.saving = Saving(connection, by, command, "")
        self.rows: dict[TableClause, list[dict[str, Any]]] = {}

    def put(self, one: Filled) -> None:
        """Whatever others hang from first: in that order the tables are written."""
        made = self.saving.changes.made
        if one.case is not None:
            if not one.case.fiction:
                raise Refused(f"{one.case.ref} is not marked as invented.")
            self._row(CASE, convert.case_columns(one.case))
            made.append(cases.made(one.case))
            self._spans(one)
        for sitting in one.sittings:
            self._row(SITTING, sittings.columns_of(sitting))
            made.append(sittings.made(sitting))
        for meeting in one.meetings:
            self._meeting(meeting)
        for row in standing.of_meetings(one.meetings):
            self._row(STANDING, row)
        self._flat(OUTCOME, "outcome", one.events, kept.NOT_JOURNALED)
        for off in one.put_off:
            self._flat(PUT_OFF, "put_off", [off], put_off.NOT_JOURNALED, meeting_id=off.meeting_id)
        for meeting_id, fact in one.minutes:
            row = issued.fact_columns(meeting_id, fact)
            self._row(LIFE, row)
            made += issued.fact_noted(row)
        for referral in one.referrals:
            self._flat(
                REFERRAL, "referral", [referral], referrals.NOT_JOURNALED, leave=("screening",)
            )
            self._flat(SCREENING, "screening", referral.screening, referrals.NOT_JOURNALED)

    def write(self) -> None:
        """Everything that was put, and nothing is left of it here."""
        for table, rows in self.rows.items():
            if rows:
                self.connection.execute(table.insert(), rows)
                rows.clear()
        self.saving.changes.write(self.by, self.command)
        self.saving.changes.made.clear()

    def _row(self, table: TableClause, columns: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(columns)

    def _flat(
        self, table: TableClause, entity: str, values: Iterable[Any], but: frozenset[str], *,
        meeting_id: str = "", leave: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        for value in values:
            columns = kept.columns_of(value, but=leave)
            self._row(table, columns)
            self.saving.changes.made += journal.field_changes(
                entity, value.id, {}, columns, but, meeting_id
            )

    def _spans(self, one: Filled) -> None:
        if wrong := wrong_in(one.spans):
            raise Refused(wrong[0], remedy="Correct the history of the case first.")
        change = HistoryChange(one.case.id if one.case else "", (), one.spans)
        for span in change.stamped(self.by):
            columns = spans.span_columns(span)
            self._row(SPAN, columns)
            self.saving.changes.made += journal.field_changes(
                "span", span.id, {}, columns, kept.NOT_JOURNALED
            )

    def _meeting(self, meeting: Meeting) -> None:
        changes = self.saving.changes
        head = {"id": meeting.id, "case_id": meeting.case.id, "agenda_id": self.saving.agenda(meeting)}  # fmt: skip
        self._row(MEETING, head | facts(meeting))
        self.saving.note_new(meeting)
        for answer in meeting.answers.values():
            columns = answers.columns_of(meeting, answer, journal.new_salt())
            self._row(ANSWER, columns)
            answers.note_new(changes, meeting, answer, columns)
        for kind, rows in meeting.rows.items():
            for entry in rows:
                columns = convert.entry_columns(entry, meeting.id)
                self._row(ENTRY_TABLES[kind], columns)
                contents.note_new(changes, meeting, entry, columns)


def _beside(connection: Connection, one: Filled, by: By, command: str) -> None:
    """What there is little of, in the usual way."""
    for audit in one.audits:
        for before, after in _steps(audit):
            if before is None:
                audits.insert(connection, after, by, command)
            else:
                audits.update(connection, before, after, by, command, command)
    made: list[journal.Change] = []
    for board in one.boards:
        made += boards.keep(connection, None, board)
        for row in board.there:
            made += boards.keep_row(connection, None, row)
    for figure in one.figures:
        made += manual.keep_figure(connection, None, figure)
    if made:
        journal.write(connection, made, by, command)


def _steps(audit: Audit) -> Iterator[tuple[Audit | None, Audit]]:
    """Begun without an answer, answered, finished: an auditor's words are journaled as changes."""
    blank = dataclasses.replace(
        audit, state=AuditState.BEGUN, finished_at=None, revision=1, remarks="",
        marks=tuple(
            dataclasses.replace(mark, chosen="", marked_by="", marked_at=None, revision=1)
            for mark in audit.marks
        ),
    )  # fmt: skip
    answered = dataclasses.replace(blank, marks=audit.marks)
    yield None, blank
    yield blank, answered
    yield answered, audit
