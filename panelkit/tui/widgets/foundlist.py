"""Rows with words under them in which what was looked for is marked."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets.option_list import Option

from panelkit.tui.typed import as_typed_line
from panelkit.tui.widgets.rowlist import Row, RowList, row_content


@dataclass(frozen=True, slots=True)
class FoundRow(Row):
    """A row whose words, on one line, hold marks."""

    marks: tuple[tuple[int, int], ...] = ()
    """First and past-the-last character of each in ``under``."""


class FoundList(RowList):
    """A :class:`RowList` that shows marks bold and underlined: told by more than a colour."""

    def _option(self, row: Row) -> Option:
        line_content = row_content(row, self._drawn or self.fitted())
        if row.under:
            marks = row.marks if isinstance(row, FoundRow) else ()
            line_content = Content("\n").join([line_content, _marked(row.under, marks)])
        return Option(line_content, id=row.id)

    def on_screen(self) -> list[str]:
        """Ids of the rows of which something stands on the screen now."""
        first, height = int(self.scroll_offset.y), self.size.height
        found, line = [], 0
        for row in self.shown:
            lines = 2 if row.under else 1
            if line + lines > first and line < first + height:
                found.append(row.id)
            line += lines
        return found


def _marked(words: str, marks: tuple[tuple[int, int], ...]) -> Content:
    parts, at = [Content("    ")], 0
    for start, end in marks:
        parts += [
            as_typed_line(words[at:start]),
            as_typed_line(words[start:end]).stylize("bold underline"),
        ]
        at = end
    return Content("").join([*parts, as_typed_line(words[at:])])
