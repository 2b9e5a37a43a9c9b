"""Two desks on screen: hand over, read-only, typing that is not lost, receive, both texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from panelkit.opened.session import Session, Spot
from panelkit.sealing.passphrase import must_do
from panelkit.services.desk import Desk
from panelkit.services.handing_over import read_parcel
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.conflict import ConflictScreen
from panelkit.tui.screens.handover import HandOverScreen
from panelkit.tui.screens.handoverforms import HandOverForm, ReceiveForm, TwoTexts
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.minutes.queue import MinuteQueue
from panelkit.tui.screens.minuteslife import MinutesLifeScreen
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Line, Words
from tests.desk import Hands, Harness
from tests.handover.desks import PASS, REF, TAKER, Desks, at, desks, say

__all__ = ["desks"]
SPOT = Spot("A10", "formulation")


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def shown(screen: Screen[object], name: str) -> str:
    return str(screen.query_one(f"#{name}", Static).render())


def rows(screen: Screen[object]) -> str:
    return "\n".join(" ".join((*r.cells, r.under)) for r in screen.query_one(RowList).shown)


def program(desk: Desk, folder: Path) -> PanelkitApp:
    return PanelkitApp(desk, crash_folder=folder / "faults")


async def test_the_chair_hands_over_on_screen_and_sees_who_holds_the_pen(desks: Desks) -> None:
    app = Harness(desks.chair, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "hand over")
        await settled(pilot)
        await hands.leader("H")
        assert "The pen is here" in shown(app.screen, "state")
        await hands.press("o")
        form = app.screen
        assert isinstance(form, HandOverForm)
        words = form.offered
        await hands.type(TAKER)
        secret = form.query_one("#first", Input)
        secret.value = "one passphrase of mine"
        secret.focus()
        secret.select_all()
        secret.action_copy()
        assert app.clipboard == "", "a passphrase never reaches the clipboard"
        assert "passphrase of mine" not in str(secret.render_line(0).text)
        await hands.press("f10")
        assert app.screen is form, "typed once is not enough"
        assert desks.chair.caseload.record.pen_elsewhere(at(desks.chair).id) is None
        form.query_one("#first", Input).value = ""
        await hands.press("f10")
        await settled(pilot)
        assert isinstance(app.screen, HandOverScreen)
        assert f"READ-ONLY: the pen is with {TAKER} since" in shown(app.screen, "state")
        assert "handed over" in rows(app.screen)
        (file,) = desks.chair.documents.glob("*.handover")
        assert file.name == f"{REF}.handover"
        assert read_parcel(file.read_bytes(), must_do(words)).ref == REF
        await hands.press("escape")
        await settled(pilot)
        for width in (120, 80):
            await pilot.resize_terminal(width, 40)
            await settled(pilot)
            assert f"READ-ONLY, pen with {TAKER}"[: width - 55] in shown(app.meeting_screen, "top")
            assert "saved" in shown(app.meeting_screen, "top"), "the save light is never cut"
        assert "read-only here: the pen is with" in shown(app.meeting_screen, "banner")
        hands.report()


async def test_typing_while_read_only_is_kept_and_asked_about_when_the_pen_is_back(
    desks: Desks,
) -> None:
    desks.over()
    app = Harness(desks.chair, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "read-only")
        await settled(pilot)
        await app.meeting_screen.go_to("A10", "formulation")
        await settled(pilot)
        assert app.meeting_screen.current == "A10", "it can be read through"
        await hands.type("kestrel")
        app.meeting_screen.session.flush()
        await settled(pilot)
        assert "What you typed is kept beside it" in shown(app.meeting_screen, "banner")
        assert "kestrel" in app.meeting_screen.session.text(SPOT)
        await hands.leader("q")
        await settled(pilot)
        hands.report()
    assert "kestrel" not in at(desks.chair).text("A10", "formulation")
    again = Session(desks.chair.chairing, at(desks.chair))
    assert again.conflicts == [], "nothing to choose while it cannot be stored"
    say(desks.taker, "heron")
    desks.take(desks.chair, desks.send(desks.taker))
    app = Harness(desks.chair, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "pen is back")
        await settled(pilot)
        app.meeting_screen.follow()
        await settled(pilot)
        assert isinstance(app.screen, ConflictScreen)
        assert app.screen.conflict.theirs == "heron"
        assert "kestrel" in app.screen.conflict.mine
        await hands.press("f8")
        await settled(pilot)
        assert "kestrel" in app.stored.text("A10", "formulation")
    assert Session(desks.chair.chairing, at(desks.chair)).conflicts == []


async def test_what_is_typed_is_stored_when_the_pen_comes_back_meanwhile(desks: Desks) -> None:
    desks.over()
    session = Session(desks.chair.chairing, at(desks.chair))
    session.typed(SPOT, "typed too early", 0.0)
    session.tick(5.0)
    assert session.pen is not None
    assert session.is_kept_beside
    desks.chair.handing_over.take_pen(at(desks.chair), "needed now")
    session.tick(20.0)
    assert at(desks.chair).text("A10", "formulation") == "typed too early"
    record = desks.chair.caseload.record
    assert record.drafts(at(desks.chair).id, desks.chair.who) == {}, "no question is left over"
    session.reload()
    assert (session.pen, session.conflicts) == (None, [])


async def test_a_form_for_something_new_is_not_opened_while_it_is_read_only(desks: Desks) -> None:
    from panelkit.domain import entries as e

    desks.over()
    app = Harness(desks.chair, REF)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.meeting_screen.open_entry(e.Measure, "")
        await settled(pilot)
        assert app.screen is app.meeting_screen
        await Hands(pilot, "decision").press("f5")
        await settled(pilot)
        assert app.screen is app.meeting_screen, "nor a decision"


async def test_something_new_that_was_filled_in_while_read_only_is_offered_later(
    desks: Desks,
) -> None:
    from panelkit.domain import entries as e

    decision = at(desks.chair).live(e.Decision)[0]
    session = Session(desks.chair.chairing, at(desks.chair))
    desks.over()
    new = e.AgencyView(id="v-new", parent=decision.id)
    session.begin(new)
    session.typed(Spot("views", "organisation", new.id), "Harrowmere Police", 0.0)
    session.tick(5.0)
    assert session.is_kept_beside
    desks.take(desks.chair, desks.send(desks.taker))
    again = Session(desks.chair.chairing, at(desks.chair))
    (conflict,) = again.conflicts
    assert (conflict.theirs, conflict.mine) == ("", "Harrowmere Police")
    again.settle(conflict, conflict.mine)
    row = at(desks.chair).entry(e.AgencyView, new.id)
    assert (row.organisation, row.parent) == ("Harrowmere Police", decision.id)


async def test_home_queue_life_and_the_desk_show_who_holds_the_pen(desks: Desks) -> None:
    desks.chair.chairing.close(at(desks.chair))
    desks.over()
    app = program(desks.chair, desks.folder)
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        assert f"READ-ONLY, pen with {TAKER}" in rows(app.screen)
        await app.push_screen(MinuteQueue(desks.chair))
        await settled(pilot)
        assert f"READ-ONLY: pen with {TAKER}" in rows(app.screen)
        await app.push_screen(MinutesLifeScreen(desks.chair, at(desks.chair)))
        await settled(pilot)
        assert f"READ-ONLY: the pen is with {TAKER}" in shown(app.screen, "state")
        await app.push_screen(DraftScreen(desks.chair, at(desks.chair)))
        await settled(pilot)
        assert f"READ-ONLY, pen with {TAKER}" in shown(app.screen, "top")
        assert all(words.read_only for words in app.screen.query(Words))


async def test_received_at_home_and_both_texts_shown_and_chosen(desks: Desks) -> None:
    desks.over()
    desks.chair.handing_over.take_pen(at(desks.chair), "needed")
    say(desks.chair, "our words")
    say(desks.taker, "their words")
    file = desks.send(desks.taker)
    app = program(desks.chair, desks.folder)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "receive")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        await hands.leader("r")
        form = app.screen
        assert isinstance(form, ReceiveForm)
        form.query_one("#path", Line).load(str(file))
        form.query_one("#secret", Input).value = "not the passphrase"
        await hands.press("f10")
        await settled(pilot)
        assert app.screen is form, "the form stays, with the reason"
        assert "does not open the file" in str(form.query_one(".problem", Static).render())
        form.query_one("#secret", Input).value = PASS.upper()
        await hands.press("f10")
        await settled(pilot)
        assert isinstance(app.screen, HandOverScreen)
        assert "wrote differently in 1 place" in shown(app.screen, "state")
        assert "their words" in rows(app.screen)
        assert "our words" in rows(app.screen)
        app.screen.query_one(RowList).action_first()
        await hands.press("enter")
        both = app.screen
        assert isinstance(both, TwoTexts)
        said = "\n".join(str(each.render()) for each in both.query(Static))
        assert "their words" in said
        assert "our words" in said
        assert TAKER in said
        both.query_one(Words).load("their words and ours")
        both.keep()
        await hands.press("escape", "enter")
        assert app.screen.query_one(Words).value == "their words and ours", "not lost by leaving"
        await hands.press("ctrl+s")
        await settled(pilot)
        assert at(desks.chair).text("A10", "formulation") == "their words and ours"
        assert desks.chair.handing_over.disagreements(at(desks.chair)) == ()
        hands.report()


async def test_the_desk_that_holds_the_pen_shows_it(desks: Desks) -> None:
    app = Harness(desks.chair, REF)
    async with app.run_test(size=(160, 40)) as pilot:
        await settled(pilot)
        assert "PEN" not in shown(app.meeting_screen, "top"), "never handed over"
    desks.over()
    app = Harness(desks.taker, REF)
    async with app.run_test(size=(160, 40)) as pilot:
        await settled(pilot)
        assert "PEN HERE" in shown(app.meeting_screen, "top")


async def test_the_pen_is_taken_back_on_screen_with_a_reason(desks: Desks) -> None:
    desks.over()
    app = program(desks.chair, desks.folder)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "take the pen")
        await settled(pilot)
        await app.push_screen(HandOverScreen(desks.chair, at(desks.chair)))
        await settled(pilot)
        await hands.press("o")
        assert isinstance(app.screen, HandOverScreen), "it is not handed over twice"
        await hands.press("t", "f10")
        assert desks.chair.caseload.record.pen_elsewhere(at(desks.chair).id) is not None
        await hands.press("t")
        await hands.type("needed today")
        await hands.press("f10")
        await settled(pilot)
        assert "The pen is here: taken back" in shown(app.screen, "state")
        assert "needed today" in rows(app.screen)
        hands.report()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_hostile_words_are_shown_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    """What ``tests/tui/test_every_screen.py`` asks of every screen, for these alone."""
    from panelkit.tui.screens.meeting import MeetingScreen
    from tests.tui import every_screen
    from tests.tui.hostile import BRACKETS, bracket_texts
    from tests.tui.hostile_record import hostile_desk
    from tests.tui.test_every_screen import check_acts, drawn

    desk, ref, _texts = hostile_desk(tmp_path, [*BRACKETS, *bracket_texts(31337, 3000)])
    app = PanelkitApp(desk, ref=ref, crash_folder=tmp_path / "faults")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        meeting = next(s for s in app.screen_stack if isinstance(s, MeetingScreen))
        for name in ("hand over", "hand over form", "receive form", "two texts"):
            await every_screen.show(every_screen.Stage(app, meeting), name)
            await settled(pilot)
            assert app.screen is not meeting, name
            check_acts(drawn(app))
        assert app.return_code in (None, 0)
