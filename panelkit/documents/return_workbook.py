"""The form of a return as a workbook: a line for each question and each open action.

Words are written as words; no cell is a formula or a link, whatever it begins with. What comes back
is read as cells: one that holds a formula is refused with its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from panelkit.documents import grid_xlsx
from panelkit.documents.books import Looks, begun, lines, looks_of, page, page_text, text_of
from panelkit.domain import return_paper as p
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.grids import Line, letters
from panelkit.domain.return_paper import RawAction, RawLine, RawReturn, ReturnPaper
from panelkit.domain.sheet_numbers import number_of

_LINES: Final = (*p.WHOSE, *p.TOLD_HEADS)
_ACTIONS: Final = (*p.WHOSE, *p.ACTION_HEADS)
_OPEN: Final = {
    "Your answer", "May it be minuted? (yes or no)", "Who may have it", "How it stands", "Done on",
    "What difference it made, or why it is not done",
}  # fmt: skip
"""Columns that are the organisation's."""
_WIDE: Final = {
    "Form": 11, "Meeting": 12, "Line": 5, "Item": 5, "Question": 44, "Your answer": 60,
    "May it be minuted? (yes or no)": 12, "Who may have it": 24, "Action": 8, "Set on": 14, "Due": 16,
    "What is to be done": 40, "Owner": 20, "How it stands": 18, "Done on": 16,
    "What difference it made, or why it is not done": 60,
}  # fmt: skip
_LONG: Final = "Shorten it, or answer in the Word form."
_PLAIN: Final = "Write it as plain words."
_HIDE: Final = ("What is to be done", "Owner")


def write(paper: ReturnPaper, how: Sequence[str], *, now: datetime) -> bytes:
    """The workbook; ``how`` are the sentences of the form. Raises ValueError if ``now`` has no time
    zone."""
    out, book = begun(f"Return {paper.number}", paper.area, now)
    looks = looks_of(book)
    first = [(key, "", ask, "", "", "") for key, ask in p.FIRST]
    told = [(key, one.item, one.ask, "", "", "") for key, one in paper.questions]
    actions = [
        (one.ref, one.set_on, one.due, one.words, one.owner, "", "", "") for one in paper.actions
    ]
    lines = _sheet(book, p.SHEETS[0], _LINES, [*first, *told], paper, looks)
    minuted = _LINES.index("May it be minuted? (yes or no)")
    if told:
        _offer(lines, 1 + len(first), len(first) + len(told), minuted, ["yes", "no"])
    acts = _sheet(book, p.SHEETS[1], _ACTIONS, actions, paper, looks)
    if actions:
        _offer(acts, 1, len(actions), _ACTIONS.index("How it stands"), p.STANDS.split(", "))
    _how(book, paper, how, looks.plain)
    book.close()
    return out.getvalue()


def _sheet(
    book: Any, name: str, heads: tuple[str, ...], rows: Sequence[Sequence[str]], paper: ReturnPaper,
    looks: Looks,
) -> Any:  # fmt: skip
    sheet = page(book, name, frozen=3)
    sheet.set_header(
        f"&L{page_text(paper.marking)}&R{page_text(f'{paper.ref}, form {paper.number}')}"
    )
    for place, heading in enumerate(heads):
        hidden = heading in _HIDE and not paper.with_words
        sheet.set_column(place, place, _WIDE[heading], None, {"hidden": hidden})
        sheet.write_string(0, place, heading, looks.head)
    for number, row in enumerate(rows, 1):
        for place, words in enumerate((paper.number, paper.ref, *row)):
            if heads[place] in _OPEN:
                sheet.write_blank(number, place, None, looks.open)
            else:
                sheet.write_string(number, place, text_of(words), looks.plain)
    return sheet


def _offer(sheet: Any, first: int, last: int, column: int, words: list[str]) -> None:
    """A list to choose from; whoever types something else is not stopped."""
    sheet.data_validation(
        first, column, last, column,
        {"validate": "list", "source": words, "show_error": False},
    )  # fmt: skip


def _how(book: Any, paper: ReturnPaper, how: Sequence[str], plain: Any) -> None:
    fiction = "FICTIONAL RECORD" if paper.fiction else ""
    said = (
        paper.marking, paper.area, f"To {paper.organisation}", f"{paper.ref}, {paper.about}",
        paper.subject, f"Answer by {long_date(paper.due)}", fiction,
    )  # fmt: skip
    lines(book, "How to answer", said, how, plain)


# -- back again -------------------------------------------------------------------------------


def read(content: bytes, name: str) -> RawReturn:
    """What stands in a workbook that came back. Raises BadInput, with the cell."""
    said = _table(content, name, p.SHEETS[0], _LINES)
    acts = _table(content, name, p.SHEETS[1], _ACTIONS)
    whose = {(row["Form"].strip(), row["Meeting"].strip()) for _n, row in (*said, *acts)}
    whose.discard(("", ""))
    if len(whose) != 1:
        what = "is no return" if not whose else "holds lines of more than one form"
        raise BadInput(f"{name} {what}.", remedy="Answer in the workbook that was sent.")
    number, ref = whose.pop()
    if not number_of(number):
        msg = f"{name}, cell A2: {number[:12]} is no form's number."
        raise BadInput(msg, remedy="Type the number as it was sent.")
    return RawReturn(
        number_of(number), ref,
        tuple(
            RawLine(
                f"line {row['Line'].strip() or '?'} (row {n})", row["Line"].strip(),
                row["Your answer"], row["Item"].strip(), row["Question"],
                row["May it be minuted? (yes or no)"], row["Who may have it"],
            )
            for n, row in said
        ),
        tuple(
            RawAction(
                f"action {row['Action'].strip() or '?'} (row {n})", row["Action"].strip(),
                row["How it stands"], row["Done on"],
                row["What difference it made, or why it is not done"],
            )
            for n, row in acts
        ),
    )  # fmt: skip


def _table(
    content: bytes, name: str, sheet: str, heads: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    grid = grid_xlsx.read(content, name, sheet=sheet, head=1)
    if tuple(cell.text for cell in grid.head.cells)[: len(heads)] != heads:
        msg = f"{name}, sheet {sheet}: its headings are not those of a return."
        raise BadInput(msg, remedy="Answer in the workbook that was sent, and change no heading.")
    return [
        (line.number, _row(line, name, sheet, heads)) for line in grid.lines if not line.is_blank
    ]


def _row(line: Line, name: str, sheet: str, heads: tuple[str, ...]) -> dict[str, str]:
    if line.fault:
        msg = f"{name}, sheet {sheet}, line {line.number} {line.fault}."
        raise BadInput(msg, remedy="Show it, look at it, and try again.")
    said: dict[str, str] = {}
    for place, heading in enumerate(heads):
        cell = line.cell(place)
        if cell.fault:
            msg = f"{name}, sheet {sheet}, cell {letters(place)}{line.number} {cell.fault}."
            raise BadInput(msg, remedy=_LONG if "more than" in cell.fault else _PLAIN)
        said[heading] = cell.text
    beyond = " ".join(cell.text for cell in line.cells[len(heads) :] if cell.text.strip())
    if beyond:
        said[heads[-1]] = f"{said[heads[-1]]}\n{beyond}".strip()
    return said
