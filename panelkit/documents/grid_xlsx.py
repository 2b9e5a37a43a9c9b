"""A sheet of an Excel workbook read as cells, with what a reader of values would not be told.

The parts come through the guard for Office files and are read as XML here: whether a cell holds a
formula, is merged with others or stands in a hidden row is what decides whether it may be taken,
and libraries that read values leave just that out. Nothing is calculated, no picture, chart, link
or macro is looked at, and room is made for the cells that are there, whatever size a sheet claims.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from panelkit.documents.grid_cells import Styles, day_cell, number_cell, unescaped
from panelkit.documents.import_guard import Package, package
from panelkit.domain.errors import BadInput
from panelkit.domain.grids import BLANK, MOST_COLUMNS, MOST_LINES, Cell, Grid, Line, cell_of

_OLD: Final = b"\xd0\xcf\x11\xe0"
_SAVE_AS: Final = "Save it as an Excel workbook (.xlsx) and try again."
_AT: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_MERGED: Final = 1000
"""Merged ranges of one sheet; every line is held against each."""
_MOST_FILLED: Final = 100
"""Ranges that one formula fills; every cell is held against each."""

Range = tuple[int, int, int, int]
"""First column and line, last column and line; columns from 0."""


class _Damaged(ValueError):
    """The workbook is not what its own parts say."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    shown: bool


@dataclass(frozen=True, slots=True)
class _Book:
    package: Package
    sheets: tuple[_Sheet, ...]
    strings: Sequence[str]
    styles: Styles


def read(content: bytes, name: str, *, sheet: str = "", head: int = 0) -> Grid:
    """The table on a sheet; ``name`` is said in errors.

    ``sheet`` need not be said where only one is shown; ``head`` is the line of the headings, else
    the first that is not blank. Raises BadInput for what is no workbook or holds macros.
    """
    if content.startswith(_OLD):
        msg = f"{name} is an old .xls file or is protected by a password."
        raise BadInput(msg, remedy=_SAVE_AS)
    if not content.startswith(b"PK"):
        raise BadInput(f"{name} is not an Excel workbook.", remedy=_SAVE_AS)
    try:
        book = _book(package(content, name))
        chosen = _chosen(book, name, sheet)
        return _grid(book, chosen, name, head)
    except (ValueError, IndexError, OverflowError, RecursionError):
        msg = f"{name} is damaged: its parts do not fit together."
        raise BadInput(msg, remedy="Ask for the file to be saved and sent again.") from None


# -- the workbook ---------------------------------------------------------------------


def _book(parts: Package) -> _Book:
    types = parts.part("[Content_Types].xml")
    kinds = "" if types is None else " ".join(e.get("ContentType", "") for e in types)
    if "macroEnabled" in kinds or any(n.casefold().endswith("vbaproject.bin") for n in parts.names):
        msg = f"{parts.name} is a workbook with macros."
        raise BadInput(msg, remedy="Save it as .xlsx, without macros, and try again.")
    main = next((t for _i, kind, t in _relations(parts, "") if kind == "officeDocument"), "")
    book = parts.part(main) if main.endswith(".xml") else None
    if types is None or book is None or _local(book) != "workbook":
        raise BadInput(f"{parts.name} is not an Excel workbook.", remedy=_SAVE_AS)
    beside = {key: (kind, target) for key, kind, target in _relations(parts, main)}
    named = dict(beside.values())
    properties = book.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return _Book(
        package=parts, sheets=tuple(_sheets(book, beside)),
        strings=tuple(_strings(parts.part(named.get("sharedStrings", "")))),
        styles=Styles.of(parts.part(named.get("styles", "")), from_1904=from_1904),
    )  # fmt: skip


