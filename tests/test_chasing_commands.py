"""The commands about what is chased, as another program would use them. All invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from panelkit import cli
from panelkit.domain.errors import PanelkitError
from tests.desk import make_desk
from tests.services.test_chasing import HOUSING, as_closed, fresh_meeting, review, with_action


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed meeting with a late action and one that is not, and the planned one after it."""
    desk = make_desk(tmp_path)
    meeting = with_action(desk, fresh_meeting(desk, "HM-0901"), due=date(2025, 1, 2))
    meeting = with_action(desk, meeting, text="Find a bed", due=date(2099, 1, 2), organisation="Harrowmere Police")  # fmt: skip
    as_closed(desk, meeting, date(2024, 5, 1))  # whatever day it is where this runs
    review(desk, "HM-0901")
    desk.caseload.record.close()
    for name, said in {
        "PANELKIT_DB": tmp_path / "record.db", "PANELKIT_AS": "Dana Pryce", "XDG_STATE_HOME": tmp_path / "s",
        "XDG_CONFIG_HOME": tmp_path / "c",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(said))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def refused(*words: str) -> str:
    result = run(*words)
    assert isinstance(result.exception, PanelkitError)
    assert result.exception.exit_code == 2
    return result.exception.sentence


def test_actions_as_data(record: Path) -> None:
    result = run("actions", "--overdue", "--agency", "housing", "--json")
    assert result.exit_code == 0
    said = json.loads(result.output)
    assert said["filter"] == "is:overdue @housing"
    assert said["organisations"] == [HOUSING]
    (one,) = said["actions"]
    assert (one["ref"], one["due"], one["overdue"], one["set_at"], one["meeting"]) == (
        "HM-0901 1.1", "2025-01-02", True, "HM-0901-1", "HM-0901-2",
    )  # fmt: skip
    assert json.loads(run("actions", "--json").output)["actions"][1]["ref"] == "HM-0901 1.2"
    # What a shell took the quotation marks from is one word; one line may hold the whole filter.
    for words in (("mrs secretname",), ("is:overdue @housing",), ("@council housing",)):
        assert [a["ref"] for a in json.loads(run("actions", *words, "--json").output)["actions"]] == ["HM-0901 1.1"]  # fmt: skip
    assert json.loads(run("actions", "--json", "--", "-@housing").output)["actions"][0]["ref"] == "HM-0901 1.2"  # fmt: skip


def test_a_word_that_is_not_understood_is_the_person_s_mistake(record: Path) -> None:
    assert "colour: is not understood. Possible: @agency" in refused("actions", "colour:red")
    assert "Possible: is:open" in refused("actions", "is:late")


def test_a_reminder_from_end_to_end(record: Path) -> None:
    path = record / "r.xlsx"
    said = run("reminder", "write", "housing", "-o", str(path)).output
    assert path.exists()
    assert "Nothing is sent by panelkit." in said
    (one,) = json.loads(run("reminder", "list", "--json").output)["reminders"]
    assert (one["organisation"], one["actions"], one["sent_on"]) == (HOUSING, 1, "")
    assert "sent on" in run("reminder", "sent", one["ref"]).output
    assert run("reminder", "nil", one["ref"], "--by", "Tracey Lumb").exit_code == 0
    assert "Nothing to report" in run("actions", "@housing").output
    assert "There is no reminder" in refused("reminder", "sent", "RM-ZZ")
    assert "may be" in refused("reminder", "write", "harrowmere", "-o", str(record / "x.docx"))


def test_the_log_who_misses_meetings_and_what_is_owed(record: Path) -> None:
    assert run("escalation", "add", "HM-0901 1.1", "--to", "Head of housing").exit_code == 0
    (told,) = json.loads(run("escalation", "list", "--waiting", "--json").output)["escalations"]
    assert (told["of"], told["to"], told["by"]) == ("HM-0901 1.1", "Head of housing", "Dana Pryce")
    assert run("escalation", "answer", told["ref"], "--words", "A bed").exit_code == 0
    assert json.loads(run("escalation", "list", "--waiting", "--json").output)["escalations"] == []
    assert run("spoc", "set", HOUSING, "A desk", "--contact", "01632 960001").exit_code == 0
    assert "01632 960001" in run("spoc", "list").output
    assert "01632" not in run("actions", "@housing").output
    result = run("missing", "--from", "2024-05-01", "--to", "2024-05-30", "--json")
    assert (result.exit_code, json.loads(result.output)["organisations"]) == (0, [])
    result = run("upload", "list", "--since", "2024-05-01", "--json")
    updates = json.loads(result.output)["updates"]
    assert {u["meeting"] for u in updates} == {"HM-0901-1"}
    assert run("upload", "done", "HM-0901-1").exit_code == 0
    assert json.loads(run("upload", "list", "--since", "2024-05-01", "--json").output)["updates"] == []  # fmt: skip
    assert "There is no update" in refused("upload", "sheet", "HM-0901-1", "nonsense")


def test_an_outcome_told_between_meetings(record: Path) -> None:
    words = ("--words", "The flat is let", "--by", "Gail Postern")
    assert run("action", "settle", "HM-0901 1.1", "complete", *words).exit_code == 0
    assert json.loads(run("actions", "is:done", "--json").output)["actions"][0]["status"] == "complete"  # fmt: skip
    assert "is no action" in refused("action", "settle", "HM-0901", "complete", *words)
