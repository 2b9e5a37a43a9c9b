"""Fills in observation sheets as people do: clicks on boxes, types in cells, in any editor."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.services.lay_sheets import SheetRead
from tests.desk import make_desk
from tests.documents.reading import W, said
from tests.takeback.editing import edit

REF, CLOSED = "WM-0143-3", "WM-0143-2"
COORDINATOR, ADVISER = "Dana Pryce", "Gwen Harcastle"
COLUMNS = ("excellent", "satisfactory", "unsatisfactory", "poor", "not_applicable")
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

Change = Callable[[etree._Element], None]


def coordinator(folder: Path) -> Desk:
    """A co-ordinator's desk over two meetings of one case, the second in progress."""
    return make_desk(folder, who=COORDINATOR, samples=("l2_review_carried_actions",))


def blank(desk: Desk, ref: str = REF, **about: str) -> Path:
    """A sheet, as it is written."""
    desk.documents.mkdir(exist_ok=True)
    meeting: Meeting = desk.caseload.find(ref)
    return desk.lay_sheets.write(
        meeting, desk.documents, **{"observer": ADVISER, **about}
    ).file.path  # type: ignore[arg-type]


def row_of(root: etree._Element, line: int) -> list[etree._Element]:
    """The cells of a line."""
    for tr in root.iter(f"{W}tr"):
        cells = list(tr.iter(f"{W}tc"))
        if len(cells) > 3 and said(cells[0]) == str(line):
            return cells
    raise AssertionError(line)


def tick(line: int, option: str, character: str = "☒") -> Change:
    """A click on a box."""

    def change(root: etree._Element) -> None:
        cell = row_of(root, line)[2 + COLUMNS.index(option)]
        next(cell.iter(f"{W}t")).text = character
        for checked in cell.iter(f"{W14}checked"):
            checked.set(f"{W14}val", "1")

    return change


def typed_in(line: int, cell: int, words: str) -> Change:
    """Words typed after what stands in a cell of a line."""

    def change(root: etree._Element) -> None:
        p = next(row_of(root, line)[cell].iter(f"{W}p"))
        p.append(a_run(words))

    return change


def comment(row: int, number: str, *paragraphs: str) -> Change:
    """A row of the own words filled in; every paragraph in one run a letter, as editors split."""

    def change(root: etree._Element) -> None:
        table = list(root.iter(f"{W}tbl"))[-1]
        first, second = list(table.iter(f"{W}tr"))[row].iter(f"{W}tc")
        next(first.iter(f"{W}p")).append(a_run(number))
        for place, words in enumerate(paragraphs):
            p = next(second.iter(f"{W}p"))
            if place:
                p = copy.deepcopy(p)
                for old in p.findall(f"{W}r"):
                    p.remove(old)
                second.append(p)
            for letter in words:
                p.append(a_run(letter))

    return change


def a_run(words: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    for place, part in enumerate(words.split("\n")):
        if place:
            etree.SubElement(run, f"{W}br")
        t = etree.SubElement(run, f"{W}t")
        t.text = part
        t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def filled(path: Path, *changes: Change, to: str = "") -> Path:
    """The sheet with these changes, in place or under another name."""

    def all_of_them(root: etree._Element) -> None:
        for change in changes:
            change(root)

    return edit(path, all_of_them, to)


ASKED = (
    "L3.3", "L3.4", "L4.1", "L4.2", "L4.3", "L4.4", "L4.5", "L4.6", "L4.7", "L4.8", "L5.1",
    "L5.2", "L5.3",
)  # fmt: skip
LINES = dict(enumerate(ASKED, start=1))


def read(desk: Desk, *changes: Change) -> SheetRead:
    return desk.lay_sheets.read(filled(blank(desk), *changes))


def listed(found: SheetRead) -> list[tuple[str, str]]:
    return [(one.what, one.words) for one in found.not_read]


FULL = (
    tick(1, "excellent"), tick(2, "poor", "X"), tick(3, "satisfactory", "✓"),
    tick(4, "not_applicable"), comment(1, "2", "A cold room & a loud road."),
    comment(2, "", "Well held."), comment(3, "line 4.", "Nobody said.", "", "[/b] “Why?”"),
)  # fmt: skip
