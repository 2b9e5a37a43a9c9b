"""The schema: every table. Rows hold text and numbers only and never leave the store.

Instants are kept as ISO text in UTC, so that what is read is exactly what was written,
on SQLite and PostgreSQL alike. Each column of content carries its sensitivity.
"""

# No ``from __future__ import annotations`` here: SQLModel reads the annotations.
from typing import Any, Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES, Action, Entry
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.requests import Request
from panelkit.store.row_columns import key as _key
from panelkit.store.row_columns import link as _to
from panelkit.store.row_columns import number as _number
from panelkit.store.row_columns import text as _text
from panelkit.store.tables import COMMON

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def _added() -> Any:
    """A text column that a later revision added: blank in the rows that were there."""
    return _text(server_default="")


class MeetingRow(SQLModel, table=True):
    """A meeting's own facts."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index(None, "state", "held_on"),
        Index(None, "held_on", "slot"),
        Index(None, "sitting"),
    )

    id: str = _key()
    case_id: str = _to("case.id")
    number: int = _number()
    level: str = _text()
    kind: str = _text()
    held_on: str = _text()
    state: str = _text()
    sitting: str = _text()
    slot: str = _text()
    booked_minutes: int = _number()
    revision: int = _number()
    agenda_id: str = _to("agenda.id")


class AgendaRow(SQLModel, table=True):
    """An agenda as it was when a meeting opened, shared by all that opened with it."""

    __tablename__ = "agenda"

    id: str = _key()
    body: str = _text()


class AnswerRow(SQLModel, table=True):
    """What is written in one field."""

    __tablename__ = "answer"

    meeting_id: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), primary_key=True))
    item: str = _key()
    field: str = _key()
    text: str = _text("restricted")
    salt: str = _text()
    revision: int = _number()
    typed_by: str = _text()
    typed_at: str = _text()
    carried_from: str = _text()
    confirmed_by: str = _text()


class SupersededRow(SQLModel, table=True):
    """Words that stood before a visit to a field."""

    __tablename__ = "superseded"
    __table_args__ = (Index(None, "meeting_id", "entity", "entity_id", "field"),)

    id: str = _key()
    meeting_id: str = _to("meeting.id")
    entity: str = _text()
    entity_id: str = _text()
    field: str = _text()
    number: int = _number()
    text: str = _text("restricted")
    salt: str = _text()
    typed_by: str = _text()
    typed_at: str = _text()
    visit: str = _text()


class JournalRow(SQLModel, table=True):
    """One change of one field: who, when, where, and salted hashes; never words."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "meeting_id", "entity_id", "field"),)

    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    at: str = _text()
    actor: str = _text()
    os_user: str = _text()
    desk: str = _text()
    command_id: str = _text()
    meeting_id: str = _text()
    entity: str = _text()
    entity_id: str = _text()
    field: str = _text()
    old_hash: str = _text()
    new_hash: str = _text()
    prev_hash: str = _text()
    hash: str = _text()


class CommandRow(SQLModel, table=True):
    """One act of a person; the same id again changes nothing."""

    __tablename__ = "command"

    id: str = _key()
    at: str = _text()
    who: str = _text()
    what: str = _added()
    """A word or two for what was done; never case text."""


class PositionRow(SQLModel, table=True):
    """Where a person was in a meeting, and what they had begun on one line."""

    __tablename__ = "desk_position"

    meeting_id: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), primary_key=True))
    who: str = _key()
    item: str = _text()
    field: str = _text()


class DraftRow(SQLModel, table=True):
    """A line begun and not yet taken, so that a crash does not lose it."""

    __tablename__ = "draft"

    meeting_id: str = Field(sa_column=Column(Text, ForeignKey("meeting.id"), primary_key=True))
    who: str = _key()
    line: str = _key()
    text: str = _text("restricted")


