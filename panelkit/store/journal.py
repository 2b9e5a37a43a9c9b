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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ARRAY, Connection, Text, cast, column, func, select
from sqlalchemy.exc import DBAPIError

from panelkit.domain.meeting import By
from panelkit.store import keys, pen, signalling
from panelkit.store.convert import instant_text
from panelkit.store.tables import COMMAND, JOURNAL

START: Final = "0" * 64
"""What the first row is chained to."""
TOGETHER: Final = 2000
"""Rows that a walk holds in memory at once, however long the journal is."""
_HEAD: Final = func.head_of_journal().table_valued(column("seq"), column("hash"))
_SORTED: Final = json.JSONEncoder(sort_keys=True).encode
"""``json.dumps(..., sort_keys=True)``, with the encoder made once: it is asked for every row."""


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


def field_changes(
    entity: str, entity_id: str, old: Mapping[str, Any], new: Mapping[str, Any],
    but: frozenset[str] = frozenset(), meeting_id: str = "",
) -> list[Change]:  # fmt: skip
    """A row for each column that differs, of something that is in no meeting unless ``meeting_id``
    says which; both sides of one are hashed with one salt. What was not there before was blank."""
    changes = []
    for name, now in new.items():
        was = old.get(name)
        plain = ["" if each is None else str(each) for each in (was, now)]
        if name not in but and plain[0] != plain[1]:
            salt = new_salt()
            before, after = (salted(each, salt) for each in plain)
            changes.append(Change(meeting_id, entity, entity_id, name, before, after))
    return changes


def os_user() -> str:
    """The account of the machine; evidence, not proof."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def is_noted(connection: Connection, command: str) -> bool:
    """Whether that act was stored."""
    there = select(COMMAND.c.id).where(COMMAND.c.id == command)
    return connection.execute(there).first() is not None


def note_command(connection: Connection, command: str, by: By, what: str) -> None:
    """The act that entries are of, stored with them, so that it is never stored twice."""
    connection.execute(COMMAND.insert(), command_row(command, by, what))


def command_row(command: str, by: By, what: str) -> dict[str, Any]:
    """Its columns."""
    return {"id": command, "at": instant_text(by.at), "who": by.name, "what": what}


def write(connection: Connection, changes: list[Change], by: By, command: str) -> None:
    """Append a row for each change, chained with the key of whoever opened the record.

    The caller's transaction has begun as a writer.

    Raises PenElsewhere where a meeting was handed over: what the caller wrote is rolled back.
    """
    pen.must_be_here(connection, changes)
    signalling.touch(connection, (change.meeting_id for change in changes))
    if not changes:
        return
    who = keys.opened(connection)
    if who.login:
        # The server works the chain out for whoever has a login there: in one step, and its last
        # row stays on the server.
        said = func.journal_goes_on(cast(bodies(connection, changes, by, command), ARRAY(Text)))
        connection.execute(select(said))
        return
    last = _last(connection)
    seq, previous = (last.seq, last.hash) if last else (0, START)
    rows: list[dict[str, object]] = []
    for row in _rows_of(connection, changes, by, command):
        seq += 1
        row |= {"seq": seq, "prev_hash": previous}
        previous = row["hash"] = chained(row, who.chain(seq))
        rows.append(row)
    connection.execute(JOURNAL.insert(), rows)


def bodies(connection: Connection, changes: list[Change], by: By, command: str) -> list[str]:
    """Each row as the chain hashes it, up to the hash of the row before it and its own number, which
    come last in it and which only whoever has the turn knows."""
    return [f"{_SORTED(row)[:-1]}, " for row in _rows_of(connection, changes, by, command)]


def _rows_of(
    connection: Connection, changes: list[Change], by: By, command: str
) -> Iterator[dict[str, object]]:
    user, desk = keys.opened(connection).login or os_user(), socket.gethostname()
    for change in changes:
        yield {
            "at": instant_text(by.at), "actor": by.name, "os_user": user,
            "desk": desk, "command_id": command, "meeting_id": change.meeting_id,
            "entity": change.entity, "entity_id": change.entity_id, "field": change.field,
            "old_hash": change.old_hash, "new_hash": change.new_hash,
        }  # fmt: skip


def _last(connection: Connection) -> Any:
    """Number and hash of the last row; of a server's also where it is one of a hidden case."""
    if keys.opened(connection).login:
        return connection.execute(select(column("seq"), column("hash")).select_from(_HEAD)).first()
    newest = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
    return connection.execute(newest).first()


