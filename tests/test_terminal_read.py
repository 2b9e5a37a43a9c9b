"""The terminal that tests look at: only lines that were written on are read again."""

from __future__ import annotations

import random
import unicodedata

from tests.pty_program import Program

PIECES = (
    "words ", "é", "日本語", "e\u0301", "\r\n", "\n\n\n", "\r", "\t", "\b", "\x1b[2J", "\x1b[K", "\x1b[1K",
    "\x1b[H", "\x1b[5;30H", "\x1b[12;1H", "\x1b[3L", "\x1b[2M", "\x1b[4P", "\x1b[3@", "\x1b[6X", "\x1bM",
    "\x1b[3;9r", "\x1b[r", "\x1b[?5h", "\x1b[?5l", "\x1b[31mred\x1b[0m", "x" * 37,
)  # fmt: skip


def test_lines_that_were_not_written_on_are_as_they_were_read() -> None:
    chance = random.Random(7)
    echo = "stty raw -echo; printf there; exec cat"
    with Program(["/bin/sh", "-c", echo], size=(40, 12)) as program:
        program.wait_for_text("there")
        for n in range(300):
            program.press("".join(chance.choices(PIECES, k=4)) + f"\x1b]0;{n}\x07")
            program.wait_for_raw(f"\x1b]0;{n}\x07".encode())
            if n % 100 == 50:
                program.resize(40 + n % 7, 12 + n % 5)
            shown, held = program.screen(), program._screen
            assert shown == [
                "".join(held.buffer[y][x].data for x in range(held.columns)).rstrip()
                for y in range(held.lines)
            ]


def test_wide_and_combined_letters_are_read_as_the_emulator_shows_them() -> None:
    with Program(["/bin/echo", "日本語 cafe\u0301 \x1b[31mred\x1b[0m"], size=(40, 12)) as program:
        (first, *rest) = program.wait_for_text("red")
        assert unicodedata.normalize("NFC", first) == "日本語 café red"
        assert [first, *rest] == [line.rstrip() for line in program._screen.display]
