"""The page about figures lists every table, figure and rule as the program has it."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

from typer.main import get_command

from panelkit.cli import app
from panelkit.domain.counting import RULES
from panelkit.domain.manual_figures import ASKED, QUARTERLY
from panelkit.stats.annual import ANNUAL
from panelkit.stats.quarterly import MEASURES

HERE = Path(__file__).parent.parent.parent
PAGE = (HERE / "docs" / "figures.md").read_text(encoding="utf-8")


def test_the_lists_are_what_the_program_has() -> None:
    found = importlib.util.spec_from_file_location("f", HERE / "tools" / "make_figures_page.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    assert made.with_lists(PAGE) == PAGE, "run python tools/make_figures_page.py"
    for spec in ANNUAL:
        assert len(re.findall(rf"(?m)^\| {spec.id} \|", PAGE)) == 1
    for measure in MEASURES:
        assert len(re.findall(rf"(?m)^\| {measure.block} \| {measure.id} ", PAGE)) == 1
    for asked in QUARTERLY:
        assert f"| `Q3.{asked.id}` | {asked.label} |" in PAGE
    for one in (*ASKED, *RULES):
        assert len(re.findall(rf"(?m)^\| `{re.escape(one.id)}` \|", PAGE)) == 1


def test_the_commands_that_the_page_shows_are_there() -> None:
    groups = get_command(app).commands  # type: ignore[attr-defined]
    shown = re.findall(r"(?m)^    panelkit (stats|referral|meeting|smb) (.*?(?:\\\n.*)?)$", PAGE)
    assert len(shown) >= 20
    for group, line in shown:
        verb, *words = shlex.split(line.replace("\\\n", " "), comments=True)
        options = {name for param in groups[group].commands[verb].params for name in param.opts}
        assert {word for word in words if word.startswith("-")} <= options, line
