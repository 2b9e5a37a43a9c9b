"""RV10 for Word files: one line each, nothing changed, nothing made."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from panelkit.domain.errors import BadInput, NotFound, PanelkitError
from panelkit.services.desk import Desk
from tests.desk import make_desk
from tests.takeback import malformed
from tests.takeback.editing import REF, REVIEW, draft_of, read


def problem(desk: Desk, file: Path) -> PanelkitError | None:
    """Why the file is refused; None where what was spoiled is no part that is read."""
    try:
        read(desk, file)
    except PanelkitError as failed:
        return failed
    return None


@pytest.mark.reliability
def test_rv10_a_thousand_malformed_files_get_one_line_and_change_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    _meeting, path = draft_of(desk)
    good = path.read_bytes()
    before, head = desk.caseload.find(REF), desk.chairing.record.head()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    folder = tmp_path / "in"
    folder.mkdir()
    refused = 0
    for number, content in enumerate(malformed.malformed(good, 1000)):
        file = malformed.write(folder, "draft.docx", content)
        failed = problem(desk, file)
        if failed is not None:
            refused += 1
            assert "\n" not in failed.sentence, number
            assert failed.remedy, number
            assert failed.exit_code == 2, number
    assert refused > 700
    assert desk.chairing.record.head() == head
    assert desk.caseload.find(REF) == before
    assert [each.name for each in folder.iterdir()] == ["draft.docx"]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    assert grown < 300_000, "kilobytes"


@pytest.mark.parametrize("number", range(10))
def test_each_kind_of_harm_is_refused_and_named(tmp_path: Path, number: int) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    _meeting, path = draft_of(desk)
    good = path.read_bytes()
    change, said = (
        (malformed.doctype, "declares a document type"),
        (malformed.wide_doctype, "declares a document type"),
        (malformed.part("../../etc/passwd"), "leads out of it"),
        (malformed.part("word/bomb.bin", b"\0" * 40_000_000), "would swell"),
        (malformed.without(malformed.DOCUMENT), "is not a Word document"),
        (malformed.body(b"<a/>"), "is not a Word document"),
        (malformed.body(b"<"), "damaged or cut short"),
        (malformed.part("word/comments.xml", b"<broken"), "damaged or cut short"),
        (malformed.part("Word/Document.xml"), "two parts of one name"),
        (lambda parts: parts.update({f"{n}.bin": b"" for n in range(1200)}), "more than 1000 parts"),
    )[number]  # fmt: skip
    path.write_bytes(malformed.rebuilt(good, change))
    with pytest.raises(BadInput, match=said):
        read(desk, path)


def test_files_that_are_none_are_said(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    with pytest.raises(NotFound, match="There is no file"):
        read(desk, tmp_path / "nowhere.docx")
    with pytest.raises(BadInput, match="is not a file"):
        read(desk, tmp_path)
    with pytest.raises(BadInput, match=r"old \.doc file"):
        read(desk, malformed.write(tmp_path, "old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600))


def test_on_the_command_line_it_is_one_line_and_exit_code_two(tmp_path: Path) -> None:
    make_desk(tmp_path, samples=REVIEW)
    file = malformed.write(tmp_path, "draft.docx", b"PK\x03\x04 not a draft")
    done = subprocess.run(
        [sys.executable, "-m", "panelkit", "take-back", str(file), "--db", str(tmp_path / "record.db")],
        capture_output=True, text=True, timeout=60, check=False, env=os.environ,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "panelkit: draft.docx is damaged or cut short. Ask for the file to be saved and sent again."
    ]
