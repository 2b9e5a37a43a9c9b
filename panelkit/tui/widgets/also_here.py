"""Who else has this meeting open, in words: a block, a line as long as there is room, a mark.

Names are those of staff, and are hidden as every name is while the screen is shared.
"""

from __future__ import annotations

from typing import Final

from panelkit.domain.presence import Here, called
from panelkit.opened.session import Session
from panelkit.opened.showing import hidden

MARK: Final = "•"
"""Between an item's code and its name where somebody else is; the side column says what it means."""


def mark_at(item: str, session: Session) -> str:
    """One cell: the mark where somebody else is at that item, else a space."""
    return MARK if any(each.item == item for each in session.others) else " "


def also_here_lines(session: Session) -> list[str]:
    """A block for the side column, with a blank line before it; nothing where nobody else is."""
    if not session.others:
        return []
    lines = ["", f"OPEN ELSEWHERE  {len(session.others)}  {MARK} where"]
    return [*lines, *(f"  {_line(each, session)}" for each in session.others)]


def _line(here: Here, session: Session) -> str:
    return f"{here.item or '–':<3} {_named(here, session)}, {here.part.label}"


def everybody_else(session: Session) -> str:
    """A sentence that names all of them; blank where nobody else is."""
    named = "; ".join(_line(each, session) for each in session.others)
    return f"The meeting is also open elsewhere: {named}." if named else ""


def also_here(session: Session, room: int, before: str) -> str:
    """The same for one line: names and items, else how many, else nothing; never over ``room``."""
    if not session.others:
        return ""
    named = ", ".join(
        f"{_named(each, session)} {each.part.label}{f' {each.item}' if each.item else ''}"
        for each in session.others
    )
    items = " ".join(each.item for each in session.others if each.item)
    count = f"with {len(session.others)}"
    for words in (f"with {named}", f"{count} more {items}".rstrip(), f"{count} more", count):
        if len(before) + len(words) <= room:
            return before + words
    return ""


def _named(here: Here, session: Session) -> str:
    name = called(here, session.chairing.who)
    return hidden(name) if name == here.who else name
