"""A copy of what an earlier day left in none, made while the program goes on.

Most people close the terminal: then nothing is made on the way out, and the next start makes it
up. It has a connection of its own; keys are served meanwhile.
"""

from __future__ import annotations

import asyncio

from textual.app import App

from panelkit.domain.errors import PanelkitError
from panelkit.services.desk import Desk
from panelkit.tui.typed import notify_typed


class MakesCopies(App[None]):
    """An app that makes up for a copy that was not made. Mixed in before ``App``."""

    def make_up_for_copies(self, desk: Desk) -> None:
        """Begin to, where one is overdue. A record that cannot be asked now is asked next time."""
        try:
            overdue = not desk.demo and desk.keeping.is_overdue()
        except PanelkitError:
            return
        if overdue:
            self.run_worker(
                self._make_copy(desk), group="copies", description="a copy of an earlier day"
            )

    async def _make_copy(self, desk: Desk) -> None:
        def in_thread() -> bool:
            record = desk.caseload.record.open_again()
            try:
                keeping = desk.keeping_over(record)
                keeping.tidy()
                return keeping.make().checked.is_good
            finally:
                record.close()

        try:
            if not await asyncio.to_thread(in_thread):
                notify_typed(self, "The record is not as it was written: see panelkit verify.", "error")  # fmt: skip
        except PanelkitError as failed:
            notify_typed(self, f"No copy was made: {failed.sentence}", "warning")
