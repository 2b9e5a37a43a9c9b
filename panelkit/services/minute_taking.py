"""What a minute taker does: documents from the record, approval, issue.

Libraries that write Word are loaded when the first document is written, not before.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.area import Area
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.deadlines import deadlines
from panelkit.domain.errors import CannotWrite, NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.vocabulary import MeetingState, Stops
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.drafts import Drafts, new_draft_id
from panelkit.store.record import Draft, Record

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
)
"""Every document; a test writes each."""

STATUS: Final = {
    MeetingState.APPROVED: "APPROVED",
    MeetingState.ISSUED: "ISSUED",
}
"""What the footer says; anything else is a draft."""


def kind_called(name: str) -> DocumentKind:
    """The kind called ``name``. Raises NotFound with the names there are."""
    for kind in KINDS:
        if kind.id == name:
            return kind
    msg = f"There is no document called {name}."
    raise NotFound(msg, remedy="Choose " + ", ".join(kind.id for kind in KINDS) + ".")


class MinuteTaking:
    """The minute taker's verbs. ``record`` may be absent: packs are printed without one."""

    def __init__(
        self, record: Record | None, area: Area, clock: Clock, who: str, templates: Path
    ) -> None:
        """``templates`` is the folder of template folders."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who
        self.templates = templates
        self._loaded: dict[str, Template] = {}

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    # -- documents ---------------------------------------------------------------------

    def template(self, kind: DocumentKind) -> Template:
        """The template of a kind, read once. Raises BadInput for a broken one."""
        if kind.template not in self._loaded:
            from panelkit.documents.templates import load_template

            self._loaded[kind.template] = load_template(self.templates / kind.template)
        return self._loaded[kind.template]

    def compose(self, meeting: Meeting, name: str = "full") -> Document:
        """The document as a typed tree."""
        from panelkit.documents import compose

        kind = kind_called(name)
        status = STATUS.get(meeting.state, "DRAFT")
        template, version = self.template(kind), self._version(meeting, name)
        if name == "actions":
            return compose.compose_actions(
                meeting, self.area, template, status=status, version=version
            )
        if name == "agenda":
            return compose.compose_agenda(meeting, self.area, template, version=version)
        return compose.compose_minutes(
            meeting,
            self.area,
            template,
            status=status,
            version=version,
            gaps=completeness(meeting, self.area),
            deadlines=deadlines(meeting, self.area),
            history=self._history(meeting),
        )

    def _version(self, meeting: Meeting, name: str) -> int:
        issued = self.record.issued_count(meeting.id, name) if self.record else 0
        return max(issued, 1) if meeting.state is MeetingState.ISSUED else issued + 1

    def _history(self, meeting: Meeting) -> tuple[tuple[str, str, str], ...]:
        return self.record.life(meeting.id) if self.record else ()

    def text(self, meeting: Meeting, name: str = "full") -> str:
        """The document as plain text."""
        from panelkit.documents import plain

        return plain.write(self.compose(meeting, name))

    def word(self, meeting: Meeting, name: str = "full") -> bytes:
        """The document as Word."""
        from panelkit.documents import word

        house = self.template(kind_called(name)).house
        return word.write(self.compose(meeting, name), house, now=self.clock())

    def write(
        self, meeting: Meeting, name: str, folder: Path, *, path: Path | None = None
    ) -> Written:
        """The Word file, written whole or not at all; says where it is.

        Minutes of the record are remembered, so that an edited draft can be taken back; a
        file that was edited since it was written there is kept, and this one goes beside it.
        Raises CannotWrite with what to do. The file name holds no person's name.
        """
        from panelkit.documents import compose, files, word

        version = self._version(meeting, name)
        target = path or folder / compose.file_name(meeting, name, version)
        if path is None:
            make_folder(folder)
        if self.record is None or name != "full":
            return files.write_file(target, self.word(meeting, name))
        document = self.compose(meeting, name)
        drafts = Drafts(self.record, self.clock, self.who)
        free = drafts.free_name(meeting, target)
        draft_id = new_draft_id()
        if document.draft:
            document = dataclasses.replace(document, draft_id=draft_id)
        house = self.template(kind_called(name)).house
        content = word.write(document, house, now=self.clock())
        done = files.write_file(free, content)
        drafts.remember(meeting, name, version, document, draft_id, content, done.path)
        return dataclasses.replace(done, asked=target, edited=free != target)

    def written(self, meeting: Meeting) -> tuple[Draft, ...]:
        """Files of the meeting's minutes that were written, oldest first."""
        return self.record.written(meeting.id) if self.record else ()

    # -- the life of the minutes -------------------------------------------------------

    def approve(self, meeting: Meeting) -> Meeting:
        """The chair approves. Raises Refused while anything stops approval."""
        if meeting.state is not MeetingState.CLOSED:
            msg = f"{meeting.ref} is {meeting.state.label}."
            raise Refused(msg, remedy="Close the meeting first.")
        gaps = completeness(meeting, self.area)
        owed = stopping(gaps, Stops.CLOSING) + stopping(gaps, Stops.APPROVAL)
        if owed:
            msg = f"{len(owed)} {'thing is' if len(owed) == 1 else 'things are'} still to be written up in {meeting.ref}."
            raise Refused(msg, remedy=f"See panelkit check {meeting.ref}.")
        return self._to(meeting, MeetingState.APPROVED, "approved")

    def issue(self, meeting: Meeting, *, edited_known: bool = False) -> Meeting:
        """The minutes and the action schedule issued: the files as sent are kept, frozen.

        Raises Refused where a file was edited since it was written and its changes were not
        gone through; ``edited_known`` says that a person was asked and goes on.
        """
        if meeting.state is not MeetingState.APPROVED:
            msg = f"{meeting.ref} is {meeting.state.label}."
            raise Refused(msg, remedy="The chair approves the minutes first.")
        if not edited_known:
            Drafts(self._record(), self.clock, self.who).must_be_known(meeting)
        issued = self._to(meeting, MeetingState.ISSUED, "issued")
        record = self._record()
        for kind in ("full", "actions"):
            record.keep_issued(
                issued,
                kind,
                self.word(issued, kind),
                self.template(kind_called(kind)).sha256,
                self.by(),
            )
        return issued

    def _to(self, meeting: Meeting, state: MeetingState, fact: str) -> Meeting:
        after = meeting.with_facts(state=state)
        record = self._record()
        record.save(meeting, after, self.by(), command=new_id())
        record.note_life(after.id, fact, self.by())
        return after

    def _record(self) -> Record:
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
