"""The share-safe view over every screen there is: nothing that is not marked open is seen.

Every text of the record has a number of its own. Those that fields marked open hold may be
shown; any other that is drawn while the mask is on is a leak, wherever it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color
from textual.command import CommandPalette

from panelkit.domain import entries as e
from panelkit.domain.fields import fields_of
from panelkit.domain.vocabulary import Sensitivity
from panelkit.opened.sharing import SHARING, may_be_shared
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.masking import NOT_SHARED
from panelkit.tui.screens.curtain import Curtain
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.words import Words
from tests.desk import make_desk
from tests.tui.every_screen import VIEWS, Opener, Stage, act, awake, show
from tests.tui.hostile_record import hostile_desk
from tests.tui.program import settle
from tests.tui.test_every_screen import screens_of_the_program

SOURCE = "heard and kept from every screen that is shared"
NUMBER = re.compile(r"q\d+q")
SIZES = {"opened masked": (120, 90), "masked while open": (120, 40)}
"""Tall, so that what lies below the fold is drawn too; not where each view is drawn three times."""
MORE: dict[str, Opener] = {"withdrawn": act("withdrawn"), "other meeting": act("other_meeting")}
"""Openers that the walk for hostile text does not need."""
ONE_OF_ITS_KIND = (
    "desk: draft", "desk: draft side", "desk: draft notes", "desk: draft leader", "form actions", "form decisions", "form withdrawn", "pane A1", "pane A7", "pane A10", "pane A16",
)  # fmt: skip
"""Looked at where the mask comes over what is open; all other panes and forms are of their classes."""


def texts_of(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Every text of every meeting, and whether its field is marked open."""
    for meeting in desk.caseload.every():
        # The reference stands for the case on every screen, in place of a name.
        yield meeting.ref, True
        for item in meeting.agenda:
            for field in item.fields:
                yield meeting.text(item.code, field.key), field.sensitivity is Sensitivity.OPEN
        for kind in e.ENTRIES:
            for row in meeting.of(kind):
                for field in fields_of(kind):
                    value = getattr(row, field.key)
                    for each in value if isinstance(value, tuple) else (value,):
                        if isinstance(each, str):
                            yield each, field.sensitivity is Sensitivity.OPEN


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def drawn(app: PanelkitApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


NOT_WALKED = ("masked", "unmasked", "curtain", "lock", "desk: take back")
"""Views of the mask itself, of the lock, which is no screen to share, and one with a test of its own."""


@pytest.mark.reliability
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("when", SIZES)
async def test_rv18_no_screen_shows_what_is_not_open(tmp_path: Path, when: str) -> None:
    desk, ref, texts = hostile_desk(tmp_path, [SOURCE])
    found = list(texts_of(desk))
    may_be_seen = set().union(*(numbers(text) for text, is_open in found if is_open))
    assert len({text for text, is_open in found if not is_open}) > 500
    views = {**VIEWS, **MORE}
    leaks: dict[str, set[str]] = {}
    refused = covered = shown = 0
    app = PanelkitApp(desk, ref=ref, crash_folder=tmp_path / "faults", seconds=awake)
    async with app.run_test(size=SIZES[when], notifications=True) as pilot:
        await settle(pilot)
        stage = Stage(app, next(s for s in app.screen_stack if isinstance(s, MeetingScreen)))
        names = [name for name in views if name not in NOT_WALKED]
        if when == "opened masked":
            await pilot.press("f12")
        else:
            names = [
                n
                for n in names
                if not n.startswith(("form ", "pane ", "desk: draft")) or n in ONE_OF_ITS_KIND
            ]
        for name in names:
            if when != "opened masked":
                app.set_mask(by_person=False, by_idleness=False)
            await show(stage, name) if name in VIEWS else await _open(stage, MORE[name])
            await pilot.pause()
            await pilot.pause()
            if when != "opened masked":
                await pilot.press("f12")
                await pilot.pause()
            assert SHARING.by_person, f"F12 did nothing over {name}"
            screen = app.screen
            assert may_be_shared(screen) or isinstance(screen, CommandPalette), name
            refused += isinstance(screen, Page) and NOT_SHARED[:30] in drawn(app)
            covered += isinstance(screen, Curtain)
            shown += 1
            if seen := numbers(drawn(app)) - may_be_seen:
                leaks[name] = seen
        assert not app._fault
    print(
        f"RV18 {when}: {shown} views over {len(texts.given)} texts, {len(texts.given) - len(may_be_seen)} not "
        f"open: {sum(map(len, leaks.values()))} seen; {refused} refused, {covered} covered"
    )
    assert not leaks


async def _open(stage: Stage, opener: Opener) -> None:
    await stage.clear()
    opener(stage)


def test_a_screen_nobody_thought_of_may_not_be_shared() -> None:
    """The list is short and said out loud: whoever adds to it has looked at every field."""
    assert {kind.__name__ for kind in screens_of_the_program() if getattr(kind, "shares", False)} == {
        "AnswerForm", "AuditScreen", "CallsScreen", "Curtain", "DecisionForm", "DraftScreen", "EntryForm",
        "HomeScreen", "Leader", "LockScreen", "MeetingScreen", "MinuteQueue", "OneLine", "RoomScreen",
        "StatisticsScreen",
    }  # fmt: skip


async def test_off_asks_and_one_key_is_enough_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = PanelkitApp(desk, ref="WM-0143-3", crash_folder=tmp_path)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+n", *"flat falls")
        await pilot.press("f12")
        await settle(pilot)
        assert isinstance(app.screen, OneLine)
        assert "flat falls" not in drawn(app)
        await pilot.press("x")
        assert app.screen.query_one(Words).value == "flat falls", "a masked line takes no keys"
        notify_typed(app, "toast of the record", "warning")
        await settle(pilot)
        assert "toast of the record" not in drawn(app)
        assert "A message waits" in drawn(app)
        for answer, masked in (("no", True), ("", True), ("yes", False)):
            await pilot.press("f12")
            await settle(pilot)
            assert "Show everything again?" in drawn(app)
            assert SHARING.on, "asked first"
            await pilot.press(*answer, "enter")
            await settle(pilot)
            assert SHARING.on is masked, answer
        assert "flat falls" in drawn(app), "what was typed is there again"
        assert "toast of the record" in drawn(app)


@pytest.mark.parametrize("kind", ["chair", "draft"])
async def test_the_top_line_has_another_colour_while_masked(tmp_path: Path, kind: str) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = PanelkitApp(desk, ref="WM-0143-3", crash_folder=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        if kind == "draft":
            await app.push_screen(DraftScreen(desk, desk.caseload.find("WM-0143-3")))
            await settle(pilot)
        top = app.screen.query_one("#top")
        usual, warning = top.styles.background, app.theme_variables["warning"]
        await pilot.press("f12")
        await settle(pilot)
        assert top.styles.background == Color.parse(warning) != usual
        app.set_mask(by_person=False, by_idleness=False)
        await settle(pilot)
        assert top.styles.background == usual


async def test_the_mask_is_one_for_every_screen(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions", "poor_record"))
    app = PanelkitApp(desk, crash_folder=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("f12")
        for ref in ("WM-0143-3", "HM-0188-3"):
            app.open_meeting(ref)
            await settle(pilot)
            assert "MASKED FOR SHARING" in drawn(app), ref
            answers = [a.text for a in desk.caseload.find(ref).answers.values() if len(a.text) > 60]
            for code in ("A6", "A9", "A11"):
                await app.screen.go_to(code)  # type: ignore[attr-defined]
                await settle(pilot)
                assert not [text for text in answers if text[:30] in drawn(app)], (ref, code)
