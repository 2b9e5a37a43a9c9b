"""The register: who has which copy of which version, how, and since when."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from panelkit.domain.errors import StaleRecord
from panelkit.store import convert, disposal, journal
from panelkit.store.tables import DISPATCH, JOURNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy for one recipient."""

    id: str
    meeting_id: str
    version: int
    copy_number: int
    name: str
    organisation: str
    method: str = ""
    file: str = ""
    sha256: str = ""
    """Of the document before a password was put on it."""
    withheld: int = 0
    """How many restricted items it does not say."""
    protected: bool = False
    written_by: str = ""
    written_at: datetime | None = None
    sent_by: str = ""
    sent_at: datetime | None = None
    revision: int = 1


def every(connection: Connection, meeting_id: str) -> tuple[Copy, ...]:
    """Every copy of a meeting's minutes, by version and number."""
    found = select(DISPATCH).where(DISPATCH.c.meeting_id == meeting_id)
    rows = connection.execute(found.order_by(DISPATCH.c.version, DISPATCH.c.copy_number)).mappings()
    return tuple(
        Copy(
            **{
                **row, "protected": bool(row["protected"]),
                "written_at": convert.instant_of(row["written_at"]),
                "sent_at": convert.instant_of(row["sent_at"]),
            }
        )
        for row in rows
    )  # fmt: skip


def save(connection: Connection, copies: Sequence[Copy]) -> list[journal.Change]:
    """New copies, and those that changed. Raises StaleRecord where somebody else changed one."""
    changes = []
    for copy in copies:
        columns = {
            **dataclasses.asdict(copy), "protected": int(copy.protected),
            "written_at": convert.instant_text(copy.written_at),
            "sent_at": convert.instant_text(copy.sent_at),
        }  # fmt: skip
        if copy.revision == 1:
            connection.execute(DISPATCH.insert(), columns)
            changes.append(recipient(copy.meeting_id, copy.id, copy.name, copy.organisation))
        else:
            here = (DISPATCH.c.id == copy.id) & (DISPATCH.c.revision == copy.revision - 1)
            if connection.execute(DISPATCH.update().where(here), columns).rowcount != 1:
                msg = f"Copy {copy.copy_number} was changed by somebody else meanwhile."
                raise StaleRecord(msg, place=f"dispatch.{copy.copy_number}")
        for field in ("sha256", "sent_at"):
            if columns[field]:
                said = columns[field] if field == "sha256" else _hashed(str(columns[field]))
                changes.append(
                    journal.Change(copy.meeting_id, "dispatch", copy.id, field, "", str(said))
                )
    return changes


def recipient(meeting_id: str, copy_id: str, name: str, organisation: str) -> journal.Change:
    """What the journal keeps of for whom a copy is; its id is the salt, so that it can be checked."""
    hashed = journal.salted(f"{name}\x1f{organisation}", copy_id)
    return journal.Change(meeting_id, "dispatch", copy_id, "recipient", "", hashed)


def check(connection: Connection) -> tuple[str, ...]:
    """Ids of copies that are not for whom the journal has them, or whose file is another, or gone."""
    known: dict[tuple[str, str], str] = {}
    names = ("entity_id", "field", "new_hash", "meeting_id")
    unseen = disposal.out_of_sight(connection)
    found = select(*(JOURNAL.c[name] for name in names)).where(JOURNAL.c.entity == "dispatch")
    for row in connection.execute(found.order_by(JOURNAL.c.seq)):
        if row.meeting_id not in unseen:
            known[row.entity_id, row.field] = row.new_hash
    there, wrong = set(), []
    for row in connection.execute(select(DISPATCH)):
        there.add(row.id)
        to = recipient(row.meeting_id, row.id, row.name, row.organisation).new_hash
        # Copies that were registered before recipients were journaled have no hash of theirs.
        is_same = known.get((row.id, "recipient"), to) == to
        if not is_same or known.get((row.id, "sha256"), row.sha256) != row.sha256:
            wrong.append(row.id)
    gone = dict.fromkeys(copy for copy, _field in known if copy not in there)
    return (*wrong, *gone)


def _hashed(text: str) -> str:
    return journal.salted(text, journal.new_salt())
