"""The manual as a site: a page for each screen and document, pictures of today, links that lead."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from panelkit.cli import app
from panelkit.documents.template_kinds import SECTION_KEYS
from tests.docs.tools import tool
from tests.tui.test_every_screen import screens_of_the_program

HERE = Path(__file__).parent.parent.parent
DOCS = HERE / "docs"
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)")
RECORDS = (
    "scene", "filled", "held", "office", "chased", "allocated", "planned", "day_one", "returned",
)  # fmt: skip


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    """The tool that makes them."""
    return tool("make_pictures")


def test_every_screen_has_its_picture_and_its_page(pictures: ModuleType) -> None:
    shown = {shot.screen for shot in pictures.SHOTS}
    assert {kind.__name__ for kind in screens_of_the_program()} == shown
    with_keys = set()
    for shot in pictures.SHOTS:
        page = pictures.page_of(shot).read_text(encoding="utf-8")
        assert f"(../pictures/{shot.name}.svg)" in page, shot.name
        if f"<!-- keys of {shot.name} -->\n" in page:
            with_keys.add(shot.screen)
    assert with_keys == shown, "a page says the keys of every kind of screen"


def test_every_page_of_screens_shows_one(pictures: ModuleType) -> None:
    pages = {path.stem for path in (DOCS / "screens").glob("*.md")}
    assert pages == {shot.on for shot in pictures.SHOTS}


def test_every_picture_is_told_in_words_and_none_is_left_over() -> None:
    used = set()
    for page in (HERE / "README.md", *DOCS.rglob("*.md")):
        for found in PICTURE.finditer(page.read_text(encoding="utf-8")):
            used.add((page.parent / found["path"]).resolve())
    there = {path.resolve() for path in DOCS.rglob("*") if path.suffix in (".svg", ".png")}
    assert there == used
    for page in (*(DOCS / "screens").glob("*.md"), *(DOCS / "documents").glob("*.md")):
        for found in PICTURE.finditer(page.read_text(encoding="utf-8")):
            assert len(found["alt"]) > 20, f"{page.name}: {found['path']}"


def test_no_picture_fetches_anything() -> None:
    for path in (DOCS / "pictures").glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, path.name
        assert "@font-face" not in text, path.name


@pytest.mark.parametrize("record", RECORDS)
def test_the_pictures_are_of_the_program_as_it_is(pictures: ModuleType, record: str) -> None:
    assert set(RECORDS) == set(pictures.MADE)
    for made in pictures.taken(record):
        name, page = made.shot.name, pictures.page_of(made.shot).read_text(encoding="utf-8")
        kept = (DOCS / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
        words = tool("pictures_svg").words_of
        assert words(made.svg) == words(kept), f"{name}: run python tools/make_pictures.py"
        assert pictures.with_keys_of(page, made) == page, (
            f"{name}: run python tools/make_pictures.py"
        )


def test_every_document_has_its_page_and_its_picture() -> None:
    pages = {path.stem for path in (DOCS / "documents").glob("*.md")} - {"index"}
    assert pages == set(SECTION_KEYS)
    drawn = {path.stem for path in (DOCS / "pictures" / "documents").glob("*.png")}
    assert drawn == set(tool("make_document_pictures").kinds())
    listed = (DOCS / "documents" / "index.md").read_text(encoding="utf-8")
    for kind in SECTION_KEYS:
        assert f"({kind}.md)" in listed
        page = (DOCS / "documents" / f"{kind}.md").read_text(encoding="utf-8")
        assert (f"(../pictures/documents/{kind}.png)" in page) == (kind in drawn)


def test_the_pictures_of_documents_are_of_what_is_written_today(tmp_path: Path) -> None:
    documents = tool("make_document_pictures")
    stamps = json.loads(documents.STAMP.read_text(encoding="utf-8"))
    for kind in documents.kinds():
        path = tmp_path / f"{kind}.docx"
        said = CliRunner().invoke(app, ["template", "sample", kind, "-o", str(path)])
        assert said.exit_code == 0, said.output
        found = documents.stamp_of(path)
        assert found == stamps[kind], f"{kind}: run python tools/make_document_pictures.py"


def test_the_page_of_commands_is_of_the_program() -> None:
    commands = tool("make_commands_page")
    page = commands.PAGE.read_text(encoding="utf-8")
    assert commands.with_commands(page) == page, "run python tools/make_commands_page.py"
    assert "## panelkit stats annual" in page


def test_every_variable_of_the_environment_is_named() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (HERE / "panelkit").rglob("*.py")
    )
    read = set(re.findall(r"PANELKIT_[A-Z]+(?:_[A-Z]+)*(?![A-Z_])", source))
    page = (DOCS / "environment.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(PANELKIT_[A-Z_]+)`", page, re.MULTILINE))
    assert read <= named, read - named
    assert {name for name in named if not name.startswith("PANELKIT_COPIES_")} <= read


def built(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "--strict", "-f", config, "-d", site],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_site_builds_and_asks_nothing_of_anybody_else(tmp_path: Path) -> None:
    done = built(HERE / "mkdocs.yml", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 90
    fetched = re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=[\"'](?:https?:)?//|@import|url\([\"']?https?:"
    )
    for path in (*pages, *(tmp_path / "site").rglob("*.css")):
        assert not fetched.search(path.read_text(encoding="utf-8")), path.name
    first = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    for page in ("five_minutes", "installing/windows", "roles/chair", "changelog", "commands"):
        assert f'href="{page}.html"' in first


@pytest.mark.parametrize(
    "wrong", ["[x](people.md#nowhere)", "[x](nowhere.md)", "![x](pictures/nowhere.svg)"]
)
def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path, wrong: str) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copytree(HERE / "tools", tmp_path / "tools")
    for path in (HERE / "mkdocs.yml", *HERE.glob("*.md")):
        shutil.copy(path, tmp_path)
    page = tmp_path / "docs" / "keeping.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{wrong}\n", encoding="utf-8")
    done = built(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert done.returncode != 0
    assert "keeping.md" in done.stderr
