"""Codes and days as people type them, each read once."""

from __future__ import annotations

import sys
from datetime import date
from typing import TypeVar

from panelkit.commands.kpi import day_of
from panelkit.domain.dates import read_date
from panelkit.domain.errors import BadInput
from panelkit.domain.timescales import Calendar
from panelkit.domain.vocabulary import Term

T = TypeVar("T", bound=Term)


def term_of(kind: type[T], words: str, what: str) -> T:
    """The member that ``words`` name, by code or label. Raises BadInput, naming them all."""
    plain = words.strip().casefold()
    for member in kind:
        if plain.replace("-", "_") == str(member).casefold() or plain == member.label.casefold():
            return member
    raise BadInput(f"There is no such {what}.", remedy=f"Say one of {', '.join(map(str, kind))}.")


def line_of(given: str) -> str:
    """The words of an option; ``-`` is a line from standard input, that no list of programs shows."""
    return sys.stdin.readline().strip() if given == "-" else given


def said_day(option: str, words: str, today: date, calendar: Calendar) -> date:
    """A day as people say it (``tomorrow``, ``3 December``). Raises BadInput."""
    said = read_date(words, today, calendar)
    if said.day is None:
        raise BadInput(f"{option}: {said.problem}")
    return said.day


def must_be_day(words: str, option: str) -> date:
    """A day that must be said. Raises BadInput."""
    day = day_of(words, option)
    if day is None:
        raise BadInput(f"{option} is a day such as 2026-10-01.")
    return day
