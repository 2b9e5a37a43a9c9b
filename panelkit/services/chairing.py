"""What a chair does at a meeting. Each verb loads nothing it was given, asks the domain
for the next meeting, saves what changed in one transaction, and returns it.

``command`` identifies one act of a person: the same command again changes nothing, so
a retry after a crash is safe. ``visit`` identifies one stay in a field: the words found
there on arrival are kept once for each visit.
"""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date
from typing import Any, TypeVar

from panelkit.domain import entries as e
from panelkit.domain import minutes, running
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.calling import is_expected
from panelkit.domain.completeness import Gap, completeness, name_of
from panelkit.domain.distribution import prefilled
from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.field_history import Step as Changed
from panelkit.domain.fields import show_text
from panelkit.domain.meeting import By, Meeting, Place
from panelkit.domain.people import Act
from panelkit.domain.presence import Part, Presence
from panelkit.domain.timescales import WeekdaysOnly
from panelkit.domain.vocabulary import (
    FROZEN,
    HELD,
    ActionStatus,
    MeetingRole,
    MeetingState,
    ReadBack,
    YesNo,
)
from panelkit.services.acting import acting
from panelkit.services.clock import Clock, room_time
from panelkit.services.opening_agenda import of_today
from panelkit.services.stepping import Step, written
from panelkit.store.record import Kept, Record

__all__ = ["Chairing", "Kept", "new_id", "open_restricted_part"]

E = TypeVar("E", bound=e.Entry)


def new_id() -> str:
    """A fresh text UUID."""
    return str(uuid.uuid4())


