"""The page about people shows who may do what as the program has it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from panelkit.domain.people import MAY, Act, Role

HERE = Path(__file__).parent.parent.parent
PAGE = (HERE / "docs" / "people.md").read_text(encoding="utf-8")


def test_the_table_is_what_the_services_ask() -> None:
    found = importlib.util.spec_from_file_location("p", HERE / "tools" / "make_people_page.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    assert made.with_roles(PAGE) == PAGE, "run python tools/make_people_page.py"
    rows = [row for row in PAGE.splitlines() if row.startswith("| ") and " yes " in row]
    assert len(rows) == len(Act)
    assert sum(row.count(" yes ") for row in rows) == sum(len(MAY[act]) for act in Act)
    assert all(role.label in PAGE for role in Role)
