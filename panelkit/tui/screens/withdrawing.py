"""Withdrawing an entry with a reason, and bringing it back, from whichever screen lists it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from panelkit.domain import entries as e
from panelkit.opened.session import Session, Step
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.entrytable import EntryTable

if TYPE_CHECKING:
    from textual.screen import Screen


class Withdrawing:
    """For a screen with a ``session`` that shows entries."""

    session: Session

    def on_entry_table_withdraw_wanted(self, event: EntryTable.WithdrawWanted) -> None:
        """Delete on a row: withdraw what stands, bring back what was withdrawn."""
        event.stop()
        row = self.session.entry(event.kind.kind, event.entry)
        if row is None:
            return
        if not row.is_live:
            self.bring_back(event.kind, event.entry)
            return
        title = f"Withdraw this {event.kind.title.lower()}: why? It keeps its number and prints as withdrawn."
        chairing, kind, entry = self.session.chairing, event.kind, event.entry
        self._with_reason(
            title,
            "Enter withdraws it",
            lambda reason: lambda m: chairing.withdraw(m, kind, entry, reason),
        )

    def bring_back(self, kind: type[e.Entry], entry: str) -> None:
        """Ask why, then bring it back."""
        chairing = self.session.chairing
        self._with_reason(
            f"Bring this {kind.title.lower()} back: why? It keeps its number.",
            "Enter brings it back",
            lambda reason: lambda m: chairing.bring_back(m, kind, entry, reason),
        )

    def _with_reason(self, title: str, doing: str, step: Callable[[str], Step]) -> None:
        app = cast("Screen[Any]", self).app

        def taken(reason: str | None) -> None:
            if reason and (refused := self.session.do(step(reason))):
                notify_typed(app, refused, "warning")

        app.push_screen(
            OneLine(title, lambda text: f"{doing}: {text}", hint="A reason is needed."), taken
        )