@acting(
    Act.RECORD,
    load=Act.READ,
    previous=Act.READ,
    gaps=Act.READ,
    gaps_at_once=Act.READ,
    earlier=Act.READ,
    place=Act.READ,
    remember_place=Act.READ,
    part=Act.READ,
    be_at=Act.READ,
    leave=Act.READ,
    presence=Act.READ,
    close=Act.CLOSE,
    reopen=Act.CLOSE,
)
class Chairing:
    """The chair's verbs over one record."""

    def __init__(
        self, record: Record, area: Area, clock: Clock, who: str,
        agenda: tuple[AgendaItem, ...] | None = None,
    ) -> None:  # fmt: skip
        """``who`` is whoever opened the record, else who they say they are; ``agenda`` what planned
        meetings take on opening, where they do not keep the one they were planned with."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who
        self.agenda = agenda

    # -- reading -----------------------------------------------------------------------

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def load(self, ref: str) -> Meeting:
        """The meeting called ``ref``. Raises NotFound."""
        return self.record.load(ref)

    def previous(self, meeting: Meeting) -> Meeting | None:
        """The meeting before this one of the same case; None for the first."""
        return self.record.previous(meeting)

    def gaps(self, meeting: Meeting) -> tuple[Gap, ...]:
        """What the meeting owes."""
        return completeness(meeting, self.area)

    def gaps_at_once(self, meeting: Meeting) -> tuple[Gap, ...]:
        """The same without looking up bank holidays, which takes a tenth of a second the
        first time: for the first frame. What needs them stops nothing."""
        return completeness(meeting, dataclasses.replace(self.area, calendar=WeekdaysOnly()))

    def earlier(
        self, meeting: Meeting, owner: str, field: str, entry: str = ""
    ) -> tuple[Kept, ...]:
        """Words that stood in a field before, oldest first: of an item, or of an entry."""
        if entry:
            return self.record.history(meeting.id, owner, entry, field)
        return self.record.history(meeting.id, "answer", f"{owner}.{field}")

    def field_history(
        self, meeting: Meeting, owner: str, field: str, entry: str = ""
    ) -> tuple[Changed, ...]:
        """Who changed a field and when, oldest first, with the words where they are kept; of every
        field of an entry where ``field`` is blank.
        """
        if entry:
            return self.record.field_history(meeting.id, owner, entry, field)
        return self.record.field_history(meeting.id, "answer", f"{owner}.{field}", "text")

    def place(self, meeting: Meeting) -> Place | None:
        """Where this person was in the meeting when they left it."""
        return self.record.position(meeting.id, self.who)

    def remember_place(self, meeting: Meeting, item: str, field: str = "") -> None:
        """Keep where this person is, so that the next start returns there."""
        self.record.set_position(meeting.id, self.who, item, field)

    # -- who else is here --------------------------------------------------------------

    def part(self, meeting: Meeting) -> Part:
        """What this person does at the meeting's record, where nothing else keeps them from it."""
        me, chair = self.record.me_lately, meeting.role(MeetingRole.CHAIR)
        frozen = meeting.state in FROZEN
        if frozen or (me is not None and not (me.may(Act.RECORD) or me.may(Act.DRAFT))):
            return Part.READING
        leads = chair is not None and chair.name.casefold() == self.who.casefold()
        return Part.CHAIRING if leads else Part.WRITING

    def be_at(self, meeting: Meeting, part: Part, item: str) -> int:
        """Say that this person is there; for :meth:`leave`. Raises NotSaved: it is said again later."""
        return self.record.be_at(meeting.id, self.who, part, item, self.clock())

    def leave(self, said: int) -> None:
        """Say that they left, unless they were said to be elsewhere since. Raises NotSaved."""
        self.record.leave(said)

    def presence(self, meeting: Meeting) -> Presence:
        """Who has the meeting open now, this program too. Raises NotSaved."""
        return self.record.presence(meeting.id, self.clock())

    # -- writing -----------------------------------------------------------------------

    def record_answer(
        self, meeting: Meeting, item: str, field: str, text: str, *, visit: str = "",
        command: str = "",
    ) -> Meeting:  # fmt: skip
        """``text`` in that field. Raises BadInput, Refused, StaleRecord, NotSaved."""
        if (item, field) in minutes.CHAIRS_ANSWERS:
            self._must_decide(meeting, meeting.text(item, field), text)
        after = meeting.answer(item, field, text, self.by())
        return self._save(meeting, after, visit=visit, command=command)

    def confirm_answer(self, meeting: Meeting, item: str, field: str) -> Meeting:
        """Carried words confirmed as current."""
        return self._save(meeting, meeting.confirm_answer(item, field, self.by()))

    def confirm_item(self, meeting: Meeting, item: str) -> Meeting:
        """Everything carried at an item confirmed with one key."""
        by, after = self.by(), meeting
        for answer in meeting.answers.values():
            if answer.item == item and answer.is_unconfirmed:
                after = after.confirm_answer(item, answer.field, by)
        for kind in e.ENTRIES:
            for row in meeting.live(kind):
                if row.item == item and row.is_unconfirmed and kind is not e.Attendance:
                    after = after.change(kind, row.id, by, confirmed_by=by.name)
        return self._save(meeting, after)

    def add(self, meeting: Meeting, entry: e.Entry, *, command: str = "") -> Meeting:
        """A new entry, numbered; typed by anyone but the chair, a decision, rating or
        action is to be confirmed at A16."""
        by = self.by()
        if isinstance(entry, e.Decision | e.RiskRating | e.Action) and entry.read_back is None:
            entry = dataclasses.replace(entry, read_back=running.needs_chair(meeting, by))
        part = open_restricted_part(meeting)
        if part and isinstance(entry, e.Contribution | e.Note | e.Action | e.Decision):
            entry = dataclasses.replace(entry, restricted_part=part.id)

        def added(found: Meeting) -> Meeting:
            if any(row.id == entry.id for row in found.rows.get(entry.kind, ())):
                # It was stored before, and its answer lost.
                raise StaleRecord("It is in the record already.", place=entry.kind)
            return found.add(entry, by)

        return self._step(meeting, added, command)

    def change(
        self, meeting: Meeting, kind: type[E], entry_id: str, *, visit: str = "",
        command: str = "", **changes: Any,
    ) -> Meeting:  # fmt: skip
        """Some fields of one entry changed. Raises as :meth:`record_answer`."""
        by = self.by()
        decided = self._decision_changed(meeting, kind, entry_id, changes)
        if kind in (e.Decision, e.RiskRating, e.Action) and "read_back" not in changes:
            waiting = running.needs_chair(meeting, by)
            changes["read_back"] = waiting or _unless_confirmed(meeting.entry(kind, entry_id))
        changed = meeting.change(kind, entry_id, by, **changes)
        fact = (str(minutes.Happened.DECISION_CHANGED), decided) if decided else None
        return self._save(meeting, changed, visit=visit, command=command, fact=fact)

    def _decision_changed(
        self, meeting: Meeting, kind: type[e.Entry], entry_id: str, changes: dict[str, Any]
    ) -> str:
        """Which decision's words change after closing; blank for none. Raises Refused."""
        if kind is not e.Decision or meeting.state not in HELD:
            return ""
        row = meeting.entry(e.Decision, entry_id)
        for name in minutes.CHAIRS_FIELDS & changes.keys():
            before = show_text(getattr(row, name))
            self._must_decide(meeting, before, show_text(changes[name]))
            if before.strip() and show_text(changes[name]) != before:
                return f"{row.ref}: {name}"
        return ""

    def _must_decide(self, meeting: Meeting, before: str, after: str) -> None:
        if before != after and minutes.only_the_chair(meeting, self.who, before):
            msg = "Only the chair changes a decision or its reason once the meeting has closed."
            raise Refused(msg, remedy="Comment on it, or ask the chair.")

    def withdraw(self, meeting: Meeting, kind: type[E], entry_id: str, reason: str) -> Meeting:
        """An entry withdrawn with a reason; it keeps its number."""
        if kind is e.Decision:
            self._must_decide(meeting, entry_id, "")
        return self._save(meeting, meeting.withdraw(kind, entry_id, reason, self.by()))

    def bring_back(self, meeting: Meeting, kind: type[E], entry_id: str, reason: str) -> Meeting:
        """A withdrawn entry is in force again, with its number. Raises Refused without a reason."""
        entry = meeting.entry(kind, entry_id)
        after = meeting.bring_back(kind, entry_id, reason, self.by())
        return self._save(meeting, after, fact=(f"{name_of(entry)} brought back", reason))

    def park(self, meeting: Meeting, gap: Gap, reason: str, until: date | None) -> Meeting:
        """A gate left open with a reason that prints."""
        by, fresh = self.by(), new_id()
        return self._step(meeting, lambda found: running.park(found, gap, reason, until, by, fresh))

    # -- the course of the meeting -----------------------------------------------------

    def start(self, meeting: Meeting) -> Meeting:
        """The meeting opened, with the agenda of this day; see :func:`of_today`."""
        by = self.by()
        fresh = of_today(self.record, meeting, self.agenda) if self.agenda is not None else meeting
        return self._save(meeting, running.start(fresh, by, new_id(), room_time(by.at)))

    def move_to(self, meeting: Meeting, item: str) -> Meeting:
        """The item opened, the visit before it ended. Raises Refused before the statement."""
        refused = running.may_open(meeting, item)
        if refused:
            raise Refused(refused)
        by, fresh = self.by(), new_id()

        def opened(found: Meeting) -> Meeting:
            after = running.move(found, item, by, fresh)
            return prefilled(after, by, fresh) if item == "A17" else after

        after = self._step(meeting, opened)
        self.remember_place(after, item)
        return after

    def pause(self, meeting: Meeting, reason: str = "") -> Meeting:
        """The clock stopped."""
        return self._save(meeting, running.pause(meeting, reason, self.by(), new_id()))

    def go_on(self, meeting: Meeting) -> Meeting:
        """The clock started again."""
        return self._save(meeting, running.go_on(meeting, self.by()))

    def finish_now(self, meeting: Meeting, interim: running.Interim) -> Meeting:
        """Part heard, with what holds meanwhile."""
        ids = tuple(new_id() for _ in range(len(self.gaps(meeting)) + 2))
        return self._save(meeting, running.finish_now(meeting, interim, self.by(), ids, self.area))

    def resume(self, meeting: Meeting) -> Meeting:
        """A part-heard meeting goes on; statement and attendance are taken again."""
        return self._save(meeting, running.resume(meeting, self.by(), new_id()))

    def close(self, meeting: Meeting) -> Meeting:
        """Closed. Raises Refused while anything stops it."""
        by = self.by()
        after = running.close(meeting, by, room_time(by.at), self.area)
        return self._save(meeting, prefilled(after, by, new_id()))

    def reopen(self, meeting: Meeting, reason: str) -> Meeting:
        """A meeting closed by mistake goes on. Raises Refused without a reason."""
        if not reason.strip():
            msg = "Say why the meeting is reopened."
            raise Refused(msg)
        return self._save(meeting, running.reopen(meeting, self.by()), fact=("reopened", reason))

    # -- who is here -------------------------------------------------------------------

    def statement_given(self, meeting: Meeting, how: str, *, command: str = "") -> Meeting:
        """The statement given; everybody in the room has heard it."""
        by = self.by()
        after = meeting.answer("A2", "confidentiality_statement", how, by)
        if how:
            after = running.hear_statement(after, by, new_id())
        return self._save(meeting, after, command=command)

    def check_in(self, meeting: Meeting, person_id: str) -> Meeting:
        """One person in; after the statement they are late and must hear it again."""
        by = self.by()
        late = bool(meeting.text("A2", "confidentiality_statement"))
        person = meeting.entry(e.Attendance, person_id)
        return self._save(meeting, running.check_in(meeting, person, by, new_id(), late=late))

    def check_in_all(self, meeting: Meeting) -> Meeting:
        """Everybody expected and not already an exception is in, with one key; at an emergency panel
        that was rung round nobody who was not reached (:func:`panelkit.domain.calling.is_expected`)."""
        by, after = self.by(), meeting
        for person in meeting.live(e.Attendance):
            if person.status is None and is_expected(meeting, person):
                after = running.check_in(after, person, by, new_id())
        return self._save(meeting, after)

    def check_out(self, meeting: Meeting, person_id: str) -> Meeting:
        """One person left."""
        by = self.by()
        person = meeting.entry(e.Attendance, person_id)
        return self._save(meeting, running.check_out(meeting, person, by, new_id()))

    def statement_repeated(self, meeting: Meeting) -> Meeting:
        """Late joiners have heard the statement."""
        return self._save(meeting, running.hear_statement(meeting, self.by(), new_id()))

    def attendance_from(self, meeting: Meeting, other: Meeting) -> Meeting:
        """The list of the meeting before in this sitting, to be confirmed."""
        by, seed = self.by(), new_id()
        return self._save(meeting, running.attendance_from(meeting, other, by, seed))

    # -- one key each ------------------------------------------------------------------

    def nil_return(self, meeting: Meeting, organisation: str) -> Meeting:
        """The organisation was asked and had nothing to add."""
        told = e.Contribution(id=new_id(), organisation=organisation, nil_return=YesNo.YES)
        return self.add(meeting, told)

    def settle_action(self, meeting: Meeting, action_id: str, status: ActionStatus) -> Meeting:
        """What became of an old action."""
        done = status is ActionStatus.COMPLETE
        return self.change(
            meeting,
            e.Action,
            action_id,
            status=status,
            completed_on=meeting.held_on if done else None,
            carry_forward=YesNo.YES if status.outstanding else YesNo.NO,
        )

    def read_back(self, meeting: Meeting, kind: type[E], entry_id: str) -> Meeting:
        """The chair confirmed a line at A16. Raises Refused for anybody else."""
        chair = meeting.role(MeetingRole.CHAIR)
        if chair and chair.name.casefold() != self.who.casefold():
            msg = "Only the chair confirms a decision, risk or action."
            raise Refused(msg, remedy="Say who you are with --as, or ask the chair.")
        return self.change(meeting, kind, entry_id, read_back=ReadBack.CONFIRMED)

    # -- saving ------------------------------------------------------------------------

    def _save(
        self, before: Meeting, after: Meeting, *, visit: str = "", command: str = "",
        fact: tuple[str, str] | None = None,
    ) -> Meeting:  # fmt: skip
        if after is before:
            return before
        self._write(before, after, command=command or new_id(), visit=visit, fact=fact)
        return after

    def _write(
        self, before: Meeting, after: Meeting, *, command: str, visit: str = "",
        fact: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        """One save; what else is kept with it is added here."""
        self._must_be_editable(before, after)
        self.record.save(before, after, self.by(), command=command, visit=visit, fact=fact)

    def _must_be_editable(self, before: Meeting, after: Meeting) -> None:
        """What is with the chair is the chair's to edit; reopening is not editing."""
        if before.state is MeetingState.CLOSED and after.state is before.state:
            why = minutes.why_not_edit(before, self.record.facts(before.id), self.who)
            if why:
                raise Refused(why, remedy="The chair may return it to the minute taker.")

    def _step(self, meeting: Meeting, step: Step, command: str = "") -> Meeting:
        """Save a step that adds something; where its number was taken meanwhile, take the next."""
        command = command or new_id()
        return written(
            self.record, meeting, step,
            lambda before, after: self._write(before, after, command=command),
        )  # fmt: skip


def _unless_confirmed(entry: e.Entry) -> ReadBack | None:
    """A change made by the chair settles what was to be confirmed."""
    return ReadBack.CONFIRMED if entry.read_back else None


def open_restricted_part(meeting: Meeting) -> e.RestrictedPart | None:
    """The restricted part under way, if any."""
    return next(
        (p for p in meeting.live(e.RestrictedPart) if p.started_at and not p.ended_at), None
    )
