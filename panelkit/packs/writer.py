"""From a meeting to a pack that a person can read and the reader reads back the same.

The order is the one in which people think: the case, the meeting, the answers as the
agenda has them, then the entries. What the reader would fill in is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any, Final

import tomli_w

from panelkit.domain.beside import Beside
from panelkit.domain.case import Case
from panelkit.domain.entries import BY_KIND, Action, Entry, RestrictedPart
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import Field, FieldKind, Value, fields_of, store_text
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.vocabulary import MeetingState, Term
from panelkit.packs.beside import blocks as beside_blocks
from panelkit.packs.beside import put_off_blocks
from panelkit.packs.rows import entry_id
from panelkit.packs.values import derived_id

FICTION: Final = "# FICTION: every person, place and event in this file is invented."
REAL: Final = "# OFFICIAL-SENSITIVE: a real case. Store and send it as the minutes are."

_APPROVED: Final = (MeetingState.APPROVED, MeetingState.ISSUED)

Pairs = Iterable[tuple[str, Any]]


def write_pack(
    meeting: Meeting, earlier: Iterable[Meeting] = (), beside: Beside | None = None
) -> str:
    """The meeting and the earlier ones of its case as TOML, with what stands ``beside`` them.

    Reading it back by the same agenda gives an equal meeting, with one exception: an
    approved or issued meeting comes back as closed, since a pack carries the record and
    not the approval of its minutes. Earlier meetings are written oldest first and keep
    their state. Raises Refused for a meeting that hangs together wrongly.
    """
    case, beside = meeting.case, beside or Beside()
    blocks = [
        FICTION if case.fiction else REAL,
        lines([("format", 1), ("fiction", case.fiction)]),
        "[case]\n" + lines(_case(case)),
        *_meeting(
            meeting, "", MeetingState.CLOSED if meeting.state in _APPROVED else meeting.state
        ),
        *(f"{head}\n{lines(said)}" for head, said in put_off_blocks(beside, meeting, "")),
        *(f"{head}\n{lines(said)}" for head, said in beside_blocks(beside, case)),
    ]
    for one in sorted(earlier, key=lambda each: each.number):
        blocks.append("[[earlier]]")
        blocks.extend(_meeting(one, "earlier.", one.state))
        days = put_off_blocks(beside, one, "earlier.")
        blocks.extend(f"{head}\n{lines(said)}" for head, said in days)
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _case(case: Case) -> Iterator[tuple[str, Any]]:
    yield "ref", case.ref
    yield "category", str(case.category)
    if case.id != derived_id(case.ref):
        yield "id", case.id
    if case.revision != 1:
        yield "revision", case.revision
    for field in fields_of(Case):
        yield from _pair(field, getattr(case, field.key))


def _meeting(meeting: Meeting, prefix: str, state: MeetingState) -> Iterator[str]:
    facts: list[tuple[str, Any]] = [
        ("number", meeting.number),
        ("level", int(meeting.level)),
        ("kind", str(meeting.kind)),
        ("held_on", meeting.held_on),
        ("state", str(state)),
        ("booked_minutes", meeting.booked_minutes),
    ]
    if meeting.slot:
        facts.append(("slot", f"{meeting.slot:%H:%M}"))
    if meeting.id != derived_id(meeting.case.ref, meeting.number):
        facts.append(("id", meeting.id))
    if meeting.sitting:
        facts.append(("sitting", meeting.sitting))
    if meeting.revision != 1:
        facts.append(("revision", meeting.revision))
    yield f"[{prefix}meeting]\n{lines(facts)}"
    yield from _answers(meeting, prefix)
    yield from _Entries(meeting, prefix).blocks()


def _answers(meeting: Meeting, prefix: str) -> Iterator[str]:
    places = {(item.code, field.key) for item in meeting.agenda for field in item.fields}
    if set(meeting.answers) - places:
        raise Refused(f"{meeting.ref}: an answer belongs to no item of its agenda.")
    for item in meeting.agenda:
        answers = [
            (field.key, _answer(field, meeting.answers[item.code, field.key]))
            for field in item.fields
            if (item.code, field.key) in meeting.answers
        ]
        if answers:
            yield f"[{prefix}answers.{item.code}]\n{lines(answers)}"


def _answer(field: Field, answer: Answer) -> Any:
    """The value as TOML has it where that loses nothing, else the text as it was typed."""
    plain: Any = answer.text
    exact = field.kind in _WORDY
    if not exact:
        value = _parsed(field, answer.text)
        exact = bool(value) and store_text(value) == answer.text
        plain = _plain(value) if exact else answer.text
    origin = {
        "carried_from": answer.carried_from,
        "confirmed_by": answer.confirmed_by,
        "typed_by": answer.typed_by,
        "typed_at": answer.typed_at,
        "revision": answer.revision if answer.revision != 1 else None,
    }
    said = {key: value for key, value in origin.items() if value}
    return plain if exact and not said else {"text": plain, **said}


_WORDY: Final = (FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON)


def _parsed(field: Field, text: str) -> Value:
    try:
        return field.parse(text)
    except BadInput:
        return None  # written as text; the reader says what is wrong with it


def _pair(field: Field, value: Any) -> Iterator[tuple[str, Any]]:
    if value not in ("", None, ()):
        yield field.key, _plain(value)


def _plain(value: Any) -> Any:
    match value:
        case Term():
            return str(value)
        case tuple():
            return [_plain(one) for one in value]
        case time():
            return f"{value:%H:%M}"
        case _:
            return value


# -- TOML -----------------------------------------------------------------------------


def lines(pairs: Pairs) -> str:
    """Keys of one table, a line each."""
    return "\n".join(f"{key} = {_toml(value)}" for key, value in pairs)


def _toml(value: Any) -> str:
    """One value. Several lines are written as several lines where nothing is lost by it."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    # tomli_w turns "\r\n" within several lines into a newline; gated text has no "\r",
    # but a file must never depend on that.
    several = isinstance(value, str) and "\n" in value and "\r" not in value
    written = tomli_w.dumps({"k": value}, multiline_strings=several)
    return written.removeprefix("k = ").removesuffix("\n")