class CareRow(SQLModel, table=True):
    """What was done to keep the record: a copy made or tried, a place accepted for a reason."""

    __tablename__ = "care"

    id: str = _key()
    at: str = _text()
    who: str = _text()
    what: str = _text()
    about: str = _text("restricted")
    words: str = _text("restricted")
    salt: str = _text()


class LifeRow(SQLModel, table=True):
    """A dated fact in the life of a meeting's minutes."""

    __tablename__ = "life"

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    fact: str = _text()
    who: str = _text()
    at: str = _text()
    reason: str = _text("restricted")
    about: str = _added()
    """What the fact is about: an amendment's id, a place, a recipient's organisation."""
    content_hash: str = _added()
    """Of the text that was approved or issued."""


class DispatchRow(SQLModel, table=True):
    """One copy of issued minutes: who has which version, how and since when."""

    __tablename__ = "dispatch"
    __table_args__ = (UniqueConstraint("meeting_id", "version", "copy_number"),)

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    version: int = _number()
    copy_number: int = _number()
    name: str = _text()
    organisation: str = _text()
    method: str = _text()
    file: str = _text()
    sha256: str = _text()
    """Of the document before a password was put on it."""
    withheld: int = _number()
    protected: int = _number()
    written_by: str = _text()
    written_at: str = _text()
    sent_by: str = _text()
    sent_at: str = _text()
    revision: int = _number()


class IssuedRow(SQLModel, table=True):
    """A document as it was sent; the database refuses to change or delete it."""

    __tablename__ = "issued"

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    kind: str = _text()
    version: int = _number()
    template_hash: str = _text()
    template_id: str = _added()
    template_version: str = _added()
    status: str = _added()
    """What the document says of itself: draft, final."""
    sha256: str = _text()
    who: str = _text()
    at: str = _text()
    body: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False, info={"sensitivity": "restricted"})
    )


class TemplateRow(SQLModel, table=True):
    """A template that documents were issued with; the database refuses to change or delete it."""

    __tablename__ = "template"

    sha256: str = _key()
    template_id: str = _text()
    version: str = _text()
    form_label: str = _text()
    effective_from: str = _text()
    smb_approved_on: str = _text()
    smb_rationale: str = _text()
    body_sha256: str = _text()
    who: str = _text()
    at: str = _text()
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False, info={"sensitivity": "open"}))


class WrittenRow(SQLModel, table=True):
    """A document that was written as a file, so that an edited one is known again."""

    __tablename__ = "written"

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    number: int = _number()
    """Counts the files of its meeting."""
    kind: str = _text()
    version: int = _number()
    at: str = _text()
    who: str = _text()
    sha256: str = _text()
    path: str = _text()
    outline: str = _text("restricted")
    """Every printed text with its place in the record; blank for one that is no draft."""
    taken_sha256: str = _text()
    """Of the file whose changes were gone through last."""
    taken_at: str = _text()
    taken_by: str = _text()


class HandOverRow(SQLModel, table=True):
    """A file that went to another desk or came from one, and who holds the pen since."""

    __tablename__ = "hand_over"

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    number: int = _number()
    """Counts the hand-overs of its meeting."""
    state: str = _text()
    who: str = _text()
    by: str = _text()
    at: str = _text()
    sha256: str = _text()
    lineage: str = _text()
    """Ids of the hand-overs that the state comes from, oldest first."""
    body: str = _text("restricted")
    """The meeting as it was handed over: what both desks began with, and the journal of it."""
    reason: str = _text("restricted")
    settled_at: str = _text()


class DisagreementRow(SQLModel, table=True):
    """A place that two desks changed differently: both texts, and which was kept."""

    __tablename__ = "disagreement"

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    hand_over: str = _to("hand_over.id")
    kind: str = _text()
    entry: str = _text()
    field: str = _text()
    theirs: str = _text("restricted")
    mine: str = _text("restricted")
    theirs_by: str = _text()
    mine_by: str = _text()
    kept: str = _text()
    settled_by: str = _text()
    settled_at: str = _text()


