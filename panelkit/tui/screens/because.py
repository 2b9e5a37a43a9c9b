"""One reason, and what is done with it: something is taken back and stays in sight beside it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.tui.screens.statistics.forms import FigureForm


class Because(FigureForm):
    """Asks why, and does it. Returns what was done, in a sentence; "" for nothing."""

    last_line = "because"

    def __init__(
        self, desk: Desk, needs: Act, heading: str, facts: str, act: Callable[[str], str]
    ) -> None:
        """``facts`` say what it is about; ``act`` does it and says so, or raises PanelkitError."""
        super().__init__(desk, heading, facts)
        self.needs = needs
        self.act = act

    def questions(self) -> ComposeResult:
        """Why."""
        yield from self.ask_line("because", "Why, in a few words and without a name")

    def on_mount(self) -> None:
        """The reason is the only question."""
        self.first("because")

    def make(self) -> str:
        """Done, with the reason."""
        why = self.needed("because", "Say why, in a few words: it stays in sight beside it.")
        return self.act(why)
