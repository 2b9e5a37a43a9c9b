"""A form for one entry: every field saved as it is typed; Esc goes back, nothing is lost."""

from __future__ import annotations

import time
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.fields import fields_of
from panelkit.domain.quick import smart_of
from panelkit.opened.session import Session, Spot
from panelkit.opened.sharing import Shareable
from panelkit.opened.showing import hidden
from panelkit.tui.following import Following
from panelkit.tui.keys import MEETING_KEYS
from panelkit.tui.messages import Problem
from panelkit.tui.screens.conflict import Choosing
from panelkit.tui.screens.earlier import EarlierWords
from panelkit.tui.screens.fieldhistory import HistoryOfField
from panelkit.tui.screens.listing import Leader
from panelkit.tui.screens.withdrawing import Withdrawing
from panelkit.tui.sight import take_keys
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.fieldbox import FieldBox


class EntryForm(
    Following, EarlierWords, HistoryOfField, Withdrawing, Choosing, Shareable, ModalScreen[None]
):
    """One entry; the form writes nothing that nobody typed.

    With all its fields it hides most of what is behind it, and nothing of that is drawn: it would be
    most of the work of a key. With a few fields the meeting is seen around it.
    """

    DEFAULT_CSS = """
    EntryForm { align: center middle; background: $background; }
    EntryForm.-few { background: $background 40%; }
    EntryForm > VerticalScroll { width: 94%; max-width: 124; height: auto; max-height: 94%; background: $panel; border: solid $primary; padding: 0 1; }
    EntryForm .title { text-style: bold; height: auto; }
    EntryForm .under-title { color: $text-muted; height: auto; margin-bottom: 1; }
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "leave", "Done", priority=True),
        Binding("ctrl+f", "leader", "Keys", priority=True),
    ]

    def __init__(
        self, session: Session, kind: type[e.Entry], entry: str, only: tuple[str, ...] = ()
    ) -> None:
        """``only`` names the fields shown; blank shows all."""
        super().__init__(classes="-few" if only else None)
        self.session = session
        self.kind = kind
        self.entry = entry
        self.only = only

    def compose(self) -> ComposeResult:
        """Title, what is still weak, the fields, then what hangs from the entry."""
        with VerticalScroll(can_focus=False):
            yield Static(self._title_content(), classes="title")
            yield Static(self._under_content(), classes="under-title")
            yield from self.compose_fields()

    def compose_fields(self) -> ComposeResult:
        """A box for each field."""
        for field in fields_of(self.kind):
            if not self.only or field.key in self.only:
                yield FieldBox(self.session, Spot(self.kind.kind, field.key, self.entry), field)

    def _title_content(self) -> Content:
        row = self.session.entry(self.kind.kind, self.entry)
        ref = ""
        if row is not None and row.number:
            ref = row.ref if row.prefix or isinstance(row, e.Action) else str(row.number)
        return as_typed(f"{self.kind.title} {ref}   saved as you type; Esc goes back")

    def _under_content(self) -> Content:
        row = self.session.entry(self.kind.kind, self.entry)
        lines = []
        if isinstance(row, e.Action):
            if self.only:
                lines.append(hidden(row.text))
            else:
                tests = smart_of(row, self.session.meeting)
                lines.append(
                    "   ".join(f"{letter} {'ok' if met else how}" for letter, met, how in tests)
                )
        if row is not None and row.is_unconfirmed:
            lines.append(f"carried from {hidden(row.carried_from)}; a change confirms it")
        if row is not None and row.withdrawn:
            lines.append(f"withdrawn: {hidden(row.withdrawn)}")
        return as_typed("\n".join(lines))

    def on_mount(self) -> None:
        """The first empty field of a new entry takes the keys; of a stored one, the first."""
        # A correction has a session of its own that no other screen saves.
        self.set_interval(0.25, self._tick)
        boxes = list(self.query(FieldBox))
        begun = self.entry in self.session.pending
        empty = [box for box in boxes if begun and not self.session.text(box.spot)]
        if boxes:
            first = (empty or boxes)[0]
            take_keys(first.editor, first)
        self.follow()

    def _tick(self) -> None:
        self.session.tick(time.monotonic())
        self.show_conflict()

    def save_everything(self) -> None:
        """Everything typed is made durable now; for signals and faults."""
        self.session.save_all()

    def follow(self) -> None:
        """Show the entry as it is now, while there is a form to show it in."""
        if self.query(".title"):  # a field may be saved last of all as its form goes
            self.show_entry()

    def show_entry(self) -> None:
        """Show it."""
        for box in self.query(FieldBox):
            box.follow()
        for table in self.query(EntryTable):
            table.follow()
        # None while the form is on its way in or out: the meeting may change at that moment.
        for title in self.query(".title").results(Static):
            title.update(self._title_content())
        for under in self.query(".under-title").results(Static):
            under.update(self._under_content())

    @on(Problem)
    def _problem(self, event: Problem) -> None:
        event.stop()
        notify_typed(self.app, event.sentence, "warning")

    def action_leader(self) -> None:
        """The leader key: then one letter, as on the screen underneath."""
        keys = {key.letter: key for key in MEETING_KEYS if key.id in FORM_KEYS}

        def chosen(letter: str | None) -> None:
            if letter in keys:
                self.run_worker(self.run_action(keys[letter].id), group="leader")

        self.app.push_screen(Leader([(key.letter, key.label) for key in keys.values()]), chosen)

    def action_leave(self) -> None:
        """Everything typed is saved; what cannot be is kept and said."""
        self.session.flush()
        waiting = [s for s in self.session.unsaved if s.entry == self.entry]
        if waiting and not self.session.problem:
            held = self.session.unsaved[waiting[0]]
            notify_typed(
                self.app,
                f"{held.problem} Mend it, or clear the field, before going back.",
                "warning",
            )
            return
        if not waiting:  # what cannot be stored yet still needs the entry it belongs to
            self.session.pending.pop(self.entry, None)
        self.dismiss(None)


FORM_KEYS: Final = frozenset({"earlier", "history"})
"""Keys of the chair's screen that a form has as well."""
