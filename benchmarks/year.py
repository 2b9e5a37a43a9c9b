"""Times a year of minutes: 600 meetings composed and written as Word files, one after another.

    python benchmarks/year.py [MEETINGS] [YARDSTICK]

The meetings are the fictional samples in turn, each with a reference and words of its own, so
that nothing is written twice from a cache. Each file goes to disk the way the program writes
it: whole, synced, renamed. The yardstick, in the same run and on the same disk, is python-docx by its
own calls (add_paragraph, add_table, cell by row), writing every YARDSTICKth of the same
documents; its time is scaled to the year. Both results are compared word by word first. The
bound is 30 s on a computer that does nothing else; the processor's own time is printed beside
it, for one that does.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import docx

from panelkit import paths
from panelkit.areas.loader import load_agenda, load_area
from panelkit.documents import files
from panelkit.documents.tree import (
    Bullets,
    Document,
    Facts,
    Labelled,
    Paragraph,
    SubHeading,
    Table,
    texts,
)
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.packs.reader import read_pack
from panelkit.services.minute_taking import MinuteTaking, kind_called

MEETINGS: Final = 600
YARDSTICK: Final = 10
BOUND: Final = 30.0
NOW: Final = datetime(2026, 11, 18, 12, tzinfo=UTC)


def year(count: int) -> Iterator[Meeting]:
    """``count`` meetings, each its own."""
    agenda = load_agenda("west_midlands")
    samples = []
    for path in sorted(paths.shipped("sample_meetings").glob("*.toml")):
        pack = read_pack(path, agenda)
        samples += [pack.meeting, *pack.earlier]
    for number in range(count):
        meeting = samples[number % len(samples)]
        case = dataclasses.replace(meeting.case, ref=f"YR-{number:04}")
        answers = {
            place: dataclasses.replace(answer, text=f"{answer.text} ({number})")
            if len(answer.text) > 60
            else answer
            for place, answer in meeting.answers.items()
        }
        yield dataclasses.replace(meeting, case=case, answers=answers)


def plainly(document: Document, house: bytes) -> bytes:
    """The same words by python-docx's own calls."""
    word = docx.Document(BytesIO(house))
    word.sections[0].header.paragraphs[0].text = document.marking
    word.sections[0].footer.paragraphs[0].text = document.footer_line
    for text in (document.area, document.title, document.status_line):
        word.add_paragraph(text)
    _grid(word, document.front)
    for section in document.sections:
        word.add_paragraph(section.numbered_heading, style="Heading 1")
        for block in section.blocks:
            match block:
                case Paragraph(text=text) | SubHeading(text=text):
                    word.add_paragraph(text)
                case Labelled(label=label, text=text):
                    word.add_paragraph(f"{label} {text}")
                case Bullets(items=items):
                    for item in items:
                        word.add_paragraph(item, style="List Bullet")
                case Facts(rows=rows):
                    _grid(word, rows)
                case Table(columns=columns, rows=rows, caption=caption):
                    word.add_paragraph(caption)
                    _grid(word, (tuple(column.heading for column in columns), *rows))
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _grid(word: docx.document.Document, rows: tuple[tuple[str, ...], ...]) -> None:
    if not rows:
        return
    table = word.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def same_words(document: Document, package: bytes) -> bool:
    """Whether every word of the document is in the file, in order."""
    root = docx.Document(BytesIO(package)).element.body
    shown = " ".join(t.text or "" for t in root.xpath(".//w:t")).split()
    wanted = " ".join(texts(document)).split()
    return _letters(wanted) == _letters(shown)


def _letters(words: list[str]) -> str:
    return "".join(words)


def main(count: int, every: int) -> None:
    """Print both times and their ratio; exit 1 over the bound."""
    taking = MinuteTaking(
        None, load_area("west_midlands"), lambda: NOW, "Somebody", paths.shipped("templates")
    )
    meetings = list(year(count))
    house = taking.template(kind_called("full"), meetings[0]).house
    first = taking.compose(meetings[0])
    assert same_words(first, taking.word(meetings[0]))
    assert same_words(first, plainly(first, house))
    ours = theirs = busy = 0.0
    size = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, meeting in enumerate(meetings):
            started, worked = time.perf_counter(), time.process_time()
            body = taking.word(meeting)
            files.write_file(Path(folder) / f"{number}.docx", body)
            ours += time.perf_counter() - started
            busy += time.process_time() - worked
            size += len(body)
            if number % every == 0:
                started = time.perf_counter()
                document = taking.compose(meeting)
                files.write_file(Path(folder) / f"{number}y.docx", plainly(document, house))
                theirs += time.perf_counter() - started
    scaled = theirs * count / len(range(0, count, every))
    print(f"{count} sets of minutes, {size / 1e6:.1f} MB, each composed, written and synced")
    print(
        f"panelkit     {ours:6.1f} s   {ours / count * 1000:6.1f} ms each   (bound {BOUND:.0f} s)"
    )
    print(f"             {busy:6.1f} s   of it the processor's")
    print(f"python-docx  {scaled:6.1f} s   scaled from {len(range(0, count, every))} of the same")
    print(f"python-docx / panelkit = {scaled / ours:.1f}")
    if ours > BOUND * count / MEETINGS:
        raise SystemExit(1)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    try:
        main(*(given + [MEETINGS, YARDSTICK][len(given) :]))
    except BadInput as refused:
        sys.exit(refused.sentence)
