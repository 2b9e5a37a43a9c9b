"""Dates inside a sentence, in the forms that minutes use: day first, never guessed silently.

``12/3/26``, ``12.03.2026``, ``12th March``, ``Fri 12 Mar``, ``March 12th 2026``, ``by 4 weeks``,
``w/c 12 March``; "by next meeting" and "ASAP" are words about time and no date. What the words
mean is read by :mod:`panelkit.domain.dates`; this module finds them and settles the year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panelkit.domain.dates import WEEKDAYS, read_date
from panelkit.domain.fields import MONTHS
from panelkit.domain.foreign import Sure, least
from panelkit.domain.timescales import Calendar, WeekdaysOnly

_MONTH: Final = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_NAME: Final = r"(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\b\.?,?\s+)?"
_YEAR: Final = (
    r"(?:,?\s*['’]?(?:20\d\d|19\d\d|\d\d)(?![\d:/.]\d|\d|\s*(?:hours|hrs|am|pm|weeks?|days?)\b))?"
)
DATE: Final = re.compile(
    rf"""(?<![\d/.£])(?:
      (?P<iso>(?:19|20)\d\d-\d\d-\d\d)
    | {_DAY_NAME}(?P<figures>\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?:20\d\d|19\d\d|\d\d))(?!\d)
    | {_DAY_NAME}(?P<short>\d{{1,2}}/\d{{1,2}})(?![\d/])
    | {_DAY_NAME}(?:the\s+)?(?P<words>\d{{1,2}}\s?(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH}{_YEAR})
    | {_DAY_NAME}(?P<american>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d){_YEAR})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
SPAN: Final = re.compile(
    r"\b(?:in|within)\s+(?:\d{1,2}|a|one|two|three|four|six|eight)\s+(?:working\s+days?|days?|weeks?|months?)\b"
    r"|\b(?:today|tomorrow|close of play)\b"
    r"|(?<=\bby )(?:this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?!\s*(?:the\s+)?\d)",
    re.IGNORECASE,
)
NO_DATE: Final = re.compile(
    r"\b(?:(?:by|before|at|for|until)\s+(?:the\s+)?(?:next|following)\s+(?:\w+\s+)?(?:meeting|review|panel|mappa|mapp)"
    r"|next\s+(?:meeting|review|panel)|asap|as soon as (?:possible|practicable)|in due course|on-?going|immediate(?:ly)?"
    r"|t\.?b\.?[ca]\.?|(?:date )?to be confirmed|when possible|forthwith|urgent(?:ly)?|with immediate effect"
    r"|end of (?:the )?(?:week|month|year)|not (?:recorded|set|agreed|stated)|no date|none|n/?a)\b",
    re.IGNORECASE,
)
_MAY_BE: Final = re.compile(r"\d{1,2}\s+may")
"""The verb, as in "2 may attend": nobody writes the month so."""
_FIGURES: Final = re.compile(r"\d+")
_NEAR: Final = 30
"""Letters around its figures in which the rest of a date stands."""
MOST: Final = 20_000
"""Letters of one line in which dates are looked for."""
_RELATIVE: Final = re.compile(r"^(?:this\s+|next\s+)?(?:" + "|".join(WEEKDAYS) + r")$")
_FORGETS: Final = 330
"""Days after which a date without a year is no longer taken for one that is coming."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words about time in a text."""

    words: str
    start: int
    end: int
    day: date | None
    problem: str = ""
    """Why there is no day; blank where the words are plainly no date."""
    sure: Sure = Sure.SURE

    @property
    def understood(self) -> bool:
        """Whether it is known what the words say, be it that there is no date."""
        return self.day is not None or not self.problem


def find_dates(
    text: str, held_on: date | None, calendar: Calendar | None = None, *, past: bool = False
) -> tuple[Said, ...]:
    """Every date in ``text``; those without a year are read from the meeting's own date.

    ``past`` says that the text speaks of what lies behind the meeting.
    """
    calendar = calendar or WeekdaysOnly()
    text = text[:MOST]
    found = [
        _said(match, text, held_on, calendar, past=past)
        for start, end in _windows(text)
        for match in DATE.finditer(text, start, end)
        if not _MAY_BE.fullmatch(match[0])
    ]
    if held_on is not None:
        found += [_span(m, held_on, calendar) for m in SPAN.finditer(text)]
    return tuple(sorted(found, key=lambda said: said.start))


