"""What is chased, key by key; what is asserted is what was stored, written and journaled. All invented."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.people import Role
from panelkit.domain.vocabulary import ActionStatus
from panelkit.services.desk import Desk
from panelkit.tui.screens.chasing.forms import EscalateForm, OutcomeForm, SentForm
from panelkit.tui.screens.chasing.reminders import ReminderList
from panelkit.tui.screens.chasing.screen import ChasingScreen
from panelkit.tui.screens.chasing.uploads import UploadList
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Line
from tests.desk import fresh_meeting, make_desk, until
from tests.services.test_chasing import HOUSING, as_closed, review, with_action
from tests.tui.program import Program, settle
from tests.tui.test_roles import desk_as


def desk_of(folder: Path) -> Desk:
    """A closed meeting with a late action, and the planned one that will ask about it."""
    desk = make_desk(folder)
    meeting = with_action(desk, fresh_meeting(desk, "HM-0901"))
    meeting = with_action(desk, meeting, text="Find a bed", due=date(2026, 12, 24), organisation="Harrowmere Police")  # fmt: skip
    as_closed(desk, meeting)
    review(desk, "HM-0901")
    return desk


async def opened(pilot: Pilot[None], app: Program) -> ChasingScreen:
    """The list, by its key from home."""
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    await pilot.press("ctrl+g")
    await until(pilot, lambda: isinstance(app.screen, ChasingScreen))
    await settle(pilot)
    assert isinstance(app.screen, ChasingScreen)
    return app.screen


def listed(screen: ChasingScreen) -> list[str]:
    return [one.ref for one in screen.page.found]


def found(screen: ChasingScreen) -> str:
    return str(screen.query_one("#found", Static).content)


async def test_a_line_is_typed_the_list_follows_and_enter_opens_the_meeting_at_the_action(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        assert listed(screen) == ["HM-0901 1.1", "HM-0901 1.2"]
        await pilot.press(*"@police")
        await until(pilot, lambda: listed(screen) == ["HM-0901 1.2"])
        assert "Harrowmere Police" in found(screen)
        await pilot.press(*" colour:x")
        await until(pilot, lambda: "colour: is not understood" in found(screen))
        assert listed(screen) == ["HM-0901 1.2"], "a wrong word leaves the list as it was"
        screen.query_one(Line).load("is:overdue")
        screen.follow()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EntryForm))
        assert app.meeting_screen.session.meeting.ref == "HM-0901-2"
        assert app.meeting_screen.current == "A5"
        meeting = desk.caseload.find("HM-0901-2")
        hows = [how for _at, _who, how in desk.caseload.record.openings(meeting.id)]
        assert any("actions" in how for how in hows), "that its words were read is journaled"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen))


async def test_what_is_told_between_meetings_is_stored_in_the_planned_one(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, OutcomeForm))
        await pilot.press("space", "tab", *"The flat is let", "tab", *"Gail Postern", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
    row = next(a for a in desk.caseload.find("HM-0901-2").of(e.Action) if a.number == 1)
    assert row.status is ActionStatus.COMPLETE
    assert (
        row.outcome == "The flat is let. Told between meetings by Gail Postern on 23 November 2026."
    )
    assert listed(screen) == ["HM-0901 1.2"]


async def test_a_reminder_is_written_recorded_and_said_to_be_sent(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ReminderList))
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.caseload.record.reminders()) == 1)
        (one,) = desk.caseload.record.reminders()
        written = desk.documents / one.file
        assert one.organisation == HOUSING
        assert one.sha256 == hashlib.sha256(written.read_bytes()).hexdigest()
        assert one.sent_on is None
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, SentForm))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReminderList))
    (one,) = desk.caseload.record.reminders()
    assert (one.sent_on, one.sent_by) == (date(2026, 11, 23), "Ruth Calloway")


async def test_an_escalation_and_what_was_entered_elsewhere_are_stored(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, EscalateForm))
        await pilot.press(*"Head of housing", "tab", *"Three weeks late", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, UploadList))
        await settle(pilot)
        rows = app.screen.query_one(RowList)
        assert rows.current.startswith("HM-0901-1|")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, UploadList))
    (told,) = desk.caseload.record.escalations()
    assert (told.to_whom, told.words, told.organisation) == ("Head of housing", "Three weeks late", HOUSING)  # fmt: skip
    assert desk.owing.owed() == ()
    marks = desk.caseload.record.entered([desk.caseload.find("HM-0901-1").id])
    assert {mark.done_by for mark in marks} == {"Ruth Calloway"}


async def test_a_reader_reads_the_list_and_writes_nothing(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.READER)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app)
        await pilot.press("f7")
        await settle(pilot)
        assert isinstance(app.screen, Page), "who may not is told so, and no form is opened"
        assert "may not" in app.shown()
    assert desk.caseload.record.escalations() == ()
