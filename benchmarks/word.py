"""Times writing one set of minutes as Word, beside docxtpl filling an equal document.

    pip install -e ".[bench]"
    python benchmarks/word.py [ROUNDS]

The document: header and footer with page fields, a title, 14 headings, 25 paragraphs of
about 1,700 words, tables of 14 x 5, 6 x 5 and 12 x 5. docxtpl fills a template that our
own writer made from the same house.docx, so that styles, widths, repeated heading rows and
properties are the same, and both results are compared word by word before anything is
timed. Rounds alternate, so that a busy machine slows both alike.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from docxtpl import DocxTemplate

from panelkit.documents import word
from panelkit.documents.tree import Block, Column, Document, Paragraph, Section, Table

HOUSE: Final = Path(__file__).parent.parent / "templates" / "minutes" / "house.docx"
NOW: Final = datetime(2026, 11, 18, 12, tzinfo=UTC)
HEADINGS: Final = 14
PARAGRAPHS: Final = 25
TABLES: Final = ((2, 14), (7, 6), (12, 12))
"""In which section a table stands, and how many rows it has."""

COLUMNS: Final = ("Ref", "What was agreed", "Owner", "Agency", "Due")
SENTENCE: Final = (
    "The panel heard that the individual had kept to R&D group 3 and to every visit since "
    'the last meeting, that fewer than "<12" checks were outstanding, and that the police '
    "would look again at the route from the premises to the leisure centre before the next "
    "review; nobody present thought the risk to the public had changed, though health asked "
    "for the sleep diary to be read first."
)


def contents() -> dict[str, Any]:
    """Return the words both writers print."""
    return {
        "headings": [f"Part {n}" for n in range(1, HEADINGS + 1)],
        "paragraphs": [f"{n}. {SENTENCE}" for n in range(1, PARAGRAPHS + 1)],
        "tables": [
            [
                [f"3.{n}", f"Do the thing numbered {n} & say so", "A. Person", "Probation", "4 Dec"]
                for n in range(1, rows + 1)
            ]
            for _, rows in TABLES
        ],
    }


def tree(values: dict[str, Any]) -> Document:
    """Return the document; ``values`` may just as well be template tags."""
    paragraphs = list(values["paragraphs"])
    table_of = {section: number for number, (section, _) in enumerate(TABLES)}
    sections = []
    for number, heading in enumerate(values["headings"]):
        share = 1 + (number < PARAGRAPHS - HEADINGS)
        blocks: list[Block] = [Paragraph(paragraphs.pop(0)) for _ in range(share)]
        if number in table_of:
            columns = tuple(Column(heading, 1 + 2 * (i == 1)) for i, heading in enumerate(COLUMNS))
            rows = tuple(tuple(row) for row in values["tables"][table_of[number]])
            blocks.append(Table(columns, rows, alt="A table"))
        sections.append(Section(key=f"part_{number}", heading=heading, blocks=tuple(blocks)))
    assert not paragraphs
    return Document(
        title="Minutes of MAPPA Level 2 review meeting",
        form_label="MAPPA minutes, panelkit layout",
        template_version="1",
        marking="OFFICIAL-SENSITIVE",
        reference="NM/0143",
        meeting_label="meeting 3",
        status="APPROVED",
        version="1",
        area="Northmoor MAPPA",
        draft=False,
        fiction=True,
        sections=tuple(sections),
    )


def template(house: bytes) -> bytes:
    """Return the same document with docxtpl's tags where the words go."""
    blanks = ["", "", "", ""]
    values = {
        "headings": [f"{{{{ headings[{n}] }}}}" for n in range(HEADINGS)],
        "paragraphs": [f"{{{{ paragraphs[{n}] }}}}" for n in range(PARAGRAPHS)],
        "tables": [
            [
                [f"{{%tr for row in tables[{n}] %}}", *blanks],
                [f"{{{{ row[{cell}] }}}}" for cell in range(len(COLUMNS))],
                ["{%tr endfor %}", *blanks],
            ]
            for n in range(len(TABLES))
        ],
    }
    return word.write(tree(values), house, now=NOW)


def ours(values: dict[str, Any], house: bytes) -> bytes:
    """Compose the tree and write it."""
    return word.write(tree(values), house, now=NOW)


def theirs(values: dict[str, Any], source: bytes) -> bytes:
    """Open the template, fill it and save it, as docxtpl's manual shows."""
    filled = DocxTemplate(BytesIO(source))
    filled.render(values, autoescape=True)
    out = BytesIO()
    filled.save(out)
    return out.getvalue()


def words(package: bytes) -> list[str]:
    """Return the text of the body, paragraph by paragraph."""
    body = docx.Document(BytesIO(package)).element.body
    return ["".join(t.text or "" for t in p.xpath(".//w:t")) for p in body.iter() if p.tag == P]


P: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def main(rounds: int) -> None:
    """Print both medians and their ratio."""
    house = HOUSE.read_bytes()
    values = contents()
    source = template(house)
    assert words(ours(values, house)) == words(theirs(values, source))
    spent: dict[str, list[float]] = {"panelkit": [], "docxtpl": []}
    for _ in range(rounds):
        started = time.perf_counter()
        ours(values, house)
        between = time.perf_counter()
        theirs(values, source)
        spent["panelkit"].append(between - started)
        spent["docxtpl"].append(time.perf_counter() - between)
    text = sum(len(line.split()) for line in values["paragraphs"])
    print(f"{rounds} interleaved rounds, {text:,} words in {PARAGRAPHS} paragraphs")
    medians = {name: statistics.median(times) * 1000 for name, times in spent.items()}
    for name, times in spent.items():
        print(f"{name:9} median {medians[name]:6.1f} ms   best {min(times) * 1000:6.1f} ms")
    print(f"docxtpl / panelkit = {medians['docxtpl'] / medians['panelkit']:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
