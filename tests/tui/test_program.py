"""The real program in a real terminal: kills, signals, a closed terminal. Numbered tests."""

from __future__ import annotations

import os
import random
import signal
import statistics
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.store.record import Record
from tests.desk import fresh_meeting, make_desk
from tests.pty_program import KEYS, Program


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


def run(path: Path, ref: str, *, loaded: bool = True) -> Program:
    """The program at the record; now and then one that has nothing loaded, as a person's own is."""
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
    return Program.start(argv, size=(120, 40), env={"PANELKIT_AREA": "national"}, loaded=loaded)


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


SIX = (
    ("A6", "index_offence"), ("A8", "adjustments"), ("A9", "victim_issues"),
    ("A10", "nature_of_harm"), ("A11", "accommodation"), ("A17", "sharing_note"),
)  # fmt: skip
"""Sections of the meeting, each with a field that words are typed into."""
RUNS, MOMENTS = 40, 4
"""Runs of the program that end with a kill, and moments in each whose files are taken."""


def words_at(path: Path, ref: str, place: tuple[str, str]) -> str:
    record = Record.open(path)
    try:
        return record.load(ref).text(*place)
    finally:
        record.close()


def taken_at(path: Path, to: Path) -> float:
    """What a kill at this moment would leave, into ``to``; when that moment was over.

    A kill takes nothing out of the files and puts nothing into them. The database changes only
    when its log is put away; while it does not, the log only grows. So the two belong together
    where the database was the same before and after the log was read. The log's index is left
    out, as the next start makes it anew.
    """
    log = path.with_name(f"{path.name}-wal")
    to.mkdir()
    while True:
        before = path.read_bytes()
        grown = log.read_bytes() if log.exists() else b""
        when = time.monotonic()
        if path.read_bytes() == before:
            (to / path.name).write_bytes(before)
            (to / log.name).write_bytes(grown)
            return when


def check_whole(path: Path, ref: str, place: tuple[str, str]) -> bool:
    """Whole, the chain too; whether the next start opens at the same item."""
    record = Record.open(path)
    try:
        with record.engine.connect() as connection:
            assert connection.execute(text("pragma integrity_check")).scalar() == "ok"
        assert record.verify().first_wrong is None
        at = record.position(record.load(ref).id, "Ruth Calloway")
        return at is not None and at[0] == place[0]
    finally:
        record.close()


@pytest.mark.reliability
@pytest.mark.timeout(1200)
def test_rv01_kill_9_loses_at_most_two_seconds_and_returns_to_the_same_item(tmp_path: Path) -> None:
    """200 random points: 40 kills, and 160 at which what a kill would leave was taken."""
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    path, ref = record_in_a6(tmp_path)
    losses: list[float] = []
    at_item = 0
    for run_number in range(RUNS):
        place = SIX[run_number % len(SIX)]
        go_to(path, ref, place)
        before = len(words_at(path, ref, place))
        taken: list[tuple[float, Path]] = []
        with run(path, ref, loaded=run_number % 10 > 0) as program:
            shown = program.wait_for_text("saved")
            assert place[0] in "\n".join(shown[:3]), "opened where it was left, unaided"
            program.press(KEYS["ctrl+e"])
            times: list[float] = []
            started = time.monotonic()
            ends = started + chance.uniform(1.6, 3.2)
            moments = sorted(chance.uniform(started + 0.1, ends) for _ in range(MOMENTS))
            while time.monotonic() < ends or moments:
                program.press(chance.choice("abcdefgh"))
                times.append(time.monotonic())
                read_for(program, 0.1)
                while moments and time.monotonic() >= moments[0]:
                    moments.pop(0)
                    to = tmp_path / f"{run_number}-{len(taken)}"
                    taken.append((taken_at(path, to), to))
            program.signal(signal.SIGKILL)
            killed = time.monotonic()
            program.wait()
        for when, folder in [*taken, (killed, tmp_path)]:
            at_item += check_whole(folder / path.name, ref, place)
            kept = len(words_at(folder / path.name, ref, place)) - before
            lost = [each for each in times if each <= when][max(kept, 0) :]
            losses.append(when - lost[0] if lost else 0.0)
    print(
        f"RV01: {RUNS} kills and {len(losses) - RUNS} moments at which the files were taken, seed {seed}, worst loss "
        f"{max(losses):.2f} s, median {statistics.median(losses):.2f} s, same item {at_item}"
    )
    assert len(losses) == 200
    assert at_item == 200
    assert max(losses) <= 2.0
    assert statistics.median(losses) <= 1.0


