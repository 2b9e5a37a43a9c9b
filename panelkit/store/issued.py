"""The life of a meeting's minutes: dated facts, and documents as they were sent, frozen."""

from __future__ import annotations

import hashlib
import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from panelkit.domain.errors import NotFound
from panelkit.domain.meeting import By
from panelkit.domain.minutes import Fact
from panelkit.store import convert, disposal, journal
from panelkit.store.tables import ISSUED, JOURNAL, LIFE
from panelkit.store.templates import KeptTemplate

_FACTS: Final = "facts"
"""What the journal calls the hash of what a document says that it is."""
_SAYS: Final = (
    "meeting_id", "kind", "version", "template_id", "template_version", "template_hash", "status",
    "who", "at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A document to be kept as it is sent."""

    kind: str
    body: bytes
    template_id: str = ""
    template_version: str = ""
    template_hash: str = ""
    status: str = ""
    template: KeptTemplate | None = None
    """What it was made with, to be kept beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What is known of a document that was sent, beside its bytes."""

    id: str
    meeting_id: str
    kind: str
    version: int
    """Counts the issues of this kind for this meeting."""
    template_id: str = ""
    template_version: str = ""
    template_hash: str = ""
    status: str = ""
    sha256: str
    who: str
    at: datetime | None


def note(
    connection: Connection, meeting_id: str, fact: str, by: By, reason: str,
    about: str = "", content_hash: str = "",
) -> list[journal.Change]:  # fmt: skip
    """A dated fact: drafted, approved, issued, reopened, exported."""
    happened = Fact(
        what=fact, who=by.name, at=by.at, reason=reason, about=about, content_hash=content_hash
    )
    row = fact_columns(meeting_id, happened)
    connection.execute(LIFE.insert(), row)
    return fact_noted(row)


def fact_columns(meeting_id: str, fact: Fact) -> dict[str, Any]:
    """Every column of a dated fact's row, with an id of its own."""
    return {
        "id": str(uuid.uuid4()), "meeting_id": meeting_id, "fact": fact.what, "who": fact.who,
        "at": convert.instant_text(fact.at), "reason": fact.reason, "about": fact.about,
        "content_hash": fact.content_hash,
    }  # fmt: skip


def fact_noted(row: Mapping[str, Any]) -> list[journal.Change]:
    """What the journal keeps of a dated fact."""
    meeting_id, content_hash = row["meeting_id"], row["content_hash"]
    hashed = journal.salted(row["reason"], journal.new_salt())
    noted = [journal.Change(meeting_id, "life", meeting_id, row["fact"], "", hashed)]
    if content_hash:
        noted.append(
            journal.Change(meeting_id, "life", row["id"], "content_hash", "", content_hash)
        )
    return noted


def as_it_went(connection: Connection, meeting_id: str) -> list[Mapping[str, Any]]:
    """Rows of the dated facts of a meeting, in order; those of one instant as the journal has them."""
    found = select(LIFE).where(LIFE.c.meeting_id == meeting_id).order_by(LIFE.c.at)
    rows: list[Mapping[str, Any]] = [*connection.execute(found).mappings()]
    if len({row["at"] for row in rows}) == len(rows):
        return rows
    noted = select(JOURNAL.c.field, JOURNAL.c.at, JOURNAL.c.seq).where(
        JOURNAL.c.meeting_id == meeting_id, JOURNAL.c.entity == "life",
        JOURNAL.c.entity_id == meeting_id,
    )  # fmt: skip
    numbers: dict[tuple[str, str], deque[int]] = {}
    for fact, at, seq in connection.execute(noted.order_by(JOURNAL.c.seq)):
        numbers.setdefault((fact, at), deque()).append(seq)
    placed = []
    for row in rows:
        seqs = numbers.get((row["fact"], row["at"]))
        placed.append((row["at"], seqs.popleft() if seqs else 0, row))
    return [row for _at, _seq, row in sorted(placed, key=lambda each: each[:2])]


def facts(connection: Connection, meeting_id: str) -> tuple[Fact, ...]:
    """What happened to the minutes, in order."""
    return tuple(
        Fact(
            what=row["fact"], who=row["who"], at=at, reason=row["reason"], about=row["about"],
            content_hash=row["content_hash"],
        )
        for row in as_it_went(connection, meeting_id)
        if (at := convert.instant_of(row["at"])) is not None
    )  # fmt: skip


def life(connection: Connection, meeting_id: str) -> tuple[tuple[str, str, str], ...]:
    """What happened, who, when (ISO, UTC), in order."""
    rows = as_it_went(connection, meeting_id)
    return tuple((row["fact"], row["who"], row["at"]) for row in rows)


def keep(
    connection: Connection, meeting_id: str, kind: str, body: bytes, by: By, **template: str
) -> list[journal.Change]:
    """A document as it was sent; ``template`` holds its template's columns and the status."""
    version = count(connection, meeting_id, kind) + 1
    made, hashed = str(uuid.uuid4()), hashlib.sha256(body).hexdigest()
    row = {
        "id": made, "meeting_id": meeting_id, "kind": kind, "version": version, "sha256": hashed,
        "template_hash": "", "template_id": "", "template_version": "", "status": "",
        "who": by.name, "at": convert.instant_text(by.at), "body": body, **template,
    }  # fmt: skip
    connection.execute(ISSUED.insert(), row)
    return noted(row)


def noted(row: Mapping[str, Any]) -> list[journal.Change]:
    """What the journal keeps of an issued document: its bytes, and what it says that it is."""
    return [
        journal.Change(row["meeting_id"], "issued", row["id"], "sha256", "", row["sha256"]),
        journal.Change(row["meeting_id"], "issued", row["id"], _FACTS, "", _facts_of(row)),
    ]


def _facts_of(row: Mapping[str, Any]) -> str:
    facts = (str(row[name]) for name in _SAYS)
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()


def count(connection: Connection, meeting_id: str, kind: str) -> int:
    """How many versions of a document were issued."""
    here = (ISSUED.c.meeting_id == meeting_id) & (ISSUED.c.kind == kind)
    return int(connection.execute(select(func.count()).where(here)).scalar() or 0)


def every(connection: Connection, meeting_id: str) -> tuple[Issued, ...]:
    """What was issued for a meeting, oldest first, without the bytes."""
    columns = [column for column in ISSUED.c if column.name != "body"]
    found = select(*columns).where(ISSUED.c.meeting_id == meeting_id)
    order = (ISSUED.c.at, ISSUED.c.kind, ISSUED.c.version)
    rows = connection.execute(found.order_by(*order)).mappings()
    return tuple(Issued(**{**row, "at": convert.instant_of(row["at"])}) for row in rows)


def body(connection: Connection, issued_id: str) -> bytes:
    """The bytes of a document as they were sent. Raises NotFound."""
    found = connection.execute(select(ISSUED.c.body).where(ISSUED.c.id == issued_id)).scalar()
    if found is None:
        raise NotFound("That document was not issued from this record.")
    return bytes(found)


def check(connection: Connection) -> tuple[int, tuple[str, ...]]:
    """How many documents there are, and the ids of those not as they were sent.

    Each must have the hash that the journal has of it, be what the journal says that it is
    (older records did not note that), and be there.
    """
    names = ("entity_id", "field", "new_hash", "meeting_id")
    unseen = disposal.out_of_sight(connection)
    found = select(*(JOURNAL.c[name] for name in names)).where(JOURNAL.c.entity == "issued")
    known = {
        (row.entity_id, row.field): row.new_hash
        for row in connection.execute(found)
        if row.meeting_id not in unseen
    }
    wrong, there = [], set()
    every = select(ISSUED).order_by(ISSUED.c.at, ISSUED.c.id)
    for row in connection.execute(every.execution_options(yield_per=20)).mappings():
        there.add(row["id"])
        body = row["body"] if isinstance(row["body"], bytes) else b""
        hashed, facts = hashlib.sha256(body).hexdigest(), _facts_of(dict(row))
        said = known.get((row["id"], _FACTS), facts)
        if known.get((row["id"], "sha256")) != hashed or row["sha256"] != hashed or said != facts:
            wrong.append(row["id"])
    gone = (issued for issued, _field in known if issued not in there)
    return len(there), (*wrong, *dict.fromkeys(gone))


def find(connection: Connection, issued_id: str) -> Issued | None:
    """What is known of a document by its id; None where it is not there."""
    columns = [column for column in ISSUED.c if column.name != "body"]
    row = connection.execute(select(*columns).where(ISSUED.c.id == issued_id)).mappings().first()
    return Issued(**{**row, "at": convert.instant_of(row["at"])}) if row else None


def with_bytes(connection: Connection, sha256: str) -> tuple[Issued, ...]:
    """Documents whose bytes have this hash, oldest first."""
    columns = [column for column in ISSUED.c if column.name != "body"]
    found = select(*columns).where(ISSUED.c.sha256 == sha256)
    found = found.order_by(ISSUED.c.at, ISSUED.c.kind, ISSUED.c.version)
    rows = connection.execute(found).mappings()
    return tuple(Issued(**{**row, "at": convert.instant_of(row["at"])}) for row in rows)
