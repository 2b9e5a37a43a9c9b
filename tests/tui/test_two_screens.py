"""RV08 on screen: two programs, one record, the same field and different ones."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from panelkit.store.record import Record
from tests.pty_program import KEYS, Program
from tests.tui.test_program import record_in_a6

THEIRS = "kestrel seen by the chair"
MINE = "heron seen by the minute taker"


def run(path: Path, ref: str, who: str) -> Program:
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--db", str(path), "--as", who]
    return Program.start(argv, size=(120, 40), env={"PANELKIT_AREA": "national"}, loaded=True)


def in_a6(path: Path, ref: str, who: str, field: str = "index_offence") -> None:
    """Where this person will find themselves."""
    record = Record.open(path)
    record.set_position(record.load(ref).id, who, "A6", field)
    record.close()


def stored(path: Path, ref: str, field: str = "index_offence") -> str:
    record = Record.open(path)
    try:
        return record.load(ref).text("A6", field)
    finally:
        record.close()


def kept(path: Path, ref: str) -> list[str]:
    """Every text the field held before, and the one it holds."""
    record = Record.open(path)
    try:
        meeting = record.load(ref)
        before = record.history(meeting.id, "answer", "A6.index_offence", "text")
        return [getattr(each, "text", str(each)) for each in before] + [
            meeting.text("A6", "index_offence")
        ]
    finally:
        record.close()


def both_are_shown(program: Program) -> None:
    """The question, with both texts whole: it comes with a part where typing took longer than a save."""
    wanted = ("somebody else changed this", THEIRS, MINE)

    def are_there() -> bool:
        shown = program.text()
        return all(each in shown for each in wanted)

    program.wait_until(are_there, f"{wanted}")


@pytest.mark.reliability
@pytest.mark.parametrize("choice", ["f5", "f8", "ctrl+s", "killed"])
def test_rv08_the_second_writer_sees_both_and_chooses(tmp_path: Path, choice: str) -> None:
    path, ref = record_in_a6(tmp_path)
    in_a6(path, ref, "Dylan Ashgrove")
    with run(path, ref, "Ruth Calloway") as chair, run(path, ref, "Dylan Ashgrove") as taker:
        for program in (chair, taker):
            program.wait_for_text("Index offence")
            program.settle(0.15)
        taker.press(MINE)
        chair.press(THEIRS + KEYS["tab"])

        def is_first_done() -> bool:
            taker.attend()  # unread, its terminal fills, and it stands still between two words
            return stored(path, ref) in (THEIRS, MINE)

        chair.wait_until(is_first_done, "a first writer")
        second, first_words, words = (
            (taker, THEIRS, MINE) if stored(path, ref) == THEIRS else (chair, MINE, THEIRS)
        )
        both_are_shown(second)
        assert stored(path, ref) == first_words, "nothing is overwritten before somebody chose"
        if choice == "killed":
            second.signal(signal.SIGKILL)
            second.wait()
            who = "Dylan Ashgrove" if second is taker else "Ruth Calloway"
            with run(path, ref, who) as again:
                both_are_shown(again)
                again.press(KEYS["f8"])
                again.wait_until(lambda: stored(path, ref) == words, "the choice stored")
        else:
            second.press(KEYS[choice])
            expected = {"f5": first_words, "f8": words, "ctrl+s": f"{first_words}\n{words}"}
            second.wait_until(lambda: stored(path, ref) == expected[choice], "the choice stored")
        assert b"Traceback" not in chair.raw + taker.raw
    assert first_words in "\n".join(kept(path, ref)), "what was acknowledged is kept"
    print(f"RV08 on screen, {choice}: both texts shown, 0 overwritten, 0 acknowledged lost")


@pytest.mark.reliability
def test_rv08_different_fields_never_conflict(tmp_path: Path) -> None:
    path, ref = record_in_a6(tmp_path)
    in_a6(path, ref, "Dylan Ashgrove", "offence_summary")
    with run(path, ref, "Ruth Calloway") as chair, run(path, ref, "Dylan Ashgrove") as taker:
        for program in (chair, taker):
            program.wait_for_text("Index offence")
            program.settle(0.15)
        for number in range(12):
            chair.press(f"kestrel{number} ")
            taker.press(f"heron{number} ")

        def are_stored() -> bool:
            taker.attend()  # as above: unread, it stands still
            return "kestrel11 " in stored(path, ref)

        chair.wait_until(are_stored, "the chair's words")
        taker.wait_until(
            lambda: "heron11 " in stored(path, ref, "offence_summary"), "the other's words"
        )
        assert stored(path, ref) == "".join(f"kestrel{n} " for n in range(12))
        assert stored(path, ref, "offence_summary") == "".join(f"heron{n} " for n in range(12))
        for program in (chair, taker):
            assert b"somebody else changed" not in program.raw
    print("RV08 on screen, different fields: 24 words from two desks, 0 conflicts, 0 lost")
