"""A line that is typed unseen."""

from __future__ import annotations

from textual.widgets import Input


class Secret(Input):
    """A line that is typed unseen, and that never reaches the clipboard."""

    # Textual frames what has the focus, which leaves no room for a line one cell high.
    DEFAULT_CSS = """
    Secret { height: 1; border: none; padding: 0 1; background: $surface; }
    Secret:focus { border: none; background: $primary 20%; }
    """

    def action_copy(self) -> None:
        """Nothing: the terminal would keep it."""

    def action_cut(self) -> None:
        """Nothing, for the same reason."""
