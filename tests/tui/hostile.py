"""Texts that have stopped, forged or commanded a screen, and ways of making many more."""

from __future__ import annotations

import random

BRACKETS = (
    "see [/] folder",
    "offence [/b] detail",
    "[/",
    "[",
    "]",
    "[]",
    "[[]]",
    "\\[",
    "\\",
    "ends in \\",
    "[sic]",
    "[redacted] said [inaudible]",
    "C:\\[temp]\\",
    "[OFFICIAL-SENSITIVE]",
    "[bold]not bold[/bold]",
    "[@click=app.quit]Agenda[/]",
    "[@click=app.finalise('x')]Agenda[/]",
    "[link=https://example.org]here[/link]",
    "[link='https://example.org']here",
    "[on red]x",
    "[#ff0000]x[/#ff0000]",
    "[$error]x[/]",
    "$x ${x} {x} {{ x }} %s %(x)s",
    ":smile: :+1: :warning:",
    "[to Leeds] & <z> [/x] [to y]",
    "`code` **bold** [text](https://example.org) # head",
    "[not bold]a[/not bold]",
    "[1] [2] [a=b] [a='b]",
)

_PIECES = (
    *"[]/\\@=()'\"#$%:;,.-_&<>{}|~^*",
    *("[/]", "[/b]", "[b]", "\\[", "[@click=", "app.quit", "[link=", "red", "on blue", "$error"),
    *("sic", "a", "é", "ŵ", "Ł", "ہے", "👍", "他", "12", " "),
)


def bracket_texts(seed: int, count: int) -> list[str]:
    """``count`` texts of at most 40 cells: the known ones, then random ones."""
    rng = random.Random(seed)  # noqa: S311 - chooses test texts
    made = [f"a{''.join(rng.choices(_PIECES, k=rng.randint(1, 5)))}z" for _ in range(count)]
    return [*BRACKETS, *made][:count]


_BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARK = "31337"
"""Stands in every sequence below, so that one found in a stream was born of a text."""


def control_texts(count: int) -> list[str]:
    """``count`` texts that would command a terminal; the number makes each its own."""
    return [_CONTROLS[n % len(_CONTROLS)].format(n=n, m=MARK) for n in range(count)]


_CONTROLS = (
    "pre\x1b]52;c;{m}{n}\x07post",
    "pre\x1b]52;c;{m}{n}\x1b\\post",
    "pre\x1b]0;{m} title {n}\x07post",
    "pre\x1b]8;;https://example.org/{m}/{n}\x1b\\link\x1b]8;;\x1b\\post",
    "pre\x1b[{m};{n}mpost\x1b[0m",
    "pre\x1b[2J\x1b[{m};{n}Hpost",
    "pre\x1b[?{m};{n}hpost",
    "pre\x1b[{m};{n}tpost",
    "pre\x1bP{m};{n}q#0\x1b\\post",
    "pre\x1b_{m}G{n}\x1b\\post",
    "pre\x1b^{m}{n}\x1b\\post",
    "pre\x1bX{m}{n}\x1b\\post",
    "pre\x1bc{m}{n}post",
    "pre\x9b{m};{n}mpost",
    "pre\x9d0;{m}{n}\x9cpost",
    "pre\x90{m}{n}q\x9cpost",
    "pre\x85{m}{n}\x8d\x9apost",
    "pre\x07\x08\x08{m}{n}\x0e\x0f\x0b\x0c\x7f\x00post",
    "pre\x05{m}{n}\x11\x13\x18\x1apost",
    "pre\r{m}{n}\rforged",
    *(f"pre{mark}{{m}}{{n}}{mark}post" for mark in _BIDI),
    "pre\u2028{m}{n}\u2029post",
)
