"""How a meeting, a return to custody or a person at a desk changes what held of a case.

Pure steps over all spans of one case; each returns all of them again. The meeting's own record
is read, so that a level that was decided is never typed twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from panelkit.domain.meeting import By, Meeting
from panelkit.domain.spans import Span, SpanKind, SpanReason, held_on, live, wrong_in
from panelkit.domain.vocabulary import (
    HELD,
    Category,
    CustodyStatus,
    ExitReason,
    Level,
    LevelDecision,
    MeetingKind,
)

Spans = tuple[Span, ...]
_DAY = timedelta(days=1)
SAME_DAY = "Another followed on the same day."
REOPENED = "The meeting was reopened."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What one meeting says of a case: all that the histories need of it."""

    meeting_id: str
    case_id: str
    held_on: date
    effective: date
    """From when the decision on the level holds: A15 says it, else the day of the meeting."""
    held_at: Level
    is_first: bool
    """Nothing of the case was held before it: an initial meeting, or an emergency that is number 1."""
    decision: LevelDecision | None
    exit_reason: ExitReason | None
    category: Category | None
    """None while it is to be confirmed: a history says what was decided."""
    whereabouts: CustodyStatus | None
    """None where the record does not say."""


def decided_at(meeting: Meeting) -> Decided | None:
    """What a meeting decided; None while it has not ended."""
    if meeting.state not in HELD:
        return None
    return Decided(
        meeting_id=meeting.id, case_id=meeting.case.id, held_on=meeting.held_on,
        effective=meeting.day("A15", "effective_date") or meeting.held_on, held_at=meeting.level,
        is_first=meeting.number == 1 and meeting.kind is not MeetingKind.REVIEW,
        decision=meeting.chosen("A15", "level_decision", LevelDecision),
        exit_reason=meeting.chosen("A15", "exit_reason", ExitReason),
        category=_confirmed(meeting),
        whereabouts=meeting.chosen("A3", "custody_status", CustodyStatus),
    )  # fmt: skip


def _confirmed(meeting: Meeting) -> Category | None:
    said = meeting.chosen("A3", "mappa_category", Category) or meeting.case.category
    return None if said is Category.UNCONFIRMED else said


def begun(
    spans: Spans, kind: SpanKind, value: str, day: date, reason: SpanReason, *, case_id: str,
    new_id: str, meeting_id: str = "", derived: bool = False, because: str = "",
) -> Spans:  # fmt: skip
    """``value`` holds from ``day``: what held ends the day before. Unchanged where it holds already.

    What began on that very day, or was to begin later, never held.
    """
    there = held_on(spans, kind, day)
    if there is not None and there.value == value:
        return spans
    fresh = Span(
        id=new_id, case_id=case_id, kind=kind, value=value, from_day=day, reason=reason,
        meeting_id=meeting_id, derived=derived, because=because,
    )  # fmt: skip
    return (*_ended(spans, kind, day, None, meeting_id), fresh)


def _ended(
    spans: Spans, kind: SpanKind, day: date, reason: SpanReason | None, meeting_id: str
) -> Spans:
    """Nothing of that kind holds from ``day`` on."""
    found = []
    for span in spans:
        if span.kind is not kind or not (span.holds_on(day) or span.is_open):
            found.append(span)
        elif span.from_day >= day:
            found.append(
                replace(
                    span,
                    withdrawn=SAME_DAY,
                    end_meeting_id=meeting_id,
                    revision=span.revision + 1,
                )
            )
        else:
            found.append(
                replace(
                    span, to_day=day - _DAY, end_reason=reason, end_meeting_id=meeting_id,
                    revision=span.revision + 1,
                )
            )  # fmt: skip
    return tuple(found)


def left(spans: Spans, day: date, reason: SpanReason, meeting_id: str = "") -> Spans:
    """The case leaves: from ``day`` on no level holds."""
    return _ended(spans, SpanKind.LEVEL, day, reason, meeting_id)


def after_meeting(spans: Spans, decided: Decided, *, derived: bool = False) -> Spans:
    """The histories with what a meeting decided; unchanged where something later stands in them."""
    if any(
        day > max(decided.effective, decided.held_on)
        for span in live(spans, SpanKind.LEVEL)
        for day in (span.from_day, span.to_day)
        if day is not None
    ):
        return spans
    first = decided.held_on
    if not live(spans, SpanKind.LEVEL) and not decided.is_first:
        # A review says that the level held before it; how long before, nobody knows.
        first -= _DAY
        spans = _begun(
            spans, decided, SpanKind.LEVEL, decided.held_at, first, SpanReason.BEFORE_RECORD,
            derived=True,
        )  # fmt: skip
    spans = _level(spans, decided, derived=derived)
    if live(spans, SpanKind.LEVEL):
        spans = _fact(spans, decided, SpanKind.CATEGORY, decided.category, first, derived=derived)
        spans = _fact(
            spans, decided, SpanKind.WHEREABOUTS, decided.whereabouts, first, derived=derived
        )
    return spans


