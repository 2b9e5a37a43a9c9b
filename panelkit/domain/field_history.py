"""What stood in a field, one step for each change, and how sure the record is of the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from panelkit.domain.vocabulary import Term


class Known(Term):
    """What the journal's hashes say of some words."""

    AS_KEPT = "as_kept", "as kept"
    OTHER = "other", "NOT AS THE JOURNAL KNOWS IT"
    DISPOSED = "disposed", "words disposed of"
    NOT_KEPT = "not_kept", "not kept"
    UNCHECKED = "unchecked", "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was written in a field."""

    field: str
    """Name of the field."""
    who: str
    at: datetime | None
    text: str | None
    """None where the words are no longer there, or never were kept."""
    known: Known
    stands: bool = False
    """Whether this is what stands now."""
    saves: int = 1
    """How many savings it stands for: words typed on within one stay are kept once."""
