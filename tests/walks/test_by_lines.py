"""One case from its referral to its exit by somebody who uses no screen: commands and plain mode."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import LevelDecision, MeetingRole, MeetingState, Stops
from panelkit.services.clock import system_clock
from panelkit.services.desk import Desk
from panelkit.wiring import Settings
from tests.desk import Clock, make_desk
from tests.plain.meetings import led_by_lines
from tests.walks.course import CASE, CATEGORY, NAME, at, issued_words, name_of, targets


def run(*argv: str, who: str, typed: str = "") -> str:
    result = CliRunner().invoke(cli.app, [*argv, "--as", who], input=typed)
    assert result.exit_code == 0, (argv, result.output, result.exception)
    return result.output


def issued(desk: Desk, ref: str, target: Meeting) -> Meeting:
    """Its minutes led to their issue, by those whose they are."""
    chair, taker = name_of(target, MeetingRole.CHAIR), name_of(target, MeetingRole.MINUTE_TAKER)
    assert stopping(completeness(desk.caseload.find(ref), desk.area), Stops.APPROVAL) == ()
    assert "With the chair" in run("draft", "send", ref, who=taker)
    run("draft", "approve", ref, who=chair, typed="yes\n" * len(desk.area.attestation))
    assert "Issued" in run("draft", "issue", ref, who=taker)
    return desk.caseload.find(ref)


@pytest.mark.reliability
def test_one_case_from_its_referral_to_its_exit_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    clock, steps = Clock(), targets()
    # The commands ask the same clock as the meetings.
    usual = Settings.__init__.__defaults__ or ()
    asked = tuple(clock if each is system_clock else each for each in usual)
    monkeypatch.setattr(Settings.__init__, "__defaults__", asked)
    at(clock, steps[0])
    chair = name_of(steps[0], MeetingRole.CHAIR)
    make_desk(tmp_path, who=chair, clock=clock).caseload.record.close()

    run("referral", "add", "--from", "Harrowmere Police", "--agency", "POL", "--level", "2", "--on", "2026-03-02", who=chair)  # fmt: skip
    run("referral", "decide", "R-1", "accepted", "--reason", "adds_value", "--level", "2", "--on", "2026-03-05", who=chair)  # fmt: skip
    made = run(
        "meeting", "new", CASE, "--name", "-", "--category", CATEGORY, "--level", "2", "--on",
        steps[0].held_on.isoformat(), "--fiction", who=chair, typed=f"{NAME}\n",
    )  # fmt: skip
    assert f"{CASE}-1" in made
    assert f"led to {CASE}" in run("referral", "case", "R-1", CASE, who=chair)

    for number, target in enumerate(steps, start=1):
        ref = f"{CASE}-{number}"
        at(clock, target)
        if number > 1:
            said = run("meeting", "next", CASE, "--on", target.held_on.isoformat(), who=chair)
            assert ref in said
        desk = make_desk(tmp_path, who=name_of(target, MeetingRole.CHAIR), clock=clock)
        led_by_lines(desk, desk.caseload.find(ref), target, monkeypatch)
        assert desk.caseload.find(ref).state is MeetingState.CLOSED
        done = issued(desk, ref, target)
        assert done.state is MeetingState.ISSUED
        assert {place: a.text for place, a in done.answers.items() if place in target.answers} == {
            place: answer.text for place, answer in target.answers.items()
        }
        desk.caseload.record.close()

    desk = make_desk(tmp_path, who=chair, clock=clock)
    last = desk.caseload.find(f"{CASE}-3")
    assert last.value("A15", "level_decision") is LevelDecision.EXIT
    history = run("stats", "history", CASE, who=chair)
    assert "Level 2 from 16 April 2026 to 29 November 2026" in history
    assert "ended: Risk reduced" in history
    words = issued_words(desk, last, tmp_path)
    assert last.text("A18", "chair_summary") in words
