"""What a field is: one description that forms, packs, gaps, masks and minutes all read.

A field of an agenda item is described where the item is (``agenda.py``); a field of
typed content is described on the dataclass that holds it, by :func:`spec`.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, Final

from panelkit.domain import request_words, vocabulary
from panelkit.domain.errors import BadInput
from panelkit.domain.vocabulary import Sensitivity, Stops, Term


class FieldKind(Enum):
    """How a field is typed and read."""

    WORDS = "words"
    LINE = "line"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"
    NUMBER = "number"
    ORGANISATION = "organisation"
    ORGANISATIONS = "organisations"
    PERSON = "person"


TERMS: Final[dict[str, type[Term]]] = {
    name: member
    for name, member in {**vars(vocabulary), **vars(request_words)}.items()
    if isinstance(member, type) and issubclass(member, Term) and member is not Term
}
"""Every vocabulary by name, so that a field can be stored with a meeting as data."""

Value = str | int | date | time | datetime | Term | tuple[Any, ...] | None
"""What a field may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that may be recorded."""

    key: str = ""
    """Canonical name, the same in database, pack, minutes, audit and statistics."""

    label: str
    """What people read beside it."""

    kind: FieldKind = FieldKind.WORDS
    """How it is typed and read."""

    choices: str = ""
    """Name of the vocabulary for CHOICE and CHOICES."""

    stops: Stops = Stops.NOTHING
    """What leaving it blank stops, where ``needed`` holds."""

    needed: str = "always"
    """Name of the condition under which a blank is a gap."""

    shown: str = "always"
    """Name of the condition under which it is asked at all."""

    sensitivity: Sensitivity = Sensitivity.RESTRICTED
    """Who may see it on a shared screen or in another copy; open is said explicitly."""

    carried: bool = False
    """Whether a review starts with last time's words, stamped as not confirmed."""

    can_park: bool = True
    """Whether the chair may close without it, giving a reason that prints."""

    ask: str = ""
    """A question that the chair can read aloud."""

    why: str = ""
    """Why it matters, and the guidance with its tag."""

    @property
    def term(self) -> type[Term]:
        """The vocabulary of a CHOICE; KeyError for other kinds."""
        return TERMS[self.choices]

    @property
    def is_prose(self) -> bool:
        """Whether people write sentences into it."""
        return self.kind is FieldKind.WORDS

    def parse(self, text: str) -> Value:
        """The value that ``text`` stands for; blank is None, or "" for words.

        Raises BadInput, naming the label and the allowed values, never the text.
        """
        if self.kind in (
            FieldKind.WORDS,
            FieldKind.LINE,
            FieldKind.ORGANISATION,
            FieldKind.PERSON,
        ):
            return text
        plain = text.strip()
        if not plain:
            return () if self.kind in (FieldKind.CHOICES, FieldKind.ORGANISATIONS) else None
        try:
            return self._read(plain)
        except ValueError as wrong:
            raise BadInput(f"{self.label}: {self.allowed}.") from wrong

    def _read(self, plain: str) -> Value:
        match self.kind:
            case FieldKind.CHOICE:
                return _choice(self.term, plain)
            case FieldKind.CHOICES:
                return tuple(_choice(self.term, part) for part in _parts(plain))
            case FieldKind.ORGANISATIONS:
                return tuple(part.strip() for part in plain.split(";") if part.strip())
            case FieldKind.DATE:
                return _date(plain)
            case FieldKind.TIME:
                return _time(plain)
            case FieldKind.INSTANT:
                return datetime.fromisoformat(plain)
            case _:
                return int(plain)

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        match self.kind:
            case FieldKind.CHOICE | FieldKind.CHOICES:
                return "one of " + ", ".join(str(member) for member in self.term)
            case FieldKind.DATE:
                return "a date such as 12 January 2027 or 2027-01-12"
            case FieldKind.TIME:
                return "a time such as 10:30"
            case FieldKind.INSTANT:
                return "a date and time such as 2027-01-12T10:30:00+00:00"
            case FieldKind.NUMBER:
                return "a whole number"
            case _:
                return "words"


def store_text(value: Value) -> str:
    """``value`` as the record and packs keep it; the inverse of :meth:`Field.parse`."""
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case tuple():
            terms = [store_text(part) for part in value]
            separator = "," if all(isinstance(part, Term) for part in value) else "; "
            return separator.join(terms)
        case Term():
            return str(value)
        case _:
            return str(value)


def show_text(value: Value) -> str:
    """``value`` as screens and minutes print it: dates in words, labels for choices."""
    match value:
        case None:
            return ""
        case Term():
            return value.label
        case datetime():
            return value.strftime("%H:%M")
        case date():
            return long_date(value)
        case time():
            return value.strftime("%H:%M")
        case tuple():
            return "; ".join(show_text(part) for part in value)
        case _:
            return str(value)


def long_date(day: date | None) -> str:
    """``12 January 2027``; blank for None."""
    return f"{day.day} {day.strftime('%B %Y')}" if day else ""


def short_date(day: date | None) -> str:
    """``12 Jan 2027``, for lists; blank for None."""
    return f"{day.day} {day.strftime('%b %Y')}" if day else ""


def how_many(count: int, what: str) -> str:
    """``1 meeting``, ``2,304 meetings``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}


def _date(plain: str) -> date:
    """ISO, or day first as people here write it; the year must be given."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):
        return date.fromisoformat(plain)
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", plain):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    if found := re.fullmatch(
        r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\s+(\d{4})", plain.lower()
    ):
        month_number = MONTHS.get(found[2])
        if month_number:
            return date(int(found[3]), month_number, int(found[1]))
    msg = "not a date"
    raise ValueError(msg)


def _time(plain: str) -> time:
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", plain)
    if not found:
        msg = "not a time"
        raise ValueError(msg)
    return time(int(found[1]), int(found[2]))


def _choice(term: type[Term], plain: str) -> Term:
    lowered = plain.strip().casefold()
    for member in term:
        if lowered in (str(member).casefold(), member.label.casefold()):
            return member
    msg = "not among the choices"
    raise ValueError(msg)


def _parts(plain: str) -> list[str]:
    return [part for part in re.split(r"[,;]", plain) if part.strip()]


def spec(label: str, kind: FieldKind = FieldKind.LINE, *, default: Value = "", **said: Any) -> Any:
    """A dataclass field that carries its :class:`Field`; for typed content.

    The default is "" for text kinds, () for several, None for the rest.
    """
    if kind in (FieldKind.CHOICES, FieldKind.ORGANISATIONS):
        default = ()
    elif kind not in (FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON):
        default = None if default == "" else default
    return dataclasses.field(
        default=default, metadata={"field": Field(label=label, kind=kind, **said)}
    )


def choice(label: str, term: type[Term], **said: Any) -> Any:
    """A :func:`spec` that is one of ``term``."""
    return spec(label, FieldKind.CHOICE, choices=term.__name__, **said)


def fields_of(kind: type[Any]) -> tuple[Field, ...]:
    """The described fields of a dataclass, in order, each with its key."""
    return _described(kind)  # type: ignore[arg-type]  # a class is hashable, whatever mypy says


@cache
def _described(kind: type[Any]) -> tuple[Field, ...]:
    return tuple(
        dataclasses.replace(item.metadata["field"], key=item.name)
        for item in dataclasses.fields(kind)
        if "field" in item.metadata
    )
