"""What the documents say is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from panelkit.cli import app
from tests.docs.tools import tool

HERE = Path(__file__).parent.parent.parent
README = (HERE / "README.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"`panelkit ([a-z][a-z-]*)", README))
    assert named == commands()


def test_the_manual_has_the_keys_that_the_program_has() -> None:
    pictures = tool("make_pictures")
    manual = (HERE / "docs" / "manual.md").read_text(encoding="utf-8")
    assert manual == pictures.with_keys(manual), "run python tools/make_pictures.py"
    assert "F8" in pictures.key_table()
    for name, keys in pictures.KEY_PAGES.items():
        page = (HERE / "docs" / name).read_text(encoding="utf-8")
        assert page == pictures.with_keys(page, keys), "run python tools/make_pictures.py"


def test_every_link_leads_somewhere() -> None:
    for page in (HERE / "README.md", *(HERE / "docs").rglob("*.md"), HERE / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_a_newcomer_finds_both_commands() -> None:
    for mark, command in (
        ("run", "pip install . && panelkit demo"),
        ("test", "pip install '.[test]' && pytest"),
    ):
        assert f"<!-- {mark} -->\n```\n{command}\n```" in README
