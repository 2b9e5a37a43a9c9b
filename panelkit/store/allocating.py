"""Who has which referral and case: read whole and in order, added to and never changed.

What is of a case or a referral that is hidden from whoever opened the record is not there for them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, or_, select, true
from sqlalchemy.exc import IntegrityError

from panelkit.domain.allocating import Again, Allocation
from panelkit.domain.errors import StaleRecord
from panelkit.domain.spans import SpanKind
from panelkit.domain.vocabulary import OVER, Level, MeetingState
from panelkit.store import access, convert, falls_due, journal
from panelkit.store.cases import must_be_next
from panelkit.store.engine import trying
from panelkit.store.kept import columns_of, written
from panelkit.store.referrals import is_waiting
from panelkit.store.tables import (
    ALLOCATION,
    CASE,
    FALLS_DUE,
    MEETING,
    REFERRAL,
    REFERRED_AGAIN,
    SPAN,
    STANDING,
)

NOT_JOURNALED: Final = frozenset({"id", "typed_by", "typed_at", "revision"})
"""What it is about is journaled too, as a salted hash: whose a step is can be checked."""
MANAGED: Final = (Level.TWO, Level.THREE)


@dataclass(frozen=True, slots=True)
class CaseAtWork:
    """A case that is worked on, and what it asks for."""

    id: str
    ref: str
    level: Level | None
    """That holds today, as its history says; where it has no history, of its last meeting, which
    ended and left a review. None for none."""
    to_come: bool
    """Whether a meeting of it has not ended, and does not stand cancelled."""
    meetings: tuple[date, ...]
    """Days of planned meetings up to the day asked for."""
    minutes: int
    """Of meetings that ended: minutes not issued."""
    overdue: int
    """Its open actions that are overdue."""


# -- steps -----------------------------------------------------------------------------------


def every(connection: Connection, *where: ColumnElement[bool]) -> tuple[Allocation, ...]:
    """All steps that may be seen, those of one referral or case in order."""
    may = access.may_open(connection, ALLOCATION.c.case_id)
    found = select(ALLOCATION).where(may, *where)
    mine = access.may_open(connection, REFERRAL.c.case_id)
    if not mine.compare(true()):
        seen = select(REFERRAL.c.id).where(mine)
        found = found.where(or_(ALLOCATION.c.referral_id == "", ALLOCATION.c.referral_id.in_(seen)))
    order = (ALLOCATION.c.case_id, ALLOCATION.c.referral_id, ALLOCATION.c.number, ALLOCATION.c.id)
    return tuple(step_of(row) for row in connection.execute(found.order_by(*order)).mappings())


def of(connection: Connection, what_id: str) -> tuple[Allocation, ...]:
    """The steps of one referral or case, the earliest first."""
    c = ALLOCATION.c
    of_case = (c.case_id == what_id) & (c.referral_id == "")
    return every(connection, or_(of_case, (c.referral_id == what_id) & (c.case_id == "")))


def add(
    connection: Connection, before: Allocation | None, after: Allocation
) -> list[journal.Change]:
    """The next step. Raises StaleRecord where somebody else took one meanwhile."""
    c = ALLOCATION.c
    here = (c.referral_id == after.referral_id) & (c.case_id == after.case_id)
    last = connection.execute(select(func.max(c.number)).where(here)).scalar() or 0
    if last != (before.number if before is not None else 0) or after.number != last + 1:
        raise _stale()
    try:
        with trying(connection):
            return written(
                connection, ALLOCATION, "allocation", None, columns_of(after), but=NOT_JOURNALED
            )
    except IntegrityError:
        raise _stale() from None


def _stale() -> StaleRecord:
    return StaleRecord("Somebody else allocated it meanwhile.", place="allocation")


def without_words(
    connection: Connection, before: Allocation, after: Allocation
) -> list[journal.Change]:
    """A step whose reason is emptied. Raises StaleRecord."""
    must_be_next(before.revision, after.revision)
    return written(
        connection, ALLOCATION, "allocation", columns_of(before), columns_of(after),
        but=NOT_JOURNALED,
    )  # fmt: skip


def step_of(row: Any) -> Allocation:
    """The step that a row holds."""
    return Allocation(
        id=row["id"], referral_id=row["referral_id"], case_id=row["case_id"],
        number=row["number"], holder=row["holder"], person_id=row["person_id"],
        because=row["because"], typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaitingReferrals:
    """Referrals that nobody has answered yet."""

    since: tuple[date, ...] = ()
    """The days on which they came, the earliest first."""
    held: int | None = None
    """How many of them somebody has; None where no referral of the record was ever allocated."""


def waiting(connection: Connection) -> WaitingReferrals:
    """Those that wait, with how many of them somebody has.

    One that led to a case was accepted: no door lets another in, so those with a case are not looked at.
    """
    c, later = ALLOCATION.c, ALLOCATION.alias("later")
    after = (
        (later.c.referral_id == c.referral_id)
        & (later.c.case_id == "")
        & (later.c.number > c.number)
    )
    last = (c.referral_id == REFERRAL.c.id) & (c.case_id == "") & ~select(later.c.id).where(after).exists()  # fmt: skip
    asked = select(REFERRAL.c.received_on, c.holder).join(ALLOCATION, last, isouter=True)
    asked = asked.select_from(REFERRAL).where(
        *is_waiting(), access.may_open(connection, REFERRAL.c.case_id)
    )
    rows = connection.execute(asked.order_by(REFERRAL.c.received_on)).all()
    since = tuple(date.fromisoformat(row.received_on) for row in rows)
    if many := sum(bool(row.holder) for row in rows):
        return WaitingReferrals(since, many)
    ever = connection.execute(select(c.referral_id).where(c.referral_id > "").limit(1)).first()
    return WaitingReferrals(since, 0 if ever is not None else None)


# -- cases at work -----------------------------------------------------------------------------


def cases_at_work(connection: Connection, today: date, until: date) -> tuple[CaseAtWork, ...]:
    """Cases at Level 2 or 3 today, those of which a meeting is to come or a review is due, and those
    of which minutes are not issued; by reference. Meetings are those from ``today`` to ``until``.
    """
    levels = _levels(connection, today)
    reviews = _due(connection, falls_due.REVIEW)
    planned = _due(connection, falls_due.PLANNED)
    running = _running(connection)
    unissued = _due(connection, falls_due.APPROVE) + _due(connection, falls_due.ISSUE)
    with_history = _with_history(connection)
    for case_id, level, _day in reviews:
        if case_id not in with_history:
            levels.setdefault(case_id, level)
    coming: dict[str, list[date]] = defaultdict(list)
    for case_id, _level, day in planned:
        if today.isoformat() <= day <= until.isoformat():
            coming[case_id].append(date.fromisoformat(day))
    minutes = Counter(case_id for case_id, _level, _day in unissued)
    to_come = {case_id for case_id, _level, _day in planned} | running
    at_work = {*levels, *to_come, *minutes}
    overdue = _overdue(connection, today)
    asked = select(CASE.c.id, CASE.c.ref).where(access.may_open(connection, CASE.c.id))
    return tuple(
        CaseAtWork(
            id=key, ref=ref, level=levels.get(key), to_come=key in to_come,
            meetings=tuple(sorted(coming.get(key, ()))), minutes=minutes[key], overdue=overdue[key],
        )
        for key, ref in connection.execute(asked.order_by(CASE.c.ref))
        if key in at_work
    )  # fmt: skip


def _levels(connection: Connection, today: date) -> dict[str, Level]:
    c, day = SPAN.c, today.isoformat()
    asked = select(c.case_id, c.value).where(
        c.kind == str(SpanKind.LEVEL), c.withdrawn == "", c.from_day <= day,
        (c.to_day == "") | (c.to_day >= day), c.value.in_([str(level) for level in MANAGED]),
    )  # fmt: skip
    return {case_id: Level(value) for case_id, value in connection.execute(asked)}


def _with_history(connection: Connection) -> frozenset[str]:
    c = SPAN.c
    asked = select(c.case_id).where(c.kind == str(SpanKind.LEVEL), c.withdrawn == "").distinct()
    return frozenset(connection.execute(asked).scalars())


def _due(connection: Connection, what: str) -> list[tuple[str, Level, str]]:
    asked = select(MEETING.c.case_id, MEETING.c.level, FALLS_DUE.c.day)
    asked = asked.join(MEETING, MEETING.c.id == FALLS_DUE.c.meeting_id)
    found = connection.execute(asked.where(FALLS_DUE.c.what == what))
    return [(case_id, Level(level), day) for case_id, level, day in found]


def _running(connection: Connection) -> set[str]:
    going = [str(one) for one in MeetingState if one not in (*OVER, MeetingState.PLANNED)]
    asked = select(MEETING.c.case_id).where(MEETING.c.state.in_(going))
    return set(connection.execute(asked).scalars())


def _overdue(connection: Connection, today: date) -> Counter[str]:
    c = STANDING.c
    asked = select(c.case_id, func.count()).where(c.is_open == 1, c.due < today.isoformat())
    counted: Counter[str] = Counter()
    for case_id, many in connection.execute(asked.group_by(c.case_id)):
        counted[case_id] = many
    return counted


# -- referred again ----------------------------------------------------------------------------


def again(connection: Connection) -> tuple[Again, ...]:
    """Each referral that is about somebody who was referred before; of those that may be seen both."""
    c = REFERRED_AGAIN.c
    found = select(REFERRED_AGAIN)
    mine = access.may_open(connection, REFERRAL.c.case_id)
    if not mine.compare(true()):
        seen = select(REFERRAL.c.id).where(mine)
        found = found.where(
            c.referral_id.in_(seen), or_(c.earlier_id == "", c.earlier_id.in_(seen))
        )
    rows = connection.execute(found.order_by(c.id)).mappings()
    return tuple(
        Again(
            id=row["id"], referral_id=row["referral_id"], earlier_id=row["earlier_id"],
            typed_by=row["typed_by"], typed_at=convert.instant_of(row["typed_at"]),
            revision=row["revision"],
        )
        for row in rows
    )  # fmt: skip


def keep_again(connection: Connection, before: Again | None, after: Again) -> list[journal.Change]:
    """That a referral is of somebody referred before, or is not after all. Raises StaleRecord."""
    if before is not None:
        must_be_next(before.revision, after.revision)
    old = columns_of(before) if before else None
    try:
        with trying(connection):
            return written(
                connection, REFERRED_AGAIN, "referred_again", old, columns_of(after),
                but=NOT_JOURNALED,
            )  # fmt: skip
    except IntegrityError:
        msg = "Somebody else said it of that referral meanwhile."
        raise StaleRecord(msg, place="referred_again") from None


def level_spans(
    connection: Connection, case_ids: Sequence[str]
) -> list[tuple[str, str, str, str, str]]:
    """Of these cases: case, level, first day, last day, why it ended; the earliest first."""
    c = SPAN.c
    asked = select(c.case_id, c.value, c.from_day, c.to_day, c.end_reason).where(
        c.kind == str(SpanKind.LEVEL), c.withdrawn == "", c.case_id.in_(list(case_ids)),
        access.may_open(connection, c.case_id),
    )  # fmt: skip
    rows = connection.execute(asked.order_by(c.case_id, c.from_day, c.id))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]
