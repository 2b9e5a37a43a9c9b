"""Who changed a field, on screen: from a field, from a row, from a form, at the minute desk, masked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text
from textual.app import App

from panelkit.domain import entries as e
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import Clock, Hands, Harness, fresh_meeting, make_desk
from tests.tui.program import settle

A6 = ("A6", "index_offence")


def prepared(folder: Path) -> tuple[Desk, str, str]:
    clock = Clock()
    desk = make_desk(folder, clock=clock)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.statement_given(desk.chairing.check_in_all(meeting), "read")
    for who, words in (("Helen Tovey", "Wounding [with] intent"), ("Imran Sarwar", "Burglary")):
        clock.move(minutes=1)
        meeting = desk.acting_as(who).chairing.record_answer(meeting, *A6, words)
    action = e.Action(id=new_id(), text="Visit", owner="Imran Sarwar", due=date(2026, 12, 4))
    meeting = desk.chairing.add(meeting, action)
    desk.chairing.change(meeting, e.Action, action.id, due=date(2026, 12, 18))
    return desk, meeting.ref, action.id


def shown(app: Any) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in line) for line in strips)


async def test_a_field_says_who_when_and_each_text_and_blocks_where_masked(tmp_path: Path) -> None:
    desk, ref, _action = prepared(tmp_path)
    with desk.chairing.record.engine.connect() as connection:
        connection.execute(text("update superseded set text = 'Arson' where text like 'Wound%'"))
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "field history")
        await settle(pilot)
        await app.meeting_screen.go_to(*A6)
        await settle(pilot)
        await hands.leader("E")
        await settle(pilot)
        words = shown(app)
        assert "A6" in words
        assert "2 changes: 1 as kept, 1 NOT AS THE JOURNAL KNOWS IT" in words
        for said in ("23 Nov 2026 10:02", "Imran Sarwar", "Burglary", "Helen Tovey", "Arson"):
            assert said in words, said
        await hands.press("escape", "f12")
        await settle(pilot)
        await hands.leader("E")
        await settle(pilot)
        assert "Burglary" not in shown(app)
        assert "▒▒▒" in shown(app)
        assert app.stored.text(*A6) == "Burglary", "nothing here changes anything"


async def test_an_entry_shows_every_field_from_its_row_and_from_its_form(tmp_path: Path) -> None:
    desk, ref, action = prepared(tmp_path)
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "history of an entry")
        await settle(pilot)
        screen = app.meeting_screen
        await screen.go_to("A16")
        await settle(pilot)
        rows = screen.query_one("#own", RowList)
        rows.focus()
        rows.show_current(f"actions:{action}")
        await settle(pilot)
        await hands.leader("E")
        await settle(pilot)
        assert isinstance(app.screen, Listing)
        words = shown(app)
        for said in ("Action 1", "4 December 2026", "18 December 2026", "now, as kept"):
            assert said in words, said
        await hands.press("escape")
        screen.open_entry(e.Action, action)
        await settle(pilot)
        box = next(b for b in app.screen.query("FieldBox") if b.spot.field == "due")  # type: ignore[attr-defined]
        box.editor.focus()  # type: ignore[attr-defined]
        await settle(pilot)
        await hands.leader("E")
        await settle(pilot)
        words = shown(app)
        assert "2 changes: 2 as kept" in words
        assert "4 December 2026" in words


async def test_a_person_has_one_in_the_room_and_the_minute_desk_for_its_words(
    tmp_path: Path,
) -> None:
    desk, ref, _action = prepared(tmp_path)
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "history of a person, at two screens")
        await settle(pilot)
        await app.meeting_screen.go_to("A1")
        await settle(pilot)
        app.meeting_screen.query_one("RoomBoard RowList", RowList).focus()
        await settle(pilot)
        await hands.leader("E")
        await settle(pilot)
        assert "Person invited 1" in shown(app)
        await hands.press("escape")
    bench = App[None]()
    async with bench.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "at the minute desk")
        draft = DraftScreen(desk, desk.caseload.find(ref))
        await bench.push_screen(draft)
        await settle(pilot)
        await draft.go_to("conviction")
        await settle(pilot)
        box = next(each for each in draft.boxes if each.spot.field == A6[1])
        box.editor.focus()
        await settle(pilot)
        await hands.press("ctrl+f", "e")
        await settle(pilot)
        words = shown(bench)
        assert "2 changes: 2 as kept" in words
        assert "Wounding [with] intent" in words
