"""The grids of the board's quarterly report: a block's rows over the quarters, few enough to read.

Left out, and said so: what is 0 in every quarter, what is not known, and of long lists all but
their sums, their largest or their lowest rows. The CSV has everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from panelkit.domain.quarterly_paper import Grid
from panelkit.stats.quarter import Block, Line, Standing
from panelkit.stats.quarter_read import Over, Read, added, is_quiet, lowest, share_of, throughout
from panelkit.stats.quarterly import TOTAL, Figure

ATTENDING: Final = {"K-ATT3": "Level 3", "K-ATT2": "Level 2"}
"""Figures that stand in a table of their own."""
MOST, LEAST = 12, 3
"""Rows of one figure: as many as all grids together leave room for."""
ROOM: Final = 132
"""Lines of all grids together, so that the report has four pages at most."""
_LONG: Final = 58
"""A longer name takes two lines."""
FEW: Final[Mapping[str, int]] = {
    "K-REP": 0, "K-SMB": 3, "ACT-SET": 0, "K-ACT": 3, "ACT-LATE": 0, "ACT-SMART": 0, "AUD-MEAN": 2,
    "AUD-DEFECTS": 3, "AUD-DONE": 3, "REF-TIME": 0, "REF-CHANGED": 0,
}  # fmt: skip
"""Rows shown, the lowest of the quarter, of figures with a row for each organisation or question."""
SUMMED: Final = frozenset(("ACT-SET", "K-ACT", "ACT-LATE", "ACT-SMART", "K-REP", "K-SMB"))
"""Of these, the ones whose rows are parts of one whole: it stands before them."""
AS_THEY_ARE: Final = frozenset(("AUD-DEFECTS", "AUD-DONE"))
"""Of these, the ones whose rows come in the order that they are read in."""
WHOLE: Final = frozenset(("MEET-CAUSE",))
"""Figures that are never cut short: why there were emergencies."""
BY_ROW: Final = frozenset(("CASE-IN", "OUT-EVENTS"))
"""Figures whose rows say by themselves what they are."""


def grids(read: Read, blocks: Iterable[Block]) -> dict[Block, Grid]:
    """Each block of the report, with as many rows of a figure as there is room for."""
    blocks = tuple(blocks)
    for most in range(MOST, LEAST - 1, -1):
        found = {block: _grid(read, block, most) for block in blocks}
        if sum(map(lines_of, found.values())) <= ROOM:
            break
    return found


def lines_of(one: Grid) -> int:
    """Lines that its rows take on paper, and its notes."""
    rows = sum(1 + (len(name) > _LONG) for name, _values in one.rows)
    return rows + sum(1 + len(note) // 130 for note in one.notes)


def _grid(read: Read, block: Block, most: int) -> Grid:
    rows: list[tuple[str, tuple[str, ...]]] = []
    said: dict[str, list[str]] = {
        "0 or nothing to count in all quarters that are known": [], "Not known": [],
        "Not supplied": [], "Not every row is here; the rest are in the CSV": [],
    }  # fmt: skip
    quiet, unknown, unsupplied, short = said.values()
    if block is Block.MEETINGS:
        rows.append(("Listed: held, cancelled or postponed", shown(listed_of(read))))
    for figure in read.report.figures:
        if figure.measure.block is not block or figure.measure.id in ATTENDING:
            continue
        over = read.rows(figure.measure.id)
        title = figure.measure.title
        if all(throughout(one, Standing.NOT_KNOWN) for one in over):
            unknown.append(title)
        elif all(throughout(one, Standing.NOT_SUPPLIED) for one in over):
            unsupplied.append(title)
        elif all(map(is_quiet, over)):
            quiet.append(title)
        else:
            kept, is_whole = _kept(read, figure, over, most)
            rows += [(_name(figure, one), shown(one)) for one in kept]
            if not is_whole:
                short.append(title)
    notes = (f"{what}: {'; '.join(titles)}." for what, titles in said.items() if titles)
    return Grid(tuple(rows), tuple(notes))


def listed_of(read: Read) -> Over:
    """Panels held, with those cancelled or postponed; not known before any of these was kept."""
    off = read.total("MEET-OFF")
    return off if throughout(off, Standing.NOT_KNOWN) else added(read.total("MEET-HELD"), off)


def shown(over: Over) -> tuple[str, ...]:
    """What is printed of a row in each quarter."""
    return tuple(map(in_short, over))


def in_short(line: Line) -> str:
    """``73 % of 11`` of a share; else as it is shown anywhere."""
    return line.shown if line.percent is None else f"{line.percent:.0f} % of {line.of}"


def _kept(read: Read, figure: Figure, over: Sequence[Over], most: int) -> tuple[list[Over], bool]:
    """The rows to show, and whether they are all that say something."""
    measure = figure.measure.id
    if measure in FEW and len(over) > 1:
        return _few(read, measure, over)
    loud = list(over) if len(over) == 1 else _once([one for one in over if not is_quiet(one)])
    if len(loud) <= most or measure in WHOLE:
        return loud, True
    sums = [one for one in loud if TOTAL in _parts(one)]
    if len(sums) > 1:
        loud = sums
    whole = [one for one in loud if one[-1].row == TOTAL]
    parts = [one for one in loud if one[-1].row != TOTAL]
    parts.sort(key=lambda one: max(line.value or 0 for line in one), reverse=True)
    largest = parts[: most - len(whole)]
    return [one for one in loud if one in largest or one in whole], False


def _few(read: Read, measure: str, over: Sequence[Over]) -> tuple[list[Over], bool]:
    most = FEW[measure]
    if measure in AS_THEY_ARE:
        return list(over[:most]), len(over) <= most
    by = {one[-1].row: one for one in over}
    known = lowest(
        (one[-1] for one in over), lambda line: share_of(line) if line.is_share else line.value
    )
    whole = [read.together(measure)] if measure in SUMMED else []
    return whole + [by[line.row] for line in known[:most]], len(over) <= most


def _once(over: list[Over]) -> list[Over]:
    """Without a sum of a row or a column that is one cell again."""

    def is_cell_again(one: Over) -> bool:
        parts = _parts(one)
        part = next((each for each in parts if each != TOTAL), "")
        return len(parts) > 1 and TOTAL in parts and any(
            other is not one and part in _parts(other) and shown(other) == shown(one)
            for other in over
        )  # fmt: skip

    return [one for one in over if not is_cell_again(one)]


def _parts(over: Over) -> list[str]:
    return over[-1].row.split(", ")


def _name(figure: Figure, over: Over) -> str:
    row = over[-1].row
    if figure.measure.id in BY_ROW:
        return row
    is_named = figure.measure.id in FEW or len(figure.rows) > 1
    return figure.name(row) if is_named else figure.measure.title
