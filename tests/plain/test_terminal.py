"""Plain mode as people have it: the real program in a real pseudo-terminal, or fed by a pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState
from panelkit.plain.begun import LINE
from panelkit.services.desk import Desk
from tests.desk import CHAIR, fresh_meeting, make_desk
from tests.loaded import POSSIBLE
from tests.plain.meetings import begin, chair_of, led_by_lines, pack_called, thinned, words_of
from tests.pty_program import KEYS, Program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
REF = "HM-0900-1"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    meeting = fresh_meeting(made)
    meeting = made.chairing.start(meeting)
    meeting = made.chairing.check_in_all(meeting)
    meeting = made.chairing.statement_given(meeting, "read")
    made.chairing.move_to(meeting, "A6")
    yield made
    made.caseload.record.close()


def plain(desk: Desk, ref: str = REF, who: str = CHAIR) -> Program:
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--plain", "--db", desk.caseload.record.path, "--as", who]  # fmt: skip
    return Program.start(argv, size=(80, 24), env={"PANELKIT_COPIES": "off"}, loaded=POSSIBLE)


def stored(desk: Desk, field: str = "index_offence", ref: str = REF) -> str:
    return desk.caseload.find(ref).text("A6", field)


def begun(desk: Desk) -> str:
    found: Meeting = desk.caseload.find(REF)
    return desk.chairing.record.draft(found.id, CHAIR, LINE).rpartition("\n")[2]


def test_a_whole_meeting_is_typed_in_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = thinned(pack_called("l2_initial"))
    who = chair_of(pack.meeting)
    by_hand = make_desk(tmp_path / "first", who=who)
    meeting = begin(by_hand, pack)
    follower, _said = led_by_lines(by_hand, meeting, pack.meeting, monkeypatch)
    there = make_desk(tmp_path / "second", who=who)
    begin(there, pack)

    with plain(there, meeting.ref, who) as program:
        for place in range(0, len(follower.typed), 40):
            program.press("".join(f"{line}\n" for line in follower.typed[place : place + 40]))
        program.wait_for_raw(b"Closed. Words can still", timeout=120)
        program.press("leave\n")
        assert program.wait(timeout=20) == 0
        raw = program.raw
    assert b"\x1b" not in raw
    assert b"\r" not in raw.replace(b"\r\n", b"")  # the terminal's own line ends
    assert not any(0x2500 <= ord(each) <= 0x259F for each in raw.decode())
    done, same = by_hand.caseload.find(meeting.ref), there.caseload.find(meeting.ref)
    assert same.state is MeetingState.CLOSED
    assert words_of(same) == words_of(done)


ENDINGS = ("KILL", "TERM", "HUP", "INT", "window", "ctrl+c", "ctrl+d")


@pytest.mark.reliability
@pytest.mark.parametrize("how", ENDINGS)
def test_ended_in_the_middle_of_an_answer_it_keeps_every_word(how: str, desk: Desk) -> None:
    with plain(desk) as program:
        program.wait_for_text("Index offence")
        program.press("First line of it.\nsecond line, not yet ended")
        program.wait_for_text("not yet ended")
        if how == "KILL":  # nothing can be done on the way out: it was saved within a second
            program.wait_until(lambda: "not yet ended" in stored(desk), "the words in the record")
        end(program, how)
        if how != "window":
            assert b"\x1b" not in program.raw
    assert stored(desk) == "First line of it.\nsecond line, not yet ended"


@pytest.mark.reliability
@pytest.mark.parametrize("how", ENDINGS)
def test_a_line_begun_is_there_again_where_it_was(how: str, desk: Desk) -> None:
    with plain(desk) as program:
        program.wait_for_text("Index offence")
        program.press("\n")
        program.wait_for_text("Brief facts")
        program.press("a line that was beg")
        program.wait_for_text("a line that was beg")
        if how == "KILL":
            program.wait_until(lambda: begun(desk) == "a line that was beg", "the line kept")
        end(program, how)
    assert begun(desk) == "a line that was beg"
    assert stored(desk, "offence_summary") == ""  # it was no answer yet
    with plain(desk) as program:
        program.wait_for_text("You had begun to type")
        program.wait_for_text("Brief facts")
        program.press("un, and now is whole.\n.\n")
        program.wait_for_text("Saved, 1 sentence.")
        program.press("leave\n")
        assert program.wait() == 0
    assert stored(desk, "offence_summary") == "a line that was begun, and now is whole."
    assert begun(desk) == ""


def end(program: Program, how: str) -> None:
    """End it that way, and look how it ended."""
    began = time.monotonic()
    if how == "window":
        program.hang_up()
    elif how.startswith("ctrl"):
        program.press(KEYS[how])
    else:
        os.kill(program.pid, getattr(signal, f"SIG{how}"))
    code = program.wait(timeout=20)
    wanted = {"KILL": -9, "TERM": 143, "HUP": 129, "INT": 130, "window": 129, "ctrl+c": 130, "ctrl+d": 0}  # fmt: skip
    assert code == wanted[how]
    assert time.monotonic() - began < 15


def test_a_line_longer_than_a_terminal_passes_on_is_whole(desk: Desk) -> None:
    words = " ".join(f"word{n}" for n in range(2000))
    assert len(words) > 4096 * 3
    with plain(desk) as program:
        program.wait_for_text("Index offence")
        program.press(f"{words}\n.\n")
        program.wait_for_text("Saved, 1 sentence.")
    assert stored(desk) == words


def test_backspace_and_control_keys_mend_a_line(desk: Desk) -> None:
    with plain(desk) as program:
        program.wait_for_text("Index offence")
        program.press("wrong line\x15Robbery onn\x7f 3 Mayy\x17March 2019. Caf\u00e9\n.\n")
        program.wait_for_text("Saved")
        program.press("\x1b[A\x1b[Bnext\n")  # arrows are keys, and no words
        program.press("leave\n")
        assert program.wait() == 0
    assert stored(desk) == "Robbery on 3 March 2019. Caf\u00e9"


def test_the_terminal_is_as_it_was_found(desk: Desk) -> None:
    import termios

    with plain(desk) as program:
        program.wait_for_text("Index offence")
        during = termios.tcgetattr(program._master)
        program.press("leave\n")
        program.wait()
        after = termios.tcgetattr(program._master)
    assert not during[3] & (termios.ICANON | termios.ECHO)
    assert after[3] & termios.ICANON
    assert after[3] & termios.ECHO


# -- by a pipe -----------------------------------------------------------------------------


def piped(desk: Desk, lines: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "panelkit", "run", REF, "--plain", "--db", str(desk.caseload.record.path), "--as", CHAIR]  # fmt: skip
    return subprocess.run(
        argv, input=lines, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


def test_answers_come_from_a_pipe(desk: Desk) -> None:
    done = piped(desk, "Robbery.\n.\ngo A10\nhigh\nThey say so.\n.\nleave\n")
    assert (done.returncode, done.stderr) == (0, "")
    meeting = desk.caseload.find(REF)
    assert meeting.text("A6", "index_offence") == "Robbery."
    ratings = [(r.group, r.level, r.because) for r in meeting.rows["ratings"] if r.level]  # type: ignore[attr-defined]
    assert ratings == [("children", "high", "They say so.")]
    assert "\x1b" not in done.stdout


def test_the_end_of_a_pipe_in_mid_text_keeps_it(desk: Desk) -> None:
    done = piped(desk, "Robbery.\nAnd the")
    assert done.returncode == 0
    assert stored(desk) == "Robbery.\nAnd the"


def test_a_line_that_is_not_taken_ends_a_script_before_the_next_question(desk: Desk) -> None:
    done = piped(desk, "go A10\nvery rainy\nhigh\n")
    assert done.returncode == 2
    assert done.stderr.startswith("panelkit: line 2: Rating now: that is not among the 4 choices.")
    assert "rainy" not in done.stderr  # case text is in no error
    assert not [r for r in desk.caseload.find(REF).rows.get("ratings", ()) if r.level]  # type: ignore[attr-defined]


def test_closing_with_gaps_says_them_and_ends_with_one(desk: Desk) -> None:
    done = piped(desk, "close\n")
    assert done.returncode == 1
    assert "owed before this meeting closes" in done.stderr
    assert "has not been heard, before closing." in done.stdout
    assert desk.caseload.find(REF).state is MeetingState.OPEN


@pytest.mark.parametrize("ref", ["HM-0901-1", "no.toml"])
def test_a_wrong_reference_is_one_line_and_two(ref: str, desk: Desk) -> None:
    argv = [sys.executable, "-m", "panelkit", "run", ref, "--plain", "--db", str(desk.caseload.record.path)]  # fmt: skip
    done = subprocess.run(argv, input="", capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_of_the_screens_is_loaded(desk: Desk) -> None:
    code = (
        "import sys; sys.argv = ['panelkit', *sys.argv[1:]]\n"
        "from panelkit.cli import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print('LOADED', sorted(m for m in sys.modules if m.split('.')[0] in ('textual', 'rich') ), file=sys.stderr)"
    )
    argv = [sys.executable, "-c", code, "run", REF, "--plain", "--db", str(desk.caseload.record.path)]  # fmt: skip
    done = subprocess.run(argv, input="owed\nwho\nleave\n", capture_output=True, text=True, check=False, timeout=60)  # fmt: skip
    assert "LOADED []" in done.stderr, done.stderr


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs Linux")
def test_stopped_and_gone_on_with_it_hides_before_it_says_more(desk: Desk) -> None:
    def state() -> str:
        return Path(f"/proc/{program.pid}/stat").read_text().rpartition(")")[2].split()[0]

    with plain(desk) as program:
        program.wait_for_text("Index offence")
        program.press("half a wor")
        program.wait_for_text("half a wor")
        os.kill(program.pid, signal.SIGTSTP)
        program.wait_until(lambda: state() == "T", "that it stands still")
        os.kill(program.pid, signal.SIGCONT)
        program.wait_for_text("Hidden: nobody is asked for a passphrase here.")
        program.press("\n")
        program.settle()
        program.press("d.\n.\n")
        program.wait_for_text("Saved, 1 sentence.")
        program.press("leave\n")
        assert program.wait() == 0
    assert stored(desk) == "half a word."