class AuditFormRow(SQLModel, table=True):
    """An audit form as it was when an audit was begun, shared by all that were begun with it."""

    __tablename__ = "audit_form"

    id: str = _key()
    body: str = _text()


class AuditRow(SQLModel, table=True):
    """One auditor's audit of one meeting on one form."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("meeting_id", "form", "auditor"),)

    id: str = _key()
    meeting_id: str = _to("meeting.id")
    form: str = _text()
    form_id: str = _to("audit_form.id")
    auditor: str = _text()
    state: str = _text()
    begun_at: str = _text()
    finished_at: str = _text()
    remarks: str = _text("restricted", server_default="")
    revision: int = _number()


class AuditMarkRow(SQLModel, table=True):
    """One question: what was filled in, with its evidence, and what the auditor made of it."""

    __tablename__ = "audit_mark"
    __table_args__ = (UniqueConstraint("audit_id", "question"),)

    id: str = _key()
    audit_id: str = _to("audit.id")
    number: int = _number()
    """Its place on the form."""
    question: str = _text()
    given: str = _text()
    given_how: str = _text()
    evidence: str = _text("restricted")
    chosen: str = _text()
    reason: str = _text("restricted")
    comment: str = _text("restricted")
    marked_by: str = _text()
    marked_at: str = _text()
    revision: int = _number()


class LaySheetRow(SQLModel, table=True):
    """An observation sheet: its number stands for the meeting, the form and the observer."""

    __tablename__ = "lay_sheet"

    id: str = _key()
    """The number that is printed on it, and nothing else of this is."""
    meeting_id: str = _to("meeting.id")
    form_id: str = _to("audit_form.id")
    observer: str = _text()
    written_by: str = _text()
    written_at: str = _text()
    read_by: str = _text()
    read_at: str = _text()


class PersonRow(SQLModel, table=True):
    """Somebody who works with the record; never deleted, so that the journal can name them."""

    __tablename__ = "person"

    id: str = _key()
    name: str = _text()
    roles: str = _text()
    mark: str = _text()
    state: str = _text()
    login: str = _added()
    revision: int = _number()


class ChainKeyRow(SQLModel, table=True):
    """What the journal of a record on a server is chained with; a file has it in its key slots."""

    __tablename__ = "chain_key"

    id: str = _key()
    key: str = _text()
    chain_from: int = _number()


class HereNowRow(SQLModel, table=True):
    """A program that has a meeting open now, and at which item; gone when it leaves."""

    __tablename__ = "here_now"

    program: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    who: str = _text()
    part: str = _text()
    item: str = _text()
    seen_at: str = _text()


class AccessRow(SQLModel, table=True):
    """One person and one case: a member of it, or barred from it."""

    __tablename__ = "access"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)

    id: str = _key()
    case_id: str = _to("case.id")
    person_id: str = _to("person.id")
    said: str = _text()


class RetentionRow(SQLModel, table=True):
    """When a case is looked at again, and what holds it."""

    __tablename__ = "retention"

    case_id: str = Field(sa_column=Column(Text, ForeignKey("case.id"), primary_key=True))
    review_on: str = _text()
    because: str = _text("restricted")
    hold: str = _text("restricted")
    hold_by: str = _text()
    hold_at: str = _text()
    revision: int = _number()


class DisposalRow(SQLModel, table=True):
    """A disposal, then its tombstone: it outlives the case, so nothing binds it to one."""

    __tablename__ = "disposal"

    id: str = _key()
    case_id: str = _text()
    case_ref: str = _text()
    kind: str = _text()
    state: str = _text()
    reason: str = _text()
    proposed_by: str = _text()
    proposed_id: str = _text()
    proposed_at: str = _text()
    agreed_by: str = _text()
    agreed_id: str = _text()
    agreed_at: str = _text()
    meeting_ids: str = _text()
    receipt: str = _text()


class SpanRow(SQLModel, table=True):
    """What held of a case from a day to a day: a level, a category, where somebody was."""

    __tablename__ = "span"
    __table_args__ = (Index(None, "kind", "to_day", "from_day", "value", "case_id"),)

    id: str = _key()
    case_id: str = _to("case.id", index=True)
    kind: str = _text()
    value: str = _text()
    from_day: str = _text()
    to_day: str = _text()
    """Blank while it holds."""
    reason: str = _text()
    end_reason: str = _text()
    decided_at: str = _text()
    """The meeting that decided it; nothing binds it, for the two go with the case together."""
    ended_at: str = _text()
    derived: int = _number()
    because: str = _text("restricted")
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class OutcomeRow(SQLModel, table=True):
    """What became of somebody on a day: a return to custody, a further offence."""

    __tablename__ = "outcome"

    id: str = _key()
    case_id: str = _to("case.id", index=True)
    kind: str = _text()
    day: str = _text(index=True)
    note: str = _text("restricted")
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class ManualFigureRow(SQLModel, table=True):
    """A figure of a year that the record cannot know; about no case."""

    __tablename__ = "manual_figure"
    __table_args__ = (UniqueConstraint("year", "figure"),)

    id: str = _key()
    year: str = _text()
    figure: str = _text()
    value: int = _number()
    source: str = _text()
    as_at: str = _text()
    reference: str = _text()
    published: str = _text()
    entered_by: str = _text()
    entered_id: str = _text()
    entered_at: str = _text()
    confirmed_by: str = _text()
    confirmed_id: str = _text()
    confirmed_at: str = _text()
    revision: int = _number()


class PublishedRow(SQLModel, table=True):
    """The tables of a year as they were published: numbers alone, kept when cases are let go."""

    __tablename__ = "published"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: str = _key()
    year: str = _text()
    number: int = _number()
    who: str = _text()
    at: str = _text()
    body: str = _text()


class ReferralRow(SQLModel, table=True):
    """A referral, by its own number. Nothing binds it to its case: it stays as a number when the
    case is let go, without its link and its words."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("number"),
        Index(None, "answered", "case_id", "withdrawn", "received_on", "id"),
    )

    id: str = _key()
    number: int = _number()
    received_on: str = _text(index=True)
    organisation: str = _text()
    agency: str = _text()
    level_asked: str = _text()
    category: str = _added()
    eligible_by: str = _added()
    age: str = _added()
    adds_value: str = _text("restricted", server_default="")
    high_risk: str = _text("restricted", server_default="")
    coordination: str = _text("restricted", server_default="")
    stepping_down: str = _text("restricted", server_default="")
    resources: str = _text("restricted", server_default="")
    profile: str = _text("restricted", server_default="")
    case_id: str = _text(index=True)
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()
    answered: int = _number(server_default="0")
    """1 where its screening answers it: it follows from that, and is kept so that home need not look
    through what was answered in ten years."""


