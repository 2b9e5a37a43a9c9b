"""Referrals received, screened, linked to the case that came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from panelkit.domain import referrals as r
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.text import gate_line
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import because, line
from panelkit.store.record import Record


@acting(Act.PLAN, every=Act.READ, find=Act.READ, case_refs=Act.READ)
class Referrals:
    """What a co-ordinator does with a referral."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def _today(self) -> date:
        return room_day(self.clock())

    # -- reading -----------------------------------------------------------------------

    def every(self) -> tuple[Referral, ...]:
        """All that may be seen, withdrawn ones too, by number."""
        return self.record.referrals()

    def find(self, ref: str) -> Referral:
        """``R-0012``, or its number. Raises NotFound."""
        plain = ref.strip().upper().removeprefix("R-").lstrip("0")
        for found in self.every():
            if str(found.number) == plain:
                return found
        msg = f"There is no referral {gate_line(ref).text[:20]} in this record."
        raise NotFound(msg, remedy="See panelkit referral list.")

    def case_refs(self, referrals: Sequence[Referral]) -> dict[str, str]:
        """The references of the cases that came of them, by the case's id."""
        return self.record.refs_of([one.case_id for one in referrals if one.case_id])

    # -- receiving and screening -------------------------------------------------------------

    def receive(
        self, received_on: date, organisation: str, agency: AgencyType, level: Level
    ) -> Referral:
        """A new referral, numbered next. Raises BadInput for one that cannot be so."""
        fresh = Referral(
            id=new_id(), received_on=received_on, organisation=line(organisation), agency=agency,
            level_asked=level, typed_by=self.who, typed_at=self.clock(),
        )  # fmt: skip
        r.must_be_right(fresh, self._today())
        self.record.keep_referral(None, fresh, self._by(), command=new_id())
        return next(one for one in self.every() if one.id == fresh.id)

    def decide(
        self, ref: str, decision: Screened, because: ScreenedBecause, day: date, *,
        level: Level | None = None, words: str = "",
    ) -> Referral:  # fmt: skip
        """What was decided of it. Raises NotFound, BadInput for a day before it came, Refused for
        one that is answered already.
        """
        referral = self.find(ref)
        said = Screening(
            id=new_id(), referral_id=referral.id, decision=decision, because=because,
            decided_on=day, level_given=level, words=line(words), typed_by=self.who,
            typed_at=self.clock(),
        )  # fmt: skip
        r.must_follow(referral, said, self._today())
        self.record.keep_screening(referral, None, said, self._by(), command=new_id())
        return self.find(referral.ref)

    def undo(self, ref: str, why: str) -> Referral:
        """Its last decision taken back; it stays in sight with the reason. Raises NotFound, Refused."""
        referral, said = self.find(ref), because(why)
        live = [one for one in referral.screening if one.is_live]
        if not live:
            raise Refused(f"{referral.ref} is not screened yet.")
        if referral.case_id and live[-1].decision.settles:
            msg = f"{referral.ref} led to a case."
            raise Refused(msg, remedy="Take the case from it first, with panelkit referral case.")
        after = replace(
            live[-1], withdrawn=said, typed_by=self.who, typed_at=self.clock(),
            revision=live[-1].revision + 1,
        )  # fmt: skip
        self.record.keep_screening(referral, live[-1], after, self._by(), command=new_id())
        return self.find(referral.ref)

    def led_to(self, ref: str, case_ref: str) -> Referral:
        """The case that came of it; blank for none after all.

        Several may lead to one case: it is referred again, or by two at once. Raises NotFound,
        Refused for a referral that was not accepted.
        """
        referral = self.find(ref)
        if not case_ref:
            return self._change(referral, case_id="")
        case = self.record.case(case_ref)
        settled = referral.settled
        if settled is None or settled.decision is not Screened.ACCEPTED or not referral.is_live:
            raise Refused(f"{referral.ref} was not accepted: no case came of it.")
        return self._change(referral, case_id=case.id)

    def withdraw(self, ref: str, why: str) -> Referral:
        """A referral that never came, or was typed twice; it stays in sight and counts nowhere."""
        referral, said = self.find(ref), because(why)
        if not referral.is_live:
            raise Refused(f"{referral.ref} was withdrawn already.")
        if referral.case_id:
            raise Refused(f"{referral.ref} led to a case.", remedy="Take the case from it first.")
        return self._change(referral, withdrawn=said)

    def without_words(self, ref: str) -> Referral:
        """The words of its screening, and of who had it, emptied, for a referral of somebody who is no
        case; what is coded stays, and so does what was counted. Raises NotFound, Refused where there
        are none.
        """
        referral = self.find(ref)
        with_words = [one for one in referral.screening if one.words]
        steps = [one for one in self.record.allocations_of(referral.id) if one.because]
        if not with_words and not steps:
            raise Refused(f"{referral.ref} has no words to empty.")
        if steps:
            emptied = [(s, replace(s, because="", revision=s.revision + 1)) for s in steps]
            self.record.empty_allocations(emptied, self._by(), command=new_id())
        for one in with_words:
            after = replace(
                one, words="", typed_by=self.who, typed_at=self.clock(), revision=one.revision + 1
            )
            self.record.keep_screening(referral, one, after, self._by(), command=new_id())
            referral = self.find(referral.ref)
        return referral

    def _change(self, referral: Referral, **changes: str) -> Referral:
        after = replace(
            referral, typed_by=self.who, typed_at=self.clock(), revision=referral.revision + 1,
            **changes,  # type: ignore[arg-type]
        )  # fmt: skip
        self.record.keep_referral(referral, after, self._by(), command=new_id())
        return self.find(referral.ref)
