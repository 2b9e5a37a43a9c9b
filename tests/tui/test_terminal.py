"""RV02: ended from outside, nothing typed is lost and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from panelkit.tui import terminal
from tests.desk import make_desk
from tests.pty_program import KEYS, Program

ROOT = Path(__file__).parents[2]
SENTENCE = "Police: he was seen near the school at 08:40, éŵż 🙂"


def start(
    folder: Path, how: str = "", ignored: tuple[str, ...] = (), *, loaded: bool = True
) -> Program:
    """The small program, drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    argv = [sys.executable, "-m", "tests.tui.small_apps", "saving", folder, how]
    program = Program.start(argv, cwd=ROOT, ignored=ignored, loaded=loaded)
    program.wait_for_text("READY")
    return program


def end(program: Program, way: str) -> tuple[int, float]:
    """End it from outside; its status, and the seconds that took."""
    began = time.monotonic()
    if way == "hang up":
        program.hang_up()
    else:
        program.signal(getattr(signal, way))
    return program.wait(), time.monotonic() - began


@pytest.mark.reliability
@pytest.mark.parametrize(
    ("way", "status", "ignored"),
    [("SIGHUP", 129, ()), ("SIGTERM", 143, ()), ("hang up", 129, ()), ("hang up", 129, ("HUP",))],
)
@pytest.mark.parametrize("part", range(5))
def test_rv02_nothing_typed_is_lost(
    tmp_path: Path, way: str, status: int, ignored: tuple[str, ...], part: int
) -> None:
    runs = 2 if ignored else 5
    slowest = 0.0
    for run in range(runs):
        folder = tmp_path / str(run)
        words = f"{SENTENCE} {part}{run}"
        with start(folder, ignored=ignored, loaded=part + run > 0) as program:
            program.press(words)
            program.wait_for_text(words[-4:])  # the digits alone may stand in the sentence
            found, seconds = end(program, way)
        assert found == status
        assert (folder / "saved").read_text() == words
        slowest = max(slowest, seconds)
    print(f"RV02 {way} {ignored}: {runs} runs, 0 characters lost, slowest {slowest:.2f} s")
    assert slowest < 2.0


@pytest.mark.parametrize(("way", "status"), [("SIGINT", 130), ("SIGQUIT", 131)])
def test_other_signals_end_it_saved(tmp_path: Path, way: str, status: int) -> None:
    with start(tmp_path) as program:
        program.press("abc")
        program.wait_for_text("abc")
        assert end(program, way)[0] == status
    assert (tmp_path / "saved").read_text() == "abc"


