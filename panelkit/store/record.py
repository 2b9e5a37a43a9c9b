"""The record: the only door to what is stored. Values go in and come out, never rows."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, func, select

from panelkit.domain.auditing import Audit
from panelkit.domain.case import Case
from panelkit.domain.errors import NotAllowed, NotFound, Refused, StaleRecord
from panelkit.domain.meeting import By, Meeting, Place
from panelkit.domain.minutes import Fact
from panelkit.domain.reached import Reached
from panelkit.domain.requests import Request
from panelkit.domain.sitting import Sitting
from panelkit.store import (
    audits,
    bulk,
    cases,
    copies,
    dispatch,
    history,
    issued,
    journal,
    meetings,
    positions,
    requests,
    templates,
    whole,
    written,
)
from panelkit.store.acts import KnowsActs
from panelkit.store.allocated import KeepsAllocations
from panelkit.store.beginning import BeginsCases
from panelkit.store.belongings import is_encrypted
from panelkit.store.care import KeepsCare
from panelkit.store.chased import KeepsChasing
from panelkit.store.dispatch import Copy
from panelkit.store.engine import glancing, noting, open_engine, reading, storing, writing
from panelkit.store.figuring import KeepsFigures
from panelkit.store.findable import FindsWords
from panelkit.store.finding import Due, FindsMeetings
from panelkit.store.guidance import KeepsGuidance
from panelkit.store.half_read import KeepsHalfRead
from panelkit.store.handing import HandsOver, Parcel, Received
from panelkit.store.history import Kept
from panelkit.store.issued import Frozen, Issued
from panelkit.store.keys import Opened, opened
from panelkit.store.lay_sheets import KeepsSheets, NumberInUse, Sheet
from panelkit.store.meetings import Summary
from panelkit.store.outbox import Outbox
from panelkit.store.packed import TakesPacks
from panelkit.store.peopled import KeepsPeople
from panelkit.store.planned import PlansSittings
from panelkit.store.practice import KeepsPractice, must_be_as_opened
from panelkit.store.presence import KnowsWhoIsHere
from panelkit.store.retaining import LetsGo
from panelkit.store.saving import NumberTaken, Saving, plan
from panelkit.store.screened import KeepsReferrals
from panelkit.store.server import Location, Server
from panelkit.store.templates import KeptTemplate
from panelkit.store.trail import KeepsTrail
from panelkit.store.written import Draft

T = TypeVar("T")
__all__ = [
    "Copy", "Draft", "Due", "Frozen", "Issued", "Kept", "KeptTemplate", "NumberInUse", "NumberTaken", "Parcel",
    "Received", "Record", "Sheet", "Sitting", "Summary",
]  # fmt: skip


class Record(
    BeginsCases,
    FindsMeetings,
    HandsOver,
    KeepsAllocations,
    KeepsCare,
    KeepsChasing,
    KnowsActs,
    KeepsFigures,
    KeepsHalfRead,
    KeepsGuidance,
    KeepsReferrals,
    KeepsSheets,
    KeepsPeople,
    KeepsPractice,
    KeepsTrail,
    KnowsWhoIsHere,
    LetsGo,
    PlansSittings,
    TakesPacks,
    FindsWords,
):
    """One database, opened. Threads of a program share it and take turns."""

    def __init__(
        self,
        engine: Engine,
        where: Location,
        opened: Opened | None = None,
        key: bytes | None = None,
    ) -> None:
        """Use :meth:`open`."""
        self.engine = engine
        self.opened = opened or Opened()
        self.location = where
        self._key = key
        self.before_closing: Callable[[Record], None] | None = None
        """Called once, while the record can still be read, by the first :meth:`close`."""
        self.outbox: Outbox | None = None
        """Where what is typed waits while a server does not answer; None for a file, which does."""
        self._lock = RLock()
        self._moment: Connection | None = None
        self.seq_of_head = {}
        self._meetings = meetings.Reader()
        self._agenda = self._meetings.agenda

    @classmethod
    def open(
        cls, where: Location, *, key: bytes | None = None, opened: Opened | None = None,
        create: bool = False, copy_first: bool = True,
    ) -> Self:  # fmt: skip
        """The record at ``where``; see :func:`panelkit.store.engine.open_engine` for errors."""
        opened = opened or Opened()
        is_there = not create or (
            isinstance(where, Path) and where.exists() and where.stat().st_size > 0
        )
        engine = open_engine(where, key=key, opened=opened, create=create, copy_first=copy_first)
        if key is None and opened.keys is not None:
            key = opened.keys.database or None
        made = cls(engine, where, opened, key)
        if is_there and not made.is_on_server:
            must_be_as_opened(made)
        return made

    def open_again(self) -> Self:
        """This record once more, for a thread of its own. Raises as :meth:`open`."""
        return self.open(self.location, key=self._key, opened=self.opened)

    @property
    def is_on_server(self) -> bool:
        """Whether it is; then it has no file, and whoever looks after the server copies it."""
        return isinstance(self.location, Server)

    @property
    def path(self) -> Path:
        """The record's file. Raises Refused for one on a server."""
        if isinstance(self.location, Server):
            msg = "This record is on a server, and has no file."
            raise Refused(msg, remedy="Whoever looks after the server does that there.")
        return self.location

    def open_copy(self, path: Path) -> Self:
        """A duplicate of one of this record's copies, opened with its keys; raises as :meth:`open`.

        Where it is older it is brought up to date without a copy: the one it came from is as it was.
        """
        return self.open(path, key=self._key, opened=self.opened, copy_first=False)

    @property
    def is_encrypted(self) -> bool:
        """Whether its file is; of a server that is not known here, so that nobody is told it is."""
        return not self.is_on_server and is_encrypted(self.path)

    def close(self) -> None:
        """Let the file go."""
        last, self.before_closing = self.before_closing, None
        if last is not None:
            last(self)
        if self.is_on_server:
            from panelkit.store.postgres import REACHES

            REACHES[self.engine].close()
        self.engine.dispose()

    def _glance(self, ask: Callable[[Connection], T]) -> T:
        with self._in_turn():
            return ask(self._moment) if self._moment is not None else glancing(self.engine, ask)

    @property
    def reached(self) -> Reached:
        """How it was reached when it was last tried; a file always at once."""
        if not self.is_on_server:
            return Reached.QUICKLY
        from panelkit.store.postgres import REACHES

        return REACHES[self.engine].how

    def ask(self) -> None:
        """Returns where the record answers. Raises NotSaved."""
        with self._reading() as connection:
            connection.execute(select(1))

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Threads take turns. Raises NotSaved where somebody waits while another asks a slow server."""
        if not self.is_on_server:
            with self._lock:
                yield
            return
        from panelkit.store.reach import in_turn

        with in_turn(self._lock):
            yield

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._in_turn():
            if self._moment is not None:
                yield self._moment
                return
            with reading(self.engine) as connection:
                yield connection

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """What is read meanwhile is of one moment, and asked in one transaction; nothing is written."""
        with self._in_turn():
            if self._moment is not None:
                yield
                return
            with reading(self.engine) as connection:
                self._moment = connection
                try:
                    yield
                finally:
                    self._moment = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._in_turn(), self._answered(), writing(self.engine) as connection:
            yield connection

    @contextmanager
    def _noting(self) -> Iterator[Connection]:
        with self._in_turn(), noting(self.engine) as connection:
            yield connection

    # -- meetings ----------------------------------------------------------------------

    def save(
        self,
        before: Meeting | None,
        after: Meeting,
        by: By,
        *,
        command: str,
        visit: str = "",
        what: str = "",
        fact: tuple[str, str] | None = None,
    ) -> None:
        """Write what changed, in one transaction; the same ``command`` again changes nothing.

        ``visit`` is one stay in a field: the words found on arrival are kept once for it.
        ``fact`` is a dated fact of the minutes' life with its reason, kept with the change.
        ``what`` is a word or two for the act, never case text. Raises StaleRecord where
        somebody else changed the same place (nothing is written), NumberTaken where a number
        was taken meanwhile, NotSaved where it cannot be written, ValueError for a changed
        value whose revision was not counted up.
        """
        if before is not None and fact is None and self._is_saved_at_once(
            before, after, by, (command, visit, what)
        ):  # fmt: skip
            return
        with self._writing() as connection:
            if self._is_done(connection, command, by, what, words=bool(visit)):
                return
            Saving(connection, by, command, visit).save(before, after)
            if fact is not None:
                journal.write(
                    connection, issued.note(connection, after.id, fact[0], by, fact[1]), by, command
                )

    def _is_saved_at_once(
        self, before: Meeting, after: Meeting, by: By, told: tuple[str, str, str]
    ) -> bool:
        """On a server, what changes nothing but a meeting and its rows is read and worked out while
        others write, and stored in one statement; False where it has to be saved step by step."""
        if not self.opened.login:
            return False
        from panelkit.store import in_one, postgres

        command, visit, what = told
        if self._lost and not visit:
            return False  # what became of the act before is found out first

        def save(connection: Connection) -> bool:
            self._act = "" if visit else command
            try:
                changes = plan(connection, before, after, visit or command)
            except StaleRecord:
                # It may be this very save that wrote there, and its answer was lost.
                if journal.is_noted(connection, command):
                    return True
                raise
            if changes is None or not in_one.fits(changes):
                return False
            in_one.write(connection, changes, by, command, what, postgres.known(self.engine))
            return True

        try:
            with self._in_turn(), self._answered():
                return storing(self.engine, save)
        except in_one.NotAtOnce:
            return False

    def save_all(
        self, changes: Sequence[tuple[Meeting, Meeting]], by: By, *, command: str, what: str
    ) -> None:
        """Several meetings changed by one act, all or none. Raises as :meth:`save` does."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, what):
                for before, after in changes:
                    Saving(connection, by, command, "").save(before, after)

    def load(self, ref: str) -> Meeting:
        """A meeting by id, by reference (``WM-0143-3``), or a case's last one. Raises NotFound."""
        found = self.find(ref) or self.latest(ref)
        if found is not None:
            return found
        if self.find_case(ref) is not None:
            msg = f"{ref} has no meeting yet."
            raise NotFound(msg)
        left = self.tombstone(ref) or self.tombstone(ref.rpartition("-")[0])
        if left is not None:
            raise NotFound(left.tombstone)
        msg = f"There is no meeting {ref} in this record."
        raise NotFound(msg, remedy="See panelkit list.")

    def find(self, ref: str) -> Meeting | None:
        """A meeting by id or reference; None where there is none."""
        return self._glance(lambda connection: self._meetings.find(connection, ref))

    def latest(self, case_ref: str) -> Meeting | None:
        """The last meeting of a case; None where there is none."""
        with self._reading() as connection:
            return self._meetings.latest(connection, case_ref)

    def open_meeting(self, case_ref: str) -> Meeting | None:
        """The last meeting of a case that is planned, held or paused; None where there is none."""
        with self._reading() as connection:
            return self._meetings.still_open(connection, case_ref)

    def earlier(self, meeting: Meeting) -> tuple[Meeting, ...]:
        """Meetings of the same case before this one, oldest first."""
        with self._reading() as connection:
            return self._meetings.earlier(connection, meeting)

    def previous(self, meeting: Meeting) -> Meeting | None:
        """The meeting before this one of the same case."""
        with self._reading() as connection:
            return self._meetings.previous(connection, meeting)

    def sequence(self) -> list[tuple[str, str]]:
        """Every meeting's id with that of the one before it in its case, or blank; case by case."""
        with self._reading() as connection:
            return bulk.sequence(connection)

    def load_many(self, ids: Sequence[str]) -> dict[str, Meeting]:
        """Whole meetings by id, read together; one that is gone is left out."""
        with self._reading() as connection:
            return bulk.load_many(connection, ids, self._meetings.agenda)

    def history(
        self, meeting_id: str, entity: str, entity_id: str, field: str = "text"
    ) -> tuple[Kept, ...]:
        """Words that stood in a field before, oldest first, each checked with the journal.

        An answer is ``("answer", "A6.index_offence")``; an entry its kind, id and field.
        """
        with self._reading() as connection:
            return history.of(connection, meeting_id, entity, entity_id, field)

    # -- cases ------------------------------------------------------------------------

    def add_case(self, case: Case, by: By, *, command: str) -> None:
        """A new case. Raises Refused where its reference is taken."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "case made"):
                journal.write(connection, cases.insert(connection, case), by, command)

    def save_case(self, before: Case, after: Case, by: By, *, command: str) -> None:
        """Facts of a case that changed. Raises as :meth:`save` does."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "case changed") and before != after:
                journal.write(connection, cases.update(connection, before, after), by, command)

    def find_case(self, ref: str) -> Case | None:
        """A case by reference; None where there is none."""
        with self._reading() as connection:
            return cases.find(connection, ref)

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
        return self._glance(lambda connection: positions.position(connection, meeting_id, who))

    def set_position(self, meeting_id: str, who: str, item: str, field: str) -> None:
        """Keep it; the last writer wins."""
        self._put(lambda there: positions.set_position(there, meeting_id, who, item, field))

    def _put(self, act: Callable[[Connection], None]) -> None:
        """Store what is one person's own and no part of the record: on a server it takes no turn."""
        if self.is_on_server:
            with self._in_turn():
                storing(self.engine, act)
            return
        with self._writing() as connection:
            act(connection)

    def last_written(self) -> datetime | None:
        """When the newest entry of the journal was made; None while there is none."""
        with self._reading() as connection:
            return journal.newest(connection)

    def draft(self, meeting_id: str, who: str, line: str) -> str:
        """A line begun and not taken; blank where there is none."""
        with self._reading() as connection:
            return positions.draft(connection, meeting_id, who, line)

    def drafts(self, meeting_id: str, who: str) -> dict[str, str]:
        """Everything begun and not taken, by the name of its line; blank ones left out."""
        with self._reading() as connection:
            return positions.drafts(connection, meeting_id, who)

    def set_draft(self, meeting_id: str, who: str, line: str, words: str) -> None:
        """Keep a line that was begun; blank forgets its words."""
        self._put(lambda there: positions.set_draft(there, meeting_id, who, line, words))

    # -- the life of minutes -----------------------------------------------------------

    def note_life(
        self, meeting_id: str, fact: str, by: By, reason: str = "", *, command: str = ""
    ) -> None:
        """A dated fact: drafted, approved, issued, reopened, exported."""
        command = command or str(uuid.uuid4())
        with self._writing() as connection:
            if not self._is_done(connection, command, by, fact):
                changes = issued.note(connection, meeting_id, fact, by, reason)
                journal.write(connection, changes, by, command)

    def advance(
        self,
        before: Meeting,
        after: Meeting,
        by: By,
        *,
        facts: Sequence[Fact],
        documents: Sequence[Frozen] = (),
        command: str,
    ) -> None:
        """A step in the life of minutes: what changed, the facts and the frozen documents,
        all or nothing. Raises as :meth:`save` does.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, facts[0].what if facts else ""):
                return
            if after is not before:
                Saving(connection, by, command, "").save(before, after)
            changes: list[journal.Change] = []
            for fact in facts:
                changes += issued.note(
                    connection, after.id, str(fact.what), By(fact.who, fact.at), fact.reason,
                    fact.about, fact.content_hash,
                )  # fmt: skip
            for frozen in documents:
                changes += issued.keep(
                    connection, after.id, frozen.kind, frozen.body, by,
                    template_hash=frozen.template_hash, template_id=frozen.template_id,
                    template_version=frozen.template_version, status=frozen.status,
                )  # fmt: skip
                if frozen.template is not None:
                    changes += templates.keep(connection, after.id, frozen.template, by)
            journal.write(connection, changes, by, command)

    def facts(self, meeting_id: str) -> tuple[Fact, ...]:
        """What happened to the minutes of a meeting, in order."""
        with self._reading() as connection:
            return issued.facts(connection, meeting_id)

    # -- who was sent which copy -------------------------------------------------------

    def register(self, meeting_id: str) -> tuple[Copy, ...]:
        """Every copy that was written, by version and number."""
        with self._reading() as connection:
            return dispatch.every(connection, meeting_id)

    def register_copies(
        self, meeting_id: str, copies: Sequence[Copy], by: By, *, fact: Fact, command: str
    ) -> None:
        """Copies written, or sent, with the fact that says so; each is journaled."""
        with self._writing() as connection:
            if self._is_done(connection, command, by, fact.what):
                return
            changes = dispatch.save(connection, copies)
            changes += issued.note(
                connection, meeting_id, str(fact.what), by, fact.reason, fact.about
            )
            journal.write(connection, changes, by, command)

    def life(self, meeting_id: str) -> tuple[tuple[str, str, str], ...]:
        """What happened, who, when (ISO, UTC), in order."""
        with self._reading() as connection:
            return issued.life(connection, meeting_id)

    def keep_issued(
        self,
        meeting: Meeting,
        kind: str,
        body: bytes,
        template_hash: str,
        by: By,
        *,
        template_id: str = "",
        template_version: str = "",
        status: str = "",
        command: str = "",
    ) -> None:
        """A document as it was sent, frozen; its hash goes into the journal."""
        command = command or str(uuid.uuid4())
        with self._writing() as connection:
            if self._is_done(connection, command, by, f"{kind} issued"):
                return
            changes = issued.keep(
                connection, meeting.id, kind, body, by, template_hash=template_hash,
                template_id=template_id, template_version=template_version, status=status,
            )  # fmt: skip
            journal.write(connection, changes, by, command)

    def issued_count(self, meeting_id: str, kind: str) -> int:
        """How many versions of a document were issued."""
        with self._reading() as connection:
            return issued.count(connection, meeting_id, kind)

    def issued(self, meeting_id: str) -> tuple[Issued, ...]:
        """What was issued for a meeting, oldest first, without the bytes."""
        with self._reading() as connection:
            return issued.every(connection, meeting_id)

    def issued_body(self, issued_id: str) -> bytes:
        """The bytes of a document as they were sent. Raises NotFound."""
        with self._reading() as connection:
            return issued.body(connection, issued_id)

    def template(self, sha256: str) -> KeptTemplate:
        """A template that something was issued with, by its hash. Raises NotFound."""
        with self._reading() as connection:
            return templates.find(connection, sha256)

    # -- requests from outside ---------------------------------------------------------

    def requests(self, meeting_id: str) -> tuple[Request, ...]:
        """Every request about a meeting, oldest first."""
        with self._reading() as connection:
            return requests.of_meeting(connection, meeting_id)

    def add_request(self, request: Request, by: By, *, command: str) -> Request:
        """A new request, numbered next; returned as it is stored."""
        with self._writing() as connection:
            number = requests.next_number(connection, request.meeting_id)
            request = dataclasses.replace(request, number=number)
            if not self._is_done(connection, command, by, "request logged"):
                requests.insert(connection, request, by, command)
        return request

    def save_request(
        self, before: Request, after: Request, by: By, *, command: str, visit: str = ""
    ) -> None:
        """What changed in a request. Raises as :meth:`save` does."""
        with self._writing() as connection:
            done = self._is_done(connection, command, by, "request changed", words=bool(visit))
            if not done and before != after:
                requests.update(connection, before, after, by, command, visit or command)

    def issue_request(
        self, before: Request, after: Request, body: bytes, by: By, *, command: str,
        kept: KeptTemplate | None = None, **template: str,
    ) -> None:  # fmt: skip
        """The summary as it is sent, frozen, and the request that it answers, in one transaction.

        ``template`` holds its template's id, version and hash, and the status; ``kept`` is the
        template itself. Raises StaleRecord where another summary of this meeting was issued, or the request changed, meanwhile.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "summary issued"):
                return
            if issued.count(connection, after.meeting_id, "summary") + 1 != after.issued_version:
                msg = "Another summary of this meeting was issued meanwhile."
                raise StaleRecord(msg, place="request.issued_version")
            changes = issued.keep(connection, after.meeting_id, "summary", body, by, **template)
            if kept is not None:
                changes += templates.keep(connection, after.meeting_id, kept, by)
            journal.write(connection, changes, by, command)
            requests.update(connection, before, after, by, command, command)

    # -- drafts in files ---------------------------------------------------------------

    def keep_written(self, draft: Draft, by: By, *, command: str) -> None:
        """A file that was written from the record; its hash goes into the journal."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, f"{draft.kind} written"):
                journal.write(connection, written.keep(connection, draft, by), by, command)

    def written(self, meeting_id: str) -> tuple[Draft, ...]:
        """The files of a meeting, oldest first, without their outlines."""
        with self._reading() as connection:
            return written.every(connection, meeting_id)

    def find_written(self, draft_id: str) -> Draft:
        """A draft by its id. Raises NotFound."""
        with self._reading() as connection:
            return written.find(connection, draft_id)

    def take_back(
        self, before: Meeting, after: Meeting, draft_id: str, sha256: str, by: By, *, command: str
    ) -> None:
        """What was accepted of an edited file, and that it was gone through, in one transaction.

        ``sha256`` is that of the edited file. Raises as :meth:`save` does, and NotFound.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "taken back"):
                return
            if after is not before:
                Saving(connection, by, command, "").save(before, after)
            changes = written.taken(connection, draft_id, sha256, by)
            journal.write(connection, changes, by, command)

    # -- audits ------------------------------------------------------------------------

    def add_audit(self, audit: Audit, by: By, *, command: str) -> None:
        """A new audit. Raises Refused where its auditor has one of this meeting and form."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "audit begun"):
                audits.insert(connection, audit, by, command)

    def save_audit(
        self, before: Audit, after: Audit, by: By, *, command: str, visit: str = ""
    ) -> None:
        """What changed in an audit. Raises StaleRecord where it changed meanwhile."""
        with self._writing() as connection:
            done = self._is_done(connection, command, by, "audit changed", words=bool(visit))
            if not done and before != after:
                audits.update(connection, before, after, by, command, visit or command)

    def find_audit(self, audit_id: str) -> Audit:
        """One audit. Raises NotFound."""
        with self._reading() as connection:
            return audits.find(connection, audit_id)

    def audits(self, meeting_id: str) -> tuple[Audit, ...]:
        """Every audit of a meeting, oldest first."""
        with self._reading() as connection:
            return audits.of_meeting(connection, meeting_id)

    def audits_between(self, start: date, end: date) -> tuple[Audit, ...]:
        """Every audit of meetings held from ``start`` to ``end``, both included."""
        with self._reading() as connection:
            return audits.held_between(connection, start.isoformat(), end.isoformat())

    def chairs(self, start: date, end: date) -> dict[str, str]:
        """The chair of each meeting held from ``start`` to ``end`` that names one, by its id."""
        with self._reading() as connection:
            return audits.chairs(connection, start.isoformat(), end.isoformat())

    def first_issued(self, since: date = date.min) -> dict[str, datetime]:
        """When the minutes of each meeting held ``since`` were first issued, by its id."""
        with self._reading() as connection:
            found = audits.first_issued(connection, since.isoformat())
        return {key: datetime.fromisoformat(at) for key, at in found.items()}

    # -- the record itself -------------------------------------------------------------

    def _pages_wrong(self, connection: Connection) -> int:
        """Pages whose seal does not hold, also those that no query reads; 0 where none is sealed."""
        if self._key is None or self.is_on_server:
            return 0
        from panelkit.store import sqlite

        return sqlite.pages_wrong(connection)

    def put_away_log(self) -> bool:
        """What was deleted is not in the log beside the record either; False while another
        program has the record open: the log is emptied when the last one closes it. A server keeps
        its log by rules of its own: False."""
        if self.is_on_server:
            return False
        from panelkit.store import sqlite

        with self._lock, self.engine.connect() as connection:
            return sqlite.put_away_log(connection)

    def change_counter(self, meeting_id: str = "") -> int:
        """Changes when another program wrote to this record. Cheap: a server is not asked, and
        says which ``meeting_id`` it may be seen in; a file only knows that it was written to."""
        if self.is_on_server:
            from panelkit.store.postgres import EARS

            if not self._lock.acquire(blocking=False):
                return EARS[self.engine].so_far(meeting_id)  # another thread listens meanwhile
            try:
                return EARS[self.engine].counter(meeting_id)
            finally:
                self._lock.release()
        from panelkit.store import sqlite

        with self._reading() as connection:
            return sqlite.data_version(connection)

    def head(self) -> str:
        """Hash of the journal's last row: printed or sent, it shows later that none was cut."""
        with self._reading() as connection:
            return journal.head(connection)

    def copy_to(self, path: Path, look: Callable[[Path], None] | None = None) -> None:
        """A checked copy at ``path``, where nothing is yet, while others go on writing.

        ``look`` sees it before it has its name, and may refuse it. Raises Refused where
        something has that name, NotSaved; then nothing is left there.
        """
        with self._lock, self.engine.connect() as connection:
            copies.take(connection, self.path, path, look)

    def opens_too(self, copy: Path) -> bool:
        """Whether the file at ``copy`` opens with the key of this record; it is only read."""
        return copies.opens(copy, self._key)

    def duplicate(self, copy: Path, to: Path) -> bool:
        """See :func:`panelkit.store.copies.duplicate`; with this record's key."""
        return copies.duplicate(copy, to, key=self._key)

    def changed_since(self, head: str) -> tuple[str, ...] | None:
        """Ids of meetings with a journal entry after the one whose hash is ``head``.

        None where no entry of this record has that hash: it has another history.
        """
        with self._reading() as connection:
            return journal.changed_since(connection, head)

    def verify(self, *, anchor: str = "") -> journal.Checked:
        """Walk the journal's chain, through ``anchor``, a head that was kept, where one is given.

        Looks at every issued document and the templates they were made with, and at all words
        whose salt is kept, as well. Raises NotAllowed on a server for somebody from whom a case
        is hidden: what they do not see would look like something lost.
        """
        with self._reading() as connection:
            _must_see_all(connection)
            found = whole.check(connection, anchor=anchor)
            return dataclasses.replace(found, pages_wrong=self._pages_wrong(connection))


def _must_see_all(connection: Connection) -> None:
    if opened(connection).login and not connection.execute(select(func.sees_all())).scalar():
        msg = "Not all of this record is yours to see, and it is verified whole or not at all."
        raise NotAllowed(msg, remedy="Ask an administrator from whom nothing is hidden.")
