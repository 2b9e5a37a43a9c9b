"""Small numbers withheld, with others beside them, so that none can be worked out again.

A table is seen as a graph: each row and each column, the totals among them, is a point, and each
cell joins its row and its column. What is withheld can be worked out from what is shown exactly
where its cell is on no ring of withheld cells; so whoever withholds one closes a ring, over the
smallest cells that will do (statistics notes section 2 [I]: below 5, with a complementary cell).
Every cell of a ring is above zero, so that knowing that no number is below zero does not help.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import Final

Place = tuple[str, str]
"""A row and a column."""
_SUM: Final = "\0total"
"""The total of each row and column; no row of a table is called so."""
_DEAR: Final = 1_000_000
"""What withholding the grand total costs: it is most often known from elsewhere."""
_MARGIN: Final = 1_000
"""What withholding a total of a row or a column costs."""


def withheld(
    cells: Mapping[Place, int], below: int, *, totals: bool = True
) -> tuple[frozenset[Place], frozenset[str], frozenset[str], bool]:
    """Places to withhold; then rows and columns whose total is; then whether the grand total is.

    ``cells`` are the parts, without totals; 0 is shown. Where no total is shown (``totals`` False)
    nothing can be added up, and what is small is withheld by itself.
    """
    if not totals:
        small = frozenset(place for place, value in cells.items() if 0 < value < below)
        return small, frozenset(), frozenset(), False
    table = _with_sums(cells)
    hidden = {place for place, value in table.items() if 0 < value < below}
    while True:
        if (edge := _open_edge(hidden)) is not None:
            hidden |= _ring(table, hidden, edge)
        elif (more := _thin_line(table, hidden, below)) is not None:
            hidden.add(more)
        else:
            break
    return (
        frozenset(place for place in hidden if _SUM not in place),
        frozenset(row for row, column in hidden if column == _SUM and row != _SUM),
        frozenset(column for row, column in hidden if row == _SUM and column != _SUM),
        (_SUM, _SUM) in hidden,
    )


def _with_sums(cells: Mapping[Place, int]) -> dict[Place, int]:
    table: dict[Place, int] = dict(cells)
    for (row, column), value in cells.items():
        for place in ((row, _SUM), (_SUM, column), (_SUM, _SUM)):
            table[place] = table.get(place, 0) + value
    return table


_Point = tuple[bool, str]


def _ends(place: Place) -> tuple[_Point, _Point]:
    return (True, place[0]), (False, place[1])


def _joined(places: Iterable[Place]) -> dict[_Point, list[tuple[_Point, Place]]]:
    found: dict[_Point, list[tuple[_Point, Place]]] = {}
    for place in places:
        one, other = _ends(place)
        found.setdefault(one, []).append((other, place))
        found.setdefault(other, []).append((one, place))
    return found


def _open_edge(hidden: set[Place]) -> Place | None:
    """A withheld cell that is on no ring; None where all are."""
    for edge in sorted(hidden):
        start, end = _ends(edge)
        near = _joined(hidden - {edge})
        seen, later = {start}, [start]
        while later:
            for point, _place in near.get(later.pop(), ()):
                if point not in seen:
                    seen.add(point)
                    later.append(point)
        if end not in seen:
            return edge
    return None


def _ring(table: Mapping[Place, int], hidden: set[Place], edge: Place) -> set[Place]:
    """The cheapest cells above zero that close a ring through ``edge``.

    There always is one: a cell above zero has totals above zero beside, below and in the corner.
    """
    start, end = _ends(edge)
    near = _joined(place for place, value in table.items() if value > 0 and place != edge)
    best: dict[_Point, int] = {start: 0}
    came: dict[_Point, tuple[_Point, Place]] = {}
    queue = [(0, start)]
    while queue:
        cost, point = heapq.heappop(queue)
        if point == end:
            break
        if cost > best[point]:
            continue
        for other, place in near.get(point, ()):
            further = cost + (0 if place in hidden else _cost(table, place))
            if further < best.get(other, further + 1):
                best[other] = further
                came[other] = (point, place)
                heapq.heappush(queue, (further, other))
    ring = set()
    while end != start:
        end, place = came[end]
        ring.add(place)
    return ring


def _cost(table: Mapping[Place, int], place: Place) -> int:
    sums = place.count(_SUM)
    return table[place] + (0, _MARGIN, _DEAR)[sums]


def _thin_line(table: Mapping[Place, int], hidden: set[Place], below: int) -> Place | None:
    """One more cell of a row or column whose withheld cells come to too few together.

    Two cells of 1 in a row whose total is shown would say that they are 2 together.
    """
    lines: dict[_Point, list[Place]] = {}
    for place in table:
        for end in _ends(place):
            lines.setdefault(end, []).append(place)
    for end, places in sorted(lines.items()):
        is_row = end[0]
        parts = [p for p in places if p[1 if is_row else 0] != _SUM]
        total = (end[1], _SUM) if is_row else (_SUM, end[1])
        gone = [p for p in parts if p in hidden]
        if not gone or total in hidden or sum(table[p] for p in gone) >= below:
            continue
        left = [p for p in parts if p not in hidden and table[p] > 0]
        return min(left, key=lambda p: (_cost(table, p), p)) if left else total
    return None