def test_the_terminal_is_put_back(tmp_path: Path) -> None:
    with start(tmp_path) as program:
        assert not termios.tcgetattr(program._master)[3] & termios.ECHO
        end(program, "SIGTERM")
        assert termios.tcgetattr(program._master)[3] & termios.ECHO
        left = program.raw.rpartition(b"READY")[2]
        for undone in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1003l", b"\x1b[<u"):
            assert undone in left


def test_a_hang_up_that_is_ignored_stays_ignored_while_the_terminal_lives(tmp_path: Path) -> None:
    with start(tmp_path, ignored=("HUP",)) as program:
        program.signal(signal.SIGHUP)
        program.press("still here")
        program.wait_for_text("still here")
        assert program.running


@pytest.mark.reliability
def test_a_save_is_never_cut_into_by_the_last_one(tmp_path: Path) -> None:
    with start(tmp_path, "slow") as program:
        program.press("a")
        order = tmp_path / "order"
        program.wait_until(order.exists, "a save begun")
        assert end(program, "SIGTERM")[0] == 143
    assert order.read_text() == "begin end begin end "
    assert (tmp_path / "saved").read_text() == "a"


@pytest.mark.reliability
@pytest.mark.parametrize(("way", "status"), [("SIGTERM", 143), ("hang up", 129)])
def test_a_program_that_is_stuck_is_ended_all_the_same(
    tmp_path: Path, way: str, status: int
) -> None:
    with start(tmp_path, "stuck") as program:
        program.press("a")
        program.wait_until((tmp_path / "order").exists, "a stuck handler")
        found, seconds = end(program, way)
    print(f"stuck, {way}: gone after {seconds:.2f} s")
    assert found == status
    assert 1.7 < seconds < 2.1


@pytest.mark.reliability
@pytest.mark.parametrize(("way", "status"), [("SIGTERM", 143), ("hang up", 129)])
def test_words_are_saved_while_the_terminal_takes_no_more_output(
    tmp_path: Path, way: str, status: int
) -> None:
    with start(tmp_path, "drawing") as program:
        os.write(program._master, b"abc")
        # Nobody reads from here on: the pipe fills, the writer stops, the loop waits for it.
        before, used = -1.0, 0.0
        while used != before or not (tmp_path / "drawing").exists():
            before, used = used, program.cpu_seconds()
            with pytest.raises(subprocess.TimeoutExpired):
                program._process.wait(0.5)
        if way == "hang up":
            program.hang_up()
        else:
            program.signal(signal.SIGTERM)
        assert program._process.wait(5) == status
    assert (tmp_path / "saved").read_text() == "abc"


def test_a_byte_that_is_no_text_is_made_visible_and_ends_nothing(tmp_path: Path) -> None:
    with start(tmp_path) as program:
        program.press(b"caf\xe9 \x9b\xff end")
        program.wait_for_text("end")
        assert end(program, "SIGTERM")[0] == 143
    assert (tmp_path / "saved").read_text() == "caf\ufffd \ufffd\ufffd end"


def test_a_save_that_fails_is_said(tmp_path: Path) -> None:
    with start(tmp_path, "failing") as program:
        assert end(program, "SIGTERM")[0] == 143
        assert b"may not be saved" in program.raw


def test_textual_variables_are_dropped_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL", "devtools,debug")
    monkeypatch.setenv("TEXTUAL_SCREENSHOT", "1")
    monkeypatch.setenv("TEXTUALITY", "kept")
    assert set(terminal.scrub_environment()) == {"TEXTUAL", "TEXTUAL_SCREENSHOT"}
    assert "TEXTUAL_SCREENSHOT" not in os.environ
    assert os.environ["TEXTUALITY"] == "kept"
    assert terminal.scrub_environment() == ()


def test_scrubbing_needs_no_textual_and_hardening_takes_hold() -> None:
    code = (
        "import sys, resource, ctypes\n"
        "from panelkit.tui.terminal import scrub_environment, harden_process\n"
        "scrub_environment(); harden_process()\n"
        "assert not any(name.startswith('textual') for name in sys.modules)\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "assert sys.platform != 'linux' or ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


WAYS_IN = {
    "home": [], "one meeting": ["run", "WM-0143-3"], "minute desk": ["desk"],
    "a draft": ["desk", "WM-0143-3"], "demonstration": ["demo"],
}  # fmt: skip
"""Every command that opens a screen."""


@pytest.mark.reliability
@pytest.mark.parametrize("way", WAYS_IN)
def test_no_variable_logs_photographs_or_drives_the_screen(tmp_path: Path, way: str) -> None:
    make_desk(tmp_path, samples=("l2_review_carried_actions",)).chairing.record.close()
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    env = {
        "TEXTUAL_PRESS": "ctrl+q", "TEXTUAL_SCREENSHOT": "0", "TEXTUAL_SCREENSHOT_LOCATION": str(pictures),
        "TEXTUAL_LOG": str(pictures / "log"), "TEXTUAL": "debug", "TEXTUAL_DRIVER": "no.such:Driver",
        "PANELKIT_AS": "Ruth Calloway",
        **{f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG")},
    }  # fmt: skip
    if way != "demonstration":
        env["PANELKIT_DB"] = str(tmp_path / "record.db")
    argv = [sys.executable, "-m", "panelkit", *WAYS_IN[way]]
    with Program.start(argv, size=(120, 40), env=env) as program:
        program.wait_for_text("WM-0143")
        program.settle(0.5)
        assert program.running, "nobody else pressed a key"
        program.press(KEYS["ctrl+q"])
        assert program.wait() == 0
    assert list(pictures.iterdir()) == []
