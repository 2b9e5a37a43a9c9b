"""RV03 on the program itself: a fault in any of its places shows nothing and loses nothing."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from panelkit.domain.meeting import Meeting
from panelkit.store.record import Record
from panelkit.tui.crash import FAULT_STATUS
from tests.pty_program import KEYS, Program
from tests.tui.failing import CANARY, PLACES, POISON, TYPED
from tests.tui.test_program import record_in_a6

ROOT = Path(__file__).parents[2]
AGAIN = [name for name in PLACES if name.endswith("*")]
ONCE = [name for name in PLACES if not name.endswith("*")]
REAL_STARTS = ("key handler", "home, key", "draft, message", "poisoned answer*")
"""One of each kind starts as a person starts it, with nothing loaded."""
UP = {"run": "Index offence", "home": "HM-0900-1", "desk": "Words of this section"}


def start(path: Path, ref: str, name: str, *, broken: bool) -> Program:
    """The program, started as ``name`` asks; broken, or as it is."""
    how = PLACES[name].start
    command = {"run": ["run", ref], "home": [], "desk": ["desk", ref]}[how]
    program = ["-m", "tests.tui.failing", name, path.parent] if broken else ["-m", "panelkit"]
    argv = [sys.executable, *program, *command, "--db", path, "--as", "Ruth Calloway"]
    env, loaded = {"PANELKIT_AREA": "national"}, name not in REAL_STARTS
    return Program.start(argv, size=(120, 40), env=env, cwd=ROOT, loaded=loaded)


def everything_typed(path: Path, ref: str) -> str:
    """Every word the record holds of this meeting, lines begun and not taken too."""
    record = Record.open(path)
    try:
        meeting: Meeting = record.load(ref)
        found = [answer.text for answer in meeting.answers.values()]
        found += [str(row) for rows in meeting.rows.values() for row in rows]
        found += record.drafts(meeting.id, "Ruth Calloway").values()
        assert record.verify().first_wrong is None
        return "\n".join(found)
    finally:
        record.close()


def leaks(folder: Path, *secrets: str) -> list[Path]:
    """Files outside the record, and the copies of it, that hold any of these."""
    return [
        p for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith("record.db") and p.parent.name != "copies"
        and any(secret.encode() in p.read_bytes() for secret in secrets)
    ]  # fmt: skip


def fail(path: Path, ref: str, name: str, words: str) -> bytes:
    """Type ``words`` where the place is, let it fail; what the terminal was sent."""
    place = PLACES[name]
    with start(path, ref, name, broken=True) as program:
        program.wait_for_text(UP[place.start])
        program.settle()
        program.press(place.before)
        program.settle()
        if place.types:
            program.press(words)
            if name in ONCE:
                program.wait_for_text(words)
        (path.parent / "armed").touch()
        program.press(place.trigger)
        status = program.wait()
        raw = program.raw
    (path.parent / "armed").unlink()
    assert status == FAULT_STATUS
    assert CANARY.encode() not in raw
    assert b"Traceback" not in raw
    after_the_screen = raw.rpartition(b"\x1b[?1049l")[2]
    assert words.encode() not in after_the_screen
    assert after_the_screen.count(b"panelkit stopped because of a fault in itself.") == 1
    return after_the_screen


@pytest.mark.reliability
@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", ONCE)
def test_rv03_a_fault_anywhere_shows_nothing_and_what_was_typed_is_back(
    tmp_path: Path, name: str
) -> None:
    path, ref = record_in_a6(tmp_path)
    fail(path, ref, name, TYPED)
    assert leaks(tmp_path, CANARY, TYPED, "Invented Person") == []
    reports = list(tmp_path.rglob("fault-*.txt")) + list(tmp_path.rglob("stopped-*.json"))
    assert len(reports) >= 2
    assert all(stat.S_IMODE(report.stat().st_mode) == 0o600 for report in reports)
    place = PLACES[name]
    if place.types:
        assert TYPED in everything_typed(path, ref)
    with start(path, ref, name, broken=False) as program:
        program.wait_for_text("stopped last time because of a fault")
        program.settle()
        program.press("where" + KEYS["enter"])  # go on where you were
        program.wait_for_text(place.up or (UP[place.start] if place.types else "HM-0900"))
        program.settle()
        program.press(place.again)
        if place.types:
            program.wait_for_text(TYPED)
        program.press(KEYS["escape"] + KEYS["ctrl+q"])
        assert program.wait() == 0
    assert not list(tmp_path.rglob("stopped-*.json")), "left as it should be"
    print(f"RV03 {name}: 0 canaries in the stream and {len(reports)} files, words back, status 70")


@pytest.mark.reliability
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", AGAIN)
def test_rv03_words_that_fail_whenever_they_are_drawn_do_not_stop_the_next_start(
    tmp_path: Path, name: str
) -> None:
    path, ref = record_in_a6(tmp_path)
    words = f"{TYPED} {POISON}"  # the last letter is what fails
    fail(path, ref, name, words)
    assert words in everything_typed(path, ref), "kept, to the last letter"
    with start(path, ref, name, broken=True) as program:
        program.wait_for_text("stopped last time because of a fault")
        program.wait_for_text("set aside")
        program.settle()
        program.press("Read" + KEYS["enter"])  # the words, as plain text
        program.wait_for_text(words)
        program.press(KEYS["enter"] + KEYS["backspace"] * 4)
        program.settle()
        program.press(KEYS["enter"])  # the first choice: with the place set aside
        program.wait_for_text("Set aside")
        program.settle()
        program.press(PLACES[name].again)
        program.settle()
        assert program.running
        program.press(KEYS["escape"] + KEYS["ctrl+q"])
        assert program.wait() == 0
    assert words in everything_typed(path, ref)
    print(f"RV03 {name}: the second start is clean and says so, the words are kept and readable")


def test_there_are_enough_places() -> None:
    assert len(ONCE) >= 20
    assert len({place.target for place in PLACES.values()}) >= 30
