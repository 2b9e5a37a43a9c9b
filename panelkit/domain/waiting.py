"""What waits on whom, read from the record and from nothing else: for the home screen.

Each line says what is waited for, by when, and which meeting shows it; no line carries
words of a case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import needed_agencies
from panelkit.domain.completeness import completeness
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.fields import short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.owing import Owed
from panelkit.domain.starting import open_actions
from panelkit.domain.transfers import open_transfers, owed_for
from panelkit.domain.vocabulary import (
    OVER,
    AttendanceStatus,
    LevelDecision,
    MeetingRole,
    MeetingState,
    OwedWhat,
    ReportStatus,
    Stops,
)

SOON_DAYS = 14
"""A review that is due within so many days and not listed is shown."""


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that somebody waits for."""

    ref: str
    """The meeting that shows it; the case's reference where a meeting is wanted."""
    words: str
    due: date | None
    mine: bool
    """Whether it waits on the person at this desk, by what the record says of them."""
    late: bool
    wanted: bool = False
    """A meeting that is not in the record yet: ``ref`` is the case."""
    afterwards: bool = False
    """Owed after an emergency panel."""


def before_meeting(meeting: Meeting, area: Area) -> str:
    """What a planned meeting still waits for: ``4 actions to take, 1 report missing``."""
    people = meeting.live(e.Attendance)
    actions = sum(a.is_live and a.status is None for a in meeting.old_actions)
    reports = sum(
        p.report is ReportStatus.NONE
        or (p.status is AttendanceStatus.REPORT_ONLY and p.report is None)
        for p in people
    )
    asked = meeting.live(e.AgencyReturn)
    owed = sum(one.answer is None for one in asked)
    invited = {p.agency for p in people}
    needed = [a.label for a in needed_agencies(meeting, area) if a not in invited]
    found = [
        f"{actions} action{'' if actions == 1 else 's'} to take" if actions else "",
        f"{reports} report{'' if reports == 1 else 's'} missing" if reports else "",
        f"{owed} of {len(asked)} return{'' if len(asked) == 1 else 's'} not back" if owed else "",
        f"not invited: {', '.join(needed)}" if people and needed else "",
        "" if people else "nobody invited yet",
    ]
    return ", ".join(part for part in found if part) or "nothing waits"


def minutes_waits(meeting: Meeting, area: Area, today: date, who: str) -> Iterator[Waits]:
    """Minutes to be approved or issued, then each decision that is to be written up before."""
    yield from _minutes(meeting, area, today, who)
    yield from _decisions(meeting, area, today, who)


def _minutes(meeting: Meeting, area: Area, today: date, who: str) -> Iterator[Waits]:
    if meeting.state not in (MeetingState.CLOSED, MeetingState.APPROVED):
        return
    due = minutes_due(meeting, area)
    by_chair = meeting.state is MeetingState.CLOSED
    on = MeetingRole.CHAIR if by_chair else MeetingRole.MINUTE_TAKER
    words = "minutes to be approved" if by_chair else "approved minutes to be issued"
    yield Waits(meeting.ref, words, due, _is(meeting, on, who), due < today)


def _decisions(meeting: Meeting, area: Area, today: date, who: str) -> Iterator[Waits]:
    if meeting.state is not MeetingState.CLOSED:
        return
    weak = {
        gap.entry
        for gap in completeness(meeting, area)
        if gap.field.startswith("decisions.") and gap.stops is Stops.APPROVAL
    }
    for decision in meeting.live(e.Decision):
        if decision.id in weak:
            due = minutes_due(meeting, area)
            words = f"decision {decision.ref} to be written up"
            yield Waits(meeting.ref, words, due, _is(meeting, MeetingRole.CHAIR, who), due < today)


def afterwards_waits(meeting: Meeting, left: Sequence[Owed], today: date) -> Iterator[Waits]:
    """What an emergency panel ``left`` owing, a line for each kind; its review and its minutes have
    lines of their own."""
    for what in (OwedWhat.PAPERS, OwedWhat.CATEGORY, OwedWhat.REFERRAL):
        mine = [one for one in left if one.what is what and not one.is_settled]
        if not mine:
            continue
        words = f"{what.label.lower()} owed after the emergency panel"
        if what is OwedWhat.PAPERS:
            count = f"{len(mine)} organisation{'' if len(mine) == 1 else 's'}"
            words = f"papers in writing owed by {count}"
        due = min(one.due for one in mine)
        yield Waits(meeting.ref, words, due, mine=False, late=due < today, afterwards=True)


def transfer_waits(last: Meeting, area: Area, today: date) -> Iterator[Waits]:
    """What a transfer of the case still waits for, by whom."""
    for transfer in open_transfers(last):
        for one in owed_for(last, transfer, area):
            words = f"transfer: {one.by_whom} owes {one.to_whom} {one.words}"
            yield Waits(last.ref, words, one.due, mine=False, late=one.is_late(today))


def review_waits(last: Meeting, today: date) -> Iterator[Waits]:
    """The next meeting of the case whose last one this is, where it is near and not listed."""
    due = last.day("A18", "next_review_date")
    leaves = last.value("A15", "level_decision") in (LevelDecision.EXIT, LevelDecision.L1)
    if last.state not in OVER or due is None or leaves or (due - today).days > SOON_DAYS:
        return
    days = (due - today).days
    when = "was due" if days < 0 else "is due today" if not days else f"is due in {days} days"
    yield Waits(
        last.case.ref, f"review {when}, not listed", due, mine=False, late=days < 0, wanted=True
    )


def actions_wait(last: Meeting, today: date, who: str) -> Iterator[Waits]:
    """Actions that are overdue in the case whose last meeting this is: those of ``who``, the others."""
    held = last.state in OVER
    going_on = open_actions(last) if held else [a for a in last.old_actions if a.is_live]
    overdue = [
        a
        for a in going_on
        if a.current_due and a.current_due < today and (a.status is None or a.status.outstanding)
    ]
    mine = [a for a in overdue if a.owner and a.owner.casefold() == who.casefold()]
    others = [a for a in overdue if a not in mine]
    for found, is_mine in ((mine, True), (others, False)):
        if not found:
            continue
        owners = dict.fromkeys(a.organisation for a in found if a.organisation)
        whose = "" if is_mine else f" ({', '.join(owners)})" if owners else ""
        first = min(a.current_due for a in found if a.current_due)
        count = f"{len(found)} action{'' if len(found) == 1 else 's'}"
        yield Waits(last.ref, f"{count} overdue{whose}", first, is_mine, late=True)


def _is(meeting: Meeting, role: MeetingRole, who: str) -> bool:
    person = meeting.role(role)
    return person is not None and person.name.casefold() == who.casefold()


def due_words(waits: Waits, today: date) -> str:
    """``today``, ``LATE, 20 Nov``: beside what is waited for."""
    if waits.due is None:
        return ""
    if waits.due == today:
        return "today"
    return f"{'LATE, ' if waits.late else ''}{short_date(waits.due)}"
