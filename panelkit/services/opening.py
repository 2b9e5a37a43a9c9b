"""Opening a case is journaled (Data Protection Act 2018 s.62): who, when, by which screen or command.

One row for each opening, never for each refresh. It holds no words. Where it cannot be written
now, nobody is kept from the case: the caller says so, and tries again where it goes on.
"""

from __future__ import annotations

from collections.abc import Sequence

from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import By, Meeting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.store.record import Record


class Opening:
    """Notes openings, over one record, as one person."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """``clock`` says when."""
        self.record = record
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who opens, now."""
        return By(self.who, self.clock())

    def note(
        self,
        meetings: Sequence[Meeting | tuple[str, str]],
        how: str,
        *,
        by: By | None = None,
        command: str = "",
    ) -> str:
        """One row each; why it could not be written, blank where it was.

        A meeting may be named by its id and its case's alone, where it need not be read.
        ``how`` is a word or two, never case text. The same ``command`` again changes nothing.
        """
        opened = [
            (each.id, each.case.id) if isinstance(each, Meeting) else each for each in meetings
        ]
        try:
            self.record.note_opened(
                opened, by or self.by(), how=f"opened: {how}", command=command or new_id()
            )
        except PanelkitError as failed:
            return failed.message
        return ""
