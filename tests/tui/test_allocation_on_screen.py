"""Who has what, key by key; what is asserted is what was stored. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from panelkit.domain.people import Role
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.desk import Desk
from panelkit.tui.screens.allocation.analysis import AnalysisScreen
from panelkit.tui.screens.allocation.load import WhoHasWhat
from panelkit.tui.screens.allocation.moving import NameForm
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.screens.referrals.queue import ReferralList
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import fresh_meeting, make_desk, until
from tests.tui.program import Program, settle
from tests.tui.test_roles import desk_as

pytestmark = pytest.mark.usefixtures("cheap_slots")
JOAN, GAIL = "Joan Quill", "Gail Postern"


def desk_of(folder: Path) -> Desk:
    """Three referrals, of which Joan has one, and a case that nobody has."""
    desk = make_desk(folder, who=GAIL)
    for day in (2, 18, 23):
        desk.referrals.receive(date(2026, 11, day), "Harrowmere Police", AgencyType.POL, Level.TWO)
    fresh_meeting(desk, "HM-0901")
    desk.allocating.allocate("R-2", JOAN)
    return desk


async def opened(pilot: Pilot[None], app: Program) -> WhoHasWhat:
    """The list, by the leader and its letter from home."""
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    await pilot.press("ctrl+f", "W")
    await until(pilot, lambda: isinstance(app.screen, WhoHasWhat))
    await settle(pilot)
    assert isinstance(app.screen, WhoHasWhat)
    return app.screen


def rows(screen: Screen[object]) -> list[tuple[str, ...]]:
    return [row.cells for row in screen.query_one(RowList).shown]


async def test_what_nobody_has_stands_first_and_goes_to_somebody_with_one_key(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        shown = rows(screen)
        assert shown[0] == ("WITH NOBODY",)
        assert [row[0] for row in shown[1:4]] == ["R-0001", "R-0003", "HM-0901"]
        assert shown[1][1] == "LATE, was due 9 Nov"
        assert [row[1] for row in shown[5:]] == [GAIL, JOAN]
        await pilot.press("home", "m")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        await pilot.press(*"joan", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert desk.allocating.of("R-1").holder == JOAN, (
            "from nobody to somebody asks for no reason"
        )
        assert "R-0001 went to Joan Quill." in app.shown()
        assert [row[0] for row in rows(screen)[1:3]] == ["R-0003", "HM-0901"]


async def test_what_somebody_has_goes_on_with_a_reason_and_who_had_it_is_shown(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        screen.query_one(RowList).show_current("p:joan quill")
        await pilot.press("enter")
        await settle(pilot)
        at = next(row.id for row in screen.query_one(RowList).shown if row.cells[0] == "R-0002")
        screen.query_one(RowList).show_current(at)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        await pilot.press(*"gail", "enter")
        await until(pilot, lambda: isinstance(app.screen, Because))
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, Because), "not without a reason"
        await pilot.press(*"Joan is away", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("a")
        await settle(pilot)
        (_first, move) = desk.allocating.of("R-2").moves
        assert (move.before, move.after, move.because) == (JOAN, GAIL, "Joan is away")
        screen.query_one(RowList).show_current(at)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, Page))
        await settle(pilot)
        assert "from Joan Quill to Gail Postern, by Gail Postern" in app.shown()
        assert "Joan is away" in app.shown()


async def test_back_to_nobody_and_to_a_name_that_has_nothing_yet(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert "2 with nobody" in app.shown()
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ReferralList))
        assert "With Joan Quill." in app.shown()
        app.screen.query_one(RowList).show_current("R-0002")
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        await pilot.press(*"nobody", "enter")
        await until(pilot, lambda: isinstance(app.screen, Because))
        await pilot.press(*"Joan left", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReferralList))
        assert desk.allocating.of("R-2").holder == ""
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        await pilot.press(*"another", "enter")
        await until(pilot, lambda: isinstance(app.screen, NameForm))
        await pilot.press(*"Aled New", "tab", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReferralList))
        assert [m.after for m in desk.allocating.of("R-2").moves] == [JOAN, "", "Aled New"]


async def test_of_two_who_move_it_at_once_the_second_is_told_and_sees_who_has_it(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("home", "m")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        desk.allocating.allocate("R-1", GAIL)
        await pilot.press(*"joan", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert "Somebody else allocated it meanwhile." in app.shown()
        assert [row[0] for row in rows(screen)[1:3]] == ["R-0003", "HM-0901"]
    assert desk.allocating.of("R-1").holder == GAIL


async def test_whoever_had_the_referral_is_first_where_its_case_is_given(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.allocating.allocate("R-2", "Zoe Last", "she screens it")
    desk.referrals.decide("R-2", Screened.ACCEPTED, ScreenedBecause.SENIOR, date(2026, 11, 23), level=Level.TWO)  # fmt: skip
    desk.referrals.led_to("R-2", "HM-0901")
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        at = next(row.id for row in screen.query_one(RowList).shown if row.cells[0] == "HM-0901")
        screen.query_one(RowList).show_current(at)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        assert rows(app.screen)[0][0] == "Zoe Last"
        assert rows(app.screen)[0][1].startswith("had its referral.")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
    assert desk.allocating.of("HM-0901").holder == "Zoe Last"


async def test_a_reader_sees_who_has_what_and_moves_nothing(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.READER)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("home", "m")
        await settle(pilot)
        assert app.screen is screen
        assert "may not make cases" in app.shown()


async def test_the_analysis_opens_the_referrals_behind_a_line(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.referrals.decide("R-1", Screened.ANOTHER_LEVEL, ScreenedBecause.SENIOR, date(2026, 11, 20), level=Level.THREE)  # fmt: skip
    desk.referrals.decide("R-2", Screened.REJECTED, ScreenedBecause.NO_PLAN, date(2026, 11, 20))
    app = Program(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("ctrl+f", "R")
        await until(pilot, lambda: isinstance(app.screen, AnalysisScreen))
        await settle(pilot)
        screen = app.screen
        shown = {row.id: row.cells[0].split() for row in screen.query_one(RowList).shown}
        assert shown["r:RA-GIVEN:Level 2 asked"] == ["Level", "2", "asked", "0", "1", "1", "2"]
        assert shown["r:RA-GIVEN:Total"] == ["Total", "0", "1", "1", "2"]
        screen.query_one(RowList).show_current("r:RA-TIME:All")
        assert shown["r:RA-TIME:All"] == ["All", "1", "of", "2", "(50", "%)"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Listing))
        assert [row[0] for row in rows(app.screen)] == ["R-0001", "R-0002"]
        assert "LATE" in rows(app.screen)[0][5]
        await pilot.press("escape", "y", "b")
        await settle(pilot)
        assert "1 July 2026 to 30 September 2026: 0" in app.shown()
        await pilot.press("n", "n")
        await settle(pilot)
        assert "2026-27-Q3 is the last quarter that has begun." in app.shown()
