"""Every revision of one field: compare any two word by word, restore one as a new revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.compare import compare
from panelkit.domain.fields import short_date
from panelkit.services.clock import room_time
from panelkit.store.history import Kept
from panelkit.tui.screens.minutes.aside import differences_content
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: a revision to stand again, or one to compare with beside the words."""

    text: str
    restore: bool
    title: str


class Revisions(ModalScreen[Chosen | None]):
    """The newest first; the last line is compared with what is marked, else with what stands."""

    DEFAULT_CSS = """
    Revisions { align: center middle; background: $background 40%; }
    Revisions > Vertical { width: 94%; max-width: 130; height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    Revisions .title { text-style: bold; height: auto; }
    Revisions .foot { color: $text-muted; height: auto; }
    Revisions RowList { height: auto; max-height: 9; }
    Revisions VerticalScroll { height: 1fr; border-top: solid $primary; }
    Revisions #between { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    def __init__(self, label: str, kept: tuple[Kept, ...], now: Kept, *, frozen: bool) -> None:
        """``now`` is what stands; ``kept`` what stood before, oldest first."""
        super().__init__()
        self.place_name = label
        self.every = (*kept, now)
        self.frozen = frozen
        self.marked = len(self.every) - 1

    def compose(self) -> ComposeResult:
        """Title, revisions, the difference, keys."""
        with Vertical():
            yield Static(as_typed(f"Revisions of {self.place_name}"), classes="title")
            yield RowList(self._rows(), (3, 8, 20, 20, 40), letters="rm")
            with VerticalScroll(can_focus=False):
                yield Static(Content(""), id="between")
            foot = "m mark, to compare others with it   Enter compare beside the words   r restore   Esc back"
            yield Static(as_typed(foot), classes="foot")

    def on_mount(self) -> None:
        """The newest but one is under the cursor."""
        rows = self.query_one(RowList)
        rows.focus()
        rows.highlighted = min(1, len(self.every) - 1)
        self._show()

    def _rows(self) -> list[Row]:
        return [self._row(place) for place in range(len(self.every) - 1, -1, -1)]

    def _row(self, place: int) -> Row:
        kept = self.every[place]
        at = room_time(kept.typed_at) if kept.typed_at else None
        when = f"{short_date(at.date())} {at:%H:%M}" if at else "time not kept"
        name = "now" if place == len(self.every) - 1 else "" if kept.checked else "NOT AS JOURNALED"
        words = kept.text or "(blank)"
        mark = "*" if place == self.marked else ""
        return Row(
            str(place),
            (mark, f"{place + 1} {name}".strip(), kept.typed_by or "not kept", when, words),
        )

    @on(RowList.OptionHighlighted)
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        current = self.query_one(RowList).current
        if not current:
            return
        a, b = sorted((int(current), self.marked))
        pieces = compare(self.every[a].text, self.every[b].text)
        title = f"from revision {a + 1} to {b + 1}" if a != b else f"revision {a + 1}"
        self.query_one("#between", Static).update(differences_content(title, pieces))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if not event.row:
            return
        if event.letter == "m":
            self.marked = int(event.row)
            self.query_one(RowList).follow(self._rows())
            self._show()
        elif not self.frozen:
            self.dismiss(self._chosen(event.row, restore=True))

    @on(RowList.OptionSelected)
    def _selected(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._chosen(event.option.id or "0", restore=False))

    def _chosen(self, row: str, *, restore: bool) -> Chosen:
        return Chosen(self.every[int(row)].text, restore, f"since revision {int(row) + 1}")

    def action_leave(self) -> None:
        """Back; nothing changes."""
        self.dismiss(None)
