"""The observation sheet: one page that a lay adviser fills in, on screen or with a pen.

Nothing on it says which meeting it is about, whose it is or when it was made: it carries the
questions, its number, and nothing else. The look is the shipped one, never an area's, and
every date in the file is the same on every sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from lxml import etree
from lxml.etree import SubElement, _Element

from panelkit.documents.word_files import WordFiles
from panelkit.documents.word_house import BODY, prepared
from panelkit.documents.word_marks import Marks
from panelkit.documents.word_xml import NSMAP, W_URI, paragraph, run, table
from panelkit.domain.audit_forms import NOT_APPLICABLE, Form, Option, Question
from panelkit.domain.sheet_numbers import printed

SHEET_MARK: Final = "pk_sheet_"
"""Bookmark on the title, with the number: found where the printed one was typed over."""

TITLE: Final = "What did you see and hear?"
LEAD: Final = "Observation of a MAPPA meeting by a lay adviser"
HOW: Final = (
    "Put one cross in each line: click on the box, or use a pen. Leave a line empty if you could "
    "not tell. What counts is what you saw and heard yourself."
)
NO_NAMES: Final = "Please write no names, and nothing about the person who was discussed."
DOES_NOT_APPLY: Final = "Does not apply"
COMMENTS: Final = ("Line", "In your own words: number of the line, if it is about one of them")
GIVE_BACK: Final = "Thank you. Please give this sheet back to the co-ordinator and keep no copy."
COMMENT_ROWS: Final = 5
EMPTY, TICKED = "☐", "☒"

_MOMENT: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""In every sheet: the day it was written may be the day of the meeting."""
_MARGIN: Final = 907
_ROW: Final = 490
"""Least height of a line to tick, in twips: a pen needs some eight millimetres."""
_COMMENT_ROW: Final = 580
_NUMBER, _TICK = 500, 860
_LETTER, _AROUND = 92, 60
"""A letter of the headings, and what stands left and right of it, in twips."""
_BOX_FONT: Final = "MS Gothic"
_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_SIZE: Final = "30"


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that are answered on one scale, under one row of headings."""

    options: tuple[Option, ...]
    lines: tuple[tuple[int, Question], ...]
    """Each with its printed number."""

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands over the columns, in order."""
        grades = (f"{o.label[:1].upper()}{o.label[1:]} {o.value}" for o in self.options)
        return ("", "", *grades, DOES_NOT_APPLY)

    @property
    def keys(self) -> tuple[str, ...]:
        """The answer that each column after the question stands for."""
        return (*(option.key for option in self.options), NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class LaySheet:
    """What is printed."""

    number: str
    form: Form

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The questions of the form, numbered through."""
        numbered = enumerate(self.form.questions, start=1)
        runs = groupby(numbered, key=lambda pair: _offered(pair[1]))
        return tuple(Grid(options, tuple(lines)) for options, lines in runs)

    @property
    def number_line(self) -> str:
        """``Sheet 7K3F-9QHT``."""
        return f"Sheet {printed(self.number)}"

    @property
    def foot(self) -> str:
        """Where the questions are from, and the number again."""
        return f"Questions after form {self.form.observed_of or self.form.label}, in our words · {self.number_line}"

    @property
    def file_name(self) -> str:
        """Names the sheet and nothing else."""
        return f"observation-sheet-{printed(self.number)}.docx"

    def texts(self) -> tuple[str, ...]:
        """Everything that is printed on it, so that what was written can be told from it."""
        said = (TITLE, LEAD, HOW, NO_NAMES, self.number_line, *COMMENTS, GIVE_BACK, self.foot)
        asked = (text for grid in self.grids for text in _grid_texts(grid))
        return tuple(dict.fromkeys((*said, *asked)))


def _offered(question: Question) -> tuple[Option, ...]:
    return tuple(option for option in question.options if option.key != NOT_APPLICABLE)


def _grid_texts(grid: Grid) -> Iterator[str]:
    yield from (heading for heading in grid.headings if heading)
    for number, question in grid.lines:
        yield from (str(number), question.section, question.text)


def write_sheet(sheet: LaySheet, house: bytes) -> bytes:
    """The sheet as a Word file in the look of ``house``; the same sheet is the same bytes.

    Raises BadInput if the house file cannot be used.
    """
    ready = prepared(house, "en-GB", "minutes")
    files = WordFiles(ready)
    for name, words, style in ((ready.header, "", "Header"), (ready.footer, sheet.foot, "Footer")):
        story = files.read(name)
        for child in list(story):
            story.remove(child)
        paragraph(story, words, style)
        files.put(name, story)
    root, content = files.body()
    setup = content[-1]
    for child in list(content):
        content.remove(child)
    across = _set_page(setup)
    _write(content, sheet, across)
    content.append(setup)
    files.put(BODY, root)
    files.put_properties(_MOMENT, title=LEAD, language="en-GB")
    return files.packed(_MOMENT)


def _set_page(setup: _Element) -> int:
    """Narrow margins; the width between them, in twips."""
    size, margins = setup.find(f"{{{W_URI}}}pgSz"), setup.find(f"{{{W_URI}}}pgMar")
    if size is None or margins is None:  # pragma: no cover - the house file was checked
        raise ValueError("no page")
    size.set(f"{{{W_URI}}}w", "11906")
    size.set(f"{{{W_URI}}}h", "16838")
    for side, twips in (("top", 680), ("bottom", 794), ("header", 340), ("footer", 397)):
        margins.set(f"{{{W_URI}}}{side}", str(twips))
    for side in ("left", "right"):
        margins.set(f"{{{W_URI}}}{side}", str(_MARGIN))
    return 11906 - 2 * _MARGIN


def _write(content: _Element, sheet: LaySheet, across: int) -> None:
    _look(paragraph(content, LEAD, "AreaName", keep_next=True), after=0)
    title = paragraph(content, TITLE, "Title", keep_next=True)
    _look(title, after=80)
    _w(title[0], "outlineLvl", val="0")  # a heading to whoever jumps by headings
    Marks("").named(title, SHEET_MARK + sheet.number)
    _look(paragraph(content, sheet.number_line, "StatusLine"), after=60)
    _look(paragraph(content, HOW, "Normal"), after=40)
    _look(paragraph(content, NO_NAMES, "StatusLine"), after=100)
    section = ""
    for grid in sheet.grids:
        section = _write_grid(content, grid, across, section)
        _look(paragraph(content, "", "AfterTable"), exactly=120)
    _write_comments(content, across)
    _look(paragraph(content, GIVE_BACK, "Note"), before=80, after=0)


def _write_grid(content: _Element, grid: Grid, across: int, section: str) -> str:
    """One table; returns the section that its last line stands in."""
    ticks = [_tick_width(heading) for heading in grid.headings[2:]]
    widths = (_NUMBER, across - _NUMBER - sum(ticks), *ticks)
    tbl = table(
        content, style="HouseTable", widths=widths, title="What you observed", headed=True,
        alt="A line for each question, a box for each grade",
    )  # fmt: skip
    head = _row(tbl, 0, repeats=True)
    for place, (heading, width) in enumerate(zip(grid.headings, widths, strict=True)):
        cell = _cell(head, width, slim=place > 1)
        _look(paragraph(cell, heading, "TableHeading"), centred=place > 1, small=True)
    for number, question in grid.lines:
        if question.section != section:
            section = question.section
            _write_section(tbl, section, widths)
        _write_line(tbl, grid, number, question, widths)
    return section


def _write_section(tbl: _Element, section: str, widths: Sequence[int]) -> None:
    """A line of its own, in as many cells as every other: merged ones are read at a wrong place."""
    row = _row(tbl, 0)
    for place, width in enumerate(widths):
        words = section if place == 1 else ""
        cell = _cell(row, width, shaded=True)
        _look(paragraph(cell, words, "TableHeading" if words else "TableText", keep_next=True))


def _tick_width(heading: str) -> int:
    """Wide enough that no word of the heading is broken."""
    return max(_TICK, max(map(len, heading.split())) * _LETTER + _AROUND)


def _write_line(
    tbl: _Element, grid: Grid, number: int, question: Question, widths: Sequence[int]
) -> None:
    row = _row(tbl, _ROW)
    _look(paragraph(_cell(row, widths[0]), str(number), "TableText"), centred=True)
    _look(paragraph(_cell(row, widths[1]), question.text, "TableText"), size="21")
    names = (*(f"{o.label} {o.value}" for o in grid.options), DOES_NOT_APPLY)
    for place, (name, width) in enumerate(zip(names, widths[2:], strict=True)):
        p = paragraph(_cell(row, width), "", "TableText")
        _look(p, centred=True)
        p.remove(p[-1])
        p.append(_box(f"Line {number}: {name}", number * 100 + place + 1))


def _write_comments(content: _Element, across: int) -> None:
    tbl = table(
        content, style="HouseTable", widths=(900, across - 900), title="Your own words", headed=True,
        alt="Number of the line, and what you want to say",
    )  # fmt: skip
    head = _row(tbl, 0, repeats=True)
    for heading, width in zip(COMMENTS, (900, across - 900), strict=True):
        paragraph(_cell(head, width), heading, "TableHeading")
    for _ in range(COMMENT_ROWS):
        row = _row(tbl, _COMMENT_ROW)
        for width in (900, across - 900):
            _look(paragraph(_cell(row, width), "", "Normal"), before=0, after=0)


# -- elements --------------------------------------------------------------------------


def _w(parent: _Element, name: str, **values: str) -> _Element:
    return SubElement(
        parent, f"{{{W_URI}}}{name}", {f"{{{W_URI}}}{k}": v for k, v in values.items()}
    )


def _row(tbl: _Element, least: int, *, repeats: bool = False) -> _Element:
    row = _w(tbl, "tr")
    properties = _w(row, "trPr")
    _w(properties, "cantSplit")
    if least:
        _w(properties, "trHeight", val=str(least), hRule="atLeast")
    if repeats:
        _w(properties, "tblHeader")
    return row


def _cell(row: _Element, width: int, *, shaded: bool = False, slim: bool = False) -> _Element:
    cell = _w(row, "tc")
    properties = _w(cell, "tcPr")
    _w(properties, "tcW", w=str(width), type="dxa")
    if shaded:
        _w(properties, "shd", val="clear", color="auto", fill="F3F5F8")
    margins = _w(properties, "tcMar")
    for side in ("top", "bottom"):
        _w(margins, side, w="20", type="dxa")
        if slim:
            _w(margins, {"top": "left", "bottom": "right"}[side], w="30", type="dxa")
    _w(properties, "vAlign", val="center")
    return cell


def _look(
    p: _Element, *, before: int | None = None, after: int | None = None, exactly: int = 0,
    centred: bool = False, small: bool = False, size: str = "",
) -> None:  # fmt: skip
    """What differs from the style, for this page alone."""
    ppr = p[0]
    spacing = {"before": before, "after": after, "line": exactly or None}
    if said := {name: str(twips) for name, twips in spacing.items() if twips is not None}:
        _w(ppr, "spacing", **said, **({"lineRule": "exact"} if exactly else {}))
    if centred:
        _w(ppr, "jc", val="center")
    for r in p.iter(f"{{{W_URI}}}r"):
        if small or size:
            rpr = etree.Element(f"{{{W_URI}}}rPr", nsmap=NSMAP)
            for name in ("sz", "szCs"):
                _w(rpr, name, val=size or "18")
            r.insert(0, rpr)


def _box(name: str, number: int) -> _Element:
    """A box that a click ticks in Word and LibreOffice, and a pen on paper."""
    control = etree.Element(f"{{{W_URI}}}sdt", nsmap=NSMAP)
    properties = _w(control, "sdtPr")
    _box_font(properties)
    _w(properties, "alias", val=name)
    _w(properties, "id", val=str(number))
    check = SubElement(properties, f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
    SubElement(check, f"{{{_W14}}}checked").set(f"{{{_W14}}}val", "0")
    for state, character in (("checkedState", TICKED), ("uncheckedState", EMPTY)):
        said = SubElement(check, f"{{{_W14}}}{state}")
        said.set(f"{{{_W14}}}val", f"{ord(character):04X}")
        said.set(f"{{{_W14}}}font", _BOX_FONT)
    inside = _w(control, "sdtContent")
    run(inside, EMPTY)
    inside[0].insert(0, _box_font(etree.Element(f"{{{W_URI}}}r", nsmap=NSMAP)))
    return control


def _box_font(parent: _Element) -> _Element:
    rpr = _w(parent, "rPr")
    _w(rpr, "rFonts", ascii=_BOX_FONT, eastAsia=_BOX_FONT, hAnsi=_BOX_FONT, hint="eastAsia")
    for size in ("sz", "szCs"):
        _w(rpr, size, val=_SIZE)
    return rpr
