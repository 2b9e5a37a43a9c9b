"""Deadlines in working days, weeks and months, each with its source.

Every figure is a setting (meeting notes section 1; minutes section 4); the program
warns beyond a target and asks for a reason beyond a backstop, and never blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
"""What clocks in England and Wales show."""


class Calendar(Protocol):
    """Knows which days are worked. ``name`` is stored with every computed date."""

    @property
    def name(self) -> str:
        """Which calendar, with its version."""

    def is_working_day(self, day: date) -> bool:
        """False on weekends and on bank holidays."""

    def knows(self, year: int) -> bool:
        """Whether it has what it counts by for that year; of another only weekends are known."""

    def bank_holidays(self, year: int) -> tuple[tuple[date, str], ...]:
        """The bank holidays of a year with their names, by day."""


@dataclass(frozen=True, slots=True)
class WeekdaysOnly:
    """Monday to Friday, no bank holidays: for tests and for a missing calendar."""

    name: str = "weekdays only"

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is Monday to Friday."""
        return day.weekday() < 5

    def knows(self, year: int) -> bool:  # noqa: ARG002 - every year alike
        """True: it counts by weekdays alone, and says so in its name."""
        return True

    def bank_holidays(self, year: int) -> tuple[tuple[date, str], ...]:  # noqa: ARG002 - none
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed date, with what it was computed from."""

    what: str
    """For instance "Minutes issued"."""

    due: date
    """The last day that is in time."""

    rule: str
    """The figure in words: "10 working days"."""

    source: str
    """Where the figure comes from and how sure we are."""

    calendar: str
    """Which calendar gave the bank holidays."""


def room_day(instant: datetime) -> date:
    """The date that a clock in England and Wales shows at ``instant``."""
    return instant.astimezone(LONDON).date()


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The ``days``-th working day after ``start``; day 0 is ``start`` itself."""
    day = start
    left = days
    while left > 0:
        day += timedelta(days=1)
        if calendar.is_working_day(day):
            left -= 1
    return day


def weekdays_only(start: date, end: date, calendar: Calendar) -> str:
    """``; weekdays only in 2101, its bank holidays are not known``, for a date that was worked out
    over a year that the calendar does not know; blank where it knows them all."""
    first, last = sorted((start.year, end.year))
    lacking = [str(year) for year in range(first, last + 1) if not calendar.knows(year)]
    if not lacking:
        return ""
    whose = "its" if len(lacking) == 1 else "their"
    return f"; weekdays only in {' and '.join(lacking)}, {whose} bank holidays are not known"


def previous_working_day(day: date, calendar: Calendar) -> date:
    """``day`` itself if it is worked, else the last one before it."""
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days after ``start`` up to and including ``end``; negative if earlier."""
    if end < start:
        return -working_days_between(end, start, calendar)
    days = range(1, (end - start).days + 1)
    return sum(calendar.is_working_day(start + timedelta(days=offset)) for offset in days)


def unknown_years(first: date, last: date, calendar: Calendar) -> tuple[int, ...]:
    """Years between two days of which the calendar has no bank holidays."""
    return tuple(year for year in range(first.year, last.year + 1) if not calendar.knows(year))


def say_bank_holidays(year: int) -> tuple[str, str]:
    """What is wrong with a calendar that does not know a year, and the way on."""
    return (
        f"The calendar has no bank holidays for {year}: which days are worked is not known.",
        "Say them in the area file, as bank_holidays under [settings].",
    )


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    msg = "every month has 28 days"
    raise AssertionError(msg)


def age_on(born: date, day: date) -> int:
    """Whole years of age on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
