"""The commands about changes of guidance and forms. Area and figures are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused

AREA = """
name = "Riverdale"
extends = "national"
[timescales]
minutes_l2_working_days = { value = 8, source = "Riverdale protocol 4.2 [V]" }
[agenda.A9]
say = "Victim liaison first."
[agenda.X1]
after = "A14"
title = "Learning from this case"
short = "Learning"
say = "What should other panels learn from this?"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The area's file, after a record began to look."""
    made = tmp_path / "riverdale.toml"
    made.write_text(AREA)
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    monkeypatch.setenv("PANELKIT_AREA", str(made))
    run("init", "--unencrypted", "--db", str(tmp_path / "record.db"))
    assert "Nothing changed" in run("changes", "list")
    return made


def run(*argv: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli.app, [*argv, "--as", "Ana Example"] if argv[0] == "changes" else list(argv))  # fmt: skip
    if isinstance(result.exception, PanelkitError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def changed(file: Path) -> None:
    text = file.read_text().replace("value = 8,", "value = 12,")
    text = text.replace("Victim liaison first.", "The officer speaks first.")
    file.write_text(text + '[agenda.X1.fields.told]\nlabel = "Who is told"\n')


def test_changes_are_listed_shown_accepted_kept_and_taken_back(file: Path) -> None:
    changed(file)
    told = run("changes", "list")
    assert "3 changes of guidance or forms to look at, Riverdale." in told
    assert told.index("Agenda") < told.index("agenda.A9.say") < told.index("Figures and dates")
    shown = run("changes", "show", "timescales.minutes_l2_working_days")
    for words in (
        "Was: 8", "Source: Riverdale protocol 4.2 [V]", "Now: 12", "[-8-]{+12+}",
        "What it means: Every date that is worked out from it", "Stands in riverdale.toml",
    ):  # fmt: skip
        assert words in shown
    kept = run("changes", "keep", "timescales.minutes_l2_working_days", "--because", "our board")
    assert "because our board" in kept
    assert "2 changes of guidance or forms left." in kept
    assert "Nothing is left to look at." in run("changes", "accept", "--all")
    decided = run("changes", "decided", "--kept")
    assert "Ana Example: kept local  Minutes Level 2 working days" in decided
    assert "accepted" not in decided
    data = json.loads(run("changes", "decided", "--json"))["decisions"]
    assert data[0]["because"] == "our board"
    assert [one["holds"] for one in data if one["place"].startswith("timescales")] == [True]
    assert "The change waits again" in run("changes", "undo", "1", "--because", "a mistake")
    (waits,) = json.loads(run("changes", "list", "--json"))["changes"]
    assert (waits["was"], waits["now"], waits["can_be_kept"]) == ("8", "12", True)
    assert "TAKEN BACK: a mistake" in run("changes", "decided")


def test_what_cannot_be_is_one_sentence_with_a_way_on(file: Path) -> None:
    changed(file)
    with pytest.raises(NotFound) as nothing:
        run("changes", "show", "99")
    assert "panelkit changes list" in nothing.value.sentence
    with pytest.raises(BadInput, match="Say which changes, or --all"):
        run("changes", "accept")
    with pytest.raises(Refused) as refused:
        run("changes", "keep", "agenda.X1.fields.told", "--because", "our board")
    assert "There was nothing before it" in refused.value.sentence
    with pytest.raises(NotFound, match="There is no decision 4"):
        run("changes", "undo", "4", "--because", "b")


def test_what_is_kept_is_said_where_the_settings_are_said(file: Path) -> None:
    changed(file)
    run("changes", "keep", "timescales.minutes_l2_working_days", "--because", "our board")
    said = run("where", "--json")
    kept = json.loads(said)["kept local"]
    assert kept.startswith("timescales.minutes_l2_working_days kept local since")
    assert kept.endswith("because our board")
