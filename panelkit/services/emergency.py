"""An emergency panel: called in a minute, rung round, and what is owed afterwards.

emergency.standing("WM-0143", Level.TWO, today)     # what is there, and what a call would do
meeting = emergency.call("WM-0143", called)         # the meeting, planned and ready at A1
emergency.ring(meeting, "West Midlands Police", AgencyType.POL, CallOutcome.COMING)
emergency.owed(meeting)                             # afterwards
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from panelkit.domain import calling, owing
from panelkit.domain import emergency as em
from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.calling import ToRing
from panelkit.domain.case import Case
from panelkit.domain.emergency import Called
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.owing import Owed
from panelkit.domain.people import Act
from panelkit.domain.starting import (
    brought_forward,
    first_meeting,
    next_meeting,
    planned_again,
)
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import (
    HELD,
    AgeGroup,
    AgencyType,
    CallOutcome,
    Category,
    CustodyStatus,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingState,
    OwedWhat,
)
from panelkit.services.acting import acting
from panelkit.services.caseload import must_be_reference
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.stepping import saved
from panelkit.services.words import because, line
from panelkit.store.record import Record


class Would(Enum):
    """What calling an emergency panel does, as the record stands."""

    BEGIN = "begin"
    """A case that is not in the record: it is made with its first meeting."""
    FOLLOW = "follow"
    """A new meeting that carries on from the last one."""
    TURN = "turn"
    """A planned meeting is held now, as an emergency panel; its own day is kept among the key dates."""
    OPEN = "open"
    """Nothing new: there is a meeting that runs, or an emergency panel that is planned."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is of a case, before its emergency panel is called."""

    would: Would
    ref: str
    """The meeting that is turned, opened or carried on from; blank for none."""
    words: str
    """What would be done, in a sentence."""
    level: Level
    """The level that is offered."""
    notices: tuple[str, ...] = ()
    """What should be known, each with its place and the way on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person who is not in the record yet."""

    name: str
    born: date | None = None
    age: AgeGroup | None = None
    """Child or adult as it was said, where the date of birth is not known."""
    category: Category = Category.UNCONFIRMED
    where: CustodyStatus | None = None
    fiction: bool = False


