"""Taking a draft back on screen, by keyboard; each asserts on what was stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.tui.screens.curtain import Curtain
from panelkit.tui.screens.documents import DocumentsScreen
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.takeback import TakeBackScreen
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import Hands, Harness, make_desk
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
HOSTILE = "[/x] [to y] & <z>"


async def settle(pilot: object) -> None:
    for _ in range(6):
        await pilot.pause()  # type: ignore[attr-defined]


def words_of(app: Harness, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_change_is_taken_one_left_and_the_rest_is_in_the_tray(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    meeting, path = draft_of(desk)
    measure = meeting.of(e.Measure)[0]

    def typed(root: etree._Element) -> None:
        say(paragraph_with(root, meeting.text(*A6)), f"New summary {HOSTILE}")
        say(paragraph_with(root, measure.text), "Another measure")
        body = root.find(f"{W}body")
        body.insert(len(body) - 1, new_paragraph(f"Loose {HOSTILE}"))

    edit(path, typed)
    app = Harness(desk, REF)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "take back")
        await settle(pilot)
        app.push_screen(DocumentsScreen(desk, app.meeting_screen.session.meeting))
        await settle(pilot)
        await hands.type("take back")
        await hands.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TakeBackScreen)
        await hands.press("enter")  # the draft written last is at hand
        await settle(pilot)
        assert "{+New summary" in words_of(app, "#difference")
        assert HOSTILE in words_of(app, "#tray")
        await hands.press("a")
        await hands.press("ctrl+s")
        await settle(pilot)
        assert app.stored.text(*A6) == meeting.text(*A6), "one is not decided yet"
        await hands.press("r", "n", "ctrl+s")
        await settle(pilot)
        assert app.stored.text(*A6) == f"New summary {HOSTILE}"
        assert app.stored.of(e.Note)[-1].text == f"Loose {HOSTILE}"
        assert app.stored.of(e.Measure)[0].text == measure.text
        assert app.meeting_screen.session.meeting.text(*A6) == f"New summary {HOSTILE}"
        assert desk.taking_back.edited_since_written(meeting) == ()


async def test_accept_all_leaves_what_must_be_looked_at(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    meeting, path = draft_of(desk)
    measure = meeting.of(e.Measure)[0]
    desk.chairing.record_answer(meeting, *A6, "Changed in the record.")

    def typed(root: etree._Element) -> None:
        say(paragraph_with(root, meeting.text(*A6)), "Changed in Word.")
        say(paragraph_with(root, measure.text), "Another measure")

    named = edit(path, typed, to="from the mail.docx")
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "take back all")
        await settle(pilot)
        screen = TakeBackScreen(desk, meeting)
        app.push_screen(screen)
        await settle(pilot)
        screen.read(named)
        await settle(pilot)
        await hands.press("l", "ctrl+s")
        assert "1 still to decide" in words_of(app, ".problem")
        assert "Changed in the record." in words_of(app, "#difference")
        await hands.press("r", "ctrl+s")
        await settle(pilot)
        assert app.stored.text(*A6) == "Changed in the record."
        assert app.stored.of(e.Measure)[0].text == "Another measure"


async def test_leaving_stores_nothing_and_o_opens_the_place(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Changed in Word."))
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "open the place")
        await settle(pilot)
        app.push_screen(TakeBackScreen(desk, meeting))
        await settle(pilot)
        await hands.press("enter", "a", "o")
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
        assert app.meeting_screen.current == "A6"
        assert app.stored.text(*A6) == meeting.text(*A6)


async def test_nothing_is_taken_back_on_a_screen_that_is_shared(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Secretword."))
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "masked")
        await settle(pilot)
        await hands.press("f12")
        app.push_screen(TakeBackScreen(desk, meeting))
        await settle(pilot)
        assert isinstance(app.screen, Page)
        await hands.press("escape")
        await settle(pilot)
        assert app.screen is app.meeting_screen
        app.set_mask(by_person=False, by_idleness=False)
        app.push_screen(TakeBackScreen(desk, meeting))
        await settle(pilot)
        await hands.press("enter")
        await settle(pilot)
        assert "Secretword" in words_of(app, "#difference")
        await hands.press("f12")
        await settle(pilot)
        assert isinstance(app.screen, Curtain), "what was open is covered"


async def test_a_file_that_cannot_be_taken_back_says_why_and_the_screen_goes_on(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=REVIEW)
    (tmp_path / "notes.docx").write_bytes(b"not a Word file")
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = TakeBackScreen(desk, desk.caseload.find(REF))
        app.push_screen(screen)
        await settle(pilot)
        screen.read(tmp_path / "notes.docx")
        await settle(pilot)
        assert "is not a Word file" in words_of(app, ".problem")
        assert not screen.query_one("#changes", RowList).display
