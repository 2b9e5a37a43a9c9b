"""The journal: one row for each changed field, salted hashes, each row chained to the last.

The chain is not keyed yet: it shows a row that was changed by mistake or by somebody who
did not mend the rows after it. A keyed chain comes with the encrypted record.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import secrets
import socket
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from panelkit.domain.meeting import By
from panelkit.store.convert import instant_text
from panelkit.store.rows import JournalRow

START: Final = "0" * 64
"""What the first row is chained to."""
_TABLE: Final = JournalRow.__table__  # type: ignore[attr-defined]


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


def write(connection: Connection, changes: list[Change], by: By, command: str) -> None:
    """Append a row for each change, chained."""
    last = connection.execute(
        select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq, last.hash) if last else (0, START)
    rows = []
    for change in changes:
        seq += 1
        row = {
            "seq": seq, "at": instant_text(by.at), "actor": by.name, "os_user": os_user(),
            "desk": socket.gethostname(), "command_id": command, "meeting_id": change.meeting_id,
            "entity": change.entity, "entity_id": change.entity_id, "field": change.field,
            "old_hash": change.old_hash, "new_hash": change.new_hash, "prev_hash": previous,
        }  # fmt: skip
        previous = row["hash"] = chained(row)
        rows.append(row)
    if rows:
        connection.execute(_TABLE.insert(), rows)


def chained(row: dict[str, object]) -> str:
    """The hash of a row and so of everything before it."""
    body = {name: value for name, value in row.items() if name != "hash"}
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the journal found."""

    entries: int
    first_wrong: int | None
    """Sequence of the first row that is not as it was written; None where all are."""
    head: str
    """Hash of the last row."""


def check(connection: Connection) -> Checked:
    """Walk the whole chain."""
    previous, count = START, 0
    for found in connection.execute(select(_TABLE).order_by(_TABLE.c.seq)).mappings():
        count += 1
        row = dict(found)
        if row["seq"] != count or row["prev_hash"] != previous or chained(row) != row["hash"]:
            return Checked(count, int(row["seq"]), previous)
        previous = row["hash"]
    return Checked(count, None, previous)
