"""A live case taken on from its last Word minutes, key by key; what is asserted is what was stored.

Every person, case and place is invented.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.taking_on import Choice, Group, is_sure, marked
from panelkit.domain.vocabulary import MeetingState
from panelkit.tui.screens.newmeeting import NewMeeting
from panelkit.tui.screens.takingon.file import MinutesFile
from panelkit.tui.screens.takingon.lineform import LineForm
from panelkit.tui.screens.takingon.screen import TakingOnScreen
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Line
from tests.desk import make_desk
from tests.services.test_taking_on import action, minutes, read
from tests.tui.program import Program, settle
from tests.tui.test_referrals_on_screen import press, to_row
from tests.tui.test_statistics import fill, wrong


def under(app: Program) -> str:
    """What is said under the lines."""
    return str(app.screen.query_one(".said", Static).content)


async def named(pilot: Pilot[None], app: Program, path: Path) -> TakingOnScreen:
    """From home to the lines of a document."""
    await press(pilot, "f5", *"word minutes", "enter")
    assert isinstance(app.screen, MinutesFile)
    app.screen.query_one(Line).text = str(path)
    app.screen.query_one(Line).focus()
    await press(pilot, "enter")
    assert isinstance(app.screen, TakingOnScreen)
    return app.screen


async def test_a_case_is_taken_on_with_keys_and_its_review_started(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    path = tmp_path / "last minutes.docx"
    path.write_bytes(minutes(then="9 December 2026"))
    before = path.read_bytes()
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await named(pilot, app, path)
        half = screen.half
        marks = marked(half)
        sure = [each for each in half.undecided if is_sure(each, marks)]
        guesses = [each for each in half.undecided if not is_sure(each, marks)]
        keys = 0
        while left := screen.half.undecided:
            # Sure ones of a group go together; each guess is looked at by itself.
            key = "s" if screen.half.sure_of(left[0].group) else "enter"
            await press(pilot, key)
            keys += 1
        groups = {each.group for each in sure}
        assert keys == len(groups) + len(guesses), "one key a group, one a guess"
        assert desk.caseload.record.find_case("NM-771") is None
        await press(pilot, "ctrl+s")
        stored = app.stored("NM-771-2")
        assert stored.state is MeetingState.ELSEWHERE
        assert len(stored.of(e.Action)) == 6
        form = app.screen
        assert isinstance(form, NewMeeting), "the review of it is one key away"
        assert form.line("case") == "NM-771"
        await press(pilot, "ctrl+s")
        await settle(pilot)
        following = app.stored("NM-771-3")
        assert following.held_on == date(2026, 12, 9)
        assert {row.set_at for row in following.old_actions} == {2}
        assert following.old_actions[0].is_unconfirmed
        await press(pilot, "escape")
        assert "FROM WORD MINUTES" not in app.shown(), "nothing of it is left to do"
    assert path.read_bytes() == before


async def test_lines_are_corrected_left_out_added_and_survive_being_left(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    half = read(desk, tmp_path)
    dateless, twin = (
        action(half, "Send the care plan"),
        action(half, "Visit the flat (unannounced)"),
    )
    app = Program(desk, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        assert "1 begun" in app.shown()
        await to_row(pilot, app, "half|all")
        await press(pilot, "enter")
        assert isinstance(app.screen, MinutesFile)
        assert "lines left" in app.shown()
        await press(pilot, "enter")
        await to_row(pilot, app, dateless.id)
        assert "! look" in app.shown()
        await press(pilot, "e")
        form = app.screen
        assert isinstance(form, LineForm)
        assert "Send the care plan" in app.shown(), "the words of the document stand over it"
        await fill(pilot, form, **{"f-due": "31 February 2026"})
        await press(pilot, "ctrl+s")
        assert "a date such as" in wrong(form)["f-due"]
        await fill(pilot, form, **{"f-due": "20 October 2026"})
        await press(pilot, "ctrl+s")
        (kept,) = desk.taking_on.begun()
        assert kept.line(dateless.id).values["due"] == "2026-10-20"
        assert kept.line(dateless.id).choice is Choice.CORRECTED
        await to_row(pilot, app, twin.id)
        await press(pilot, "x")
        await press(pilot, "a")
        await fill(pilot, app.screen, **{"f-text": "Ring the school", "f-owner": "DC Anita Rowe"})  # type: ignore[arg-type]
        await press(pilot, "ctrl+s")
        await press(pilot, "escape")
        (kept,) = desk.taking_on.begun()
        assert kept.line(twin.id).choice is Choice.LEFT
        assert [each.values["text"] for each in kept.of(Group.ACTIONS) if each.own] == [
            "Ring the school"
        ]


async def test_what_stands_in_the_way_is_said_with_the_cursor_there(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    half = read(desk, tmp_path, ref="")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+f", "i")
        await press(pilot, "enter")
        await press(pilot, "ctrl+s")
        assert "needed" in under(app)
        assert app.screen.query_one(RowList).current == "fact.ref"
        await press(pilot, "enter")
        assert "nothing was read that could be confirmed" in under(app)
        await press(pilot, "t")
        assert desk.taking_on.begun() == (half,), "one t throws nothing away"
        await press(pilot, "t")
        assert desk.taking_on.begun() == ()


async def test_a_file_that_cannot_be_read_is_said_where_it_is_named(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+f", "i")
        app.screen.query_one(Line).text = str(tmp_path / "nowhere.docx")
        await press(pilot, "enter")
        assert isinstance(app.screen, MinutesFile)
        assert "There is no file" in str(app.screen.query_one(".problem", Static).content)
