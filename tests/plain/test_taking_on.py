"""Minutes made elsewhere gone through question by question. All of it is invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from panelkit.domain import entries as e
from panelkit.domain.taking_on import Choice
from panelkit.plain.reading import Script
from panelkit.plain.taking_on import go_through
from panelkit.plain.voice import Voice
from panelkit.services.desk import Desk
from tests.desk import make_desk
from tests.services.test_taking_on import read


def said(desk: Desk, folder: Path, *answers: str) -> tuple[int, str]:
    """The code and everything that was said."""
    heard: list[str] = []
    half = read(desk, folder)
    code = go_through(desk.taking_on, half, Script(answers), Voice(heard.append))
    return code, "".join(heard)


def test_every_line_is_asked_about_and_stored_at_the_end(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    code, heard = said(desk, tmp_path, *(["sure", "yes"] * 40))
    assert code == 0
    assert "Look at it: no date." in heard
    assert 'table 3, row 4, under "Actions"' in heard
    assert "Stored: NM-771-2, held elsewhere." in heard
    assert len(desk.caseload.find("NM-771-2").of(e.Action)) == 6


def test_an_answer_is_kept_at_once_and_the_next_run_goes_on_there(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    code, _heard = said(desk, tmp_path, "yes", "leave", "yes")
    assert code == 1, "the script has ended before the lines"
    (half,) = desk.taking_on.begun()
    decided = [each.id for each in half.lines if each.choice is not Choice.OPEN]
    code, heard = said(desk, tmp_path, "stop")
    assert code == 1
    assert "Kept. The same command goes on here." in heard
    assert [e.id for e in desk.taking_on.begun()[0].lines if e.choice is not Choice.OPEN] == decided


def test_a_part_is_corrected_and_what_is_no_answer_ends_a_script(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    half = read(desk, tmp_path)
    ids = [each.id for each in half.lines if each.what != "actions" and each.choice is Choice.OPEN]
    desk.taking_on.choose(half, ids, Choice.CONFIRMED)
    # The first that needs a look: the dateless one. Text, owner and organisation stay.
    code, heard = said(desk, tmp_path, "correct", "", "", "", "20 October 2026", "-", "perhaps")
    assert code == 2
    assert "That is no answer." in heard
    (half,) = desk.taking_on.begun()
    (kept,) = [each for each in half.lines if each.choice is Choice.CORRECTED]
    assert date.fromisoformat(kept.values["due"]) == date(2026, 10, 20)
    assert kept.values["owner"] == "Marcus Hale"
