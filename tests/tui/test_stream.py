"""RV07: nothing a person typed reaches a real terminal as a command."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.pty_program import KEYS, Program
from tests.tui.hostile import BRACKETS, MARK, control_texts
from tests.tui.showing_app import PAGE, ShowingApp

ROOT = Path(__file__).parents[2]


def user_born(raw: bytes) -> list[bytes]:
    """What in the stream can only have come from a text."""
    # The shape of the pointer is the one such sequence Textual writes itself.
    stream = re.sub("\x1b\\]22;[a-z-]*\x07", "", raw.decode("utf-8", "replace"))
    # Colours that the program sets are whole; a text that wraps right behind one is no part of it.
    stream = re.sub(f"\x1b\\[(?![0-9;]*{MARK})[0-9;]*m", "\ue000", stream)
    introducers = "(?:\x1b[\\]P_^X\\[c]|[\x90\x9b\x9d\x9e\x9f])"
    found = re.findall(f"{introducers}[^\x1b\x07\ue000]{{0,30}}{MARK}", stream)
    found += re.findall("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]", stream)
    found += re.findall("[\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]", stream)
    found += re.findall("\x1b(?:\\]|c|P|_|\\^|X)", stream)
    return [each.encode() for each in found]


@pytest.fixture
def showing(tmp_path: Path) -> Program:
    (tmp_path / "texts.json").write_text(json.dumps(control_texts(300)))
    argv = [sys.executable, "-m", "tests.tui.showing_app", tmp_path]
    return Program.start(argv, size=(200, 120), cwd=ROOT)


@pytest.mark.reliability
def test_rv07_nothing_shown_reaches_the_terminal_as_a_command(showing: Program) -> None:
    with showing as program:
        for page in range(300 // PAGE):
            shown = "\n".join(program.wait_for_text(f"PAGE {page}."))
            program.settle(0.05)
            assert shown
            program.press(KEYS["f2"])
        assert user_born(program.raw) == []
        shown_marks = program.raw.count(MARK.encode())
        assert shown_marks > 300, "the texts were drawn"
        assert b"<U+202E>" in program.raw
    print(f"RV07 shown: 300 texts in 10 widgets, drawn {shown_marks} times, 0 sequences of theirs")


@pytest.mark.reliability
@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_rv07_nothing_that_is_entered_reaches_the_terminal_as_a_command(
    showing: Program, tmp_path: Path, way: str
) -> None:
    typed = tmp_path / "typed"
    with showing as program:
        program.wait_for_text("PAGE 0.")
        for number, text in enumerate(control_texts(60)):
            if way == "pasted":
                program.paste(text)
            else:
                program.press(text.replace("\x11", ""))  # ctrl+q is the typist's own wish
            # A sequence begun and not ended ends with this; then letters are letters again.
            program.press(b"\x1b\\\x07")
            program.press(f" seen{number}.")
            program.wait_until(
                lambda mark=f"seen{number}.": typed.exists() and mark in typed.read_text(),  # type: ignore[misc]
                f"text {number} {text!r} and what followed it",
            )
        program.settle(0.1)
        assert program.running
        assert user_born(program.raw) == []
    held = typed.read_text()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", held)
    print(f"RV07 {way}: 60 texts, 0 sequences of theirs; {held.count(chr(0xFFFD))} made visible")


@pytest.mark.reliability
def test_the_baseline_leaks(tmp_path: Path) -> None:
    """Stock Textual passes them on: the tests above could fail."""
    (tmp_path / "app.py").write_text(
        "import json\nfrom textual.app import App\nfrom textual.widgets import Static\n"
        "class A(App):\n"
        "    def compose(self):\n"
        "        yield Static(json.load(open('texts.json')), markup=False)\n"
        "        yield Static('READY')\n"
        "A().run()\n"
    )
    (tmp_path / "texts.json").write_text(json.dumps("\n".join(control_texts(40))))
    with Program.start([sys.executable, "app.py"], cwd=tmp_path, size=(200, 80)) as program:
        program.wait_for_raw(b"READY")
        program.settle()
        assert len(user_born(program.raw)) > 10


async def test_the_showing_app_itself_holds_together(tmp_path: Path) -> None:
    (tmp_path / "texts.json").write_text(json.dumps([*BRACKETS, *control_texts(20)]))
    app = ShowingApp(tmp_path)
    async with app.run_test(size=(200, 120)) as pilot:
        for _ in range(5):
            await pilot.press("f2")
        assert app.page == 5
