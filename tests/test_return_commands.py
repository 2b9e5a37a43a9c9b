"""The commands about returns before a meeting, as another program would use them. All invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from panelkit import cli
from panelkit.domain import entries as e
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.returns import return_of
from panelkit.domain.vocabulary import ReturnAnswer
from panelkit.services.chairing import new_id
from tests.desk import make_desk
from tests.return_files import filled_word, filled_workbook
from tests.services.test_chasing import HOUSING, POLICE, as_closed, fresh_meeting, with_action

REF = "HM-0901-1"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A planned meeting, ten people on its list, on a day that is to come wherever this runs."""
    desk = make_desk(tmp_path)
    meeting = with_action(desk, fresh_meeting(desk, "HM-0901"))
    later = meeting.with_facts(held_on=date(2099, 3, 12))
    desk.caseload.record.save(meeting, later, desk.caseload.by(), command=new_id())
    desk.caseload.record.close()
    for name, said in {
        "PANELKIT_DB": tmp_path / "record.db", "PANELKIT_AS": "Dana Pryce", "XDG_STATE_HOME": tmp_path / "s",
        "XDG_CONFIG_HOME": tmp_path / "c",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(said))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def stored(folder: Path) -> Meeting:
    desk = make_desk(folder)
    try:
        return desk.caseload.find(REF)
    finally:
        desk.caseload.record.close()


def forms(record: Path, name: str = HOUSING) -> dict[str, Path]:
    folder = record / "forms"
    result = run("return", "write", REF, "--for", name, "-o", str(folder))
    assert result.exit_code == 0, result.output
    return {path.suffix: path for path in folder.iterdir()}


def test_written_read_kept_and_listed(record: Path) -> None:
    files = forms(record)
    assert set(files) == {".docx", ".xlsx"}
    filled_word(files[".docx"], {"Q1": "Seen twice | yes", "W": "Tracey Example, manager"})
    looked = run("return", "read", str(files[".docx"]))
    assert looked.exit_code == 0
    assert "Seen twice" in looked.output
    assert "Nothing is kept yet" in looked.output
    assert not stored(record).of(e.ReturnLine)
    kept = run("return", "read", str(files[".docx"]), "--yes")
    assert kept.exit_code == 0
    assert [line.text for line in stored(record).live(e.ReturnLine)] == ["Seen twice"]
    said = json.loads(run("return", "list", REF, "--json").output)
    one = next(s for s in said["returns"] if s["organisation"] == HOUSING)
    assert (one["answer"], one["lines"], one["offered"], one["late"]) == ("came", 1, 1, False)
    assert next(s for s in said["returns"] if s["organisation"] == POLICE)["form"] == ""


def test_one_that_cannot_be_read_stops_no_other_and_says_where(record: Path) -> None:
    files = forms(record)
    filled_workbook(files[".xlsx"], {"N": "yes"})
    broken = record / "broken.docx"
    broken.write_bytes(files[".docx"].read_bytes()[:300])
    result = run("return", "read", str(broken), str(files[".xlsx"]), "--yes", "--json")
    assert result.exit_code == 2
    told = json.loads(result.stdout)["returns"]
    assert "broken.docx is damaged" in told[0]["problem"]
    assert (told[1]["answer"], told[1]["kept"]) == ("nil", True)
    there = return_of(stored(record), HOUSING)
    assert there is not None
    assert there.answer is ReturnAnswer.NIL


def test_nil_counts_and_a_second_answer_waits_for_replace(record: Path) -> None:
    result = run("return", "nil", REF, "LHA", "--by", "Tracey Example")
    assert result.exit_code == 0
    assert "not as present" in result.output
    again = run("return", "nil", REF, HOUSING)
    assert isinstance(again.exception, PanelkitError)
    assert "--replace" in again.exception.sentence
    assert run("return", "nil", REF, HOUSING, "--replace").exit_code == 0
    assert len(stored(record).of(e.AgencyReturn)) == 2
    words = run("return", "remind", REF, POLICE)
    assert isinstance(words.exception, PanelkitError)
    forms(record, POLICE)
    said = run("return", "remind", REF, POLICE).output
    assert REF in said
    assert "Invented Person" not in said


def test_an_organisation_that_is_not_invited_is_named_with_those_that_are(record: Path) -> None:
    result = run("return", "nil", REF, "Nobody at all")
    assert isinstance(result.exception, PanelkitError)
    assert HOUSING in result.exception.sentence


def test_what_comes_after_closing_is_for_an_addendum(record: Path) -> None:
    files = forms(record)
    filled_word(files[".docx"], {"Q1": "He was seen | yes"})
    desk = make_desk(record)
    as_closed(desk, desk.caseload.find(REF))
    desk.caseload.record.close()
    said = run("return", "read", str(files[".docx"]), "--yes").output
    assert "panelkit return addendum" in said
    assert not stored(record).live(e.Addendum)
    assert run("return", "addendum", REF, "housing").exit_code == 0
    assert "He was seen" in stored(record).live(e.Addendum)[0].text