class ScreeningRow(SQLModel, table=True):
    """One decision on a referral."""

    __tablename__ = "screening"
    __table_args__ = (Index(None, "referral_id", "withdrawn", "decision"),)

    id: str = _key()
    referral_id: str = _to("referral.id", index=True)
    decision: str = _text()
    because: str = _text()
    decided_on: str = _text(index=True)
    level_given: str = _text()
    words: str = _text("restricted")
    eligible: str = _text("restricted", server_default="")
    in_category: str = _text("restricted", server_default="")
    adds_value: str = _text("restricted", server_default="")
    high_risk: str = _text("restricted", server_default="")
    coordination: str = _text("restricted", server_default="")
    stepping_down: str = _text("restricted", server_default="")
    resources: str = _text("restricted", server_default="")
    profile: str = _text("restricted", server_default="")
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class PutOffRow(SQLModel, table=True):
    """A day on which a meeting was not held."""

    __tablename__ = "put_off"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: str = _key()
    meeting_id: str = _to("meeting.id")
    number: int = _number()
    kind: str = _text()
    reason: str = _text()
    decided_on: str = _text()
    planned_for: str = _text(index=True)
    new_day: str = _text()
    words: str = _text("restricted")
    withdrawn: str = _text("restricted")
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class FallsDueRow(SQLModel, table=True):
    """What a meeting leaves to be done, and by which day: follows from the meeting, and is worked
    out from it again whenever it is stored. Lists find by it what is near, and read the meeting."""

    __tablename__ = "falls_due"
    __table_args__ = (
        Index(None, "what", "day", "meeting_id", "owner"),
        Index(None, "owner", "what", "day", "meeting_id"),
    )

    id: str = _key()
    meeting_id: str = _to("meeting.id", index=True)
    what: str = _text()
    day: str = _text()
    owner: str = _text()
    """On whom it waits, in small letters; blank where the meeting names nobody."""


