"""Keeping cases and letting them go: review dates, holds, disposal by two, handing back.

    dispose = Disposing(record, clock, who)
    dispose.review("WM-0143", date(2032, 1, 1), "area schedule, row 14")
    dispose.propose("WM-0143", "past its review, nothing holds it")        # one person
    dispose.agree("WM-0143")                                               # another one

Nothing is deleted by itself, and nothing by one person. What leaves a tombstone is gone from the
record; copies of the record, and files that were written from it, are not touched and not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from panelkit.domain.disposal import (
    Disposal,
    DisposalKind,
    DisposalState,
    Retention,
    why_not_propose,
)
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.text import gate
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock, room_time
from panelkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Kept:
    """One case beside what is said of keeping it."""

    ref: str
    said: Retention
    is_due: bool
    """Whether its day of review has come."""


@acting(Act.DISPOSE, hand_back=Act.CARRY)
class Disposing:
    """What two people do together, and what one does before them."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    @property
    def _id(self) -> str:
        """Who it is: the person, or the claimed name where there are no passphrases."""
        return self.record.opened.person or " ".join(self.who.split()).casefold()

    def _today(self) -> date:
        return room_time(self.clock()).date()

    # -- keeping -------------------------------------------------------------------------------

    def kept(self) -> tuple[Kept, ...]:
        """Every case of which something is said, the next to be reviewed first."""
        today = self._today()
        return tuple(
            Kept(
                ref, said, said.review_on is not None and said.review_on <= today and not said.hold
            )
            for ref, said in self.record.retentions()
        )

    def review(self, case_ref: str, on: date, because: str) -> Retention:
        """Look at the case again on that day, and why then. Raises NotFound, BadInput."""
        if not because.strip():
            raise BadInput("Say why it is reviewed on that day.", remedy="With --reason.")
        return self._say(case_ref, review_on=on, because=gate(because).text.strip())

    def hold(self, case_ref: str, why: str) -> Retention:
        """Nothing of the case may go, whatever its review date. Raises NotFound, BadInput."""
        if not why.strip():
            raise BadInput("Say why the case is held.", remedy="With --reason.")
        at = self.clock()
        return self._say(case_ref, hold=gate(why).text.strip(), hold_by=self.who, hold_at=at)

    def release(self, case_ref: str) -> Retention:
        """The hold taken off. Raises NotFound, Refused where there is none."""
        said = self.record.retention(self.record.case(case_ref).id)
        if said is None or not said.hold:
            raise Refused(f"Nothing holds {case_ref}.")
        return self._say(case_ref, hold="", hold_by="", hold_at=None)

    def _say(self, case_ref: str, **changes: object) -> Retention:
        case = self.record.case(case_ref)
        before = self.record.retention(case.id)
        after = replace(before or Retention(case_id=case.id), **changes)  # type: ignore[arg-type]
        after = replace(after, revision=after.revision + 1)
        self.record.keep_retention(before, after, self._by(), command=new_id())
        return after

    # -- letting go, by two ----------------------------------------------------------------------

    def disposals(self) -> tuple[Disposal, ...]:
        """Proposed, withdrawn, and tombstones; oldest first."""
        return self.record.disposals()

    def proposed(self, case_ref: str) -> Disposal:
        """The disposal of a case that waits for a second person. Raises NotFound."""
        for found in reversed(self.record.disposals()):
            if found.case_ref == case_ref and found.state is DisposalState.PROPOSED:
                return found
        msg = f"No disposal of {case_ref} is proposed."
        raise NotFound(msg, remedy="Propose it with --reason.")

    def propose(self, case_ref: str, reason: str) -> Disposal:
        """The first of two. Raises Refused before the review date, on a hold, while a meeting is
        in progress or with another desk; BadInput without a reason; NotFound.
        """
        case = self.record.case(case_ref)
        if not reason.strip():
            raise BadInput("Say why it goes; without names, because the reason stays.")
        ids = self._may_go(case.id)
        if any(
            d.case_id == case.id and d.state is DisposalState.PROPOSED for d in self.disposals()
        ):
            raise Refused(f"The disposal of {case_ref} is proposed already.")
        proposed = Disposal(
            id=new_id(), case_id=case.id, case_ref=case_ref, kind=DisposalKind.DISPOSED,
            state=DisposalState.PROPOSED, reason=gate(reason).text.strip(), proposed_by=self.who,
            proposed_id=self._id, proposed_at=self.clock(), meeting_ids=ids,
        )  # fmt: skip
        self.record.keep_disposal(proposed, self._by(), new=True, command=new_id())
        return proposed

    def withdraw(self, case_ref: str) -> Disposal:
        """Not after all, by either of the two. Raises NotFound."""
        done = replace(self.proposed(case_ref), state=DisposalState.WITHDRAWN)
        self.record.keep_disposal(done, self._by(), new=False, command=new_id())
        return done

    def agree(self, case_ref: str) -> tuple[Disposal, bool]:
        """The second of two: the case is gone, and its tombstone stays.

        Also says whether nothing is left in the log beside the record; where not, it is once
        every other program has closed it. Raises Refused for whoever proposed it, NotFound.
        """
        proposed = self.proposed(case_ref)
        if self._id == proposed.proposed_id:
            msg = f"{proposed.proposed_by} proposed it: a disposal needs a second person."
            raise Refused(msg, remedy="Ask somebody else to agree.")
        ids = self._may_go(self.record.case(case_ref).id)
        agreed = replace(
            proposed, state=DisposalState.AGREED, agreed_by=self.who, agreed_id=self._id,
            agreed_at=self.clock(), meeting_ids=ids,
        )  # fmt: skip
        clean = self.record.dispose(agreed, self._by(), new=False, command=new_id())
        return replace(agreed, state=DisposalState.DONE), clean

    def _may_go(self, case_id: str) -> tuple[str, ...]:
        states = self.record.meetings_of_case(case_id)
        why = why_not_propose(
            self.record.retention(case_id), frozenset(states.values()), self._today()
        )
        if why:
            raise Refused(why, remedy="See panelkit dispose.")
        if self.record.receipts(case_id):
            msg = "A meeting of the case is with another desk."
            raise Refused(msg, remedy="Hand the case back, or wait until it is here.")
        return tuple(sorted(states))

    # -- handing back ----------------------------------------------------------------------------

    def hand_back(self, case_ref: str, receipts: Sequence[str]) -> tuple[Disposal, bool]:
        """A case whose work here is done, gone from this record: another desk has all of it.

        ``receipts`` are what that desk showed for each meeting that was handed to it. Raises
        Refused where a pen is here, where a receipt is missing, where a history, event or referral
        of it is here alone, or on a hold; NotFound.
        """
        case = self.record.case(case_ref)
        said = self.record.retention(case.id)
        if said is not None and said.hold:
            raise Refused(
                "A legal hold is on the case.", remedy="It is kept here until it is released."
            )
        states, wanted = self.record.meetings_of_case(case.id), self.record.receipts(case.id)
        refs = {s.id: s.ref for s in self.record.meetings()}
        here = sorted(refs.get(i, "") for i in states if i not in wanted)
        if here:
            msg = f"The pen of {', '.join(here)} is here."
            raise Refused(msg, remedy="Hand each over first, with panelkit hand-over.")
        shown = {_plain(one) for one in receipts}
        for meeting_id, receipt in wanted.items():
            if receipt and _plain(receipt) not in shown:
                msg = f"That is not the receipt for {refs.get(meeting_id, case_ref)}."
                raise Refused(msg, remedy="The desk that took it in sees it with panelkit receive.")
        done = Disposal(
            id=new_id(), case_id=case.id, case_ref=case_ref, kind=DisposalKind.HANDED_BACK,
            state=DisposalState.AGREED, reason="", proposed_by=self.who, proposed_id=self._id,
            proposed_at=self.clock(), agreed_at=self.clock(), meeting_ids=tuple(sorted(states)),
            receipt=" ".join(sorted(shown)) or "lent",
        )  # fmt: skip
        clean = self.record.dispose(done, self._by(), new=True, command=new_id())
        return replace(done, state=DisposalState.DONE), clean


def _plain(receipt: str) -> str:
    return "".join(receipt.split()).upper()
