"""The coordinator's page lists every rule, question and figure as the program has it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from panelkit.audit import RULES
from panelkit.audit.kpis import MEASURES
from panelkit.audit.matters import MATTERS

HERE = Path(__file__).parent.parent.parent
PAGE = (HERE / "docs" / "coordinator.md").read_text(encoding="utf-8")


def tool() -> ModuleType:
    path = HERE / "tools" / "make_coordinator_page.py"
    found = importlib.util.spec_from_file_location("make_coordinator_page", path)
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def test_the_page_is_what_the_program_says() -> None:
    assert tool().with_lists(PAGE) == PAGE, "run python tools/make_coordinator_page.py"


def listed(name: str) -> str:
    found = re.search(f"(?s)<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", PAGE)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_listed_once_with_its_source_and_whom_it_is_for(rule: object) -> None:
    rows = [row for row in listed("rules").splitlines() if row.startswith(f"| `{rule.id}` ")]  # type: ignore[attr-defined]
    (row,) = rows
    assert rule.asks in row  # type: ignore[attr-defined]
    assert rule.why in row  # type: ignore[attr-defined]
    assert rule.standing.label.casefold() in row.casefold()  # type: ignore[attr-defined]
    assert row.endswith(f"| {MATTERS[rule.matter].doing.label} |")  # type: ignore[attr-defined]


def test_the_page_lists_no_rule_that_there_is_not() -> None:
    named = re.findall(r"(?m)^\| `(\w+)` ", listed("rules"))
    assert sorted(named) == sorted(rule.id for rule in RULES)


def test_every_figure_has_its_target_and_its_source() -> None:
    for measure in MEASURES:
        (row,) = [r for r in listed("figures").splitlines() if r.startswith(f"| {measure.id} ")]
        assert row.count(" | ") == 3


def test_the_options_that_the_page_shows_are_there() -> None:
    from typer.main import get_command

    from panelkit.cli import app

    options = {
        name for param in get_command(app).commands["audit"].params for name in param.opts  # type: ignore[attr-defined]
    }  # fmt: skip
    for line in re.findall(r"(?m)^    panelkit audit (.*?)(?:#.*)?$", PAGE):
        assert set(re.findall(r"--[a-z-]+", line)) <= options, line
