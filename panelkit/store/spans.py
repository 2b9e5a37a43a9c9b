"""What held of a case, and what became of somebody: read by case, written where nobody else wrote.

Each field that changes is in the journal, as a salted hash. A case that is hidden from whoever
opened the record has no history for them either.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.level_history import HistoryChange, Spans
from panelkit.domain.meeting import By
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.spans import Span, SpanKind, SpanReason, wrong_in
from panelkit.store import access, convert, journal
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, day_of, written
from panelkit.store.tables import OUTCOME, SPAN


def of_case(connection: Connection, case_id: str) -> Spans:
    """Every span of a case, withdrawn ones too, the earliest first."""
    found = select(SPAN).where(SPAN.c.case_id == case_id)
    found = found.where(access.may_open(connection, SPAN.c.case_id))
    rows = connection.execute(found.order_by(SPAN.c.from_day, SPAN.c.id)).mappings()
    return tuple(span_of(row) for row in rows)


def events_of(connection: Connection, case_id: str) -> tuple[Outcome, ...]:
    """Every event of a case, withdrawn ones too, the earliest first."""
    found = select(OUTCOME).where(OUTCOME.c.case_id == case_id)
    found = found.where(access.may_open(connection, OUTCOME.c.case_id))
    rows = connection.execute(found.order_by(OUTCOME.c.day, OUTCOME.c.id)).mappings()
    return tuple(outcome_of(row) for row in rows)


def keep(connection: Connection, change: HistoryChange, by: By) -> list[journal.Change]:
    """What changed. Raises StaleRecord where the histories are not as they were read, Refused
    where what is to be kept cannot be so.
    """
    there = select(SPAN.c.id, SPAN.c.revision).where(SPAN.c.case_id == change.case_id)
    now = {row.id: row.revision for row in connection.execute(there)}
    if now != {span.id: span.revision for span in change.before}:
        msg = "The level history of the case was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="span")
    if wrong := wrong_in(change.after):
        raise Refused(wrong[0], remedy="Correct the history of the case first.")
    old = {span.id: span for span in change.before}
    changes: list[journal.Change] = []
    for span in change.stamped(by):
        was = old.get(span.id)
        if was is not None:
            must_be_next(was.revision, span.revision)
        changes += written(
            connection, SPAN, "span", span_columns(was) if was else None, span_columns(span)
        )
    return changes


def must_be_new(connection: Connection, event: Outcome) -> None:
    """Raises StaleRecord where the case has a live event of that kind on that day."""
    here = (OUTCOME.c.case_id == event.case_id) & (OUTCOME.c.withdrawn == "")
    same = (OUTCOME.c.kind == str(event.kind)) & (OUTCOME.c.day == event.day.isoformat())
    if connection.execute(select(OUTCOME.c.id).where(here, same)).first() is not None:
        msg = "The same event of the case was entered by somebody else meanwhile."
        raise StaleRecord(msg, place="outcome")


def keep_event(
    connection: Connection, before: Outcome | None, after: Outcome
) -> list[journal.Change]:
    """A new event, or what changed of one. Raises StaleRecord."""
    if before is not None:
        must_be_next(before.revision, after.revision)
    old = columns_of(before) if before is not None else None
    return written(connection, OUTCOME, "outcome", old, columns_of(after))


def span_columns(span: Span) -> dict[str, Any]:
    """A span as its columns."""
    return {
        "id": span.id, "case_id": span.case_id, "kind": str(span.kind), "value": span.value,
        "from_day": span.from_day.isoformat(),
        "to_day": span.to_day.isoformat() if span.to_day else "", "reason": str(span.reason),
        "end_reason": str(span.end_reason or ""), "decided_at": span.meeting_id,
        "ended_at": span.end_meeting_id, "derived": int(span.derived), "because": span.because,
        "withdrawn": span.withdrawn, "typed_by": span.typed_by,
        "typed_at": convert.instant_text(span.typed_at), "revision": span.revision,
    }  # fmt: skip


def span_of(row: Any) -> Span:
    """The span that a row holds. Raises ValueError for a row that holds none."""
    return Span(
        id=row["id"], case_id=row["case_id"], kind=SpanKind(row["kind"]), value=row["value"],
        from_day=date.fromisoformat(row["from_day"]),
        to_day=day_of(row["to_day"]),
        reason=SpanReason(row["reason"]),
        end_reason=SpanReason(row["end_reason"]) if row["end_reason"] else None,
        meeting_id=row["decided_at"], end_meeting_id=row["ended_at"], derived=bool(row["derived"]),
        because=row["because"], withdrawn=row["withdrawn"], typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip


def outcome_of(row: Any) -> Outcome:
    """The event that a row holds. Raises ValueError for a row that holds none."""
    return Outcome(
        id=row["id"], case_id=row["case_id"], kind=OutcomeKind(row["kind"]),
        day=date.fromisoformat(row["day"]), note=row["note"], withdrawn=row["withdrawn"],
        typed_by=row["typed_by"], typed_at=convert.instant_of(row["typed_at"]),
        revision=row["revision"],
    )  # fmt: skip
