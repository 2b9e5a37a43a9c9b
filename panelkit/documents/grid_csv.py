"""A file of values separated by a sign, read as cells: nothing is guessed without being said.

UTF-8 with or without its mark, else Windows-1252; comma, semicolon or tab. Every cell is words.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from types import MappingProxyType
from typing import Final

from panelkit.domain.errors import BadInput
from panelkit.domain.grids import MOST_COLUMNS, MOST_LINES, Grid, Line, cell_of

SEPARATORS: Final = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t"})
"""Each by the name that people use."""
_NAMED: Final = MappingProxyType({sign: name for name, sign in SEPARATORS.items()})
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAYS: Final = re.compile(r"sep=([,;\t])(?:\r\n|\r|\n)", re.IGNORECASE)
"""The first line that Excel writes and reads, and no other program."""
_SAVE_AS: Final = "Save it from the spreadsheet as CSV UTF-8 and try again."

Rows = list[tuple[int, list[str]]]


def read(content: bytes, name: str, *, separator: str = "", head: int = 0) -> Grid:
    """The table in ``content``; ``name`` is said in errors.

    ``separator`` is one of :data:`SEPARATORS`, else what the headings show; ``head`` is the line of
    the headings, else the first that is not blank. Raises BadInput, with the line.
    """
    text, encoding = _decoded(content, name)
    said = _SAYS.match(text)
    signs = [SEPARATORS[separator]] if separator else [said[1]] if said else list(_NAMED)
    if said:
        # The line stays counted, so that numbers are those of the file.
        text = "\n" + text[said.end() :]
    sign, rows = _settled(text, name, signs, head)
    first, cells = _head(rows, name, head)
    if len(cells) > MOST_COLUMNS:
        raise BadInput(f"{name} has more than {MOST_COLUMNS} columns.", remedy="Take some out.")
    return Grid(
        file=name, head=Line(first, tuple(cell_of(cell) for cell in cells)),
        lines=tuple(_line(n, row, len(cells)) for n, row in rows if n > first),
        taken=(encoding, f"Cells are separated by a {_NAMED[sign]}."),
    )  # fmt: skip


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    if content.startswith(_UTF_16):
        raise BadInput(f"{name} is UTF-16.", remedy=_SAVE_AS)
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise BadInput(f"{name}, line {line}: a NUL, so that it is no text.", remedy=_SAVE_AS)
    try:
        return content.decode("utf-8-sig"), "Read as UTF-8."
    except UnicodeDecodeError:
        pass
    try:
        words = "Read as Windows-1252, since it is not UTF-8: look at letters with accents."
        return content.decode("cp1252"), words
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        # Raised "from None": a UnicodeDecodeError carries the whole file.
        msg = f"{name}, line {line}: neither UTF-8 nor Windows-1252."
        raise BadInput(msg, remedy=_SAVE_AS) from None


def _settled(text: str, name: str, signs: list[str], head: int) -> tuple[str, Rows]:
    """The sign that separates the headings; of two that do, the one that every line bears out."""
    parted = [sign for sign in signs if _parts_the_head(text, name, sign, head)]
    if len(parted) <= 1:
        # Where none does it is one column, or nothing that can be read: the comma says what.
        sign = (parted or signs)[0]
        return sign, list(_rows(text, name, sign))
    even: dict[str, Rows] = {}
    for sign in parted:
        with suppress(BadInput):
            rows = list(_rows(text, name, sign))
            even |= {sign: rows} if _is_even(rows, head) else {}
    if len(even) == 1:
        return next(iter(even.items()))
    both = " or a ".join(_NAMED[sign] for sign in even or parted)
    msg = f"{name}: its cells could be separated by a {both}."
    raise BadInput(msg, remedy="Say which with --separator.")


def _parts_the_head(text: str, name: str, sign: str, head: int) -> bool:
    try:
        return len(_head(_rows(text, name, sign), name, head)[1]) > 1
    except BadInput:
        return False


def _rows(text: str, name: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that are not blank, each with the number of the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    begun, found = 1, 0
    try:
        for cells in reader:
            if cells and any(map(str.strip, cells)):
                found += 1
                yield begun, cells
            if found > MOST_LINES + 1:
                raise BadInput(f"{name} has more than {MOST_LINES} lines.", remedy="Part it.")
            begun = reader.line_num + 1
    except csv.Error:
        raise BadInput(
            f"{name}, line {begun}: quotation marks that do not close, or a cell far too long.",
            remedy="Correct that line.",
        ) from None


def _head(rows: Iterable[tuple[int, list[str]]], name: str, head: int) -> tuple[int, list[str]]:
    found = next((row for row in rows if row[0] == head or not head), None)
    if found is None:
        what = f"has nothing on line {head}" if head else "is blank"
        raise BadInput(f"{name} {what}.", remedy="Check that it is the right file; see --head.")
    return found


def _is_even(rows: Rows, head: int) -> bool:
    widths = {len(cells) for number, cells in rows if number >= head}
    return len(widths) == 1


def _line(number: int, cells: list[str], width: int) -> Line:
    """Blank cells beyond the headings are what a spreadsheet leaves; anything else is not."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    uneven = f"has {len(cells)} cells under {width} headings" if len(cells) != width else ""
    return Line(number, tuple(cell_of(cell) for cell in cells[:width]), uneven)
