"""Files that are broken, hostile, huge or none at all: one line, exit code 2, in bounded time."""

from __future__ import annotations

import io
import random
import resource
import time
import zipfile
from pathlib import Path

import docx
import pytest

from panelkit.commands.foreign import show_foreign
from panelkit.documents.foreign import read_foreign
from panelkit.domain.errors import BadInput, NotFound, PanelkitError
from tests.foreign.layouts import LAYOUTS, saved, table, upper
from tests.foreign.truth import PROSE, truth
from tests.takeback import malformed

FILES = 300


def problem(file: Path) -> PanelkitError | None:
    """Why a file is refused; None where it was read."""
    try:
        read_foreign(file)
    except PanelkitError as failed:
        return failed
    return None


def test_three_hundred_broken_files_get_a_result_or_one_line(tmp_path: Path) -> None:
    good = LAYOUTS["merged, nested, tracked"](truth(1))
    file, refused = tmp_path / "minutes.docx", 0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number, content in enumerate(malformed.malformed(good, FILES, seed=4)):
        file.write_bytes(content)
        failed = problem(file)
        if failed is not None:
            refused += 1
            assert "\n" not in failed.sentence, number
            assert failed.remedy, number
            assert failed.exit_code == 2, number
    assert refused > FILES // 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 300_000, "kilobytes"


@pytest.mark.parametrize("ending", ["vbaProject.bin", "activeX/activeX1.xml", "VBAPROJECT.BIN"])
def test_a_file_that_carries_macros_is_refused(tmp_path: Path, ending: str) -> None:
    good = LAYOUTS["numbered paragraphs"](truth(1))
    file = tmp_path / "minutes.docm"
    file.write_bytes(malformed.rebuilt(good, malformed.part(f"word/{ending}")))
    with pytest.raises(BadInput, match="carries macros"):
        show_foreign(file)


def test_old_protected_and_absent_files_are_named(tmp_path: Path) -> None:
    file = tmp_path / "minutes.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(BadInput, match=r"old \.doc file or is protected by a password"):
        show_foreign(file)
    with pytest.raises(NotFound):
        show_foreign(tmp_path / "nowhere.docx")
    file.write_bytes(
        malformed.rebuilt(LAYOUTS["capitals"](truth(1)), malformed.part("word/header1.xml", b"<x"))
    )
    with pytest.raises(BadInput, match="damaged or cut short"):
        show_foreign(file)


def stored(content: bytes) -> bytes:
    """The package unpacked, so that its size is no sign of a bomb."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


LONG = {
    "letters": "a" * 1_000_000,
    "brackets": "(" * 1_000_000,
    "figures": "12/" * 330_000,
    "leads": "due date by the " * 60_000,
    "owners": "DC Rowe to " * 90_000,
    "actions": "ACTION: DC Rowe by 12/3 " * 40_000,
    "agreed": "it was agreed that " * 50_000,
    "levels": "remain at level " * 60_000,
    "spaces": "x" + " " * 999_000 + "x",
}


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("heading", ["Actions", "Level decision", "Present"])
def test_a_paragraph_of_a_million_letters_takes_no_time(
    tmp_path: Path, kind: str, heading: str
) -> None:
    document = docx.Document()
    document.add_paragraph("MAPPA meeting held on 3 March 2026")
    document.add_heading(heading, 1)
    document.add_paragraph(LONG[kind])
    file = tmp_path / "long.docx"
    file.write_bytes(stored(saved(document)))
    start = time.process_time()
    read_foreign(file)
    assert time.process_time() - start < 2


def test_two_hundred_pages_are_read_in_seconds_and_little_memory(tmp_path: Path) -> None:
    source, meeting = random.Random(1), truth(1)
    words = " ".join(PROSE.values()).split()
    document = docx.Document()
    for number in range(200):
        document.add_heading(("Case summary", "Risk assessment", "Actions", f"Odd {number}")[number % 4], 1)  # fmt: skip
        for _ in range(8):
            document.add_paragraph(" ".join(source.choices(words, k=60)))
        if number % 5 == 0:
            rows = [[f"{upper(a.text)} {number}", a.owner, a.due_words] for a in meeting.actions]
            table(document, [["Action", "Owner", "Due"], *rows])
    file = tmp_path / "long.docx"
    file.write_bytes(saved(document))
    memory, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    minutes = read_foreign(file)
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 200_000, "kilobytes"
    assert sum(len(table_.headings) == 3 for table_ in minutes.tables) == 40
    assert len([a for a in minutes.actions if str(a.sure) == "sure"]) == 40 * len(meeting.actions)


def test_a_document_without_end_is_cut_and_says_so(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("x\n" * 60_000)
    file = tmp_path / "lines.docx"
    file.write_bytes(stored(saved(document)))
    minutes = read_foreign(file)
    assert [each.what for each in minutes.not_read] == ["the rest"]
