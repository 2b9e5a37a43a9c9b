"""Every key of every main screen, pressed as a person does: the program goes on answering.

A screen can wait for itself: a handler that awaits a drawing which comes only after the
handler. Tests that call the screen's own verbs never see it, a person who presses Enter does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from panelkit.audit.trends import Quarter
from panelkit.domain.report_year import ReportYear
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.keys import (
    AUDIT_KEYS,
    CHASING_KEYS,
    DRAFT_KEYS,
    FIND_KEYS,
    HOME_KEYS,
    LEADER,
    MEETING_KEYS,
    QUARTER_KEYS,
    STATISTICS_KEYS,
    Key,
)
from panelkit.tui.screens.audits.queue import AuditQueue
from panelkit.tui.screens.audits.screen import AuditScreen
from panelkit.tui.screens.board.meetings import BoardList
from panelkit.tui.screens.chasing.lists import EscalationLog, MissingList
from panelkit.tui.screens.chasing.reminders import ReminderList
from panelkit.tui.screens.chasing.screen import ChasingScreen
from panelkit.tui.screens.chasing.uploads import UploadList
from panelkit.tui.screens.find import FindScreen
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Leader
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.minutes.queue import MinuteQueue
from panelkit.tui.screens.minuteslife import MinutesLifeScreen
from panelkit.tui.screens.putoff.days import PutOffDays
from panelkit.tui.screens.referrals.queue import ReferralList
from panelkit.tui.screens.statistics.casehistory import HistoryScreen
from panelkit.tui.screens.statistics.missing import MissingScreen
from panelkit.tui.screens.statistics.quarter import QuarterScreen
from panelkit.tui.screens.statistics.screen import StatisticsScreen
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import SAMPLES, make_desk, until

REVIEW, POOR = "WM-0143-3", "HM-0188-3"
LEAVES = frozenset({"leave", "next_case", "other_meeting"})
"""Keys whose purpose is another screen; each has its own journey."""


def desk_of(folder: Path) -> Desk:
    """A running review, and minutes of another meeting, with a stranger to both at the desk."""
    desk = make_desk(folder, who="Joan Quill")
    for name, state in (("l2_review_carried_actions", None), ("poor_record", MeetingState.CLOSED)):
        pack = read_pack(SAMPLES / f"{name}.toml", desk.caseload.agenda)
        meeting = replace(pack.meeting, state=state) if state else pack.meeting
        desk.caseload.take_in([*pack.earlier, meeting])
    return desk


def of_meeting(desk: Desk) -> Screen[object]:
    return MeetingScreen(desk, desk.caseload.find(REVIEW))  # type: ignore[return-value]


def of_draft(desk: Desk) -> Screen[object]:
    return DraftScreen(desk, desk.caseload.find(POOR))  # type: ignore[return-value]


def of_audit(desk: Desk) -> Screen[object]:
    held = desk.caseload.find(POOR)
    return AuditScreen(desk, desk.audits, held, desk.audits.go_on(held, "K"))  # type: ignore[return-value]


def of_quarter(desk: Desk) -> Screen[object]:
    return QuarterScreen(desk, (ReportYear.named("2026-27"),))  # type: ignore[return-value]


def of_find(desk: Desk) -> Screen[object]:
    return FindScreen(desk, "police")  # type: ignore[return-value]


def of_log(desk: Desk) -> Screen[object]:
    desk.chasing.escalate("", "An office", desk.chasing.today(), organisation="Vale Cross Homes")
    return EscalationLog(desk)  # type: ignore[return-value]


KEYED: dict[str, tuple[Callable[[Desk], Screen[object]], tuple[Key, ...]]] = {
    "home": (HomeScreen, HOME_KEYS),  # type: ignore[dict-item]
    "meeting": (of_meeting, MEETING_KEYS),
    "draft": (of_draft, DRAFT_KEYS),
    "audit": (of_audit, AUDIT_KEYS),
    "statistics": (StatisticsScreen, STATISTICS_KEYS),  # type: ignore[dict-item]
    "quarter": (of_quarter, QUARTER_KEYS),
    "find": (of_find, FIND_KEYS),
    "chasing": (ChasingScreen, CHASING_KEYS),  # type: ignore[dict-item]
}
"""Screens whose keys are one list."""


class Bench(PanelkitApp):
    """The program, at home."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__(desk, crash_folder=folder)
        self.at = desk


