"""No record yet: the demonstration, or a new record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from panelkit.domain.errors import PanelkitError
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.tui.app import Opening, PanelkitApp

NEW = "new"
"""Made at the terminal, where a passphrase is asked for as every program asks for one."""
WORDS = {
    "demo": (
        "Look round first",
        "the demonstration: eight fictional meetings, one in progress, in a record of their own",
    ),
    NEW: (
        "Start a new record",
        "on this computer, encrypted; a passphrase is asked for next",
    ),
}
"""What each choice is called."""


class FirstStart(Listing):
    """Two choices; either is one key."""

    def __init__(self, choices: Mapping[str, Opening]) -> None:
        """``choices`` open a record each."""
        rows = [Row(name, WORDS[name]) for name in choices]
        super().__init__(
            "panelkit: there is no record on this computer yet",
            rows,
            (22, 80),
            foot="Enter chooses   Esc leaves",
        )
        self.choices = choices

    def dismiss(self, result: tuple[str, str] | None = None) -> object:  # type: ignore[override]
        """Open what was chosen; Esc leaves the program."""
        app = cast("PanelkitApp", self.app)
        chosen = result[0] if result else ""
        if not chosen or chosen == NEW:
            app.wants_new = chosen == NEW
            app.exit()
            return super().dismiss(result)
        try:
            app.desk = self.choices[chosen]()
        except PanelkitError as failed:
            notify_typed(app, failed.sentence, "error")
            return None
        done = super().dismiss(result)
        app.call_later(app.open_first_screen)
        return done
