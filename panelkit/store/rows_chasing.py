"""Rows of what is done between meetings about actions, attendance and other systems."""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from sqlalchemy import Index
from sqlmodel import SQLModel

from panelkit.store.row_columns import key as _key
from panelkit.store.row_columns import link as _to
from panelkit.store.row_columns import number as _number
from panelkit.store.row_columns import text as _text


class StandingActionRow(SQLModel, table=True):
    """Each action of a case once, as the last meeting that has it says: worked out, so that open
    ones are found by their date however many meetings there are."""

    __tablename__ = "standing_action"
    __table_args__ = (Index(None, "is_open", "due"),)

    id: str = _key()
    case_id: str = _text(index=True)
    meeting_id: str = _to("meeting.id", index=True)
    meeting_number: int = _number()
    action_id: str = _text()
    set_at: int = _number()
    number: int = _number()
    is_open: int = _number()
    due: str = _text()
    organisation: str = _text(index=True)
    words: str = _text("restricted")


class ReminderRow(SQLModel, table=True):
    """A file that asked an organisation about its actions; about no case by itself."""

    __tablename__ = "reminder"

    id: str = _key()
    organisation: str = _text(index=True)
    kind: str = _text()
    written_at: str = _text()
    written_by: str = _text()
    file: str = _text()
    sha256: str = _text()
    sent_on: str = _text()
    sent_by: str = _text()
    replied_on: str = _text()
    nil_return: int = _number()
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class RemindedRow(SQLModel, table=True):
    """An action that a reminder asked about, and what the organisation answered."""

    __tablename__ = "reminded"

    id: str = _key()
    reminder_id: str = _to("reminder.id", index=True)
    case_id: str = _to("case.id", index=True)
    set_at: int = _number()
    number: int = _number()
    due: str = _text()
    reply: str = _text("restricted")
    replied_by: str = _text()
    replied_on: str = _text()
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class EscalationRow(SQLModel, table=True):
    """Who was told that an organisation is late or was not there, and what they answered. Without
    a case it is about attendance over a period; with one it goes when the case is let go."""

    __tablename__ = "escalation"

    id: str = _key()
    organisation: str = _text(index=True)
    about: str = _text()
    case_id: str = _text(index=True)
    set_at: int = _number()
    number: int = _number()
    to_whom: str = _text()
    made_on: str = _text()
    made_by: str = _text()
    words: str = _text("restricted")
    answer: str = _text("restricted")
    answered_on: str = _text()
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class SpocRow(SQLModel, table=True):
    """An organisation's single point of contact."""

    __tablename__ = "spoc"

    id: str = _key()
    organisation: str = _text(index=True)
    name: str = _text()
    contact: str = _text("restricted")
    since: str = _text()
    withdrawn: str = _text()
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class EnteredRow(SQLModel, table=True):
    """Something of a meeting that somebody says was entered in ViSOR or MAPPS."""

    __tablename__ = "entered"

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    what: str = _text()
    done_on: str = _text()
    done_by: str = _text()
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()
