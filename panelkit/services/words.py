"""Words that somebody gives with an act, as they are stored."""

from __future__ import annotations

from panelkit.domain.errors import BadInput
from panelkit.domain.text import gate_line


def line(words: str) -> str:
    """One line, through the gate, without spaces at its ends."""
    return gate_line(words).text.strip()


def because(words: str, ask: str = "Say why.") -> str:
    """A reason that must be given. Raises BadInput, asking for it, where it is blank."""
    clean = line(words)
    if not clean:
        raise BadInput(ask, remedy="With --because.")
    return clean
