"""What an area-year's tables are to say, read from JSON: every number named with its place.

    {"year": "2022-23", "area": "...", "T1": {"Level 2": [18, 28, 17], "Level 3": [1, 0, 1]},
     "T2": {...}, "T7a": {...}, "T7b": {"Level 2": 0, "Level 3": 0}}

A row has a number for each of the Categories 1 to 3, and may have their sum after them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from panelkit.domain.errors import BadInput
from panelkit.domain.report_year import ReportYear
from panelkit.stats.counts import CATEGORIES, LEVELS, Place

MOST: Final = 20_000
"""In one cell: a year of all England and Wales, and a bound for the work."""
_ROWS: Final = tuple(f"Level {level}" for level in LEVELS)
_BY_CATEGORY: Final = ("T1", "T2", "T7a")
_REMEDY: Final = "See docs/figures.md for what a totals file holds."


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers that are asked for, by level and category."""

    year: ReportYear
    area: str
    snapshot: Mapping[Place, int]
    managed: Mapping[Place, int]
    returned: Mapping[Place, int]
    returned_shpo: Mapping[str, int]
    """By level alone, as T7b is."""
    has_level_one: bool = False
    """Whether T1 has a row for Level 1, which no case is counted for."""


def totals_of(text: str) -> Totals:
    """Raises BadInput, naming the table and row, for what is no such file or cannot be so."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise BadInput("The totals file is not JSON.", remedy=_REMEDY) from wrong
    if not isinstance(data, dict):
        raise BadInput("The totals file is not an object with year and tables.", remedy=_REMEDY)
    known = ("year", "area", *_BY_CATEGORY, "T7b")
    if strange := sorted(str(key)[:40] for key in data if key not in known):
        raise BadInput(f"{strange[0]}: not known; there are {', '.join(known)}.", remedy=_REMEDY)
    year, area = data.get("year"), data.get("area", "")
    if not isinstance(year, str) or not isinstance(area, str):
        raise BadInput("year is text such as 2022-23, and area is a name.", remedy=_REMEDY)
    tables = {name: _table(name, data.get(name, {})) for name in _BY_CATEGORY}
    found = Totals(
        year=ReportYear.named(year), area=area, snapshot=tables["T1"], managed=tables["T2"],
        returned=tables["T7a"], returned_shpo=_t7b(data.get("T7b", {})),
        has_level_one="Level 1" in data.get("T1", {}),
    )  # fmt: skip
    _must_be_possible(found)
    return found


def _table(name: str, said: Any) -> dict[Place, int]:
    if not isinstance(said, dict):
        raise BadInput(f"{name}: rows by name, such as Level 2.", remedy=_REMEDY)
    rows: dict[str, list[int]] = {}
    for row, numbers in said.items():
        if name == "T1" and row == "Level 1":
            continue
        if row not in (*_ROWS, "Total"):
            raise BadInput(f"{name}: there is no row {str(row)[:40]}.", remedy=_REMEDY)
        rows[row] = _row(f"{name}, {row}", numbers)
    found = {
        (level, category): rows.get(f"Level {level}", [0, 0, 0])[place]
        for level in LEVELS
        for place, category in enumerate(CATEGORIES)
    }
    # With Level 1 in it the total of T1 is of more than is made here.
    if "Total" in rows and not (name == "T1" and "Level 1" in said):
        for place, category in enumerate(CATEGORIES):
            added = sum(found[level, category] for level in LEVELS)
            if rows["Total"][place] != added:
                msg = f"{name}, Total: {rows['Total'][place]} in Category {category}, and the rows add up to {added}."
                raise BadInput(msg)
    return found


def _row(where: str, numbers: Any) -> list[int]:
    many = len(CATEGORIES)
    if not isinstance(numbers, list) or len(numbers) not in (many, many + 1):
        msg = f"{where}: three numbers, for Categories 1 to 3, and perhaps their sum."
        raise BadInput(msg, remedy=_REMEDY)
    for number in numbers:
        _must_be_number(where, number, MOST * many)
    if len(numbers) > many and sum(numbers[:many]) != numbers[many]:
        raise BadInput(f"{where}: {sum(numbers[:many])} is their sum, and {numbers[many]} is said.")
    return numbers[:many]


def _must_be_number(where: str, number: Any, most: int = MOST) -> None:
    if type(number) is not int or not 0 <= number <= most:
        raise BadInput(f"{where}: a whole number from 0 to {most}.", remedy=_REMEDY)


def _t7b(said: Any) -> dict[str, int]:
    if not isinstance(said, dict):
        raise BadInput("T7b: rows by name, such as Level 2.", remedy=_REMEDY)
    found = dict.fromkeys(LEVELS, 0)
    for row, number in said.items():
        one = number[0] if isinstance(number, list) and len(number) == 1 else number
        if row not in (*_ROWS, "Total"):
            raise BadInput(f"T7b: there is no row {str(row)[:40]}.", remedy=_REMEDY)
        _must_be_number(f"T7b, {row}", one)
        if row != "Total":
            found[row.removeprefix("Level ")] = one
        elif len(said) == len(_ROWS) + 1 and one != sum(found.values()):
            raise BadInput(f"T7b, Total: {one}, and the rows add up to {sum(found.values())}.")
    return found


def _must_be_possible(totals: Totals) -> None:
    """Nobody is at a level on 31 March, or returned at one, who was not managed in the year."""
    low, high = LEVELS
    for category in CATEGORIES:
        managed = {level: totals.managed[level, category] for level in LEVELS}
        of = f"Category {category}"
        for name, asked in (("T1", totals.snapshot), ("T7a", totals.returned)):
            if asked[high, category] > managed[high]:
                msg = f"{name}, Level 3, {of}: {asked[high, category]}, and T2 has {managed[high]} managed there."
                raise BadInput(msg)
        # Who was at Level 3 in the year is counted there, and may be at Level 2 by 31 March.
        room = managed[low] + managed[high] - totals.snapshot[high, category]
        if totals.snapshot[low, category] > room:
            msg = f"T1, Level 2, {of}: {totals.snapshot[low, category]}, and by T2 no more than {room} can be."
            raise BadInput(msg)
        if totals.returned[low, category] > managed[low] + managed[high]:
            msg = f"T7a, Level 2, {of}: {totals.returned[low, category]}, and T2 has {sum(managed.values())} people in all."
            raise BadInput(msg)
    for level in LEVELS:
        everybody = sum(totals.managed[level, category] for category in CATEGORIES)
        if totals.returned_shpo[level] > everybody:
            msg = f"T7b, Level {level}: {totals.returned_shpo[level]}, and T2 has {everybody} managed there."
            raise BadInput(msg)
