"""Everything that happened in a case, in one list, the newest last.

Meetings, decisions, disclosures with their recipients, the life of minutes, documents as they
were issued, copies, hand-overs, requests, that there were audits (never what they say), and who
opened the case. Each line comes from the record; nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.allocating import moves
from panelkit.domain.errors import NotFound
from panelkit.domain.fields import long_date, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.minutes import Happened
from panelkit.domain.people import Act
from panelkit.domain.put_off import standing
from panelkit.domain.updates import BY_KEY
from panelkit.domain.vocabulary import Term
from panelkit.services.acting import acting
from panelkit.services.clock import LONDON
from panelkit.services.minute_taking import KINDS

if TYPE_CHECKING:
    from panelkit.store.record import Record

_TITLES: Final = {kind.id: kind.title for kind in KINDS}
_ELSEWHERE: Final = frozenset(
    {Happened.ISSUED, Happened.AMENDED, Happened.DISTRIBUTED, Happened.SENT, Happened.HANDED_OVER,
     Happened.RECEIVED, Happened.PEN_TAKEN, Happened.ATTESTED}
)  # fmt: skip
"""Facts of the minutes' life that have lines of their own here, or go with the one beside them."""


class What(Term):
    """Kinds of line."""

    MEETING = "meeting", "Meeting"
    LEVEL = "level", "Level"
    DECISION = "decision", "Decision"
    DISCLOSURE = "disclosure", "Disclosure"
    MINUTES = "minutes", "Minutes"
    ISSUED = "issued", "Issued"
    COPY = "copy", "Copy"
    HAND_OVER = "hand_over", "Hand-over"
    REQUEST = "request", "Request"
    AUDIT = "audit", "Audit"
    CHASED = "chased", "Chased"
    ENTERED = "entered", "Entered"
    ALLOCATED = "allocated", "Allocated"
    OPENED = "opened", "Opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line."""

    at: datetime
    """Aware; the start of the meeting or of the day where the record keeps no moment."""
    is_day: bool = False
    """Whether only the day is known."""
    what: What
    ref: str
    """The meeting's reference."""
    said: str
    """What may be read on a shared screen."""
    words: str = ""
    """What is typed in the case: hidden on a shared screen."""
    who: str = ""
    """Who did it; blank where the record does not say."""
    kind: str = ""
    """Kind of the entry it is about; blank for none."""
    entry: str = ""

    @property
    def local(self) -> datetime:
        """On the room's clock."""
        return self.at.astimezone(LONDON)