async def back_to(app: Bench, base: Screen[object]) -> None:
    """Whatever was opened over ``base`` is gone; so is the lock, behind which nothing is closed."""
    app.unlock()
    while app.screen is not base and base in app.screen_stack:
        await app.pop_screen()
    assert base in app.screen_stack, "a key took its own screen away"


async def answers(pilot: Pilot[None], app: Bench, base: Screen[object], after: str) -> None:
    """The program still acts on a key."""
    await back_to(app, base)
    await pilot.press(LEADER)
    await until(pilot, lambda: isinstance(app.screen, Leader), 20)
    await pilot.press("escape")
    await until(pilot, lambda: app.screen is base, 20)
    assert not app._fault, after


@pytest.mark.reliability
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("name", KEYED)
async def test_after_every_key_the_program_answers(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    make, keys = KEYED[name]
    app = Bench(desk_of(tmp_path), tmp_path)
    async with asyncio.timeout(150), app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#keys")))
        base = make(app.at)
        await app.push_screen(base)
        await until(pilot, lambda: app.screen is base and bool(base.query("#keys")))
        pressed = 0
        for key in keys:
            if key.id in LEAVES:
                continue
            for presses in ((key.key,) if key.key else (), (LEADER, key.letter)):
                if not presses:
                    continue
                await pilot.press(*presses)
                await pilot.pause()
                await answers(pilot, app, base, key.id)
                pressed += 1
        assert pressed > len(keys)


LISTS: dict[str, Callable[[Desk], Screen[object]]] = {
    "minute queue": MinuteQueue,  # type: ignore[dict-item]
    "audit queue": lambda desk: AuditQueue(desk, Quarter.of(desk.audits.today())),  # type: ignore[dict-item,return-value]
    "life": lambda desk: MinutesLifeScreen(desk, desk.caseload.find(POOR)),  # type: ignore[dict-item,return-value]
    "missing figures": lambda desk: MissingScreen(desk, ReportYear.of(desk.caseload.today())),  # type: ignore[dict-item,return-value]
    "histories": lambda desk: HistoryScreen(desk, desk.histories.history("WM-0143"), None),  # type: ignore[dict-item,return-value]
    "referrals": ReferralList,  # type: ignore[dict-item]
    "boards": BoardList,  # type: ignore[dict-item]
    "log": of_log,
    "missing": lambda desk: MissingList(desk, every=True),  # type: ignore[dict-item,return-value]
    "uploads": UploadList,  # type: ignore[dict-item]
    "reminders": lambda desk: ReminderList(desk, "Vale Cross Homes"),  # type: ignore[dict-item,return-value]
    "day": lambda desk: PutOffDays(desk, *desk.putting_off.of(POOR)),  # type: ignore[dict-item,return-value]
    # The tables are cells and no rows; they have a journey of their own.
    **{name: make for name, (make, _keys) in KEYED.items() if name != "statistics"},
}
"""Screens with rows to open."""


@pytest.mark.reliability
@pytest.mark.parametrize("name", LISTS)
async def test_after_enter_and_a_click_on_rows_the_program_answers(
    tmp_path: Path, name: str
) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with asyncio.timeout(150), app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#keys")))
        base = LISTS[name](app.at)
        await app.push_screen(base)
        await until(pilot, lambda: app.screen is base and bool(base.query("#keys")))
        counting = [one for one in app.workers if one.group in ("statistics", "find")]
        await app.workers.wait_for_complete(counting)
        await pilot.pause(0.3)
        lists = [rows for rows in base.query(RowList) if rows.is_on_screen and rows.option_count]
        if name != "meeting":
            assert lists, "no rows, nothing proved"
        for rows in lists:
            for act in (by_enter, by_click):
                if rows not in base.query(RowList):
                    break
                await act(pilot, rows)
                await pilot.pause()
                await back_to(app, base)
                await pilot.press("ctrl+p")
                await until(pilot, lambda: app.screen is not base, 20)
                await pilot.press("escape")
                await until(pilot, lambda: app.screen is base, 20)


async def by_enter(pilot: Pilot[None], rows: RowList) -> None:
    rows.focus()
    await pilot.pause()
    await pilot.press("end", "enter")


async def by_click(pilot: Pilot[None], rows: RowList) -> None:
    await pilot.click(rows, offset=(4, min(1, rows.size.height - 1)))
