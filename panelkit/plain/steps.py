"""One question each: a field, a list of one kind of content, the end of an item or of a form.

What is asked comes from the agenda and from the entries, as on the screens: a field or a kind
that is added there is asked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.domain.vocabulary import Sensitivity
from panelkit.opened.columns import COLUMNS, plural
from panelkit.opened.session import Spot
from panelkit.plain import values
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import counted, owed_words, said_of, sentence, sentences

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

NUMBERED: Final = re.compile(r"(\w+)(?:\s+(\d+))?$")


@dataclass(frozen=True, slots=True)
class Step:
    """A question. Subclasses say how it is asked and what an answer does."""

    free: ClassVar[bool] = False
    """Whether sentences are its answer, so that a line that begins like a command may be one."""

    @property
    def key(self) -> str:
        """Names it among the questions of its item or form."""
        raise NotImplementedError

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """What is said: what is asked, what stands there now, what may be typed."""
        raise NotImplementedError

    def take(self, talk: Talk, said: str) -> None:
        """An answer. Raises NotTaken."""
        raise NotImplementedError

    def enter(self, talk: Talk) -> None:
        """Enter by itself: leave it, go on."""
        talk.forward()

    def guide(self, talk: Talk) -> tuple[str, ...]:  # noqa: ARG002 - for those that have some
        """More than the item's own guidance."""
        return ()