def _windows(text: str) -> list[tuple[int, int]]:
    """Where a date may stand: around the figures, so that prose is passed over quickly."""
    made: list[tuple[int, int]] = []
    for figures in _FIGURES.finditer(text):
        start, end = max(figures.start() - _NEAR, 0), min(figures.end() + _NEAR, len(text))
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def find_time(text: str, held_on: date | None, calendar: Calendar | None = None) -> Said | None:
    """What a due cell or the end of an action says of the time; None where nothing."""
    calendar = calendar or WeekdaysOnly()
    text = text[:MOST]
    dates = find_dates(text, held_on, calendar)
    if dates:
        return dates[-1]
    if vague := list(NO_DATE.finditer(text)):
        last = vague[-1]
        return Said(last[0], last.start(), last.end(), None)
    plain = " ".join(text.casefold().split()).strip(" .,")
    plain = re.sub(r"^(?:by|before|on)\s+", "", plain)
    if held_on is not None and _RELATIVE.match(plain):
        read = read_date(plain, held_on, calendar)
        return Said(text.strip(), 0, len(text), read.day, read.problem, Sure.LIKELY)
    if re.search(r"\d", text):
        return Said(text.strip(), 0, len(text), None, "Not understood as a date.")
    return None


def _said(
    found: re.Match[str], text: str, held_on: date | None, calendar: Calendar, *, past: bool
) -> Said:
    words = found[0].strip()
    plain, year = _plain(found)
    lead = text[max(found.start() - 16, 0) : found.start()].casefold()
    early = bool(re.search(r"\bbefore\s+(?:the\s+)?$", lead)) and "on or" not in lead
    said = f"before {plain}" if early else plain
    sure = Sure.LIKELY if re.search(r"(?:w/c|week commencing)\s+(?:the\s+)?$", lead) else Sure.SURE
    if not year and held_on is None:
        return Said(words, found.start(), found.end(), None, "It has no year, and the date of the meeting is not known.")  # fmt: skip
    after = date(1900, 1, 1) if year or held_on is None else _first(plain, held_on, past=past)
    read = read_date(said, after, calendar)
    if read.day is None:
        return Said(words, found.start(), found.end(), None, read.problem)
    named = re.match(r"[a-z]{3}", words.casefold())
    if named and named[0] not in MONTHS and not _is_day(read.day, named[0], early=early):
        sure = Sure.GUESS  # a weekday that does not fit: one of the two is wrong
    if not year:
        sure = least(sure, Sure.LIKELY)
    return Said(words, found.start(), found.end(), read.day, "", sure)


def _first(plain: str, held_on: date, *, past: bool) -> date:
    """From which day on a date without a year is looked for."""
    if past:
        return held_on - timedelta(days=365)
    coming = read_date(plain, held_on, WeekdaysOnly()).day
    if coming is not None and (coming - held_on).days > _FORGETS:
        return held_on - timedelta(days=364 - _FORGETS + 1)
    return held_on


def _is_day(day: date, name: str, *, early: bool) -> bool:
    return early or WEEKDAYS[day.weekday()].startswith(name)


def _plain(found: re.Match[str]) -> tuple[str, bool]:
    """The date as :func:`read_date` knows it, and whether it has a year."""
    if found["iso"]:
        return found["iso"], True
    if found["figures"]:
        return re.sub(r"\s*[/.-]\s*", "/", found["figures"]), True
    if found["short"]:
        return found["short"], False
    words = (found["words"] or found["american"]).casefold()
    number = re.search(r"\d{1,2}", words)
    month = re.search(_MONTH, words)
    if number is None or month is None:
        return words, False
    year = re.search(r"\d+$", words[max(number.end(), month.end()) :])
    plain = f"{number[0]} {month[0].rstrip('.')}"
    return (f"{plain} {year[0]}", True) if year else (plain, False)


def _span(found: re.Match[str], held_on: date, calendar: Calendar) -> Said:
    read = read_date(found[0], held_on, calendar)
    return Said(found[0], found.start(), found.end(), read.day, read.problem, Sure.LIKELY)
