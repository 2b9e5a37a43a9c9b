"""The key figures of a quarter; each opens to the meetings behind it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.audit.kpis import Figure
from panelkit.audit.trends import Quarter
from panelkit.services.desk import Desk
from panelkit.tui.screens.audits.shown import figure_rows, figure_text
from panelkit.tui.screens.listing import Page
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import RowList


class FiguresScreen(ModalScreen[None]):
    """What a coordinator tells the board, with everything that stands behind it."""

    DEFAULT_CSS = """
    FiguresScreen { align: center middle; background: $background 40%; }
    FiguresScreen > Vertical { width: 94%; max-width: 130; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    FiguresScreen .title { text-style: bold; height: auto; }
    FiguresScreen .foot { color: $text-muted; height: auto; }
    FiguresScreen RowList { max-height: 40; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    def __init__(self, desk: Desk, quarter: Quarter) -> None:
        """``quarter`` is the one they are of."""
        super().__init__()
        self.desk = desk
        self.quarter = quarter
        self.figures: tuple[Figure, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, the figures, the keys."""
        with Vertical():
            yield Static(as_typed(f"Key figures, {self.quarter.label}"), classes="title")
            yield RowList((), (8, 44, 26, 13, 13))
            foot = "Enter opens the meetings behind a figure   Esc Back"
            yield Static(as_typed(foot), classes="foot")

    def on_mount(self) -> None:
        """Work them out and show them."""
        report = self.desk.key_figures.report(self.quarter.start, self.quarter.end)
        self.figures = report.figures
        rows = self.query_one(RowList)
        rows.follow(list(figure_rows(self.figures)))
        rows.focus()

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        figure = self.figures[int(event.option.id or "0")]
        title = f"{figure.measure.id}  {figure.measure.title}, {self.quarter.label}"
        self.app.push_screen(Page(title, as_typed(figure_text(figure))))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
