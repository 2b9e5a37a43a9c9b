"""What one open meeting sends to a server that answers late, one passage after another.

The words wait in the outbox with their command id meanwhile, so that neither a crash nor an answer
that is lost loses or doubles anything; keys and screens wait for none of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from panelkit.domain.errors import PanelkitError
from panelkit.domain.holding import HandOver
from panelkit.domain.meeting import Meeting
from panelkit.domain.reached import Reached
from panelkit.tui.errands import Errand

if TYPE_CHECKING:
    from panelkit.store.record import Record
    from panelkit.tui.session import Spot, Unsaved

REST: Final = 3.0
"""Seconds between two errands: whoever writes holds the record's turn for as long as the server is
slow, and others, who try every two seconds, come in between."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an errand."""

    spot: Spot | None = None
    """Whose words were sent; None where the meeting was read, or a line kept."""
    held: Unsaved | None = None
    text: str = ""
    """The words as they were sent; more may have been typed since."""
    meeting: Meeting | None = None
    again: bool = False
    """Whether an earlier try had stored them, so that others may have written since."""
    went: HandOver | None = None
    """With a meeting that was read: the last file that went to another desk."""
    failed: PanelkitError | None = None


class Sending:
    """One meeting's errands: never two at once."""

    def __init__(self, record: Record) -> None:
        """``record`` is the one that the meeting is of."""
        self._record = record
        self._errand: Errand[Came] | None = None
        self._about = Came()
        self._rest_until = 0.0

    @property
    def is_slow(self) -> bool:
        """Whether the server answers late, so that nothing is asked where a key was pressed."""
        return self._record.reached is Reached.SLOWLY

    @property
    def is_under_way(self) -> bool:
        """Whether an errand is, or its answer was not taken yet."""
        return self._errand is not None

    @property
    def may_begin(self) -> bool:
        """Whether another errand may be given now."""
        return self.is_slow and self._errand is None and time.monotonic() >= self._rest_until

    def send(
        self, spot: Spot, held: Unsaved, stores: Callable[[], Meeting], *, again: bool
    ) -> None:
        """These words, by an errand; where they were sent before, whether they came is asked first."""
        command, text = held.command, held.text

        def job() -> Came:
            was = again and self._record.was_stored(command)
            return Came(spot, held, text, stores(), was)

        self._begin(Came(spot, held, text), job)

    def keep(self, line: str, stores: Callable[[], None]) -> None:
        """A line that was begun, by an errand."""

        def job() -> Came:
            stores()
            return Came(text=line)

        self._begin(Came(text=line), job)

    def read(self, loads: Callable[[], tuple[Meeting, HandOver | None]]) -> None:
        """The meeting as it is stored now, by an errand."""

        def job() -> Came:
            meeting, went = loads()
            return Came(meeting=meeting, went=went)

        self._begin(Came(), job)

    def _begin(self, about: Came, job: Callable[[], Came]) -> None:
        self._about, self._errand = about, Errand(job)

    def came(self) -> Came | None:
        """What came of the errand, once; None while it is under way."""
        errand, about = self._errand, self._about
        if errand is None or not errand.is_done:
            return None
        self._errand, self._rest_until = None, time.monotonic() + REST
        try:
            return errand.answer()
        except PanelkitError as failed:
            return Came(about.spot, about.held, about.text, failed=failed)
