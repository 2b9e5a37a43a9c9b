"""``panelkit audit --sheet`` and ``panelkit observe`` as people and other programs see them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from panelkit.commands.observing import observe, write
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.wiring import Settings
from tests.desk import Clock
from tests.observing.sheets import ADVISER, COORDINATOR, REF, comment, coordinator, filled, tick


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    coordinator(tmp_path)
    return Settings(db=str(tmp_path / "record.db"), who=COORDINATOR, clock=Clock())


def sheet(settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert write(settings, REF, folder, observer=ADVISER, form_id="", everything=False, as_json=True) == 0  # fmt: skip
    said = json.loads(capsys.readouterr().out)
    assert (said["ref"], said["observer"], said["form"]) == (REF, ADVISER, "L-observed")
    assert said["sheet"] in said["path"]
    return Path(said["path"])


def test_out_and_back_and_looked_at(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    path = sheet(settings, tmp_path, capsys)
    path = filled(path, tick(8, "poor"), comment(1, "8", "Two people talked on."))
    assert observe(settings, str(path), replace=False, as_json=False) == 0
    said = capsys.readouterr().out
    assert "[1 poor]" in said
    assert "Two people talked on." in said
    assert "L-observed: 1 of 4, 25 %, from 1 answers" in said
    assert "not on the attendance list" not in said
    assert observe(settings, str(path), replace=False, as_json=False) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert observe(settings, REF, replace=False, as_json=False) == 0
    said = capsys.readouterr().out
    assert "Two people talked on." in said
    assert f"read by {COORDINATOR}" in said
    assert observe(settings, REF, replace=False, as_json=True) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["observations"][0]["observer"] == ADVISER
    assert data["sheets"][0]["read"] is True


def test_a_changed_sheet_waits_for_replace(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    path = sheet(settings, tmp_path, capsys)
    other = filled(path, tick(8, "excellent"), to="other.docx")
    observe(settings, str(filled(path, tick(8, "poor"))), replace=False, as_json=False)
    capsys.readouterr()
    assert observe(settings, str(other), replace=False, as_json=False) == 1
    said = capsys.readouterr().out
    assert "L4.6 answer: [-poor-]{+excellent+}" in said
    assert "Nothing was stored" in said
    assert observe(settings, str(other), replace=True, as_json=True) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["stored"] is True
    assert data["changes"] == [{"id": "L4.6", "what": "answer", "was": "poor", "now": "excellent"}]


def test_what_was_not_read_ends_in_one(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    write(
        settings,
        REF,
        tmp_path,
        observer="Ira Vance",
        form_id="S12",
        everything=False,
        as_json=False,
    )
    said = capsys.readouterr().out
    assert "Ira Vance is not on the attendance list" in said
    path = Path(said.splitlines()[0])
    path = filled(path, tick(8, "poor"), tick(8, "excellent"), tick(1, "poor"))
    assert observe(settings, str(path), replace=False, as_json=False) == 1
    assert "line 8: It has more than one grade." in capsys.readouterr().out


def test_mistakes_are_one_sentence(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    for ref, everything in (("", False), (REF, True), ("a.toml", False)):
        with pytest.raises(BadInput):
            write(settings, ref, tmp_path, observer=ADVISER, form_id="", everything=everything, as_json=False)  # fmt: skip
    with pytest.raises(Refused, match="nothing that an observer"):
        write(settings, REF, tmp_path, observer=ADVISER, form_id="K", everything=False, as_json=False)  # fmt: skip
    with pytest.raises(BadInput, match="--replace"):
        observe(settings, REF, replace=True, as_json=False)
    with pytest.raises(NotFound):
        observe(settings, str(tmp_path / "gone.docx"), replace=False, as_json=False)
    path = sheet(settings, tmp_path, capsys)
    with pytest.raises(Refused, match="Nothing could be read"):
        observe(settings, str(path), replace=False, as_json=False)
