"""Typed content written where nobody else wrote meanwhile."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.entries import Entry
from panelkit.domain.errors import NotFound, StaleRecord
from panelkit.domain.fields import FieldKind
from panelkit.domain.meeting import Meeting
from panelkit.store import convert, journal
from panelkit.store.cases import must_be_next, plain
from panelkit.store.changes import Changes, Spot, is_orphan
from panelkit.store.tables import ENTRY_TABLES

NOT_JOURNALED: Final = frozenset(
    {"id", "meeting_id", "number", "parent", "typed_by", "typed_at", "revision"}
)
"""Columns that say where and by whom a row is, which the journal row says itself."""

TEXTS: Final = frozenset(
    {FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON}
)
"""Kinds of field in which people type: a conflict names one of them first."""


class NumberTaken(StaleRecord):
    """Somebody else took the number meanwhile: take the next and try again."""


def save(changes: Changes, before: Meeting | None, after: Meeting) -> None:
    """Write the entries that differ. Raises StaleRecord, NumberTaken."""
    for kind, rows in after.rows.items():
        old_rows = before.rows.get(kind, ()) if before else ()
        if old_rows is rows:
            continue
        old = {row.id: row for row in old_rows}
        for row in rows:
            was = old.get(row.id)
            if was is None:
                _insert(changes, after, row)
            elif was is not row and was != row:
                _update(changes, after, was, row)


def _insert(changes: Changes, meeting: Meeting, entry: Entry) -> None:
    columns = convert.entry_columns(entry, meeting.id)
    try:
        changes.insert(ENTRY_TABLES[entry.kind], columns)
    except IntegrityError as failed:
        _not_inserted(changes, meeting, entry, failed)
    note_new(changes, meeting, entry, columns)


def note_new(changes: Changes, meeting: Meeting, entry: Entry, columns: dict[str, Any]) -> None:
    """The journal rows of an entry that was not there before: one for each field that is filled."""
    for name, value in columns.items():
        if value not in (None, "") and name not in NOT_JOURNALED:
            changes.note(_spot(meeting, entry, name), "", plain(value))


def _not_inserted(
    changes: Changes, meeting: Meeting, entry: Entry, failed: IntegrityError
) -> NoReturn:
    if is_orphan(failed):
        raise NotFound(f"{meeting.ref} is not in this record.") from None
    table = ENTRY_TABLES[entry.kind]
    there = changes.connection.execute(select(table.c.id).where(table.c.id == entry.id)).first()
    msg = f"{entry.title} {entry.number} of {meeting.ref} was added by somebody else meanwhile."
    if there is not None:
        # Another number would not help: this very entry is stored already.
        _stale(changes, entry, {}, convert.entry_columns(entry, meeting.id))
    raise NumberTaken(msg, place=f"{entry.kind}.{entry.number}") from None


def _update(changes: Changes, meeting: Meeting, was: Entry, entry: Entry) -> None:
    must_be_next(was.revision, entry.revision)
    table = ENTRY_TABLES[entry.kind]
    new = convert.entry_columns(entry, meeting.id)
    old = convert.entry_columns(was, meeting.id)
    kept = {d.key for d in convert.described_of(type(entry))} | {"withdrawn"}
    changed = [n for n in new if n not in NOT_JOURNALED and new[n] != old[n]]
    keeping = [n for n in changed if n in kept and old[n] not in (None, "")]
    asked = [column for n in keeping for column in changes.kept(_spot(meeting, entry, n))]
    found = select(table.c.revision, *asked).where(table.c.id == entry.id)
    row = changes.connection.execute(found).first()
    if row is None or row[0] != was.revision:
        _stale(changes, entry, old, new)
    if not changes.update(table, {"id": entry.id, "revision": was.revision}, new):
        _stale(changes, entry, old, new)
    for name in changed:
        spot, salt = _spot(meeting, entry, name), journal.new_salt()
        if name in keeping:
            at = 1 + 2 * keeping.index(name)
            changes.supersede(
                spot, plain(old[name]), salt, old["typed_by"], old["typed_at"],
                (int(row[at]), int(row[at + 1])),
            )  # fmt: skip
        changes.note(spot, plain(old[name]), plain(new[name]), salt=salt)


def _stale(changes: Changes, entry: Entry, old: dict[str, Any], new: dict[str, Any]) -> NoReturn:
    """Say which field: one that both changed, else one of mine, sentences before choices."""
    table = ENTRY_TABLES[entry.kind]
    row = changes.connection.execute(select(table).where(table.c.id == entry.id)).mappings().first()
    was = {name: plain(old.get(name)) for name in new}
    mine = [name for name in new if name not in NOT_JOURNALED and plain(new[name]) != was[name]]
    both = [name for name in mine if row is not None and plain(row[name]) != was[name]]
    texts = {d.key for d in convert.described_of(type(entry)) if d.kind in TEXTS}
    ranked = sorted(both or mine, key=lambda name: name not in texts)
    name = ranked[0] if ranked else "revision"
    raise StaleRecord(
        f"{entry.title} {entry.number} was changed by somebody else meanwhile.",
        place=f"{entry.kind}.{entry.id}.{name}",
        theirs=plain(row[name]) if row else "",
        mine=plain(new[name]),
    )


def _spot(meeting: Meeting, entry: Entry, field: str) -> Spot:
    return Spot(meeting_id=meeting.id, entity=entry.kind, entity_id=entry.id, field=field)
