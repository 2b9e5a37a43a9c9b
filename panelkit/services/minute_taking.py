"""What a minute taker does: documents from the record.

Libraries that write Word are loaded when the first document is written, not before.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain import sharing
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.completeness import Gap, completeness
from panelkit.domain.deadlines import deadlines
from panelkit.domain.errors import CannotWrite, NotFound, Refused
from panelkit.domain.heads import spoken
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.minutes import Fact, Happened, last
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.acting import acting
from panelkit.services.choosing import Choosing, to_keep
from panelkit.services.clock import Clock
from panelkit.services.drafts import Drafts, new_draft_id
from panelkit.services.opening_agenda import of_today
from panelkit.store.record import Draft, Frozen, Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One document that panelkit writes."""

    id: str
    """What ``--kind`` says."""
    title: str
    about: str
    template: str
    """Name of its template folder."""
    extension: str = "docx"
    """What its file is: Word, or a calendar file."""
    many: bool = False
    """Whether it is several files: one for each organisation."""
    answers_request: bool = False
    """Whether it answers a logged request: it is written from there, by :class:`Answering`."""
    of_transfer: bool = False
    """Whether it is written of a transfer to another area that goes on, and of nothing else."""


KINDS: Final[tuple[DocumentKind, ...]] = (
    DocumentKind("full", "Minutes", "Every section, for the agencies invited.", "minutes"),
    DocumentKind(
        "actions",
        "Action schedule",
        "Who does what by when, sent ahead of the minutes.",
        "action_schedule",
    ),
    DocumentKind(
        "agenda", "Agenda", "Items, planned minutes, open actions; no restricted words.", "agenda"
    ),
    DocumentKind(
        "own_actions",
        "Action schedules, one each",
        "A file for each organisation, with its own actions only.",
        "organisation_actions",
        many=True,
    ),
    DocumentKind(
        "invitation",
        "Invitation and agenda",
        "For the next meeting: when, how, what to bring; no case details.",
        "invitation",
    ),
    DocumentKind(
        "calendar",
        "Calendar entry",
        "For the next meeting, by reference only; a later one replaces it.",
        "calendar",
        "ics",
    ),
    DocumentKind(
        "transfer",
        "Request to another area",
        "Of the agency that owns a transfer, to the receiving area; by reference only.",
        "transfer",
        of_transfer=True,
    ),
    DocumentKind(
        "transfer_here",
        "Notice of a transfer",
        "To the organisations here: who holds the plan meanwhile, what is owed to whom.",
        "transfer_here",
        of_transfer=True,
    ),
    DocumentKind(
        "summary",
        "Executive summary",
        "For a lawful requester: log the request, check, approve, issue.",
        "executive_summary",
        answers_request=True,
    ),
    DocumentKind(
        "reply",
        "Reply to a request",
        "The letter: no full minutes, the summary where one was issued.",
        "reply",
        answers_request=True,
    ),
)
"""Every document; a test writes each."""

STATUS: Final = {
    MeetingState.APPROVED: "APPROVED",
    MeetingState.ISSUED: "ISSUED",
}
"""What the footer says; anything else is a draft."""

SENT: Final = frozenset({"ISSUED", "AMENDED"})
"""What the footer says of a document that leaves the office: it carries the journal's head."""


def kind_called(name: str) -> DocumentKind:
    """The kind called ``name``. Raises NotFound with the names there are."""
    for kind in KINDS:
        if kind.id == name:
            return kind
    msg = f"There is no document called {name}."
    raise NotFound(msg, remedy="Choose " + ", ".join(kind.id for kind in KINDS) + ".")


@dataclass(frozen=True, slots=True)
class CopyFor:
    """For whom a copy is."""

    organisation: str
    name: str = ""
    number: int = 0
    """0 for a copy that is in no register."""

    @property
    def label(self) -> str:
        """``Copy 4: Ana Example, Harrowmere Police``."""
        to = ", ".join(part for part in (self.name, self.organisation) if part)
        return f"Copy {self.number}: {to}" if self.number else f"Copy for {to}"