@dataclass(frozen=True, slots=True)
class FieldStep(Step):
    """One field, of an item or of an entry."""

    spot: Spot
    field: Field

    @property
    def key(self) -> str:
        """The field's key, which gaps name."""
        return f"{self.spot.owner}.{self.spot.field}" if self.spot.entry else self.spot.field

    @property
    def free(self) -> bool:  # type: ignore[override]
        """Words, and whatever else is kept as it is typed."""
        return self.field.kind in (
            FieldKind.WORDS, FieldKind.LINE, FieldKind.PERSON, FieldKind.ORGANISATION,
        )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether it may be said on a shared screen."""
        return self.field.sensitivity is Sensitivity.OPEN

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """The label, last time, what stands here, what is owed, what may be typed."""
        talk.session.arrive(self.spot)
        gap = talk.gap_at(self.spot)
        owed = f"Owed before {gap.stops.label}" if gap is not None and not gap.parked else ""
        parts = [self.field.label, self._last(talk), self._now(talk), owed, self._how(talk)]
        return (sentence(*parts),)

    def _now(self, talk: Talk) -> str:
        text = talk.session.text(self.spot)
        if not text.strip():
            return "Not answered" if self.field.kind in values.CHOSEN else "Nothing here yet"
        carried = talk.carried_from(self.spot)
        begins = f"Carried from {carried}, not confirmed" if carried else "Now"
        shown = said_of(values.shown(self.field, text), is_open=self.is_open)
        if self.field.kind is FieldKind.WORDS:
            found = sentences(shown)
            if len(found) > 1:
                return f"{begins}: {found[0]} {counted(len(found), 'sentence')} in all"
        return f"{begins}: {shown}"

    def _last(self, talk: Talk) -> str:
        """What was said last time, where nothing of it was carried into the field."""
        last = talk.last_time(self.spot)
        if not last or talk.carried_from(self.spot):
            return ""
        shown = said_of(values.shown(self.field, last), is_open=self.is_open)
        begins = sentences(shown)[0] if sentences(shown) else shown
        return f"Last time: {begins}"

    def _how(self, talk: Talk) -> str:
        if talk.session.masked and not self.is_open:
            return "Type mask to show it and to answer, or press Enter to leave it"
        there = bool(talk.session.text(self.spot).strip())
        how = values.how(self.field)
        if self.field.kind is FieldKind.WORDS and there:
            how = "read to hear it, more words to add after it, over to write it anew"
        confirm = ", confirm if it still holds" if talk.carried_from(self.spot) else ""
        return f"Type {how}{confirm}, or press Enter to leave it"

    def guide(self, talk: Talk) -> tuple[str, ...]:
        """What the field itself says to ask, and why."""
        del talk
        every = values.choices(self.field)
        return tuple(part for part in (self.field.ask, self.field.why) if part) + tuple(every)

    def take(self, talk: Talk, said: str) -> None:
        """A value in a line; words go on until a full stop alone."""
        talk.must_show(self.field)
        if self.field.kind is FieldKind.WORDS:
            text = talk.session.text(self.spot)
            talk.write(self.spot, said, before=f"{text}\n" if text.strip() else "")
        else:
            session = talk.session
            stored = values.read(self.field, said, session.meeting, talk.area.calendar)
            talk.put(self.spot, stored)
            said_back = values.said_back(self.field, stored)
            words = said_of(said_back, is_open=self.is_open) or "blank"
            talk.voice.say(sentence(f"{talk.saved(self.spot)}: {words}"))
            talk.tell_replaced(values.replaced(self.field, said))
        talk.forward()


@dataclass(frozen=True, slots=True)
class TableStep(Step):
    """Everything of one kind that belongs here; each can be opened, withdrawn and brought back."""

    kind: type[e.Entry]
    parent: str = ""

    @property
    def key(self) -> str:
        """Of the list, not of one row."""
        return f"{self.kind.kind}[]"

    def rows(self, talk: Talk) -> list[e.Entry]:
        """Withdrawn ones too: they keep their number."""
        found = talk.session.meeting.of(self.kind)
        return [row for row in found if not self.parent or row.parent == self.parent]

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """How many there are, each with its number, what may be typed."""
        rows = self.rows(talk)
        live = sum(row.is_live for row in rows)
        lines = [f"{place}: {row_in_words(row)}" for place, row in enumerate(rows, start=1)]
        how = "Type add for a new one"
        if rows:
            how += ", or open or withdraw with a number"
        if live < len(rows):
            how += ", restore with a number to bring one back"
        head = sentence(f"{plural(self.kind)}: {live or 'none'}")
        return (head, *lines, f"{how}, or press Enter to go on.")

    def take(self, talk: Talk, said: str) -> None:
        """``add``, or a word and a number. Raises NotTaken."""
        found = NUMBERED.match(said.strip().casefold())
        word, number = (found[1], found[2]) if found else ("", None)
        if word == "add" and number is None:
            self.add(talk)
            return
        rows = self.rows(talk)
        if word not in ("open", "withdraw", "restore") or not rows:
            also = ", open 1, withdraw 1" if rows else ""
            msg = f"{plural(self.kind)}: type add{also}, or press Enter to go on."
            raise NotTaken(msg)
        row = one_of(rows, number, plural(self.kind))
        if word == "open":
            talk.open_form(self.kind, row.id)
        elif word == "withdraw":
            withdraw(talk, row)
        else:
            restore(talk, row)

    def add(self, talk: Talk) -> None:
        """A form for a new one."""
        talk.begin(self.kind, self.parent)


@dataclass(frozen=True, slots=True)
class FormEnd(Step):
    """The last field of a form was left."""

    title: str

    @property
    def key(self) -> str:
        """One for each form."""
        return "end of form"

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """Where Enter goes."""
        tests = talk.form_says()
        return (sentence(f"End of {self.title}", *tests, "Press Enter to go back, or type back"),)

    def take(self, talk: Talk, said: str) -> None:
        """Nothing is asked."""
        del talk, said
        msg = "Nothing is asked here: press Enter to go on, or type back."
        raise NotTaken(msg)

    def enter(self, talk: Talk) -> None:
        """Leave the form."""
        talk.leave_form()


@dataclass(frozen=True, slots=True)
class ItemEnd(Step):
    """The last question of an item was left."""

    code: str

    @property
    def key(self) -> str:
        """One for each item."""
        return "end of item"

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """What is owed here, what follows."""
        here = f"{owed_words(len(talk.owed_here(self.code)))} here"
        following = talk.item_after(self.code)
        how = f"Press Enter for {following.code}, {following.title}" if following else LAST
        end = f"End of {self.code}, {talk.session.meeting.item(self.code).short}"
        return (sentence(end, here, how),)

    def take(self, talk: Talk, said: str) -> None:
        """Nothing is asked."""
        del talk, said
        msg = "Nothing is asked here: press Enter to go on, or type help for the commands."
        raise NotTaken(msg)

    def enter(self, talk: Talk) -> None:
        """The next item."""
        following = talk.item_after(self.code)
        if following is not None:
            talk.go_to(following.code)
        else:
            talk.voice.say(f"{LAST}.")


LAST: Final = "That was the last item. Type owed, close to close the meeting, or leave"


def one_of(rows: list[e.Entry], number: str | None, called: str) -> e.Entry:
    """The row with that number in the list. Raises NotTaken."""
    if number is None or not 1 <= int(number) <= len(rows):
        msg = f"{called}: say which, 1 to {len(rows)}."
        raise NotTaken(msg)
    return rows[int(number) - 1]


def withdraw(talk: Talk, row: e.Entry) -> None:
    """With a reason; it keeps its number and prints as withdrawn."""
    kind, chairing = type(row), talk.session.chairing
    if not row.is_live:
        msg = f"{name_of(row)} is withdrawn already: restore brings it back."
        raise NotTaken(msg)
    reason = talk.line(
        f"Withdraw {name_of(row)}: why? It keeps its number and prints as withdrawn. Type the reason, or press Enter to leave it."
    )
    if reason:
        talk.do(lambda m: chairing.withdraw(m, kind, row.id, reason))
        talk.voice.say(f"{name_of(row)} is withdrawn.")


def restore(talk: Talk, row: e.Entry) -> None:
    """A withdrawn one in force again, with a reason."""
    kind, chairing = type(row), talk.session.chairing
    if row.is_live:
        msg = f"{name_of(row)} is not withdrawn."
        raise NotTaken(msg)
    reason = talk.line(
        f"Bring {name_of(row)} back: why? Type the reason, or press Enter to leave it."
    )
    if reason:
        talk.do(lambda m: chairing.bring_back(m, kind, row.id, reason))
        talk.voice.say(f"{name_of(row)} is in force again.")


def begins(text: str) -> str:
    """The first sentence, and that there are more: in a list each row is heard whole."""
    found = sentences(text)
    return f"{found[0]} ({counted(len(found), 'sentence')})" if len(found) > 1 else text


def row_in_words(row: e.Entry) -> str:
    """One entry in a list: its name, its state, and the columns that a list shows."""
    described = {field.key: field for field in fields_of(type(row))}
    parts = []
    for key, _width in COLUMNS.get(row.kind, ()):
        field = described[key]
        shown = begins(values.show(getattr(row, key)))
        if shown and shown != name_of(row):
            words = said_of(shown, is_open=field.sensitivity is Sensitivity.OPEN)
            parts.append(f"{field.label}: {words}")
    state = (
        "withdrawn" if row.withdrawn
        else "not confirmed" if row.is_unconfirmed
        else "for the chair to confirm" if row.read_back == "to_be_confirmed"
        else ""
    )  # fmt: skip
    return sentence(", ".join(part for part in (name_of(row), state) if part), *parts)