@acting(
    Act.PLAN,
    standing=Act.READ,
    references=Act.READ,
    next_ref=Act.READ,
    to_ring=Act.READ,
    owed=Act.READ,
)
class Emergency:
    """What whoever is on call does, before and after an emergency panel."""

    def __init__(
        self, record: Record, area: Area, agenda: tuple[AgendaItem, ...], clock: Clock, who: str
    ) -> None:
        """``agenda`` is what new meetings are opened with."""
        self.record = record
        self.area = area
        self.agenda = agenda
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.clock())

    # -- before it is called -------------------------------------------------------------

    def references(self) -> tuple[str, ...]:
        """References of every case that whoever works here may open."""
        return tuple(case.ref for case in self.record.known_cases())

    def next_ref(self) -> str:
        """A reference for somebody who has none yet. Raises BadInput where a whole day is taken."""
        return em.next_reference(self.today(), self.references())

    def standing(self, case_ref: str, level: Level | None, held_on: date) -> Standing:
        """What there is of a case; a case that is not here would begin. ``level`` None is what is
        offered."""
        case = self.record.find_case(case_ref)
        if case is None:
            return Standing(
                Would.BEGIN, "", "not in the record: the case is made", level or Level.TWO
            )
        last = self.record.latest(case_ref)
        offered = level or _offered(last)
        if last is None:
            words = f"{case.ref} has no meeting yet: this is its first"
            return Standing(
                Would.FOLLOW, "", words, offered, em.noticed(None, case, offered, held_on)
            )
        if self._goes_on(last):
            words = f"{last.ref}, {last.title}, is {last.state.label}: it is opened, nothing new is made"
            return Standing(Would.OPEN, last.ref, words, last.level)
        notices = em.noticed(last, case, offered, held_on)
        if last.state is MeetingState.PLANNED:
            stands = "cancelled" if self.record.is_cancelled(last) else "planned"
            words = f"{last.ref}, {last.title}, is {stands}: it is held now, as an emergency panel"
            return Standing(Would.TURN, last.ref, words, offered, notices)
        return Standing(
            Would.FOLLOW, last.ref, f"carries on from {last.ref}, {last.title}", offered, notices
        )

    # -- calling it ----------------------------------------------------------------------

    def call(
        self, case_ref: str, called: Called, somebody: Somebody | None = None, *,
        although_known: bool = False, command: str = "",
    ) -> Meeting:  # fmt: skip
        """The emergency panel of a case, all of it or nothing; planned, with what A1 holds of the call.

        ``somebody`` is who it is about where the case is not in the record; ``although_known`` that
        they are not the person of the same name who is. Raises BadInput and Refused, naming the
        place; NotFound for a case that nobody described; PenElsewhere, StaleRecord, NotSaved.
        """
        called = replace(called, reason=called.reason.strip(), called_by=line(called.called_by))
        em.must_be_right(called, self.clock(), self.area)
        case = self.record.find_case(case_ref)
        if case is None:
            if somebody is None:
                msg = f"There is no case {line(case_ref)[:20]} in this record."
                raise NotFound(msg, remedy="Say who it is about: name, and child or adult.")
            return self._begin(case_ref, called, somebody, command, although_known=although_known)
        if somebody is not None:
            msg = f"{case.ref} is in this record already."
            raise Refused(msg, remedy="Leave out who it is about, or give another reference.")
        last = self.record.latest(case_ref)
        if last is not None and self._goes_on(last):
            msg = f"{last.ref}, {last.title}, is {last.state.label}."
            raise Refused(msg, remedy="Open it; nothing new was made.")
        return self._carry_on(case, last, called, command)

    def _begin(
        self, ref: str, called: Called, who: Somebody, command: str, *, although_known: bool
    ) -> Meeting:
        must_be_reference(ref)
        case = Case(
            id=new_id(), ref=ref, category=who.category, name=line(who.name), born=who.born,
            fiction=who.fiction,
        )  # fmt: skip
        em.person_must_be_right(case, who.age, called.held_on)
        known = "" if although_known else em.same_person(case, self.record.known_cases())
        if known:
            msg = f"Name of the individual: {known} has the same, and no other date of birth."
            raise Refused(msg, remedy="Give that reference, or say that it is somebody else.")
        by = self.by()
        fresh = first_meeting(
            case, level=called.level, kind=MeetingKind.EMERGENCY, held_on=called.held_on, by=by,
            area=self.area, meeting_id=new_id(), agenda=self.agenda, where=who.where,
        )  # fmt: skip
        meeting = em.with_call(em.with_age(fresh, who.age, by), called, by)
        self.record.begin(case, meeting, by, command=command or new_id(), what="emergency")
        return meeting

    def _carry_on(self, case: Case, last: Meeting | None, called: Called, command: str) -> Meeting:
        by = self.by()
        if last is None:
            fresh = first_meeting(
                case, level=called.level, kind=MeetingKind.EMERGENCY, held_on=called.held_on, by=by,
                area=self.area, meeting_id=new_id(), agenda=self.agenda,
            )  # fmt: skip
        elif last.state is MeetingState.PLANNED and last.kind is MeetingKind.EMERGENCY:
            if called.held_on == last.held_on:
                msg = f"{last.ref} is cancelled for {long_date(last.held_on)}."
                raise Refused(msg, remedy="Take the cancellation back, or say another day.")
            fresh = planned_again(
                last, level=called.level, held_on=called.held_on, area=self.area
            )  # fmt: skip
        elif last.state is MeetingState.PLANNED:
            fresh = brought_forward(
                last, level=called.level, held_on=called.held_on, by=by, area=self.area,
                new_id=new_id(),
            )  # fmt: skip
        else:
            fresh = next_meeting(
                last, level=called.level, kind=MeetingKind.EMERGENCY, held_on=called.held_on, by=by,
                area=self.area, meeting_id=new_id(), agenda=self.agenda,
            )  # fmt: skip
        meeting = em.with_call(fresh, called, by)
        turned = last if last is not None and last.id == meeting.id else None
        self.record.save(turned, meeting, by, command=command or new_id(), what="emergency")
        return meeting

    def _goes_on(self, last: Meeting) -> bool:
        """Whether there is a meeting already that is the one to be held now."""
        if last.state in (MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD):
            return True
        planned = last.state is MeetingState.PLANNED and last.kind is MeetingKind.EMERGENCY
        return planned and not self.record.is_cancelled(last)

    # -- ringing round -------------------------------------------------------------------

    def to_ring(self, meeting: Meeting) -> tuple[ToRing, ...]:
        """Everybody to be rung for it, with the last line of the log of each."""
        return calling.to_ring(meeting, self.area)

    def ring(
        self, meeting: Meeting, organisation: str, agency: AgencyType, outcome: CallOutcome, *,
        person: str = "", note: str = "",
    ) -> Meeting:  # fmt: skip
        """One more line of the call log, now, by whoever works; who is coming is on the list of A1.

        Raises BadInput without an organisation, Refused once the meeting is closed.
        """
        name = line(organisation)
        if not name:
            msg = f"{agency.label}: which organisation?"
            raise BadInput(msg, remedy="Choose one, or type its name.")
        by, ids = self.by(), (new_id(), new_id())

        def rung(found: Meeting) -> Meeting:
            if found.state in HELD:
                msg = f"{found.ref} is {found.state.label}: nobody is rung for it any more."
                raise Refused(msg, remedy="What is owed afterwards is a list of its own.")
            call = e.Call(
                id=ids[0], organisation=name, agency=agency, person=line(person), outcome=outcome,
                at=by.at, rung_by=by.name, note=note.strip(),
            )  # fmt: skip
            return calling.with_call(found, call, by, ids[1])

        return self._step(meeting, rung)

    def note(self, meeting: Meeting, call_id: str, *, person: str, note: str) -> Meeting:
        """Who was asked for and what was said, for a line that is there; its time and outcome stay."""
        changes = {"person": line(person), "note": note.strip()}
        return self._step(meeting, lambda m: m.change(e.Call, call_id, self.by(), **changes))

    def take_back(self, meeting: Meeting, call_id: str, why: str) -> Meeting:
        """A line that was pressed by mistake: it stays in sight with the reason, and counts no more."""
        clean = because(why)
        return self._step(meeting, lambda m: m.withdraw(e.Call, call_id, clean, self.by()))

    # -- afterwards ----------------------------------------------------------------------

    def owed(self, meeting: Meeting) -> tuple[Owed, ...]:
        """Everything owed after it, settled or not; nothing for a meeting of another kind."""
        if meeting.kind is not MeetingKind.EMERGENCY:
            return ()
        beside = [*self.record.earlier(meeting)]
        last = self.record.latest(meeting.case.ref)
        if last is not None and last.id != meeting.id:
            beside.append(last)
        sent = [one for one in self.record.issued(meeting.id) if one.kind == "minutes"]
        first = next(((one.who, room_day(one.at)) for one in sent if one.at is not None), None)
        beyond = owing.beyond_of(meeting, beside, self.record.referrals(), first)
        return owing.owed_after(meeting, self.area, beyond)

    def settle(
        self, meeting: Meeting, what: OwedWhat, *, by_whom: str, on: date | None = None,
        organisation: str = "", note: str = "",
    ) -> Meeting:  # fmt: skip
        """Something that was owed came, ``on`` a day (else today), from somebody.

        Raises Refused for what is not owed, is settled, or is settled by the record itself;
        BadInput, naming the place.
        """
        told = e.Settled(
            id=new_id(), what=what, organisation=line(organisation), on=on or self.today(),
            by_whom=line(by_whom), note=note.strip(),
        )  # fmt: skip

        def settled(found: Meeting) -> Meeting:
            owing.must_be_owed(found, self.owed(found), told, self.today())
            return found.add(told, self.by())

        return self._step(meeting, settled)

    def unsettle(self, meeting: Meeting, settled_id: str, why: str) -> Meeting:
        """It did not come after all: the line stays with the reason, and the thing is owed again."""
        clean = because(why)
        return self._step(meeting, lambda m: m.withdraw(e.Settled, settled_id, clean, self.by()))

    def _step(self, meeting: Meeting, step: Callable[[Meeting], Meeting]) -> Meeting:
        return saved(self.record, meeting, step, self.by(), "emergency")


def _offered(last: Meeting | None) -> Level:
    """The level that is offered: where the case stands, and Level 2 where that has no meetings."""
    if last is None or last.value("A15", "level_decision") is LevelDecision.EXIT:
        return Level.TWO
    decided = last.chosen("A18", "next_level", Level) or last.level
    return Level.TWO if decided is Level.ONE else decided


def outcome_words(rows: Sequence[ToRing]) -> str:
    """``3 of 8 coming, 2 not rung yet``: how far the ringing round is."""
    coming = sum(row.last is not None and row.last.outcome is CallOutcome.COMING for row in rows)
    left = sum(row.last is None for row in rows)
    return f"{coming} of {len(rows)} coming" + (f", {left} not rung yet" if left else "")
