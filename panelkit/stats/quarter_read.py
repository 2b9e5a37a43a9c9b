"""A quarterly report's figures as whoever writes about them reads them: by name and quarter.

What is withheld, not known or not supplied has no number here, and no sum is made over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from panelkit.stats.quarter import Line, Standing
from panelkit.stats.quarterly import TOTAL, Figure, Quarterly

Over = tuple[Line, ...]
"""One row of one figure over the quarters, oldest first."""


class Read:
    """One report."""

    def __init__(self, report: Quarterly) -> None:
        """Nothing is counted again."""
        self.report = report
        self._figures = {one.measure.id: one for one in report.figures}

    def row(self, measure: str, row: str) -> Over:
        """One of its rows; where it has no such row, what stands for the whole of it."""
        figure = self._figures[measure]
        return _at(figure, figure.rows.index(row) if row in figure.rows else 0)

    def rows(self, measure: str) -> list[Over]:
        """All of its rows."""
        figure = self._figures[measure]
        return [_at(figure, place) for place in range(len(figure.rows))]

    def total(self, measure: str) -> Over:
        """Its last row, the sum of the others."""
        return self.row(measure, TOTAL)

    def now(self, measure: str) -> tuple[Line, ...]:
        """Every row of the quarter that was asked for."""
        return self._figures[measure].lines[self.report.quarters[-1]]

    def together(self, measure: str) -> Over:
        """All rows of a figure that has no total of its own, added up in each quarter."""
        return tuple(map(_sum, self._figures[measure].lines.values()))


def _at(figure: Figure, place: int) -> Over:
    return tuple(lines[place] for lines in figure.lines.values())


def _sum(lines: Sequence[Line]) -> Line:
    hidden = next((one for one in lines if one.standing is Standing.WITHHELD), None)
    if hidden is not None:
        return Line(TOTAL, None, standing=Standing.WITHHELD, is_share=hidden.is_share)
    counted = [one for one in lines if one.value is not None]
    if not counted:
        return Line(TOTAL, None, standing=lines[0].standing, is_share=lines[0].is_share)
    of = sum(one.of or 0 for one in counted) if counted[0].is_share else None
    return Line(
        TOTAL, sum(one.value or 0 for one in counted), of, counted[0].standing, counted[0].is_share
    )


def added(*rows: Over) -> Over:
    """Rows of several figures added up in each quarter, where every one of them has a number."""

    def both(lines: tuple[Line, ...]) -> Line:
        missing = next((one for one in lines if one.value is None), None)
        return missing or Line(TOTAL, sum(one.value or 0 for one in lines))

    return tuple(map(both, zip(*rows, strict=True)))


def values(over: Iterable[Line]) -> tuple[float | None, ...]:
    """The numbers alone."""
    return tuple(line.value for line in over)


def share_of(line: Line) -> float | None:
    """0 to 1, of a share that has a number."""
    return None if line.percent is None else line.percent / 100


def is_quiet(over: Sequence[Line]) -> bool:
    """Whether a row says nothing in any quarter but 0 or nothing to count, where it is known.

    None of five is no such row.
    """
    return all(not line.value and not line.of and line.standing in _QUIET for line in over)


_QUIET = (Standing.COUNTED, Standing.NOTHING, Standing.MANUAL, Standing.NOT_KNOWN)


def throughout(over: Sequence[Line], standing: Standing) -> bool:
    """Whether a row stands so in every quarter."""
    return all(line.standing is standing for line in over)


def lowest(lines: Iterable[Line], key: Callable[[Line], float | None]) -> list[Line]:
    """Those that have a number, the lowest first, by name where they are even."""
    keyed = [(number, line) for line in lines if (number := key(line)) is not None]
    return [line for _number, line in sorted(keyed, key=lambda pair: (pair[0], pair[1].row))]
