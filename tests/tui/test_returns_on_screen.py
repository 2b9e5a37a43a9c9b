"""Returns key by key: asserted on what was stored. Everything is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.attendance import present
from panelkit.domain.returns import return_of
from panelkit.domain.vocabulary import ReturnAnswer, ReturnUse
from panelkit.opened.sharing import SHARING
from panelkit.services.desk import Desk
from panelkit.tui.screens.returns.screen import ReturnList
from panelkit.tui.screens.returns.words import ReturnWords
from panelkit.tui.widgets.returnbox import ReturnBox
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Line
from tests.desk import Harness, fresh_meeting, make_desk
from tests.return_files import filled_word
from tests.services.test_chasing import HOUSING

REF = "HM-0903-1"
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path)
    fresh_meeting(made, "HM-0903")
    return made


def form_of(desk: Desk) -> Path:
    done = desk.returns.write(REF, desk.documents, organisation=HOUSING)
    return next(f.path for f in done.forms[0].files if f.path.suffix == ".docx")


def seen(app: Harness) -> str:
    return "\n".join(str(widget.render()) for widget in app.screen.query("Static"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_is_shown_first_and_kept_with_enter(desk: Desk, size: tuple[int, int]) -> None:
    path = form_of(desk)
    filled_word(path, {"Q1": "Seen twice | yes", "W": "Tracey Example, manager"})
    app = Harness(desk, REF)
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+f", "B")
        assert isinstance(app.screen, ReturnList)
        await pilot.press("b")
        app.screen.query_one("#file", Line).load(str(path))
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, ReturnWords)
        assert "Seen twice" in seen(app)
        await pilot.press("escape")
        assert not app.stored.of(e.ReturnLine), "Esc keeps nothing"
        await pilot.press("b")
        app.screen.query_one("#file", Line).load(str(path))
        await pilot.press("ctrl+s")
        await pilot.press("enter")
        assert isinstance(app.screen, ReturnList)
        assert [line.text for line in app.stored.live(e.ReturnLine)] == ["Seen twice"]
        assert not present(app.stored)
        await pilot.press("escape")
        assert app.meeting_screen.session.meeting == app.stored, "the chair's screen has it too"


async def test_a_file_that_is_none_is_said_under_its_question(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "scan.pdf"
    other.write_bytes(b"%PDF")
    app = Harness(desk, REF)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+f", "B", "b")
        app.screen.query_one("#file", Line).load(str(other))
        await pilot.press("ctrl+s")
        assert "neither a Word file nor a workbook" in seen(app)


async def test_a_nil_return_is_said_by_two_answers(desk: Desk) -> None:
    app = Harness(desk, REF)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+f", "B")
        names = [s.organisation for s in app.screen.listed]  # type: ignore[attr-defined]
        await pilot.press(*["down"] * names.index(HOUSING), "n")
        app.screen.query_one("#by", Line).load("Tracey Example")
        await pilot.press("ctrl+s")
        one = return_of(app.stored, HOUSING)
        assert one is not None
        assert (one.answer, one.filled_by) == (ReturnAnswer.NIL, "Tracey Example")


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_is_taken_at_its_item_by_one_key_and_is_hidden_on_a_shared_screen(
    desk: Desk, size: tuple[int, int]
) -> None:
    path = form_of(desk)
    filled_word(path, {"Q4": "Rent stops in May | yes", "Q1": "Quiet words | no"})
    desk.returns.keep(desk.returns.read(path))
    meeting = desk.chairing.start(desk.caseload.find(REF))
    desk.chairing.statement_given(meeting, "read")
    app = Harness(desk, REF)
    async with app.run_test(size=size) as pilot:
        await app.meeting_screen.go_to("A10")
        box = app.meeting_screen.pane.query_one(ReturnBox)  # type: ignore[union-attr]
        rows = box.query_one(RowList)
        assert any("Rent stops in May" in row.under for row in box.rows())
        rows.focus()
        await pilot.press("t")
        note = app.stored.live(e.Note)[0]
        assert (note.place, note.speaker) == ("A10", HOUSING)
        assert note.text.startswith("From the return of")
        assert [line.use for line in app.stored.live(e.ReturnLine) if line.place == "A10"] == [
            ReturnUse.TAKEN
        ]
        await app.meeting_screen.go_to("A7")
        quiet = app.meeting_screen.pane.query_one(ReturnBox)  # type: ignore[union-attr]
        quiet.query_one(RowList).focus()
        await pilot.press("t")
        assert not app.stored.live(e.Contribution), "its giver does not agree"
        SHARING.by_person = True
        try:
            assert not any("Quiet words" in f"{row.under}{row.cells}" for row in quiet.rows())
        finally:
            SHARING.forget()


async def test_what_comes_in_while_the_panel_meets_is_offered_at_once(desk: Desk) -> None:
    path = form_of(desk)
    filled_word(path, {"Q4": "Rent stops in May | yes"})
    meeting = desk.chairing.start(desk.caseload.find(REF))
    desk.chairing.statement_given(meeting, "read")
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.meeting_screen.go_to("A10")
        pane = app.meeting_screen.pane
        assert pane is not None
        assert not pane.query(ReturnBox)
        desk.returns.keep(desk.returns.read(path))
        app.meeting_screen.session.reload()
        await pilot.pause()
        assert pane.query_one(ReturnBox).rows()
