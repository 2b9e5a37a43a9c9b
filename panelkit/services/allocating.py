"""Who of the coordinators has which referral and which case, and what each has to do.

allocating.allocate("R-0012", "Joan Quill")                      # from nobody: no reason is needed
allocating.allocate("WM-0143", "Gail Postern", "Joan is away")   # from somebody: a reason is
for load in allocating.loads(): ...                               # nobody's first, then by name
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from panelkit.domain import allocating as a
from panelkit.domain.allocating import Again, Allocation, Load, Move, What, Work
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import By
from panelkit.domain.people import Access, Act, Person, Role
from panelkit.domain.referrals import Referral, answer_due
from panelkit.domain.text import gate_line
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.people import clean_name
from panelkit.services.referrals import Referrals
from panelkit.services.words import line

if TYPE_CHECKING:
    from panelkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Allocated:
    """One referral or case, with who had it."""

    id: str
    ref: str
    what: What
    steps: tuple[Allocation, ...]

    @property
    def last(self) -> Allocation | None:
        """The step that holds; None where nobody ever had it."""
        return self.steps[-1] if self.steps else None

    @property
    def holder(self) -> str:
        """Who has it; blank for nobody."""
        return self.steps[-1].holder if self.steps else ""

    @property
    def moves(self) -> tuple[Move, ...]:
        """From whom to whom, the earliest first."""
        return a.moves(self.steps)


@acting(
    Act.PLAN, loads=Act.READ, of=Act.READ, coordinators=Act.READ, holders=Act.READ, weeks=Act.READ,
    has_people=Act.READ, had_its_referral=Act.READ, same_as=Act.READ,
)  # fmt: skip
class Allocating:
    """What a coordinator does about who has what."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.clock())

    # -- reading -----------------------------------------------------------------------

    def weeks(self) -> int:
        """How many weeks ahead meetings are counted: ``load_meetings_weeks`` of the area."""
        return self.area.figure("load_meetings_weeks")

    def has_people(self) -> bool:
        """Whether the record knows who works with it; where it does not, names are claimed."""
        return any(not one.is_recovery for one in self.record.people())

    def coordinators(self) -> tuple[str, ...]:
        """Who may be given something, by name: people of the record with that role. Where a record has
        no people, those who have something and whoever works.
        """
        if self.has_people():
            return tuple(sorted((one.name for one in self._people()), key=a.folded))
        named = [step.holder for step in a.now_with(self.record.allocations()).values()]
        names = {a.folded(name): name for name in [self.who, *named] if name.strip()}
        return tuple(names[key] for key in sorted(names))

    def _people(self) -> list[Person]:
        return [
            one
            for one in self.record.people()
            if Role.COORDINATOR in one.roles and not one.removed and not one.is_recovery
        ]

    def loads(self) -> tuple[Load, ...]:
        """What nobody has first, then each with what they have, by name."""
        with self.record.at_one_moment():
            works = [*self._referrals(), *self._cases()]
            return a.loads(works, self.coordinators(), self.today())

    def _referrals(self) -> list[Work]:
        now = a.now_with(self.record.allocations())
        return [
            Work(
                id=one.id, ref=one.ref, what=What.REFERRAL, level=one.level_asked,
                due=answer_due(one, self.area), who=one.organisation,
                holder=now[one.id].holder if one.id in now else "",
            )
            for one in self.record.referrals()
            if one.waits
        ]  # fmt: skip

    def _cases(self) -> list[Work]:
        now, today = a.now_with(self.record.allocations()), self.today()
        until = today + timedelta(weeks=self.weeks())
        return [
            Work(
                id=one.id, ref=one.ref, what=What.CASE, level=one.level, to_come=one.to_come,
                meetings=one.meetings, minutes=one.minutes, overdue=one.overdue,
                holder=now[one.id].holder if one.id in now else "",
            )
            for one in self.record.cases_at_work(today, until)
        ]  # fmt: skip

    def holders(self) -> dict[str, str]:
        """Who has each referral and case, by its id; what nobody has is left out."""
        now = a.now_with(self.record.allocations())
        return {key: step.holder for key, step in now.items() if step.holder}

    def of(self, ref: str, what: What | None = None) -> Allocated:
        """A referral (``R-0012``) or a case (``WM-0143``) with who had it; without ``what`` a case where
        one is called so. Raises NotFound.
        """
        return self._named(ref, what)

    def _named(self, ref: str, what: What | None) -> Allocated:
        plain = ref.strip()
        case = self.record.find_case(plain) if what is not What.REFERRAL else None
        if case is not None:
            steps = self.record.allocations_of(case.id)
            return Allocated(case.id, case.ref, What.CASE, steps)
        if what is What.CASE or not _may_be_referral(plain):
            msg = f"There is no case {gate_line(ref).text[:30]} in this record."
            raise NotFound(msg, remedy="Name a case, WM-0143, or a referral, R-0012.")
        found = self._referral(plain)
        steps = self.record.allocations_of(found.id)
        return Allocated(found.id, found.ref, What.REFERRAL, steps)

    def _referral(self, ref: str) -> Referral:
        return Referrals(self.record, self.clock, self.who).find(ref)

    def had_its_referral(self, case_id: str) -> str:
        """Who has the last referral that led to a case; blank for nobody. It is a hint, no more."""
        holders = self.holders()
        led = [one for one in self.record.referrals() if one.case_id == case_id and one.is_live]
        return next((holders[one.id] for one in reversed(led) if one.id in holders), "")

    # -- allocating --------------------------------------------------------------------------

    def allocate(
        self, ref: str, name: str, because: str = "", *, shown: Allocated | None = None
    ) -> Allocated:
        """Somebody has it from now on, and who had it before stays in sight.

        ``shown`` is what whoever decided was looking at. A reason is needed where somebody had it.
        Raises NotFound, BadInput for a missing reason, Refused for somebody who is no coordinator
        of the record or may not open the case, StaleRecord where it was moved meanwhile.
        """
        found = self._named(ref, shown.what if shown else None)
        holder, person_id = self._coordinator(name)
        if found.what is What.CASE:
            self._must_see(found, holder, person_id)
        return self._move(shown or found, holder, person_id, because)

    def let_go(self, ref: str, because: str, *, shown: Allocated | None = None) -> Allocated:
        """Nobody has it from now on. Raises as :meth:`allocate`."""
        found = self._named(ref, shown.what if shown else None)
        return self._move(shown or found, "", "", because)

    def _move(self, found: Allocated, holder: str, person_id: str, because: str) -> Allocated:
        after = Allocation(
            id=new_id(), referral_id=found.id if found.what is What.REFERRAL else "",
            case_id=found.id if found.what is What.CASE else "", number=len(found.steps) + 1,
            holder=holder, person_id=person_id, because=line(because), typed_by=self.who,
            typed_at=self.clock(),
        )  # fmt: skip
        if found.last is not None:
            after = replace(after, number=found.last.number + 1)
        a.must_follow(found.last, after, found.ref)
        self.record.allocate([(found.last, after)], self._by(), command=new_id())
        return replace(found, steps=(*found.steps, after))

    def _coordinator(self, name: str) -> tuple[str, str]:
        """Their name as it is written already, and their id where the record has people."""
        clean = clean_name(name)
        if not self.has_people():
            known = {a.folded(one): one for one in self.coordinators()}
            return known.get(a.folded(clean), clean), ""
        for one in self._people():
            if a.same_name(one.name, clean):
                return one.name, one.id
        known_names = ", ".join(self.coordinators()) or "none"
        msg = f"{clean} is no coordinator of this record."
        raise Refused(msg, remedy=f"Its coordinators: {known_names}.")

    def _must_see(self, found: Allocated, holder: str, person_id: str) -> None:
        """A case is never with somebody for whom it is not there. A server tells who may open a case
        to nobody but its administrators: there it is found out by whoever looks after who may."""
        said = self.record.access(found.id)
        mine = said.get(person_id)
        members = any(one is Access.MEMBER for one in said.values())
        if person_id and (mine is Access.BARRED or (members and mine is not Access.MEMBER)):
            msg = f"{found.ref} cannot be with {holder}."
            raise Refused(msg, remedy="Choose somebody else, or ask an administrator.")

    # -- the same individual -------------------------------------------------------------------

    def again(self, ref: str, earlier_ref: str) -> tuple[Referral, Referral | None]:
        """That a referral is about the same individual as an earlier one, without saying who; with a
        blank that it is of nobody who was referred before, after all.

        Raises NotFound, BadInput for one that came later, Refused for one that was withdrawn, and
        where nothing would change.
        """
        later = self._referral(ref)
        earlier = self._referral(earlier_ref) if earlier_ref.strip() else None
        before = self._again(later.id)
        if earlier is not None:
            _must_be_earlier(later, earlier)
        if (earlier.id if earlier else "") == (before.earlier_id if before else ""):
            raise Refused(f"That is said of {later.ref} already.")
        after = Again(
            id=before.id if before else new_id(), referral_id=later.id,
            earlier_id=earlier.id if earlier else "", typed_by=self.who, typed_at=self.clock(),
            revision=before.revision + 1 if before else 1,
        )  # fmt: skip
        self.record.keep_again(before, after, self._by(), command=new_id())
        return later, earlier

    def same_as(self, among: Sequence[Referral]) -> dict[str, str]:
        """By a referral's id, which of these came before and was about the same individual."""
        refs = {one.id: one.ref for one in among}
        said = self.record.referred_again()
        return {one.referral_id: refs[one.earlier_id] for one in said if one.earlier_id in refs}

    def _again(self, referral_id: str) -> Again | None:
        found = (one for one in self.record.referred_again() if one.referral_id == referral_id)
        return next(found, None)


def _may_be_referral(ref: str) -> bool:
    return ref.upper().removeprefix("R-").isdigit()


def _must_be_earlier(later: Referral, earlier: Referral) -> None:
    for one in (later, earlier):
        if not one.is_live:
            raise Refused(f"{one.ref} was withdrawn.")
    if not earlier.came_before(later):
        msg = f"{earlier.ref} did not come before {later.ref}."
        raise BadInput(msg, remedy="Name the later referral first.")
