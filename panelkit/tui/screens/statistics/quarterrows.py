"""The board's figures as rows: block by block, the quarters beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from panelkit.stats.quarter import Line, Standing
from panelkit.stats.quarter_grids import in_short
from panelkit.stats.quarter_read import Read, is_quiet, throughout
from panelkit.stats.quarterly import TOTAL, Figure, Quarterly
from panelkit.tui.widgets.rowlist import Row

WIDE: Final = 110
"""From this many cells across all four quarters are shown; below it the last two."""
HOW: Final = {
    Standing.COUNTED: "counted from the record",
    Standing.MANUAL: "entered by hand and confirmed",
    Standing.NOT_KNOWN: "the record does not say",
    Standing.NOT_SUPPLIED: "waits for a figure that is entered by hand",
    Standing.NOTHING: "there was nothing to count",
    Standing.WITHHELD: "withheld",
}


def quarters_shown(across: int) -> int:
    """How many quarters there is room for."""
    return 4 if across >= WIDE else 2


def widths_of(across: int) -> tuple[int, ...]:
    """The name takes what the quarters leave."""
    many = quarters_shown(across)
    each = 16 if across >= WIDE else 15
    return (max(20, across - 6 - many * (each + 1)), *(each,) * many)


def rows_of(report: Quarterly, across: int) -> Iterator[Row]:
    """Headings of the blocks, and under them every row that says something in one of the quarters;
    of a figure that says nothing one row stands for all. The id of a row is its figure and name."""
    read, many = Read(report), quarters_shown(across)
    block = ""
    for figure in report.figures:
        if figure.measure.block != block:
            block = figure.measure.block
            yield Row(f"h:{block}", (block.upper(),), heading=True)
        over = read.rows(figure.measure.id)
        loud = [one for one in over if not is_quiet(one) or throughout(one, Standing.NOT_KNOWN)]
        for one in loud or over[-1:]:
            name = figure.name(one[-1].row) if loud else figure.measure.title
            cells = (name, *map(in_short, one[-many:]))
            yield Row(id_of(figure, one[-1]), cells, strong=one[-1].row == TOTAL)


def id_of(figure: Figure, line: Line) -> str:
    """Which row it is."""
    return f"{figure.measure.id}|{line.row}"


def words_of(figure: Figure, line: Line) -> str:
    """What a row counts, and how its number came about."""
    return f"{line.row}: {line.shown}, {HOW[line.standing]}. Counts {figure.measure.counts}."
