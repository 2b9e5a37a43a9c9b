"""The key figures of a period, from every meeting that bears on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panelkit.audit.held import MeetingSeen, seen
from panelkit.audit.kpis import Figure, Period, figures
from panelkit.audit.trends import Quarter
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.timescales import room_day
from panelkit.services.clock import Clock
from panelkit.store.record import Record

BATCH: Final = 40
"""Meetings read together; of each only a few facts are kept."""
BEFORE: Final = timedelta(days=366)
"""How long before a period a meeting may lie whose review or action is due in it."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """Figures with the days they are for."""

    start: date
    end: date
    figures: tuple[Figure, ...]


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter that ended last."""
    quarter = Quarter.of(today).before
    return quarter.start, quarter.end


class KeyFigures:
    """What a coordinator tells the board."""

    def __init__(self, record: Record, area: Area, clock: Clock) -> None:
        """Nothing is stored: figures are worked out from the record each time."""
        self.record = record
        self.area = area
        self.clock = clock

    def report(
        self, start: date | None = None, end: date | None = None, progress: Progress | None = None
    ) -> Report:
        """Every key figure from ``start`` to ``end``, both included; else of the last quarter.

        Where one of the two is given, the other is the end or the start of a year with it.
        Raises BadInput for an end before the start, or a target of no figure.
        """
        today = room_day(self.clock())
        if start is None and end is None:
            start, end = last_quarter(today)
        start = start or (end or today) - timedelta(days=364)
        end = end or max(start, today)
        if end < start:
            raise BadInput("The last day is before the first.", remedy="Change --from and --to.")
        period = Period(tuple(self._meetings(start, progress)), start, end, today)
        return Report(start, end, figures(period, self.area))

    def _meetings(self, start: date, progress: Progress | None) -> list[MeetingSeen]:
        issued = self.record.first_issued()
        ids = [s.id for s in self.record.meetings() if s.held_on >= start - BEFORE]
        found: list[MeetingSeen] = []
        for at in range(0, len(ids), BATCH):
            for key, meeting in self.record.load_many(ids[at : at + BATCH]).items():
                on = room_day(issued[key]) if key in issued else None
                found.append(seen(meeting, self.area, on))
            if progress is not None:
                progress(min(at + BATCH, len(ids)), len(ids))
        return found
