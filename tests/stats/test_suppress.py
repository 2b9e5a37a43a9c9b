"""What is withheld cannot be worked out again from what is shown. All numbers are invented."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from panelkit.stats.quarter import Line, Standing
from panelkit.stats.quarterly import list_lines, table_lines
from panelkit.stats.suppress import withheld

BELOW = 5
TABLES = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.one_of(st.integers(0, 6), st.integers(0, 80)), min_size=rows * columns, max_size=rows * columns
        ).map(lambda values: {(f"r{n // columns}", f"c{n % columns}"): v for n, v in enumerate(values)})
    )
)  # fmt: skip


def determined(unknown: list[str], equations: list[dict[str, int]]) -> set[str]:
    """Unknowns that linear equations settle, by elimination: whoever reads the table, as clever as
    can be about sums. ``equations`` are coefficients; what they come to does not matter here."""
    rows = [[Fraction(e.get(name, 0)) for name in unknown] for e in equations]
    place = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(place, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        lead = rows[place][column]
        rows[place] = [value / lead for value in rows[place]]
        for r in range(len(rows)):
            if r != place and rows[r][column]:
                times = rows[r][column]
                rows[r] = [a - times * b for a, b in zip(rows[r], rows[place], strict=True)]
        place += 1
    return {
        unknown[next(n for n, value in enumerate(row) if value)]
        for row in rows
        if sum(1 for value in row if value) == 1
    }


def read(cells: Mapping[tuple[str, str], int]) -> tuple[dict[str, Line], list[dict[str, int]]]:
    """The lines that are shown, and every equation between them."""
    lines = {line.row: line for line in table_lines(cells, BELOW)}
    rows, columns = (sorted({place[n] for place in cells}) for n in (0, 1))
    equations = [{**{f"{r}, {c}": 1 for c in columns}, f"{r}, Total": -1} for r in rows] + [
        {**{f"{r}, {c}": 1 for r in rows}, f"Total, {c}": -1} for c in columns
    ]
    equations.append({**{f"{r}, Total": 1 for r in rows}, "Total": -1})
    equations.append({**{f"Total, {c}": 1 for c in columns}, "Total": -1})
    return lines, equations


@settings(max_examples=400, deadline=None)
@given(TABLES)
@example({("r0", "c0"): 1, ("r0", "c1"): 1, ("r1", "c0"): 60, ("r1", "c1"): 60})
@example({("r0", "c0"): 3, ("r0", "c1"): 0, ("r1", "c0"): 0, ("r1", "c1"): 60})
@example({("r0", "c0"): 4})
def test_no_withheld_value_of_a_table_is_recomputed_from_its_totals(cells: dict[tuple[str, str], int]) -> None:  # fmt: skip
    lines, equations = read(cells)
    hidden = sorted(row for row, line in lines.items() if line.standing is Standing.WITHHELD)
    assert not determined(hidden, equations)
    true = {line.row: line.value for line in table_lines(cells, 0)}
    # Each withheld value is above zero: that no number is below zero settles none either.
    assert all(true[row] for row in hidden)
    shown = {row: line.value for row, line in lines.items() if row not in hidden}
    assert shown == {row: true[row] for row in shown}, "what is shown is right"
    assert not [value for value in shown.values() if 0 < (value or 0) < BELOW]
    if not hidden:
        assert all(value == 0 or value >= BELOW for value in true.values() if value is not None)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 80)), min_size=1, max_size=7))
def test_no_withheld_value_of_a_list_is_recomputed_from_its_total(values: list[int]) -> None:
    counts = {f"r{n}": value for n, value in enumerate(values)}
    lines = {line.row: line for line in list_lines(counts, BELOW)}
    hidden = [row for row, line in lines.items() if line.standing is Standing.WITHHELD]
    equation = {**dict.fromkeys(counts, 1), "Total": -1}
    if len(counts) > 1:
        assert not determined(hidden, [equation])
    gone = [counts[row] for row in hidden if row != "Total"]
    if "Total" not in hidden and gone:
        assert sum(gone) >= BELOW, "two of one, with their sum shown, are two of one"


def test_the_smallest_that_will_do_is_withheld_beside_it() -> None:
    hidden, rows, columns, grand = withheld({("a", ""): 2, ("b", ""): 9, ("c", ""): 40}, BELOW)
    assert hidden == {("a", ""), ("b", "")}
    assert not grand
    assert "a" in rows
    assert not columns


def test_where_nothing_is_small_nothing_is_withheld() -> None:
    assert (
        withheld({("a", "x"): 5, ("a", "y"): 0, ("b", "x"): 70, ("b", "y"): 6}, BELOW)[0] == set()
    )
    assert withheld({("a", "x"): 3, ("b", "x"): 8}, BELOW, totals=False)[0] == {("a", "x")}
    assert withheld({}, BELOW) == (frozenset(), frozenset(), frozenset(), False)


@pytest.mark.parametrize("below", [0, 1])
def test_in_the_area_everything_is_shown(below: int) -> None:
    cells = {("a", "x"): 1, ("b", "x"): 2}
    assert [line.shown for line in table_lines(cells, below)] == ["1", "1", "2", "2", "3", "3"]
