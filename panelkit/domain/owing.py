"""What an emergency panel leaves to be done afterwards, each with its day, its rule and its source.

A thing is settled where the record itself shows it (a date at A18, a category at A3, a report on the
list, a referral, minutes issued), or where somebody wrote down that it came: when and from whom.
Nothing is settled by the day going by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import organisations_present
from panelkit.domain.conditions import staying
from panelkit.domain.deadlines import minutes_due
from panelkit.domain.emergency import called_when, is_confirmed
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.referrals import Referral
from panelkit.domain.timescales import add_working_days, room_day, weekdays_only
from panelkit.domain.vocabulary import (
    HELD,
    Category,
    LevelDecision,
    MeetingKind,
    MeetingState,
    OwedWhat,
    ReportStatus,
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed after an emergency panel."""

    what: OwedWhat
    organisation: str
    """Whose papers; blank for the rest."""
    words: str
    """What, without words of the case."""
    due: date
    """The last day that is in time."""
    rule: str
    """The figure in words."""
    source: str
    """Where the figure comes from, with its tag."""
    settled_by: str = ""
    """Who did it or says so; blank while it is owed."""
    settled_on: date | None = None
    """When; None while it is owed, and where the record shows it without a day."""
    shown_by: str = ""
    """What in the record shows that it is done; blank while it is owed."""

    @property
    def is_settled(self) -> bool:
        """Whether the record shows that it is done."""
        return bool(self.shown_by)

    def is_late(self, today: date) -> bool:
        """Whether it is owed and its day has gone by."""
        return not self.is_settled and self.due < today


@dataclass(frozen=True, slots=True)
class Beyond:
    """What the record holds beside the meeting that settles something of it."""

    referral: Referral | None = None
    """A referral of the case, received and not withdrawn."""
    later: Meeting | None = None
    """The last meeting of the case, where it is a later one."""
    left_before: bool = False
    """Whether the meeting before it recorded that the individual leaves MAPPA."""
    issued: tuple[str, date] | None = None
    """Who issued the minutes, and on which day."""


def beyond_of(
    meeting: Meeting, of_case: Sequence[Meeting], referrals: Sequence[Referral],
    issued: tuple[str, date] | None = None,
) -> Beyond:  # fmt: skip
    """What settles something of ``meeting``, found among the meetings of its case and the referrals.

    A referral that was received before the individual left MAPPA is not the one that is owed.
    """
    earlier = [m for m in of_case if m.case.id == meeting.case.id and m.number < meeting.number]
    later = [m for m in of_case if m.case.id == meeting.case.id and m.number > meeting.number]
    before = max(earlier, key=lambda m: m.number, default=None)
    left = before is not None and before.value("A15", "level_decision") is LevelDecision.EXIT
    came = [
        one
        for one in referrals
        if one.is_live
        and one.case_id == meeting.case.id
        and not (left and before is not None and one.received_on <= before.held_on)
    ]
    return Beyond(
        referral=max(came, key=lambda one: one.received_on, default=None),
        later=max(later, key=lambda m: m.number, default=None), left_before=left, issued=issued,
    )  # fmt: skip


def owed_after(meeting: Meeting, area: Area, beyond: Beyond) -> tuple[Owed, ...]:
    """Everything owed after an emergency panel, settled or not; nothing for another kind.

    Before the panel ends nobody has spoken, so that no papers are owed yet; what the meeting itself
    must still settle is among its gaps.
    """
    if meeting.kind is not MeetingKind.EMERGENCY:
        return ()
    found = [
        *_papers(meeting, area), *_category(meeting, area, beyond), *_referral(meeting, area, beyond),
        *_review(meeting, area), *_minutes(meeting, area, beyond),
    ]  # fmt: skip
    return tuple(_written_down(meeting, one) for one in found)


def still_owed(meeting: Meeting, area: Area, beyond: Beyond) -> tuple[Owed, ...]:
    """What is not settled, the first due first."""
    open_ones = (one for one in owed_after(meeting, area, beyond) if not one.is_settled)
    return tuple(sorted(open_ones, key=lambda one: (one.due, list(OwedWhat).index(one.what))))


def _after(meeting: Meeting, area: Area) -> tuple[date, str, str]:
    key = "emergency_papers_working_days"
    days = area.figure(key)
    due = add_working_days(meeting.held_on, days, area.calendar)
    counted = weekdays_only(meeting.held_on, due, area.calendar)
    rule = f"{days} working day{'' if days == 1 else 's'} after the meeting{counted}"
    return due, rule, area.source(key)


def _was_called(meeting: Meeting) -> bool:
    """Whether the record shows a panel that was called and rung round at short notice: one that was
    written up elsewhere owes what its minutes say, and nothing that is worked out here."""
    return bool(meeting.live(e.Call)) or called_when(meeting) is not None


def _papers(meeting: Meeting, area: Area) -> Iterator[Owed]:
    if not _was_called(meeting):
        return
    due, rule, source = _after(meeting, area)
    came = (ReportStatus.RECEIVED, ReportStatus.NIL_RETURN)
    for name in organisations_present(meeting, area):
        paper = next(
            (a for a in meeting.live(e.Attendance) if a.organisation == name and a.report in came),
            None,
        )
        words = f"what {name} said, in writing"
        if paper is None:
            yield Owed(OwedWhat.PAPERS, name, words, due, rule, source)
        else:
            yield Owed(
                OwedWhat.PAPERS, name, words, due, rule, source, paper.name or name,
                paper.report_on, "A1: written report",
            )  # fmt: skip