def go_to(path: Path, ref: str, place: tuple[str, str]) -> None:
    """The chair left off at ``place``."""
    record = Record.open(path)
    record.set_position(record.load(ref).id, "Ruth Calloway", *place)
    record.close()


@pytest.mark.reliability
@pytest.mark.timeout(600)
@pytest.mark.parametrize("how", ["SIGHUP", "SIGTERM", "closed"])
def test_rv02_a_signal_or_a_closed_terminal_loses_nothing(tmp_path: Path, how: str) -> None:
    path, ref = record_in_a6(tmp_path)
    for place in range(25):
        before = all_text(path, ref)
        words = f" visit-{place}-of-{how}"
        with run(path, ref, loaded=place > 0) as program:
            program.wait_for_text("Index offence")
            program.press(words)
            program.wait_for_text(words.strip())
            started = time.monotonic()
            if how == "closed":
                program.hang_up()
            else:
                program.signal(getattr(signal, how))
            status = program.wait()
            assert time.monotonic() - started < 2.0
            assert status == (143 if how == "SIGTERM" else 129)
        assert all_text(path, ref) == before + words, "0 characters lost, and where they belong"
    print(f"RV02 {how}: 25 of 25 without a character lost, each gone within 2 s")


@pytest.mark.reliability
@pytest.mark.timeout(300)
def test_rv02_a_program_that_ignores_the_hang_up_does_not_burn_a_core(tmp_path: Path) -> None:
    path, ref = record_in_a6(tmp_path)
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--db", str(path)]
    for number in range(10):
        program = Program.start(
            argv,
            size=(120, 40),
            env={"PANELKIT_AREA": "national"},
            ignored=("HUP",),
            loaded=number > 0,
        )
        with program:
            program.wait_for_text("Index offence")
            program.hang_up()
            program.wait()


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
        program.wait_for_text("Index offence")
        program.press(KEYS["ctrl+e"])
        program.press("typed before")
        program.wait_for_text("typed before")
        program.press(KEYS["ctrl+g"])
        assert program.wait() == 70
        assert b"kestrel" not in program.raw
        assert b"Traceback" not in program.raw
    assert all_text(path, ref) == "typed before"
    reports = [
        p.read_bytes()
        for p in tmp_path.rglob("*")
        if p.is_file() and "record.db" not in p.name and p.parent.name != "copies"
    ]
    assert not [r for r in reports if b"kestrel" in r or b"Invented Person" in r]


def test_the_demonstration_opens_on_a_meeting_in_progress(tmp_path: Path) -> None:
    env = {"XDG_DATA_HOME": str(tmp_path)}
    with Program.start(
        [sys.executable, "-m", "panelkit", "demo"], size=(120, 40), env=env
    ) as program:
        program.wait_for_text("WM-0143-3")
        program.wait_for_text("not encrypted")


def test_a_first_start_offers_the_demonstration_or_a_new_record(tmp_path: Path) -> None:
    """The new record is made at the terminal, encrypted: tests/tui/test_roles.py goes on from there."""
    env = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    with Program.start([sys.executable, "-m", "panelkit"], size=(80, 24), env=env) as program:
        program.wait_for_text("Look round first")
        program.press(KEYS["enter"])
        program.wait_for_text("DEMONSTRATION")
    assert list(tmp_path.rglob("demo.db"))
    assert not list(tmp_path.rglob("panelkit.db"))
