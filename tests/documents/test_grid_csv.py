"""Files of separated values as they come: what is settled is said, what cannot be is named by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelkit.documents import grid_csv
from panelkit.documents.grid_reading import read_grid
from panelkit.domain.errors import BadInput, NotFound, PanelkitError
from panelkit.domain.grids import MOST_LINES, Grid, letters
from tests.documents.grid_files import csv_of

HEAD = ["Case ref", "Type", "Date"]
LINE = ["HM-1", "Café", "02/10/2022"]


def read(content: bytes, **said: object) -> Grid:
    return grid_csv.read(content, "r.csv", **said)  # type: ignore[arg-type]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in (grid.head, *grid.lines)]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_each_separator_encoding_and_line_end_gives_the_same_and_is_said(
    sign: str, encoding: str, end: str
) -> None:
    found = read(csv_of([HEAD, LINE], sign=sign, encoding=encoding, end=end))
    assert texts(found) == [HEAD, LINE]
    name = {",": "comma", ";": "semicolon", "\t": "tab"}[sign]
    assert found.taken[1] == f"Cells are separated by a {name}."
    assert ("Windows-1252" in found.taken[0]) is (encoding == "cp1252")


def test_what_reads_as_both_is_taken_for_utf_8_and_it_is_said() -> None:
    found = read("Case,Note\r\nA,Â£5\r\n".encode("cp1252"))
    assert texts(found)[1] == ["A", "£5"]
    assert found.taken[0] == "Read as UTF-8."


def test_lines_keep_the_numbers_that_they_have_in_the_file() -> None:
    content = b'\r\nCase,Note\r\n\r\n,\r\nA,"two\r\nlines"\r\nB,x\r\n'
    found = read(content)
    assert (found.head.number, [line.number for line in found.lines]) == (2, [5, 7])
    assert found.lines[0].cells[1].text == "two\r\nlines"
    assert read(b"sep=;\r\nCase;Note\r\nA,1;x\r\n").lines[0].number == 3
    assert texts(read(b"sep=;\r\nCase;Note\r\nA,1;x\r\n"))[1] == ["A,1", "x"]
    assert texts(read(b"Recalls 2022,\r\nCase,Note\r\nA,x\r\n", head=2)) == [["Case", "Note"], ["A", "x"]]  # fmt: skip


def test_a_comma_in_the_words_is_not_taken_for_a_separator_and_a_tie_is_asked_about() -> None:
    assert texts(read(b"Case;Note, if any\r\nA;x\r\nB;y\r\n"))[0] == ["Case", "Note, if any"]
    with pytest.raises(BadInput, match="a comma or a semicolon"):
        read(b"Case;Note,Day\r\nA;x,1\r\n")
    assert texts(read(b"Case;Note,Day\r\nA;x,1\r\n", separator="comma"))[1] == ["A;x", "1"]


def test_a_line_with_more_or_fewer_cells_says_so_and_blank_ones_at_its_end_do_not_count() -> None:
    found = read(b"A,B\r\n1\r\n1,2,3\r\n1,2,,\r\n")
    assert [line.fault for line in found.lines] == ["has 1 cells under 2 headings", "has 3 cells under 2 headings", ""]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("=HYPERLINK(1)", "begins like a formula"), ('="0143"', "begins like a formula"),
        ("a\u202eb", "characters that act on a terminal"), ("\x1b[2J", "characters that act on a terminal"),
        ("x" * 2001, "more than 2000 characters"), ("x" * 9000, "more than 2000 characters"),
        ("+44 1632", ""), ("- by telephone", ""), ("@home", ""), (" 7 ", ""),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_says_why(cell: str, fault: str) -> None:
    found = read(csv_of([["A", "B"], ["1", cell]])).lines[0].cells[1]
    assert fault in found.fault
    assert bool(found.fault) is bool(fault)
    assert found.text == ("" if fault else cell.strip())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is blank"), (b"\xef\xbb\xbf", "is blank"), (b",,\r\n \r\n", "is blank"),
        ("Case,Day\r\n".encode("utf-16"), "is UTF-16"),
        (b"Case,Day\r\nA,\x00\r\n", "line 2: a NUL"),
        (b"Case,Day\r\nA,\x81\xff\r\n", "line 2: neither UTF-8 nor Windows-1252"),
        (b'Case,Day\r\nA,1\r\nB,"open\r\nC,1\r\n', "line 3: quotation marks"),
        (b'Case,Day\r\nA,"x"y\r\n', "line 2: quotation marks"),
        (b"Case,Day\r\nA," + b"x" * 200_000, "line 2: quotation marks that do not close, or a cell"),
        (b"A,B\r\n" + b"1,2\r\n" * (MOST_LINES + 1), f"more than {MOST_LINES} lines"),
        (b"A," * 201 + b"\r\n", "more than 200 columns"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_table_is_one_line_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(BadInput) as failed:
        read(content)
    assert said in failed.value.sentence
    assert "\n" not in failed.value.sentence
    assert len(failed.value.sentence) < 200


def test_a_file_is_read_by_its_ending_up_to_a_size_that_can_be_set(tmp_path: Path) -> None:
    whole = tmp_path / "r.CSV"
    whole.write_bytes(csv_of([["A", "B"], *[["1", "x" * 2000]] * 600]))
    with pytest.raises(BadInput, match="larger than 1 MB") as failed:
        read_grid(whole, largest=1)
    assert "--largest" in failed.value.remedy
    assert len(read_grid(whole, largest=2).lines) == 600
    (tmp_path / "r.xls").write_bytes(b"x")
    wrong: list[tuple[str, dict[str, object], str]] = [
        ("r.xls", {}, "not read as a table"), ("r.CSV", {"largest": 21}, "from 1 to 20"),
        ("r.CSV", {"separator": "pipe"}, "comma, semicolon, tab"), ("r.CSV", {"sheet": "x"}, "--sheet goes with"),
        ("r.CSV", {"head": 900}, "nothing on line 900"),
    ]  # fmt: skip
    for name, said, why in wrong:
        with pytest.raises(BadInput) as refused:
            read_grid(tmp_path / name, **said)  # type: ignore[arg-type]
        assert why in refused.value.sentence
    with pytest.raises(NotFound):
        read_grid(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(PanelkitError, match="is not a file"):
        read_grid(tmp_path / "folder.csv")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.csv", "r.CSV", "r.xls"]


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]  # fmt: skip
