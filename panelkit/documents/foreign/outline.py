"""Tables: lists by their columns, labelled values, sections in cells, actions on their side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from panelkit.documents.foreign.blocks import Block, Cell, Grid
from panelkit.documents.foreign.columns import Header, header_of
from panelkit.documents.foreign.headings import Headings
from panelkit.documents.foreign.parts import Outline, Pair, Row, Rows, Unknown, Words
from panelkit.documents.foreign.people import agency_of, is_agency, is_person
from panelkit.documents.foreign.topics import Named, label_of, number_of, topic_of
from panelkit.domain.foreign import Sure, Where


def outline_of(blocks: Sequence[Block]) -> Outline:
    """The sections of a document."""
    made = _Maker()
    made.blocks(blocks)
    return made.outline


class _Maker(Headings):
    def blocks(self, blocks: Sequence[Block]) -> None:
        """Lines and tables outside tables."""
        for block in blocks:
            if isinstance(block, Grid):
                self.grid(block)
            else:
                self.line(block)

    # -- tables ----------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        """One table: lists, labelled values, sections in cells, or lines."""
        current: Rows | None = None
        header: tuple[Cell, ...] = ()
        known = len(self.outline.sections) + self._counted()
        rows = [tuple(c for c in row) for row in grid.rows if row]
        above: dict[int, Cell] = {}
        skip = -1
        if self._cards(grid, rows):
            return
        for number, row in enumerate(rows, start=1):
            row = _filled(row, above)  # noqa: PLW2901 - a merged cell stands for the one above
            texts = [cell.text.strip() for cell in row]
            if number == skip or (not any(texts) and not _nested(row)):
                continue
            first = next((line for cell in row for line in cell.lines), None)
            where = self._where(first, grid.number, number)
            found = header_of(texts) if len(row) > 1 else None
            follows = rows[number] if number < len(rows) else ()
            if found is None and current is None and self._stacked(texts, follows, where):
                skip = number + 1
                continue
            if found is None and current is None and self._is_header(row, rows, number):
                found = Header("", tuple(str(place) for place in range(len(row))))
            if found is not None:
                current = self._list(found, texts, where)
                header = row
            elif current is not None and self._fits(row, header):
                self._data(current, row, header, where)
            else:
                current = None
                self._plain_row(row, texts, grid.number, number)
            for cell in row:
                for inner in cell.blocks:
                    if isinstance(inner, Grid) and not cell.continued:
                        self.grid(inner)
        if len(self.outline.sections) + self._counted() == known and rows:
            words = " | ".join(cell.text for cell in rows[0])[:80]
            self.outline.unknown.append(Unknown(Where(table=grid.number, section=self._here.heading), len(rows), words))  # fmt: skip

    def _cards(self, grid: Grid, rows: list[tuple[Cell, ...]]) -> bool:
        """A table on its side: labels in the first column, one action below another."""
        if not rows or any(len(row) != 2 for row in rows):
            return False
        labels = [row[0].text.strip() for row in rows]
        size = labels.index(labels[0], 1) if labels[0] in labels[1:] else len(labels)
        header = header_of(labels[:size])
        if header is None or header.kind not in ("actions", "decisions") or len(labels) % size:
            return False
        if labels != labels[:size] * (len(labels) // size) or header_of(
            [cell.text for cell in rows[0]]
        ):
            return False
        made = self._list(header, labels[:size], self._where(rows[0][0].lines[0], grid.number, 1))
        for start in range(0, len(rows), size):
            values = {
                name: row[1].text.strip()
                for name, row in zip(header.names, rows[start : start + size], strict=True)
                if name
            }
            first = next(
                (line for row in rows[start : start + size] for line in row[1].lines), None
            )
            made.rows.append(Row(values, self._where(first, grid.number, start + 1)))
        return True

    def _counted(self) -> int:
        return (
            sum(len(s.lists) + len(s.pairs) for s in self.outline.sections[-3:]) + self._understood
        )

    @staticmethod
    def _is_header(row: tuple[Cell, ...], rows: list[tuple[Cell, ...]], number: int) -> bool:
        """Whether a row is the bold headings of a list of some other kind."""
        if len(row) < 3 or number >= len(rows) or len(rows[number]) != len(row):
            return False
        bold = all(cell.lines and all(line.bold for line in cell.lines) for cell in row)
        below = all(line.bold for cell in rows[number] for line in cell.lines)
        return bold and not below and all(len(cell.text.split()) <= 6 for cell in row)

    def _list(self, header: Header, texts: list[str], where: Where) -> Rows:
        made = Rows(header.kind, tuple(texts), header.names, where)
        self._here.lists.append(made)
        return made

    @staticmethod
    def _fits(row: tuple[Cell, ...], header: tuple[Cell, ...]) -> bool:
        """Whether a row has the columns of the heading row above it."""
        if len(row) == 1 and len(header) > 1:
            return False
        starts = {cell.start for cell in header}
        return len(row) == len(header) or (
            len(row) > 1 and {c.start for c in row} <= starts and len(header) - len(row) < 2
        )

    def _data(
        self, into: Rows, row: tuple[Cell, ...], header: tuple[Cell, ...], where: Where
    ) -> None:
        values = dict.fromkeys((name for name in into.names if name), "")
        by_place = len(row) == len(header)
        for place, cell in enumerate(row):
            at = (
                place
                if by_place
                else max((i for i, h in enumerate(header) if h.start <= cell.start), default=0)
            )
            name = into.names[at]
            if name:
                values[name] = f"{values[name]}\n{cell.text}".strip()
        if into.kind == "discussion":
            self._discussed(row, into, values, where)
        elif into.kind == "information" and values["organisation"]:
            line = next(line for line in row[0].lines or row[-1].lines)
            self._agency(values["organisation"].split("\n")[0], "cell", line, where)
            self._here.words.append(Words(values["said"], where))
        elif into.kind in ("plan", "contingency"):
            into.rows.append(Row(values, where))
            self._here.words.append(Words(_measure(values), where))
        else:
            into.rows.append(Row(values, where))

    def _discussed(
        self, row: tuple[Cell, ...], into: Rows, values: dict[str, str], where: Where
    ) -> None:
        """A row of a table of discussion: heading, words, and the action beside them."""
        cells = dict(zip(into.names, row, strict=False))
        for name in ("item", "discussion"):
            for line in cells[name].lines if name in cells else ():
                self.line(line, where.table, where.row, alone=False, label=name == "item")
        if values.get("action"):
            into.rows.append(Row(values, self._where(cells["action"].lines[0] if cells["action"].lines else None, where.table, where.row), values.get("discussion", "")))  # fmt: skip

    def _stacked(self, texts: list[str], follows: tuple[Cell, ...], where: Where) -> bool:
        """A row of labels over a row of values."""
        keys = [label_of(text) for text in texts]
        below = [cell.text.strip() for cell in follows]
        if len(keys) < 2 or sum(map(bool, keys)) < max(2, len(keys) - 1) or len(below) != len(keys):
            return False
        if any(label_of(text) for text in below):
            return False
        for key, label, value in zip(keys, texts, below, strict=True):
            if key and value:
                self._here.pairs.append(Pair(key, label, value, where))
        return True

    def _plain_row(self, row: tuple[Cell, ...], texts: list[str], grid: int, number: int) -> None:
        """A row under no column headings."""
        cells = [cell for cell, text in zip(row, texts, strict=True) if text]
        if len(cells) > 1 and (re.fullmatch(r"[\dA-Z]{0,2}[\d.]{0,5}[.)]?", cells[0].text.strip())):
            cells = cells[1:]
        if len(cells) >= 4 and self._pairs(cells, grid, number):
            return
        if len(cells) == 1:
            for line in cells[0].lines:
                self.line(line, grid, number, alone=len(cells[0].lines) == 1 or line.bold)
            return
        if len(cells) == 2 and self._beside(cells[0], cells[1], grid, number):
            return
        if cells:
            self._loose_row(cells, grid, number)

    def _pairs(self, cells: list[Cell], grid: int, number: int) -> bool:
        labels, values = cells[::2], cells[1::2]
        if len(labels) != len(values) or not all(label_of(cell.text) for cell in labels):
            return False
        for label, value in zip(labels, values, strict=True):
            line = value.lines[0] if value.lines else None
            self._here.pairs.append(Pair(label_of(label.text), label.text.strip(" :"), value.text.strip(), self._where(line, grid, number)))  # fmt: skip
        return True

    def _beside(self, label: Cell, value: Cell, grid: int, number: int) -> bool:
        """A label cell and its content: a value, a section, or an organisation's words."""
        text = " ".join(label.text.split())
        lines = value.lines
        where = self._where(lines[0] if lines else None, grid, number)
        if len(text) > 120 or (
            len(label.lines) > 1 and len(text.split()) > len(value.text.split())
        ):
            return self._side(label, value, grid, number)
        if (
            len(value.text) < 600
            and not _nested([value])
            and self._pair(text, value.text.strip(), where)
        ):
            return True
        rest = number_of(text)[1]
        named = topic_of(text)
        first = label.lines[0]
        listing = self._here.topic.lists in (
            "present",
            "apologies",
            "reports",
            "actions",
            "old_actions",
        )
        if (
            is_agency(rest)
            and not listing
            and (named is None or self._in("A7"))
            and not is_person(value.text)
        ):
            self._agency(rest, "cell", first, where)
        elif named is not None and not self._is_local(named, value):
            self._open(text, named.topic, named.sure, "cell", first, where)
        elif (
            first.bold
            and len(value.text.split()) > 8
            and not listing
            and not agency_of(value.text[:80])
        ):
            self._unknown_heading(text, "cell", first, where)
        else:
            return False
        for line in lines:
            self.line(line, grid, number, alone=line.bold and len(lines) > 1)
        return True

    def _is_local(self, named: Named, value: Cell) -> bool:
        """Whether a label in a cell speaks within its section: headings there have a style."""
        if self._parent is None or self._parent.how != "style":
            return False
        if named.topic.item == self._here.topic.item and named.sure is Sure.SURE:
            return False
        return named.sure is not Sure.SURE or len(value.text.split()) <= 8

    def _side(self, words: Cell, side: Cell, grid: int, number: int) -> bool:
        """A cell of discussion with who acts, and by when, in a narrow cell beside it."""
        text = " ".join(side.text.split())
        who = re.sub(r"\s*\b(?:by\s+)?\d.*$", "", text)
        if len(text.split()) > 8 or not (re.fullmatch(r"[A-Z]{2,3}(?:\s*[/,&]\s*[A-Z]{2,3})*", who) or is_person(who) or is_agency(who)):  # fmt: skip
            return False
        for line in words.lines:
            self.line(line, grid, number, alone=False)
        last = self._here.lists[-1] if self._here.lists else None
        where = self._where(side.lines[0], grid, number)
        if last is None or last.kind != "discussion" or last.where.table != grid:
            last = Rows("discussion", (), ("discussion", "action"), where, Sure.LIKELY)
            self._here.lists.append(last)
        last.rows.append(Row({"action": side.text}, where, words.text))
        return True

    def _loose_row(self, cells: list[Cell], grid: int, number: int) -> None:
        """A row that is neither: a list without headings where the section says of what."""
        where = self._where(cells[0].lines[0] if cells[0].lines else None, grid, number)
        kind = {"present": "attendance", "apologies": "attendance", "reports": "attendance", "risk": "risk",
                "actions": "actions", "old_actions": "actions", "decisions": "decisions"}.get(self._here.topic.lists)  # fmt: skip
        if kind is not None:
            last = self._here.lists[-1] if self._here.lists else None
            if last is None or last.names or last.where.table != grid:
                last = Rows(kind, (), (), where, Sure.GUESS)
                self._here.lists.append(last)
            last.rows.append(Row({str(place): cell.text.strip() for place, cell in enumerate(cells)}, where))  # fmt: skip
            return
        for cell in cells:
            for line in cell.lines:
                self.line(line, grid, number, alone=False)


def _measure(values: dict[str, str]) -> str:
    """A measure or a contingency as one line."""
    if "trigger" in values:
        then = ", ".join(values.get(name, "") for name in ("owner", "within") if values.get(name))
        return f"If {values['trigger']}, then {values.get('response', '')}{f' ({then})' if then else ''}"
    about = "; ".join(values[name] for name in ("owner", "standard", "risk") if values.get(name))
    return " ".join(f"{values['measure']}{f' ({about})' if about else ''}".split())


def _nested(cells: Sequence[Cell]) -> bool:
    return any(isinstance(block, Grid) for cell in cells for block in cell.blocks)


def _filled(row: tuple[Cell, ...], above: dict[int, Cell]) -> tuple[Cell, ...]:
    """The row with each merged cell's words repeated from the cell that it continues."""
    made = []
    for cell in row:
        if cell.continued and cell.start in above:
            origin = above[cell.start]
            made.append(
                Cell(start=cell.start, span=cell.span, blocks=origin.blocks, continued=True)
            )
        else:
            above[cell.start] = cell
            made.append(cell)
    return tuple(made)
