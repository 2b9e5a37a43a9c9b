"""Numbers and days in the cells of a workbook: a day is a number that is shown as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lxml.etree import _Element

from panelkit.domain.grids import Cell, Shape, cell_of

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BUILT_IN: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Number formats for days and times that have no code in the file (ECMA-376 part 1, 18.8.30)."""
_NO_SIGNS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]')
"""What stands in a format's code beside its signs: words, spaces, colours, conditions."""
_PADDED: Final = re.compile(r"0{2,}(?!\.)")
_LONGEST_CODE: Final = 255
"""Characters that Excel lets a format's code have."""
_START: Final = date(1899, 12, 30)
_START_1904: Final = date(1904, 1, 1)
_SURE_FROM: Final = 61
"""1 March 1900: before it Excel has a day that never was."""
_LAST: Final = 2_958_465
"""31 December 9999."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Which looks of cells show a number as a day, and which with zeros before it."""

    days: frozenset[int]
    padded: frozenset[int]
    start: date

    @classmethod
    def of(cls, part: _Element | None, *, from_1904: bool) -> Styles:
        """Of a workbook's part with styles; None where it has none."""
        shown = {str(number): Shape.DAY for number in _BUILT_IN}
        padded: set[str] = set()
        found: list[str] = []
        if part is not None:
            for one in part.iterfind("{*}numFmts/{*}numFmt"):
                key = one.get("numFmtId", "")
                code = _NO_SIGNS.sub("", one.get("formatCode", "")[:_LONGEST_CODE])
                is_day = re.search("[dmyhs]", code, re.IGNORECASE) is not None
                shown[key] = Shape.DAY if is_day else Shape.NUMBER
                if _PADDED.match(code):
                    padded.add(key)
            found = [look.get("numFmtId", "0") for look in part.iterfind("{*}cellXfs/{*}xf")]
        return cls(
            days=frozenset(n for n, key in enumerate(found) if shown.get(key) is Shape.DAY),
            padded=frozenset(n for n, key in enumerate(found) if key in padded),
            start=_START_1904 if from_1904 else _START,
        )


def unescaped(words: str) -> str:
    """Words of a part with its ``_x000D_`` as the characters that they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)


def number_cell(value: str, look: str, styles: Styles) -> Cell:
    """A cell with a number, which its look may show as a day."""
    try:
        number, style = float(value), int(look)
    except ValueError:
        return Cell(fault="holds no number where it says one")
    if style in styles.days:
        return _day(number, styles)
    if style in styles.padded:
        return Cell(fault="holds a number that is shown with zeros before it, which are not in it")
    if number.is_integer() and abs(number) < 1e15:
        return cell_of(str(int(number)), Shape.NUMBER)
    return cell_of(value, Shape.NUMBER)


def _day(number: float, styles: Styles) -> Cell:
    if not number.is_integer():
        return Cell(fault="holds a time of day as well as a day")
    if number < (_SURE_FROM if styles.start == _START else 0) or number > _LAST:
        return Cell(fault="holds a day that a spreadsheet cannot be trusted with")
    try:
        day = styles.start + timedelta(days=int(number))
    except OverflowError:
        return Cell(fault="holds a day that a spreadsheet cannot be trusted with")
    return Cell(day.isoformat(), Shape.DAY)


def day_cell(value: str) -> Cell:
    """A cell whose part says a day in words: ``2022-10-02`` or with midnight behind it."""
    day, _, rest = value.partition("T")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return Cell(fault="holds no day where it says one")
    if rest.rstrip("Z").strip("0:.") or "-" not in day:
        return Cell(fault="holds a time of day as well as a day")
    return Cell(found.isoformat(), Shape.DAY)