def _level(spans: Spans, decided: Decided, *, derived: bool) -> Spans:
    if decided.decision is None:
        return spans
    before = held_on(spans, SpanKind.LEVEL, decided.effective) or next(
        (span for span in live(spans, SpanKind.LEVEL) if span.is_open), None
    )
    level = decided.decision.level
    if level is None:
        why = decided.exit_reason
        reason = SpanReason(str(why)) if why is not None else SpanReason.NOT_SAID
        return left(spans, decided.effective, reason, decided.meeting_id)
    if before is None:
        reason = SpanReason.NOT_SAID if level is Level.ONE else SpanReason.ACCEPTED
    elif before.value < level:
        reason = SpanReason.STEPPED_UP
    else:
        reason = SpanReason.STEPPED_DOWN
    return _begun(spans, decided, SpanKind.LEVEL, level, decided.effective, reason, derived=derived)


def _fact(
    spans: Spans, decided: Decided, kind: SpanKind, value: Category | CustodyStatus | None,
    first: date, *, derived: bool,
) -> Spans:  # fmt: skip
    """A category or whereabouts that the meeting recorded; the first of them holds from ``first``."""
    if value is None:
        return spans
    known = live(spans, kind)
    if any(d > decided.held_on for s in known for d in (s.from_day, s.to_day) if d is not None):
        return spans
    day, reason = (
        (decided.held_on, SpanReason.CHANGED) if known else (first, SpanReason.BEFORE_RECORD)
    )
    return _begun(spans, decided, kind, value, day, reason, derived=derived)


def _begun(
    spans: Spans, decided: Decided, kind: SpanKind, value: str, day: date, reason: SpanReason,
    *, derived: bool,
) -> Spans:  # fmt: skip
    # The same meeting closed again makes the same span, unless one with that id was made before.
    taken = {span.id for span in spans}
    stem = f"{decided.meeting_id}:{kind}:{day}:{value}"
    new_id = next(
        one
        for one in (
            str(uuid.uuid5(uuid.NAMESPACE_OID, f"{stem}:{n}")) for n in range(len(spans) + 1)
        )
        if one not in taken
    )
    return begun(
        spans, kind, str(value), day, reason, case_id=decided.case_id, new_id=new_id,
        meeting_id=decided.meeting_id, derived=derived,
    )  # fmt: skip


def without_meeting(spans: Spans, meeting_id: str) -> Spans:
    """The histories as they were before a meeting that was reopened; unchanged where something
    that came later rests on what it decided.
    """
    found: list[Span] = []
    for span in spans:
        now = span
        if span.end_meeting_id == meeting_id:
            back = "" if span.withdrawn == SAME_DAY else span.withdrawn
            still = span.withdrawn == SAME_DAY
            now = replace(
                now, withdrawn=back, to_day=span.to_day if still else None,
                end_reason=span.end_reason if still else None, end_meeting_id="",
            )  # fmt: skip
        if now.meeting_id == meeting_id and now.is_live:
            now = replace(now, withdrawn=REOPENED)
        found.append(now if now == span else replace(now, revision=span.revision + 1))
    after = tuple(found)
    return spans if wrong_in(after) and not wrong_in(spans) else after


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """The histories of one case as they were read, and as they are to be."""

    case_id: str
    before: Spans
    after: Spans

    def stamped(self, by: By) -> Spans:
        """The spans that differ, with who changed them and when."""
        old = {span.id: span for span in self.before}
        return tuple(
            replace(span, typed_by=by.name, typed_at=by.at)
            for span in self.after
            if old.get(span.id) != span
        )


def from_meetings(meetings: Iterable[Decided], spans: Spans = ()) -> Spans:
    """The histories of one case worked out from the meetings that were held, oldest first.

    Where there are histories already only later meetings count, so that doing it again changes
    nothing: those after the last that they rest on, also where two were held on one day.
    """
    ordered = list(meetings)
    rested_on = {
        named for span in spans if span.is_live for named in (span.meeting_id, span.end_meeting_id)
    }
    seen = max((n for n, one in enumerate(ordered, 1) if one.meeting_id in rested_on), default=0)
    for decided in ordered[seen:]:
        last = max(
            (
                day
                for span in live(spans, SpanKind.LEVEL)
                for day in (span.from_day, span.to_day)
                if day is not None
            ),
            default=None,
        )
        if last is None or decided.held_on > last:
            spans = after_meeting(spans, decided, derived=True)
    return spans
