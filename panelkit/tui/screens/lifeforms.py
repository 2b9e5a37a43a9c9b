"""Two forms of the life of minutes: words to be given, and the attestation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import NotSaved
from panelkit.store.record import Record
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a form asks for."""

    key: str
    label: str
    text: str = ""
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Drafts:
    """Where words begun and not taken are kept, so that nothing typed is lost."""

    record: Record
    meeting_id: str
    who: str

    def get(self, line: str) -> str:
        """What was begun; blank for nothing."""
        return self.record.draft(self.meeting_id, self.who, line)

    def keep(self, line: str, words: str) -> bool:
        """Keep it; False where it cannot be kept now, and it is tried again."""
        try:
            self.record.set_draft(self.meeting_id, self.who, line, words)
        except NotSaved:
            return False
        return True


class WordsForm(ModalScreen[dict[str, str] | None]):
    """Asks for words. F10 takes them; Esc keeps what was typed for the next time."""

    DEFAULT_CSS = """
    WordsForm { align: center middle; background: $background 40%; }
    WordsForm > VerticalScroll { width: 92%; max-width: 110; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 1; }
    WordsForm Static { height: auto; }
    WordsForm .title { text-style: bold; }
    WordsForm .keys { color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
        Binding("f10", "take", "Take", priority=True),
    ]

    def __init__(self, title: str, asked: Sequence[Asked], drafts: Drafts, line: str) -> None:
        """``line`` names the drafts of this form."""
        super().__init__()
        self.heading = title
        self.asked = tuple(asked)
        self.drafts = drafts
        self.line = line
        self._kept: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Title, each thing asked with its editor, keys."""
        with VerticalScroll(can_focus=False):
            yield Static(as_typed(self.heading), classes="title")
            for one in self.asked:
                yield Static(as_typed(one.label))
                begun = self.drafts.get(f"{self.line}.{one.key}")
                editor = Words(begun or one.text, id=f"w-{one.key}")
                editor.styles.height = one.lines
                yield editor
            yield Static(
                as_typed("F10 takes it   Tab next   Esc leaves; words are kept"), classes="keys"
            )

    def on_mount(self) -> None:
        """The first editor has the keys."""
        self.query(Words).first().focus()
        self.set_interval(0.5, self.keep)

    def given(self) -> dict[str, str]:
        """What the editors hold."""
        return {one.key: self.query_one(f"#w-{one.key}", Words).value for one in self.asked}

    def keep(self) -> None:
        """What is typed so far is made durable."""
        start = {one.key: one.text for one in self.asked}
        for key, words in self.given().items():
            if words != self._kept.get(key, start[key]) and self.drafts.keep(
                f"{self.line}.{key}", words
            ):
                self._kept[key] = words

    def save_everything(self) -> None:
        """For signals and faults."""
        self.keep()

    def action_take(self) -> None:
        """The words are given; their drafts are forgotten once they are stored."""
        self.keep()
        self.dismiss(self.given())

    def action_leave(self) -> None:
        """Nothing is taken; the words wait for the next time."""
        self.keep()
        self.dismiss(None)


class Attest(ModalScreen[tuple[str, ...] | None]):
    """The statements of an approval, each confirmed with Enter; F10 then approves."""

    DEFAULT_CSS = """
    Attest { align: center middle; background: $background 40%; }
    Attest > VerticalScroll { width: 92%; max-width: 120; height: auto; max-height: 90%; background: $panel; border: solid $primary; padding: 0 1; }
    Attest Static { height: auto; }
    Attest .title { text-style: bold; }
    Attest .keys { color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
        Binding("f10", "take", "Approve", priority=True),
    ]

    def __init__(self, title: str, statements: Sequence[str], under: str) -> None:
        """``under`` says what is owed, if anything."""
        super().__init__()
        self.heading = title
        self.statements = tuple(statements)
        self.under = under
        self.confirmed: set[int] = set()

    def compose(self) -> ComposeResult:
        """Title, statements, what is owed, keys."""
        with VerticalScroll(can_focus=False):
            yield Static(as_typed(self.heading), classes="title")
            yield RowList(self._rows(), (13, 20))
            yield Static(as_typed(self.under))
            yield Static(
                as_typed("Enter confirms a statement   F10 approves   Esc leaves"), classes="keys"
            )

    def _rows(self) -> list[Row]:
        return [
            Row(
                str(n),
                ("[confirmed]" if n in self.confirmed else "[ ]", f"Statement {n + 1}"),
                under=said,
            )
            for n, said in enumerate(self.statements)
        ]

    def on_mount(self) -> None:
        """The first statement is under the cursor."""
        self.query_one(RowList).focus()

    @on(RowList.OptionSelected)
    def _confirm(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.confirmed ^= {int(event.option.id or 0)}
        self.query_one(RowList).follow(self._rows())

    def action_take(self) -> None:
        """What was confirmed; the service refuses where something is not."""
        self.dismiss(tuple(self.statements[n] for n in sorted(self.confirmed)))

    def action_leave(self) -> None:
        """Back, nothing approved."""
        self.dismiss(None)
