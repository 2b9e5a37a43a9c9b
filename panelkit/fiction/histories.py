"""The histories of an invented case, worked out by the same steps as those of any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

from panelkit.domain.level_history import Decided, Spans, after_meeting, begun, left
from panelkit.domain.spans import Span, SpanKind, SpanReason, live
from panelkit.fiction.course import Course, Move

BEFORE = "Held when this record was begun."


def new_id(chance: Random) -> str:
    """A text UUID, the same for the same source."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def spans_of(
    course: Course, case_id: str, decided: Sequence[Decided], first: date, chance: Random
) -> Spans:
    """Every span that still held on ``first`` or came after it.

    ``decided`` is what each meeting that was held decided, also before that day.
    """
    steps: list[tuple[date, int, Decided | Move]] = [(one.held_on, 1, one) for one in decided]
    steps += [(move[0], 0, move) for move in course.moves]
    spans: Spans = ()
    for _day, _order, step in sorted(steps, key=lambda one: one[:2]):
        if isinstance(step, Decided):
            spans = after_meeting(spans, step)
        elif live(spans, SpanKind.LEVEL):
            day, where, reason = step
            spans = begun(
                spans, SpanKind.WHEREABOUTS, str(where), day, reason, case_id=case_id,
                new_id=new_id(chance),
            )  # fmt: skip
    if course.transferred_on is not None:
        spans = left(spans, course.transferred_on, SpanReason.TRANSFERRED_OUT)
    return tuple(
        _as_found(span, first)
        for span in spans
        if span.is_live and (span.to_day is None or span.to_day >= first)
    )


def _as_found(span: Span, first: date) -> Span:
    """With the meeting that decided it, where that is in the record."""
    if span.from_day >= first:
        return replace(span, revision=1)
    return replace(span, reason=SpanReason.BEFORE_RECORD, meeting_id="", because=BEFORE, revision=1)
