"""What the styles and lists of a Word file say of a paragraph: heading, bold, bullet, number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from panelkit.documents.word_lines import W

_VAL: Final = f"{W}val"
_OFF: Final = frozenset({"0", "false", "off"})
_HEADING: Final = re.compile(r"(?:heading|überschrift|titre)\s*(\d)", re.IGNORECASE)
_DEEPEST: Final = 12
"""Styles that rest on one another are followed so far; a loop ends there."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph of a style looks."""

    level: int = 0
    """1 to 9 for a heading."""
    bold: bool = False
    title: bool = False
    listed: str = ""
    """``bullet``, ``number`` or blank."""


@dataclass(slots=True)
class Styles:
    """The looks of a file's styles, by id."""

    looks: dict[str, Look] = field(default_factory=dict)
    bold_runs: frozenset[str] = frozenset()
    """Character styles that are bold."""
    lists: dict[tuple[str, str], str] = field(default_factory=dict)
    """What a list shows, by its number and level."""

    def look(self, style: str) -> Look:
        """The look of a style; a plain one where the file does not say."""
        return self.looks.get(style) or Look()

    def list_of(self, number: str, level: str) -> str:
        """``bullet``, ``number``, or blank where ``number`` takes a paragraph out of a list."""
        return "" if number in ("", "0") else self.lists.get((number, level), "bullet")


def switched(properties: _Element | None, name: str) -> bool | None:
    """Whether ``name`` is on; None where nothing is said."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(_VAL, "1") not in _OFF


def read_styles(styles: _Element | None, numbering: _Element | None) -> Styles:
    """What ``styles.xml`` and ``numbering.xml`` say."""
    lists = _lists(numbering) if numbering is not None else {}
    made = Styles(lists=lists)
    if styles is None:
        return made
    by_id = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    made.looks = {name: _look(name, by_id, made) for name in by_id}
    made.bold_runs = frozenset(
        name
        for name, style in by_id.items()
        if style.get(f"{W}type") == "character" and switched(style.find(f"{W}rPr"), "b")
    )
    return made


def _look(name: str, by_id: dict[str, _Element], made: Styles) -> Look:
    level, bold, listed = 0, None, ""
    title = False
    for style in _chain(name, by_id):
        called = _value(style, "name")
        ppr = style.find(f"{W}pPr")
        if not level:
            level = _level(called, ppr)
        title = title or called.casefold() == "title"
        if bold is None:
            bold = switched(style.find(f"{W}rPr"), "b")
        if not listed and ppr is not None and ppr.find(f"{W}numPr") is not None:
            listed = made.list_of(*numbers(ppr))
        if not listed and called.casefold().startswith("list"):
            listed = "number" if "number" in called.casefold() else "bullet"
    return Look(level=level, bold=bool(bold), title=title, listed="" if level else listed)


def _chain(name: str, by_id: dict[str, _Element]) -> list[_Element]:
    """A style and those it rests on."""
    found = []
    for _ in range(_DEEPEST):
        style = by_id.get(name)
        if style is None:
            break
        found.append(style)
        name = _value(style, "basedOn")
    return found


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(_VAL, "")


def _level(called: str, ppr: _Element | None) -> int:
    if found := _HEADING.match(called):
        return int(found[1]) or 1
    return outline_level(ppr)


def outline_level(ppr: _Element | None) -> int:
    """The level that a paragraph's own properties give it; 0 for body text."""
    said = _value(ppr, "outlineLvl") if ppr is not None else ""
    return int(said) + 1 if said.isdecimal() and len(said) == 1 and int(said) < 9 else 0


def numbers(ppr: _Element) -> tuple[str, str]:
    """The list and the level in it that properties name."""
    found = ppr.find(f"{W}numPr")
    return ("", "") if found is None else (_value(found, "numId"), _value(found, "ilvl") or "0")


def _lists(numbering: _Element) -> dict[tuple[str, str], str]:
    shows: dict[str, dict[str, str]] = {}
    for abstract in numbering.iter(f"{W}abstractNum"):
        shows[abstract.get(f"{W}abstractNumId", "")] = {
            level.get(f"{W}ilvl", ""): "bullet" if _value(level, "numFmt") == "bullet" else "number"
            for level in abstract.iter(f"{W}lvl")
        }
    return {
        (number.get(f"{W}numId", ""), level): kind
        for number in numbering.iter(f"{W}num")
        for level, kind in shows.get(_value(number, "abstractNumId"), {}).items()
    }
