"""What LibreOffice saves again reads as before."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.documents.test_word import office
from tests.foreign.hand import HAND
from tests.foreign.layouts import LAYOUTS
from tests.foreign.measuring import KINDS, Score, measured, measured_by_hand, read
from tests.foreign.truth import truth


def resaved(folder: Path, documents: dict[str, bytes]) -> dict[str, bytes]:
    """The documents as LibreOffice writes them."""
    program, out = office(), folder / "out"
    files = []
    for number, content in enumerate(documents.values()):
        files.append(folder / f"{number}.docx")
        files[-1].write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/home"
    subprocess.run(
        [program, home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", out, *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {
        name: (out / file.name).read_bytes()
        for name, file in zip(documents, files, strict=True)
    }  # fmt: skip


@pytest.mark.office
def test_documents_saved_by_another_program_read_as_before(tmp_path: Path) -> None:
    meeting = truth(11)
    made = {name: build(meeting) for name, build in LAYOUTS.items()}
    made |= {f"by hand: {name}": hand.build() for name, hand in HAND.items()}
    total = Score()
    for name, content in resaved(tmp_path, made).items():
        minutes = read(content)
        hand = HAND.get(name.removeprefix("by hand: "))
        score = measured_by_hand(hand, minutes) if hand else measured(meeting, minutes)
        print(score.line(name))
        total.merge(score)
    print(total.line("saved by LibreOffice"))
    for kind in KINDS:
        assert total.recall(kind) >= 0.95, (kind, total.wrong)
        assert total.precision(kind) >= 0.95, (kind, total.wrong)
