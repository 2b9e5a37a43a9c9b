"""Times taking back a 20-page draft, beside python-docx reading the same file.

    python benchmarks/takeback.py [ROUNDS]

The draft is that of the largest sample, its longest answers repeated until LibreOffice
lays it out on 35 pages; in the edited file every tenth of the words that may be
edited was changed. python-docx opens the file and reads the text of every paragraph, those
in tables too; taking back reads it, finds the draft in the record, compares all of it and
words every difference. Rounds alternate, so that a busy machine slows both alike.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import docx
from docx.oxml.ns import qn

from panelkit.domain.compare import compare
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.wiring import Settings, open_desk, sample_packs

REF: Final = "HM-0231-2"
REPEATED: Final = 2
"""How often the longest answers stand in themselves."""


def desk_with(folder: Path) -> tuple[Desk, Meeting]:
    """A desk whose record holds the samples, and the meeting, made longer."""
    from panelkit.packs.reader import read_pack

    desk = open_desk(Settings(who="bench"), folder / "record.db", create=True, demo=True)
    for path in sample_packs():
        pack = read_pack(path, desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting])
    meeting = desk.caseload.find(REF)
    by = desk.chairing.by()
    after = meeting
    for (item, key), answer in meeting.answers.items():
        described = meeting.field(item, key)
        if described and described.is_prose and len(answer.text) > 80:
            after = after.answer(item, key, "\n\n".join([answer.text] * (1 + REPEATED)), by)
    desk.chairing.record.save(meeting, after, by, command="bench")
    return desk, after


def edited(path: Path) -> Path:
    """The draft with every tenth marked paragraph changed, saved by python-docx."""
    document = docx.Document(str(path))
    marked = [
        p
        for p in document.element.body.iter(qn("w:p"))
        if p.find(qn("w:bookmarkStart")) is not None
    ]
    for p in marked[::10]:
        for t in list(p.iter(qn("w:t")))[-1:]:
            t.text = f"{t.text} As corrected."
    target = path.with_name("edited.docx")
    document.save(str(target))
    return target


def ours(desk: Desk, path: Path) -> int:
    """Read it, compare it, word every difference."""
    back = desk.taking_back.read(path)
    for change in back.changes:
        compare(change.was, change.now)
    return len(back.changes)


def theirs(path: Path) -> int:
    """Open it and read every paragraph."""
    document = docx.Document(str(path))
    texts = [
        docx.text.paragraph.Paragraph(p, document).text
        for p in document.element.body.iter(qn("w:p"))
    ]  # type: ignore[attr-defined]
    return len(texts)


def main(rounds: int) -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        desk, meeting = desk_with(Path(folder))
        path = edited(desk.minute_taking.write(meeting, "full", Path(folder)).path)
        changes, paragraphs = ours(desk, path), theirs(path)
        spent: dict[str, list[float]] = {"take-back": [], "python-docx": []}
        for _ in range(rounds):
            started = time.perf_counter()
            ours(desk, path)
            between = time.perf_counter()
            theirs(path)
            spent["take-back"].append(between - started)
            spent["python-docx"].append(time.perf_counter() - between)
        print(f"{rounds} rounds, {paragraphs} paragraphs, {changes} changes found")
        for name, times in spent.items():
            ordered = sorted(times)
            p95 = ordered[int(len(ordered) * 0.95) - 1] * 1000
            print(f"{name:12} median {statistics.median(times) * 1000:6.1f} ms   p95 {p95:6.1f} ms")
        ratio = statistics.median(spent["python-docx"]) / statistics.median(spent["take-back"])
        print(f"python-docx / take-back = {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
