"""What this record says against a referral: a case that is managed at that level, another age."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final

from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.referrals import Came, must_be_of_age
from panelkit.domain.spans import SpanKind, held_on, live
from panelkit.domain.vocabulary import OVER, Level, LevelDecision
from panelkit.store.record import Record

REVIEW_IT: Final = (
    "Hold a review of it: that needs no referral. If a referral came all the same, leave the case "
    "out of it, and reject it as managed at that level already."
)


def must_be_new_there(record: Record, came: Came, today: date) -> None:
    """Raises Refused where the case that a referral names is managed at that level, or a higher one,
    already; BadInput where the individual is of another age by its date of birth; NotFound.
    """
    case = record.case(came.about)
    if already := _already(record, case.ref, case.id, came.level, today):
        raise Refused(already, remedy=REVIEW_IT)
    if case.born is not None:
        must_be_of_age(came.claimed.age, case.born, came.received_on)


def _already(record: Record, ref: str, case_id: str, asked: Level, today: date) -> str:
    """``HM-1 is managed at Level 2 already, since 3 March 2026, decided at HM-1-2, A15.``"""
    spans = record.spans(case_id)
    held = held_on(spans, SpanKind.LEVEL, today)
    if held is not None:
        if held.value < asked:
            return ""
        where = _decided_at(record, held.meeting_id)
        return f"{ref} is managed at {held.term.label} already, since {long_date(held.from_day)}{where}."  # fmt: skip
    last = _last_not_cancelled(record, ref)
    if last is None:
        return ""
    if last.state not in OVER:  # planned, or going on
        if last.level < asked:
            return ""
        return f"{ref} has a {last.level.label} meeting already: {last.ref}, on {long_date(last.held_on)}."
    decision = last.chosen("A15", "level_decision", LevelDecision)
    if live(spans, SpanKind.LEVEL) or decision is LevelDecision.EXIT:
        return ""  # it was at a level once and is no more
    level = (decision.level if decision else None) or last.level
    if level < asked:
        return ""
    return f"{ref} is managed at {level.label} already, by {_place(last)}."


def _last_not_cancelled(record: Record, ref: str) -> Meeting | None:
    """The last meeting that was held or is to be: one that stands cancelled manages nobody."""
    last = record.latest(ref)
    if last is None or not record.is_cancelled(last):
        return last
    return next(
        (one for one in reversed(record.earlier(last)) if not record.is_cancelled(one)), None
    )


def _decided_at(record: Record, meeting_id: str) -> str:
    if meeting_id:
        with suppress(NotFound):
            return f", decided at {_place(record.load(meeting_id))}"
    return ""


def _place(meeting: Meeting) -> str:
    return f"{meeting.ref}, A15"
