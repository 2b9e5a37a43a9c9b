"""Answering requests from outside: log, words for the summary, check, approval, issue, letter.

A summary leaves the program in one way only: logged, checked by a person, approved by the
chair, issued and kept frozen. The full minutes cannot be reached from here.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.redaction import Shared, sensitive_texts, shared
from panelkit.domain.request_words import RequestOutcome
from panelkit.domain.requests import (
    FORM,
    NEEDED_FOR_REPLY,
    Request,
    missing,
    prefilled,
    read,
    suggested_due,
)
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import HELD, MeetingRole
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.choosing import to_keep

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.tree import Document
    from panelkit.services.minute_taking import DocumentKind, MinuteTaking
    from panelkit.store.record import Record

_UNCHECKED: dict[str, Any] = {
    "checked_by": "", "checked_at": None, "checked_hash": "", "confirmed": "",
    "approved_by": "", "approved_at": None,
}  # fmt: skip


@acting(Act.ANSWER, requests=Act.READ, approve=Act.CLOSE)
class Answering:
    """The verbs of whoever answers requests for minutes."""

    def __init__(self, taking: MinuteTaking) -> None:
        """``taking`` lends its record, area, clock and templates."""
        self.taking = taking

    @property
    def record(self) -> Record:
        """The record. Raises Refused for a pack, which has no log."""
        if self.taking.record is None:
            msg = "Requests are logged in a record, not in a pack."
            raise Refused(msg, remedy="Import the pack first.")
        return self.taking.record

    def by(self) -> By:
        """Who acts, now."""
        return self.taking.by()

    # -- the log -----------------------------------------------------------------------

    def requests(self, meeting: Meeting) -> tuple[Request, ...]:
        """Every request about a meeting, oldest first."""
        return self.record.requests(meeting.id)

    def log(self, meeting: Meeting) -> Request:
        """A new request, with first words from structured values. Raises Refused before closing."""
        if meeting.state not in HELD:
            msg = f"{meeting.ref} is {meeting.state.label}."
            raise Refused(msg, remedy="Requests are answered once the meeting is closed.")
        values = prefilled(meeting)
        request = Request(id=new_id(), meeting_id=meeting.id, **values)  # type: ignore[arg-type]
        return self.record.add_request(request, self.by(), command=new_id())

    def change(self, request: Request, texts: dict[str, str], *, visit: str = "") -> Request:
        """The request with these fields of its form; a change undoes the check and the approval.

        An answer's due date that is still blank is worked out where the basis has one. Raises
        BadInput for a value that cannot be read, Refused once the summary is issued.
        """
        if request.is_issued:
            msg = f"The summary of {request.ref} was issued."
            raise Refused(msg, remedy="Log a new request for another summary.")
        values = {key: read(key, gate(text).text) for key, text in texts.items()}
        if values.get("outcome", request.outcome) is RequestOutcome.SUMMARY:
            msg = "That outcome is recorded by issuing the summary."
            raise BadInput(msg)
        after = dataclasses.replace(request, **values)  # type: ignore[arg-type]
        if after.due_on is None:
            due = suggested_due(after, self.taking.area.calendar)
            after = dataclasses.replace(after, due_on=due)
        if after == request:
            return request
        if _prints(after) != _prints(request):
            after = dataclasses.replace(after, **_UNCHECKED)
        return self._save(request, after, visit)

    def _save(self, before: Request, after: Request, visit: str = "") -> Request:
        after = dataclasses.replace(after, revision=before.revision + 1)
        self.record.save_request(before, after, self.by(), command=new_id(), visit=visit)
        return after

    # -- the summary -------------------------------------------------------------------

    def preview(self, meeting: Meeting, request: Request) -> str:
        """The whole text as it would be issued."""
        from panelkit.documents import plain

        return plain.write(self._compose(meeting, request), width=92)

    def findings(self, meeting: Meeting, request: Request) -> tuple[Shared, ...]:
        """Names, places and runs of words that the summary shares with the record."""
        from panelkit.documents import compose

        # The name of whoever approves is printed on purpose, and is not there yet.
        unsigned = dataclasses.replace(request, **_UNCHECKED)
        return shared(compose.typed_texts(meeting, unsigned), sensitive_texts(meeting))

    def may_be_checked(self, meeting: Meeting, request: Request) -> None:
        """Raises Refused where no summary may be made for this request, or not yet."""
        from panelkit.documents import compose

        if request.is_issued or request.outcome is not None:
            msg = f"{request.ref} is answered already."
            raise Refused(msg, remedy="Clear its outcome, or log a new request.")
        if request.capacity is not None and not request.capacity.may_have_summary:
            msg = "A summary is not given to the public or the media."
            raise Refused(msg, remedy="Record a refusal as the outcome, and write the reply.")
        owed = missing(request)
        lacking = compose.may_say(meeting)
        if owed or lacking:
            msg = f"{request.ref} still lacks: {'; '.join((*owed, *lacking))}."
            raise Refused(msg, remedy="Write it first.")

    def check(self, meeting: Meeting, request: Request, confirmed: tuple[str, ...]) -> Request:
        """A person read the whole text and confirmed each finding.

        Raises Refused where something is still to be written, where the requester may not have
        a summary, and where a finding is not confirmed.
        """
        self.may_be_checked(meeting, request)
        left = [f.words for f in self.findings(meeting, request) if f.words not in confirmed]
        if left:
            msg = (
                f"{len(left)} of the words found {'is' if len(left) == 1 else 'are'} not confirmed."
            )
            raise Refused(msg, remedy="Confirm each, or change the words.")
        by = self.by()
        after = dataclasses.replace(
            request, checked_by=by.name, checked_at=by.at, confirmed="\n".join(confirmed),
            checked_hash=self._hash(meeting, request), approved_by="", approved_at=None,
        )  # fmt: skip
        return self._save(request, after)

    def approve(self, meeting: Meeting, request: Request, name: str) -> Request:
        """The chair of the meeting approves, by name. Raises Refused for anybody else."""
        self._must_be_checked(meeting, request)
        chair = meeting.role(MeetingRole.CHAIR)
        if chair is None or not chair.name.strip():
            msg = f"The record of {meeting.ref} names no chair."
            raise Refused(msg, remedy="Record who chaired at A1.")
        if name.strip().casefold() != chair.name.strip().casefold():
            msg = "Only the chair of the meeting approves a summary."
            raise Refused(msg, remedy="Give the chair's name as attendance has it.")
        after = dataclasses.replace(request, approved_by=chair.name, approved_at=self.by().at)
        return self._save(request, after)

    def issue(self, meeting: Meeting, request: Request) -> Request:
        """The summary issued: the file as sent is kept, frozen, and the request is answered.

        Raises Refused unless this very text was checked and approved.
        """
        from panelkit.documents import word

        self._must_be_checked(meeting, request)
        if not request.approved_by:
            msg = f"The chair has not approved the summary of {request.ref}."
            raise Refused(msg, remedy="Record the chair's approval first.")
        version = self.record.issued_count(meeting.id, "summary") + 1
        after = dataclasses.replace(
            request, outcome=RequestOutcome.SUMMARY, issued_version=version,
            revision=request.revision + 1,
        )  # fmt: skip
        template = self.taking.template(self._kind("summary"))
        body = word.write(self._compose(meeting, after), template.house, now=self.taking.clock())
        self.record.issue_request(
            request, after, body, self.by(), command=f"{request.id}:issued", status="ISSUED",
            template_id=template.id, template_version=template.version,
            template_hash=template.sha256, kept=to_keep(template),
        )  # fmt: skip
        return after

    def _compose(self, meeting: Meeting, request: Request) -> Document:
        from panelkit.documents import compose

        document = compose.compose_summary(
            meeting, self.taking.area, self.taking.template(self._kind("summary")), request,
            status="ISSUED" if request.is_issued else "DRAFT",
            version=request.issued_version or self.record.issued_count(meeting.id, "summary") + 1,
        )  # fmt: skip
        return self.taking.with_head(document)

    def _must_be_checked(self, meeting: Meeting, request: Request) -> None:
        self.may_be_checked(meeting, request)
        if not request.checked_hash:
            msg = f"The summary of {request.ref} was not checked."
            raise Refused(msg, remedy="A person reads and confirms it first.")
        if request.checked_hash != self._hash(meeting, request):
            msg = f"The summary of {request.ref} is not the text that was checked."
            raise Refused(msg, remedy="The record was changed meanwhile; check it again.")

    def _hash(self, meeting: Meeting, request: Request) -> str:
        """Over every line but who prepared and approved it, and over what it was checked against."""
        from panelkit.documents import compose

        digest = hashlib.sha256()
        for line, words in compose.shown(compose.picked(meeting, request)):
            if line.section != "approval":
                digest.update(f"{line.section}\x1f{line.label}\x1f{words}\x1e".encode())
        for found in self.findings(meeting, request):
            digest.update(f"{found.words}\x1e".encode())
        return digest.hexdigest()

    # -- files -------------------------------------------------------------------------

    def write_summary(self, meeting: Meeting, request: Request, folder: Path) -> Written:
        """The summary as it was issued. Raises Refused before that."""
        return self._put(meeting, request, "summary", self._issued_body(meeting, request), folder)

    def write_reply(self, meeting: Meeting, request: Request, folder: Path) -> Written:
        """The letter. Raises Refused while the log row has gaps or no outcome."""
        return self._put(meeting, request, "reply", self._reply_body(meeting, request), folder)

    def write_latest(
        self, meeting: Meeting, name: str, folder: Path, *, path: Path | None = None
    ) -> Written:
        """The summary or the reply of the last request that is answered."""
        request = self._latest(meeting, name)
        body = (
            self._issued_body(meeting, request)
            if name == "summary"
            else self._reply_body(meeting, request)
        )
        return self._put(meeting, request, name, body, folder, path=path)

    def latest(self, meeting: Meeting, name: str) -> Document:
        """The reply as a tree, for plain text.

        Raises Refused for a summary: composed again from the record as it is now, it would not
        be the text that was checked.
        """
        if name == "summary":
            msg = "An executive summary is the file that was issued."
            raise Refused(msg, remedy="Write it without --text.")
        return self.reply(meeting, self._latest(meeting, name))

    def reply(self, meeting: Meeting, request: Request) -> Document:
        """The letter as a tree. Raises Refused while the log row has gaps or no outcome."""
        from panelkit.documents import compose

        owed = missing(request, NEEDED_FOR_REPLY)
        if request.outcome is None or owed:
            owed = owed if request.outcome else (*owed, "Outcome")
            msg = f"{request.ref} still lacks: {'; '.join(owed)}."
            raise Refused(
                msg, remedy="A reply says what was decided: issue the summary, or record it."
            )
        return compose.compose_reply(
            meeting, self.taking.area, self.taking.template(self._kind("reply")), request,
            today=self.taking.clock().date(),
        )  # fmt: skip

    def _reply_body(self, meeting: Meeting, request: Request) -> bytes:
        from panelkit.documents import word

        house = self.taking.template(self._kind("reply")).house
        return word.write(self.reply(meeting, request), house, now=self.taking.clock())

    def _issued_body(self, meeting: Meeting, request: Request) -> bytes:
        for kept in self.record.issued(meeting.id):
            if kept.kind == "summary" and kept.version == request.issued_version:
                return self.record.issued_body(kept.id)
        msg = f"The summary of {request.ref} was not issued."
        raise Refused(msg, remedy="Check it, have it approved and issue it first.")

    def _put(
        self, meeting: Meeting, request: Request, name: str, body: bytes, folder: Path, *,
        path: Path | None = None,
    ) -> Written:  # fmt: skip
        version = request.issued_version or 1
        return self.taking.put(
            meeting,
            self._kind(name),
            body,
            folder,
            path=path,
            version=version,
            copy_for=request.ref,
        )

    def _latest(self, meeting: Meeting, name: str) -> Request:
        answered = [
            r for r in self.requests(meeting) if (r.is_issued if name == "summary" else r.outcome)
        ]
        if not answered:
            msg = f"No request about {meeting.ref} is answered."
            raise NotFound(msg, remedy="Requests are logged under Documents on screen.")
        return answered[-1]

    @staticmethod
    def _kind(name: str) -> DocumentKind:
        from panelkit.services.minute_taking import kind_called

        return kind_called(name)


def _prints(request: Request) -> tuple[object, ...]:
    """What of a request stands in its summary; where the reply goes, and the outcome, do not."""
    unprinted = ("outcome", "reply_to", "owner_agency", "due_on")
    return tuple(getattr(request, f.key) for f in FORM if f.key not in unprinted)
