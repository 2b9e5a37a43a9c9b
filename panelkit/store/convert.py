"""Between rows and values: plain functions, driven by each kind's own description."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.entries import Entry
from panelkit.domain.fields import Field, FieldKind, fields_of, store_text
from panelkit.domain.meeting import Answer
from panelkit.domain.vocabulary import Category, ReadBack, Sensitivity, Stops

Row = Any
"""A row as the database gives it, read by column name."""


def instant_text(instant: datetime | None) -> str:
    """ISO text in UTC; blank for None."""
    return instant.astimezone(UTC).isoformat() if instant else ""


def instant_of(text: str) -> datetime | None:
    """The inverse of :func:`instant_text`."""
    return datetime.fromisoformat(text) if text else None


def time_text(value: time | None) -> str:
    """``10:30``, with seconds only where there are any; blank for None."""
    if value is None:
        return ""
    return value.isoformat("auto" if value.second or value.microsecond else "minutes")


def time_of(text: str) -> time | None:
    """The inverse of :func:`time_text`."""
    return time.fromisoformat(text) if text else None


def column_value(described: Field, value: Any) -> Any:
    """What the column of a described field holds for ``value``."""
    if described.kind is FieldKind.NUMBER:
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, time):
        return value.isoformat()
    plain = store_text(value)
    if described.kind is FieldKind.ORGANISATIONS and (
        plain.startswith("[") or described.parse(plain) != value
    ):
        # A name that holds the separator must not come back as two organisations.
        return json.dumps(value, ensure_ascii=False)
    return plain


def field_value(described: Field, stored: Any) -> Any:
    """The inverse of :func:`column_value`."""
    return _reader(described)(stored)


def _reader(described: Field) -> Callable[[Any], Any]:
    match described.kind:
        case FieldKind.NUMBER:
            return lambda stored: stored
        case FieldKind.INSTANT:
            return lambda stored: datetime.fromisoformat(stored) if stored else None
        case FieldKind.TIME:
            return lambda stored: time.fromisoformat(stored) if stored else None
        case FieldKind.DATE:
            return lambda stored: date.fromisoformat(stored) if stored else None
        case FieldKind.CHOICE:
            by_value = {str(member): member for member in described.term}
            return lambda stored: by_value.get(stored) or described.parse(stored or "")
        case FieldKind.ORGANISATIONS:
            return lambda stored: (
                tuple(json.loads(stored))
                if (stored or "").startswith("[")
                else described.parse(stored or "")
            )
        case FieldKind.CHOICES:
            return lambda stored: described.parse(stored or "")
        case _:
            return lambda stored: stored or ""


_READERS: dict[type[Any], tuple[tuple[str, Callable[[Any], Any]], ...]] = {}


def described_values(kind: type[Any], row: Row) -> dict[str, Any]:
    """The values of every described field that a row holds, by key."""
    if kind not in _READERS:
        _READERS[kind] = tuple((d.key, _reader(d)) for d in described_of(kind))
    return {key: read(row[key]) for key, read in _READERS[kind]}


_DESCRIBED: dict[type[Any], tuple[Field, ...]] = {}


def described_of(kind: type[Any]) -> tuple[Field, ...]:
    """:func:`fields_of`, remembered."""
    if kind not in _DESCRIBED:
        _DESCRIBED[kind] = fields_of(kind)
    return _DESCRIBED[kind]


def entry_columns(entry: Entry, meeting_id: str) -> dict[str, Any]:
    """Every column of an entry's row."""
    columns: dict[str, Any] = {
        "id": entry.id,
        "meeting_id": meeting_id,
        "number": entry.number,
        "parent": entry.parent,
        "typed_by": entry.typed_by,
        "typed_at": instant_text(entry.typed_at),
        "withdrawn": entry.withdrawn,
        "carried_from": entry.carried_from,
        "confirmed_by": entry.confirmed_by,
        "read_back": store_text(entry.read_back),
        "restricted_part": entry.restricted_part,
        "revision": entry.revision,
    }
    for described in described_of(type(entry)):
        columns[described.key] = column_value(described, getattr(entry, described.key))
    return columns


def entry_of(kind: type[Entry], row: Row) -> Entry:
    """The entry that a row holds."""
    return kind(
        id=row["id"],
        number=row["number"],
        parent=row["parent"],
        typed_by=row["typed_by"],
        typed_at=instant_of(row["typed_at"]),
        withdrawn=row["withdrawn"],
        carried_from=row["carried_from"],
        confirmed_by=row["confirmed_by"],
        read_back=ReadBack(row["read_back"]) if row["read_back"] else None,
        restricted_part=row["restricted_part"],
        revision=row["revision"],
        **described_values(kind, row),
    )


def case_columns(case: Case) -> dict[str, Any]:
    """Every column of a case's row."""
    columns: dict[str, Any] = {
        "id": case.id, "ref": case.ref, "category": str(case.category), "fiction": int(case.fiction),
        "revision": case.revision,
    }  # fmt: skip
    for described in described_of(Case):
        columns[described.key] = column_value(described, getattr(case, described.key))
    return columns


def case_of(row: Row) -> Case:
    """The case that a row holds."""
    return Case(
        id=row["id"], ref=row["ref"], category=Category(row["category"]), fiction=bool(row["fiction"]),
        revision=row["revision"], **described_values(Case, row),
    )  # fmt: skip


def answer_of(row: Row) -> Answer:
    """The answer that a row holds."""
    return Answer(
        item=row["item"], field=row["field"], text=row["text"], revision=row["revision"],
        typed_by=row["typed_by"], typed_at=instant_of(row["typed_at"]),
        carried_from=row["carried_from"], confirmed_by=row["confirmed_by"],
    )  # fmt: skip


# -- an agenda as it was ---------------------------------------------------------------


def agenda_text(agenda: tuple[AgendaItem, ...]) -> str:
    """The agenda as JSON, the same text for the same agenda."""
    return json.dumps(
        [asdict(item) for item in agenda], default=_plain, ensure_ascii=False, sort_keys=True
    )


def _plain(value: object) -> str:
    if isinstance(value, FieldKind):
        return value.value
    msg = f"an agenda holds no {type(value).__name__}"
    raise TypeError(msg)


def agenda_id(text: str) -> str:
    """The name of an agenda: the hash of its text."""
    return sha256(text.encode()).hexdigest()


_NATIONAL: dict[str, str] = {}


def is_national(name: str) -> bool:
    """Whether this is the agenda that the program ships now."""
    if "id" not in _NATIONAL:
        _NATIONAL["id"] = agenda_id(agenda_text(AGENDA))
    return name == _NATIONAL["id"]


def agenda_of(text: str) -> tuple[AgendaItem, ...]:
    """The inverse of :func:`agenda_text`."""
    items = []
    for body in json.loads(text):
        fields = tuple(_field_of(field) for field in body.pop("fields"))
        items.append(AgendaItem(fields=fields, entries=tuple(body.pop("entries")), **body))
    return tuple(items)


def _field_of(body: dict[str, Any]) -> Field:
    said = dict(body)
    return Field(
        kind=FieldKind(said.pop("kind")), stops=Stops(said.pop("stops")),
        sensitivity=Sensitivity(said.pop("sensitivity")), **said,
    )  # fmt: skip
