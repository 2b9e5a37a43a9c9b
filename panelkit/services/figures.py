"""The key figures of a period, from every meeting that bears on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panelkit.audit.held import MeetingSeen, seen
from panelkit.audit.kpis import Figure, Period, figures
from panelkit.audit.trends import Quarter
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.clock import Clock
from panelkit.store.record import Record

BATCH: Final = 40
"""Meetings read together; of each only a few facts are kept."""
BEFORE: Final = timedelta(days=366)
"""How long before a period a meeting may lie whose review or action is due in it."""

Progress = Callable[[int, int], None]
Beside = tuple[tuple[tuple[date, tuple[tuple[str, bool], ...]], ...], frozenset[str]]
"""Meetings of the board with who came, and what else the record holds; see ``Period``."""


@dataclass(frozen=True, slots=True)
class Report:
    """Figures with the days they are for."""

    start: date
    end: date
    figures: tuple[Figure, ...]
    smart: tuple[tuple[str, bool, str], ...] = ()
    """Each action set at a meeting held: the organisation, whether it met all five tests, the
    meeting's reference."""


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter that ended last."""
    quarter = Quarter.of(today).before
    return quarter.start, quarter.end


def read(
    record: Record, area: Area, since: date, progress: Progress | None = None, *,
    with_smart: bool = False,
) -> Iterator[tuple[Meeting, MeetingSeen]]:  # fmt: skip
    """Every meeting that may bear on figures from ``since`` on, with what they are counted from.

    With ``with_smart`` the actions of those held since then are put to the SMART tests.
    """
    issued = record.first_issued(since - BEFORE)
    put_off, accepted = record.put_off(), record.accepted_on()
    ids = [s.id for s in record.held_between(since - BEFORE, date.max)]
    for at in range(0, len(ids), BATCH):
        for key, meeting in record.load_many(ids[at : at + BATCH]).items():
            yield meeting, seen(
                meeting, area, room_day(issued[key]) if key in issued else None,
                put_off=put_off.get(key, ()), accepted=accepted.get(meeting.case.id, ()),
                with_smart=with_smart and meeting.held_on >= since,
            )  # fmt: skip
        if progress is not None:
            progress(min(at + BATCH, len(ids)), len(ids))


def beside(record: Record, meetings: Sequence[MeetingSeen]) -> Beside:
    """What a period has beside its meetings: the board's, with who came; which of it is kept."""
    held = [board for board in record.boards() if board.is_live]
    boards = tuple(
        (one.held_on, tuple((row.organisation, row.presence.came) for row in one.there))
        for one in held
    )
    kept = {"boards"} if held else set()
    kept |= {"referrals"} if any(meeting.first_due for meeting in meetings) else set()
    return boards, frozenset(kept)


@acting(Act.FIGURES)
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
        return self._reports([(start, end)], progress)[0]

    def reports(
        self, periods: Sequence[tuple[date, date]], progress: Progress | None = None
    ) -> tuple[Report, ...]:
        """The same of several periods, oldest first, with the SMART tests; the record is read once."""
        return self._reports(periods, progress, with_smart=True)

    def _reports(
        self, periods: Sequence[tuple[date, date]], progress: Progress | None, *,
        with_smart: bool = False,
    ) -> tuple[Report, ...]:  # fmt: skip
        first = periods[0][0]
        meetings = tuple(
            found
            for _meeting, found in read(
                self.record, self.area, first, progress, with_smart=with_smart
            )
        )
        boards, kept = beside(self.record, meetings)
        today = room_day(self.clock())
        return tuple(
            self._report(Period(meetings, start, end, today, boards, kept))
            for start, end in periods
        )

    def _report(self, period: Period) -> Report:
        smart = (
            (action.organisation, action.green, meeting.ref)
            for meeting in period.held for action in meeting.actions if action.green is not None
        )  # fmt: skip
        return Report(period.start, period.end, figures(period, self.area), tuple(smart))
