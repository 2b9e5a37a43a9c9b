"""A whole meeting as data: every row that hangs from it, with its ids, numbers and revisions.

What comes from a file is checked against the tables before anything is made of it: names
and kinds of values, and every text passes the gate.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, TableClause, select

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.entries import BY_KIND, ENTRIES, Entry
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import FieldKind
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.merging import Place, Things, Values
from panelkit.domain.requests import Request
from panelkit.domain.text import gate
from panelkit.store import convert, issued, meetings, put_off, referrals, spans
from panelkit.store.tables import (
    AGENDAS,
    ANSWER,
    CASE,
    DISPATCH,
    ENTRY_TABLES,
    ISSUED,
    JOURNAL,
    LIFE,
    MEETING,
    OUTCOME,
    PUT_OFF,
    REFERRAL,
    REQUEST,
    SCREENING,
    SITTING,
    SPAN,
    SUPERSEDED,
    WRITTEN,
)

Row = dict[str, Any]
Bundle = dict[str, list[Row]]
"""Rows by table; the meeting, its case and its agenda are one row each."""

TABLES: Final[dict[str, TableClause]] = {
    "meeting": MEETING, "case": CASE, "agenda": AGENDAS, "sitting": SITTING, "answer": ANSWER,
    **ENTRY_TABLES,
    "superseded": SUPERSEDED, "life": LIFE, "issued": ISSUED, "dispatch": DISPATCH,
    "request": REQUEST, "written": WRITTEN, "put_off": PUT_OFF, "journal": JOURNAL,
}  # fmt: skip
"""All that is carried of a meeting. What a person had begun on a line, and where the cursor was,
stays."""

BESIDE: Final[dict[str, TableClause]] = {
    "span": SPAN, "outcome": OUTCOME, "referral": REFERRAL, "screening": SCREENING,
}  # fmt: skip
"""What is carried of the case beside its meetings, in the order in which it is written."""

_NUMBERS: Final = frozenset(
    {"number", "revision", "version", "fiction", "booked_minutes", "copy_number", "withheld",
     "protected", "seq", "derived", "joining_number"}
)  # fmt: skip
_OWNED: Final = tuple(n for n in TABLES if n not in ("meeting", "case", "agenda", "sitting"))
_KEYS: Final = ("seq", "number", "id", "item", "field")
"""What rows are told in order of, so that a meeting makes one file wherever its record is."""
_MISFIT: Final = "The hand-over holds something that this version cannot read."


def snapshot(connection: Connection, meeting_id: str) -> Bundle:
    """Everything that hangs from a meeting, as it stands."""

    def rows(table: TableClause, column: str, value: object) -> list[Row]:
        order = [table.c[name] for name in _KEYS if name in table.c]
        found = select(table).where(table.c[column] == value).order_by(*order)
        return [dict(row) for row in connection.execute(found).mappings()]

    bundle = {name: rows(TABLES[name], "meeting_id", meeting_id) for name in _OWNED}
    bundle["life"] = [dict(row) for row in issued.as_it_went(connection, meeting_id)]
    for row in bundle["issued"]:
        row["body"] = base64.b64encode(row["body"]).decode()
    (meeting,) = bundle["meeting"] = rows(MEETING, "id", meeting_id)
    bundle["case"] = rows(CASE, "id", meeting["case_id"])
    bundle["agenda"] = rows(AGENDAS, "id", meeting["agenda_id"])
    bundle["sitting"] = rows(SITTING, "id", meeting["sitting"])
    return bundle


def beside(connection: Connection, case_id: str) -> Bundle:
    """The histories, events and referrals of a case, as they stand; referrals with their screening."""

    def rows(table: TableClause, here: Any) -> list[Row]:
        found = select(table).where(here).order_by(table.c.id)
        return [dict(row) for row in connection.execute(found).mappings()]

    came = select(REFERRAL.c.id).where(REFERRAL.c.case_id == case_id)
    return {
        "span": rows(SPAN, SPAN.c.case_id == case_id),
        "outcome": rows(OUTCOME, OUTCOME.c.case_id == case_id),
        "referral": rows(REFERRAL, REFERRAL.c.case_id == case_id),
        "screening": rows(SCREENING, SCREENING.c.referral_id.in_(came)),
    }


def checked(raw: object) -> tuple[Bundle, int]:
    """A bundle from a file, gated, and how many characters were made visible. Raises BadInput."""
    if not isinstance(raw, dict) or not raw.keys() <= TABLES.keys() | BESIDE.keys():
        raise BadInput(_MISFIT)
    bundle: Bundle = {}
    replaced = 0
    # A version before these were carried says nothing of them; that is not the same as none.
    told = {name: table for name, table in BESIDE.items() if name in raw}
    if told and len(told) != len(BESIDE):
        raise BadInput(_MISFIT)
    for name, table in {**TABLES, **told}.items():
        bundle[name] = []
        for row in _list_of(raw.get(name, [])):
            clean, count = _row(name, table, row)
            bundle[name].append(clean)
            replaced += count
    if any(len(bundle[name]) != 1 for name in ("meeting", "case", "agenda")):
        raise BadInput(_MISFIT)
    meeting, case, agenda = (bundle[name][0] for name in ("meeting", "case", "agenda"))
    fits = meeting["case_id"] == case["id"] and meeting["agenda_id"] == agenda["id"]
    fits = fits and all(row["id"] == meeting["sitting"] for row in bundle["sitting"])
    for name in _OWNED:
        fits = fits and all(row["meeting_id"] == meeting["id"] for row in bundle[name])
    fits = fits and _beside_fits(bundle, case["id"])
    if not fits:
        raise BadInput(_MISFIT)
    with reading_file():
        if convert.agenda_id(agenda["body"]) != agenda["id"]:
            raise BadInput(_MISFIT)
        for name in bundle:
            _must_be_instants(name, bundle[name])
        meeting_of(things_of(bundle), agenda_of(bundle))
        for row in bundle["request"]:
            request_of(row)
        for row in bundle["issued"]:
            body_of(row)
        _must_be_rows(bundle)
    return bundle, replaced


def _must_be_rows(bundle: Bundle) -> None:
    """Raises ValueError, KeyError for a code or a day that is none."""
    for row in bundle["put_off"]:
        put_off.put_off_of(row)
    for row in bundle.get("span", ()):
        _ = spans.span_of(row).term
    for row in bundle.get("outcome", ()):
        spans.outcome_of(row)
    for row in bundle.get("referral", ()):
        referrals.referral_of(row, ())
    for row in bundle.get("screening", ()):
        referrals.screening_of(row)


def _beside_fits(bundle: Bundle, case_id: str) -> bool:
    """Whether all of it is of this case, each row once; said by a version that carries it."""
    came = {row["id"] for row in bundle.get("referral", ())}
    fits = all(row["referral_id"] in came for row in bundle.get("screening", ()))
    for name in BESIDE:
        rows = bundle.get(name, ())
        fits = fits and len({row["id"] for row in rows}) == len(rows)
        fits = fits and all(row["id"] for row in rows)
        if name != "screening":
            fits = fits and all(row["case_id"] == case_id for row in rows)
    return fits


def _list_of(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise BadInput(_MISFIT)
    return raw


def _row(name: str, table: TableClause, raw: object) -> tuple[Row, int]:
    columns = set(table.c.keys())
    if not isinstance(raw, dict) or not raw.keys() <= columns:
        raise BadInput(_MISFIT)
    row: Row = {}
    replaced = 0
    described = _described(name)
    for column in table.c.keys():  # noqa: SIM118 - SQLAlchemy's columns are no dict
        kind = described.get(column)
        number = kind is FieldKind.NUMBER if kind else column in _NUMBERS
        value = raw.get(column, None if kind else 0 if number else "")
        right = int if number else str
        if not (type(value) is right or (value is None and kind)):
            raise BadInput(_MISFIT)
        if isinstance(value, str) and (name, column) not in _NOT_TEXT:
            gated = gate(value)
            value, replaced = gated.text, replaced + gated.replaced
        elif isinstance(value, int) and not -(2**53) < value < 2**53:
            raise BadInput(_MISFIT)
        row[column] = value
    return row, replaced


_NOT_TEXT: Final = frozenset({("issued", "body"), ("agenda", "body")})
"""Bytes, and what has a hash of its own."""


def _described(name: str) -> dict[str, FieldKind]:
    from panelkit.domain.case import Case

    kinds: dict[str, type[Any]] = {**BY_KIND, "case": Case, "request": Request}
    if name not in kinds:
        return {}
    return {field.key: field.kind for field in convert.described_of(kinds[name])}


def _must_be_instants(name: str, rows: list[Row]) -> None:
    """Raises ValueError for a moment that is none, or that says no zone."""
    described = _described(name)
    for row in rows:
        for column, value in row.items():
            kind = described.get(column)
            is_instant = kind is FieldKind.INSTANT if kind else column in _INSTANTS
            instant = convert.instant_of(value) if is_instant and value else None
            if instant is not None and instant.tzinfo is None:
                raise BadInput(_MISFIT)


_INSTANTS: Final = frozenset({"at", "typed_at", "written_at", "sent_at", "taken_at"})


@contextmanager
def reading_file() -> Iterator[None]:
    """Whatever a file's values cannot be made into is one sentence."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise BadInput(_MISFIT, remedy="Nothing was changed.") from None


