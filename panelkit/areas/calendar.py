"""The working days of England and Wales.

The holidays library takes a moment to load and to build a year, so both wait until a
date is really asked for; an area can be loaded and printed without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

DIVISION: Final = "ENG"
"""England and Wales have the same bank holidays; the library names them by nation."""


@dataclass(frozen=True, slots=True)
class EnglandAndWales:
    """Monday to Friday without bank holidays, substitute days included."""

    more: frozenset[date] = frozenset()
    """Bank holidays that the area names: of years that the library lacks, or proclaimed since."""

    @property
    def name(self) -> str:
        """Which calendar with its version, stored with every computed date."""
        return f"England and Wales bank holidays (holidays {_version()})"

    def is_working_day(self, day: date) -> bool:
        """False on weekends and on bank holidays."""
        return day.weekday() < 5 and day not in _bank_holidays(day.year) and day not in self.more

    def knows(self, year: int) -> bool:
        """Whether the library has bank holidays of the year, or the area names some."""
        return bool(_bank_holidays(year)) or any(day.year == year for day in self.more)


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("holidays")


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv=DIVISION, years=year, expand=False))
