"""Working days of England and Wales."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from panelkit.areas.calendar import EnglandAndWales
from panelkit.domain.timescales import add_working_days

CALENDAR = EnglandAndWales()


@pytest.mark.parametrize(
    ("held", "due"),
    [
        (date(2026, 12, 18), date(2027, 1, 6)),
        (date(2026, 12, 23), date(2027, 1, 11)),
        (date(2026, 11, 18), date(2026, 12, 2)),
    ],
)
def test_ten_working_days(held: date, due: date) -> None:
    assert add_working_days(held, 10, CALENDAR) == due


def test_substitute_days_and_neighbours() -> None:
    assert not CALENDAR.is_working_day(date(2026, 12, 28))  # for Boxing Day, a Saturday
    assert not CALENDAR.is_working_day(date(2026, 4, 6))  # Easter Monday: not in Scotland
    assert CALENDAR.is_working_day(date(2026, 11, 30))  # St Andrew's Day: Scotland only
    assert not CALENDAR.is_working_day(date(2026, 5, 9))  # a Saturday


def test_the_name_says_which_version() -> None:
    assert CALENDAR.name.startswith("England and Wales bank holidays (holidays 0.")


def test_loading_an_area_does_not_load_the_holidays() -> None:
    code = (
        "import sys; from panelkit.areas.loader import load_area; a = load_area('west_midlands');"
        "print(a.calendar.name, 'holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")
