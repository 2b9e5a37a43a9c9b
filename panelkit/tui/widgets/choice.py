"""A choice on one line: arrows or a number picks, Delete makes it not answered again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from panelkit.domain.vocabulary import Term
from panelkit.opened.showing import HIDDEN

BLANK = "·"


class Choice(Widget, can_focus=True):
    """One of a few words, or several; blank is not No.

    | Key | Does |
    |---|---|
    | left, right | the choice before or after |
    | 1 to 9, or a first letter | that choice |
    | space | the next choice; with several, turns one on or off |
    | delete, backspace | not answered |
    | ctrl+z | what it was before |
    """

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; padding: 0 1; color: $text; }
    Choice:focus { background: $boost; text-style: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right,space", "step(1)", "After", show=False),
        Binding("delete,backspace", "clear", "Not answered", show=False),
        Binding("ctrl+z", "undo", "Undo", show=False),
        Binding("enter", "done", "Done", show=False),
    ]

    then: str = ""
    """Id of the field that Enter goes on to, where what lies between may well stay as it is."""
    picked: reactive[tuple[str, ...]] = reactive(())
    """The values picked; empty is not answered."""
    cursor: reactive[int] = reactive(0)
    hidden: reactive[bool] = reactive(False)  # noqa: FBT003 - a reactive's first value
    """Masked for sharing."""

    @dataclass
    class UndoWanted(Message):
        """Nothing was picked in this visit: what stood here before it?"""

        choice: Choice

        @property
        def control(self) -> Choice:
            """The widget that sent it."""
            return self.choice

    @dataclass
    class Picked(Message):
        """Somebody picked."""

        choice: Choice
        values: tuple[str, ...]

        @property
        def control(self) -> Choice:
            """The widget that sent it."""
            return self.choice

    def __init__(
        self, term: Iterable[Term], values: tuple[str, ...] = (), *, several: bool = False
    ) -> None:
        """``term`` is a vocabulary, or some of its members; ``values`` are those stored."""
        super().__init__()
        self.members = tuple(term)
        self.several = several
        self.set_reactive(Choice.picked, values)
        self._before: list[tuple[str, ...]] = []
        if values:
            self.set_reactive(Choice.cursor, self._index(values[-1]))

    def _index(self, value: str) -> int:
        return next((i for i, member in enumerate(self.members) if str(member) == value), 0)

    def offer(self, term: Iterable[Term]) -> None:
        """Other choices, where another answer changes which there are; one that is gone is not picked."""
        self.members = tuple(term)
        values = {str(member) for member in self.members}
        kept = tuple(value for value in self.picked if value in values)
        self.cursor = self._index(kept[-1]) if kept else 0
        self._before = []
        self.picked = kept
        self.refresh(layout=True)

    def load(self, values: tuple[str, ...]) -> None:
        """Show what is stored; nobody picked."""
        self.picked = values
        if values:
            self.cursor = self._index(values[-1])

    def render(self) -> Content:
        """Every choice with a sign, so that nothing depends on colour."""
        if self.hidden:
            return Content(HIDDEN)
        return Content("\n").join(_packed(self._parts(), self.content_size.width))

    def _parts(self) -> list[Content]:
        parts: list[Content] = []
        for place, member in enumerate(self.members, start=1):
            on = str(member) in self.picked
            sign = ("[x]" if on else "[ ]") if self.several else ("(•)" if on else "( )")
            text = f"{sign} {member.label}"
            at_cursor = self.has_focus and place - 1 == self.cursor
            style = "reverse" if at_cursor else ("bold" if on else "")
            parts.append(Content.styled(text, style) if style else Content(text))
        return parts

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual asks so
        """As many lines as the choices need without one being broken in two."""
        if self.hidden:
            return 1
        return sum(len(line.wrap(width)) for line in _packed(self._parts(), width))

    def action_step(self, by: int) -> None:
        """Move; a single choice is picked by moving to it."""
        if self.several:
            if by > 0 and str(self.members[self.cursor]) and self._last_key == "space":
                self._toggle(str(self.members[self.cursor]))
                return
            self.cursor = (self.cursor + by) % len(self.members)
            return
        if not self.picked:
            self.cursor = 0 if by > 0 else len(self.members) - 1
        else:
            self.cursor = (self.cursor + by) % len(self.members)
        self._pick((str(self.members[self.cursor]),))

    _last_key = ""

    def on_key(self, event: events.Key) -> None:
        """A number or a first letter picks."""
        self._last_key = event.key
        if not event.character or not event.character.isalnum():
            return
        place = self._place(event.character)
        if place is None:
            return
        event.stop()
        self.cursor = place
        value = str(self.members[place])
        if self.several:
            self._toggle(value)
        else:
            self._pick((value,))

    def _place(self, character: str) -> int | None:
        if character.isdigit():
            place = int(character) - 1
            return place if 0 <= place < len(self.members) else None
        starts = [
            i
            for i, m in enumerate(self.members)
            if m.label.casefold().startswith(character.casefold())
        ]
        if not starts:
            return None
        later = [i for i in starts if i > self.cursor]
        return later[0] if later and self.picked else starts[0]

    def _toggle(self, value: str) -> None:
        kept = tuple(v for v in self.picked if v != value)
        chosen = kept if value in self.picked else (*kept, value)
        order = [str(member) for member in self.members]
        self._pick(tuple(sorted(chosen, key=order.index)))

    def _pick(self, values: tuple[str, ...]) -> None:
        if values == self.picked or self.hidden:
            return
        self._before.append(self.picked)
        self.picked = values
        self.post_message(self.Picked(self, values))

    def action_clear(self) -> None:
        """Not answered again."""
        self._pick(())

    def action_undo(self) -> None:
        """What it was before."""
        if self._before:
            values = self._before.pop()
            self.picked = values
            self.post_message(self.Picked(self, values))
        elif not self.hidden:
            self.post_message(self.UndoWanted(self))

    def action_done(self) -> None:
        """On to the next field, or to the one that Enter goes on to."""
        if self.then:
            self.screen.query_one(f"#{self.then}").focus()
        else:
            self.screen.focus_next()


def _packed(parts: list[Content], width: int) -> list[Content]:
    """The choices on as few lines of ``width`` as hold them whole, three cells between two."""
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + 3 + part.cell_length <= width:
            lines[-1] = Content("   ").join([lines[-1], part])
        else:
            lines.append(part)
    return lines
