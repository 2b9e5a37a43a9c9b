"""A table in a file from outside, CSV or XLSX, read as cells; nothing of it is kept anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from panelkit.documents import grid_csv, grid_xlsx, import_guard
from panelkit.domain.errors import BadInput
from panelkit.domain.grids import Grid
from panelkit.domain.text import gate_line

LARGEST: Final = 5
"""Megabytes that a file may have unless somebody says otherwise."""
MOST: Final = 20
"""Megabytes that can be said."""
TEXT: Final = (".csv", ".tsv", ".txt")
ENDINGS: Final = (*TEXT, ".xlsx")


def read_grid(
    path: Path, *, sheet: str = "", head: int = 0, separator: str = "", largest: int = LARGEST
) -> Grid:
    """The table in the file at ``path``.

    ``sheet`` is a workbook's, ``separator`` a text's (comma, semicolon, tab), ``head`` the line of
    the headings, ``largest`` in megabytes. Raises NotFound, BadInput with the line where there is
    one.
    """
    name, ending = gate_line(path.name).text, path.suffix.casefold()
    if ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise BadInput(f"{name} is not read as a table.", remedy=f"Name a file in {known}.")
    if not 1 <= largest <= MOST:
        raise BadInput(f"--largest is from 1 to {MOST} megabytes.")
    if separator and separator not in grid_csv.SEPARATORS:
        known = ", ".join(grid_csv.SEPARATORS)
        raise BadInput("There is no such separator.", remedy=f"Say one of {known}.")
    if (sheet and ending in TEXT) or (separator and ending not in TEXT):
        said = "--sheet goes with a workbook" if sheet else "--separator goes with a file of text"
        raise BadInput(f"{said}.", remedy="Leave it out.")
    content = import_guard.read_bytes(
        path, ending=".csv or .xlsx", largest=largest * 1_000_000,
        smaller="Take out what is not needed, or allow more with --largest.",
    )  # fmt: skip
    if ending in TEXT:
        return grid_csv.read(content, name, separator=separator, head=head)
    return grid_xlsx.read(content, name, sheet=sheet, head=head)
