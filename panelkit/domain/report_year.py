"""The year of an annual report, 1 April to 31 March, and its quarters.

Written ``2022-23`` and ``2022-23-Q3`` (statistics notes section 1 [V1]); both ends are included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from panelkit.domain.errors import BadInput

_FIRST_MONTH = 4


@dataclass(frozen=True, slots=True, order=True)
class ReportYear:
    """One report year, called by the calendar year that it begins in."""

    begins: int

    @classmethod
    def of(cls, day: date) -> ReportYear:
        """The report year that a day is in."""
        return cls(day.year if day.month >= _FIRST_MONTH else day.year - 1)

    @classmethod
    def named(cls, words: str) -> ReportYear:
        """The year that ``2022-23`` names. Raises BadInput for anything else."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", words.strip())
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]) or found[1] == "0000":
            msg = "That is not a report year."
            raise BadInput(msg, remedy="Write one as 2022-23, for 1 April 2022 to 31 March 2023.")
        return cls(int(found[1]))

    @property
    def label(self) -> str:
        """``2022-23``."""
        return f"{self.begins:04}-{(self.begins + 1) % 100:02}"

    @property
    def start(self) -> date:
        """1 April."""
        return date(self.begins, _FIRST_MONTH, 1)

    @property
    def end(self) -> date:
        """31 March: the day of the snapshot (statistics notes section 1 [V1])."""
        return date(self.begins + 1, 3, 31)

    @property
    def before(self) -> ReportYear:
        """The year before it."""
        return ReportYear(self.begins - 1)

    @property
    def quarters(self) -> tuple[ReportQuarter, ...]:
        """Its four quarters, in order."""
        return tuple(ReportQuarter(self, number) for number in (1, 2, 3, 4))


@dataclass(frozen=True, slots=True, order=True)
class ReportQuarter:
    """Three months of a report year: Q1 is April to June, Q4 January to March (section 5)."""

    year: ReportYear
    number: int

    @classmethod
    def named(cls, words: str) -> ReportQuarter:
        """The quarter that ``2022-23-Q3`` names. Raises BadInput for anything else."""
        year, _, number = words.strip().rpartition("-Q")
        if number not in ("1", "2", "3", "4"):
            msg = "That is not a quarter of a report year."
            raise BadInput(msg, remedy="Write one as 2022-23-Q3, for October to December 2022.")
        return cls(ReportYear.named(year), int(number))

    @classmethod
    def of(cls, day: date) -> ReportQuarter:
        """The quarter that a day is in."""
        return cls(ReportYear.of(day), (day.month - _FIRST_MONTH) % 12 // 3 + 1)

    @property
    def label(self) -> str:
        """``2022-23-Q3``."""
        return f"{self.year.label}-Q{self.number}"

    @property
    def start(self) -> date:
        """Its first day."""
        months = _FIRST_MONTH - 1 + 3 * (self.number - 1)
        return date(self.year.begins + months // 12, months % 12 + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.after.start - timedelta(days=1)

    @property
    def before(self) -> ReportQuarter:
        """The quarter before it."""
        return ReportQuarter.of(self.start - timedelta(days=1))

    @property
    def after(self) -> ReportQuarter:
        """The quarter after it."""
        if self.number == 4:
            return ReportQuarter(ReportYear(self.year.begins + 1), 1)
        return ReportQuarter(self.year, self.number + 1)
