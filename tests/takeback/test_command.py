"""``panelkit take-back`` as other programs and people see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from panelkit.commands.taking_back import difference, take_back
from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput, NotFound
from panelkit.wiring import Settings
from tests.desk import CHAIR, Clock, make_desk
from tests.takeback.editing import (
    REF,
    REVIEW,
    W,
    draft_of,
    edit,
    new_paragraph,
    paragraph_with,
    say,
)

A6 = ("A6", "offence_summary")


@pytest.fixture
def made(tmp_path: Path):
    """A desk, a draft edited in two places with a loose paragraph, and settings."""
    desk = make_desk(tmp_path, samples=REVIEW)
    meeting, path = draft_of(desk)
    measure = meeting.of(e.Measure)[0]

    def typed(root) -> None:
        say(paragraph_with(root, meeting.text(*A6)), "A new summary.")
        say(paragraph_with(root, measure.text), f"{measure.text} Twice.")
        body = root.find(f"{W}body")
        body.insert(len(body) - 1, new_paragraph("Loose."))

    settings = Settings(db=str(tmp_path / "record.db"), who=CHAIR, clock=Clock())
    return desk, edit(path, typed), settings, measure


def test_without_accept_it_shows_and_stores_nothing(made, capsys) -> None:
    desk, path, settings, _measure = made
    before = desk.caseload.find(REF)
    assert take_back(settings, path, "", as_json=False) == 1
    out = capsys.readouterr().out
    assert "{+ Twice.+}" in out
    assert "Loose." in out
    assert "Nothing was stored" in out
    assert desk.caseload.find(REF) == before
    assert desk.taking_back.edited_since_written(before) == (path,)


def test_json_says_what_was_accepted(made, capsys) -> None:
    desk, path, settings, measure = made
    assert take_back(settings, path, "2", as_json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ref"] == REF
    assert [c["accepted"] for c in said["changes"]] == [False, True]
    assert said["changes"][1]["now"] == f"{measure.text} Twice."
    assert said["refused"] == []
    assert [u["text"] for u in said["unplaced"]] == ["Loose."]
    stored = desk.caseload.find(REF)
    assert stored.of(e.Measure)[0].text == f"{measure.text} Twice."
    assert stored.text(*A6) != "A new summary."


def test_accept_all_stores_and_accept_none_settles_the_file(made, capsys) -> None:
    desk, path, settings, _measure = made
    take_back(settings, path, "none", as_json=False)
    assert desk.caseload.find(REF).text(*A6) != "A new summary."
    assert desk.taking_back.edited_since_written(desk.caseload.find(REF)) == ()
    take_back(settings, path, "all", as_json=False)
    assert desk.caseload.find(REF).text(*A6) == "A new summary."
    assert "Stored: 2." in capsys.readouterr().out


@pytest.mark.parametrize(("accept", "error"), [("some", BadInput), ("9", NotFound)])
def test_a_wrong_answer_stores_nothing(made, accept: str, error: type[Exception]) -> None:
    desk, path, settings, _measure = made
    before = desk.caseload.find(REF)
    with pytest.raises(error):
        take_back(settings, path, accept, as_json=False)
    assert desk.caseload.find(REF) == before


def test_a_difference_in_words() -> None:
    assert difference("He was seen.", "He was not seen.") == "He was {+not +}seen."
    assert difference("old words", "") == "[-old words-]"
