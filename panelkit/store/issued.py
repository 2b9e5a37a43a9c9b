"""The life of a meeting's minutes: dated facts, and documents as they were sent, frozen."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from panelkit.domain.errors import NotFound
from panelkit.domain.meeting import By
from panelkit.domain.minutes import Fact
from panelkit.store import convert, journal
from panelkit.store.tables import ISSUED, JOURNAL, LIFE
from panelkit.store.templates import KeptTemplate


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
    made = str(uuid.uuid4())
    connection.execute(
        LIFE.insert(),
        {
            "id": made, "meeting_id": meeting_id, "fact": fact, "who": by.name,
            "at": convert.instant_text(by.at), "reason": reason, "about": about,
            "content_hash": content_hash,
        },
    )  # fmt: skip
    hashed = journal.salted(reason, journal.new_salt())
    noted = [journal.Change(meeting_id, "life", meeting_id, fact, "", hashed)]
    if content_hash:
        noted.append(journal.Change(meeting_id, "life", made, "content_hash", "", content_hash))
    return noted


def facts(connection: Connection, meeting_id: str) -> tuple[Fact, ...]:
    """What happened to the minutes, in order."""
    found = select(LIFE).where(LIFE.c.meeting_id == meeting_id).order_by(LIFE.c.at)
    return tuple(
        Fact(
            what=row.fact, who=row.who, at=at, reason=row.reason, about=row.about,
            content_hash=row.content_hash,
        )
        for row in connection.execute(found)
        if (at := convert.instant_of(row.at)) is not None
    )  # fmt: skip


def life(connection: Connection, meeting_id: str) -> tuple[tuple[str, str, str], ...]:
    """What happened, who, when (ISO, UTC), in order."""
    found = select(LIFE.c.fact, LIFE.c.who, LIFE.c.at).where(LIFE.c.meeting_id == meeting_id)
    rows = connection.execute(found.order_by(LIFE.c.at)).all()
    return tuple((row.fact, row.who, row.at) for row in rows)


def keep(
    connection: Connection, meeting_id: str, kind: str, body: bytes, by: By, **template: str
) -> list[journal.Change]:
    """A document as it was sent; ``template`` holds its template's columns and the status."""
    version = count(connection, meeting_id, kind) + 1
    made, hashed = str(uuid.uuid4()), hashlib.sha256(body).hexdigest()
    connection.execute(
        ISSUED.insert(),
        {
            "id": made, "meeting_id": meeting_id, "kind": kind, "version": version, "sha256": hashed,
            "who": by.name, "at": convert.instant_text(by.at), "body": body, **template,
        },
    )  # fmt: skip
    return [journal.Change(meeting_id, "issued", made, "sha256", "", hashed)]


def count(connection: Connection, meeting_id: str, kind: str) -> int:
    """How many versions of a document were issued."""
    here = (ISSUED.c.meeting_id == meeting_id) & (ISSUED.c.kind == kind)
    return int(connection.execute(select(func.count()).where(here)).scalar() or 0)


def every(connection: Connection, meeting_id: str) -> tuple[Issued, ...]:
    """What was issued for a meeting, oldest first, without the bytes."""
    columns = [column for column in ISSUED.c if column.name != "body"]
    found = select(*columns).where(ISSUED.c.meeting_id == meeting_id)
    rows = connection.execute(found.order_by(ISSUED.c.at, ISSUED.c.kind)).mappings()
    return tuple(Issued(**{**row, "at": convert.instant_of(row["at"])}) for row in rows)


def body(connection: Connection, issued_id: str) -> bytes:
    """The bytes of a document as they were sent. Raises NotFound."""
    found = connection.execute(select(ISSUED.c.body).where(ISSUED.c.id == issued_id)).scalar()
    if found is None:
        raise NotFound("That document was not issued from this record.")
    return bytes(found)


def check(connection: Connection) -> tuple[int, tuple[str, ...]]:
    """How many documents there are, and the ids of those not as they were sent.

    One that was journaled must have the hash that the journal has.
    """
    noted = select(JOURNAL.c.entity_id, JOURNAL.c.new_hash).where(JOURNAL.c.entity == "issued")
    known = {row.entity_id: row.new_hash for row in connection.execute(noted)}
    found = connection.execute(select(ISSUED.c.id, ISSUED.c.sha256, ISSUED.c.body))
    wrong, there = [], set()
    for row in found:
        there.add(row.id)
        hashed = hashlib.sha256(row.body).hexdigest()
        if hashed != row.sha256 or known.get(row.id, hashed) != hashed:
            wrong.append(row.id)
    return len(there), (*wrong, *(issued for issued in known if issued not in there))
