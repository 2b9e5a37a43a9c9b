"""Make the pictures of documents in ``docs/pictures/documents``: the first page of each kind.

    python tools/make_document_pictures.py

Writes each template's sample with the program, from fictional meetings, and lets LibreOffice and
pdftoppm draw it. Run it after a change of a template or of what a document says; a test compares
``documents.json`` beside the pictures with what the program writes now.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

from panelkit.documents.template_kinds import SECTION_KEYS

HERE = Path(__file__).parent.parent
PICTURES = HERE / "docs" / "pictures" / "documents"
STAMP = PICTURES / "documents.json"
NOT_WORD = frozenset({"calendar"})
"""Kinds that are no Word document: nothing to draw."""
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_DAYS = re.compile(
    r"(?:[A-Z][a-z]+day )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December) \d{4}"
)
DOTS_PER_INCH = 62
COLOURS = 16


def kinds() -> tuple[str, ...]:
    """Every kind of document that a page of the manual shows."""
    return tuple(kind for kind in SECTION_KEYS if kind not in NOT_WORD)


def write(kind: str, folder: Path) -> Path:
    """The sample of one kind, by the program's own command."""
    target = folder / f"{kind}.docx"
    subprocess.run(
        [sys.executable, "-m", "panelkit", "template", "sample", kind, "-o", target], check=True,
        capture_output=True,
    )  # fmt: skip
    return target


def stamp_of(path: Path) -> str:
    """A hash of what a document says, days left out: some count from today.

    How a chart is drawn differs between machines, words do not.
    """
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    words = _DAYS.sub("DAY", "\n".join(_WORDS.findall(body)))
    return hashlib.sha256(words.encode()).hexdigest()


def draw(path: Path, target: Path) -> None:
    """The first page as a small picture. Needs LibreOffice and pdftoppm."""
    folder = path.parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-singlefile", "-png",
         path.with_suffix(".pdf"), folder / path.stem],
        check=True,
    )  # fmt: skip
    with Image.open(folder / f"{path.stem}.png") as page:
        page.convert("RGB").quantize(COLOURS).save(target, optimize=True)


def main() -> None:
    """Every picture, and what it was made from."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    stamps = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds():
            path = write(kind, Path(folder))
            stamps[kind] = stamp_of(path)
            draw(path, PICTURES / f"{kind}.png")
    STAMP.write_text(json.dumps(stamps, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
