"""The working days of England and Wales.

The holidays library takes a moment to load and to build a year, so both wait until a
date is really asked for; an area can be loaded and printed without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
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
        """Whether it has bank holidays for that year; of another only weekends are known."""
        return bool(_bank_holidays(year)) or any(day.year == year for day in self.more)

    def bank_holidays(self, year: int) -> tuple[tuple[date, str], ...]:
        """The bank holidays of a year with their names, by day; none for one it does not know."""
        found = dict(_bank_holidays(year))
        found |= {day: "from the area's file" for day in self.more if day.year == year}
        return tuple(sorted(found.items()))


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("holidays")


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    from holidays import country_holidays

    found = country_holidays("GB", subdiv=DIVISION, years=year, expand=False)
    return MappingProxyType(dict(found))
