"""A server that does not answer is a sentence and a way on, on every screen.

What is read to open a meeting or the home screen is read by an errand, so that no screen stands
still for it. Whatever else cannot be read is met by :mod:`panelkit.tui.away`, and the program goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual.app import App

from panelkit.domain.errors import NotSaved, PanelkitError
from panelkit.domain.people import Act
from panelkit.store.hurry import hurried, watched
from panelkit.tui.errands import Errand
from panelkit.tui.typed import notify_typed

if TYPE_CHECKING:
    from panelkit.services.desk import Desk

R = TypeVar("R")
AT_ONCE: Final = 0.4
"""Seconds for which a key waits for an errand before a screen says that one is under way."""


class ReachesServer(App[None]):
    """Mixed in before ``App``, and before what pushes screens or stops for a fault."""

    desk: Desk | None

    def start_reaching(self) -> None:
        """From now on nobody waits long for a server where a screen stands still meanwhile."""
        watched()

    def why_not_reached(self) -> str:
        """Why the record does not answer now, in a sentence; blank where it does, or is a file."""
        record = self.desk.caseload.record if self.desk is not None else None
        if record is None or not record.is_on_server:
            return ""
        try:
            with hurried():
                record.ask()
        except NotSaved as failed:
            return failed.message
        return ""

    def read_then(
        self, what: str, job: Callable[[], R], show: Callable[[R], None], back: Callable[[], None]
    ) -> None:
        """Read ``what`` with ``job`` and ``show`` it: at once, or as soon as a server answers.

        Meanwhile a screen says so, and Esc goes ``back``. Raises what ``job`` raises at once.
        """
        record = self.desk.caseload.record if self.desk is not None else None
        if record is None or not record.is_on_server:
            show(job())
            return
        errand = Errand(job)
        if errand.wait(AT_ONCE):
            try:
                found = errand.answer()
            except NotSaved:
                errand = Errand(job)
            else:
                show(found)
                return
        from panelkit.tui.screens.waiting import Waiting

        def came(found: R | PanelkitError | None) -> None:
            if found is None or isinstance(found, PanelkitError):
                if found is not None:
                    notify_typed(self, found.sentence, "error")
                self.call_later(back)
            else:
                self.call_later(show, found)  # once what lay under it has come back

        self.push_screen(Waiting(what, record, job, errand), came)

    # -- opening a screen ----------------------------------------------------------------

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """As ``App``; one that reads a record which does not answer is a sentence instead."""
        reads = isinstance(getattr(screen, "needs", None), Act)
        why = self.why_not_reached() if reads and not getattr(screen, "waits", False) else ""
        if why:
            from panelkit.tui.screens.waiting import NotReached

            screen, args, options = NotReached(why), (), {}
        return super().push_screen(screen, *args, **options)
