"""The head of a record, remembered outside it: so that an older copy in its place is noticed.

One small file for each record in the person's configuration folder, named by a hash of the
record's path. By its path, and not by an id inside it: an id goes with every copy, so that
looking at a backup would be an alarm; what somebody opens every day is a path. The file holds
hashes, numbers and instants, never a word of a case. It is written whole or not at all, for
its owner only, and holds several heads, so that it can be said since when a record is another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from panelkit.domain.errors import CannotWrite, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.heads import spoken
from panelkit.domain.vocabulary import Term
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock, room_time
from panelkit.store.heads import ACCEPTED, RESTORED, Head, Standing
from panelkit.store.server import Location, identity

if TYPE_CHECKING:
    from panelkit.store.record import Record

MOST: Final = 24
"""Heads that are kept for a record, the newest of them."""


class Accepted(Term):
    """Why a record that is not as it was last open here is taken as it is; journaled."""

    RESTORED = "restored", "A copy was put back on purpose"
    REPLACED = "replaced", "Another record was put here on purpose"
    LOST = "lost", "Entries are lost, and nobody knows how"


@dataclass(frozen=True, slots=True)
class Found:
    """A record beside what was remembered of it."""

    standing: Standing
    other: bool = False
    """Whether another record lies where the one that is remembered lay."""
    explained: str = ""
    """What the journal itself says of it: a copy was put back, by whom, when."""

    @property
    def is_alarm(self) -> bool:
        """Whether a person must look at it."""
        return not self.standing.is_good and not self.explained

    @property
    def sentence(self) -> str:
        """What is wrong, in words; blank where nothing is."""
        standing = self.standing
        if standing.is_good or standing.known is None:
            return ""
        if self.explained:
            return self.explained
        was = f"when it was last open here ({spoken(standing.known.hash, standing.known.seq)})"
        if self.other:
            return f"Another record is at this place than {was}."
        if standing.missing:
            number = standing.missing
            said = "entry is" if number == 1 else "entries are"
            return f"This record is older than {was}: {number} journal {said} missing."
        return f"The journal of this record is not the one that it was {was}."

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return (
            "Do not delete anything. Look for the newer file, or compare with a copy "
            "(panelkit restore COPY). Where it is right as it is: panelkit verify --accept "
            f"{'|'.join(str(why) for why in Accepted)}."
        )


class Memory:
    """What is remembered of the record at one place, by one person on one machine."""

    def __init__(self, folder: Path, record: Location) -> None:
        """Nothing is made until there is something to remember."""
        named = hashlib.sha256(identity(record).encode()).hexdigest()
        self.file = folder / f"{named[:32]}.json"

    def heads(self) -> tuple[Head, ...]:
        """The heads that were kept, oldest first; none where the file cannot be read."""
        return self._read()[1]

    def check(self, record: Record) -> Found:
        """The record beside what was remembered. Raises NotSaved, BadInput as reading does."""
        first, kept = self._read()
        standing = record.standing(kept)
        if standing.is_good:
            return Found(standing)
        other = bool(first) and first != standing.first
        return Found(standing, other, "" if other else _explained(record, standing))

    def remember(self, record: Record) -> None:
        """Keep the head as it is now, unless the record is not as it was. Raises CannotWrite."""
        found = self.check(record)
        now = found.standing.now
        if found.is_alarm or not now.seq or now == found.standing.known:
            return
        kept = [head for head in self.heads() if head.seq < now.seq]
        if found.explained:
            kept = []
        self._write(found.standing.first, [*kept, now])

    def accept(self, record: Record, why: Accepted, clock: Clock, who: str) -> Found:
        """The record is right as it is: journaled, with the head it had and the one it has.

        Raises Refused where there is no alarm, and as writing does.
        """
        from panelkit.domain.meeting import By

        found = self.check(record)
        if not found.is_alarm or found.standing.known is None:
            raise Refused("The record is as it was when it was last open here.")
        record.note_of_record(
            f"{ACCEPTED}{why}", By(who, clock()), old=found.standing.known.hash,
            new=found.standing.now.hash, command=new_id(),
        )  # fmt: skip
        self.forget()
        self.remember(record)
        return found

    def forget(self) -> None:
        """Another record begins at this place, and the program made it."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)

    # -- the file ------------------------------------------------------------------------------

    def _read(self) -> tuple[str, tuple[Head, ...]]:
        try:
            found: Any = json.loads(self.file.read_bytes())
            heads = tuple(
                Head(int(head["seq"]), str(head["hash"]), str(head["at"]))
                for head in found["heads"]
            )
            return str(found["first"]), tuple(sorted(heads, key=lambda head: head.seq))
        except (OSError, ValueError, KeyError, TypeError):
            # Missing or damaged: nothing is known, and nothing is claimed.
            return "", ()

    def _write(self, first: str, heads: Sequence[Head]) -> None:
        from panelkit.documents.files import write_file

        body = json.dumps({"first": first, "heads": [asdict(head) for head in heads[-MOST:]]})
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as failed:
            msg = f"The folder {self.file.parent} cannot be made."
            raise CannotWrite(msg, remedy="Look at its rights.") from failed
        write_file(self.file, body.encode())


def _explained(record: Record, standing: Standing) -> str:
    """Where a copy was put back by the program, its journal says so after the common part."""
    note = record.explained_since(standing.agrees.seq if standing.agrees else 0)
    if note is None:
        return ""
    field, who, at = note
    local = room_time(at)
    what = "put back from a copy" if field == RESTORED else "accepted as it is"
    return f"This record was {what} by {who} on {long_date(local.date())} at {local:%H:%M}."
