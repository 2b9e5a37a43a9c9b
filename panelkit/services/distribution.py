"""Copies of issued minutes: who has one, written per recipient, registered. Nothing is sent.

The person at the desk sends the files; the register then says when and how.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.domain import entries as e
from panelkit.domain import minutes as m
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Fact, Happened
from panelkit.domain.people import Act
from panelkit.domain.sharing import OnList, distribution_list, held_back
from panelkit.domain.timescales import add_working_days
from panelkit.domain.vocabulary import MeetingState, YesNo
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.minute_taking import CopyFor, MinuteTaking, make_folder
from panelkit.store.record import Copy

if TYPE_CHECKING:
    from panelkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Distributed:
    """What was written."""

    copies: tuple[Copy, ...]
    files: tuple[Path, ...]
    note: Path
    without: tuple[OnList, ...]
    """Who has none, and why."""


@acting(
    Act.ISSUE,
    listed=Act.READ,
    register=Act.READ,
    withheld=Act.READ,
    covering_note=Act.READ,
    copy_for=Act.READ,
    approve=Act.CLOSE,
)
class Distribution:
    """Who gets a copy, and what each holds."""

    def __init__(self, taking: MinuteTaking) -> None:
        """``taking`` composes the documents, over the same record, area, clock and person."""
        self.taking = taking

    @property
    def record(self) -> Record:
        """The record. Raises Refused for a pack that is not imported."""
        return self.taking.needs_record()

    def listed(self, meeting: Meeting) -> tuple[OnList, ...]:
        """Everybody considered for a copy."""
        return distribution_list(meeting)

    def register(self, meeting: Meeting) -> tuple[Copy, ...]:
        """Every copy that was written."""
        return self.record.register(meeting.id)

    def withheld(self, meeting: Meeting, organisation: str) -> int:
        """How many restricted items a copy for ``organisation`` does not say."""
        return held_back(meeting, organisation).count

    def approve(
        self, meeting: Meeting, name: str, organisation: str, reason: str, *, method: str = ""
    ) -> Meeting:
        """The chair approves a copy for somebody outside, with a reason that prints.

        Raises Refused for anybody but the chair, and without a reason.
        """
        if not m.is_chair(meeting, self.taking.who):
            msg = f"Only the chair of {meeting.ref} approves a copy for somebody outside."
            raise Refused(msg, remedy="Say who you are with --as, or ask the chair.")
        if not reason.strip() or not organisation.strip():
            raise Refused("Say for which organisation the copy is, and why it has one.")
        by = self.taking.by()
        said = {
            "approved": YesNo.YES, "reason": reason, "approved_by": by.name,
            **({"method": method} if method else {}),
        }  # fmt: skip
        there = next(
            (r for r in meeting.live(e.Recipient) if (r.name, r.organisation) == (name, organisation)),
            None,
        )  # fmt: skip
        if there:
            after = meeting.change(e.Recipient, there.id, by, **said)
        else:
            row = e.Recipient(id=new_id(), name=name, organisation=organisation)
            after = meeting.add(dataclasses.replace(row, **said), by)  # type: ignore[arg-type]
        self.record.save(meeting, after, by, command=new_id())
        return after

    def copy_for(self, meeting: Meeting, organisation: str) -> CopyFor:
        """A copy for an organisation on the list. Raises NotFound, Refused with why not."""
        wanted = organisation.strip().casefold()
        mine = [r for r in self.listed(meeting) if r.organisation.strip().casefold() == wanted]
        if not mine:
            msg = f"That organisation is not on the distribution list of {meeting.ref}."
            raise NotFound(msg, remedy="The chair approves a copy for somebody outside.")
        if all(r.no_copy for r in mine):
            raise Refused(f"No copy: {mine[0].no_copy}.")
        return CopyFor(mine[0].organisation)

    def write(self, meeting: Meeting, folder: Path, *, password: str = "") -> Distributed:
        """A copy for each recipient, a covering note, and the register. Nothing is sent.

        The register is written first: a copy that it names and that could not be written is
        written again, under the same number. Raises Refused unless issued, CannotWrite.
        """
        from panelkit.documents import compose, files
        from panelkit.documents.protect import protected

        if meeting.state is not MeetingState.ISSUED:
            msg = f"{meeting.ref} is {meeting.state.label}."
            raise Refused(msg, remedy="Copies are written once the minutes are issued.")
        if m.unissued(meeting):
            msg = f"An amendment of {meeting.ref} is decided and not issued."
            raise Refused(msg, remedy="Issue the amended version first.")
        facts = self.record.facts(meeting.id)
        version = self.taking.version(meeting, facts)
        self._must_be_as_issued(meeting, facts)
        listed = self.listed(meeting)
        known = {
            (c.name, c.organisation): c for c in self.register(meeting) if c.version == version
        }
        number = max((c.copy_number for c in known.values()), default=0)
        copies, bodies = [], []
        for row in listed:
            if row.no_copy:
                continue
            old = known.get((row.name, row.organisation))
            if old is None:
                number += 1
            mine = old.copy_number if old else number
            to = CopyFor(row.organisation, row.name, mine)
            body = self.taking.word(meeting, facts=facts, copy=to)
            copies.append(
                self._copy(meeting, row, version, mine, body, old, protect=bool(password))
            )
            bodies.append(protected(body, password) if password else body)
        make_folder(folder)
        by = self.taking.by()
        fact = Fact(
            what=Happened.DISTRIBUTED, who=by.name, at=by.at, reason=f"version {version}: {len(copies)} copies"
        )  # fmt: skip
        self.record.register_copies(meeting.id, copies, by, fact=fact, command=new_id())
        written = [
            files.write_file(folder / copy.file, body).path
            for copy, body in zip(copies, bodies, strict=True)
        ]
        stem = compose.file_stem(meeting, version)
        note = files.write_file(
            folder / f"{stem}_covering_note.txt",
            self.covering_note(meeting, version, protected=bool(password)).encode(),
        )
        without = tuple(row for row in listed if row.no_copy)
        return Distributed(tuple(copies), tuple(written), note.path, without)

    def _must_be_as_issued(self, meeting: Meeting, facts: tuple[Fact, ...]) -> None:
        issued = m.last(facts, Happened.ISSUED, Happened.AMENDED)
        if (
            issued
            and issued.content_hash
            and issued.content_hash != self.taking.content_hash(meeting)
        ):
            msg = f"What would be written for {meeting.ref} is not the text that was issued."
            raise Refused(msg, remedy="Use the area file and the program it was issued with.")

    def _copy(
        self, meeting: Meeting, row: OnList, version: int, number: int, body: bytes,
        old: Copy | None, *, protect: bool,
    ) -> Copy:  # fmt: skip
        from panelkit.documents import compose

        by = self.taking.by()
        stem = compose.file_stem(meeting, version)
        fresh = Copy(
            id=new_id(), meeting_id=meeting.id, version=version, copy_number=number,
            name=row.name, organisation=row.organisation,
        )  # fmt: skip
        return dataclasses.replace(
            old or fresh,
            method=row.method or (old.method if old else ""), file=f"{stem}_copy{number}.docx",
            sha256=hashlib.sha256(body).hexdigest(), protected=protect,
            withheld=self.withheld(meeting, row.organisation),
            written_by=by.name, written_at=by.at, revision=old.revision + 1 if old else 1,
        )  # fmt: skip

    def sent(self, meeting: Meeting, copy_ids: tuple[str, ...], method: str) -> tuple[Copy, ...]:
        """A person sent these copies: how and when is kept. Raises Refused, NotFound."""
        if not method.strip():
            raise Refused("Say how it was sent: secure e-mail, portal, tracked post.")
        by = self.taking.by()
        known = {copy.id: copy for copy in self.register(meeting)}
        if any(copy_id not in known for copy_id in copy_ids):
            raise NotFound("That copy is not in the register.")
        marked = tuple(
            dataclasses.replace(
                known[copy_id], method=method, sent_by=by.name, sent_at=by.at,
                revision=known[copy_id].revision + 1,
            )
            for copy_id in copy_ids
        )  # fmt: skip
        numbers = ", ".join(str(copy.copy_number) for copy in marked)
        fact = Fact(what=Happened.SENT, who=by.name, at=by.at, reason=f"copy {numbers}: {method}")
        self.record.register_copies(meeting.id, marked, by, fact=fact, command=new_id())
        return marked

    def covering_note(self, meeting: Meeting, version: int, *, protected: bool) -> str:
        """What goes with each copy: references and rules, no name and nothing of the case."""
        area, facts = self.taking.area, self.record.facts(meeting.id)
        issued = m.last(facts, Happened.ISSUED)
        lines = [
            area.marking, area.name, "",
            f"MAPPA minutes {meeting.ref}, meeting of {long_date(meeting.held_on)}, version {version}",
        ]  # fmt: skip
        if version > 1:
            lines.append(
                "This version takes the place of the one before it; the changes are listed in it."
            )
        lines += ["", "Your numbered copy is attached. It is for you and your organisation."]
        lines.append("Where something is restricted to others, your copy says so.")
        if area.distribution_rule:
            lines += ["", area.distribution_rule]
        if issued and version == 1:
            days = area.figure("amendment_window_working_days")
            until = add_working_days(issued.day, days, area.calendar)
            lines += ["", f"Ask for corrections of fact by {long_date(until)}; the chair decides."]
        if protected:
            lines += ["", "The file has a password, which you are told by voice."]
        return "\n".join([*lines, "", "Send by secure e-mail or portal only.", ""])
