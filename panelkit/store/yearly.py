"""A year's rows for counting: small and plain; no meeting is read whole.

Over the cases that whoever opened the record may open, as every figure is: for somebody who is
barred from a case the tables are those of a record without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, outerjoin, select, true

from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import OPEN, SpanKind
from panelkit.domain.vocabulary import HELD, Level, MeetingKind, MeetingState
from panelkit.store import access
from panelkit.store.tables import ANSWER, CASE, MANUAL_FIGURE, MEETING, OUTCOME, PUBLISHED, SPAN

Rows = dict[str, list[tuple[Any, ...]]]
MANAGED: Final = (str(Level.TWO), str(Level.THREE))
_BATCH: Final = 500
"""Ids in one question: SQLite takes some thousands of parameters and no more."""


def overlaps(span: Any, first: str, last: str) -> ColumnElement[bool]:
    """Whether a span held on a day from ``first`` to ``last``, both included."""
    holds = or_(span.c.to_day == "", span.c.to_day >= first)
    return and_(span.c.withdrawn == "", span.c.from_day <= last, holds)


def rows_of(connection: Connection, year: ReportYear) -> Rows:
    """``span``: case, value, first day, last day or :data:`OPEN`, derived, reason, end reason, kind;
    ``event``: case, kind, day; ``now``: case, category, whether invented; ``last``: case, day of its
    last meeting of the year.

    Of the cases that were at Level 2 or 3 in the year; events are of every case.
    """
    first, last = year.start.isoformat(), year.end.isoformat()
    level = SPAN.alias("level")
    managed = (
        select(level.c.case_id)
        .where(
            level.c.kind == str(SpanKind.LEVEL),
            level.c.value.in_(MANAGED),
            overlaps(level, first, last),
            access.may_open(connection, level.c.case_id),
        )
        .distinct()
        .cte("managed")
    )
    last_day = case((SPAN.c.to_day == "", OPEN), else_=SPAN.c.to_day)
    span = select(
        SPAN.c.case_id, SPAN.c.value, SPAN.c.from_day, last_day, SPAN.c.derived, SPAN.c.reason,
        SPAN.c.end_reason, SPAN.c.kind,
    )  # fmt: skip
    span = span.join_from(managed, SPAN, SPAN.c.case_id == managed.c.case_id)
    span = span.where(overlaps(SPAN, first, last)).order_by(SPAN.c.case_id, SPAN.c.from_day)
    found: Rows = {"span": tuples(connection, span)}
    found["event"] = events(connection, first, last)
    now = select(CASE.c.id, CASE.c.category, CASE.c.fiction)
    found["now"] = tuples(connection, now.join_from(managed, CASE, CASE.c.id == managed.c.case_id))
    meeting = select(MEETING.c.case_id, func.max(MEETING.c.held_on))
    meeting = meeting.join_from(managed, MEETING, MEETING.c.case_id == managed.c.case_id).where(
        MEETING.c.held_on.between(first, last), MEETING.c.level.in_(MANAGED),
        MEETING.c.state.in_([str(state) for state in HELD]),
    )  # fmt: skip
    found["last"] = tuples(connection, meeting.group_by(MEETING.c.case_id))
    return found


def events(connection: Connection, first: str, last: str) -> list[tuple[Any, ...]]:
    """Case, kind and day of each outcome event from ``first`` to ``last``, both included."""
    event = select(OUTCOME.c.case_id, OUTCOME.c.kind, OUTCOME.c.day)
    event = event.where(OUTCOME.c.withdrawn == "", OUTCOME.c.day.between(first, last))
    event = event.where(access.may_open(connection, OUTCOME.c.case_id))
    return tuples(connection, event.order_by(OUTCOME.c.day, OUTCOME.c.id))


def tuples(connection: Connection, query: Any) -> list[tuple[Any, ...]]:
    """Plain tuples as the driver makes them: a Row for each would take as long as all the rest."""
    return list(connection.execute(query).cursor.fetchall())


def refs(connection: Connection, case_ids: Sequence[str]) -> dict[str, str]:
    """References of cases by their id, in the order asked for; those that whoever opened the record
    may open."""
    found: dict[str, str] = {}
    for at in range(0, len(case_ids), _BATCH):
        here = CASE.c.id.in_(case_ids[at : at + _BATCH])
        asked = select(CASE.c.id, CASE.c.ref).where(here, access.may_open(connection, CASE.c.id))
        found |= {row.id: row.ref for row in connection.execute(asked)}
    return {key: found[key] for key in case_ids if key in found}


def panels(connection: Connection, year: ReportYear) -> list[tuple[str, str, str, str, int]]:
    """Level, kind, state, cause of an emergency or blank, and how many meetings of the year have
    them.
    """
    cause = func.coalesce(ANSWER.c.text, "")
    why = (ANSWER.c.meeting_id == MEETING.c.id) & (ANSWER.c.field == "emergency_cause")
    asked = select(
        MEETING.c.level, MEETING.c.kind, MEETING.c.state, cause, func.count(MEETING.c.id)
    ).select_from(outerjoin(MEETING, ANSWER, why))
    asked = asked.where(
        MEETING.c.held_on.between(year.start.isoformat(), year.end.isoformat()),
        MEETING.c.state != str(MeetingState.ELSEWHERE),
        access.may_open(connection, MEETING.c.case_id),
    )
    rows = connection.execute(
        asked.group_by(MEETING.c.level, MEETING.c.kind, MEETING.c.state, cause)
    )
    return [(str(a), b, c, d, n) for a, b, c, d, n in rows]


def first_meeting(connection: Connection) -> str:
    """The day of the first meeting that the record knows, ISO; blank where it knows none."""
    first = select(func.min(MEETING.c.held_on)).where(
        MEETING.c.state != str(MeetingState.ELSEWHERE),
        access.may_open(connection, MEETING.c.case_id),
    )
    return str(connection.execute(first).scalar() or "")


def first_year(connection: Connection) -> ReportYear | None:
    """The first year of which something may be told: published, with a figure entered by hand, or
    with a level in a history; None where there is none.
    """
    level = and_(
        SPAN.c.kind == str(SpanKind.LEVEL), SPAN.c.withdrawn == "",
        access.may_open(connection, SPAN.c.case_id),
    )  # fmt: skip
    begun = connection.execute(select(func.min(SPAN.c.from_day)).where(level)).scalar()
    found = [ReportYear.of(date.fromisoformat(begun))] if begun else []
    for column in (PUBLISHED.c.year, MANUAL_FIGURE.c.year):
        label = connection.execute(select(func.min(column))).scalar()
        found += [ReportYear.named(label)] if label else []
    return min(found, default=None)


def all_refs(connection: Connection) -> tuple[str, ...]:
    """References of every case that whoever opened the record may open, in order."""
    asked = select(CASE.c.ref).where(access.may_open(connection, CASE.c.id))
    return tuple(row.ref for row in connection.execute(asked.order_by(CASE.c.ref)))


@dataclass(frozen=True, slots=True)
class Heard:
    """A meeting of a case that is behind a figure."""

    case_ref: str
    ref: str
    held_on: date
    level: Level
    kind: MeetingKind
    state: MeetingState
    id: str = ""


def heard(connection: Connection, case_ids: Sequence[str], year: ReportYear) -> tuple[Heard, ...]:
    """The meetings of these cases that fall in the year, case by case; not of a case that may not
    be opened.
    """
    during = MEETING.c.held_on.between(year.start.isoformat(), year.end.isoformat())
    return _heard(connection, MEETING.c.case_id, case_ids, during)


def heard_at(connection: Connection, meeting_ids: Sequence[str]) -> dict[str, Heard]:
    """These meetings by their ids; one of a case that may not be opened is left out."""
    found = _heard(connection, MEETING.c.id, meeting_ids, true())
    return {one.id: one for one in found}


def _heard(
    connection: Connection, column: ColumnElement[Any], ids: Sequence[str], where: ColumnElement[bool]
) -> tuple[Heard, ...]:  # fmt: skip
    found: list[Heard] = []
    for at in range(0, len(ids), _BATCH):
        asked = select(
            CASE.c.ref, MEETING.c.id, MEETING.c.number, MEETING.c.held_on, MEETING.c.level,
            MEETING.c.kind, MEETING.c.state,
        )  # fmt: skip
        asked = asked.select_from(MEETING.join(CASE, CASE.c.id == MEETING.c.case_id)).where(
            column.in_(ids[at : at + _BATCH]), where, access.may_open(connection, MEETING.c.case_id)
        )
        found += [
            Heard(
                row.ref, f"{row.ref}-{row.number}", date.fromisoformat(row.held_on),
                Level(row.level), MeetingKind(row.kind), MeetingState(row.state), row.id,
            )
            for row in connection.execute(asked)
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.case_ref, one.held_on, one.ref)))


def years(connection: Connection, running: ReportYear) -> tuple[ReportYear, ...]:
    """Report years of which something is recorded, up to the one that is ``running``, oldest first.

    A level that still holds counts up to that year; of days a month is enough. Of a case that may
    not be opened nothing is read.
    """
    found: set[ReportYear] = set()
    month = func.substr(SPAN.c.from_day, 1, 7).label("first")
    until = func.substr(SPAN.c.to_day, 1, 7).label("last")
    span = select(month, until).where(SPAN.c.withdrawn == "", SPAN.c.value.in_(MANAGED))
    span = span.where(
        SPAN.c.kind == str(SpanKind.LEVEL), access.may_open(connection, SPAN.c.case_id)
    )
    for row in connection.execute(span.distinct()):
        last = _year_of(row.last) if row.last else running
        found |= set(_between(_year_of(row.first), last))
    event = select(func.substr(OUTCOME.c.day, 1, 7).label("month"))
    event = event.where(
        OUTCOME.c.withdrawn == "", access.may_open(connection, OUTCOME.c.case_id)
    ).distinct()
    found |= {_year_of(row.month) for row in connection.execute(event)}
    for table in (MANUAL_FIGURE, PUBLISHED):
        named = connection.execute(select(table.c.year).distinct())
        found |= {ReportYear.named(row.year) for row in named}
    return tuple(sorted(year for year in found if year <= running))


def _year_of(month: str) -> ReportYear:
    return ReportYear.of(date.fromisoformat(f"{month}-01"))


def _between(first: ReportYear, last: ReportYear) -> Iterator[ReportYear]:
    return (ReportYear(begins) for begins in range(first.begins, last.begins + 1))
