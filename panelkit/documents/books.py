"""How every workbook is begun and laid out, and how words stand in a cell of one.

Words are written as words; no cell is a formula or a link, whatever it begins with (RV15).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from panelkit.documents.gate import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST: Final = 32_767
"""Characters that a cell holds."""
NEVER_READ: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
"""How the library is told that a text is a text."""
TOP: Final = {"valign": "top", "text_wrap": True}


class Looks(NamedTuple):
    """How the cells of a form look: its headings, what it says, where somebody answers."""

    head: Any
    plain: Any
    open: Any


def begun(title: str, area: str, now: datetime) -> tuple[io.BytesIO, Workbook]:
    """A workbook with nothing in it, and where it goes once it is closed. Raises ValueError if
    ``now`` has no time zone."""
    import xlsxwriter

    if now.tzinfo is None:
        raise ValueError("a workbook needs an aware moment")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, NEVER_READ)
    made = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": text_of(title), "author": text_of(area), "created": made})
    return out, book


def looks_of(book: Workbook) -> Looks:
    """The looks of a form's cells."""
    return Looks(
        book.add_format({**TOP, "bold": True, "bottom": 1}), book.add_format(TOP),
        book.add_format({**TOP, "locked": False, "border": 1}),
    )  # fmt: skip


def page(book: Workbook, name: str, *, frozen: int) -> Worksheet:
    """A sheet as wide as one landscape page, its first line and ``frozen`` columns standing still."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, frozen)
    return sheet


def lines(
    book: Workbook,
    name: str,
    said: Iterable[str],
    more: Sequence[str] = (),
    looks: Any = None,
    *,
    width: int = 110,
) -> None:
    """A sheet of sentences: what there is of ``said``, a blank line, then ``more``."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, width)
    below = ("", *more) if more else ()
    for row, words in enumerate((*(each for each in said if each), *below)):
        sheet.write_string(row, 0, text_of(words), looks)


def text_of(words: str) -> str:
    """As a cell may hold it; what is cut says so."""
    text = printable(words)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def page_text(words: str) -> str:
    """As the head of a printed page holds it: an ampersand there begins a code."""
    return " ".join(text_of(words)[:80].split()).replace("&", "&&")
