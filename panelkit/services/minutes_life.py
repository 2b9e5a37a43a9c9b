"""The life of minutes, verb by verb: to the chair, commented, returned, approved, issued, amended.

Each verb checks the stage, writes the fact and everything that goes with it in one
transaction, and returns the meeting as it is then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from panelkit.domain import amending
from panelkit.domain import entries as e
from panelkit.domain import minutes as m
from panelkit.domain.area import Area
from panelkit.domain.completeness import Gap, completeness, stopping
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.minutes import Fact, Happened, Stage
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import (
    HELD,
    AmendmentOutcome,
    MeetingState,
    MinutesAgreed,
    Stops,
    YesNo,
)
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import room_time
from panelkit.services.drafts import Drafts

if TYPE_CHECKING:
    from panelkit.services.minute_taking import MinuteTaking
    from panelkit.store.record import Record


@acting(
    Act.ISSUE,
    facts=Act.READ,
    following=Act.READ,
    stage=Act.READ,
    waiting=Act.READ,
    steps=Act.READ,
    clocks=Act.READ,
    owed=Act.READ,
    approve=Act.CLOSE,
    must_be_approvable=Act.CLOSE,
    withdraw_approval=Act.CLOSE,
    give_back=Act.CLOSE,
    comment=Act.CLOSE,
    decide_amendment=Act.CLOSE,
    agree=Act.CLOSE,
    send_to_chair=Act.DRAFT,
    numbered=Act.DRAFT,
    settle=Act.DRAFT,
)
class MinutesLife:
    """What chair and minute taker do with minutes once the meeting has closed."""

    def __init__(self, taking: MinuteTaking) -> None:
        """``taking`` composes the documents, over the same record, area, clock and person."""
        self.taking = taking

    @property
    def record(self) -> Record:
        """The record. Raises Refused for a pack that is not imported."""
        return self.taking.needs_record()

    @property
    def area(self) -> Area:
        """The area whose figures and wording hold."""
        return self.taking.area

    def by(self) -> By:
        """Who acts, now."""
        return self.taking.by()

    def today(self) -> date:
        """The date on the room's clock."""
        return room_time(self.taking.clock()).date()

    # -- reading -----------------------------------------------------------------------

    def facts(self, meeting: Meeting) -> tuple[Fact, ...]:
        """What happened to the minutes, in order."""
        return self.record.facts(meeting.id)

    def following(self, meeting: Meeting) -> Meeting | None:
        """The next meeting of the case, if there is one."""
        return self.record.find(f"{meeting.case.ref}-{meeting.number + 1}")

    def stage(self, meeting: Meeting) -> Stage:
        """Where the minutes are."""
        return m.stage(meeting, self.facts(meeting), self.following(meeting))

    def waiting(self, meeting: Meeting) -> m.Waiting:
        """On whom they wait, since when."""
        return m.waiting_on(meeting, self.facts(meeting), self.following(meeting))

    def steps(self, meeting: Meeting) -> tuple[m.Step, ...]:
        """What may be done next."""
        return m.next_steps(meeting, self.facts(meeting), self.following(meeting))

    def clocks(self, meeting: Meeting) -> tuple[m.Running, ...]:
        """The clocks, in working days."""
        return m.clocks(meeting, self.area, self.facts(meeting), self.today())

    def owed(self, meeting: Meeting) -> tuple[Gap, ...]:
        """Gaps that stop approval."""
        gaps = completeness(meeting, self.area)
        return stopping(gaps, Stops.CLOSING) + stopping(gaps, Stops.APPROVAL)

    # -- draft and review ----------------------------------------------------------------

    def send_to_chair(self, meeting: Meeting) -> Meeting:
        """The draft is with the chair. Raises Refused unless it is a draft."""
        self._must_be(meeting, Stage.DRAFT)
        return self._happened(meeting, meeting, Happened.SENT_TO_CHAIR)

    def comment(self, meeting: Meeting, section: str, text: str) -> Meeting:
        """A comment on a section, to be settled. Raises Refused for an empty one."""
        self._must_be(meeting, Stage.DRAFT, Stage.CHAIR_REVIEW)
        if not text.strip():
            raise Refused("A comment has words.")
        row = e.Comment(id=new_id(), section=section, text=text)
        return self._save(meeting, meeting.add(row, self.by()))

    def numbered(self, meeting: Meeting, number: int) -> e.Comment:
        """The comment on the draft that has this number, to settle it. Raises NotFound."""
        found = next((c for c in meeting.live(e.Comment) if c.number == number), None)
        if found is None:
            msg = f"There is no comment {number} on the draft of {meeting.ref}."
            raise NotFound(msg, remedy=f"See panelkit draft show {meeting.ref}.")
        return found

    def settle(self, meeting: Meeting, comment_id: str, answer: str = "") -> Meeting:
        """A comment settled, with an answer where one was given."""
        self._must_be(meeting, Stage.DRAFT, Stage.CHAIR_REVIEW)
        changes: dict[str, object] = {"settled": YesNo.YES}
        if answer.strip():
            changes["answer"] = answer
        return self._save(meeting, meeting.change(e.Comment, comment_id, self.by(), **changes))

    def give_back(self, meeting: Meeting, reason: str = "") -> Meeting:
        """Returned to the minute taker. Raises Refused without a comment or a reason."""
        self._must_be(meeting, Stage.CHAIR_REVIEW)
        self._must_chair(meeting, "returns the draft")
        if not reason.strip() and not m.open_comments(meeting):
            raise Refused("Say what is to be changed: comment on a section, or give a reason.")
        return self._happened(meeting, meeting, Happened.RETURNED, reason)

    # -- approval and issue ----------------------------------------------------------------

    def approve(self, meeting: Meeting, confirmed: Sequence[str], reason: str = "") -> Meeting:
        """The chair approves and the text is frozen: its hash is kept.

        ``confirmed`` are the statements of the attestation, each confirmed. ``reason``
        prints, and is needed while anything that stops approval is left. Raises Refused.
        """
        owed = self.must_be_approvable(meeting, reason)
        missing = [said for said in self.area.attestation if said not in confirmed]
        if missing:
            count = len(missing)
            msg = f"{count} statement{'' if count == 1 else 's'} of the approval not confirmed."
            raise Refused(msg, remedy="Confirm each, or return the draft.")
        after = meeting.with_facts(state=MeetingState.APPROVED)
        by = self.by()
        said = f"With {len(owed)} not written up: {reason.strip()}" if owed else reason.strip()
        attested = [
            Fact(what=Happened.ATTESTED, who=by.name, at=by.at, reason=line)
            for line in self.area.attestation
        ]
        approved = Fact(
            what=Happened.APPROVED, who=by.name, at=by.at, reason=said,
            content_hash=self.taking.content_hash(after),
        )  # fmt: skip
        return self._advance(meeting, after, [*attested, approved])

    def must_be_approvable(self, meeting: Meeting, reason: str = "") -> tuple[Gap, ...]:
        """What is still to be written up, where all but the statements allows the approval.

        Raises Refused: before anybody is asked to confirm a statement.
        """
        if meeting.state is not MeetingState.CLOSED:
            msg = f"{meeting.ref} is {meeting.state.label}."
            raise Refused(msg, remedy="Minutes of a closed meeting are approved.")
        self._must_be(meeting, Stage.CHAIR_REVIEW)
        self._must_chair(meeting, "approves the minutes")
        both = len(self.record.disagreements(meeting.id))
        if both:
            msg = f"Two desks wrote differently in {both} of the places of {meeting.ref}."
            raise Refused(msg, remedy="Choose between the texts first, on the hand-over screen.")
        owed = self.owed(meeting)
        if owed and not reason.strip():
            count = len(owed)
            msg = f"{count} {'thing is' if count == 1 else 'things are'} still to be written up in {meeting.ref}."
            raise Refused(msg, remedy="Approve with a reason, which prints, or return the draft.")
        return owed

    def withdraw_approval(self, meeting: Meeting, reason: str) -> Meeting:
        """Approved and not issued: the chair takes the draft back, with a reason."""
        self._must_be(meeting, Stage.APPROVED)
        self._must_chair(meeting, "withdraws the approval")
        if not reason.strip():
            raise Refused("Say why the approval is withdrawn.")
        after = meeting.with_facts(state=MeetingState.CLOSED)
        return self._happened(meeting, after, Happened.APPROVAL_WITHDRAWN, reason)

    def issue(self, meeting: Meeting, *, edited_known: bool = False) -> Meeting:
        """Minutes and action schedule issued: the files are kept as they are, frozen.

        Raises Refused unless approved, where the text is not the one that was approved, and
        where a file was edited since it was written and its changes were not gone through;
        ``edited_known`` says that a person was asked and goes on.
        """
        if meeting.state is not MeetingState.APPROVED:
            msg = f"{meeting.ref} is {meeting.state.label}."
            raise Refused(msg, remedy="The chair approves the minutes first.")
        approved = m.last(self.facts(meeting), Happened.APPROVED)
        now = self.taking.content_hash(meeting)
        if approved and approved.content_hash and approved.content_hash != now:
            msg = f"The text of {meeting.ref} is not the one that was approved."
            raise Refused(msg, remedy="The chair withdraws the approval and approves it again.")
        if not edited_known:
            Drafts(self.taking.needs_record(), self.taking.clock, self.taking.who).must_be_known(
                meeting
            )
        after = meeting.with_facts(state=MeetingState.ISSUED)
        return self._freeze(meeting, after, Happened.ISSUED)

    # -- amendment ---------------------------------------------------------------------------

    def ask_amendment(self, meeting: Meeting, place: str, now: str, asked_by: str) -> Meeting:
        """Somebody asks for other words at a place of issued minutes. Raises Refused, NotFound."""
        if meeting.state is not MeetingState.ISSUED:
            raise Refused(f"The minutes of {meeting.ref} are not issued: change the draft.")
        here = amending.place_at(meeting, place)
        if not asked_by.strip():
            raise Refused("Say who asks for the amendment.")
        if now == here.text:
            raise Refused("Nothing was changed.")
        if any(a.place == place for a in m.undecided(meeting)):
            raise Refused("An amendment of those words waits for the chair already.")
        row = e.Amendment(
            id=new_id(), section=f"{here.section}: {here.label}", place=place, was=here.text,
            now=now, asked_by=asked_by, asked_on=self.today(),
        )  # fmt: skip
        return self._save(meeting, meeting.add(row, self.by()))

    def decide_amendment(
        self, meeting: Meeting, amendment_id: str, *, agreed: bool, reason: str = ""
    ) -> Meeting:
        """The chair agrees, and the record says so from now on; or it is noted, with a reason."""
        self._must_chair(meeting, "decides an amendment")
        row = meeting.entry(e.Amendment, amendment_id)
        if row.outcome:
            raise Refused(f"Amendment {row.number} is decided.")
        if not agreed and not reason.strip():
            raise Refused("Say why it is not agreed: the dispute and the reason are printed.")
        by = self.by()
        outcome = AmendmentOutcome.AGREED if agreed else AmendmentOutcome.DISPUTED
        after = meeting.change(
            e.Amendment, amendment_id, by,
            outcome=outcome, decided_by=by.name, decided_on=self.today(), reason=reason,
        )  # fmt: skip
        if agreed:
            after = amending.amended(after, after.entry(e.Amendment, amendment_id), by)
        what = Happened.AMENDMENT_AGREED if agreed else Happened.AMENDMENT_DISPUTED
        fact = Fact(what=what, who=by.name, at=by.at, reason=reason, about=amendment_id)
        return self._advance(meeting, after, [fact])

    def issue_amended(self, meeting: Meeting) -> Meeting:
        """The next version, with its change list; what was issued before stays as it is.

        Agreed changes are put to A4 of the next meeting where it is opened and not closed.
        """
        changed = m.unissued(meeting)
        if meeting.state is not MeetingState.ISSUED or not changed:
            raise Refused(f"No amendment of {meeting.ref} waits to be issued.")
        if m.undecided(meeting):
            raise Refused("An amendment still waits for the chair.")
        version = self.taking.version(meeting, self.facts(meeting)) + 1
        after = meeting
        for row in changed:
            after = after.change(e.Amendment, row.id, self.by(), version=version)
        done = self._freeze(meeting, after, Happened.AMENDED)
        following = self.following(done)
        if following is not None and following.state not in HELD:
            self._save(following, amending_at_a4(following, done, self.by()))
        return done

    def agree(self, meeting: Meeting, how: MinutesAgreed) -> Meeting:
        """At A4 of ``meeting``, the minutes of the one before are agreed."""
        by = self.by()
        return self._save(meeting, meeting.answer("A4", "previous_minutes_agreed", str(how), by))

    # -- how it is done ------------------------------------------------------------------------

    def _must_be(self, meeting: Meeting, *stages: Stage) -> None:
        now = self.stage(meeting)
        if now not in stages:
            wanted = " or ".join(stage.label.lower() for stage in stages)
            msg = f"The minutes of {meeting.ref} are at the stage: {now.label.lower()}."
            raise Refused(msg, remedy=f"This is done at the stage: {wanted}.")

    def _must_chair(self, meeting: Meeting, does: str) -> None:
        if not m.is_chair(meeting, self.taking.who):
            msg = f"Only the chair of {meeting.ref} {does}."
            raise Refused(msg, remedy="Say who you are with --as, or ask the chair.")

    def _happened(
        self, before: Meeting, after: Meeting, what: Happened, reason: str = ""
    ) -> Meeting:
        by = self.by()
        fact = Fact(what=what, who=by.name, at=by.at, reason=reason)
        return self._advance(before, after, [fact])

    def _save(self, before: Meeting, after: Meeting) -> Meeting:
        if after is not before:
            self.record.save(before, after, self.by(), command=new_id())
        return after

    def _advance(self, before: Meeting, after: Meeting, facts: list[Fact]) -> Meeting:
        self.record.advance(before, after, self.by(), facts=facts, command=new_id())
        return after

    def _freeze(self, before: Meeting, after: Meeting, what: Happened) -> Meeting:
        by = self.by()
        fact = Fact(what=what, who=by.name, at=by.at, content_hash=self.taking.content_hash(after))
        facts = (*self.facts(before), fact)
        files = [self.taking.frozen(after, kind, facts) for kind in ("full", "actions")]
        self.record.advance(before, after, by, facts=[fact], documents=files, command=new_id())
        return after


def amending_at_a4(following: Meeting, issued: Meeting, by: By) -> Meeting:
    """The next meeting with each agreed amendment at A4, once; restricted words stay out."""
    known = {row.id for row in following.of(e.Correction)}
    for row in m.agreed_amendments(issued):
        made = f"a4-{row.id}"
        if not row.version or made in known:
            continue
        was, now = amending.what_changed(row.was, row.now)
        if _is_restricted(issued, row):
            was = now = f"Restricted: see version {row.version} of the minutes of {issued.ref}."
        where = f"{row.section} (version {row.version})"
        following = following.add(e.Correction(id=made, where=where, was=was, now=now), by)
    return following


def _is_restricted(meeting: Meeting, amendment: e.Amendment) -> bool:
    from panelkit.domain.sharing import held_back

    nobody = held_back(meeting, "\x00")
    return amendment.id in nobody.entries


def everything_confirmed(area: Area) -> tuple[str, ...]:
    """Every statement of the attestation, for somebody who was shown each."""
    return tuple(area.attestation)
