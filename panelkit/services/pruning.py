"""Which copies may go: rules as data, over names and days. Nothing is removed here.

Only a copy that made itself is ever named. One that a person made is that person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

DAY: Final = "day"
WEEK: Final = "week"
MONTH: Final = "month"
EVERY: Final = "every"


@dataclass(frozen=True, slots=True)
class Keep:
    """How close together copies stay, up to an age."""

    each: str
    """``every`` copy, or the last one of each ``week`` or ``month``."""
    days: int
    """For copies no older than this."""


KEEP: Final = (Keep(EVERY, 7), Keep(WEEK, 8 * 7), Keep(MONTH, 366))
"""All of the last week, one a week for eight weeks, one a month for a year."""
AT_LEAST: Final = 7
"""The newest that stay whatever the calendar says: a clock that is wrong removes nothing of use."""
BEFORE_UPGRADE_DAYS: Final = 90
"""A copy made before an upgrade stays for as long at least."""

_DAILY: Final = re.compile(r"^(?P<stem>.+)-daily-(?P<at>\d{8}-\d{6})\.db$")
_BEFORE: Final = re.compile(r"^(?P<name>.+)\.before-\d{4}(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class Standing:
    """A copy that stands in the folder."""

    path: Path
    made: datetime
    """In the room's time, as its name says; for one before an upgrade, when it was written."""


def daily_name(record: Path, at: datetime) -> str:
    """``panelkit-daily-20261128-170500.db`` for the record ``panelkit.db``."""
    return f"{record.stem}-daily-{at:%Y%m%d-%H%M%S}.db"


def daily_of(record: Path, paths: Iterable[Path], like: datetime) -> list[Standing]:
    """The copies of ``record`` that made themselves, newest first; ``like`` has the room's zone."""
    found = []
    for path in paths:
        named = _DAILY.match(path.name)
        if named and named["stem"] == record.stem:
            try:
                at = datetime.strptime(named["at"], "%Y%m%d-%H%M%S").replace(tzinfo=like.tzinfo)
            except ValueError:
                continue
            found.append(Standing(path, at))
    return sorted(found, key=lambda each: each.made, reverse=True)


def is_before_upgrade(record: Path, path: Path) -> bool:
    """Whether ``path`` is named as the copy that an upgrade of ``record`` makes."""
    named = _BEFORE.match(path.name)
    return named is not None and named["name"] == record.name


def may_go(daily: list[Standing], now: datetime, tried: Path | None) -> list[Path]:
    """Of the copies that made themselves, newest first, those that no rule keeps.

    The newest stay, and ``tried``, the last one that was brought back and read in full.
    """
    kept: set[tuple[str, str]] = set()
    going = []
    for number, copy in enumerate(daily):
        stays = number < AT_LEAST or copy.path == tried
        age = now - copy.made
        for rule in KEEP:
            if age <= timedelta(days=rule.days):
                period = (rule.each, _period(rule.each, copy.made))
                stays = stays or rule.each == EVERY or period not in kept
                kept.add(period)
        if not stays:
            going.append(copy.path)
    return going


def _period(each: str, at: datetime) -> str:
    if each == WEEK:
        year, week, _day = at.isocalendar()
        return f"{year}-{week}"
    return f"{at:%Y-%m}" if each == MONTH else at.isoformat()


def old_before_upgrades(before: list[Standing], now: datetime) -> list[Path]:
    """Of the copies made before upgrades, those past their time; the newest always stays."""
    by_age = sorted(before, key=lambda each: each.made, reverse=True)
    long_ago = timedelta(days=BEFORE_UPGRADE_DAYS)
    return [each.path for each in by_age[1:] if now - each.made > long_ago]