# -- entries --------------------------------------------------------------------------


class _Entries:
    """The entries of one meeting, with the numbers by which they refer to each other."""

    def __init__(self, meeting: Meeting, prefix: str) -> None:
        self.meeting = meeting
        self.prefix = prefix
        parts = meeting.rows.get(RestrictedPart.kind, ())
        self.parts = {part.id: part.number for part in parts}

    def blocks(self) -> Iterator[str]:
        """One block for each entry, children after their parent."""
        known = {row.id for rows in self.meeting.rows.values() for row in rows}
        for kind in BY_KIND.values():
            for row in self.meeting.rows.get(kind.kind, ()):
                if kind.follows and row.parent not in known:
                    raise Refused(f"{self.meeting.ref}: a {kind.title.lower()} hangs from nothing.")
                if not kind.follows:
                    yield from self._entry(row, kind.kind)

    def _entry(self, row: Entry, name: str) -> Iterator[str]:
        yield f"[[{self.prefix}{name}]]\n{lines(self._pairs(row))}"
        for kind in BY_KIND.values():
            if kind.follows == row.kind:
                for child in self.meeting.rows.get(kind.kind, ()):
                    if child.parent == row.id:
                        yield from self._entry(child, f"{name}.{kind.kind}")

    def _pairs(self, row: Entry) -> Iterator[tuple[str, Any]]:
        set_at = row.set_at if isinstance(row, Action) else 0
        yield "number", row.number
        if row.id != entry_id(type(row), row.number, self.meeting, set_at=set_at):
            yield "id", row.id
        for field in fields_of(type(row)):
            value = getattr(row, field.key)
            if value != _default(type(row), field.key) or (field.key == "set_at" and value):
                yield from _pair(field, value)
        for key in ("withdrawn", "carried_from", "confirmed_by"):
            if text := getattr(row, key):
                yield key, text
        if row.read_back:
            yield "read_back", str(row.read_back)
        if row.restricted_part:
            if row.restricted_part not in self.parts:
                raise Refused(
                    f"{self.meeting.ref}: an entry belongs to a restricted part that is not there."
                )
            yield "restricted_part", self.parts[row.restricted_part]
        for key in ("typed_by", "typed_at"):
            if value := getattr(row, key):
                yield key, value
        if row.revision != 1:
            yield "revision", row.revision


def _default(kind: type[Entry], key: str) -> Any:
    return kind.__dataclass_fields__[key].default
