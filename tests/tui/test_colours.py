"""Dark, light and no colour: what is chosen is kept, text is readable, nothing hangs on colour."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.command import CommandList
from textual.screen import ModalScreen

from panelkit.domain import entries as e
from panelkit.domain.report_year import ReportYear
from panelkit.domain.vocabulary import AgencyType, Level, RiskGroup, RiskOfSeriousHarm
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.colours import WithoutColour, contrast, read_theme, theme_named, write_theme
from panelkit.tui.screens.board.meetings import BoardList
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.minutes.queue import MinuteQueue
from panelkit.tui.screens.minuteslife import MinutesLifeScreen
from panelkit.tui.screens.putoff.days import PutOffDays
from panelkit.tui.screens.referrals.forms import ReferralForm
from panelkit.tui.screens.referrals.queue import ReferralList
from panelkit.tui.screens.statistics.casehistory import HistoryScreen
from panelkit.tui.screens.statistics.missing import MissingScreen
from panelkit.tui.screens.statistics.screen import StatisticsScreen
from panelkit.tui.theme import THEMES
from tests.desk import fresh_meeting, make_desk
from tests.pty_program import KEYS, Program
from tests.tui.every_screen import VIEWS, Stage, awake, show
from tests.tui.program import settle
from tests.tui.test_program import record_in_a6

REVIEW = "WM-0143-3"
READABLE = 4.5
"""WCAG 2 AA for text."""
COLOUR_CODE = re.compile(rb"\x1b\[[0-9;:]*m")
SEEN = [
    "pane A1", "pane A5", "pane A6", "pane A7", "pane A10", "pane A16", "note", "action", "owed",
    "jump", "room", "help", "leader", "documents", "decision", "conflict", "toasts", "masked",
    "unmasked", "home", "new", "first start", "palette", "close", "finish_now", "park",
]  # fmt: skip


def sample_desk(folder: Path) -> Desk:
    return make_desk(folder, samples=("l2_review_carried_actions",))


def unreadable(app: PanelkitApp) -> Iterator[tuple[float, str, str, str]]:
    """Words drawn with too little contrast: how little, both colours, the words."""
    strips = app.screen._compositor.render_strips()
    if isinstance(app.screen, ModalScreen):  # what lies behind is dimmed on purpose
        over = app.screen.children[0].region
        strips = [strip.crop(over.x, over.right) for strip in strips[over.y : over.bottom]]
    for strip in strips:
        for segment in strip:
            style = segment.style
            if style is None or not any(c.isalnum() for c in segment.text):
                continue
            if style.color is None or style.bgcolor is None or style.color.is_default:
                continue
            fore, back = Color(*style.color.get_truecolor()), Color(*style.bgcolor.get_truecolor())
            ratio = contrast(fore, back)
            if ratio < READABLE:
                yield round(ratio, 2), fore.hex, back.hex, segment.text.strip()[:40]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_word_on_every_screen_is_readable(
    tmp_path: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANELKIT_THEME", theme)
    desk = sample_desk(tmp_path)
    desk.histories.derive()
    desk.referrals.receive(date(2026, 11, 2), "Harrowmere Police", AgencyType.POL, Level.TWO)
    app = PanelkitApp(desk, ref=REVIEW, crash_folder=tmp_path / "faults", seconds=awake)
    found: dict[tuple[str, str], tuple[float, str, str]] = {}
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        meeting = next(s for s in app.screen_stack if isinstance(s, MeetingScreen))
        stage = Stage(app, meeting)
        more = {
            "queue": lambda: MinuteQueue(desk),
            "draft": lambda: DraftScreen(desk, desk.caseload.find(REVIEW)),
            "life": lambda: MinutesLifeScreen(desk, desk.caseload.find(REVIEW)),
            "tables": lambda: StatisticsScreen(desk),
            "histories": lambda: HistoryScreen(desk, desk.histories.history("WM-0143"), None),
            "missing": lambda: MissingScreen(desk, ReportYear.of(desk.caseload.today())),
            "referrals": lambda: ReferralList(desk),
            "a referral": lambda: ReferralForm(desk),
            "board": lambda: BoardList(desk),
            "day": lambda: PutOffDays(desk, *desk.putting_off.of(REVIEW)),
        }
        for name in [*SEEN, *more]:
            if name in more:
                await stage.clear()
                await app.push_screen(more[name]())
                counting = [w for w in app.workers if w.group == "statistics"]
                await app.workers.wait_for_complete(counting)
            else:
                await show(stage, name)
            await settle(pilot)
            for ratio, fore, back, words in unreadable(app):
                found.setdefault((fore, back), (ratio, name, words))
    worst = sorted((*seen, *pair) for pair, seen in found.items())
    assert not worst, "\n".join(map(str, worst))
    print(f"{theme}: {len(SEEN) + len(more)} views, every word at {READABLE} or more")


def test_the_ratio_is_that_of_wcag() -> None:
    black, white, grey = Color(0, 0, 0), Color(255, 255, 255), Color(118, 118, 118)
    assert round(contrast(black, white), 2) == 21
    assert round(contrast(grey, white), 2) == 4.54
    assert contrast(grey, grey) == 1


def test_every_view_looked_at_is_there() -> None:
    assert set(SEEN) <= set(VIEWS)


# -- choosing --------------------------------------------------------------------------------


async def test_a_theme_chosen_in_the_palette_is_there_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, kept = sample_desk(tmp_path), tmp_path / "config" / "settings.toml"

    def fresh() -> PanelkitApp:
        return PanelkitApp(desk, crash_folder=tmp_path, settings_file=kept)

    app = fresh()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.theme == "panelkit-dark"
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert [t for t in titles if t.startswith("Theme")] == ["Theme: dark", "Theme: light"]
        await pilot.press("ctrl+p")
        await settle(pilot)
        await pilot.press(*"light")
        await app.workers.wait_for_complete()
        # The palette shows what it found when its own timer comes round, whatever the load.
        found = app.screen.query_one(CommandList)
        for _ in range(1000):
            if found.option_count == 1 and found.highlighted == 0:
                break
            await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "panelkit-light"
        await pilot.press("f1")
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        strips = app.screen._compositor.render_strips()
        assert "Theme: light" in "\n".join(strip.text for strip in strips)
    assert read_theme(kept) == "panelkit-light"
    app = fresh()
    async with app.run_test() as pilot:
        assert app.theme == "panelkit-light"
    monkeypatch.setenv("PANELKIT_THEME", "dark")
    app = fresh()
    async with app.run_test() as pilot:
        assert app.theme == "panelkit-dark", "the environment wins"


@pytest.mark.parametrize("words", ["", "theme = 3", "theme = 'sepia'", "not [ toml", "x = 1"])
async def test_a_settings_file_that_cannot_be_read_stops_nothing(
    tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "settings.toml"
    kept.write_text(words)
    monkeypatch.setenv("PANELKIT_THEME", "mauve")
    app = PanelkitApp(sample_desk(tmp_path), crash_folder=tmp_path, settings_file=kept)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.theme == "panelkit-dark"


async def test_a_choice_that_cannot_be_kept_holds_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where a folder should be")
    app = PanelkitApp(
        sample_desk(tmp_path), crash_folder=tmp_path, settings_file=tmp_path / "file" / "x.toml"
    )
    async with app.run_test() as pilot:
        await settle(pilot)
        app.choose_theme("panelkit-light")
        assert app.theme == "panelkit-light"


def test_names_people_use(tmp_path: Path) -> None:
    assert theme_named(" Light ") == theme_named("panelkit-light") == "panelkit-light"
    assert theme_named("textual-dark") == theme_named("") == ""
    write_theme(tmp_path / "a" / "s.toml", "panelkit-dark")
    assert read_theme(tmp_path / "a" / "s.toml") == "panelkit-dark"


# -- no colour -------------------------------------------------------------------------------


def coloured(raw: bytes) -> list[bytes]:
    """Every code in the stream that sets a colour."""
    found = []
    for code in COLOUR_CODE.findall(raw):
        numbers = [int(part or 0) for part in re.split(rb"[;:]", code[2:-1])]
        if any(30 <= n <= 38 or 40 <= n <= 48 or 90 <= n <= 107 or n == 58 for n in numbers):
            found.append(code)
    return found


@pytest.mark.reliability
@pytest.mark.timeout(120)
def test_no_colour_code_reaches_the_terminal(tmp_path: Path) -> None:
    path, ref = record_in_a6(tmp_path)
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--db", path, "--as", "Ruth Calloway"]
    env = {"PANELKIT_AREA": "national", "NO_COLOR": "1"}
    with Program.start(argv, size=(120, 40), env=env) as program:
        program.wait_for_text("Index offence")
        program.press("typed")
        for name in (
            "f4",
            "f4",
            "f9",
            "escape",
            "f8",
            "escape",
            "f5",
            "escape",
            "ctrl+t",
            "escape",
            "f12",
            "f1",
            "escape",
            "ctrl+p",
            "escape",
        ):
            program.press(KEYS[name])
            program.settle(0.2)
        program.screen()
        reversed_top = all(program._screen.buffer[0][x].reverse for x in range(1, 60))
        raw = program.raw
        program.press(KEYS["ctrl+q"])
        assert program.wait() == 0
    assert coloured(raw) == []
    assert reversed_top, "the top line stands out"
    print(f"NO_COLOR: {len(raw)} bytes, 0 colour codes")


@pytest.mark.reliability
@pytest.mark.timeout(120)
def test_with_colour_there_are_codes(tmp_path: Path) -> None:
    """The test above could fail."""
    path, ref = record_in_a6(tmp_path)
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--db", path]
    with Program.start(argv, env={"PANELKIT_AREA": "national"}) as program:
        program.wait_for_text("Index offence")
        program.settle()
        assert coloured(program.raw)


async def test_every_state_is_told_in_signs_and_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    desk = make_desk(tmp_path)
    begun = desk.chairing.check_in_all(desk.chairing.start(fresh_meeting(desk)))
    begun = desk.chairing.statement_given(begun, "read")
    rating = e.RiskRating(id=new_id(), group=RiskGroup.PUBLIC, level=RiskOfSeriousHarm.HIGH)
    begun = desk.chairing.record_answer(
        desk.chairing.add(begun, rating), "A6", "index_offence", "words"
    )
    for code in ("A2", "A10", "A11"):  # what was not visited owes nothing on the rail
        begun = desk.chairing.move_to(begun, code)
    app = PanelkitApp(desk, ref=begun.ref, crash_folder=tmp_path)
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        meeting = next(s for s in app.screen_stack if isinstance(s, MeetingScreen))
        stage = Stage(app, meeting)
        gap = next(g for g in meeting.gaps if g.can_park)
        meeting.session.do(lambda m: desk.chairing.park(m, gap, "papers tomorrow", None))
        meeting.follow()

        async def words(name: str) -> str:
            await show(stage, name)
            await settle(pilot)
            strips = app.screen._compositor.render_strips()
            return "\n".join(strip.text for strip in strips)

        rail = await words("pane A11")
        for sign, word in (("!", "owed"), ("✓", "done"), ("▸", "now"), ("·", " A")):
            assert re.search(rf"{re.escape(sign)}\s*\d*\s*{word}", rail), (sign, word)
        assert "parked" in await words("owed") + await words(f"pane {gap.item}")
        assert "◂ owed" in await words("pane A6")
        assert re.search(r"HIGH", await words("pane A10")), "high risk in capitals"
        assert "MASKED FOR SHARING" in await words("masked")
        assert "▒▒▒▒" in await words("pane A10")
        await words("unmasked")
        assert "NOT HEARD" in await words("pane A7")


def test_what_stands_out_is_reversed_and_a_reversed_cursor_on_it_is_seen() -> None:
    lines = [
        Segment("plain", Style.parse("#e8eaed on #12161c")),
        Segment("top", Style.parse("bold #ffffff on #2a6f97")),
        Segment("panel", Style.parse("#e8eaed on #222a35")),
        Segment("cursor", Style.parse("reverse #e8eaed on #12161c")),
    ]
    styles = [segment.style for segment in WithoutColour().apply(lines, Color(42, 111, 151))]
    assert all(s is not None and s.color is None and s.bgcolor is None for s in styles)
    assert [bool(s and s.reverse) for s in styles] == [False, True, False, True]
    assert styles[1] is not None
    assert styles[1].bold
