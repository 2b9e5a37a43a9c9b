"""Which meetings a list shows: found by an index, in one line each, as many as are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, Select, func, select

from panelkit.domain.put_off import PutOff
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import Level, MeetingState
from panelkit.store import access, falls_due, meetings, put_off, sittings
from panelkit.store.meetings import Summary
from panelkit.store.part import Part
from panelkit.store.tables import CASE, FALLS_DUE, MEETING, PUT_OFF, SITTING


@dataclass(frozen=True, slots=True)
class Due:
    """A meeting that something of it falls due, and the first day of it."""

    meeting_id: str
    ref: str
    what: str
    """A word of :mod:`panelkit.store.falls_due`."""
    day: date
    """Of minutes the day the meeting was held: when they are due the area says."""
    level: Level

    @property
    def case_ref(self) -> str:
        """Of its case."""
        return self.ref.rpartition("-")[0]


class FindsMeetings(Part):
    """Meetings by what lists ask of them; those of a hidden case are in none."""

    def meetings(self) -> list[Summary]:
        """Every meeting, newest first, without content."""
        with self._reading() as connection:
            return meetings.summaries(connection)

    def in_states(
        self, states: Iterable[MeetingState], *, limit: int | None = None, oldest_first: bool = False
    ) -> list[Summary]:  # fmt: skip
        """Meetings in one of these states, the newest first unless it is said otherwise."""
        with self._reading() as connection:
            # One state after another: each in the order of its index, as far as is asked for.
            found = [
                meeting
                for state in states
                for meeting in meetings.summaries(
                    connection,
                    MEETING.c.state == str(state),
                    limit=limit,
                    oldest_first=oldest_first,
                )
            ]
        found.sort(key=lambda m: (m.slot is not None, m.slot or time(), m.id))
        found.sort(key=lambda m: m.held_on, reverse=not oldest_first)
        return found[:limit]

    def newest(self, limit: int, called: str = "") -> list[Summary]:
        """The newest of all; ``called`` leaves those whose case's reference has it somewhere."""
        with self._reading() as connection:
            if not called:
                # There is always a day: said, the newest are found from the end of its index.
                return meetings.summaries(connection, MEETING.c.held_on > "", limit=limit)
            like = CASE.c.ref.icontains(called, autoescape=True)
            # Cases first, and only so many: of a few letters there would be thousands.
            found = select(CASE.c.id).where(like, access.may_open(connection, CASE.c.id))
            ids = list(connection.execute(found.order_by(CASE.c.ref).limit(limit)).scalars())
            return meetings.summaries(connection, MEETING.c.case_id.in_(ids), limit=limit)

    def held_between(self, first: date, last: date) -> list[Summary]:
        """Meetings of these days, both included, the newest first."""
        with self._reading() as connection:
            days = MEETING.c.held_on.between(first.isoformat(), last.isoformat())
            return meetings.summaries(connection, days)

    def of_sittings(self, ids: Sequence[str]) -> list[Summary]:
        """Meetings of these sittings."""
        with self._reading() as connection:
            return meetings.summaries(connection, MEETING.c.sitting.in_(list(ids))) if ids else []

    def heads_of(self, ids: Sequence[str]) -> list[Summary]:
        """These meetings, newest first; one that is gone is left out."""
        with self._reading() as connection:
            return meetings.summaries(connection, MEETING.c.id.in_(list(ids))) if ids else []

    def first_case_refs(self, limit: int) -> tuple[str, ...]:
        """The first references of cases that have a meeting, in order."""
        with self._reading() as connection:
            has = select(MEETING.c.id).where(MEETING.c.case_id == CASE.c.id).exists()
            found = select(CASE.c.ref).where(has, access.may_open(connection, CASE.c.id))
            return tuple(connection.execute(found.order_by(CASE.c.ref).limit(limit)).scalars())

    def sittings_from(self, day: date) -> tuple[Sitting, ...]:
        """Sittings of this day and later, the last first."""
        with self._reading() as connection:
            return sittings.every(connection, SITTING.c.held_on >= day.isoformat())

    def find_sitting(self, sitting_id: str) -> Sitting | None:
        """One by id; None where there is none."""
        with self._reading() as connection:
            return sittings.find(connection, sitting_id)

    def newest_sittings(self, limit: int) -> tuple[Sitting, ...]:
        """The last of all."""
        with self._reading() as connection:
            return sittings.every(connection, SITTING.c.held_on > "", limit=limit)

    def put_off_of(self, ids: Sequence[str]) -> dict[str, tuple[PutOff, ...]]:
        """Days on which these meetings were not held, by meeting."""
        with self._reading() as connection:
            return put_off.of_these(connection, PUT_OFF.c.meeting_id.in_(list(ids))) if ids else {}

    def planned(self, *, cancelled: bool = False, limit: int | None = None, on: date | None = None) -> list[Summary]:  # fmt: skip
        """Planned meetings by day, of one day if ``on`` says so: those that stand cancelled, or those
        that do not."""
        with self._reading() as connection:
            found = meetings.selected(connection).join(
                FALLS_DUE, FALLS_DUE.c.meeting_id == MEETING.c.id
            )
            what = falls_due.CANCELLED if cancelled else falls_due.PLANNED
            found = found.where(FALLS_DUE.c.what == what)
            found = found.where(FALLS_DUE.c.day == on.isoformat()) if on is not None else found
            order = (FALLS_DUE.c.day, MEETING.c.slot, MEETING.c.id)
            return meetings.summaries_of(connection, found.order_by(*order).limit(limit))

    # -- what falls due ------------------------------------------------------------------

    def first_due(
        self, what: str, before: date, who: str, *, is_theirs: bool, limit: int,
        level: Level | None = None,
    ) -> list[Due]:  # fmt: skip
        """Meetings of which this falls due before a day, each with its first day, the earliest
        first; those where it waits on ``who``, or on anybody else.
        """
        with self._reading() as connection:
            found = _due(connection, what, before, level)
            owner = FALLS_DUE.c.owner
            found = found.where(owner == who.casefold() if is_theirs else owner != who.casefold())
            rows = limit
            while True:
                there = connection.execute(found.limit(rows)).all()
                firsts = {row.meeting_id: row for row in reversed(there)}
                if len(there) < rows or len(firsts) >= limit:
                    break
                rows *= 2
            kept = sorted(firsts.values(), key=lambda row: (row.day, row.meeting_id))[:limit]
            return [
                Due(row.meeting_id, f"{row.ref}-{row.number}", what, day, Level(row.level))
                for row in kept
                if (day := _day(row.day)) is not None
            ]

    def how_many_due(self, what: str, before: date, most: int, *, but: str = "") -> int:
        """Meetings of which this falls due before a day; of the first ``most`` things that do, so
        that nothing counts all of them. What waits on ``but`` is left out.
        """
        with self._reading() as connection:
            found = select(FALLS_DUE.c.meeting_id).where(
                FALLS_DUE.c.what == what, FALLS_DUE.c.day < before.isoformat(),
                access.may_open_meeting(connection, FALLS_DUE.c.meeting_id),
            )  # fmt: skip
            found = found.where(FALLS_DUE.c.owner != but.casefold()) if but else found
            first = found.order_by(FALLS_DUE.c.day).limit(most).subquery()
            counted = select(func.count(first.c.meeting_id.distinct()))
            return int(connection.execute(counted).scalar() or 0)


def _due(connection: Connection, what: str, before: date, level: Level | None) -> Select[Any]:
    columns = (FALLS_DUE.c.meeting_id, FALLS_DUE.c.day, CASE.c.ref, MEETING.c.number, MEETING.c.level)  # fmt: skip
    found = select(*columns).join(MEETING, MEETING.c.id == FALLS_DUE.c.meeting_id)
    found = found.join(CASE, CASE.c.id == MEETING.c.case_id)
    found = found.where(FALLS_DUE.c.what == what, FALLS_DUE.c.day < before.isoformat())
    if level is not None:
        found = found.where(MEETING.c.level == str(level))
    found = found.where(access.may_open(connection, MEETING.c.case_id))
    return found.order_by(FALLS_DUE.c.day, FALLS_DUE.c.meeting_id)


def _day(text: str) -> date | None:
    """The day, where it is one: what came from elsewhere may hold other words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
