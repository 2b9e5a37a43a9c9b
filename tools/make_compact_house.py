"""Makes templates/board_report/house.docx: the look of the minutes, small enough for one page.

    python tools/make_compact_house.py [HOUSE [TARGET]]

Everything but sizes, spacing and margins stays as the minutes' house file has it. An area that
restyled its minutes runs it on its own house file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import docx

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
HOUSE: Final = TEMPLATES / "minutes" / "house.docx"
TARGET: Final = TEMPLATES / "board_report" / "house.docx"

SMALLER, TIGHTER = 0.86, 0.42
LEAST_HALF_POINTS: Final = 16
"""Eight points: what is still read on paper."""
CELL: Final = 22
"""Above and below the words of a cell, in twentieths of a point."""
MARGINS: Final = {"top": 1190, "bottom": 1080, "header": 440, "footer": 400}


def make(house: Path, target: Path) -> None:
    """Write the compact form of ``house`` to ``target``."""
    document = docx.Document(str(house))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    styles = document.styles.element
    for name in ("sz", "szCs"):
        for size in styles.iter(f"{w}{name}"):
            if size.getparent().tag == f"{w}rPr":
                half = round(int(size.get(f"{w}val")) * SMALLER)
                size.set(f"{w}val", str(max(LEAST_HALF_POINTS, half)))
    for spacing in styles.iter(f"{w}spacing"):
        for side in ("before", "after"):
            if spacing.get(f"{w}{side}") is not None:
                spacing.set(f"{w}{side}", str(round(int(spacing.get(f"{w}{side}")) * TIGHTER)))
        exact = spacing.get(f"{w}lineRule") == "exact"
        if spacing.get(f"{w}line") is not None:
            line = round(int(spacing.get(f"{w}line")) * 0.5) if exact else 245
            spacing.set(f"{w}line", str(line))
    for margins in styles.iter(f"{w}tblCellMar"):
        for side in ("top", "bottom"):
            margins.find(f"{w}{side}").set(f"{w}w", str(CELL))
    page = document.sections[0]._sectPr.find(f"{w}pgMar")  # noqa: SLF001
    for side, twips in MARGINS.items():
        page.set(f"{w}{side}", str(twips))
    document.core_properties.title = "Look of the board's page"
    document.save(str(target))


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    make(given[0] if given else HOUSE, given[1] if len(given) > 1 else TARGET)
