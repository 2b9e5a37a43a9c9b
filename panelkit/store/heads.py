"""The head of the journal: what stands for all of it until then, and whether it still does.

A head that is kept outside the record (in a person's configuration folder, in the footer of
issued minutes) is what shows rows that were cut from the end: the chain alone cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.store import journal
from panelkit.store.tables import JOURNAL

NOTES: Final = "record"
"""The entity of journal rows that are about the whole record: encrypted, keys changed, put back."""
RESTORED: Final = "restored"
ACCEPTED: Final = "accepted_"
"""Beginning of the field of a row that says why a record is right as it is."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a journal at some moment."""

    seq: int
    """Its number; 0 for a journal without entries."""
    hash: str
    at: str
    """When the entry was made (ISO, UTC)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A record beside the heads that were kept of it."""

    known: Head | None
    """The newest head that was kept; None where none was."""
    agrees: Head | None
    """The newest kept head that the journal still runs through; None where it runs through none."""
    now: Head
    first: str
    """Hash of the first entry: which record this is."""

    @property
    def is_good(self) -> bool:
        """Whether the journal runs through the newest head that was kept."""
        return self.known is None or self.agrees == self.known

    @property
    def missing(self) -> int:
        """How many entries are missing at the end; 0 where it is not shorter than it was."""
        return 0 if self.known is None or self.is_good else max(0, self.known.seq - self.now.seq)

    @property
    def first_wrong(self) -> int | None:
        """The first entry that is not as it was: missing, or somewhere from here on another."""
        if self.is_good:
            return None
        return self.now.seq + 1 if self.missing else (self.agrees.seq if self.agrees else 0) + 1


def newest(connection: Connection) -> Head | None:
    """The head now; None where there is no entry yet."""
    found = _rows().order_by(JOURNAL.c.seq.desc()).limit(1)
    return _head(connection.execute(found).first())


def first_hash(connection: Connection) -> str:
    """Hash of the first entry, which no two records share; blank where there is none."""
    found = select(JOURNAL.c.hash).order_by(JOURNAL.c.seq).limit(1)
    return str(connection.execute(found).scalar() or "")


def standing(connection: Connection, kept: Sequence[Head]) -> Standing:
    """The journal beside heads kept of it, oldest first: a look at their rows, no walk."""
    here = newest(connection) or Head(0, "", "")
    agrees = None
    for head in reversed(kept):
        row = connection.execute(_rows().where(JOURNAL.c.seq == head.seq)).first()
        if row is not None and row.hash == head.hash:
            agrees = head
            break
    return Standing(kept[-1] if kept else None, agrees, here, first_hash(connection))


def find(connection: Connection, digits: str) -> Head | None:
    """The entry whose hash begins with ``digits``; None where there is none."""
    found = _rows().where(JOURNAL.c.hash.startswith(digits, autoescape=True)).limit(1)
    return _head(connection.execute(found).first())


def at(connection: Connection, seq: int) -> Head | None:
    """The entry with a number; None where there is none."""
    return _head(connection.execute(_rows().where(JOURNAL.c.seq == seq)).first())


def note(field: str, old: str, new: str) -> journal.Change:
    """A row about the whole record; ``old`` and ``new`` are heads, never words."""
    return journal.Change("", NOTES, NOTES, field, old, new)


def explained_since(connection: Connection, seq: int) -> tuple[str, str, str] | None:
    """Why the record is another than it was, by the newest row after ``seq`` that says so: what,
    who, when. Other rows about the whole record explain nothing.
    """
    explains = (JOURNAL.c.field == RESTORED) | JOURNAL.c.field.startswith(ACCEPTED, autoescape=True)
    found = select(JOURNAL.c.field, JOURNAL.c.actor, JOURNAL.c.at).where(
        JOURNAL.c.entity == NOTES, JOURNAL.c.seq > seq, explains
    )
    row = connection.execute(found.order_by(JOURNAL.c.seq.desc()).limit(1)).first()
    return (str(row.field), str(row.actor), str(row.at)) if row else None


def _rows() -> Any:
    return select(JOURNAL.c.seq, JOURNAL.c.hash, JOURNAL.c.at)


def _head(row: Any) -> Head | None:
    return None if row is None else Head(int(row.seq), str(row.hash), str(row.at))
