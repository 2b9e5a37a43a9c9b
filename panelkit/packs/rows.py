"""The entries of a pack: numbered, linked and checked against each other.

What nests under a parent in the file hangs from it by id in the record. Numbers left out
are given in the order of the file; a number given twice is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from panelkit.domain.entries import ENTRIES, Action, Entry, RestrictedPart
from panelkit.domain.fields import fields_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import ReadBack
from panelkit.packs.values import Values, derived_id

Row = tuple[str, str, dict[str, Any]]
"""Dotted key, id of the parent, and the table itself."""

_TEXTS: Final = ("withdrawn", "carried_from", "confirmed_by", "typed_by")


def read_rows(
    data: dict[str, Any], meeting: Meeting, values: Values, prefix: str
) -> dict[str, tuple[Entry, ...]]:
    """Every entry of a meeting by kind. ``meeting`` gives case, number and nothing else.

    Raises BadInput for a number or an id given twice, for a restricted part that is not
    in the file, and for an action set at a later meeting.
    """
    parts = _parts(data, meeting, values, prefix)
    rows: dict[str, tuple[Entry, ...]] = {}
    ids: set[str] = set()
    for kind in ENTRIES:
        written = list(_tables(data, kind, rows, prefix))
        if not written:
            continue
        numbers = _numbers(kind, written, meeting.number, values)
        made = [
            _entry(kind, row, number, meeting, parts, values)
            for row, number in zip(written, numbers, strict=True)
        ]
        for (place, _, _), entry in zip(written, made, strict=True):
            if entry.id in ids:
                raise values.wrong(f"{place}.id", "is given twice", "Leave ids out.")
            ids.add(entry.id)
        if kind.follows:
            made.sort(key=lambda entry: entry.number)
        rows[kind.kind] = tuple(made)
    return rows


def _tables(
    data: dict[str, Any], kind: type[Entry], rows: dict[str, tuple[Entry, ...]], prefix: str
) -> Iterator[Row]:
    """The tables of a kind in the order of the file; ``rows`` holds the parents."""
    if not kind.follows:
        for n, table in enumerate(data.get(kind.kind, []), start=1):
            yield f"{prefix}{kind.kind}.{n}", "", table
        return
    for n, parent in enumerate(data.get(kind.follows, []), start=1):
        for m, table in enumerate(parent.get(kind.kind, []), start=1):
            place = f"{prefix}{kind.follows}.{n}.{kind.kind}.{m}"
            yield place, rows[kind.follows][n - 1].id, table


def _numbers(
    kind: type[Entry], written: list[Row], meeting_number: int, values: Values
) -> list[int]:
    """The number of each table: as given, else the next that is free."""
    given: set[tuple[int, int]] = set()
    for place, _, table in written:
        key = (_group(kind, table, meeting_number), table.get("number", 0))
        if key[1] and key in given:
            raise values.wrong(
                f"{place}.number", "is given twice", "Number each once, or leave numbers out."
            )
        given.add(key)
    found: list[int] = []
    last: dict[int, int] = {}
    for _, _, table in written:
        group = _group(kind, table, meeting_number)
        number: int = table.get("number", 0)
        if not number:
            number = last.get(group, 0) + 1
            while (group, number) in given:
                number += 1
        last[group] = max(number, last.get(group, 0))
        found.append(number)
    return found


def _group(kind: type[Entry], table: dict[str, Any], meeting_number: int) -> int:
    """Within what a number is unique: for actions the meeting that set them."""
    return table.get("set_at", meeting_number) if kind is Action else 0


def _parts(data: dict[str, Any], meeting: Meeting, values: Values, prefix: str) -> dict[int, str]:
    """Ids of the restricted parts by number."""
    written = list(_tables(data, RestrictedPart, {}, prefix))
    numbers = _numbers(RestrictedPart, written, meeting.number, values)
    return {
        number: _id(RestrictedPart, table, number, meeting)
        for (_, _, table), number in zip(written, numbers, strict=True)
    }


def _id(kind: type[Entry], table: dict[str, Any], number: int, meeting: Meeting) -> str:
    if given := table.get("id"):
        return str(given)
    return entry_id(kind, number, meeting, set_at=table.get("set_at", 0))


def entry_id(kind: type[Entry], number: int, meeting: Meeting, *, set_at: int = 0) -> str:
    """The id of an entry that is written without one."""
    name = f"{set_at or meeting.number}.{number}" if kind is Action else str(number)
    return derived_id(meeting.case.ref, meeting.number, kind.kind, name)


def _entry(
    kind: type[Entry],
    row: Row,
    number: int,
    meeting: Meeting,
    parts: dict[int, str],
    values: Values,
) -> Entry:
    place, parent, table = row
    part = table.get("restricted_part", 0)
    if part and part not in parts:
        raise values.wrong(
            f"{place}.restricted_part",
            "names a restricted part that is not here",
            "Use the number of one of restricted_parts.",
        )
    said = values.described(table, fields_of(kind), place)
    if kind is Action:
        said["set_at"] = said.get("set_at") or meeting.number
        if said["set_at"] > meeting.number:
            raise values.wrong(f"{place}.set_at", "is the number of a later meeting")
    texts = {key: values.text(table.get(key, ""), f"{place}.{key}") for key in _TEXTS}
    return kind(
        id=_id(kind, table, number, meeting),
        number=number,
        parent=parent,
        typed_at=values.instant(table.get("typed_at"), f"{place}.typed_at"),
        read_back=ReadBack(table["read_back"]) if "read_back" in table else None,
        restricted_part=parts.get(part, ""),
        revision=table.get("revision", 1),
        **texts,
        **said,
    )