@acting(Act.READ)
class Timeline:
    """Reads one record."""

    def __init__(self, record: Record) -> None:
        """Nothing is written."""
        self.record = record

    def meetings(self, ref: str) -> tuple[Meeting, ...]:
        """Every meeting of a case, by the case's reference or one of its meetings'. Raises NotFound."""
        last = self.record.latest(ref)
        if last is None:
            found = self.record.find(ref)
            last = self.record.latest(found.case.ref) if found else None
        if last is None:
            self.record.case(ref)
            msg = f"{ref} has no meeting yet."
            raise NotFound(msg)
        return (*self.record.earlier(last), last)

    def of(self, ref: str) -> tuple[Event, ...]:
        """Every line of a case, the newest last. Raises NotFound."""
        lines: list[Event] = []
        before: Meeting | None = None
        meetings = self.meetings(ref)
        for meeting in meetings:
            lines += self._of_meeting(meeting, before)
            before = meeting
        lines += self._chased(meetings)
        lines += self._allocated(meetings[-1])
        return tuple(sorted(lines, key=lambda line: line.at))

    def _chased(self, meetings: tuple[Meeting, ...]) -> Iterator[Event]:
        """Reminders, who was told, what was entered elsewhere: of what is the case's alone."""
        case, refs = meetings[-1].case, {m.number: m.ref for m in meetings}
        actions = {(case.id, a.set_at, a.number) for m in meetings for a in m.of(e.Action)}
        reminders = {one.id: one for one in self.record.reminders()} if actions else {}
        for row in self.record.reminded_of(sorted(actions)):
            one, ref = reminders[row.reminder_id], refs.get(row.set_at, meetings[-1].ref)
            said = f"{one.ref} to {one.organisation} about {row.set_at}.{row.number}"
            yield Event(at=one.written_at, what=What.CHASED, ref=ref, said=f"{said}, written", who=one.written_by)  # fmt: skip
            if one.sent_on is not None:
                yield _on(one.sent_on, What.CHASED, ref, f"{said}, sent", who=one.sent_by)
            if row.replied_on is not None:
                yield _on(row.replied_on, What.CHASED, ref, f"{said}, answered", row.reply, row.replied_by)  # fmt: skip
        for told in self.record.escalations():
            if told.case_id == case.id and told.is_live:
                about = f" about {told.set_at}.{told.number}" if told.number else ""
                said = f"{told.ref} {told.organisation}{about}, to {told.to_whom}"
                ref = refs.get(told.set_at, meetings[-1].ref)
                yield _on(told.made_on, What.CHASED, ref, said, told.words, told.made_by)
                if told.answered_on is not None:
                    yield _on(told.answered_on, What.CHASED, ref, f"{said}, answered", told.answer)
        named = {m.id: m.ref for m in meetings}
        for done in self.record.entered(list(named)):
            if done.is_live:
                said = f"{BY_KEY[done.what].title} entered in ViSOR or MAPPS" if done.what in BY_KEY else "entered in ViSOR or MAPPS"  # fmt: skip
                yield _on(
                    done.done_on, What.ENTERED, named[done.meeting_id], said, who=done.done_by
                )

    def _allocated(self, last: Meeting) -> Iterator[Event]:
        """Who of the coordinators had the case."""
        for move in moves(self.record.allocations_of(last.case.id)):
            if move.at is not None:
                said = (
                    "the case was given to a coordinator" if move.after else "nobody has the case"
                )
                yield Event(
                    at=move.at, what=What.ALLOCATED, ref=last.ref, said=said, who=move.by,
                    words=". ".join(part for part in (move.words, move.because) if part),
                )  # fmt: skip

    def _of_meeting(self, meeting: Meeting, before: Meeting | None) -> Iterator[Event]:
        put_off = self.record.put_off(meeting.id).get(meeting.id, ())
        yield from _held(meeting, before, standing(meeting, put_off))
        yield from _decided(meeting)
        yield from _disclosed(meeting)
        yield from self._minutes(meeting)
        yield from self._copies(meeting)
        yield from self._requests(meeting)
        yield from self._others(meeting)

    def _minutes(self, meeting: Meeting) -> Iterator[Event]:
        for fact in self.record.facts(meeting.id):
            if fact.what not in _ELSEWHERE:
                yield Event(
                    at=fact.at, what=What.MINUTES, ref=meeting.ref, said=fact.label,
                    words=fact.reason, who=fact.who,
                )  # fmt: skip
        for issued in self.record.issued(meeting.id):
            title = _TITLES.get(issued.kind, issued.kind)
            if issued.at is not None:
                yield Event(
                    at=issued.at, what=What.ISSUED, ref=meeting.ref, who=issued.who,
                    said=f"{title}, version {issued.version}",
                )  # fmt: skip

    def _copies(self, meeting: Meeting) -> Iterator[Event]:
        for copy in self.record.register(meeting.id):
            to = ", ".join(part for part in (copy.name, copy.organisation) if part)
            named = f"copy {copy.copy_number} of version {copy.version} for {to}"
            for at, who, done in (
                (copy.written_at, copy.written_by, "written"),
                (copy.sent_at, copy.sent_by, f"sent: {copy.method}"),
            ):
                if at is not None:
                    yield Event(
                        at=at, what=What.COPY, ref=meeting.ref, said=f"{named}, {done}", who=who
                    )

    def _requests(self, meeting: Meeting) -> Iterator[Event]:
        noted = self.record.first_noted(meeting.id, "request")
        for request in self.record.requests(meeting.id):
            if request.id in noted:
                logged, by = noted[request.id]
                said = f"{request.ref} logged"
                yield Event(at=logged, what=What.REQUEST, ref=meeting.ref, said=said, who=by)
            capacity = f" ({request.capacity.label})" if request.capacity else ""
            outcome = f": {request.outcome.label}" if request.outcome else ": open"
            if request.received_on is not None:
                yield Event(
                    at=datetime.combine(request.received_on, time.min, LONDON), is_day=True,
                    what=What.REQUEST, ref=meeting.ref, words=request.requester,
                    said=f"{request.ref} received{capacity}{outcome}",
                )  # fmt: skip
            for when, who, done in (
                (request.checked_at, request.checked_by, "checked"),
                (request.approved_at, request.approved_by, "approved"),
            ):
                if when is not None:
                    said = f"{request.ref}: summary {done}"
                    yield Event(at=when, what=What.REQUEST, ref=meeting.ref, said=said, who=who)

    def _others(self, meeting: Meeting) -> Iterator[Event]:
        for gone in self.record.hand_overs(meeting.id):
            to = f" {gone.who}" if gone.who else ""
            yield Event(
                at=gone.at, what=What.HAND_OVER, ref=meeting.ref, who=gone.by,
                said=f"{gone.state.label}:{to}" if to else gone.state.label,
            )  # fmt: skip
        for audit in self.record.audits(meeting.id):
            yield Event(
                at=audit.begun_at, what=What.AUDIT, ref=meeting.ref, who=audit.auditor,
                said=f"form {audit.form.id} begun",
            )  # fmt: skip
            if audit.finished_at is not None:
                yield Event(
                    at=audit.finished_at, what=What.AUDIT, ref=meeting.ref, who=audit.auditor,
                    said=f"form {audit.form.id} finished",
                )  # fmt: skip
        for at, who, what in self.record.openings(meeting.id):
            how = what.removeprefix("opened: ")
            yield Event(at=at, what=What.OPENED, ref=meeting.ref, said=how or "opened", who=who)