def body_of(row: Mapping[str, Any]) -> bytes:
    """The bytes of an issued document."""
    try:
        return base64.b64decode(row["body"], validate=True)
    except binascii.Error:
        raise BadInput(_MISFIT) from None


# -- things, for putting two sides together ---------------------------------------------------

_FACTS: Final = (
    "number", "level", "kind", "held_on", "state", "sitting", "slot", "booked_minutes", "revision",
)  # fmt: skip


def things_of(bundle: Bundle) -> dict[Place, Values]:
    """What may differ between two desks, each with its values as they are stored."""
    (meeting,), (case,) = bundle["meeting"], bundle["case"]
    things: dict[Place, Values] = {
        ("case", case["id"]): case,
        ("meeting", meeting["id"]): {
            **{n: meeting[n] for n in _FACTS}, "id": meeting["id"], "case_id": case["id"]
        },
    }  # fmt: skip
    for row in bundle["answer"]:
        things["answer", f"{row['item']}.{row['field']}"] = _without(row, "salt")
    for name in (*BY_KIND, "request", "dispatch", "put_off"):
        for row in bundle.get(name, ()):  # what an older version wrote down has not all of them
            things[name, row["id"]] = row
    return things


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def agenda_of(bundle: Bundle) -> tuple[AgendaItem, ...]:
    """The agenda that a bundle's meeting opened with."""
    return convert.agenda_of(bundle["agenda"][0]["body"])


def meeting_of(things: Things, agenda: tuple[AgendaItem, ...]) -> Meeting:
    """The meeting that these things are."""
    (facts,) = (v for (kind, _id), v in things.items() if kind == "meeting")
    case = convert.case_of(things["case", str(facts["case_id"])])
    answers = (convert.answer_of(v) for (kind, _id), v in things.items() if kind == "answer")
    rows: dict[str, tuple[Entry, ...]] = {}
    for kind in ENTRIES:
        values = [v for (name, _id), v in things.items() if name == kind.kind]
        found = [convert.entry_of(kind, value) for value in values]
        if found:
            rows[kind.kind] = tuple(sorted(found, key=lambda e: (e.number, e.id)))
    return meetings.meeting_of(facts, case, agenda, _by_place(answers), rows)


def _by_place(answers: Iterable[Answer]) -> Mapping[Place, Answer]:
    return MappingProxyType({answer.place: answer for answer in answers})


def request_of(values: Values) -> Request:
    """The request that these values are."""
    own: dict[str, Any] = {
        name: values[name] for name in ("id", "meeting_id", "number", "revision")
    }
    return Request(**own, **convert.described_values(Request, values))
