"""What LibreOffice itself saves is taken back: bookmarks, words, nothing else."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from tests.desk import make_desk
from tests.documents.test_word import office
from tests.takeback.editing import REF, draft_of, read
from tests.takeback.fuzz import document, expected, package, text
from tests.takeback.fuzz import read as read_words

SCRIPT = Path(__file__).parent / "office_edit.py"
SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.mark.office
@pytest.mark.parametrize(
    ("sample", "ref"),
    [
        ("l2_review_carried_actions", REF),
        ("l3_emergency_dissent", None),
        ("l2_initial", None),
    ],
)
def test_a_paragraph_and_a_cell_changed_in_libreoffice_are_the_two_changes_shown(
    tmp_path: Path, sample: str, ref: str | None
) -> None:
    office()
    desk = make_desk(tmp_path, samples=(sample,))
    ref = ref or desk.caseload.listing()[0].ref
    meeting = desk.chairing.record_answer(
        desk.caseload.find(ref), "A18", "chair_summary", "The panel's plan is in place."
    )
    _meeting, path = draft_of(desk, ref)
    measure = meeting.of(e.Measure)[0]
    out = path.with_name("saved by another program.docx")
    edits = ("plan is in place.", " It starts on Monday.", measure.text[:40], " (as agreed)")
    subprocess.run([SYSTEM_PYTHON, SCRIPT, path, out, *edits], check=True, timeout=180)
    back = read(desk, out)
    assert sorted((c.was, c.now) for c in back.changes) == sorted(
        [
            ("The panel's plan is in place.", "The panel's plan is in place. It starts on Monday."),
            (measure.text, f"{measure.text[:40]} (as agreed){measure.text[40:]}"),
        ]
    )
    assert back.refused == ()
    assert back.unplaced == ()
    desk.taking_back.accept(back, back.ready())
    stored = desk.caseload.find(ref)
    assert stored.text("A18", "chair_summary").endswith("It starts on Monday.")
    assert "(as agreed)" in stored.of(e.Measure)[0].text


@pytest.mark.office
def test_rv04_a_hundred_files_of_strange_texts_saved_by_libreoffice_read_back_equal(
    tmp_path: Path,
) -> None:
    office()
    source = random.Random(100)
    made = {f"{n}.docx": document([text(source) for _ in range(15)]) for n in range(100)}
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    for name, each in made.items():
        (before / name).write_bytes(package(each))
    subprocess.run(
        [
            office(), f"-env:UserInstallation=file://{tmp_path}/home",
            "--headless", "--convert-to", "docx", "--outdir", after, *sorted(before.iterdir()),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for name, each in made.items():
        words, found, _last = read_words(each, (after / name).read_bytes())
        assert words == expected(each), name
        assert (found.edited, found.overwritten, found.loose) == ((), (), ()), name