def _gaps_shown(gaps: tuple[Gap, ...], held: sharing.Held) -> tuple[Gap, ...]:
    return tuple(
        gap
        for gap in gaps
        if gap.entry not in held.entries
        and (gap.item, gap.field) not in held.places
        and (gap.item, gap.gate) not in held.gates
    )


@acting(Act.READ, write=Act.ISSUE, write_all=Act.ISSUE)
class MinuteTaking:
    """The minute taker's verbs. ``record`` may be absent: packs are printed without one."""

    def __init__(
        self, record: Record | None, area: Area, clock: Clock, who: str, templates: Path,
        own_templates: Path | None = None, agenda: tuple[AgendaItem, ...] | None = None,
    ) -> None:  # fmt: skip
        """``templates`` is the folder of template folders, ``own_templates`` the area's own;
        ``agenda`` is what papers of a planned meeting are written with, as it will open with it."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who
        self.templates = templates
        self.own_templates = own_templates
        self.agenda = agenda
        self.choosing = Choosing(record, clock, templates, own_templates, area.name)

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    # -- documents ---------------------------------------------------------------------

    def template(self, kind: DocumentKind, meeting: Meeting | None = None) -> Template:
        """The template of a kind for a meeting; see :class:`Choosing`.

        Raises BadInput for one that cannot be used.
        """
        return self.choosing.template(kind.id, kind.template, meeting)

    def compose(
        self,
        meeting: Meeting,
        name: str = "full",
        *,
        facts: tuple[Fact, ...] | None = None,
        copy: CopyFor | None = None,
    ) -> Document:
        """The document as a typed tree.

        ``facts`` are those of the record unless others are given; ``copy`` is for whom it
        is, and what is withheld from them is left out before anything is composed.
        """
        from panelkit.documents import compose

        if self.agenda is not None and self.record is not None:
            meeting = of_today(self.record, meeting, self.agenda)
        kind = kind_called(name)
        if meeting.state is MeetingState.ELSEWHERE:
            msg = (
                f"{meeting.ref} was held elsewhere: its minutes are those that were written there."
            )
            raise Refused(msg, remedy="Print a document of the next meeting.")
        if kind.answers_request:
            from panelkit.services.answering import Answering

            return Answering(self).latest(meeting, name)
        if kind.many or kind.extension != "docx":
            msg = f"{kind.title}: this is written as files only."
            raise Refused(msg, remedy="Write them without --text.")
        if name == "invitation":
            return self._invitation(meeting, self.template(kind, meeting))
        if kind.of_transfer:
            return self._transfer(meeting, self.template(kind, meeting))
        known = self._facts(meeting) if facts is None else facts
        held = sharing.held_back(meeting, copy.organisation) if copy else sharing.Held()
        shown = sharing.without(meeting, held) if copy else meeting
        status = self.status(meeting, known)
        template, version = self.template(kind, meeting), self.version(meeting, known)
        label = copy.label if copy else ""
        if name == "agenda":
            return compose.compose_agenda(shown, self.area, template, version=version)
        if name == "actions":
            document = compose.compose_actions(
                shown, self.area, template, status=status, version=version, held=held,
                copy_for=label, everything=copy is not None,
            )  # fmt: skip
            return self.with_head(document)
        document = compose.compose_minutes(
            shown,
            self.area,
            template,
            status=status,
            version=version,
            gaps=_gaps_shown(completeness(meeting, self.area), held),
            deadlines=deadlines(meeting, self.area),
            history=known,
            held=held,
            copy_for=label,
        )
        return self.with_head(document)

    def with_head(self, document: Document) -> Document:
        """An issued document with the journal's head as it is now; any other as it is."""
        if self.record is None or document.status not in SENT:
            return document
        head = self.record.newest_head()
        return dataclasses.replace(document, head=spoken(head.hash, head.seq)) if head else document

    def _invitation(self, meeting: Meeting, template: Template) -> Document:
        from panelkit.documents import compose
        from panelkit.domain.occasion import next_occasion

        to_come = next_occasion(meeting, self.area)
        held = dataclasses.replace(
            meeting, kind=to_come.kind, number=to_come.number, level=to_come.level,
            booked_minutes=to_come.minutes,
        )  # fmt: skip
        return compose.compose_invitation(
            meeting, self.area, template, to_come, items=compose.items_held(held, self.area), today=self.clock().date(),
        )  # fmt: skip

    def _transfer(self, meeting: Meeting, template: Template) -> Document:
        """Of the transfer that goes on, the one that was put down last."""
        from panelkit.documents import compose
        from panelkit.domain.transfers import open_transfers

        found = open_transfers(meeting)
        if not found:
            msg = f"{meeting.ref} has no transfer that goes on."
            raise Refused(msg, remedy="It is put down at A15.")
        return compose.compose_transfer(
            meeting, self.area, template, found[-1], today=self.clock().date()
        )

    def status(self, meeting: Meeting, facts: Sequence[Fact]) -> str:
        """What the footer says: DRAFT, APPROVED, ISSUED or AMENDED."""
        if meeting.state is MeetingState.ISSUED and last(facts, Happened.AMENDED):
            return "AMENDED"
        return STATUS.get(meeting.state, "DRAFT")

    def version(self, meeting: Meeting, facts: Sequence[Fact]) -> int:
        """Which version this is: the first until an amended one was issued."""
        if meeting.state is not MeetingState.ISSUED:
            return 1
        return 1 + sum(fact.what == Happened.AMENDED for fact in facts)

    def _facts(self, meeting: Meeting) -> tuple[Fact, ...]:
        return self.record.facts(meeting.id) if self.record else ()

    def content_hash(self, meeting: Meeting) -> str:
        """Hash of the words of the full minutes.

        The section on approval and distribution, and addenda, are not part of it: they
        tell what is done with the minutes afterwards.
        """
        from panelkit.documents import tree

        document = self.compose(meeting, "full", facts=())
        kept = [s for s in document.sections if s.key not in ("distribution", "addenda")]
        words = [text for s in kept for block in s.blocks for text in tree.block_texts(block)]
        heads = [section.numbered_heading for section in kept]
        return hashlib.sha256("\x1f".join([*heads, *words]).encode()).hexdigest()

    def frozen(self, meeting: Meeting, name: str, facts: tuple[Fact, ...]) -> Frozen:
        """A document to be kept as it is issued, with what it was made from."""
        template = self.template(kind_called(name), meeting)
        return Frozen(
            kind=name, body=self.word(meeting, name, facts=facts), template_id=template.id,
            template_version=template.version, template_hash=template.sha256,
            status=self.status(meeting, facts), template=to_keep(template),
        )  # fmt: skip

    def text(self, meeting: Meeting, name: str = "full", *, copy: CopyFor | None = None) -> str:
        """The document as plain text."""
        from panelkit.documents import plain

        return plain.write(self.compose(meeting, name, copy=copy))

    def word(
        self,
        meeting: Meeting,
        name: str = "full",
        *,
        facts: tuple[Fact, ...] | None = None,
        copy: CopyFor | None = None,
    ) -> bytes:
        """The document as Word."""
        from panelkit.documents import word

        house = self.template(kind_called(name), meeting).house
        tree = self.compose(meeting, name, facts=facts, copy=copy)
        return word.write(tree, house, now=self.clock())

    def write(
        self, meeting: Meeting, name: str, folder: Path, *, path: Path | None = None,
        copy: CopyFor | None = None, password: str = "",
    ) -> Written:  # fmt: skip
        """The Word file, written whole or not at all; says where it is.

        Minutes of the record are remembered, so that an edited draft can be taken back; a
        file that was edited since it was written there is kept, and this one goes beside it.
        Raises CannotWrite with what to do. The file name holds no person's name.
        """
        from panelkit.documents import compose, files, word

        version = self.version(meeting, self._facts(meeting))
        target = path or folder / compose.file_name(meeting, name, version)
        if path is None:
            make_folder(folder)
        if self.record is None or name != "full" or copy is not None or password:
            body = self.word(meeting, name, copy=copy)
            if password:
                from panelkit.documents.protect import protected

                body = protected(body, password)
            return files.write_file(target, body)
        document = self.compose(meeting, name)
        drafts = Drafts(self.record, self.clock, self.who)
        free = drafts.free_name(meeting, target)
        draft_id = new_draft_id()
        if document.draft:
            document = dataclasses.replace(document, draft_id=draft_id)
        house = self.template(kind_called(name), meeting).house
        content = word.write(document, house, now=self.clock())
        done = files.write_file(free, content)
        drafts.remember(meeting, name, version, document, house, draft_id, content, done.path)
        return dataclasses.replace(done, asked=target, edited=free != target)

    def written(self, meeting: Meeting) -> tuple[Draft, ...]:
        """Files of the meeting's minutes that were written, oldest first."""
        return self.record.written(meeting.id) if self.record else ()

    def write_all(
        self, meeting: Meeting, name: str, folder: Path, *, path: Path | None = None,
        copy: CopyFor | None = None, password: str = "",
    ) -> tuple[Written, ...]:  # fmt: skip
        """Every file of a kind: one, or one for each organisation that has something to do.

        Raises as :meth:`write` does, and Refused where there is nothing to write.
        """
        kind = kind_called(name)
        if kind.many:
            return self._write_own_actions(meeting, folder if path is None else path.parent)
        if kind.answers_request:
            from panelkit.services.answering import Answering

            return (Answering(self).write_latest(meeting, name, folder, path=path),)
        if kind.extension == "ics":
            from panelkit.documents import calendar
            from panelkit.domain.occasion import next_occasion

            to_come = next_occasion(meeting, self.area)
            body = calendar.write(to_come, self.template(kind, meeting), now=self.clock())
            return (self.put(meeting, kind, body, folder, path=path),)
        return (self.write(meeting, name, folder, path=path, copy=copy, password=password),)

    def _write_own_actions(self, meeting: Meeting, folder: Path) -> tuple[Written, ...]:
        from panelkit.documents import compose, word

        kind = kind_called("own_actions")
        template, version = (
            self.template(kind, meeting),
            self.version(meeting, self._facts(meeting)),
        )
        owners = compose.action_owners(meeting)
        if not owners:
            msg = f"No organisation has an action in {meeting.ref}."
            raise Refused(msg, remedy="Actions are set with their organisation at A16.")
        written: list[Written] = []
        for owner, copy_for in zip(owners, compose.file_endings(owners), strict=True):
            document = compose.compose_own_actions(
                meeting, self.area, template, owner,
                status=STATUS.get(meeting.state, "DRAFT"), version=version,
            )  # fmt: skip
            body = word.write(self.with_head(document), template.house, now=self.clock())
            done = self.put(meeting, kind, body, folder, version=version, copy_for=copy_for)
            written.append(done)
        return tuple(written)

    def put(
        self, meeting: Meeting, kind: DocumentKind, body: bytes, folder: Path, *,
        path: Path | None = None, version: int = 0, copy_for: str = "",
    ) -> Written:  # fmt: skip
        """Finished bytes as a file of this meeting. Raises CannotWrite."""
        from panelkit.documents import compose, files

        name = compose.file_name(
            meeting, kind.id, version or self.version(meeting, self._facts(meeting)),
            copy_for=copy_for, extension=kind.extension,
        )  # fmt: skip
        if path is None:
            make_folder(folder)
        return files.write_file(path or folder / name, body)

    def needs_record(self) -> Record:
        """The record. Raises Refused where there is only a pack."""
        if self.record is None:
            msg = "Minutes are approved and issued in a record, not in a pack."
            raise Refused(msg, remedy="Import the pack first.")
        return self.record


def make_folder(folder: Path) -> None:
    """The folder documents go to, private, made where it is missing.

    Raises CannotWrite with what to do where it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as failed:
        msg = f"The folder {folder} cannot be made: {failed.strerror or 'no right to'}."
        raise CannotWrite(msg, remedy="Choose a folder of your own.") from failed
