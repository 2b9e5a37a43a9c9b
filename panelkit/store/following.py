"""The histories of a case follow what its meetings decide, in the transaction that stores the meeting.

However a meeting comes to be closed, reopened or corrected (at a desk, from a pack, from another
desk), its level is typed once. What cannot be so is left as it was: a history never keeps a
meeting from being stored.
"""

from __future__ import annotations

from sqlalchemy import Connection

from panelkit.domain.level_history import (
    HistoryChange,
    Spans,
    after_meeting,
    decided_at,
    from_meetings,
    without_meeting,
)
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.spans import SpanKind, live, wrong_in
from panelkit.store import journal, spans
from panelkit.store.meetings import Reader


def follow(
    connection: Connection, before: Meeting | None, after: Meeting, by: By, *,
    told: frozenset[SpanKind] = frozenset(),
) -> list[journal.Change]:  # fmt: skip
    """The histories changed where what the meeting decided did; journal rows for each field.

    Those of ``told`` are said elsewhere, and left as they are.
    """
    was, now = decided_at(before) if before is not None else None, decided_at(after)
    if was == now or told.issuperset(SpanKind):
        return []
    there = spans.of_case(connection, after.case.id)
    changed = without_meeting(there, after.id) if was is not None else there
    if now is not None:
        changed = _from_before(connection, after, changed)
        # What comes in as it was held elsewhere was decided by nobody at this desk.
        changed = after_meeting(changed, now, derived=before is None)
    if told:
        changed = (
            *(span for span in there if span.kind in told),
            *(span for span in changed if span.kind not in told),
        )
    if set(changed) == set(there) or wrong_in(changed):
        return []
    return spans.keep(connection, HistoryChange(after.case.id, there, changed), by)


def decides(before: Meeting, after: Meeting) -> bool:
    """Whether what the meeting decided for the histories of its case is another than before."""
    return decided_at(before) != decided_at(after)


def _from_before(connection: Connection, meeting: Meeting, there: Spans) -> Spans:
    """With what earlier meetings decided, where the record kept no history yet when they closed."""
    if meeting.number == 1 or live(there, SpanKind.LEVEL):
        return there
    earlier = (decided_at(one) for one in Reader().earlier(connection, meeting))
    return from_meetings([decided for decided in earlier if decided is not None], there)
