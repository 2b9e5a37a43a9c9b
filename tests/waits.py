"""What waits on whom, of every meeting there is: what home finds by its index is held against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panelkit.domain.area import Area
from panelkit.domain.meeting import Meeting
from panelkit.domain.owing import beyond_of, still_owed
from panelkit.domain.referrals import Referral
from panelkit.domain.vocabulary import HELD, MeetingKind
from panelkit.domain.waiting import (
    Waits,
    actions_wait,
    afterwards_waits,
    minutes_waits,
    review_waits,
    transfer_waits,
)


def waiting(
    meetings: Sequence[Meeting], area: Area, today: date, who: str,
    referrals: Sequence[Referral] = (),
) -> tuple[Waits, ...]:  # fmt: skip
    """Everything late, due soon, or waiting on ``who``; the most pressing first."""
    found: list[Waits] = []
    for meeting in meetings:
        found += minutes_waits(meeting, area, today, who)
        if meeting.kind is MeetingKind.EMERGENCY and meeting.state in HELD:
            beyond = beyond_of(meeting, meetings, referrals)
            found += afterwards_waits(meeting, still_owed(meeting, area, beyond), today)
    for last in _latest(meetings).values():
        found += review_waits(last, today)
        found += transfer_waits(last, area, today)
        found += actions_wait(last, today, who)
    return tuple(sorted(found, key=lambda w: (not w.late, w.due or date.max, w.ref)))


def _latest(meetings: Sequence[Meeting]) -> dict[str, Meeting]:
    latest: dict[str, Meeting] = {}
    for meeting in meetings:
        there = latest.get(meeting.case.id)
        if there is None or meeting.number > there.number:
            latest[meeting.case.id] = meeting
    return latest
