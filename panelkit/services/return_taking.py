"""Lines of returns taken into the record while the panel meets, each by one act of a person."""

from __future__ import annotations

from panelkit.domain import returns as r
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.stepping import saved
from panelkit.store.record import Record


@acting(Act.RECORD)
class ReturnTaking:
    """Verbs over one record, for whoever chairs or takes the minutes."""

    def __init__(self, record: Record, clock: Clock, who: str) -> None:
        """Acting as ``who``."""
        self.record = record
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def take(self, meeting: Meeting, line_id: str) -> Meeting:
        """One line taken into the record, as from the return and not as said in the room.

        Raises Refused and NotFound as :func:`panelkit.domain.returns.taken`.
        """
        made, by = new_id(), self.by()
        return saved(self.record, meeting, lambda m: r.taken(m, line_id, by, made), by, "return")

    def set_aside(self, meeting: Meeting, line_id: str) -> Meeting:
        """A line set aside; one that was is offered again. Raises Refused for one that is taken."""
        by = self.by()
        return saved(self.record, meeting, lambda m: r.set_aside(m, line_id, by), by, "return")

    def agree(self, meeting: Meeting, line_id: str) -> Meeting:
        """Its giver was asked and agrees that it is minuted. Raises Refused where the return says no."""
        by = self.by()
        return saved(self.record, meeting, lambda m: r.agreed(m, line_id, by), by, "return")
