"""A screen opens at its title, scrolled just as far as shows the field that takes the keys."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from panelkit.domain import entries as e
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.widgets.fieldbox import FieldBox
from tests.desk import Desk, Harness, fresh_meeting, make_desk, until

SMALL = (80, 24)


def left_at(folder: Path, field: str) -> tuple[Desk, str]:
    desk = make_desk(folder)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.check_in_all(meeting)
    meeting = desk.chairing.statement_given(meeting, "read")
    desk.chairing.move_to(meeting, "A6")
    desk.chairing.remember_place(meeting, "A6", field)
    return desk, meeting.ref


async def opened(pilot: Pilot[None], app: Harness, field: str) -> tuple[ItemPane, FieldBox]:
    await until(pilot, lambda: bool(app.screen.query("#pane-A6 FieldBox")))
    pane = app.screen.query_one("#pane-A6", ItemPane)
    box = next(each for each in pane.query(FieldBox) if each.spot.field == field)
    await until(pilot, lambda: bool(box.children) and app.screen.focused is box.editor)
    for _ in range(8):
        await pilot.pause(0.05)
    return pane, box


async def test_an_item_opens_at_its_title_when_the_field_is_in_sight_there(tmp_path: Path) -> None:
    desk, ref = left_at(tmp_path, "offence_summary")
    app = Harness(desk, ref)
    async with app.run_test(size=SMALL) as pilot:
        pane, box = await opened(pilot, app, "offence_summary")
        assert pane.max_scroll_y > 0, "the item is longer than the screen"
        assert pane.scroll_offset.y == 0
        assert box.region in pane.region


async def test_a_field_further_down_is_scrolled_into_sight_with_its_label(tmp_path: Path) -> None:
    desk, ref = left_at(tmp_path, "offence_summary")
    last = desk.caseload.find(ref).item("A6").fields[-1].key
    desk.chairing.remember_place(desk.caseload.find(ref), "A6", last)
    app = Harness(desk, ref)
    async with app.run_test(size=SMALL) as pilot:
        pane, box = await opened(pilot, app, last)
        await until(pilot, lambda: pane.scroll_offset.y > 0 and box.region in pane.region)


async def test_a_long_form_opens_with_its_title(tmp_path: Path) -> None:
    desk, ref = left_at(tmp_path, "offence_summary")
    app = Harness(desk, ref)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, "offence_summary")
        seat = app.stored.live(e.Attendance)[0]
        app.meeting_screen.open_entry(e.Attendance, seat.id)
        await until(pilot, lambda: isinstance(app.screen, EntryForm))
        for _ in range(8):
            await pilot.pause(0.05)
        form = app.screen.query_one("EntryForm > VerticalScroll")
        assert form.max_scroll_y > 0, "the form is longer than the screen"
        assert form.scroll_offset.y == 0
