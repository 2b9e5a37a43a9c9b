"""Two screens in one meeting: what one saves the other sees within a second, and loses nothing by."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from panelkit.opened.session import Spot
from panelkit.tui.screens.conflict import ConflictScreen
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.words import Words
from tests.desk import Harness, until
from tests.together.desks import CHAIR, REF, TAKER, Shared

OFFENCE, SUMMARY = Spot("A6", "index_offence"), Spot("A6", "offence_summary")


@asynccontextmanager
async def two(shared: Shared) -> AsyncIterator[tuple[Pilot[None], Pilot[None]]]:
    """The chair and the minute taker, both at A6."""
    for who in (CHAIR, TAKER):
        record = shared.desk(who).chairing.record
        record.set_position(record.load(REF).id, who, "A6", "index_offence")
    chair, taker = (Harness(shared.desk(who), REF) for who in (CHAIR, TAKER))
    async with chair.run_test(size=(120, 40)) as one, taker.run_test(size=(120, 40)) as other:
        for pilot, app in ((one, chair), (other, taker)):
            await until(pilot, lambda app=app: app.focused is not None)
        yield one, other


def app_of(pilot: Pilot[None]) -> Harness:
    assert isinstance(pilot.app, Harness)
    return pilot.app


def words(pilot: Pilot[None], spot: Spot) -> Words:
    screen = app_of(pilot).meeting_screen
    box = next(box for box in screen.query(FieldBox) if box.spot == spot)
    assert isinstance(box.editor, Words)
    return box.editor


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if each == " " else each for each in text))


async def within_a_second(pilot: Pilot[None], seen: object) -> float:
    """How long it took; at most a second, as it was promised."""
    begun = time.monotonic()
    await until(pilot, seen, seconds=3)  # type: ignore[arg-type]
    return time.monotonic() - begun


async def test_words_come_in_beside_what_is_being_typed(shared: Shared) -> None:
    async with two(shared) as (chair, taker):
        mine, theirs = words(chair, OFFENCE), words(taker, SUMMARY)
        await typed(chair, "seen twice near the school")
        await chair.press("left", "left", "left", "shift+left", "shift+left")
        held, cursor = mine.value, mine.selection
        pane = app_of(chair).meeting_screen.pane
        assert pane is not None
        scrolled = pane.scroll_offset
        theirs.focus()
        await taker.pause()
        await typed(taker, "curfew kept")
        app_of(taker).meeting_screen.session.flush()
        stored = app_of(taker).meeting_screen.session.stored(SUMMARY)
        assert stored == "curfew kept"
        took = await within_a_second(chair, lambda: words(chair, SUMMARY).value == stored)
        assert took < 1
        assert app_of(chair).focused is mine
        assert (mine.value, mine.selection) == (held, cursor)
        assert pane.scroll_offset == scrolled
        await chair.press("z")
        await until(chair, lambda: app_of(chair).stored.text("A6", "index_offence") == mine.value)
        assert mine.value == "seen twice near the szool"
        assert not app_of(chair).meeting_screen.session.conflicts
        print(f"seen by the other after {took * 1000:.0f} ms")


async def test_every_key_is_kept_while_the_other_writes_beside(shared: Shared) -> None:
    async with two(shared) as (chair, taker):
        mine, theirs = words(chair, OFFENCE), words(taker, SUMMARY)
        theirs.focus()
        await taker.pause()
        for letter in "abcdefghijklmnopqrst":
            await chair.press(letter)
            await taker.press(letter)
            if letter in "dhlpt":
                app_of(taker).meeting_screen.session.flush()
                app_of(chair).meeting_screen.session.look()
        assert mine.value == theirs.value == "abcdefghijklmnopqrst"
        await until(chair, lambda: app_of(chair).stored.text("A6", "index_offence") == mine.value)
        await until(
            taker, lambda: app_of(taker).stored.text("A6", "offence_summary") == theirs.value
        )
        for pilot in (chair, taker):
            assert not app_of(pilot).meeting_screen.session.conflicts


async def test_the_same_field_shows_both_texts_and_asks(shared: Shared) -> None:
    async with two(shared) as (chair, taker):
        words(chair, OFFENCE).insert("kestrel")
        words(taker, OFFENCE).insert("heron")
        app_of(chair).meeting_screen.session.flush()
        await until(taker, lambda: isinstance(app_of(taker).screen, ConflictScreen))
        screen = app_of(taker).screen
        shown = [str(each.render()) for each in screen.query("Static")]
        assert "kestrel" in shown
        assert "heron" in shown
        assert app_of(taker).stored.text("A6", "index_offence") == "kestrel"
        await taker.press("f8")
        await until(taker, lambda: app_of(taker).stored.text("A6", "index_offence") == "heron")
        await within_a_second(chair, lambda: words(chair, OFFENCE).value == "heron")


@pytest.mark.parametrize("masked", [False, True])
async def test_where_the_other_is_stands_beside_the_agenda(shared: Shared, masked: bool) -> None:
    async with two(shared) as (chair, taker):
        screen = app_of(chair).meeting_screen
        await until(chair, lambda: bool(screen.session.others))
        app_of(chair).set_mask(by_person=masked, by_idleness=False)
        await app_of(taker).meeting_screen.go_to("A2")
        await until(chair, lambda: [each.item for each in screen.session.others] == ["A2"])
        side = "\n".join(line.plain for line in screen.query_one("#side").lines)
        rail = "\n".join(line.plain for line in screen.query_one("#rail").lines)
        assert "OPEN ELSEWHERE  1  • where" in side
        assert "A2•Statement" in rail
        assert "A6 Summary" in rail
        assert (f"A2  {TAKER[:12]}" in side) is not masked
        app_of(chair).set_mask(by_person=False, by_idleness=False)


async def test_whoever_leaves_is_gone_from_the_other_screen(shared: Shared) -> None:
    desk = shared.desk(CHAIR)
    async with Harness(desk, REF).run_test(size=(120, 40)) as chair:
        screen = app_of(chair).meeting_screen
        async with Harness(shared.desk(TAKER), REF).run_test(size=(120, 40)):
            await until(chair, lambda: [each.who for each in screen.session.others] == [TAKER])
        await within_a_second(chair, lambda: screen.session.others == ())
