"""On which line of a TOML file a dotted field stands, for messages; never what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from panelkit.domain.errors import BadInput

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=")
_LONG: Final = ('"""', "'''")


def line_of(text: str, place: str) -> int | None:
    """The line, from one, where ``answers.A3.custody_status`` or ``actions.2.due`` begins.

    What is missing is found at the table that lacks it, what is inside a list at its key;
    None where nothing of the place is written as plain tables and keys.
    """
    wanted = tuple(place.split("."))
    best, found = 0, None
    for number, path in _places(text):
        if path == wanted[: len(path)] and len(path) > best:
            best, found = len(path), number
    return found


@contextmanager
def with_line(text: str, name: str) -> Iterator[None]:
    """A refusal of a place in the file called ``name`` says its line too."""
    try:
        yield
    except BadInput as wrong:
        place = wrong.message.removeprefix(f"{name}: ").partition(" ")[0]
        line = line_of(text, place) if wrong.message.startswith(f"{name}: ") else None
        if line is None:
            raise
        message = f"{wrong.message.removesuffix('.')} (line {line})."
        raise BadInput(message, remedy=wrong.remedy) from None


def _places(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    counts: dict[tuple[str, ...], int] = {}
    here: tuple[str, ...] = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if closing:
            if line.count(closing) % 2:
                closing = ""
            continue
        if found := _HEADER.match(line):
            parts = tuple(part.strip() for part in found[2].split("."))
            here = _numbered(parts, counts, is_list=found[1] == "[[")
            yield number, here
        elif found := _KEY.match(line):
            yield number, (*here, *(part.strip() for part in found[1].split(".")))
            closing = next((mark for mark in _LONG if line.count(mark) % 2), "")


def _numbered(
    parts: tuple[str, ...], counts: dict[tuple[str, ...], int], *, is_list: bool
) -> tuple[str, ...]:
    """The header with the number of each table that stands in a list."""
    path: tuple[str, ...] = ()
    for place, part in enumerate(parts, start=1):
        path = (*path, part)
        if is_list and place == len(parts):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, str(counts[path]))
    return path
