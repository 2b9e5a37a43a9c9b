"""The history of a field: every change the journal has, with the words where they are kept.

Words that are kept are held against the journal's hash of that very change. An answer keeps
the salt of what stands, so that it is checked too; of an entry's field the salt is kept with
what stood before, so that a field written once cannot be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.domain.field_history import Known, Step
from panelkit.store import convert, journal
from panelkit.store.cases import plain
from panelkit.store.tables import ANSWER, ENTRY_TABLES, JOURNAL, SUPERSEDED

DISPOSED: Final = "disposed"
"""Field of the journal row that says that the kept words of a meeting were disposed of."""

_Row = Any


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    salt: str
    typed_by: str
    typed_at: datetime | None

    @property
    def hash(self) -> str:
        return journal.salted(self.text, self.salt)


def steps(
    connection: Connection, meeting_id: str, entity: str, entity_id: str, field: str = ""
) -> tuple[Step, ...]:
    """Every change, oldest first; of all fields of an entry where ``field`` is blank.

    An answer is ``("answer", "A6.index_offence", "text")``, an entry its kind, id and field.
    """
    here = [JOURNAL.c.meeting_id == meeting_id, JOURNAL.c.entity == entity]
    found = select(JOURNAL).where(*here, JOURNAL.c.entity_id == entity_id)
    rows = connection.execute(found.order_by(JOURNAL.c.seq)).all()
    disposed = _disposed_at(connection, meeting_id)
    made: list[Step] = []
    for name in dict.fromkeys(row.field for row in rows if field in ("", row.field)):
        kept = _kept(connection, meeting_id, entity, entity_id, name)
        now = _standing(connection, meeting_id, entity, entity_id, name)
        mine = [row for row in rows if row.field == name]
        made += _of_field(name, mine, kept, now, disposed)
    made.sort(key=lambda step: (step.stands and not field, step.at.isoformat() if step.at else ""))
    return tuple(made)


def _of_field(
    name: str, rows: Sequence[_Row], kept: list[_Kept], now: tuple[str, str] | None, disposed: int
) -> list[Step]:
    by_hash = {each.hash: each for each in kept}
    hashes = {value for row in rows for value in (row.old_hash, row.new_hash)}
    strange = [each for each in kept if each.hash not in hashes]
    current = _current(rows, by_hash, now)
    made: list[Step] = []
    used: set[str] = set()
    for place, row in enumerate(rows):
        at = convert.instant_of(row.at)
        step = Step(field=name, who=row.actor, at=at, text=None, known=Known.NOT_KEPT)
        after = rows[place + 1].old_hash if place + 1 < len(rows) else ""
        words = by_hash.get(row.new_hash) or by_hash.get(after)
        if row is current:
            step = replace(step, stands=True, **_as_it_stands(row, by_hash, now))
        elif not row.new_hash:
            step = replace(step, text="", known=Known.AS_KEPT)
        elif words is not None:
            used.add(words.hash)
            step = replace(step, text=words.text, known=Known.AS_KEPT)
            if words.hash == row.new_hash and words.typed_at is not None:
                # It came from another desk: whoever took it in did not type it.
                step = replace(step, who=words.typed_by, at=words.typed_at)
        elif (other := _typed_then(strange, row)) is not None:
            strange.remove(other)
            step = replace(step, text=other.text, known=Known.OTHER)
        elif disposed > row.seq:
            step = replace(step, known=Known.DISPOSED)
        made.append(step)
    left = [each for each in kept if each.hash in hashes and each.hash not in used]
    made += [_left(name, each, Known.AS_KEPT) for each in left if each.text]
    made += [_left(name, each, Known.OTHER) for each in strange]
    return _gathered(made)


def _current(
    rows: Sequence[_Row], by_hash: dict[str, _Kept], now: tuple[str, str] | None
) -> _Row | None:
    """The change that wrote what stands; words from another desk are journaled after it."""
    if now is None:
        return None
    if now[1]:
        hashed = journal.salted(*now)
        same = [row for row in rows if row.new_hash == hashed]
        if same:
            return same[-1]
    written = [row for row in rows if row.new_hash not in by_hash or not row.new_hash]
    return written[-1] if written else None


def _as_it_stands(
    row: _Row, by_hash: dict[str, _Kept], now: tuple[str, str] | None
) -> dict[str, Any]:
    text, salt = now or ("", "")
    before = by_hash.get(row.old_hash)
    salt = salt or (before.salt if before is not None and row.old_hash else "")
    if not row.new_hash or not text or salt:
        known = Known.AS_KEPT if journal.salted(text, salt) == row.new_hash else Known.OTHER
    else:
        known = Known.UNCHECKED
    return {"text": text, "known": known}


def _typed_then(strange: list[_Kept], row: _Row) -> _Kept | None:
    at = convert.instant_of(row.at)
    return next((k for k in strange if (k.typed_by, k.typed_at) == (row.actor, at)), None)


def _left(name: str, kept: _Kept, known: Known) -> Step:
    return Step(field=name, who=kept.typed_by, at=kept.typed_at, text=kept.text, known=known)


def _gathered(made: list[Step]) -> list[Step]:
    """Savings in a row, by one person, of words typed on: one step, that says how many."""
    steps: list[Step] = []
    for step in made:
        last = steps[-1] if steps else None
        if (
            last is not None
            and step.known is last.known is Known.NOT_KEPT
            and (step.who, step.field) == (last.who, last.field)
        ):
            steps[-1] = replace(last, at=step.at, saves=last.saves + 1)
        else:
            steps.append(step)
    return steps


def _kept(
    connection: Connection, meeting_id: str, entity: str, entity_id: str, field: str
) -> list[_Kept]:
    names = ("meeting_id", "entity", "entity_id", "field")
    spot = (meeting_id, entity, entity_id, field)
    here = (SUPERSEDED.c[name] == part for name, part in zip(names, spot, strict=True))
    rows = connection.execute(select(SUPERSEDED).where(*here).order_by(SUPERSEDED.c.number))
    return [
        _Kept(row.text, row.salt, row.typed_by, convert.instant_of(row.typed_at)) for row in rows
    ]


def _standing(
    connection: Connection, meeting_id: str, entity: str, entity_id: str, field: str
) -> tuple[str, str] | None:
    """What stands there, with its salt where one is kept; None where nothing can be read."""
    if entity == "answer" and field == "text":
        item, _, name = entity_id.partition(".")
        here = (ANSWER.c.meeting_id == meeting_id) & (ANSWER.c.item == item)
        found = select(ANSWER.c.text, ANSWER.c.salt).where(here, ANSWER.c.field == name)
        row = connection.execute(found).first()
        return (row.text, row.salt) if row else None
    table = ENTRY_TABLES.get(entity)
    if table is None or field not in table.c:
        return None
    found = select(table.c[field]).where(table.c.id == entity_id)
    row = connection.execute(found).first()
    return (plain(row[0]), "") if row else None


def _disposed_at(connection: Connection, meeting_id: str) -> int:
    here = (JOURNAL.c.meeting_id == meeting_id) & (JOURNAL.c.field == DISPOSED)
    found = select(JOURNAL.c.seq).where(here).order_by(JOURNAL.c.seq.desc()).limit(1)
    return int(connection.execute(found).scalar() or 0)
