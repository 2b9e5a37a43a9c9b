"""A reminder as a workbook that comes back: a row for each action, four columns to answer in.

Words are written as words; no cell is a formula or a link, whatever it begins with. What comes
back is read as cells: one that holds a formula is refused with its place.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from panelkit.documents import grid_xlsx
from panelkit.documents.books import begun, lines, looks_of, page, page_text, text_of
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.grids import Line, letters
from panelkit.domain.reminder_paper import (
    HEADS,
    REPLIES,
    SHEET,
    ReminderPaper,
    Replied,
    reply_words,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook

HOW: Final = (
    "One row is one action that your organisation took on. The case is named by its reference only.",
    "Write in the last four columns, and in no others; add no row.",
    "If there is nothing to say of an action, write yes under “Nothing to report”: a blank row is no answer.",
    "Name nobody whom the action is about. Send the workbook back by the secure route it came by.",
)
_WIDTHS: Final = (12, 15, 18, 18, 16, 30, 44, 22, 14, 16, 48, 22)


def write(paper: ReminderPaper, *, now: datetime) -> bytes:
    """The workbook. Raises ValueError if ``now`` has no time zone."""
    out, book = begun(f"Reminder {paper.ref}", paper.area, now)
    looks = looks_of(book)
    sheet = page(book, SHEET, frozen=2)
    sheet.set_header(f"&L{page_text(paper.marking)}&R{page_text(paper.ref)}")
    for place, width in enumerate(_WIDTHS):
        hidden = HEADS[place] in ("What is to be done", "Owner") and not paper.with_words
        sheet.set_column(place, place, width, None, {"hidden": hidden})
        sheet.write_string(0, place, HEADS[place], looks.head)
    for row, one in enumerate(paper.lines, 1):
        cells = (paper.ref, one.ref, one.set_on, one.due, one.standing, one.before or "no", one.words, one.owner)  # fmt: skip
        for place, words in enumerate(cells):
            sheet.write_string(row, place, text_of(words), looks.plain)
        for place in range(len(cells), len(HEADS)):
            sheet.write_blank(row, place, None, looks.open)
    _how(book, paper)
    book.close()
    return out.getvalue()


def _how(book: Workbook, paper: ReminderPaper) -> None:
    fiction = "FICTIONAL RECORD" if paper.fiction else ""
    said = (paper.marking, paper.area, f"To {paper.organisation}", f"{paper.ref}, {long_date(paper.made_on)}", fiction)  # fmt: skip
    lines(book, "How to answer", said, HOW)


def read(content: bytes, name: str) -> tuple[Replied, ...]:
    """What stands beside each action, blank replies left out. Raises BadInput, with the cell."""
    grid = grid_xlsx.read(content, name, sheet=SHEET, head=1)
    heads = tuple(cell.text for cell in grid.head.cells)
    if heads[: len(HEADS)] != HEADS:
        msg = f"{name} is not a reminder's workbook: its headings differ."
        raise BadInput(msg, remedy="Answer in the workbook that was sent, and change no heading.")
    return tuple(found for line in grid.lines if (found := _replied(line, name)) is not None)


def _replied(line: Line, name: str) -> Replied | None:
    if line.is_blank:
        return None
    if line.fault:
        raise BadInput(f"{name}, line {line.number} {line.fault}.")
    said: dict[str, str] = {}
    for place, heading in enumerate(HEADS):
        cell = line.cell(place)
        if cell.fault and (heading in REPLIES or place < 2):
            raise BadInput(f"{name}, cell {letters(place)}{line.number} {cell.fault}.", remedy="Write it as plain words.")  # fmt: skip
        said[heading] = cell.text
    nil, done, words, by = (said[heading] for heading in REPLIES)
    reply = reply_words(nil, done, words)
    return Replied(line.number, said[HEADS[0]], said[HEADS[1]], reply, by) if reply else None
