"""One case from its referral to its exit by somebody at the screen: every step is a key or a paste."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.referrals import Screened
from panelkit.domain.vocabulary import (
    AgencyType,
    LevelDecision,
    MeetingRole,
    MeetingState,
    Stops,
)
from panelkit.services.desk import Desk
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minuteslife import MinutesLifeScreen
from panelkit.tui.screens.newmeeting import NewCase, NewMeeting
from panelkit.tui.screens.referrals.forms import LedToForm, ReferralForm, ScreenForm
from panelkit.tui.screens.referrals.queue import ReferralList
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import Clock, make_desk, until
from tests.plain.meetings import owed_rows
from tests.tui.program import Program, settle
from tests.tui.test_referrals_on_screen import press, to_row
from tests.tui.test_statistics import fill
from tests.walks.course import CASE, CATEGORY, NAME, at, issued_words, name_of, targets
from tests.walks.typist import Typist

POLICE = "Harrowmere Police"
SIZE = (80, 24)
"""The smallest terminal that is promised: what fits there fits everywhere, and less is drawn."""
WHY = "overtaken"
"""Why the last is approved although not all of it is written up."""


async def referred(pilot: Pilot[None], app: Program, desk: Desk, asked: date) -> None:
    """Recorded and accepted, in its list."""
    await press(pilot, "f5", *"referral", "enter", *"pol", "enter")
    form = app.screen
    assert isinstance(form, ReferralForm)
    await fill(pilot, form, level="1", received=long_date(asked))
    await press(pilot, "ctrl+s")
    assert isinstance(app.screen, ReferralList)
    await to_row(pilot, app, "R-0001")
    await press(pilot, "enter")
    form = app.screen
    assert isinstance(form, ScreenForm)
    await fill(pilot, form, decision="1", because="1")
    await press(pilot, "ctrl+s")
    (one,) = desk.referrals.every()
    assert [each.decision for each in one.screening] == [Screened.ACCEPTED]
    await press(pilot, "escape")
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def first_planned(pilot: Pilot[None], app: Program, held: date) -> None:
    """The case and its first meeting; what the referral led to."""
    await press(pilot, "f5", *"case", "enter")
    form = app.screen
    assert isinstance(form, NewCase)
    await fill(pilot, form, ref=CASE, name=NAME, category=CATEGORY, held=long_date(held))
    await press(pilot, "ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
    await press(pilot, "ctrl+f", "q")
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    await press(pilot, "f4")
    await to_row(pilot, app, "R-0001")
    await press(pilot, "c")
    form = app.screen
    assert isinstance(form, LedToForm)
    await fill(pilot, form, case=CASE)
    await press(pilot, "enter", "escape")
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def next_planned(pilot: Pilot[None], app: Program, held: date) -> None:
    await press(pilot, "f5", *"review", "enter")
    form = app.screen
    assert isinstance(form, NewMeeting)
    await fill(pilot, form, case=CASE, held=long_date(held))
    await press(pilot, "ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
    await press(pilot, "ctrl+f", "q")
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def opened(pilot: Pilot[None], app: Program, ref: str) -> None:
    """From home, by its reference."""
    await press(pilot, "ctrl+o", *ref, "enter")
    await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
    await settle(pilot)


async def held(pilot: Pilot[None], app: Program, target: Meeting, ref: str) -> int:
    """The meeting led and closed; how many keys."""
    await opened(pilot, app, ref)
    typist = Typist(pilot, app, target)
    await typist.lead()
    await press(pilot, "f10", *"close", "enter")
    await until(pilot, lambda: app.stored(ref).state is MeetingState.CLOSED)
    return typist.keys


async def stepped(folder: Path, desk: Desk, ref: str, *keys: str) -> MeetingState:
    """A step in the life of its minutes, from home with the meeting under the cursor."""
    app = Program(desk, folder)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        rows = app.screen.query_one(RowList)
        await press(pilot, "home")
        for _ in range(rows.option_count):
            if rows.current.rpartition("|")[2] == ref:
                break
            await press(pilot, "down")
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(app.screen, MinutesLifeScreen))
        await press(pilot, *keys)
        await app.workers.wait_for_complete()
        return app.stored(ref).state


@pytest.mark.reliability
@pytest.mark.timeout(3600)
async def test_one_case_from_its_referral_to_its_exit_on_screen(tmp_path: Path) -> None:
    clock = Clock()
    first, second, last = targets()
    # Less hangs from the last one's decisions, so that it is approved with a reason.
    steps = first, second, dataclasses.replace(last, rows=owed_rows(last))
    chair = name_of(steps[0], MeetingRole.CHAIR)
    desk = make_desk(tmp_path, who=chair, clock=clock)
    area = dataclasses.replace(desk.area, organisations=((POLICE, AgencyType.POL),))
    desk = dataclasses.replace(desk, area=area)
    keys = 0
    for number, target in enumerate(steps, start=1):
        at(clock, target)
        ref = f"{CASE}-{number}"
        assert name_of(target, MeetingRole.CHAIR) == chair
        app = Program(desk, tmp_path)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            if number == 1:
                await referred(pilot, app, desk, target.held_on)
                await first_planned(pilot, app, target.held_on)
            else:
                await next_planned(pilot, app, target.held_on)
            keys += await held(pilot, app, target, ref)
        taker = desk.acting_as(name_of(target, MeetingRole.MINUTE_TAKER))
        await stepped(tmp_path, taker, ref, "s")
        confirmed = [key for _ in desk.area.attestation for key in ("enter", "down")]
        owed = stopping(completeness(desk.caseload.find(ref), desk.area), Stops.APPROVAL)
        assert bool(owed) is (number == 3)
        why = (*WHY, "f10") if owed else ()
        state = await stepped(tmp_path, desk, ref, "a", *confirmed, "f10", *why)
        assert state is MeetingState.APPROVED
        assert await stepped(tmp_path, taker, ref, "i") is MeetingState.ISSUED
        done = desk.caseload.find(ref)
        assert {place: done.text(*place) for place, answer in target.answers.items() if answer.text} == {
            place: answer.text for place, answer in target.answers.items() if answer.text
        }  # fmt: skip
    print(f"three meetings led with {keys} keys")
    last = desk.caseload.find(f"{CASE}-3")
    assert last.value("A15", "level_decision") is LevelDecision.EXIT
    words = issued_words(desk, last, tmp_path)
    assert last.text("A18", "chair_summary") in words
    assert WHY in words, "the reason prints"
    assert desk.caseload.record.verify().is_good
