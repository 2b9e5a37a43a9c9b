"""The page for office staff lists what the program has, and its examples work."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from panelkit.documents.house_check import problems
from tests.documents.house_files import field, house, page, para

HERE = Path(__file__).parent.parent.parent
PAGE = (HERE / "docs" / "templates.md").read_text(encoding="utf-8")


def test_the_lists_are_current() -> None:
    found = importlib.util.spec_from_file_location(
        "make_slot_list", HERE / "tools" / "make_slot_list.py"
    )
    assert found is not None
    assert found.loader is not None
    tool = importlib.util.module_from_spec(found)
    found.loader.exec_module(tool)
    assert tool.with_lists(PAGE) == PAGE, "run python tools/make_slot_list.py"
    assert "| `[[reference]]` |" in PAGE
    assert "| `minutes` |" in PAGE


def test_the_page_of_the_example_is_good() -> None:
    start = PAGE.index("    OUR MAPPA UNIT")
    lines = [line.strip() for line in PAGE[start : PAGE.index("\n\n", start)].splitlines()]
    assert problems(house(page(*(para(line) for line in lines))), "minutes") == ()


@pytest.mark.parametrize(
    ("name", "good"),
    [("PAGE", True), ("NUMPAGES", True), ("SECTIONPAGES", True), ("INCLUDETEXT", False),
     ("LINK", False), ("DDE", False), ("DATABASE", False), ("HYPERLINK", False), ("DATE", False)],
)  # fmt: skip
def test_the_fields_it_names_are_judged_so(name: str, *, good: bool) -> None:
    assert name in PAGE
    assert (problems(house(page(para(field(name)))), "minutes") == ()) is good
