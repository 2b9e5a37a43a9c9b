"""Working days of England and Wales."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from panelkit.areas.calendar import EnglandAndWales
from panelkit.areas.loader import load_area
from panelkit.commands.changes import bank_holidays
from panelkit.domain.deadlines import deadlines
from panelkit.domain.errors import BadInput
from panelkit.domain.timescales import WeekdaysOnly, add_working_days, weekdays_only
from panelkit.domain.vocabulary import Level, MeetingKind
from panelkit.wiring import Settings

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


@dataclass(frozen=True)
class Held:
    held_on: date
    level: Level = Level.TWO
    kind: MeetingKind = MeetingKind.REVIEW


def area_file(folder: Path, days: str = "") -> Path:
    made = folder / "vale.toml"
    more = f'[settings.bank_holidays]\nvalue = [{days}]\nsource = "Proclaimed [V]"\n'
    made.write_text(f'name = "Vale"\nextends = "national"\n{more if days else ""}')
    return made


def test_a_year_without_bank_holidays_is_named_with_the_place_and_a_way_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = area_file(tmp_path)
    with pytest.raises(BadInput) as refused:
        bank_holidays(Settings(area=str(file)), 2150, as_json=False)
    said = refused.value.sentence
    for words in ("2150", "Vale", str(file), "bank_holidays", "weekdays only"):
        assert words in said
    assert bank_holidays(Settings(area=str(file)), 2027, as_json=False) == 0
    assert "Mon 31 May 2027" in capsys.readouterr().out


def test_a_date_counted_without_bank_holidays_says_so_beside_it(tmp_path: Path) -> None:
    told = "; weekdays only in 2150, its bank holidays are not known"
    area = load_area(area_file(tmp_path))
    for due in deadlines(Held(date(2150, 6, 1)), area):
        assert due.rule.endswith(told) is (" working day" in due.rule), due
    assert not any("weekdays" in due.rule for due in deadlines(Held(date(2027, 6, 1)), area))
    late = deadlines(Held(date(2100, 12, 30)), area)
    assert {due.what for due in late if "weekdays only in 2101" in due.rule} >= {"Minutes issued"}
    assert weekdays_only(date(2150, 1, 1), date(2151, 1, 5), CALENDAR) == (
        "; weekdays only in 2150 and 2151, their bank holidays are not known"
    )
    assert weekdays_only(date(2150, 1, 1), date(2151, 1, 5), WeekdaysOnly()) == ""


def test_days_that_an_area_adds_are_counted(tmp_path: Path) -> None:
    area = load_area(area_file(tmp_path, "2150-06-02, 2027-06-02"))
    assert not area.calendar.is_working_day(date(2027, 6, 2))
    assert not area.calendar.is_working_day(date(2027, 5, 31))
    assert area.calendar.knows(2150)
    due = next(d for d in deadlines(Held(date(2150, 6, 1)), area) if d.what == "Minutes issued")
    assert due.due == date(2150, 6, 16)  # ten weekdays, and one more for the day that was added
    assert "weekdays" not in due.rule
