"""What each role sees and may open on screen; the red line of a record that is not encrypted."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from panelkit.domain.people import MAY, Act, Role
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.services.entering import enter
from panelkit.services.people import FIRST, People, found
from panelkit.store.belongings import is_encrypted
from panelkit.store.tries import Tries
from panelkit.tui.rights import NOT_ENCRYPTED
from panelkit.tui.screens.audits.queue import AuditQueue
from panelkit.tui.screens.audits.screen import AuditScreen
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.minutes.queue import MinuteQueue
from panelkit.tui.screens.ownpart import OwnPart
from panelkit.tui.screens.statistics.casehistory import HistoryScreen
from panelkit.tui.screens.statistics.screen import StatisticsScreen
from panelkit.tui.widgets.rowlist import RowList
from panelkit.wiring import VARIABLE, Settings, desk_over
from tests.desk import SAMPLES, Clock, fresh_meeting, make_desk
from tests.pty_program import KEYS
from tests.pty_program import Program as InTerminal
from tests.tui.program import Program, settle

OMAR = "Omar Okafor"
WORDS = "a passphrase of Omar"
REVIEW = "WM-0143-3"


pytestmark = pytest.mark.usefixtures("cheap_slots")


def desk_as(folder: Path, *roles: Role) -> Desk:
    """Omar with these roles, at a desk over an encrypted record with the sample review."""
    path, clock = folder / "r.db", Clock()
    made = found(path, "Ruth Calloway", FIRST, "a passphrase of Ruth", clock)
    desk = desk_over(Settings(clock=clock), made.record)
    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    People(made.record, clock).add(OMAR, roles, WORDS)
    made.record.close()
    return desk_over(
        Settings(clock=clock), enter(path, OMAR, "", WORDS, Tries(folder / "t"), clock)
    )


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_opens_its_own_screens_and_is_told_of_the_others(
    tmp_path: Path, role: Role
) -> None:
    desk = desk_as(tmp_path, role)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        if role not in MAY[Act.READ]:
            assert isinstance(app.screen, OwnPart)
            shown = app.shown()
            assert OMAR in shown
            assert ("Ruth Calloway" in shown) is (role is Role.ADMINISTRATOR)
            assert (REVIEW in shown) is (role is Role.LAY_ADVISER)
            return
        assert isinstance(app.screen, HomeScreen)
        assert "(claimed)" not in app.shown()
        for key, screen, act in (
            ("f7", AuditQueue, Act.AUDIT), ("f8", MinuteQueue, Act.DRAFT),
            ("ctrl+t", StatisticsScreen, Act.FIGURES),
        ):  # fmt: skip
            await pilot.press(key)
            await settle(pilot)
            if role in MAY[act]:
                assert isinstance(app.screen, screen)
            else:
                assert isinstance(app.screen, Page)
                assert role.label.lower() in app.shown()
                assert "may not" in app.shown()
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, HomeScreen)
    desk.caseload.record.close()


async def test_what_a_reader_types_is_not_stored_and_is_not_lost(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.READER)
    head = desk.chairing.load(REVIEW)
    app = Program(desk, tmp_path, REVIEW)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.meeting_screen
        spot = next(b.spot for b in screen.query("FieldBox"))  # type: ignore[attr-defined]
        screen.session.typed(spot, "typed by a reader", 0.0)
        screen.session.flush()
        await settle(pilot)
        assert "may not write in the record" in screen.session.problem
        assert "may not write" in app.shown()
    assert desk.chairing.load(REVIEW).answers == head.answers
    kept = desk.chairing.record.drafts(head.id, OMAR)
    assert "typed by a reader" in kept.values()
    desk.caseload.record.close()


async def test_a_reader_sees_the_histories_of_a_case_and_changes_none(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.READER)
    case = desk.chairing.load(REVIEW).case
    before = desk.chairing.record.spans(case.id)
    app = Program(desk, tmp_path, REVIEW)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+f", "S")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert len(app.screen.query_one(RowList).shown) == len(before) + 8
        for keys in (("end", "enter"), ("home", "enter"), ("delete",), ("l",)):
            await pilot.press(*keys)
            await settle(pilot)
            assert isinstance(app.screen, Page), keys
            assert "may not make cases, meetings and sittings" in app.shown(), keys
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, HistoryScreen)
    assert desk.chairing.record.spans(case.id) == before
    desk.caseload.record.close()


async def test_a_lay_adviser_observes_a_meeting_and_sees_no_minutes(tmp_path: Path) -> None:
    desk = desk_as(tmp_path, Role.LAY_ADVISER)
    app = Program(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AuditScreen)
        assert not app.screen.reads
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, OwnPart)
    meeting = desk.caseload.record.load(REVIEW)
    (observation,) = desk.observations.of(meeting)
    assert observation.auditor == OMAR
    desk.caseload.record.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_record_that_is_not_encrypted_says_so_over_every_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = dataclasses.replace(make_desk(tmp_path), demo=False)
    ref = desk.chairing.start(fresh_meeting(desk)).ref
    app = Program(desk, tmp_path)
    seen = 0
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in ("f5", "f6", "f7", "f8", "f9", "ctrl+t", "f1", "ctrl+o"):
            for _ in range(2):
                top = app.shown().splitlines()[0]
                assert NOT_ENCRYPTED[:40] in top, key
                seen += 1
                if not isinstance(app.screen, HomeScreen):
                    break
                await pilot.press(key)
                await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
        app.open_meeting(ref)
        await settle(pilot)
        for key in ("", "f5", "escape", "f8", "escape", "ctrl+t"):
            if key:
                await pilot.press(key)
                await settle(pilot)
            assert NOT_ENCRYPTED[:40] in app.shown().splitlines()[0], key
            seen += 1
    assert seen > 15


async def test_the_demonstration_and_an_encrypted_record_have_no_red_line(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    for desk in (make_desk(tmp_path / "one"), desk_as(tmp_path, Role.CHAIR)):
        app = Program(desk, tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert NOT_ENCRYPTED[:20] not in app.shown()


def _wait_for_passphrase_asked(program: InTerminal, *, times: int) -> None:
    program.wait_until(
        lambda: program.raw.count(b"Passphrase for panelkit.db: ") >= times,
        f"the passphrase asked for {times} times",
        20,
    )


def test_what_is_typed_before_a_passphrase_is_asked_for_again_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "panelkit.db"
    env = {"PANELKIT_AREA": "national", "PANELKIT_AS": "Ruth Calloway", "PANELKIT_DB": str(path)}
    argv = [sys.executable, "-m", "panelkit"]
    with InTerminal.start([*argv, "init"], env=env | {VARIABLE: "an invented passphrase"}) as made:
        assert made.wait() == 0
    with InTerminal.start([*argv, "list"], env=env) as program:
        _wait_for_passphrase_asked(program, times=1)
        program.press("not the passphrase" + KEYS["enter"])
        program.wait_for_raw(b"panelkit.db: \r\n")  # the key is worked out now
        program.press("an invented")
        _wait_for_passphrase_asked(program, times=2)
        program.press(KEYS["ctrl+u"] + "an invented passphrase" + KEYS["enter"])
        assert program.wait() == 0
        assert b"No meeting" in program.raw
        assert b"invented" not in program.raw, "a passphrase is never shown"


def test_the_terminal_shows_what_is_typed_once_a_command_that_asked_has_ended(
    tmp_path: Path,
) -> None:
    env = {"PANELKIT_AREA": "national", "PANELKIT_DB": str(tmp_path / "panelkit.db")}
    line = f"{sys.executable} -m panelkit init; echo it has ended; cat"
    with InTerminal.start(["/bin/sh", "-c", line], env=env) as shell:
        shell.wait_for_raw(b"New passphrase: ")
        shell.press("an invented passphrase" + KEYS["enter"])
        shell.wait_for_raw(b"The same again: ")
        shell.press("another invented passphrase" + KEYS["enter"])
        shell.wait_for_raw(b"it has ended")
        assert b"invented" not in shell.raw
        shell.press("these words are shown")
        shell.wait_for_raw(b"these words are shown")


def test_a_first_start_makes_an_encrypted_record_at_the_terminal(tmp_path: Path) -> None:
    env = {
        "PANELKIT_AREA": "national", "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PANELKIT_AS": "Ruth Calloway",
    }  # fmt: skip
    argv = [sys.executable, "-m", "panelkit"]
    with InTerminal.start(argv, size=(120, 40), env=env) as program:
        program.wait_for_text("no record on this computer yet")
        program.press(KEYS["down"])
        program.press(KEYS["enter"])
        program.wait_for_text("New passphrase")
        program.press("an invented passphrase" + KEYS["enter"])
        program.wait_for_text("The same again")
        program.press("an invented passphrase" + KEYS["enter"])
        program.wait_for_text("sealed way in")
        program.wait_for_text("Passphrase for panelkit.db")
        program.press("not the passphrase" + KEYS["enter"])
        _wait_for_passphrase_asked(program, times=2)
        program.press("an invented passphrase" + KEYS["enter"])
        program.wait_for_text("No meeting yet")
        assert "an invented passphrase" not in program.text()
        assert b"invented passphrase" not in program.raw, "a passphrase is never shown"
        program.press(KEYS["ctrl+q"])
        assert program.wait() == 0
    assert is_encrypted(tmp_path / "data" / "panelkit" / "panelkit.db")