class BoardRow(SQLModel, table=True):
    """A meeting of the Strategic Management Board; about no case."""

    __tablename__ = "board"
    __table_args__ = (UniqueConstraint("held_on"),)

    id: str = _key()
    held_on: str = _text()
    withdrawn: str = _text()
    typed_by: str = _text()
    typed_at: str = _text()
    revision: int = _number()


class AtBoardRow(SQLModel, table=True):
    """Whether an organisation was at a meeting of the board."""

    __tablename__ = "at_board"
    __table_args__ = (UniqueConstraint("board_id", "organisation"),)

    id: str = _key()
    board_id: str = _to("board.id")
    organisation: str = _text()
    agency: str = _text()
    presence: str = _text()
    revision: int = _number()


def described_column(described: Any) -> Column[Any]:
    """The column of a described field: a number, or text."""
    kind = Integer if described.kind is FieldKind.NUMBER else Text
    return Column(
        described.key, kind, nullable=True, info={"sensitivity": str(described.sensitivity)}
    )


def _common_columns() -> list[Column[Any]]:
    columns: list[Column[Any]] = []
    for name in COMMON:
        if name == "id":
            columns.append(Column(name, Text, primary_key=True))
        elif name in ("number", "revision"):
            columns.append(Column(name, Integer, nullable=False))
        else:
            kept = "restricted" if name == "withdrawn" else "open"
            columns.append(Column(name, Text, nullable=False, info={"sensitivity": kept}))
    return columns


def _entry_table(kind: type[Entry]) -> Table:
    numbered = ("meeting_id", "set_at", "number") if kind is Action else ("meeting_id", "number")
    return Table(
        kind.kind,
        SQLModel.metadata,
        *_common_columns(),
        Column("meeting_id", Text, ForeignKey("meeting.id"), nullable=False, index=True),
        *(described_column(described) for described in fields_of(kind)),
        UniqueConstraint(*numbered),
    )


CASE: Final = Table(
    "case",
    SQLModel.metadata,
    Column("id", Text, primary_key=True),
    Column("ref", Text, nullable=False, unique=True, info={"sensitivity": "open"}),
    Column("category", Text, nullable=False, info={"sensitivity": "open"}),
    Column("fiction", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    *(described_column(described) for described in fields_of(Case)),
)
"""The individual whom the arrangements are about."""

ENTRY_TABLES: Final[dict[str, Table]] = {kind.kind: _entry_table(kind) for kind in ENTRIES}
"""One table for each kind of typed content, from the kind's own description."""

REQUEST: Final = Table(
    "request",
    SQLModel.metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", Text, ForeignKey("meeting.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    *(described_column(described) for described in fields_of(Request)),
    UniqueConstraint("meeting_id", "number"),
)
"""Requests from outside for the minutes of a meeting."""

# Declared beside this file, after the tables that its rows hang from.
from panelkit.store import (  # noqa: E402, F401
    rows_allocating,
    rows_chasing,
    rows_guidance,  # noqa: E402, F401
    rows_sittings,
    rows_taking_on,
)

METADATA: Final = SQLModel.metadata
"""Everything above, for making and comparing schemas."""