def _relations(parts: Package, of: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and part of everything that a part names inside the file; blank for the file itself."""
    folder, file = posixpath.split(of)
    listed = parts.part(posixpath.join(folder, "_rels", f"{file}.rels"))
    for one in listed if listed is not None else ():
        if one.get("TargetMode") == "External":
            continue
        target = one.get("Target", "")
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], part


def _sheets(book: _Element, beside: dict[str, tuple[str, str]]) -> Iterator[_Sheet]:
    for one in book.iterfind("{*}sheets/{*}sheet"):
        # The id of the relationship is the only attribute in a namespace of its own.
        key = next((str(v) for k, v in one.attrib.items() if str(k).endswith("}id")), "")
        kind, part = beside.get(key, ("", ""))
        if kind == "worksheet":
            yield _Sheet(one.get("name", ""), part, one.get("state", "visible") == "visible")


def _strings(part: _Element | None) -> Iterator[str]:
    for one in part.iterfind("{*}si") if part is not None else ():
        yield _words(one)


def _words(one: _Element) -> str:
    """The words of a string, in however many looks; how it is pronounced is left out."""
    found = [*one.iterfind("{*}t"), *one.iterfind("{*}r/{*}t")]
    return unescaped("".join(each.text or "" for each in found))


def _chosen(book: _Book, name: str, asked: str) -> _Sheet:
    shown = [sheet for sheet in book.sheets if sheet.shown]
    names = ", ".join(sheet.name for sheet in shown)
    if not shown:
        raise BadInput(f"{name} shows no sheet.", remedy="Unhide the one that is meant.")
    if not asked:
        if len(shown) == 1:
            return shown[0]
        msg = f"{name} has {len(shown)} sheets: {names}."
        raise BadInput(msg, remedy="Say which with --sheet.")
    for sheet in book.sheets:
        if sheet.name.casefold() == asked.strip().casefold():
            if sheet.shown:
                return sheet
            msg = f"{name}: that sheet is hidden."
            raise BadInput(msg, remedy="Unhide it, look at it, and try again.")
    raise BadInput(f"{name} has no sheet of that name.", remedy=f"It has {names}.")


# -- one sheet -----------------------------------------------------------------------


def _grid(book: _Book, sheet: _Sheet, name: str, head: int) -> Grid:
    root = book.package.part(sheet.part)
    if root is None or _local(root) != "worksheet":
        raise _Damaged
    lines = _Lines(book, root, name).every()
    first = next((one for one in lines if one.number == head or not head), None)
    if first is None:
        what = f"has nothing on line {head}" if head else "is blank"
        raise BadInput(f"{name}: the sheet {what}.", remedy="See --sheet and --head.")
    others = sum(not one.shown for one in book.sheets)
    taken = [f"Sheet {sheet.name}."]
    if others:
        taken.append(f"{others} hidden sheet{'s are' if others > 1 else ' is'} not read.")
    return Grid(
        file=name, sheet=sheet.name, head=first, taken=tuple(taken), hidden=_hidden_columns(root),
        lines=tuple(one for one in lines if one.number > first.number),
    )  # fmt: skip


class _Lines:
    """The lines of a sheet that have anything in them."""

    def __init__(self, book: _Book, root: _Element, name: str) -> None:
        self.book = book
        self.root = root
        self.name = name
        merged = [one.get("ref", "") for one in root.iterfind("{*}mergeCells/{*}mergeCell")]
        filled = [
            one.get("ref", "")
            for one in root.iterfind("{*}sheetData/{*}row/{*}c/{*}f")
            if one.get("t") in ("array", "dataTable") and one.get("ref")
        ]
        if len(merged) > _MOST_MERGED or len(filled) > _MOST_FILLED:
            msg = f"{name} has more merged or calculated ranges than are looked at."
            raise BadInput(msg, remedy="Copy the values alone to a new sheet and try again.")
        self.merged = [_range(ref) for ref in merged]
        self.filled = [_range(ref) for ref in filled]

    def every(self) -> list[Line]:
        found: list[Line] = []
        number = 0
        for row in self.root.iterfind("{*}sheetData/{*}row"):
            last, number = number, _number(row.get("r"), number + 1)
            if number <= last:
                raise _Damaged
            line = self._line(row, number)
            if not line.is_blank:
                found.append(line)
            if len(found) > MOST_LINES + 1:
                raise BadInput(f"{self.name} has more than {MOST_LINES} lines.", remedy="Part it.")
        return found

    def _line(self, row: _Element, number: int) -> Line:
        cells: dict[int, Cell] = {}
        column = -1
        for one in row.iterfind("{*}c"):
            last, column = column, _column(one.get("r"), number, column + 1)
            if column <= last:
                raise _Damaged
            cell = self._cell(one, column, number)
            if not cell.is_blank:
                cells[column] = cell
        # Of merged cells only the first has a value: for which lines it stands is not said.
        for first, top, last, bottom in self.merged:
            if top <= number <= bottom:
                for merged in range(first, min(last, MOST_COLUMNS) + 1):
                    cells[merged] = Cell(fault="is merged with other cells")
        if not cells:
            return Line(number, ())
        if max(cells) >= MOST_COLUMNS:
            msg = f"{self.name} has more than {MOST_COLUMNS} columns."
            raise BadInput(msg, remedy="Take some out.")
        is_hidden = row.get("hidden") in ("1", "true") or row.get("ht") in ("0", "0.0")
        return Line(
            number, tuple(cells.get(n, BLANK) for n in range(max(cells) + 1)),
            "is hidden in the workbook" if is_hidden else "",
        )  # fmt: skip

    def _cell(self, one: _Element, column: int, number: int) -> Cell:
        inside = any(a <= column <= c and b <= number <= d for a, b, c, d in self.filled)
        if inside or one.find("{*}f") is not None:
            # What it shows was calculated, by whom and when nobody can say.
            return Cell(fault="holds a formula")
        value = one.findtext("{*}v") or ""
        match one.get("t", "n"):
            case "s":
                return cell_of(self.book.strings[int(value)] if value.isdecimal() else "")
            case "inlineStr":
                inline = one.find("{*}is")
                return cell_of(_words(inline) if inline is not None else "")
            case "str":
                return cell_of(unescaped(value))
            case "b":
                return Cell(fault="holds TRUE or FALSE, and no words")
            case "e":
                return Cell(fault="holds an error of the spreadsheet")
            case "d":
                return day_cell(value)
            case "n":
                return number_cell(value, one.get("s", "0"), self.book.styles) if value else BLANK
        raise _Damaged


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(said: str | None, otherwise: int) -> int:
    if said is None:
        return otherwise
    if not re.fullmatch(r"[1-9][0-9]{0,6}", said):
        raise _Damaged
    return int(said)


def _column(said: str | None, number: int, otherwise: int) -> int:
    if said is None:
        return otherwise
    column, line = _at(said)
    if line != number:
        raise _Damaged
    return column


def _at(said: str) -> tuple[int, int]:
    """Column from 0 and line of ``C7``."""
    found = _AT.fullmatch(said.replace("$", ""))
    if found is None:
        raise _Damaged
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(found[2])


def _range(said: str) -> Range:
    first, _, last = said.partition(":")
    (a, b), (c, d) = _at(first), _at(last or first)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _hidden_columns(root: _Element) -> frozenset[int]:
    found: set[int] = set()
    for one in root.iterfind("{*}cols/{*}col"):
        if one.get("hidden") in ("1", "true") or one.get("width") in ("0", "0.0"):
            first, last = _number(one.get("min"), 1), _number(one.get("max"), 1)
            found |= set(range(first - 1, min(last, MOST_COLUMNS)))
    return frozenset(found)