def _category(meeting: Meeting, area: Area, beyond: Beyond) -> Iterator[Owed]:
    due, rule, source = _after(meeting, area)
    here = meeting.chosen("A3", "mappa_category", Category)
    new = meeting.number == 1 and meeting.case.category is Category.UNCONFIRMED
    if not (new or beyond.left_before or here is Category.UNCONFIRMED):
        return
    one = Owed(OwedWhat.CATEGORY, "", "which category, and on what basis", due, rule, source)
    for found in (meeting, beyond.later):
        if found is None:
            continue
        answer = found.answers.get(("A3", "mappa_category"))
        if answer and is_confirmed(found.chosen("A3", "mappa_category", Category)):
            day = room_day(answer.typed_at) if answer.typed_at else None
            yield _settled(one, answer.typed_by, day, f"{found.ref}, A3")
            return
    yield one


def _referral(meeting: Meeting, area: Area, beyond: Beyond) -> Iterator[Owed]:
    if not _was_called(meeting) or (meeting.number > 1 and not beyond.left_before):
        return
    due, rule, source = _after(meeting, area)
    one = Owed(OwedWhat.REFERRAL, "", "the referral form", due, rule, source)
    came = beyond.referral
    if came is None:
        yield one
    else:
        yield _settled(one, came.organisation, came.received_on, f"referral {came.ref}")


def _review(meeting: Meeting, area: Area) -> Iterator[Owed]:
    ended = meeting.state in HELD
    if ended and not staying(meeting, area):
        return
    key = f"review_l{meeting.level}_target_weeks"
    weeks = area.figure(key)
    last = meeting.held_on + timedelta(weeks=weeks)
    rule = f"the review within {weeks} weeks"
    set_for = meeting.day("A18", "next_review_date")
    words = f"the date of the next full review, no later than {long_date(last)}"
    if set_for is not None and set_for > last:
        words = f"the next full review is set for {long_date(set_for)}, later than {weeks} weeks"
    one = Owed(OwedWhat.REVIEW, "", words, meeting.held_on, rule, area.source(key))
    answer = meeting.answers.get(("A18", "next_review_date"))
    if set_for is None or answer is None:
        yield one
        return
    day = room_day(answer.typed_at) if answer.typed_at else None
    yield _settled(one, answer.typed_by, day, f"A18: {long_date(set_for)}")


def _minutes(meeting: Meeting, area: Area, beyond: Beyond) -> Iterator[Owed]:
    key = f"minutes_l{meeting.level}_working_days"
    rule = f"{area.figure(key)} working days"
    due = minutes_due(meeting, area)
    one = Owed(OwedWhat.MINUTES, "", "the minutes, issued", due, rule, area.source(key))
    if beyond.issued is not None:
        yield _settled(one, *beyond.issued, "life of the minutes")
    elif meeting.state is MeetingState.ISSUED:
        yield _settled(one, "", None, "life of the minutes")
    else:
        yield one


def _settled(one: Owed, by: str, on: date | None, shown: str) -> Owed:
    return Owed(
        one.what, one.organisation, one.words, one.due, one.rule, one.source, by, on, shown
    )  # fmt: skip


def _written_down(meeting: Meeting, one: Owed) -> Owed:
    """The same, settled where somebody wrote down that it came."""
    if one.is_settled:
        return one
    said = next((s for s in meeting.live(e.Settled) if _is_of(s, one)), None)
    return one if said is None else _settled(one, said.by_whom, said.on, f"written down by {said.typed_by}")  # fmt: skip


def _is_of(said: e.Settled, one: Owed) -> bool:
    same = said.organisation.casefold() == one.organisation.casefold()
    return said.what is one.what and same


def settled_at(meeting: Meeting, what: OwedWhat) -> str:
    """Where in the record it is settled, and by nobody's say-so; blank for what may be written down as
    come. A category is confirmed at A3 until the minutes are approved, and written down after that.
    """
    if what is OwedWhat.REVIEW:
        return "at A18"
    if what is OwedWhat.MINUTES:
        return "by issuing the minutes"
    approved = meeting.state in (MeetingState.APPROVED, MeetingState.ISSUED)
    return "at A3" if what is OwedWhat.CATEGORY and not approved else ""


def must_be_owed(meeting: Meeting, owed: Sequence[Owed], settled: e.Settled, today: date) -> None:
    """Raises Refused for what is not owed, or settled already, and BadInput for a wrong day."""
    one = next((o for o in owed if _is_of(settled, o)), None)
    named = settled.what.label.lower() if settled.what else "that"
    of = f" of {settled.organisation}" if settled.organisation else ""
    if one is None:
        msg = f"{meeting.ref}: {named}{of} is not owed."
        raise Refused(msg, remedy="See panelkit meeting owed.")
    if one.is_settled:
        msg = f"{meeting.ref}: {named}{of} is settled: {one.shown_by}."
        raise Refused(msg)
    if where := settled_at(meeting, one.what):
        msg = f"{meeting.ref}: {named} is settled {where}, and by nothing else."
        raise Refused(msg)
    if not settled.by_whom.strip():
        raise BadInput("From whom: nobody is named.", remedy="Say who sent or said it.")
    if settled.what is OwedWhat.CATEGORY and not settled.note.strip():
        raise BadInput("Note: say which category, and on what basis.")
    if settled.on is None or settled.on > today:
        raise BadInput("Came on: the day is missing, or still to come.")
    if settled.on < meeting.held_on:
        msg = f"Came on: {long_date(settled.on)} is before the meeting."
        raise BadInput(msg, remedy="What came before is no paper that is owed after it.")
