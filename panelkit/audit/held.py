"""What the key figures need of one meeting: a few facts, so that a year of them fits in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from panelkit.audit.smart import smart
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.meeting import Meeting
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason, is_cancelled
from panelkit.domain.required import Required, agency_came, required_organisations
from panelkit.domain.timescales import add_working_days
from panelkit.domain.vocabulary import (
    HELD,
    ActionStatus,
    AgencyType,
    DisclosureDecision,
    Level,
    LevelDecision,
    MeetingKind,
    MeetingState,
    YesNo,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSeen:
    """An action as one meeting knew it."""

    ref: str
    """``2.1``: unique within its case."""
    due: date | None
    """As it was first set; a later date does not move it."""
    status: ActionStatus | None
    completed_on: date | None
    organisation: str = ""
    green: bool | None = None
    """Whether it met all five SMART tests; None where it was set earlier, or nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSeen:
    """The facts of one meeting that figures are made of."""

    ref: str
    case_ref: str
    number: int
    level: Level
    kind: MeetingKind
    held_on: date
    state: MeetingState
    required: tuple[Required, ...]
    attendance_recorded: bool
    police: bool | None
    probation: bool | None
    disclosure: bool
    """Considered, and a decision recorded in the minutes."""
    minutes_due: date
    issued_on: date | None
    """None where not issued, or where the record does not say when."""
    next_level: Level | None
    """The level it is managed at afterwards; None where no meeting follows."""
    review_due: date | None
    """The last day for the next meeting; None where none follows."""
    actions: tuple[ActionSeen, ...]
    first_due: date | None = None
    """The last day for a first meeting, from the day its referral was accepted; None where no
    referral is linked."""
    postponed: bool = False
    """Put off to a later day: it counts as late (quality notes section 6 [I])."""
    not_needed: bool = False
    """Cancelled because it was needed no longer: nothing is missed by it."""

    @property
    def held(self) -> bool:
        """Whether it took place and has ended; a planned one is no denominator."""
        return self.state in HELD

    @property
    def took_place(self) -> bool:
        """Whether the panel met, also where it has not ended: what a review is counted by. Not where
        another office's minutes tell of it."""
        return self.state not in (MeetingState.PLANNED, MeetingState.ELSEWHERE)


def seen(
    meeting: Meeting, area: Area, issued_on: date | None = None, *,
    put_off: Sequence[PutOff] = (), accepted: Sequence[date] = (), with_smart: bool = False,
) -> MeetingSeen:  # fmt: skip
    """The facts of a meeting. ``issued_on`` is the record's; else the first copy sent says it.

    ``put_off`` is of the meeting; ``accepted`` the days on which referrals that led to its case were.
    ``with_smart`` also tests each action set at it, which takes as long as the rest.
    """
    part = area.figure("part_attendance_percent")
    following = _next_level(meeting)
    weeks = area.figure(f"review_l{following}_backstop_weeks") if following else 0
    sent = [row.sent_on for row in meeting.live(e.Recipient) if row.sent_on]
    rows = meeting.live(e.Attendance)
    return MeetingSeen(
        ref=meeting.ref, case_ref=meeting.case.ref, number=meeting.number, level=meeting.level,
        kind=meeting.kind, held_on=meeting.held_on, state=meeting.state,
        required=required_organisations(meeting, area, part_percent=part),
        attendance_recorded=any(row.invited for row in rows),
        police=agency_came(meeting, area, AgencyType.POL, part),
        probation=agency_came(meeting, area, AgencyType.PRB, part),
        disclosure=_disclosure(meeting), minutes_due=minutes_due(meeting, area),
        issued_on=issued_on or min(sent, default=None), next_level=following,
        review_due=meeting.held_on + timedelta(weeks=weeks) if following else None,
        actions=tuple(
            ActionSeen(
                ref=a.ref, due=a.due, status=a.status, completed_on=a.completed_on,
                organisation=a.organisation,
                green=smart(a, meeting, area).points == 5
                if with_smart and a.set_at == meeting.number
                else None,
            )
            for a in meeting.live(e.Action)
        ),
        first_due=_first_due(meeting, area, accepted),
        postponed=any(one.is_live and one.kind is PutOffKind.POSTPONED for one in put_off),
        not_needed=is_cancelled(meeting, put_off)
        and any(one.is_live and one.reason is PutOffReason.NOT_NEEDED for one in put_off),
    )  # fmt: skip


def _first_due(meeting: Meeting, area: Area, accepted: Sequence[date]) -> date | None:
    before = [day for day in accepted if day <= meeting.held_on]
    if not before:
        return None
    days = area.figure(f"initial_l{meeting.level}_working_days")
    return add_working_days(max(before), days, area.calendar)


def _disclosure(meeting: Meeting) -> bool:
    decided = meeting.chosen("A13", "disclosure_decision", DisclosureDecision)
    return meeting.value("A13", "disclosure_considered") is YesNo.YES and decided is not None


def _next_level(meeting: Meeting) -> Level | None:
    decided = meeting.chosen("A15", "level_decision", LevelDecision)
    if decided in (LevelDecision.EXIT, LevelDecision.L1):
        return None
    if decided is not None:
        return Level.THREE if decided is LevelDecision.L3 else Level.TWO
    level = meeting.chosen("A18", "next_level", Level) or meeting.level
    return None if level is Level.ONE else level


def last_known(meetings: tuple[MeetingSeen, ...]) -> tuple[ActionSeen, ...]:
    """Each action of one case as its latest meeting knew it; ``meetings`` in order."""
    latest: dict[str, ActionSeen] = {}
    for meeting in meetings:
        for action in meeting.actions:
            before = latest.get(action.ref)
            # The date it was first set for stands, also where a later copy has another.
            latest[action.ref] = (
                dataclasses.replace(action, due=before.due) if before and before.due else action
            )
    return tuple(latest.values())
