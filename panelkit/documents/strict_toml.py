"""TOML read strictly: every entry is asked for by name, and whatever is left is refused."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from panelkit.domain.errors import BadInput

T = TypeVar("T")


def toml_of(content: bytes, file: Path) -> StrictTable:
    """Return the entries of ``content``; ``file`` is said in errors. Raises BadInput."""
    try:
        entries = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{file}: {error}.") from error
    return StrictTable(file, "", entries)


class StrictTable:
    """Entries of a TOML file that can be asked for once each.

    Every method raises BadInput, naming file and key, if the entry is missing or is not
    what was asked for.
    """

    def __init__(self, file: Path, prefix: str, entries: Mapping[str, Any]) -> None:
        self._file = file
        self._prefix = prefix
        self._entries = dict(entries)
        self._asked: list[str] = []

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; one without a default may not be blank."""
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "must be a text in quotes")
        if default is None and not value.strip():
            raise self._wrong(key, "must not be blank")
        return value

    def choice(self, key: str, choices: Mapping[str, T]) -> T:
        """Return what one of the given words stands for."""
        word = self.text(key)
        if word not in choices:
            raise self._wrong(key, f"must be one of {', '.join(choices)}, not {word!r}")
        return choices[word]

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._take(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self._wrong(key, "must be a date such as 2026-04-01, without quotes")
        return value

    def optional_day(self, key: str) -> date | None:
        """Return a date, or None if there is no such entry."""
        if key in self._entries:
            return self.day(key)
        self._asked.append(key)
        return None

    def tables(self, key: str) -> list[StrictTable]:
        """Return the tables of ``[[key]]``; at least one."""
        value = self._take(key, None)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._wrong(key, f"must be tables headed [[{key}]]")
        return [StrictTable(self._file, f"{self._prefix}{key}.", each) for each in value]

    def refuse_the_rest(self) -> None:
        """Raise BadInput if an entry was never asked for: it is misspelt or from elsewhere."""
        for key in self._entries:
            near = difflib.get_close_matches(key, self._asked, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Remove it."
            raise BadInput(f"{self._file}: {self._prefix}{key}: no such entry.", remedy=hint)

    def _take(self, key: str, default: object) -> object:
        self._asked.append(key)
        if key in self._entries:
            return self._entries.pop(key)
        if default is None:
            raise self._wrong(key, "is missing")
        return default

    def _wrong(self, key: str, what: str) -> BadInput:
        return BadInput(f"{self._file}: {self._prefix}{key}: {what}.")
