"""The real program in a real terminal: kills, signals, a closed terminal. Numbered tests."""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.store.record import Record
from tests.desk import fresh_meeting, make_desk
from tests.pty_program import KEYS, Program

SECTIONS = (
    ("index_offence", "Index offence"),
    ("offence_summary", "Brief facts"),
)


def record_in_a6(folder: Path) -> tuple[Path, str]:
    """A running meeting, left at A6 in the first field."""
    desk = make_desk(folder)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.check_in_all(meeting)
    meeting = desk.chairing.statement_given(meeting, "read")
    desk.chairing.move_to(meeting, "A6")
    desk.chairing.remember_place(meeting, "A6", "index_offence")
    desk.chairing.record.close()
    return folder / "record.db", meeting.ref


def run(path: Path, ref: str) -> Program:
    argv = [
        sys.executable,
        "-m",
        "panelkit",
        "run",
        ref,
        "--db",
        str(path),
        "--as",
        "Ruth Calloway",
    ]
    return Program.start(argv, size=(120, 40), env={"PANELKIT_AREA": "national"})


def read_for(program: Program, seconds: float) -> None:
    """Take in what the program draws for a while, as a terminal does."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        program._pump(left)


def all_text(path: Path, ref: str) -> str:
    record = Record.open(path)
    try:
        return record.load(ref).text("A6", "index_offence")
    finally:
        record.close()


@pytest.mark.reliability
@pytest.mark.timeout(900)
def test_rv01_kill_9_loses_at_most_two_seconds_and_returns_to_the_same_item(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    path, ref = record_in_a6(tmp_path)
    losses = []
    with_item = 0
    for _ in range(50):
        before = all_text(path, ref)
        with run(path, ref) as program:
            program.wait_for_text("Index offence", timeout=20)
            with_item += "A6" in "\n".join(program.screen()[:3])
            program.press(KEYS["home"] if not before else KEYS["ctrl+e"])
            times = []
            started = time.monotonic()
            stop_at = started + chance.uniform(0.4, 2.4)
            while time.monotonic() < stop_at:
                program.press(chance.choice("abcdefgh"))
                times.append(time.monotonic())
                read_for(program, 0.1)
            program.signal(signal.SIGKILL)
            killed = time.monotonic()
            program.wait(10)
        kept = len(all_text(path, ref)) - len(before)
        lost = times[max(kept, 0) :]
        losses.append(killed - lost[0] if lost else 0.0)
    record = Record.open(path)
    with record.engine.connect() as connection:
        assert connection.execute(text("pragma integrity_check")).scalar() == "ok"
    assert record.verify().first_wrong is None
    record.close()
    print(
        f"RV01: 50 kills, seed {seed}, worst loss {max(losses):.2f} s, median {statistics.median(losses):.2f} s"
    )
    assert with_item == 50
    assert max(losses) <= 2.0
    assert statistics.median(losses) <= 1.0


@pytest.mark.reliability
@pytest.mark.timeout(600)
@pytest.mark.parametrize("how", ["SIGHUP", "SIGTERM", "closed"])
def test_rv02_a_signal_or_a_closed_terminal_loses_nothing(tmp_path: Path, how: str) -> None:
    path, ref = record_in_a6(tmp_path)
    for place in range(10):
        before = all_text(path, ref)
        words = f" visit-{place}-of-{how}"
        with run(path, ref) as program:
            program.wait_for_text("Index offence", timeout=20)
            program.press(words)
            program.wait_for_text(words.strip(), timeout=10)
            started = time.monotonic()
            if how == "closed":
                program.hang_up()
            else:
                program.signal(getattr(signal, how))
            status = program.wait(5)
            assert time.monotonic() - started < 2.0
            assert status == (143 if how == "SIGTERM" else 129)
        assert all_text(path, ref) == before + words, "0 characters lost, and where they belong"


@pytest.mark.reliability
@pytest.mark.timeout(300)
def test_rv02_a_program_that_ignores_the_hang_up_does_not_burn_a_core(tmp_path: Path) -> None:
    path, ref = record_in_a6(tmp_path)
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--db", str(path)]
    for _ in range(10):
        program = Program.start(
            argv, size=(120, 40), env={"PANELKIT_AREA": "national"}, ignored=("HUP",)
        )
        with program:
            program.wait_for_text("Index offence", timeout=20)
            program.hang_up()
            program.wait(5)


def test_a_fault_shows_no_case_text_and_keeps_what_was_typed(tmp_path: Path) -> None:
    path, ref = record_in_a6(tmp_path)
    code = (
        "import sys\n"
        "from panelkit.tui.screens.chairkeys import ChairKeys\n"
        "def broken(self):\n"
        "    kestrel = self.session.meeting.case.name + 'kestrel-canary'\n"
        "    raise RuntimeError(kestrel)\n"
        "ChairKeys.action_guide = broken\n"
        "from panelkit.cli import main\n"
        f"sys.argv = ['panelkit', 'run', {ref!r}, '--db', {str(path)!r}]\n"
        "main()\n"
    )
    with Program.start(
        [sys.executable, "-c", code],
        size=(120, 40),
        env={"XDG_STATE_HOME": str(tmp_path)},
    ) as program:
        program.wait_for_text("Index offence", timeout=20)
        program.press(KEYS["ctrl+e"])
        program.press("typed before")
        program.wait_for_text("typed before")
        program.press(KEYS["ctrl+g"])
        assert program.wait(10) == 70
        assert b"kestrel" not in program.raw
        assert b"Traceback" not in program.raw
    assert all_text(path, ref) == "typed before"
    reports = [
        p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and "record.db" not in p.name
    ]
    assert not [r for r in reports if b"kestrel" in r or b"Invented Person" in r]


def test_the_demonstration_opens_on_a_meeting_in_progress(tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path)}
    with Program.start(
        [sys.executable, "-m", "panelkit", "demo"], size=(120, 40), env=env
    ) as program:
        program.wait_for_text("WM-0143-3", timeout=30)
        program.wait_for_text("not encrypted")


def test_a_first_start_offers_the_demonstration_or_a_new_record(tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path)}
    with Program.start([sys.executable, "-m", "panelkit"], size=(80, 24), env=env) as program:
        program.wait_for_text("Look round first", timeout=20)
        program.press(KEYS["down"])
        program.press(KEYS["enter"])
        program.wait_for_text("No meeting yet", timeout=20)
    assert list(tmp_path.rglob("panelkit.db"))
    assert (
        subprocess.run(
            [sys.executable, "-m", "panelkit", "list"],
            env={**os.environ, **env},
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
