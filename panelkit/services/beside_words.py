"""What two desks wrote differently beside a meeting, in words: which row, which field, which value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from panelkit.domain.fields import long_date
from panelkit.domain.holding import Disagreement
from panelkit.domain.meeting import Meeting
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.put_off import PutOffKind, PutOffReason
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.screening import Check, EligibleBy
from panelkit.domain.spans import SpanKind, SpanReason
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level, Term
from panelkit.store.record import Record

KINDS: Final = MappingProxyType(
    {
        "span": "History", "outcome": "Event", "referral": "Referral", "screening": "Screening",
        "put_off": "Day given up",
    }
)  # fmt: skip
"""What hangs beside a meeting, as people call it."""

_LABELS: Final = MappingProxyType(
    {
        "kind": "Kind", "value": "Value", "from_day": "First day", "to_day": "Last day",
        "reason": "Reason", "end_reason": "Why it ended", "decided_at": "Meeting that decided it",
        "ended_at": "Meeting that ended it", "derived": "Worked out from meetings",
        "because": "Because", "withdrawn": "Withdrawn because", "day": "Day", "note": "Note",
        "received_on": "Received on", "organisation": "Organisation", "agency": "Agency",
        "level_asked": "Level asked for", "case_id": "Case that came of it",
        "decision": "Decision", "decided_on": "Decided on", "level_given": "Level given",
        "words": "Words", "category": "Category claimed", "eligible_by": "Eligible because",
        "age": "Child or adult", **{str(check): check.label for check in Check},
        "planned_for": "Planned for", "new_day": "New day",
    }
)  # fmt: skip
_DAYS: Final = frozenset(
    {"from_day", "to_day", "day", "received_on", "decided_on", "planned_for", "new_day"}
)
_CODES: Final[Mapping[tuple[str, str], type[Term]]] = MappingProxyType(
    {
        ("span", "kind"): SpanKind, ("span", "reason"): SpanReason,
        ("span", "end_reason"): SpanReason, ("outcome", "kind"): OutcomeKind,
        ("referral", "level_asked"): Level, ("screening", "decision"): Screened,
        ("screening", "because"): ScreenedBecause, ("screening", "level_given"): Level,
        ("referral", "category"): Category, ("referral", "eligible_by"): EligibleBy,
        ("referral", "age"): AgeGroup, ("put_off", "kind"): PutOffKind, ("put_off", "reason"): PutOffReason,
    }
)  # fmt: skip


def place(record: Record, found: Disagreement, meeting: Meeting) -> str:
    """``History, Level 2 from 3 June 2022: Last day``."""
    row = _row(record, found, meeting)
    head = f"{KINDS[found.kind]}, {row}" if row else KINDS[found.kind]
    return f"{head}: {_LABELS.get(found.field, found.field)}"


def _row(record: Record, found: Disagreement, meeting: Meeting) -> str:
    match found.kind:
        case "span":
            return next((s.words for s in record.spans(meeting.case.id) if s.id == found.entry), "")
        case "outcome":
            events = record.events(meeting.case.id)
            return next((e.words for e in events if e.id == found.entry), "")
        case "put_off":
            days = record.put_off(meeting.id).get(meeting.id, ())
            return next((d.words_of_it for d in days if d.id == found.entry), "")
        case _:
            ids = {one.id: one.ref for one in record.referrals()}
            ids |= {said.id: one.ref for one in record.referrals() for said in one.screening}
            return ids.get(found.entry, "")


def shown(found: Disagreement, meeting: Meeting, text: str) -> str:
    """A value as people read it; what is stored where it is no code and no day."""
    try:
        if not text or found.field not in _LABELS:
            return text
        if found.field == "case_id":
            return meeting.case.ref if text == meeting.case.id else "another case"
        if found.field == "agency":
            return AgencyType[text].label
        if found.field == "derived":
            return "yes" if text == "1" else "no"
        if found.field in _DAYS:
            return long_date(date.fromisoformat(text))
        codes = _CODES.get((found.kind, found.field))
        return codes(text).label if codes is not None else text
    except (KeyError, ValueError):
        return text
