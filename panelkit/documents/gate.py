"""The last gate: what may stand in a document, whatever reached it.

Text is gated when it enters the record; this is the second lock on the same door, so that
no old record, area file or imported pack can break a document or steer a terminal.
"""

from __future__ import annotations

import re
from typing import Final

_LINE_BREAK: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")

# Everything XML 1.0 refuses (control characters, lone surrogates, U+FFFE and U+FFFF), the
# C1 controls a terminal obeys, and the overrides that make text read as what it is not.
_REFUSED: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """Return ``text`` with newlines as the only line break and nothing a document refuses.

    A refused character becomes U+FFFD, one for one; none is dropped. Never raises.
    """
    if text.isascii() and text.isprintable():
        return text
    return _REFUSED.sub("\ufffd", _LINE_BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """Return ``text`` gated, its line breaks and tabs as single spaces: for page heads."""
    return " ".join(printable(text).split())
