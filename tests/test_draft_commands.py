"""A case begun, and minutes led from draft to issue, by command. All of it invented."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingRole, MeetingState
from panelkit.services.desk import Desk
from tests.desk import CHAIR, make_desk

REVIEW = "WM-0143-3"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    return desk


def run(*argv: str, who: str = CHAIR, typed: str = "", code: int | None = 0) -> str:
    result = CliRunner().invoke(cli.app, [*argv, "--as", who], input=typed)
    if isinstance(result.exception, PanelkitError):
        raise result.exception
    assert result.exit_code == code or code is None, result.output
    return result.output


def role(desk: Desk, role: MeetingRole) -> str:
    person = desk.caseload.find(REVIEW).role(role)
    assert person is not None
    return person.name


def test_minutes_go_from_draft_to_issue_and_are_frozen(desk: Desk) -> None:
    chair, taker = role(desk, MeetingRole.CHAIR), role(desk, MeetingRole.MINUTE_TAKER)
    desk.chairing.close(desk.caseload.find(REVIEW))
    assert "Draft. Minute taker (" in run("draft", "show", REVIEW, code=None)
    run("draft", "send", REVIEW, who=taker)
    run("draft", "comment", REVIEW, "--section", "Risk", "--words", "-", who=chair, typed="Say who says so.\n")  # fmt: skip
    assert "Draft" in run("draft", "return", REVIEW, who=chair)
    shown = run("draft", "show", REVIEW, code=None)
    assert "Comment 1 on Risk: Say who says so." in shown
    assert "Next: Send to the chair, by the minute taker." in shown
    run("draft", "settle", REVIEW, "1", "--words", "Written up.", who=taker)
    run("draft", "send", REVIEW, who=taker)
    (comment,) = desk.caseload.find(REVIEW).live(e.Comment)
    assert (comment.text, comment.answer) == ("Say who says so.", "Written up.")

    statements = desk.area.attestation
    yes = "yes\n" * len(statements)
    owed = desk.minutes_life.owed(desk.caseload.find(REVIEW))
    reason = ["--reason", "The rest follows in an addendum."] if owed else []
    with pytest.raises(Refused, match="Only the chair"):
        run("draft", "approve", REVIEW, *reason, who=taker, typed=yes)
    said = run("draft", "approve", REVIEW, *reason, who=chair, typed="yes\nno\n", code=1)
    assert f"Statement 2 of {len(statements)}: {statements[1]}" in said
    assert f"the minutes of {REVIEW} are as they were" in said
    assert desk.caseload.find(REVIEW).state is MeetingState.CLOSED
    assert "Approved. Minute taker" in run("draft", "approve", REVIEW, *reason, who=chair, typed=yes)  # fmt: skip
    run("draft", "withdraw", REVIEW, "--reason", "A date is wrong.", who=chair)
    assert desk.caseload.find(REVIEW).state is MeetingState.CLOSED
    run("draft", "approve", REVIEW, *reason, who=chair, typed=yes)
    assert "Issued" in run("draft", "issue", REVIEW, who=taker)
    meeting = desk.caseload.find(REVIEW)
    assert meeting.state is MeetingState.ISSUED
    assert {one.kind for one in desk.caseload.record.issued(meeting.id)} == {"full", "actions"}
    data = json.loads(run("draft", "show", REVIEW, "--json", code=None))
    assert (data["stage"], data["waits_on"], data["next"]) == ("issued", "", ["amend"])


def test_what_is_not_possible_is_said_and_nothing_changes(desk: Desk) -> None:
    with pytest.raises(Refused, match="notes"):
        run("draft", "send", REVIEW)
    with pytest.raises(Refused, match="is in progress"):
        run("draft", "issue", REVIEW)
    desk.chairing.close(desk.caseload.find(REVIEW))
    with pytest.raises(NotFound, match="no comment 7"):
        run("draft", "settle", REVIEW, "7")
    with pytest.raises(BadInput, match="no words"):
        run("draft", "comment", REVIEW, "--words", "-", typed="\n")
    assert desk.caseload.find(REVIEW).live(e.Comment) == ()


def test_a_case_is_begun_and_goes_on_by_command(desk: Desk) -> None:
    day = date.today() + timedelta(days=21)  # noqa: DTZ011 - as the commands have it
    held, born = f"{day.day} {day:%B %Y}", date(day.year - 16, 1, 1)
    made = run(
        "meeting", "new", "HM-7001", "--name", "-", "--category", "2", "--born", born.isoformat(), "--where",
        "custody", "--on", held, "--fiction", typed="Invented Child\n",
    )  # fmt: skip
    assert f"HM-7001-1  L2 initial, meeting 1  {held}" in made
    assert "youth" in made.casefold(), "what the age changes is said"
    meeting = desk.caseload.find("HM-7001-1")
    assert (meeting.case.name, meeting.case.category, meeting.case.born, meeting.case.fiction) == (
        "Invented Child", Category.TWO, born, True,
    )  # fmt: skip
    assert (meeting.kind, meeting.level) == (MeetingKind.INITIAL, Level.TWO)

    closed = desk.chairing.close(desk.caseload.find(REVIEW))
    due = closed.day("A18", "next_review_date")
    data = json.loads(run("meeting", "next", "WM-0143", "--json"))
    following = desk.caseload.find(data["ref"])
    assert (following.ref, following.kind, following.held_on) == ("WM-0143-4", MeetingKind.REVIEW, due)  # fmt: skip
    assert following.level == (closed.chosen("A18", "next_level", Level) or closed.level)
    assert any(answer.is_unconfirmed for answer in following.answers.values())


def test_a_case_that_cannot_be_begun_so_makes_nothing(desk: Desk) -> None:
    new = ["meeting", "new", "HM-7001", "--name", "N", "--category", "2", "--on", "today"]
    for more, said in (
        (["--kind", "review"], "has a meeting before it"),
        (["--level", "1"], "held at Level 2 or 3"),
        (["--where", "the moon"], "no such place"),
        (["--born", "yesterday"], "--born is a day"),
    ):
        with pytest.raises(BadInput, match=said):
            run(*new, *more)
    with pytest.raises(BadInput, match="--on"):
        run(*new[:-1], "Febtober")
    with pytest.raises(BadInput, match="is the first of a case"):
        run("meeting", "next", "WM-0143", "--kind", "initial")
    with pytest.raises(NotFound):
        run("meeting", "next", "HM-7001", "--on", "today", "--level", "2")
    with pytest.raises(BadInput, match="names no day"):
        run("meeting", "next", "HM-7001")
    assert desk.caseload.record.find_case("HM-7001") is None
