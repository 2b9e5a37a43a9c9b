"""What a closed meeting leaves to be entered in ViSOR or MAPPS, and a plain sheet to type it from.

Which entries are owed is data: one line of :data:`UPDATES` each, turned on or off by the area.
That records at Levels 2 and 3 are kept there, and minutes stored, is recalled practice [R]; which
fields they take was not seen, so that the list and its order are ours [I] until the area sets them.
A sheet holds references and facts of the record: no name, no narrative, nothing restricted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import add_working_days

NOT_RECORDED: Final = "not recorded"
Lines = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Update:
    """One entry that is owed after a meeting."""

    key: str
    """As the area file and the record call it."""
    title: str
    lines: Callable[[Meeting], Lines]
    """Label and value of each field, in the order in which a person types them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody says that one update of one meeting was entered."""

    id: str
    meeting_id: str
    what: str
    """The key of the update."""
    done_on: date
    done_by: str
    withdrawn: str = ""
    """Why it was not so; blank where it was."""
    typed_by: str = ""
    typed_at: datetime | None = None
    revision: int = 1

    @property
    def is_live(self) -> bool:
        """Whether it counts."""
        return not self.withdrawn


@dataclass(frozen=True, slots=True)
class Owed:
    """One update of one meeting, entered or not."""

    meeting_id: str
    meeting_ref: str
    visor_ref: str
    held_on: date
    owner: str
    """Who said at A17 that they would do it; blank where nobody is recorded."""
    update: Update
    due: date
    entered: Entered | None

    def standing(self, today: date) -> str:
        """How it stands, in a few words."""
        if self.entered is not None:
            return f"entered on {long_date(self.entered.done_on)} by {self.entered.done_by}"
        if self.due < today:
            days = (today - self.due).days
            return f"{days} day{'' if days == 1 else 's'} late"
        return f"due {long_date(self.due)}"


def _shown(meeting: Meeting, item: str, field: str) -> str:
    return show_text(meeting.value(item, field)) or NOT_RECORDED


def _meeting(meeting: Meeting) -> Lines:
    yield "Meeting", meeting.ref
    yield "Date", long_date(meeting.held_on)
    yield "Kind", meeting.kind.label
    yield "Held at", meeting.level.label
    yield "MAPPA category", meeting.case.category.label
    yield "Lead agency", _shown(meeting, "A3", "lead_agency")


def _level(meeting: Meeting) -> Lines:
    yield "Level decided", _shown(meeting, "A15", "level_decision")
    yield "From", _shown(meeting, "A15", "effective_date")
    yield "Next review", _shown(meeting, "A18", "next_review_date")
    yield "Next review at level", _shown(meeting, "A18", "next_level")


def _risk(meeting: Meeting) -> Lines:
    for row in meeting.live(e.RiskRating):
        if row.group is not None and not row.restricted_part:
            yield row.group.label, row.level.label if row.level else NOT_RECORDED
    yield "Overall", _shown(meeting, "A10", "overall_rosh")


def _plan(meeting: Meeting) -> Lines:
    yield "Plan answers the risks", _shown(meeting, "A11", "rmp_adequate")
    for order in meeting.live(e.Order):
        if not order.restricted_part:
            until = long_date(order.ends_on) if order.ends_on else NOT_RECORDED
            yield order.control.label if order.control else "Order", f"until {until}"


def _disclosure(meeting: Meeting) -> Lines:
    yield "Disclosure decision", _shown(meeting, "A13", "disclosure_decision")


def _actions(meeting: Meeting) -> Lines:
    for row in meeting.live(e.Action):
        if not row.restricted_part:
            due = long_date(row.current_due) if row.current_due else NOT_RECORDED
            status = row.status.label.lower() if row.status else "open"
            yield f"Action {row.ref}", f"{row.organisation or NOT_RECORDED}, due {due}, {status}"


def _minutes(meeting: Meeting) -> Lines:
    yield "Minutes of", meeting.ref
    yield "State", meeting.state.label


UPDATES: Final = (
    Update("meeting", "Meeting held", _meeting),
    Update("level", "Level and next review", _level),
    Update("risk", "Risk of serious harm", _risk),
    Update("plan", "Risk management plan and orders", _plan),
    Update("disclosure", "Disclosure decision", _disclosure),
    Update("actions", "Actions", _actions),
    Update("minutes", "Minutes stored", _minutes),
)
"""Every update there is, in the order of the sheet."""
BY_KEY: Final = {one.key: one for one in UPDATES}


def updates_of(area: Area) -> tuple[Update, ...]:
    """Those that are owed in an area: all of them but what it turns off."""
    off = {key for key, said in area.updates if not said}
    return tuple(one for one in UPDATES if one.key not in off)


def due_on(meeting: Meeting, area: Area) -> date:
    """The day by which it is entered: the area's working days after the meeting [R]."""
    days = area.figure(f"upload_l{meeting.level}_working_days")
    return add_working_days(meeting.held_on, days, area.calendar)


def sheet(meeting: Meeting, owed: tuple[Update, ...]) -> tuple[tuple[str, str, str], ...]:
    """Section, field and value of each line, in the order in which a person types them."""
    found = [
        ("Record", "ViSOR/MAPPS reference", meeting.case.visor_ref or NOT_RECORDED),
        ("Record", "Case reference", meeting.case.ref),
    ]
    found += [(one.title, label, value) for one in owed for label, value in one.lines(meeting)]
    return tuple(found)
