"""What was done to keep a record: copies made and tried, places that somebody answered for.

Kept in the record itself, so that it is as protected as the record is. A place accepted with a
reason is an act that the journal knows; a copy changes nothing in the record, and stays out of it,
so that a copy made a moment ago is not said to be behind.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from panelkit.domain.meeting import By
from panelkit.store import convert, journal
from panelkit.store.part import Part
from panelkit.store.tables import CARE, JOURNAL

COPIED: Final = "copied"
TRIED: Final = "tried"
PLACE: Final = "place"
MOVED: Final = "moved"
"""Copied whole to a server, or from one: not a copy that a record is brought back from."""
BACK: Final = 1000
"""Journal entries that are looked at together, from the newest back."""
UPGRADED: Final = "upgraded"


@dataclass(frozen=True, slots=True)
class Care:
    """One such act."""

    what: str
    about: str
    """The file it was done to."""
    words: str
    """The journal's head in a copy; why a place was accepted."""
    who: str
    at: datetime


def keep(connection: Connection, what: str, about: str, words: str, by: By) -> dict[str, str]:
    """Keep that it was done, in the caller's transaction; the row."""
    row = {
        "id": str(uuid.uuid4()), "at": convert.instant_text(by.at), "who": by.name,
        "what": what, "about": about, "words": words, "salt": journal.new_salt(),
    }  # fmt: skip
    connection.execute(CARE.insert(), row)
    return row


class KeepsCare(Part):
    """The part of a record that knows how it is kept."""

    seq_of_head: dict[str, int]
    """Numbers of journal entries that were looked for by their hash."""

    def note_care(self, what: str, about: str, words: str, by: By) -> None:
        """Keep that it was done. Raises NotSaved."""
        with self._writing() as connection:
            row = keep(connection, what, about, words, by)
            if what == PLACE:
                said = journal.salted(words, row["salt"])
                change = journal.Change("", "care", row["id"], PLACE, "", said)
                journal.write(connection, [change], by, row["id"])

    def last_care(self, what: str) -> Care | None:
        """The last act of its kind; None where there was none."""
        last = select(CARE).where(CARE.c.what == what).order_by(CARE.c.at.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(last).mappings().first()
        if row is None:
            return None
        at = datetime.fromisoformat(row["at"])
        return Care(row["what"], row["about"], row["words"], row["who"], at)

    def written_since(self, head: str) -> tuple[int, datetime | None]:
        """How many journal entries came after the one with hash ``head``, and when the first did.

        All of them where ``head`` is blank or no entry has it. Entries are numbered without a gap, so
        that none of them is counted.
        """
        with self._reading() as connection:
            seq = self._seq_of(connection, head)
            last = connection.execute(select(func.max(JOURNAL.c.seq))).scalar() or 0
            first = connection.execute(
                select(JOURNAL.c.at).where(JOURNAL.c.seq == seq + 1)
            ).scalar()
        return int(last) - seq, datetime.fromisoformat(first) if first else None

    def _seq_of(self, connection: Connection, head: str) -> int:
        """The number of the entry with this hash; 0 for none. Looked for from the newest back: it is
        asked for what was copied last, which is not long ago, and remembered."""
        if not head or head in self.seq_of_head:
            return self.seq_of_head.get(head, 0)
        newest = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(BACK)
        rows = connection.execute(newest).all()
        while rows and (found := next((row.seq for row in rows if row.hash == head), 0)) == 0:
            rows = connection.execute(newest.where(JOURNAL.c.seq < rows[-1].seq)).all()
        self.seq_of_head[head] = int(found) if rows else 0
        return self.seq_of_head[head]
