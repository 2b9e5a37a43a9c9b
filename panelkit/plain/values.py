"""A value said in a line: what may be typed, what it means, and how it is said back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from panelkit.domain.dates import read_date
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind, long_date, show_text, store_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.text import gate, gate_line
from panelkit.domain.timescales import Calendar
from panelkit.domain.vocabulary import RiskGroup, Term
from panelkit.plain.voice import counted, listed
from panelkit.services.clock import room_time

SAID_IN_FULL: Final = 8
"""How many choices a question names; more are heard on asking, since a long list hides its end."""

CHOSEN: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})


class NotTaken(Exception):
    """What was typed is not taken, and nothing is changed. The sentence holds none of it."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        """``code`` is what a script's run ends with: 2 a mistake, 1 the answer is no."""
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def how(field: Field) -> str:
    """What may be typed, as the middle of a sentence."""
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            members = list(field.term)
            several = ", one or more with commas between" if field.kind is FieldKind.CHOICES else ""
            if len(members) > SAID_IN_FULL:
                return f"one of {len(members)} choices{several}, or choices to hear them"
            return listed(_called(each) for each in members) + several
        case FieldKind.DATE:
            return "a date such as 12 January"
        case FieldKind.TIME | FieldKind.INSTANT | FieldKind.NUMBER:
            return field.allowed
        case FieldKind.ORGANISATIONS:
            return "organisations with semicolons between"
        case FieldKind.WORDS:
            return "words, as many lines as you need, and a full stop alone on the last line"
        case FieldKind.PERSON:
            return "a name"
        case FieldKind.ORGANISATION:
            return "an organisation"
        case _:
            return "one line"


def choices(field: Field) -> list[str]:
    """Each choice with its number, where there are any."""
    if field.kind not in CHOSEN:
        return []
    return [f"{place}: {_named(each)}." for place, each in enumerate(field.term, start=1)]


def shown(field: Field, stored: str) -> str:
    """What is stored, as people say it."""
    try:
        value = field.parse(stored)
    except BadInput:
        return stored  # typed, and not yet something that the field takes
    return show_text(value) if field.kind is not FieldKind.WORDS else stored


def read(field: Field, text: str, meeting: Meeting, calendar: Calendar) -> str:
    """What ``text`` stands for, as the record stores it. Raises NotTaken."""
    match field.kind:
        case FieldKind.WORDS:
            return gate(text).text
        case FieldKind.CHOICE:
            return str(chosen(field, text))
        case FieldKind.CHOICES:
            parts = [part for part in text.replace(" and ", ",").split(",") if part.strip()]
            return store_text(tuple(dict.fromkeys(chosen(field, part) for part in parts)))
        case FieldKind.DATE:
            return _date(field, text, meeting, calendar)
        case FieldKind.TIME | FieldKind.INSTANT | FieldKind.NUMBER | FieldKind.ORGANISATIONS:
            try:
                return store_text(field.parse(text))
            except BadInput as wrong:
                raise NotTaken(wrong.message) from None
        case _:
            return gate_line(text).text


def replaced(field: Field, text: str) -> int:
    """How many characters of ``text`` the gate makes visible; the person is told."""
    return (gate if field.kind is FieldKind.WORDS else gate_line)(text).replaced


def named(field: Field, text: str) -> Term | None:
    """The choice that is called exactly so; None for none, and where nothing is chosen."""
    said = text.strip().casefold()
    for member in field.term if field.kind in CHOSEN else ():
        if said in (str(member).casefold(), member.label.casefold(), _called(member).casefold()):
            return member
        if isinstance(member, RiskGroup) and said == member.ref.casefold():
            return member
    return None


def chosen(field: Field, text: str) -> Term:
    """The choice that a value, a label, a number or its beginning stands for. Raises NotTaken."""
    members, said = list(field.term), text.strip().casefold()
    if (exact := named(field, text)) is not None:
        return exact
    if said.isdecimal() and 1 <= int(said) <= len(members):
        return members[int(said) - 1]
    begins = [m for m in members if m.label.casefold().startswith(said)] if said else []
    found = begins or [
        m for m in members if any(word.startswith(said) for word in m.label.casefold().split())
    ]
    if len(found) == 1 and said:
        return found[0]
    if found and said:
        msg = f"{field.label}: which one, {listed(_called(each) for each in found[:6])}?"
        raise NotTaken(msg)
    msg = f"{field.label}: that is not among the {counted(len(members), 'choice')}. Type {how(field)}."
    raise NotTaken(msg)


def _date(field: Field, text: str, meeting: Meeting, calendar: Calendar) -> str:
    """A date in full, else as people say it; a date that has passed is taken where it is in full."""
    try:
        return store_text(field.parse(text))
    except BadInput:
        said = read_date(text, meeting.held_on, calendar)
    if said.day is None:
        msg = f"{field.label}: {said.problem}"
        raise NotTaken(msg)
    return said.day.isoformat()


def show(value: object) -> str:
    """A value of an entry, as people say it: an instant as the time of the room's clock."""
    if isinstance(value, datetime):
        return room_time(value).strftime("%H:%M")
    return show_text(value)  # type: ignore[arg-type]


def said_back(field: Field, stored: str) -> str:
    """What was taken, said back: a date with its day of the week."""
    if field.kind is FieldKind.DATE and stored:
        day = field.parse(stored)
        return f"{day:%A} {long_date(day)}"  # type: ignore[arg-type]
    return shown(field, stored)


def _called(term: Term) -> str:
    """A choice as it is typed: its label, without what stands behind it in brackets."""
    label = term.label.partition(" (")[0]
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _named(term: Term) -> str:
    return f"{term.ref} {term.label}" if isinstance(term, RiskGroup) else term.label
