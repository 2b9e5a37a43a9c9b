"""The one door: a meeting whose pen is at another desk is not written in.

The journal asks here before it takes a row, and nothing is stored without a journal row in
the same transaction; so whoever writes, by whatever way, is refused and rolled back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, select

from panelkit.domain.holding import ELSEWHERE, HandOver, HoldState
from panelkit.store import convert
from panelkit.store.tables import CASE, HAND_OVER, MEETING

if TYPE_CHECKING:
    from panelkit.store.journal import Change

_BESIDE: Final = frozenset(
    {"hand_over", "written", "audit", "audit_mark", "audit_form", "sent_out"}
)
"""Entities of the journal that change nothing in a meeting: what left this desk, what an auditor
made of it, what was sent for its sitting."""

_COLUMNS: Final = tuple(c for c in HAND_OVER.c if c.name not in ("body", "lineage"))
"""All but the meeting itself."""


def must_be_here(connection: Connection, changes: Iterable[Change]) -> None:
    """Raises PenElsewhere where any of these would change a meeting handed over, or its case."""
    changes = [change for change in changes if not _is_beside(change)]
    meetings = {change.meeting_id for change in changes if change.meeting_id}
    cases = {c.entity_id for c in changes if c.entity == "case" and c.field != "made"}
    if not meetings and not cases:
        return
    away = select(*_COLUMNS, MEETING.c.number.label("meeting_number"), CASE.c.ref)
    away = away.join(MEETING, MEETING.c.id == HAND_OVER.c.meeting_id)
    away = away.join(CASE, CASE.c.id == MEETING.c.case_id)
    # Facts of a case go with its meetings; a copy to read does not hold them.
    of_case = MEETING.c.case_id.in_(cases) & (HAND_OVER.c.state == str(HoldState.AWAY))
    here = HAND_OVER.c.meeting_id.in_(meetings) & HAND_OVER.c.state.in_(ELSEWHERE)
    row = connection.execute(away.where(here | of_case)).mappings().first()
    if row is not None:
        raise hand_over_of(row).refusal(f"{row['ref']}-{row['meeting_number']}")


_BESIDE_A_CASE: Final = frozenset({"access", "retention", "opened", "disposed", "handed_back"})
"""First words of fields of a case that say nothing of what is in it: who may open it, who did, how
long this record keeps it."""


def _is_beside(change: Change) -> bool:
    if change.entity == "case" and change.field.partition(" ")[0] in _BESIDE_A_CASE:
        return True
    return change.entity in _BESIDE or (change.entity, change.field) == ("life", "exported")


def of_meeting(connection: Connection, meeting_id: str) -> tuple[HandOver, ...]:
    """Every hand-over of a meeting at this desk, oldest first."""
    found = select(*_COLUMNS).where(HAND_OVER.c.meeting_id == meeting_id)
    rows = connection.execute(found.order_by(HAND_OVER.c.number)).mappings()
    return tuple(hand_over_of(row) for row in rows)


def elsewhere(connection: Connection) -> dict[str, HandOver]:
    """Meetings that are read-only here, by id, each with the reason."""
    found = select(*_COLUMNS).where(HAND_OVER.c.state.in_(ELSEWHERE))
    return {r["meeting_id"]: hand_over_of(r) for r in connection.execute(found).mappings()}


def hand_over_of(row: Any) -> HandOver:
    """The hand-over that a row holds, without the meeting in it."""
    at = convert.instant_of(row["at"])
    if at is None:
        msg = "a hand-over has an instant"
        raise ValueError(msg)
    return HandOver(
        id=row["id"], meeting_id=row["meeting_id"], number=row["number"],
        state=HoldState(row["state"]), who=row["who"], by=row["by"], at=at, sha256=row["sha256"],
        reason=row["reason"], settled_at=convert.instant_of(row["settled_at"]),
    )  # fmt: skip
