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
_TWICE: Final = re.compile(rf"{re.escape(WITHHELD)}(?:[ -]{re.escape(WITHHELD)})+")
_NUMBERS: Final = ("visor_ref", "pnc", "crn", "noms", "address", "release_address")
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
        name = " ".join(case.name[:2000].split())
        own = [part for part in _PARTS.findall(name) if part.casefold() not in _PLAIN]
        if not name.islower():
            own = [part for part in own if not part.islower()]  # van, de
        known = _organisations(context)
        aliases = _PARTS.findall(case.aliases[:2000])
        free = {name, *(part for part in own if _is_rare(part)), *learned_names(context)}
        free |= {each for each in aliases if each[:1].isupper() and each not in known and _is_rare(each)}  # fmt: skip
        free |= {str(getattr(case, key, "") or "").strip() for key in _NUMBERS}
        # A name that is also a word, May or West or Li, is looked for as a name is written.
        written = {form for part in own for form in (part, part.upper(), part.capitalize())}
        self._patterns = [
            pattern
            for pattern in (
                _any_of({each for each in free if len(each) >= LEAST and each != case.ref}, re.IGNORECASE),
                _any_of({each for each in written if len(each) > 1 and not each.islower()}, re.NOFLAG),
            )
            if pattern is not None
        ]  # fmt: skip
        self._ref = case.ref

    def __call__(self, text: str) -> str:
        """``text`` with each of them replaced; two that stand together are one."""
        return self._ref.join(map(self._clean, text.split(self._ref) if self._ref else [text]))

    def _clean(self, text: str) -> str:
        for pattern in self._patterns:
            text = pattern.sub(WITHHELD, text)
        return _TWICE.sub(WITHHELD, text)


def _is_rare(word: str) -> bool:
    return len(word) >= LEAST and word.casefold() not in NO_NAMES | _PLAIN


def _any_of(words: set[str], flags: re.RegexFlag) -> re.Pattern[str] | None:
    """Any of these words by itself or of several people, whichever apostrophe it is written with."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    if not longest_first:
        return None
    ways = "|".join(re.sub("['’]", "['’]", re.escape(word)) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{ways})s?(?!\w)", flags)


def _organisations(context: Context) -> frozenset[str]:
    """Words of the organisations there are, which a note on aliases may name."""
    names = [name for name, _agency in context.area.organisations]
    names += [row.organisation for row in context.meeting.live(e.Attendance)]
    return frozenset(word for name in names for word in _PARTS.findall(name))
