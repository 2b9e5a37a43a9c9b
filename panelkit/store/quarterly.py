"""A few quarters' rows for counting: small and plain; no meeting is read whole.

Over the cases that whoever opened the record may open, as every figure is; a referral without a
case is everybody's. Words never leave: of a field of words it is said whether anything is written.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Integer, and_, case, cast, func, or_, select

from panelkit.domain.spans import SpanKind
from panelkit.domain.vocabulary import HELD, ActionStatus, MeetingRole, View
from panelkit.store import access
from panelkit.store.tables import (
    ANSWER,
    BOARD,
    CASE,
    ENTRY_TABLES,
    MEETING,
    PUT_OFF,
    REFERRAL,
    SCREENING,
    SPAN,
)
from panelkit.store.yearly import MANAGED, Rows, events, overlaps, tuples

CHOSEN: Final = (
    ("A1", "emergency_cause"), ("A1", "mode"), ("A1", "actual_start"), ("A18", "actual_end"),
    ("A13", "disclosure_considered"), ("A13", "disclosure_decision"), ("A15", "level_decision"),
    ("A15", "cppc_considered"),
)  # fmt: skip
"""Answers that are codes or times."""
WRITTEN: Final = (
    ("A1", "quoracy_override_reason"), ("A13", "scheme_referral"), ("A16", "dissent_summary"),
)  # fmt: skip
"""Answers in words."""


def rows_of(connection: Connection, first: str, last: str) -> Rows:
    """Everything from ``first`` to ``last``, both included, by what it is; see ``QuarterRows``."""
    held = and_(
        MEETING.c.held_on.between(first, last), MEETING.c.state.in_([str(state) for state in HELD]),
        access.may_open(connection, MEETING.c.case_id),
    )  # fmt: skip
    here = select(MEETING.c.id).where(held)
    found: Rows = {}
    found["meeting"] = tuples(
        connection,
        select(
            MEETING.c.id, MEETING.c.case_id, MEETING.c.level, MEETING.c.kind, MEETING.c.held_on,
            MEETING.c.sitting,
        ).where(held).order_by(MEETING.c.held_on, MEETING.c.id),
    )  # fmt: skip
    chosen = or_(*((ANSWER.c.item == item) & (ANSWER.c.field == field) for item, field in CHOSEN))
    words = or_(*((ANSWER.c.item == item) & (ANSWER.c.field == field) for item, field in WRITTEN))
    said = select(
        ANSWER.c.meeting_id, ANSWER.c.field, case((chosen, ANSWER.c.text), else_="written")
    )
    found["answer"] = tuples(
        connection,
        said.where(ANSWER.c.meeting_id.in_(here), ANSWER.c.text != "", or_(chosen, words)),
    )
    views, people = ENTRY_TABLES["views"], ENTRY_TABLES["attendance"]
    disagrees = (
        views.c.meeting_id.in_(here),
        views.c.withdrawn == "",
        views.c.view == str(View.DISAGREE),
    )
    found["dissent"] = tuples(connection, select(views.c.meeting_id).where(*disagrees).distinct())
    live = people.c.meeting_id.in_(here), people.c.withdrawn == ""
    found["spoc"] = tuples(
        connection, select(people.c.meeting_id).where(*live, people.c.spoc_contacted_at != "")
    )
    offices = [str(MeetingRole.CHAIR), str(MeetingRole.MINUTE_TAKER)]
    office = select(
        people.c.meeting_id, people.c.meeting_role, func.lower(func.trim(people.c.name))
    )
    found["office"] = tuples(connection, office.where(*live, people.c.meeting_role.in_(offices)))
    found |= _actions(connection, here)
    found |= _beside(connection, first, last)
    found |= _people(connection, first, last)
    found["since"] = _since(connection)
    return found


def _actions(connection: Connection, here: Any) -> Rows:
    """``action``: the meeting that set it, the organisation; ``carried``: meeting, case, reference."""
    actions = ENTRY_TABLES["actions"]
    both = actions.join(MEETING, MEETING.c.id == actions.c.meeting_id)
    live = actions.c.meeting_id.in_(here), actions.c.withdrawn == ""
    new = select(MEETING.c.id, actions.c.organisation).select_from(both)
    new = new.where(*live, actions.c.set_at == MEETING.c.number)
    still = [str(status) for status in ActionStatus if status.outstanding]
    old = select(MEETING.c.id, MEETING.c.case_id, actions.c.set_at, actions.c.number)
    old = old.select_from(both).where(
        *live, cast(actions.c.times_carried, Integer) >= 2, actions.c.status.in_(still)
    )
    return {"action": tuples(connection, new), "carried": tuples(connection, old)}


def _beside(connection: Connection, first: str, last: str) -> Rows:
    """What is in no minutes. Referrals that were received before, and waited, are among them."""
    referral = select(
        REFERRAL.c.id, REFERRAL.c.received_on, REFERRAL.c.agency, REFERRAL.c.level_asked
    ).where(
        REFERRAL.c.withdrawn == "", REFERRAL.c.received_on <= last,
        access.may_open(connection, REFERRAL.c.case_id),
    )  # fmt: skip
    mine = select(referral.subquery().c.id)
    screening = select(
        SCREENING.c.referral_id, SCREENING.c.decision, SCREENING.c.because, SCREENING.c.decided_on,
        SCREENING.c.level_given,
    ).where(
        SCREENING.c.withdrawn == "", SCREENING.c.decided_on <= last, SCREENING.c.referral_id.in_(mine)
    )  # fmt: skip
    put_off = select(PUT_OFF.c.planned_for, PUT_OFF.c.kind, PUT_OFF.c.reason, MEETING.c.id)
    put_off = put_off.join(MEETING, MEETING.c.id == PUT_OFF.c.meeting_id)
    put_off = put_off.where(
        PUT_OFF.c.withdrawn == "", PUT_OFF.c.planned_for.between(first, last),
        access.may_open(connection, MEETING.c.case_id),
    )  # fmt: skip
    orders = ENTRY_TABLES["orders"]
    order = select(MEETING.c.case_id, orders.c.control, orders.c.made_on).distinct()
    order = order.select_from(orders.join(MEETING, MEETING.c.id == orders.c.meeting_id))
    order = order.where(orders.c.withdrawn == "", orders.c.made_on.between(first, last))
    order = order.where(access.may_open(connection, MEETING.c.case_id))
    return {
        "referral": tuples(connection, referral), "screening": tuples(connection, screening),
        "put_off": tuples(connection, put_off), "event": events(connection, first, last),
        "order": tuples(connection, order),
    }  # fmt: skip


def _people(connection: Connection, first: str, last: str) -> Rows:
    """``level`` and ``category``: case, value, first, last, reason, end reason, of everybody with a
    Level 2 or 3 in the days; ``person``: case, category, born, gender, ethnicity."""
    managed = select(SPAN.c.case_id).where(
        SPAN.c.kind == str(SpanKind.LEVEL), SPAN.c.value.in_(MANAGED), overlaps(SPAN, first, last),
        access.may_open(connection, SPAN.c.case_id),
    )  # fmt: skip
    span = select(
        SPAN.c.kind, SPAN.c.case_id, SPAN.c.value, SPAN.c.from_day, SPAN.c.to_day, SPAN.c.reason,
        SPAN.c.end_reason,
    ).where(SPAN.c.withdrawn == "", SPAN.c.from_day <= last, SPAN.c.case_id.in_(managed))  # fmt: skip
    found: Rows = {"level": [], "category": []}
    for kind, *row in connection.execute(span.order_by(SPAN.c.case_id, SPAN.c.from_day)):
        if kind in found:
            found[kind].append(tuple(row))
    invented = select(CASE.c.id).where(CASE.c.fiction == 1, access.may_open(connection, CASE.c.id))
    found["fiction"] = tuples(connection, invented.limit(1))
    person = select(CASE.c.id, CASE.c.category, CASE.c.born, CASE.c.gender, CASE.c.ethnicity)
    found["person"] = tuples(connection, person.where(CASE.c.id.in_(managed)))
    return found


def _since(connection: Connection) -> list[tuple[Any, ...]]:
    """What the record holds, with the first day of it: before that day nothing is known. Of a case
    that is closed to whoever asks, not even that."""
    off = PUT_OFF.join(MEETING, MEETING.c.id == PUT_OFF.c.meeting_id)
    firsts = {
        "referrals": select(func.min(REFERRAL.c.received_on)).where(
            REFERRAL.c.withdrawn == "", access.may_open(connection, REFERRAL.c.case_id)
        ),
        "put_off": select(func.min(PUT_OFF.c.planned_for)).select_from(off).where(
            PUT_OFF.c.withdrawn == "", access.may_open(connection, MEETING.c.case_id)
        ),
        "boards": select(func.min(BOARD.c.held_on)).where(BOARD.c.withdrawn == ""),
        "levels": select(func.min(SPAN.c.from_day)).where(
            SPAN.c.kind == str(SpanKind.LEVEL), SPAN.c.withdrawn == "",
            access.may_open(connection, SPAN.c.case_id),
        ),
        "meetings": select(func.min(MEETING.c.held_on)).where(
            MEETING.c.state.in_([str(state) for state in HELD]),
            access.may_open(connection, MEETING.c.case_id),
        ),
    }  # fmt: skip
    return [(name, connection.execute(query).scalar() or "") for name, query in firsts.items()]
