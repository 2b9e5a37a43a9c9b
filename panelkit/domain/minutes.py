"""The life of minutes, computed from dated facts and from the state of the meeting.

Nothing here is stored: the record holds who did what and when, and these pure functions
say at which stage the minutes are, who may edit them, what comes next, who owes it since
when, and which clock runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.deadlines import deadlines
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import (
    add_working_days,
    room_day,
    weekdays_only,
    working_days_between,
)
from panelkit.domain.vocabulary import (
    HELD,
    AmendmentOutcome,
    MeetingRole,
    MeetingState,
    MinutesAgreed,
    Term,
    YesNo,
)


class Stage(Term):
    """Where the minutes are."""

    NOTES = "notes", "Notes"
    DRAFT = "draft", "Draft"
    CHAIR_REVIEW = "chair_review", "With the chair"
    APPROVED = "approved", "Approved"
    ISSUED = "issued", "Issued"
    AMENDED = "amended", "Amended"
    AGREED = "agreed", "Agreed at the next meeting"


class Happened(Term):
    """A fact in the life of minutes. The record may hold others, which change no stage."""

    SENT_TO_CHAIR = "sent_to_chair", "Sent to the chair"
    RETURNED = "returned", "Returned to the minute taker"
    REOPENED = "reopened", "Meeting reopened"
    ATTESTED = "attested", "Attested"
    APPROVED = "approved", "Approved"
    APPROVAL_WITHDRAWN = "approval_withdrawn", "Approval withdrawn"
    ISSUED = "issued", "Issued"
    DECISION_CHANGED = "decision_changed", "Decision changed by the chair"
    AMENDMENT_AGREED = "amendment_agreed", "Amendment agreed"
    AMENDMENT_DISPUTED = "amendment_disputed", "Amendment not agreed, noted"
    AMENDED = "amended", "Amended version issued"
    DISTRIBUTED = "distributed", "Copies written"
    SENT = "sent", "Copy sent"
    RELEASED = "released", "Released to other copies"
    EXPORTED = "exported", "Taken out of the record"
    HANDED_OVER = "handed_over", "Handed over"
    RECEIVED = "received", "Received from another desk"
    PEN_TAKEN = "pen_taken", "Pen taken back"
    TAKEN_ON = "taken_on", "Taken on from minutes made elsewhere"
    RENUMBERED = "renumbered", "Renumbered when two desks were put together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened to the minutes: what, who, when, why."""

    what: str
    """A value of :class:`Happened`, or a word of somebody else's."""
    who: str
    at: datetime
    reason: str = ""
    about: str = ""
    """What it is about: an amendment's id, a place, a recipient."""
    content_hash: str = ""
    """Of the text that was approved or issued; blank for other facts."""

    @property
    def label(self) -> str:
        """What people read."""
        known = {str(happened): happened.label for happened in Happened}
        return known.get(self.what, self.what.replace("_", " ").capitalize())

    @property
    def day(self) -> date:
        """The date on the room's clock."""
        return room_day(self.at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """On whom the minutes wait, for what, since when."""

    on: MeetingRole | None
    """None where nothing is owed."""
    name: str
    """Who that is at this meeting; blank where nobody is named."""
    since: date
    what: str

    @property
    def words(self) -> str:
        """``Chair (Ruth Calloway), since 3 March 2026: to approve``."""
        if self.on is None:
            return self.what
        named = f" ({self.name})" if self.name else ""
        return f"{self.on.label}{named}, since {self.since.day} {self.since:%B %Y}: {self.what}"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that may be done next."""

    id: str
    """The verb of the service: ``send_to_chair``."""
    label: str
    owed_by: MeetingRole
    chair_only: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """One clock in working days."""

    what: str
    due: date
    rule: str
    stopped_on: date | None
    """The day it was met; None while it runs."""
    days: int
    """Working days left; 0 is due today; negative is late. Of a stopped clock, as it stopped."""

    @property
    def is_late(self) -> bool:
        """After the last day that is in time."""
        return self.days < 0

    @property
    def words(self) -> str:
        """``due today``, ``late by 2 working days``, ``stopped 3 March 2026, in time``."""
        count = abs(self.days)
        plural = "" if count == 1 else "s"
        late = f"late by {count} working day{plural}"
        if self.stopped_on:
            when = f"{self.stopped_on.day} {self.stopped_on:%B %Y}"
            return f"stopped {when}, {late if self.is_late else 'in time'}"
        if self.is_late:
            return late
        return f"due in {count} working day{plural}" if count else "due today"


EDITORS: Final[dict[Stage, tuple[MeetingRole, ...]]] = {
    Stage.NOTES: (MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER),
    Stage.DRAFT: (MeetingRole.MINUTE_TAKER, MeetingRole.CHAIR),
    Stage.CHAIR_REVIEW: (MeetingRole.CHAIR,),
    Stage.APPROVED: (),
    Stage.ISSUED: (),
    Stage.AMENDED: (),
    Stage.AGREED: (),
}
"""Who may edit the words at each stage; after approval an amendment is the one door."""


def stage(meeting: Meeting, facts: Sequence[Fact] = (), following: Meeting | None = None) -> Stage:
    """Where the minutes are. ``following`` is the next meeting of the case, if there is one."""
    if meeting.state not in HELD:
        return Stage.NOTES
    if meeting.state is MeetingState.CLOSED:
        return Stage.CHAIR_REVIEW if _with_chair(facts) else Stage.DRAFT
    if meeting.state is MeetingState.APPROVED:
        return Stage.APPROVED
    if agreement(following):
        return Stage.AGREED
    return Stage.AMENDED if last(facts, Happened.AMENDED) else Stage.ISSUED


def agreement(following: Meeting | None) -> Fact | None:
    """That the next meeting agreed these minutes at A4; None while it has not."""
    if following is None:
        return None
    answer = following.answers.get(("A4", "previous_minutes_agreed"))
    agreed = following.chosen("A4", "previous_minutes_agreed", MinutesAgreed)
    if answer is None or answer.typed_at is None or agreed is None:
        return None
    return Fact(
        what="agreed", who=answer.typed_by, at=answer.typed_at,
        reason=f"{agreed.label}, at {following.ref}",
    )  # fmt: skip


def last(facts: Sequence[Fact], *what: str) -> Fact | None:
    """The latest fact of a kind; None where there is none."""
    found = [fact for fact in facts if fact.what in what]
    return max(found, key=lambda fact: fact.at) if found else None


def _with_chair(facts: Sequence[Fact]) -> Fact | None:
    """The sending that nothing took back since."""
    moved = [fact for fact in facts if fact.what in _MOVES]
    latest = moved[-1] if moved else None
    return latest if latest and latest.what in _TO_CHAIR else None


_TO_CHAIR: Final = (Happened.SENT_TO_CHAIR, Happened.APPROVAL_WITHDRAWN)
"""Facts after which the chair has the draft."""
_MOVES: Final = (*_TO_CHAIR, Happened.RETURNED, Happened.REOPENED)


def is_chair(meeting: Meeting, who: str) -> bool:
    """Whether ``who`` chairs this meeting; False where nobody is named."""
    chair = meeting.role(MeetingRole.CHAIR)
    return bool(chair and chair.name.strip()) and _same(chair.name if chair else "", who)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def why_not_edit(meeting: Meeting, facts: Sequence[Fact], who: str) -> str:
    """Why ``who`` may not edit the words now; blank where they may.

    Only the chair's desk may edit what is with the chair. In a draft anybody who works on
    the record may type, as at the meeting: who typed is kept.
    """
    now = stage(meeting, facts)
    if not EDITORS[now]:
        return f"The minutes of {meeting.ref} are {now.label.lower()}."
    if now is Stage.CHAIR_REVIEW and not is_chair(meeting, who):
        return f"The draft of {meeting.ref} is with the chair."
    return ""


CHAIRS_ANSWERS: Final = frozenset(
    {
        ("A13", "disclosure_decision"), ("A13", "disclosure_rationale"), ("A15", "level_decision"),
        ("A15", "exit_reason"), ("A10", "overall_rosh"),
    }
)  # fmt: skip
"""Answers that are a decision or its reason."""

CHAIRS_FIELDS: Final = frozenset({"decision", "because", "type", "power", "decided_by"})
"""Fields of a decision that say what was decided and why."""


def only_the_chair(meeting: Meeting, who: str, before: str) -> bool:
    """Whether changing a decision or its reason is refused to ``who``.

    After closing, words that stand are the chair's to change; a blank may be written up
    by anybody, and is then read back to the chair.
    """
    return meeting.state in HELD and bool(before.strip()) and not is_chair(meeting, who)


# -- what comes next -----------------------------------------------------------------------

_CHAIR, _TAKER = MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER

STEPS: Final[dict[Stage, tuple[Step, ...]]] = {
    Stage.NOTES: (),
    Stage.DRAFT: (Step("send_to_chair", "Send to the chair", _TAKER),),
    Stage.CHAIR_REVIEW: (
        Step("approve", "Approve", _CHAIR, chair_only=True),
        Step("comment", "Comment on a section", _CHAIR),
        Step("give_back", "Return to the minute taker", _CHAIR, chair_only=True),
    ),
    Stage.APPROVED: (
        Step("issue", "Issue", _TAKER),
        Step("withdraw_approval", "Withdraw the approval", _CHAIR, chair_only=True),
    ),
    Stage.ISSUED: (Step("amend", "Ask for an amendment", _TAKER),),
    Stage.AMENDED: (Step("amend", "Ask for an amendment", _TAKER),),
    Stage.AGREED: (Step("amend", "Ask for an amendment", _TAKER),),
}
"""What may be done at each stage, what is owed first."""


def next_steps(
    meeting: Meeting, facts: Sequence[Fact] = (), following: Meeting | None = None
) -> tuple[Step, ...]:
    """What may be done now, what is owed first."""
    now = stage(meeting, facts, following)
    steps = STEPS[now]
    if meeting.state is MeetingState.ISSUED:
        if undecided(meeting):
            decide = Step("decide_amendment", "Decide an amendment", _CHAIR, chair_only=True)
            steps = (decide, *steps)
        if unissued(meeting):
            steps = (Step("issue_amended", "Issue the amended version", _TAKER), *steps)
    return steps


def undecided(meeting: Meeting) -> tuple[e.Amendment, ...]:
    """Amendments asked for that the chair has not decided."""
    return tuple(a for a in meeting.live(e.Amendment) if a.outcome is None)


def unissued(meeting: Meeting) -> tuple[e.Amendment, ...]:
    """Amendments decided, agreed or noted, that no issued version prints yet."""
    return tuple(a for a in meeting.live(e.Amendment) if a.outcome and not a.version)


def agreed_amendments(meeting: Meeting) -> tuple[e.Amendment, ...]:
    """Amendments that the chair agreed."""
    return tuple(a for a in meeting.live(e.Amendment) if a.outcome is AmendmentOutcome.AGREED)


def open_comments(meeting: Meeting) -> tuple[e.Comment, ...]:
    """Comments that nobody settled."""
    return tuple(c for c in meeting.live(e.Comment) if c.settled is not YesNo.YES)


def waiting_on(
    meeting: Meeting, facts: Sequence[Fact] = (), following: Meeting | None = None
) -> Waiting:
    """On whom the minutes wait, since when."""
    now = stage(meeting, facts, following)
    if now is Stage.NOTES:
        return _wait(meeting, _CHAIR, meeting.held_on, "the meeting has not closed")
    if now is Stage.DRAFT:
        back = last(facts, Happened.RETURNED, Happened.REOPENED)
        since = back.day if back and back.what == Happened.RETURNED else closed_on(meeting)
        return _wait(meeting, _TAKER, since, "to write up the draft and send it to the chair")
    if now is Stage.CHAIR_REVIEW:
        sent = _with_chair(facts)
        return _wait(meeting, _CHAIR, sent.day if sent else closed_on(meeting), "to approve it")
    approved, issued = last(facts, Happened.APPROVED), last(facts, Happened.ISSUED)
    if now is Stage.APPROVED:
        since = approved.day if approved else closed_on(meeting)
        return _wait(meeting, _TAKER, since, "to issue the minutes")
    asked, decided = undecided(meeting), unissued(meeting)
    if asked:
        since = min(_day(a.typed_at, meeting) for a in asked)
        return _wait(meeting, _CHAIR, since, f"to decide {_count(len(asked), 'amendment')}")
    if decided:
        since = min(a.decided_on or _day(a.typed_at, meeting) for a in decided)
        return _wait(meeting, _TAKER, since, "to issue the amended version")
    since = issued.day if issued else closed_on(meeting)
    done = (
        "agreed at the next meeting"
        if now is Stage.AGREED
        else f"{now.label.lower()}, to be agreed at the next meeting"
    )
    return Waiting(None, "", since, f"Nothing is owed: {done}.")


def _wait(meeting: Meeting, role: MeetingRole, since: date, what: str) -> Waiting:
    person = meeting.role(role)
    return Waiting(role, person.name if person else "", since, what)


def _day(at: datetime | None, meeting: Meeting) -> date:
    return room_day(at) if at else meeting.held_on


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def closed_on(meeting: Meeting) -> date:
    """The day its last part ended; the day it was held where that is not recorded."""
    ends = [part.ended_at for part in meeting.live(e.Part) if part.ended_at]
    return room_day(max(ends)) if ends else meeting.held_on


# -- clocks ----------------------------------------------------------------------------------


def clocks(meeting: Meeting, area: Area, facts: Sequence[Fact], today: date) -> tuple[Running, ...]:
    """Draft to the chair, and minutes issued: counted in working days from the meeting.

    The first stops when the draft first went to the chair, the second when the minutes
    were issued. Once issued, the days in which amendments are asked for are counted too.
    """
    due = {deadline.what: deadline for deadline in deadlines(meeting, area)}
    sent = _first(facts, Happened.SENT_TO_CHAIR, Happened.APPROVED)
    issued = _first(facts, Happened.ISSUED)
    found = []
    for what, stopped in (("Draft to the chair", sent), ("Minutes issued", issued)):
        deadline = due[what]
        until = stopped.day if stopped else today
        days = working_days_between(until, deadline.due, area.calendar)
        found.append(
            Running(what, deadline.due, deadline.rule, stopped.day if stopped else None, days)
        )
    if issued:
        window = area.figure("amendment_window_working_days")
        ends = add_working_days(issued.day, window, area.calendar)
        counted = weekdays_only(issued.day, ends, area.calendar)
        stopped_on = ends if today > ends else None
        days = 0 if stopped_on else working_days_between(today, ends, area.calendar)
        found.append(
            Running(
                "Amendments asked for", ends, f"{window} working days{counted}", stopped_on, days
            )
        )
    return tuple(found)


def _first(facts: Sequence[Fact], *what: str) -> Fact | None:
    found = [fact for fact in facts if fact.what in what]
    return min(found, key=lambda fact: fact.at) if found else None