def chained(row: dict[str, object], key: bytes | None = None) -> str:
    """The hash of a row and so of everything before it; needs ``key`` where one is given."""
    body = {name: value for name, value in row.items() if name != "hash"}
    plain = _SORTED(body).encode()
    if key is not None:
        return hmac.new(key, plain, hashlib.sha256).hexdigest()
    return hashlib.sha256(plain).hexdigest()


def newest(connection: Connection) -> datetime | None:
    """When the last entry was made, aware, in UTC; None while there is none."""
    last = connection.execute(select(JOURNAL.c.at).order_by(JOURNAL.c.seq.desc()).limit(1)).scalar()
    return datetime.fromisoformat(last) if last else None


def head(connection: Connection) -> str:
    """Hash of the last row: what stands for the whole journal until now."""
    last = _last(connection)
    return str(last.hash) if last else START


def changed_since(connection: Connection, head: str) -> tuple[str, ...] | None:
    """Meetings with an entry after the one with hash ``head``; None where there is no such one.

    That somebody opened one is no change of it.
    """
    here = select(JOURNAL.c.seq).where(JOURNAL.c.hash == head)
    seq = 0 if head == START else connection.execute(here).scalar()
    if seq is None:
        return None
    opened = (JOURNAL.c.entity == "case") & (JOURNAL.c.field == "opened")
    later = select(JOURNAL.c.meeting_id).where(JOURNAL.c.seq > seq, ~opened).distinct()
    return tuple(connection.execute(later.order_by(JOURNAL.c.meeting_id)).scalars())


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the journal found."""

    entries: int
    first_wrong: int | None
    """Sequence of the first row that is missing or not as it was written; None where all are."""
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
    pages_wrong: int = 0
    """Pages of an encrypted record that are not as they were written."""
    templates_wrong: tuple[str, ...] = ()
    """Hashes of kept templates that are not as they were used."""
    copies_wrong: tuple[str, ...] = ()
    """Ids of registered copies that are not for whom, or not the file, that the journal has."""
    why: str = ""
    """``missing``, ``changed`` or ``unreadable``: what is wrong with the first wrong row."""
    wrong_at: str = ""
    """When that row says it was made, or the one before it where it says nothing."""

    @property
    def is_good(self) -> bool:
        """Nothing is wrong in any of it."""
        wrong = self.issued_wrong or self.words_wrong or self.templates_wrong or self.copies_wrong
        return self.first_wrong is None and self.anchored and not (wrong or self.pages_wrong)


def check(connection: Connection, *, anchor: str = "") -> Checked:
    """Walk the whole chain; it must run through ``anchor``, a head that was kept."""
    previous, count, met, last = START, 0, not anchor or anchor == START, ""
    who = keys.opened(connection)
    for row in _rows(connection):
        count += 1
        why = _why_wrong(row, count, previous, who.chain(count))
        if why:
            wrong_at = str(row["at"]) if why == "changed" else last
            wrong = count if why == "missing" else min(count, int(row["seq"]))
            return Checked(count, wrong, previous, met, why=why, wrong_at=wrong_at)
        previous, last = row["hash"], row["at"]
        met = met or previous == anchor
    return Checked(count, None, previous, met)


def _rows(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every row in order; one that cannot be read has its number only."""
    last = -1
    try:
        every = select(JOURNAL).order_by(JOURNAL.c.seq).execution_options(yield_per=TOGETHER)
        with connection.execute(every) as rows:
            for found in rows.mappings():
                last = found["seq"]
                yield dict(found)
    except DBAPIError as failed:
        if "decode" not in str(failed.orig).lower():
            raise
        # Bytes where text belongs: somebody wrote past the program. From here one by one.
        later = select(JOURNAL.c.seq).where(JOURNAL.c.seq > last).order_by(JOURNAL.c.seq)
        for seq in connection.execute(later).scalars().all():
            yield _one(connection, seq)


def _one(connection: Connection, seq: int) -> dict[str, Any]:
    try:
        found = connection.execute(select(JOURNAL).where(JOURNAL.c.seq == seq)).mappings()
        return dict(found.one())
    except DBAPIError:
        return {"seq": seq}


def _why_wrong(row: dict[str, Any], count: int, previous: str, key: bytes | None) -> str:
    """What is wrong with the row that should be number ``count``; blank where nothing is."""
    if not isinstance(row["seq"], int) or row["seq"] > count:
        return "missing"
    if "hash" not in row:
        return "unreadable"
    if any(not isinstance(value, str) for name, value in row.items() if name != "seq"):
        return "changed"
    if row["seq"] != count or row["prev_hash"] != previous or chained(row, key) != row["hash"]:
        return "changed"
    return ""
