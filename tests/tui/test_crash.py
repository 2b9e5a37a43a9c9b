"""RV03: a fault of the program shows nothing it held, and loses nothing that was typed."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Static

from panelkit.tui.crash import FAULT_STATUS, SafeCrash, write_report
from tests.pty_program import KEYS, Program
from tests.tui.small_apps import FragileApp, SavingApp

ROOT = Path(__file__).parents[2]
CANARY = "14-Wexford-Gardens-zq7"
AT_THE_KEY = (
    "handler",
    "timer",
    "interval",
    "call later",
    "after refresh",
    "message",
    "async worker",
    "thread worker",
    "task",
    "loop callback",
    "thread",
    "render",
    "layout",
    "widget compose",
    "widget mount",
    "watcher",
    "screen compose",
    "panic",
    "cause",
    "unmount",
    "after",
    "save",
)


def start(folder: Path, where: str, kind: str = "fragile") -> Program:
    """The program that will fail at ``where``."""
    argv = [sys.executable, "-m", "tests.tui.small_apps", kind, folder, where]
    # A few are real starts: a fault before anything is drawn, and one at the key.
    loaded = where not in {"compose", "mount", "handler"}
    return Program.start(argv, cwd=ROOT, env={"CANARY": CANARY}, loaded=loaded)


def check_left_behind(program: Program, folder: Path, *, saved: bool = True) -> str:
    """The one line, the status, the report; returns the report."""
    assert program.wait() == FAULT_STATUS
    raw = program.raw
    assert CANARY.encode() not in raw
    assert b"Traceback" not in raw
    assert raw.count(b"panelkit stopped because of a fault in itself.") == 1
    said = b"What you typed is saved." if saved else b"may not be saved."
    after_the_screen = raw.rpartition(b"\x1b[?1049l")[2]
    assert said in after_the_screen
    (report,) = (folder / "faults").iterdir()
    assert report.name.encode() in after_the_screen.replace(b"\r\n", b"")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    everything = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert CANARY.encode() not in everything
    return report.read_text()


@pytest.mark.reliability
@pytest.mark.parametrize("where", AT_THE_KEY)
def test_rv03_a_fault_shows_nothing_and_saves(tmp_path: Path, where: str) -> None:
    with start(tmp_path, where) as program:
        program.wait_for_text("READY")
        program.press("typed words!")
        report = check_left_behind(program, tmp_path, saved=where != "save")
    assert (tmp_path / "saved").read_text() == "typed words!"
    if where != "panic":
        assert "builtins.ValueError" in report
        assert "tests.tui.small_apps explode line" in report or "__main__ explode line" in report
    print(f"RV03 {where}: 0 canaries in the stream, the folder and the report; status 70")


@pytest.mark.reliability
@pytest.mark.parametrize("where", ["compose", "mount"])
def test_rv03_a_fault_before_anything_is_drawn(tmp_path: Path, where: str) -> None:
    with start(tmp_path, where) as program:
        report = check_left_behind(program, tmp_path, saved=where == "mount")
    assert "ValueError" in report


@pytest.mark.reliability
def test_rv03_a_fault_in_an_action(tmp_path: Path) -> None:
    with start(tmp_path, "") as program:
        program.wait_for_text("READY")
        program.press("typed" + KEYS["f2"])
        assert "action_boom" in check_left_behind(program, tmp_path)
    assert (tmp_path / "saved").read_text() == "typed"


@pytest.mark.reliability
def test_rv03_what_fails_while_thrown_away_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    with start(tmp_path, "del") as program:
        program.wait_for_text("READY")
        program.press("typed!")
        program.wait_until((tmp_path / "faults").exists, "a report")
        program.press(" and on")
        program.wait_for_text("typed! and on")
        assert CANARY.encode() not in program.raw
    assert all(CANARY not in report.read_text() for report in (tmp_path / "faults").iterdir())


@pytest.mark.reliability
def test_the_baseline_leaks(tmp_path: Path) -> None:
    """Stock Textual prints the canary: the tests above could fail."""
    with start(tmp_path, "key", kind="stock") as program:
        program.wait_for_text("READY")
        program.press("!")
        program.wait()
        assert CANARY.encode() in program.raw


async def test_a_test_still_sees_the_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANARY", CANARY)
    app = FragileApp(tmp_path, "handler")

    async def press() -> None:
        async with app.run_test() as pilot:
            await pilot.press("exclamation_mark")
            await pilot.pause()

    with pytest.raises(ValueError, match="handler"):
        await press()
    assert app.return_code == FAULT_STATUS
    assert CANARY not in "".join(capfd.readouterr())


async def test_every_way_out_saves_first(tmp_path: Path) -> None:
    app = SavingApp(tmp_path)
    async with app.run_test() as pilot:
        await pilot.press(*"kept")
        await app.run_action("app.quit")
    assert (tmp_path / "saved").read_text() == "kept"


async def test_the_palette_offers_no_screenshot(tmp_path: Path) -> None:
    app = SavingApp(tmp_path)
    async with app.run_test():
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert titles
        assert not [title for title in titles if "screenshot" in title.casefold()]


async def test_copying_stays_within_the_program(tmp_path: Path) -> None:
    app = SavingApp(tmp_path)
    async with app.run_test() as pilot:
        written: list[str] = []
        app._driver.write = written.append  # type: ignore[union-attr,method-assign]
        await pilot.press(*"abc", "ctrl+x")
        assert app.clipboard.strip() == "abc"
        await pilot.press("ctrl+v")
        assert not [data for data in written if "]52;" in data]


class Watched(SafeCrash):
    """As if a person sat at it: the headless driver says it is none."""

    is_headless = False

    def compose(self) -> object:  # type: ignore[override]
        yield Static(CANARY, markup=False)


async def test_no_way_to_a_picture_of_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    app = Watched()
    async with app.run_test() as pilot:
        app.action_screenshot()
        await app.run_action("app.screenshot('x.svg')")
        app.deliver_screenshot("x.svg", str(tmp_path))
        assert app.save_screenshot("x.svg", str(tmp_path)) == ""
        assert app.export_screenshot() == ""
        await pilot.pause()
    assert list(tmp_path.rglob("*.svg")) == []


@pytest.mark.reliability
def test_a_screenshot_by_environment_writes_nothing(tmp_path: Path) -> None:
    program = Program.start(
        [sys.executable, "-m", "tests.tui.small_apps", "saving", tmp_path],
        cwd=ROOT,
        env={"TEXTUAL_SCREENSHOT": "0", "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path)},
    )
    with program:
        program.wait_for_text("READY")
        program.press("still here")
        program.wait_for_text("still here")
        program.settle()
        assert program.running
    assert list(tmp_path.rglob("*.svg")) == []


def test_a_report_holds_types_and_places_only(tmp_path: Path) -> None:
    def inner(secret: str) -> None:
        raise KeyError(secret)

    def outer(secret: str) -> None:
        try:
            inner(secret)
        except KeyError as error:
            raise ExceptionGroup(secret, [error, ValueError(secret)]) from None

    with pytest.raises(ExceptionGroup) as caught:
        outer(CANARY)
    text = write_report(tmp_path / "a" / "b", caught.value, None).read_text()
    assert CANARY not in text
    assert "builtins.ExceptionGroup" in text
    assert "builtins.KeyError" in text
    assert "inner line" in text
    assert str(ROOT) not in text


def test_an_error_in_a_circle_ends(tmp_path: Path) -> None:
    one, two = ValueError("a"), ValueError("b")
    one.__cause__, two.__cause__ = two, one
    assert write_report(tmp_path, one).read_text().count("which came from") == 7


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "faults").write_text("a file where a folder should be")
    code = (
        "import sys; from pathlib import Path; from tests.tui.small_apps import SavingApp\n"
        f"app = SavingApp(Path({str(tmp_path)!r}))\n"
        "app.stop_for_fault(ValueError('x'))\n"
        "app._say_fault(); sys.exit(app.return_code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == FAULT_STATUS
    assert b"Report: could not be written" in done.stderr
