"""A field: its label, its editor, what was understood, and why it is not yet saved."""

from __future__ import annotations

import time
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from panelkit.domain.dates import read_date
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind, long_date, store_text
from panelkit.domain.vocabulary import Sensitivity
from panelkit.opened.session import Session, Spot
from panelkit.opened.showing import hidden
from panelkit.tui.typed import as_typed, as_typed_line
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line, Words

EXACT = (FieldKind.WORDS, FieldKind.LINE, FieldKind.ORGANISATION, FieldKind.PERSON)
"""Kinds whose stored text is letter for letter what was typed."""


class FieldBox(Vertical):
    """One field of an item or an entry, saved as it is typed."""

    DEFAULT_CSS = """
    FieldBox { height: auto; margin-bottom: 1; }
    FieldBox > .label { color: $text-muted; height: auto; }
    FieldBox > .label.-owed { color: $text-warning; }
    FieldBox > .under { color: $text-muted; height: auto; display: none; padding-left: 1; }
    FieldBox > .under.-problem { color: $text-error; display: block; }
    FieldBox > .under.-understood { display: block; }
    FieldBox Words { height: auto; min-height: 1; max-height: 20; }
    FieldBox Line { height: 1; max-height: 1; }
    """

    def __init__(self, session: Session, spot: Spot, field: Field) -> None:
        """``field`` describes ``spot``."""
        super().__init__(classes="field")
        self.session = session
        self.spot = spot
        self.field = field
        self._owed = False
        self._masked = False
        self._under = ("", False)
        """What stands under the editor, and whether it is what was understood."""
        self._editor: Words | Line | Choice | None = None
        self._told = ""
        """What became of pasted characters; stands until the field is left."""
        self._known = ""
        """What the editor held when it was filled, or last told the session."""
        self._handed = ""
        """The same, as it was told: a date as the day it means."""
        self._base = ""
        """The stored text that this goes back to."""
        self._back: list[str] | None = None
        """What stood here before, still to be undone to; None until undo goes past this visit."""

    def compose(self) -> ComposeResult:
        """Label, editor, the line under it."""
        yield Static(self._label_content(), classes="label")
        stored = self.session.text(self.spot)
        held = self.session.unsaved.get(self.spot)
        self._base = held.base if held else self.session.stored(self.spot)
        self._handed = stored
        if self.field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            several = self.field.kind is FieldKind.CHOICES
            self._editor = Choice(self.field.term, _values(stored), several=several)
        elif self.field.kind is FieldKind.WORDS:
            self._editor = Words(stored)
        else:
            self._editor = Line(self._shown(stored))
        self._known = "" if isinstance(self._editor, Choice) else self._editor.value
        self.mask(self.session.masked)  # before it is first drawn
        yield self._editor
        yield Static(Content(""), classes="under")

    def _label_content(self) -> Content:
        owed = "  ◂ owed" if self._owed else ""
        return as_typed(f"{self.field.label}{owed}")

    def _shown(self, stored: str) -> str:
        """A stored date as people read it; anything else as it is."""
        if self.field.kind is FieldKind.DATE and stored:
            try:
                value = self.field.parse(stored)
            except BadInput:
                return stored
            return long_date(value)  # type: ignore[arg-type]
        return stored

    @property
    def editor(self) -> Words | Line | Choice:
        """The widget that takes the keys."""
        if self._editor is None:
            msg = "a field has an editor once it is composed"
            raise RuntimeError(msg)
        return self._editor

    # -- following the record ------------------------------------------------------

    def on_mount(self) -> None:
        """A box made in idle time shows the record as it is when it is reached."""
        self.session.attend(self.hand_over)
        self.call_after_refresh(self.follow)

    def on_unmount(self) -> None:
        """What was typed as the box was going is handed over still."""
        self.hand_over()
        self.session.dismiss(self.hand_over)
        if self.spot in self.session.unsaved:
            self.session.flush(self.spot)

    def hand_over(self) -> None:
        """Tell the session what the editor holds, where it does not know yet."""
        editor = self._editor
        if editor is None or isinstance(editor, Choice) or editor.value == self._known:
            return
        self._follow_own()
        text = editor.value
        try:
            self._handed = self._to_store(text)
        except Exception:
            self._handed = text  # what could not be read is kept all the same
            raise
        finally:
            self._known = text
            self.session.typed(self.spot, self._handed, time.monotonic(), self._base)

    def stored_elsewhere(self) -> None:
        """Whoever put into the editor what it holds now stores it too, with more."""
        self._known = self._handed = cast("Words", self.editor).value

    def _follow_own(self) -> bool:
        """Whether what is stored is what this desk stored; then typing goes on from there."""
        stored = self.session.stored(self.spot)
        own = self.session.own.get(self.spot) == (self._handed, stored)
        if own:
            self._base = stored
        return own

    def _load(self, stored: str) -> None:
        editor = self.editor
        if isinstance(editor, Choice):
            editor.load(_values(stored))
            return
        editor.load(self._shown(stored))
        self._known, self._handed = editor.value, stored

    def show_owed(self, owed: bool) -> None:  # noqa: FBT001 - a state, not a switch
        """Whether a gap names this field."""
        if owed != self._owed and self.children:
            self._owed = owed
            label = self.query_one(".label", Static)
            label.set_class(owed, "-owed")
            label.update(self._label_content())

    def follow(self) -> None:
        """Show what the record holds, unless somebody is typing here."""
        if not self.children:
            return  # not composed yet; it follows as soon as it is
        self.hand_over()
        held = self.session.unsaved.get(self.spot)
        self._say((held.problem if held else self._carried()) or self._told)
        self.mask(self.session.masked)
        if held or self.session.conflict_at(self.spot):
            return
        editor, stored = self.editor, self.session.stored(self.spot)
        own = self._follow_own()
        if isinstance(editor, Choice):
            if editor.picked != _values(stored):
                self._load(stored)
        elif editor.value != self._shown(stored) and not (
            # What is stored of a date or a list is not letter for letter what is being typed.
            own and editor.has_focus and self.field.kind not in EXACT
        ):
            self._load(stored)
        self._base = stored

    def mask(self, masked: bool) -> None:  # noqa: FBT001 - a state, not a switch
        """Hide the words on a shared screen unless the field is marked open."""
        hide = masked and not self._is_open
        if hide == self._masked:
            return
        self._masked = hide
        editor = self.editor
        if isinstance(editor, Choice):
            editor.hidden = hide
        else:
            editor.masked = hide

    @property
    def _is_open(self) -> bool:
        return self.field.sensitivity is Sensitivity.OPEN

    def _carried(self) -> str:
        answer = self.session.meeting.answers.get((self.spot.owner, self.spot.field))
        if answer and not self.spot.entry and answer.is_unconfirmed:
            return f"carried from {hidden(answer.carried_from)}, not confirmed (^F y)"
        return ""

    def _say(self, text: str, *, understood: bool = False) -> None:
        if not self._is_open:  # what was understood, and what is wrong, say what was typed
            text = hidden(text)
        if (text, understood) == self._under or not self.is_attached:
            return
        self._under = (text, understood)
        under = self.query_one(".under", Static)
        under.set_class(bool(text) and not understood, "-problem")
        under.set_class(understood, "-understood")
        under.update(as_typed_line(text))

    # -- keys ----------------------------------------------------------------------

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """A visit begins."""
        self._back = None
        self.session.arrive(self.spot)

    @on(Words.Edited)
    @on(Line.Edited)
    def _edited(self, event: Words.Edited | Line.Edited) -> None:
        # Not what the message says: the editor may hold more by now, or have been filled anew.
        event.stop()
        self._back = None
        self.hand_over()
        self.session.save_overdue(self.spot, time.monotonic())

    @on(Words.Left)
    @on(Line.Left)
    def _left(self, event: Words.Left | Line.Left) -> None:
        event.stop()
        self._told = ""
        self.session.leave(self.spot)
        self.follow()

    @on(Words.Replaced)
    def _replaced(self, event: Words.Replaced) -> None:
        event.stop()
        what = "character was" if event.count == 1 else "characters were"
        self._told = f"{event.count} control {what} made visible as \ufffd; nothing was dropped"
        self._say(self._told)

    @on(Line.Submitted)
    def _submitted(self, event: Line.Submitted) -> None:
        event.stop()
        self.session.leave(self.spot)
        self.screen.focus_next()

    @on(Choice.Picked)
    def _picked(self, event: Choice.Picked) -> None:
        event.stop()
        self.session.typed(self.spot, ",".join(event.values), time.monotonic())
        self.session.leave(self.spot)

    @on(Words.UndoWanted)
    @on(Choice.UndoWanted)
    def _undo_wanted(self, event: Words.UndoWanted | Choice.UndoWanted) -> None:
        """Undo goes on past this visit, one earlier visit at a time."""
        event.stop()
        self.session.flush(self.spot)
        if self._back is None:
            self._back = [kept.text for kept in self.session.earlier(self.spot)]
            # What is put back is a visit of its own: what stands now is kept once.
            self.session.arrive(self.spot)
        while self._back and self._back[-1] == self.session.stored(self.spot):
            self._back.pop()
        if not self._back:
            self.app.bell()
            return
        self.session.typed(self.spot, self._back.pop(), time.monotonic())
        self.session.flush(self.spot)
        self._load(self.session.text(self.spot))

    def _to_store(self, text: str) -> str:
        """A date said in words becomes the day it means, shown back under the field."""
        if self.field.kind is not FieldKind.DATE or not text.strip():
            self._say("")
            return text
        meeting, area = self.session.meeting, self.session.chairing.area
        try:
            day = self.field.parse(text)
        except BadInput:
            said = read_date(text, meeting.held_on, area.calendar)
            if said.day is None:
                self._say(said.problem)
                return text
            day = said.day
        self._say(f"{day:%A} {long_date(day)}", understood=True)  # type: ignore[arg-type]
        return store_text(day)


def _values(stored: str) -> tuple[str, ...]:
    return tuple(part for part in stored.split(",") if part)
