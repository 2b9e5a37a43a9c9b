"""A head of the journal as people read it: on paper, and over the telephone.

spoken("4f2a91c077de0b13...", 214)       # "4f2a 91c0 77de 0b13, entry 214"
heard("4F2A 91C0 77de-0b13 entry 214")   # ("4f2a91c077de0b13", 214)
"""

from __future__ import annotations

import re
from typing import Final

from panelkit.domain.errors import BadInput

DIGITS: Final = 16
"""Of the hash, as printed; fewer could be met by accident."""
_GROUP: Final = 4
_ENTRY: Final = re.compile(r"\bentry\s+(\d{1,12})\b|[,:]\s*(\d{1,12})\s*$", re.IGNORECASE)
_HEAD: Final = re.compile(
    rf"((?:[0-9a-f]{{{_GROUP}}} ){{3}}[0-9a-f]{{{_GROUP}}}), entry (\d{{1,12}})"
)


def spoken(hashed: str, seq: int) -> str:
    """The first digits in groups, and the entry's number."""
    groups = (hashed[start : start + _GROUP] for start in range(0, DIGITS, _GROUP))
    return f"{' '.join(groups)}, entry {seq}"


def heard(text: str) -> tuple[str, int | None]:
    """The digits that somebody read out, and the entry's number where it was said.

    Raises BadInput where it is not at least sixteen digits of 0-9 and a-f.
    """
    found = _ENTRY.search(text)
    digits = text[: found.start()] if found else text
    digits = re.sub(
        r"^\s*journal(\s+head)?\b|[\s,.:·-]+", "", digits, flags=re.IGNORECASE
    ).casefold()
    if not re.fullmatch(rf"[0-9a-f]{{{DIGITS},64}}", digits):
        msg = f"A head has {DIGITS} digits, 0 to 9 and a to f, and the number of an entry."
        raise BadInput(msg, remedy="Read it from the foot of a page of issued minutes.")
    number = next((part for part in found.groups() if part), "") if found else ""
    return digits, int(number) if number else None


def printed_in(text: str) -> str:
    """The first head that stands in a text, as it is printed; blank where none does."""
    found = _HEAD.search(text)
    return found[0] if found else ""
