"""Columns: exactly as wide as the page, and no date or address broken while there is room."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.documents.tree import Column
from panelkit.documents.word_widths import CELL_PADDING, column_widths, text_width

PAGE = 9638
SIZE = 19

columns = st.lists(
    st.builds(Column, st.text(max_size=20), st.floats(0.1, 10), st.booleans(), st.booleans()),
    min_size=1,
    max_size=9,
)


@settings(deadline=None)
@given(st.data(), columns)
def test_widths_fill_the_page_exactly_and_none_is_without_room(
    data: st.DataObject, made: list[Column]
) -> None:
    row = st.lists(st.text(max_size=80), min_size=len(made), max_size=len(made))
    widths = column_widths(made, data.draw(st.lists(row, max_size=5)), PAGE, SIZE)
    assert sum(widths) == PAGE
    assert len(widths) == len(made)
    assert min(widths) > 0


def test_a_date_is_kept_on_one_line() -> None:
    made = [Column("Action", 8), Column("Due", 0.2, keep=True)]
    widths = column_widths(made, [["word " * 80, "23 September 2026"]], PAGE, SIZE)
    assert widths[1] >= text_width("23 September 2026", SIZE) + CELL_PADDING


def test_an_address_is_kept_whole_where_the_others_can_spare_the_room() -> None:
    address = "marian.holloway@northmoor-police.example"
    made = [Column("Name"), Column("Agency"), Column("Method"), Column("Sent", 0.5, keep=True)]
    rows = [["Marian Holloway", "Northmoor Police", address, "30 Nov 2026"]]
    widths = column_widths(made, rows, PAGE, SIZE)
    assert widths[2] >= text_width(address, SIZE) + CELL_PADDING


def test_one_monstrous_word_does_not_squeeze_its_neighbours() -> None:
    made = [Column("A"), Column("B"), Column("C")]
    widths = column_widths(made, [["x" * 500, "some words here", "more"]], PAGE, SIZE)
    assert widths[0] <= PAGE * 0.51
    assert min(widths) >= PAGE / 5
