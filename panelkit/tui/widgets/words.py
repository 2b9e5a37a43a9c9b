"""The two editors: ``Words`` for sentences, ``Line`` for one line. Both can undo.

What is pasted passes the text gate; characters that could act on a terminal never enter.
Keys that belong to the screen are not swallowed here. Loading from code is not an edit.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

from panelkit.domain.text import gate, gate_line
from panelkit.opened.showing import BLOCK
from panelkit.tui.typed import as_typed

SCREEN_KEYS: Final = frozenset(
    {f"f{number}" for number in (*range(1, 13),)}
    | {f"ctrl+{letter}" for letter in "fglnortp"}
    | {"escape"}
)
"""Keys of the screen: an editor lets them pass."""

_KEEP: Final = [
    binding
    for binding in TextArea.BINDINGS
    if isinstance(binding, Binding) and not (set(binding.key.split(",")) & SCREEN_KEYS)
]


class Words(TextArea, inherit_bindings=False):
    """Sentences, wrapped; Tab moves on.

    | Key | Does |
    |---|---|
    | ctrl+z, ctrl+y | undo, redo |
    | tab | next field |
    """

    DEFAULT_CSS = """
    Words { border: none; padding: 0 1; background: $surface; scrollbar-size-horizontal: 0; }
    Words:focus { border: none; background: $primary 20%; }
    Words .text-area--placeholder { color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*_KEEP]

    hidden_text: reactive[bool] = reactive(False)  # noqa: FBT003 - a reactive's first value

    @dataclass
    class Said(Message):
        """What every message of an editor carries."""

        editor: Words
        text: str

        @property
        def control(self) -> Words:
            """The editor that sent it."""
            return self.editor

    @dataclass
    class Edited(Said):
        """Somebody typed."""

    @dataclass
    class Left(Said):
        """The editor was left; ``text`` is what it holds."""

    @dataclass
    class UndoWanted(Message):
        """Nothing was typed in this visit: what stood here before it?"""

        editor: Words

        @property
        def control(self) -> Words:
            """The editor that sent it."""
            return self.editor

    @dataclass
    class Replaced(Message):
        """Characters were made visible on the way in."""

        editor: Words
        count: int

        @property
        def control(self) -> Words:
            """The editor that sent it."""
            return self.editor

    def __init__(self, value: str = "", *, id: str | None = None, placeholder: str = "") -> None:
        """``value`` passes the gate and is shown; it posts nothing."""
        super().__init__(
            self._clean(value)[0],
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            max_checkpoints=200,
            highlight_cursor_line=False,
            placeholder=as_typed(placeholder),
        )
        self.cursor_blink = False
        self._loading = False
        self._frozen = False

    def _rewrap_and_refresh_virtual_size(self) -> None:
        self._wrapped_at = self.wrap_width
        super()._rewrap_and_refresh_virtual_size()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002 - Textual's order
    ) -> bool:
        # Textual wraps when a Resize comes, and sends none to a widget whose place was asked for
        # before its first layout: then a paragraph stood on one line, and its end was not seen.
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if size.width and self._wrapped_at != self.wrap_width:
            self.call_later(self._rewrap_and_refresh_virtual_size)
        return changed

    def on_mount(self) -> None:
        """Whoever comes to words that stand goes on after them."""
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """What the editor holds."""
        return self.text

    @property
    def masked(self) -> bool:
        """Whether the words are hidden for sharing."""
        return self.hidden_text

    @masked.setter
    def masked(self, hide: bool) -> None:
        self.hidden_text = hide

    def load(self, text: str) -> None:
        """Show ``text``; it is not an edit, and where the cursor was is kept.

        What never passed the gate passes it here: drawn raw it would act on the terminal,
        and the document would split it at characters that are no line break.
        """
        with self.prevent(TextArea.Changed):
            where = self.cursor_location
            self.load_text(self._clean(text)[0])
            last = self.document.end
            self.move_cursor(min(where, last))

    def watch_hidden_text(self, hide: bool) -> None:  # noqa: FBT001 - a watcher's argument
        """A masked editor takes no keys."""
        self.read_only = hide or self._frozen
        self.refresh()

    def freeze(self) -> None:
        """Read, not written from now on, whatever becomes of the mask."""
        self._frozen = True
        self.read_only = True

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn: blocks where masked."""
        line = super().get_line(line_index)
        if self.hidden_text:
            line.plain = "".join(BLOCK if not c.isspace() else c for c in line.plain)
        return line

    # -- what comes in -----------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        if event.key in SCREEN_KEYS:
            return
        if _typed_but_not_printable(event):
            event.prevent_default()
            event.stop()
            self._take(event.character or "")
            return
        await super()._on_key(event)

    def _clean(self, pasted: str) -> tuple[str, int]:
        gated = gate(pasted)
        return gated.text, gated.replaced

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._take(event.text)

    def action_undo(self) -> None:
        """What was typed last; with nothing left to undo, what stood here before this visit."""
        if self.read_only:
            return
        before = self.text
        super().action_undo()
        if self.text == before:
            self.post_message(self.UndoWanted(self))

    def action_paste(self) -> None:
        """The program's own clipboard passes the same gate."""
        self._take(self.app.clipboard)

    def action_copy(self) -> None:
        """Nothing is copied from an editor that is masked."""
        if not self.hidden_text:
            super().action_copy()

    def _take(self, text: str) -> None:
        """Put ``text`` where the cursor is, gated; say how much was made visible."""
        if self.read_only:
            return
        text, replaced = self._clean(text)
        if found := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(found.end_location)
        if replaced:
            self.post_message(self.Replaced(self, replaced))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Only what a person did is an edit."""
        event.stop()
        self.post_message(self.Edited(self, self.text))

    def on_blur(self) -> None:
        """Left: whoever watches saves at once."""
        self.post_message(self.Left(self, self.text))


def _typed_but_not_printable(event: events.Key) -> bool:
    """Whether a key is text that Textual would drop without a word.

    Joiners in emoji and in Urdu, no-break spaces, soft hyphens and every character newer
    than this Python's tables are not "printable" to it; neither are bidi controls.
    """
    character = event.character
    return (
        character is not None
        and len(character) == 1
        and not event.is_printable
        and unicodedata.category(character) != "Cc"
    )


class Line(Words):
    """One line; Enter submits, a paste of many lines is joined with spaces."""

    DEFAULT_CSS = """
    Line { height: 1; }
    """

    @dataclass
    class Submitted(Words.Said):
        """Enter was pressed."""

    def _clean(self, pasted: str) -> tuple[str, int]:
        gated = gate_line(pasted)
        return gated.text, gated.replaced

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.post_message(self.Submitted(self, self.text))
            return
        if event.key in ("up", "down"):
            return
        await super()._on_key(event)
