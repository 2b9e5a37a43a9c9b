"""One thing that is owed, and how it names what it is about: never by case text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import Stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that is owed, and what it stops."""

    item: str
    """Where: the agenda item."""

    field: str
    """Which field, or the name of the rule."""

    message: str
    """A sentence without case text beyond names of organisations and references."""

    stops: Stops
    """What it stops, while it is not parked."""

    why: str = ""
    """Why it matters, with its source."""

    entry: str = ""
    """Id of the entry it is in, so that the list can jump there."""

    can_park: bool = True
    """Whether the chair may close without it, giving a reason that prints."""

    parked: str = ""
    """The reason it was parked; such a gap stops nothing but approval of silence."""

    parked_until: date | None = None
    """The date a parked disclosure or level must carry."""

    @property
    def gate(self) -> str:
        """What a parked entry names."""
        return f"{self.field}:{self.entry}" if self.entry else self.field


Rule = Callable[[Meeting, Area], Iterator[Gap]]
"""What no single field can show."""


def name_of(row: e.Entry) -> str:
    """How a gap names an entry: by reference, organisation or group, never by case text."""
    match row:
        case e.Action():
            return f"Action {row.ref}"
        case e.Contribution() if row.organisation:
            return row.organisation
        case e.Attendance():
            return row.organisation or f"Person {row.number}"
        case e.RiskRating() if row.group:
            return row.group.label
        case e.AgencyView() if row.organisation:
            return f"View of {row.organisation}"
        case e.Entry() if row.prefix:
            return f"{row.title} {row.ref}"
        case _:
            return f"{row.title} {row.number}"
