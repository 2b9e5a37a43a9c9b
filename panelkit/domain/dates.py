"""Dates as people say them in the room: ``12 Jan``, ``before 12 January``, ``Tue``, ``2 weeks``.

Day first, always in the future of the meeting, always shown back before it is taken.
"Before 12 January" means 11 January or earlier (in-the-room notes, section 10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panelkit.domain.fields import MONTHS
from panelkit.domain.timescales import Calendar, add_months, add_working_days, previous_working_day

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class SaidDate:
    """What was understood: a day, or why not."""

    day: date | None
    problem: str = ""
    """A sentence to show beside the line; blank where a day was understood."""


def read_date(words: str, after: date, calendar: Calendar) -> SaidDate:
    """The day that ``words`` mean at a meeting held on ``after``.

    Ambiguous words ("next Friday", "soon") give a problem that asks, never a guess.
    """
    plain = re.sub(r"\s+", " ", words.strip().casefold()).strip(" .,")
    before = re.match(r"(?:before|ahead of)\s+", plain)
    plain = re.sub(r"^(?:before|ahead of|by the|by|on|due|the)\s+", "", plain)
    day, problem = _plain_date(plain, after, calendar)
    if day is None:
        return SaidDate(None, problem or "Which date? Say it as 12 January.")
    if before:
        day = previous_working_day(day - timedelta(days=1), calendar)
    if day < after:
        return SaidDate(None, f"{day.day} {day:%B %Y} is before this meeting.")
    return SaidDate(day)


def _plain_date(plain: str, after: date, calendar: Calendar) -> tuple[date | None, str]:
    if plain in ("today", "close of play", "end of today"):
        return after, ""
    if plain == "tomorrow":
        return after + timedelta(days=1), ""
    if found := re.fullmatch(
        r"(?:in |within )?(\d{1,2}|a|one|two|three|four|six|eight) (working days?|days?|weeks?|months?)",
        plain,
    ):
        return _span(found[1], found[2], after, calendar), ""
    if found := re.fullmatch(r"(this |next )?([a-z]{3,9})", plain):
        return _weekday(found[1] or "", found[2], after)
    return _calendar_date(plain, after)


def _span(count: str, unit: str, after: date, calendar: Calendar) -> date:
    numbers = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8}
    number = numbers.get(count) or int(count)
    if unit.startswith("working"):
        return add_working_days(after, number, calendar)
    if unit.startswith("month"):
        return add_months(after, number)
    return after + timedelta(days=number * (7 if unit.startswith("week") else 1))


def _weekday(which: str, name: str, after: date) -> tuple[date | None, str]:
    matches = [index for index, day in enumerate(WEEKDAYS) if day.startswith(name)]
    if len(matches) != 1:
        return None, ""
    ahead = (matches[0] - after.weekday() - 1) % 7 + 1
    first = after + timedelta(days=ahead)
    if which == "next ":
        second = first + timedelta(days=7)
        return (
            None,
            f"Next {WEEKDAYS[matches[0]].capitalize()}: {first.day} {first:%B} or {second.day} {second:%B}?",
        )
    return first, ""


def _calendar_date(plain: str, after: date) -> tuple[date | None, str]:
    year_said: int | None = None
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", plain):
        year_said, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?", plain):
        day, month = int(found[1]), int(found[2])
        year_said = _year(found[3])
    elif found := re.fullmatch(
        r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)\.?,?(?: (\d{2,4}))?", plain
    ):
        day, month = int(found[1]), MONTHS.get(found[2], 0)
        year_said = _year(found[3])
    else:
        return None, ""
    try:
        said = date(year_said or after.year, month, day)
        if year_said is None and said < after:
            said = date(after.year + 1, month, day)
    except ValueError:
        return None, "There is no such day."
    return said, ""


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)
