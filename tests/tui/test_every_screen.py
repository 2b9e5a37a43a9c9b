"""RV06 and RV07 on the program's own screens, all of them, over a record of hostile words."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.strip import Strip

import panelkit.tui.screens
from panelkit.opened.showing import visible
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.chasing.forms import DayForm
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.newmeeting import ShortForm
from panelkit.tui.screens.statistics.behind import OpensBehind
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.historyforms import HistoryForm
from panelkit.tui.screens.statistics.panel import ListPanel
from tests.pty_program import KEYS, Program
from tests.tui.every_screen import VIEWS, Stage, awake, show
from tests.tui.hostile import BRACKETS, MARK, bracket_texts, control_texts
from tests.tui.hostile_record import hostile_desk
from tests.tui.test_stream import user_born

ROOT = Path(__file__).parents[2]
SIZES = ((80, 24), (120, 40), (200, 60))
SEED = 31337
SCROLLBAR = {"grab", "release", "scroll_down", "scroll_up"}
"""What Textual's own scrollbars do where they are drawn."""
BASES = frozenset({ShortForm, FigureForm, HistoryForm, ListPanel, OpensBehind, DayForm})
"""What forms and lists are built on; none of them is opened itself."""
FILE_NAME = re.compile(r"[0-9A-Za-z-]+_M\d+_\d{8}_v\d")
MAY_END = " …│▁▂▃▄▅▆▇█▎▌▐▊▔─┐┘└┌╮╯\u2581"
"""What may stand where a text is cut: nothing, a mark of cutting, a frame."""


def screens_of_the_program() -> set[type[Screen[object]]]:
    """Every kind of screen, found by loading every module there is."""
    for module in pkgutil.walk_packages(panelkit.tui.__path__, "panelkit.tui."):
        importlib.import_module(module.name)

    def below(kind: type) -> Iterator[type]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    return {k for k in below(Screen) if k.__module__.startswith("panelkit.")} - BASES


def drawn(app: PanelkitApp) -> list[Strip]:
    """The screen as it is drawn now, what lies over it included."""
    return app.screen._compositor.render_strips()


def check_words(lines: Iterable[str], expected: dict[str, str]) -> set[str]:
    """No text is shown otherwise than as it is; the names of those shown whole."""
    whole = set()
    for line in lines:
        for found in re.finditer(r"q\d+q", line):
            text = expected.get(found[0])
            if text is None:
                continue  # the start of a number that was cut
            there = line[found.start() :]
            if FILE_NAME.match(there):
                continue  # a reference in the name of a file: letters, digits and hyphens
            same = next(
                (n for n, (a, b) in enumerate(zip(there, text, strict=False)) if a != b),
                min(len(there), len(text)),
            )
            if same == len(text):
                whole.add(found[0])
            else:
                after = there[same : same + 1]
                cut = not after or after in MAY_END or there[:same].endswith((" ", "…"))
                assert cut, f"stored {text!r}, shown {there!r}"
    return whole


def check_acts(strips: Iterable[Strip]) -> None:
    """Nothing drawn acts when it is clicked, and nothing is a link."""
    for strip in strips:
        for segment in strip:
            if segment.style is not None:
                assert not segment.style.link, segment
                acting = {k: v for k, v in segment.style.meta.items() if k.startswith("@")}
                assert set(acting.values()) <= SCROLLBAR, segment


@pytest.mark.reliability
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("size", SIZES)
async def test_rv06_every_screen_shows_words_as_they_are(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk, ref, texts = hostile_desk(tmp_path, [*BRACKETS, *bracket_texts(SEED, 5000)[28:]])
    expected = {re.match(r"q\d+q", t)[0]: visible(t.replace("\n", " ")) for t in texts.given}  # type: ignore[index]
    app = PanelkitApp(desk, ref=ref, crash_folder=tmp_path / "faults", seconds=awake)
    seen: set[type] = set()
    whole: set[str] = set()
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        meeting = next(s for s in app.screen_stack if isinstance(s, MeetingScreen))
        stage = Stage(app, meeting)
        # The middle size shows the same forms as the wide one: they stop growing before it.
        names = [name for name in VIEWS if size != SIZES[1] or not name.startswith("form ")]
        for name in [*names, "form actions"]:
            await show(stage, name)
            await pilot.pause()
            await pilot.pause()
            seen |= {type(each) for each in app.screen_stack}
            strips = drawn(app)
            check_acts(strips)
            whole |= check_words([strip.text for strip in strips], expected)
        assert app.return_code in (None, 0)
    missed = {kind.__name__ for kind in screens_of_the_program() - seen}
    assert not missed, f"no view in tests/tui/every_screen.py opens {missed}"
    print(
        f"RV06 every screen {size}: {len(names)} views, {len(seen)} kinds of screen, {len(texts.given)} "
        f"texts stored, {len(whole)} seen whole, 0 altered, 0 acting, 0 exceptions"
    )
    assert len(whole) > 120


@pytest.mark.reliability
@pytest.mark.timeout(1200)
def test_rv07_no_screen_passes_a_command_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "sources.json").write_text(json.dumps(control_texts(300)))
    shown = tmp_path / "shown"
    argv = [sys.executable, "-m", "tests.tui.every_screen", tmp_path]
    with Program.start(argv, size=(200, 60), cwd=ROOT) as program:
        program.wait_for_raw(b"A1")
        program.settle(0.15)
        for name in [*VIEWS, "END"]:
            program.press(KEYS["f11"])
            program.wait_until(
                lambda name=name: shown.exists() and shown.read_text() == name,  # type: ignore[misc]
                f"view {name}", 20,
            )  # fmt: skip
            program.settle(0.02)
        assert program.running
        assert user_born(program.raw) == []
        marks = program.raw.count(MARK.encode())
        assert b"<U+202E>" in program.raw
        assert marks > 300
    stored = len(json.loads((tmp_path / "texts.json").read_text()))
    print(
        f"RV07 every screen: {len(VIEWS)} views over {stored} texts, drawn {marks} times, "
        "0 sequences of theirs"
    )