def _on(day: date, what: What, ref: str, said: str, words: str = "", who: str = "") -> Event:
    at = datetime.combine(day, time.min, LONDON)
    return Event(at=at, is_day=True, what=what, ref=ref, said=said, words=words, who=who)


def _held(meeting: Meeting, before: Meeting | None, stands: str) -> Iterator[Event]:
    at, is_day = _start(meeting), meeting.slot is None
    said = f"meeting {meeting.number}, {meeting.level.label} {meeting.kind.label}: {stands}"
    yield Event(at=at, is_day=is_day, what=What.MEETING, ref=meeting.ref, said=said)
    if before is not None and before.level is not meeting.level:
        moved = f"{meeting.level.label}, {before.level.label} at {before.ref}"
        yield Event(at=at, is_day=is_day, what=What.LEVEL, ref=meeting.ref, said=moved)


def _decided(meeting: Meeting) -> Iterator[Event]:
    for row in meeting.live(e.Decision):
        sort = row.type.label if row.type else "no kind recorded"
        words = " Because: ".join(part for part in (row.decision, row.because) if part)
        yield Event(
            at=row.typed_at or _start(meeting), is_day=row.typed_at is None, what=What.DECISION,
            ref=meeting.ref, said=f"{row.ref} {sort}", words=words,
            who=row.decided_by or row.typed_by, kind=row.kind, entry=row.id,
        )  # fmt: skip


def _disclosed(meeting: Meeting) -> Iterator[Event]:
    answer = meeting.answers.get(("A13", "disclosure_decision"))
    if answer is not None and answer.text:
        yield Event(
            at=answer.typed_at or _start(meeting), is_day=answer.typed_at is None,
            what=What.DISCLOSURE, ref=meeting.ref,
            said=f"decided: {show_text(meeting.value('A13', 'disclosure_decision'))}",
            words=meeting.text("A13", "disclosure_rationale"), who=answer.typed_by,
        )  # fmt: skip
    for row in meeting.live(e.Disclosure):
        by_whom = f", by {row.by_whom}" if row.by_whom else ""
        by_when = f" by {long_date(row.by_when)}" if row.by_when else ""
        words = f"To {row.to_whom or 'nobody named'}: {row.what}{by_whom}{by_when}"
        yield Event(
            at=row.typed_at or _start(meeting), is_day=row.typed_at is None, what=What.DISCLOSURE,
            ref=meeting.ref, said=f"disclosure {row.number}", words=words, who=row.typed_by,
            kind=row.kind, entry=row.id,
        )  # fmt: skip


def _start(meeting: Meeting) -> datetime:
    """When it was to begin: what stands in for a moment that the record does not keep."""
    return datetime.combine(meeting.held_on, meeting.slot or time.min, LONDON)
