"""A live case taken on by command. All of it is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.desk import Desk
from tests.desk import make_desk
from tests.services.test_taking_on import minutes
from tests.test_referral_commands import run


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = make_desk(tmp_path)
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    (tmp_path / "m.docx").write_bytes(minutes())
    return desk


def test_lines_are_decided_by_their_numbers_and_stored_together(desk: Desk, tmp_path: Path) -> None:
    path = str(tmp_path / "m.docx")
    told = json.loads(run("start", path, "--confirm-sure", "--json", code=1))
    left = {each["number"]: each for each in told["lines"] if each["choice"] == "open"}
    dateless = next(
        n for n, each in left.items() if each["values"].get("text") == "Send the care plan"
    )
    ownerless = next(
        n for n, each in left.items() if each["values"].get("text") == "Check the tenancy"
    )
    assert left[dateless]["look"] == ["no date"]
    with pytest.raises(Refused, match="neither confirmed nor left out"):
        run("start", path, "--store")
    others = ",".join(str(n) for n in left if n not in (dateless, ownerless))
    shown = run("start", path, "--set", f"{dateless}.due=20/10/2026", "--leave", str(ownerless), "--confirm", others, code=1)  # fmt: skip
    assert "Nothing stops it: say --store." in shown
    assert "The next meeting of NM-771 starts from it." in run("start", path, "--store")
    stored = desk.caseload.find("NM-771-2")
    assert stored.state is MeetingState.ELSEWHERE
    texts = {a.text: str(a.due) for a in stored.of(e.Action)}
    assert texts["Send the care plan"] == "2026-10-20"
    assert "Check the tenancy" not in texts
    assert "its minutes were made there" in run("list")
    assert "read on 23 November 2026" not in run("list")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--confirm", "999"], "lines have numbers from 1 to"),
        (["--set", "1.colour=red"], "line 1 has ref"),
        (["--set", "5.held_on=31/2/2026"], "a date such as"),
    ],
)
def test_what_is_said_wrongly_changes_nothing(
    desk: Desk, tmp_path: Path, more: list[str], said: str
) -> None:
    path = str(tmp_path / "m.docx")
    run("start", path, code=1)
    before = desk.taking_on.begun()
    with pytest.raises(BadInput, match=said):
        run("start", path, *more)
    assert desk.taking_on.begun() == before
    assert "Thrown away" in run("start", path, "--throw-away")
    assert desk.taking_on.begun() == ()
