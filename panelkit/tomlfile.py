"""Reading a TOML file that somebody wrote by hand: one clear line instead of a traceback.

Packs and area files share it. No message ever holds what was written in the file: only
the file, the place (a line, or a dotted key with the first of several counted as 1),
what may stand there, and what to do.
"""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from panelkit.domain.errors import BadInput
from panelkit.domain.text import gate_line

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

LARGEST: Final = 5_000_000
"""Bytes. A long meeting with ten earlier ones takes about a tenth of it."""

_BOM: Final = b"\xef\xbb\xbf"

# tomllib takes memory by the square of the parts of a dotted key: 200 kB of "a.a.a"
# is enough to use up a laptop. No key here has more than four parts.
_LONG_KEY: Final = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}"""
)

_HINTS: Final = (
    ("Unterminated string", "A quotation mark that opens a text is never closed."),
    ('Expected "\'"', "A quotation mark that opens a text is never closed."),
    ("Unescaped '\\'", "In double quotes write a backslash twice."),
    ("Illegal character", "A text in single quotation marks must end on its line."),
    ("Unclosed", "A bracket is opened and not closed."),
    ("Cannot declare", "The same table stands there twice."),
    ("Cannot overwrite", "The same key stands there twice."),
    ("Invalid date", "That day is not in the calendar."),
    ("Invalid value", "Put words in quotation marks."),
    ("Expected '='", "Write a line as: key = value."),
)
"""What tomllib means, in words; its own message may repeat what the file says."""


def shown(path: Path) -> str:
    """The path as one printable line."""
    return gate_line(str(path)).text


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of the file. Raises BadInput for whatever stops it from being read."""
    return parse_toml(read_text(path), shown(path))


def read_text(path: Path) -> str:
    """What the file holds. Raises BadInput for what is no readable file of UTF-8 text."""
    name = shown(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadInput(f"{name} is a folder.", remedy="Name one .toml file in it.")
        if not stat.S_ISREG(mode):
            raise BadInput(f"{name} is not a file.", remedy="Name a .toml file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as wrong:
        raise BadInput(f"{name} does not exist.", remedy="Check the name.") from wrong
    except (OSError, ValueError) as wrong:
        why = getattr(wrong, "strerror", None) or "not a usable name"
        raise BadInput(f"{name} cannot be opened: {why}.", remedy="Check the name.") from wrong
    if len(data) > LARGEST:
        raise BadInput(
            f"{name} is larger than {LARGEST // 1_000_000} MB.",
            remedy="A meeting takes far less: check that it is the right file.",
        )
    return _decoded(data, name)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(_BOM):
        raise BadInput(
            f"{name} begins with a byte-order mark.",
            remedy='Save it as "UTF-8", not "UTF-8 with BOM".',
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        # Raised "from None": a UnicodeDecodeError carries the whole file.
        raise BadInput(
            f"{name}, line {line}: not UTF-8 text.", remedy="Save the file as UTF-8."
        ) from None


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The tables of ``text``; ``name`` is what messages call it. Raises BadInput."""
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"{name}, line {line}: a key of more than 64 parts.", remedy="Shorten it.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadInput(_unreadable(str(wrong), text, name), remedy=_hint(str(wrong))) from None
    except RecursionError:
        raise BadInput(
            f"{name}: brackets are nested too deeply.", remedy="Check for brackets never closed."
        ) from None
    except ValueError:
        # Python refuses to read a whole number of thousands of digits.
        raise BadInput(f"{name}: a number is too long to read.", remedy="Shorten it.") from None


def _unreadable(message: str, text: str, name: str) -> str:
    if found := re.search(r"\(at line (\d+), column (\d+)\)$", message):
        return f"{name}, line {found[1]}, column {found[2]}: not readable as TOML."
    last = text.rstrip("\n").count("\n") + 1
    return f"{name}, line {last}: the file ends where TOML needs more."


def _hint(message: str) -> str:
    return next((hint for start, hint in _HINTS if message.startswith(start)), "Correct that line.")


# -- values -------------------------------------------------------------------------

_SENTENCES: Final = {
    "string_type": "must be words in quotation marks",
    "string_too_short": "must not be blank",
    "string_too_long": "is too long",
    "date_type": "must be a date such as 2026-11-18, without quotation marks",
    "datetime_type": "must be a date and time such as 2026-11-18T10:00:00Z, without quotation marks",
    "timezone_aware": "must say its time zone, such as 2026-11-18T10:00:00Z",
    "int_type": "must be a whole number, without quotation marks",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list in square brackets, or tables in double square brackets",
    "tuple_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
}


def refused(wrong: ValidationError, data: object, name: str, patterns: dict[str, str]) -> BadInput:
    """The first thing pydantic found, as one line for the person who wrote the file.

    ``patterns`` says in words what each regular expression of the models asks for.
    """
    errors = wrong.errors(include_url=False, include_context=True, include_input=False)
    places = [_place(error["loc"], data, error["type"]) for error in errors]
    # Where a value may be one thing or another, pydantic reports both; what it says of
    # the deepest place is about what was really written.
    start = places[0]
    first = max(
        (n for n, place in enumerate(places) if place[: len(start)] == start),
        key=lambda n: (len(places[n]), -n),
    )
    sentence, remedy = _said(errors[first], patterns)
    more = len({place[: len(start)] for place in places}) - 1
    if more > 0:
        remedy += f" ({more} more place{'s' if more > 1 else ''} after that.)"
    place = ".".join(places[first]) or "the file"
    return BadInput(f"{name}: {place} {sentence}.", remedy=remedy.strip())


def _place(loc: tuple[int | str, ...], data: object, kind: str) -> tuple[str, ...]:
    """The dotted key, as far as the file goes; pydantic adds names of alternatives."""
    parts: list[str] = []
    at = data
    for step in loc:
        if isinstance(step, int) and isinstance(at, list) and step < len(at):
            parts.append(str(step + 1))
            at = at[step]
        elif isinstance(step, str) and isinstance(at, dict) and step in at:
            parts.append(_key(step))
            at = at[step]
        elif isinstance(step, str) and kind == "missing" and step == loc[-1]:
            parts.append(step)
    return tuple(parts)


def _key(step: str) -> str:
    """A key as it may be shown: one that is not a plain key might hold words of a case."""
    return step if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", step) else "(a key in quotation marks)"


def _said(error: ErrorDetails, patterns: dict[str, str]) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "missing":
            return "is missing", "Add it."
        case "extra_forbidden":
            return "is not known here", "Check its spelling, or take it out."
        case "literal_error":
            return f"must be {context['expected']}", ""
        case "greater_than_equal":
            return f"must be at least {context['ge']}", ""
        case "less_than_equal":
            return f"must be at most {context['le']}", ""
        case "string_pattern_mismatch":
            return f"must be {patterns.get(context['pattern'], 'written otherwise')}", ""
        case _:
            return _SENTENCES.get(kind, "cannot be read"), ""
