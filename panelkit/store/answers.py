"""Answers written where nobody else wrote meanwhile."""

from __future__ import annotations

from typing import Any, NoReturn

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.errors import NotFound, StaleRecord
from panelkit.domain.meeting import Answer, Meeting
from panelkit.store import convert, journal
from panelkit.store.cases import must_be_next
from panelkit.store.changes import Changes, Spot, is_orphan
from panelkit.store.tables import ANSWER


def save(changes: Changes, before: Meeting | None, after: Meeting) -> None:
    """Write the answers that differ. Raises StaleRecord with both texts."""
    old = before.answers if before else {}
    if old is after.answers:
        return
    for place, answer in after.answers.items():
        was = old.get(place)
        if was is None:
            _insert(changes, after, answer)
        elif was is not answer and was != answer:
            _update(changes, after, was, answer)


def _insert(changes: Changes, meeting: Meeting, answer: Answer) -> None:
    columns = columns_of(meeting, answer, journal.new_salt())
    try:
        changes.insert(ANSWER, columns)
    except IntegrityError as failed:
        if is_orphan(failed):
            raise NotFound(f"{meeting.ref} is not in this record.") from None
        _stale(changes, meeting, answer)
    note_new(changes, meeting, answer, columns)


def note_new(changes: Changes, meeting: Meeting, answer: Answer, columns: dict[str, Any]) -> None:
    """The journal row of an answer that was not there before."""
    hashed = journal.salted(answer.text, columns["salt"])
    changes.note_hashes(_spot(meeting, answer, "text"), "", hashed)


def _update(changes: Changes, meeting: Meeting, was: Answer, answer: Answer) -> None:
    must_be_next(was.revision, answer.revision)
    spot = _spot(meeting, answer, "text")
    asked = select(ANSWER, *changes.kept(spot)).where(_here(meeting, answer))
    row = changes.connection.execute(asked).first()
    stored = row._mapping if row is not None else None  # noqa: SLF001 - SQLAlchemy's own name for it
    if row is None or stored is None or stored["revision"] != was.revision:
        _stale(changes, meeting, answer)
    same_words = stored["text"] == answer.text
    columns = columns_of(meeting, answer, stored["salt"] if same_words else journal.new_salt())
    here = {name: columns[name] for name in ("meeting_id", "item", "field")}
    if not changes.update(ANSWER, here | {"revision": was.revision}, columns):
        _stale(changes, meeting, answer)
    if not same_words:
        changes.supersede(
            spot, stored["text"], stored["salt"], stored["typed_by"], stored["typed_at"],
            (int(row[-2]), int(row[-1])),
        )  # fmt: skip
        changes.note_hashes(
            spot,
            journal.salted(stored["text"], stored["salt"]),
            journal.salted(answer.text, columns["salt"]),
        )
    for name in ("carried_from", "confirmed_by"):
        if stored[name] != columns[name]:
            changes.note(_spot(meeting, answer, name), stored[name], columns[name])


def _stale(changes: Changes, meeting: Meeting, answer: Answer) -> NoReturn:
    found = select(ANSWER.c.text).where(_here(meeting, answer))
    theirs = changes.connection.execute(found).scalar()
    raise StaleRecord(
        f"{answer.item} {answer.field} was changed by somebody else meanwhile.",
        place=f"{answer.item}.{answer.field}",
        theirs=theirs or "",
        mine=answer.text,
    )


def columns_of(meeting: Meeting, answer: Answer, salt: str) -> dict[str, Any]:
    """Every column of an answer's row."""
    return {
        "meeting_id": meeting.id, "item": answer.item, "field": answer.field, "text": answer.text,
        "salt": salt, "revision": answer.revision, "typed_by": answer.typed_by,
        "typed_at": convert.instant_text(answer.typed_at), "carried_from": answer.carried_from,
        "confirmed_by": answer.confirmed_by,
    }  # fmt: skip


def _here(meeting: Meeting, answer: Answer) -> Any:
    return (
        (ANSWER.c.meeting_id == meeting.id)
        & (ANSWER.c.item == answer.item)
        & (ANSWER.c.field == answer.field)
    )


def _spot(meeting: Meeting, answer: Answer, field: str) -> Spot:
    place = f"{answer.item}.{answer.field}"
    return Spot(meeting_id=meeting.id, entity="answer", entity_id=place, field=field)
