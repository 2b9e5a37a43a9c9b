"""Words of a record as a letter may repeat them: without who the case is about.

The individual's names and numbers, and every name that the victim part shows to be one, are
replaced. It finds what is spelled as the record spells it, in capitals or small; a letter keeps
the marking of the record all the same.
"""

from __future__ import annotations

import re
from typing import Final

from panelkit.audit.context import Context
from panelkit.audit.names import NO_NAMES, learned_names
from panelkit.domain import entries as e

WITHHELD: Final = "[withheld]"
LEAST: Final = 3
"""Letters: a shorter part of a name betrays nobody by itself."""
_NUMBERS: Final = ("visor_ref", "pnc", "crn", "noms", "address", "hospital_ref")
_PARTS: Final = re.compile(r"[^\W\d_][\w'’-]*")
_PLAIN: Final = frozenset(
    "also known aka and der den del for from has his her him its was used uses called calls since "
    "with when where who which but not none nil unknown recorded goes name names nickname alias "
    "family friends online formerly born self yes".split()
)
"""Words beside an alias that are no part of one."""


class Withholding:
    """Takes the people of one case out of words about it."""

    def __init__(self, context: Context) -> None:
        """The reference of the case stays: it is what the letter calls the case."""
        case = context.meeting.case
        parts = set(_PARTS.findall(case.name[:2000]))
        known = _organisations(context)
        aliases = _PARTS.findall(case.aliases[:2000])
        parts |= {word for word in aliases if word[:1].isupper() and word not in known}
        parts |= set(learned_names(context))
        numbers = {str(getattr(case, key, "") or "").strip() for key in _NUMBERS}
        words = {
            part
            for part in parts
            if len(part) >= LEAST and part.casefold() not in NO_NAMES | _PLAIN
        }
        words |= {number for number in numbers if len(number) >= LEAST and number != case.ref}
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        self._pattern = (
            re.compile(
                rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE
            )
            if words
            else None
        )
        self._ref = case.ref

    def __call__(self, text: str) -> str:
        """``text`` with each of them replaced; two that stand together are one."""
        if self._pattern is None or not text:
            return text
        parts = text.split(self._ref) if self._ref else [text]
        clean = [self._pattern.sub(WITHHELD, part) for part in parts]
        joined = self._ref.join(clean)
        return re.sub(rf"{re.escape(WITHHELD)}(?:[ -]{re.escape(WITHHELD)})+", WITHHELD, joined)


def _organisations(context: Context) -> frozenset[str]:
    """Words of the organisations there are, which a note on aliases may name."""
    names = [name for name, _agency in context.area.organisations]
    names += [row.organisation for row in context.meeting.live(e.Attendance)]
    return frozenset(word for name in names for word in _PARTS.findall(name))
