"""The journal: one row for each changed field, salted hashes, each row chained to the last.

Unkeyed, the chain shows a row that was changed by mistake or by somebody who did not mend
the rows after it; keyed, mending needs the key. Neither shows rows cut from the end: for
that, keep a head (print it, send it) and check that the chain still runs through it.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import json
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from panelkit.domain.meeting import By
from panelkit.store import pen
from panelkit.store.convert import instant_text
from panelkit.store.tables import JOURNAL

START: Final = "0" * 64
"""What the first row is chained to."""


def new_salt() -> str:
    """A fresh salt, so that equal words have different hashes."""
    return secrets.token_hex(16)


def salted(text: str, salt: str) -> str:
    """The hash of some words; blank for none, so that "was blank" can be read."""
    return hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest() if text else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, as the journal keeps it."""

    meeting_id: str
    entity: str
    entity_id: str
    field: str
    old_hash: str
    new_hash: str


def os_user() -> str:
    """The account of the machine; evidence, not proof."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def write(
    connection: Connection, changes: list[Change], by: By, command: str, *, key: bytes | None = None
) -> None:
    """Append a row for each change, chained; the caller's transaction has begun as a writer.

    Raises PenElsewhere where a meeting was handed over: what the caller wrote is rolled back.
    """
    pen.must_be_here(connection, changes)
    last = connection.execute(
        select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq, last.hash) if last else (0, START)
    rows: list[dict[str, object]] = []
    user, desk = os_user(), socket.gethostname()
    for change in changes:
        seq += 1
        row: dict[str, object] = {
            "seq": seq, "at": instant_text(by.at), "actor": by.name, "os_user": user,
            "desk": desk, "command_id": command, "meeting_id": change.meeting_id,
            "entity": change.entity, "entity_id": change.entity_id, "field": change.field,
            "old_hash": change.old_hash, "new_hash": change.new_hash, "prev_hash": previous,
        }  # fmt: skip
        previous = row["hash"] = chained(row, key)
        rows.append(row)
    if rows:
        connection.execute(JOURNAL.insert(), rows)


def chained(row: dict[str, object], key: bytes | None = None) -> str:
    """The hash of a row and so of everything before it; needs ``key`` where one is given."""
    body = {name: value for name, value in row.items() if name != "hash"}
    plain = json.dumps(body, sort_keys=True).encode()
    if key is not None:
        return hmac.new(key, plain, hashlib.sha256).hexdigest()
    return hashlib.sha256(plain).hexdigest()


def newest(connection: Connection) -> datetime | None:
    """When the last entry was made, aware, in UTC; None while there is none."""
    last = connection.execute(select(JOURNAL.c.at).order_by(JOURNAL.c.seq.desc()).limit(1)).scalar()
    return datetime.fromisoformat(last) if last else None


def head(connection: Connection) -> str:
    """Hash of the last row: what stands for the whole journal until now."""
    last = select(JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
    return str(connection.execute(last).scalar() or START)


def changed_since(connection: Connection, head: str) -> tuple[str, ...] | None:
    """Meetings with an entry after the one with hash ``head``; None where there is no such one."""
    here = select(JOURNAL.c.seq).where(JOURNAL.c.hash == head)
    seq = 0 if head == START else connection.execute(here).scalar()
    if seq is None:
        return None
    later = select(JOURNAL.c.meeting_id).where(JOURNAL.c.seq > seq).distinct()
    return tuple(connection.execute(later).scalars())


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the journal found."""

    entries: int
    first_wrong: int | None
    """Sequence of the first row that is not as it was written; None where all are."""
    head: str
    """Hash of the last row."""
    anchored: bool = True
    """Whether the chain runs through the head that was kept; False where rows were cut."""
    issued: int = 0
    """Issued documents that were looked at."""
    issued_wrong: tuple[str, ...] = ()
    """Ids of issued documents that are not as they were sent."""
    words_wrong: tuple[str, ...] = ()
    """Places (meeting, then field) whose words the journal does not know."""
    templates_wrong: tuple[str, ...] = ()
    """Hashes of kept templates that are not as they were used."""

    @property
    def is_good(self) -> bool:
        """Nothing is wrong in any of it."""
        wrong = self.issued_wrong or self.words_wrong or self.templates_wrong
        return self.first_wrong is None and self.anchored and not wrong


def check(connection: Connection, *, anchor: str = "", key: bytes | None = None) -> Checked:
    """Walk the whole chain; it must run through ``anchor``, a head that was kept."""
    previous, count, met = START, 0, not anchor or anchor == START
    for found in connection.execute(select(JOURNAL).order_by(JOURNAL.c.seq)).mappings():
        count += 1
        row = dict(found)
        if row["seq"] != count or row["prev_hash"] != previous or chained(row, key) != row["hash"]:
            return Checked(count, int(row["seq"]), previous, met)
        previous = row["hash"]
        met = met or previous == anchor
    return Checked(count, None, previous, met)
