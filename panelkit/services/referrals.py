"""Referrals received, screened, linked to the case that came of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from panelkit.domain import referrals as r
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.referrals import (
    Came,
    Claimed,
    Referral,
    Screened,
    ScreenedBecause,
    Screening,
)
from panelkit.domain.screening import Answers
from panelkit.domain.text import gate_line
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.referral_checks import must_be_new_there
from panelkit.services.words import because, line
from panelkit.store.record import Record

NOTHING_CLAIMED: Final = Claimed()
NO_ANSWERS: Final[Answers] = MappingProxyType({})


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
        self, received_on: date, organisation: str, agency: AgencyType, level: Level, *,
        claimed: Claimed = NOTHING_CLAIMED, about: str = "",
    ) -> Referral:  # fmt: skip
        """A new referral, numbered next; ``about`` is the reference of a case of this record, which is
        looked at and not kept.

        Raises BadInput for one that cannot be so, Refused for a case that is managed at that level
        already, NotFound.
        """
        came = Came(received_on, organisation, agency, level, claimed, about)
        (made,) = self.receive_all([came])
        return made

    def receive_all(self, came: Sequence[Came], command: str = "") -> tuple[Referral, ...]:
        """Several, all or none, in one transaction; with the same ``command`` again, those that were
        kept by it. Raises as :meth:`receive`.
        """
        command = command or new_id()
        ids = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"{command} {n}")) for n in range(len(came))]
        fresh = [self._fresh(one, id_of) for one, id_of in zip(came, ids, strict=True)]
        self.record.keep_referrals(fresh, self._by(), command=command)
        found = {one.id: one for one in self.every() if one.id in ids}
        return tuple(found[each] for each in ids)

    def _fresh(self, came: Came, id_of: str) -> Referral:
        answers = {check: line(said) for check, said in came.claimed.answers.items()}
        fresh = Referral(
            id=id_of, received_on=came.received_on, organisation=line(came.organisation),
            agency=came.agency, level_asked=came.level, category=came.claimed.category,
            eligible_by=came.claimed.eligible_by, age=came.claimed.age, typed_by=self.who,
            typed_at=self.clock(), **r.columns(answers),  # type: ignore[arg-type]
        )  # fmt: skip
        r.must_be_right(fresh, self._today())
        if came.about:
            must_be_new_there(self.record, came, self._today())
        return fresh

    def must_be_new_there(self, came: Came) -> None:
        """Raises as :meth:`receive` does for the case that a referral names; nothing is kept."""
        must_be_new_there(self.record, came, self._today())

    def decide(
        self, ref: str, decision: Screened, because: ScreenedBecause, day: date, *,
        level: Level | None = None, words: str = "", answers: Answers = NO_ANSWERS,
    ) -> Referral:  # fmt: skip
        """What was decided of it, and how it stands against the tests; ``level`` need not be said
        where only one is meant.

        Raises NotFound, BadInput for a day before it came or a decision that its tests speak
        against, Refused for one that is answered already.
        """
        referral = self.find(ref)
        if level is None and decision.accepts:
            asked = referral.level_asked
            level = asked if decision is Screened.ACCEPTED else r.other_level(asked)
        kept = {check: line(said) for check, said in answers.items()}
        said = Screening(
            id=new_id(), referral_id=referral.id, decision=decision, because=because,
            decided_on=day, level_given=level, words=line(words), typed_by=self.who,
            typed_at=self.clock(), **r.columns(kept),  # type: ignore[arg-type]
        )  # fmt: skip
        r.must_follow(referral, said, self._today())
        r.must_agree(referral, said)
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
        if settled is None or not settled.decision.accepts or not referral.is_live:
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
        """Its words, those of its screening and of who had it, emptied, for a referral of somebody who
        is no case; what is coded stays, and so does what was counted. Raises NotFound, Refused where
        there are none.
        """
        referral = self.find(ref)
        steps = [one for one in self.record.allocations_of(referral.id) if one.because]
        if not r.has_words(referral) and not steps:
            raise Refused(f"{referral.ref} has no words to empty.")
        if steps:
            emptied = [(s, replace(s, because="", revision=s.revision + 1)) for s in steps]
            self.record.empty_allocations(emptied, self._by(), command=new_id())
        if r.bare(referral):
            referral = self._change(referral, **r.bare(referral))
        for one in referral.screening:
            if not (one.words or r.bare(one)):
                continue
            after = replace(
                one, words="", typed_by=self.who, typed_at=self.clock(), revision=one.revision + 1,
                **r.bare(one),  # type: ignore[arg-type]
            )  # fmt: skip
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
