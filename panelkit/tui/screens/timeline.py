"""The timeline of a case: one list, the newest last; typing filters, Enter opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.services.timeline import Event, Timeline, What
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from textual.app import App

    from panelkit.domain.meeting import Meeting
    from panelkit.services.desk import Desk

_WIDTHS = (18, 12, 11, 60)


class TimelineList(Listing):
    """A list that begins at its end."""

    def __init__(self, title: str, rows: list[Row], foot: str, meeting: Meeting | None) -> None:
        """``meeting`` is what is opened by it; None where it is open already."""
        super().__init__(title, rows, _WIDTHS, foot=foot, under_lines=3)
        self.meeting = meeting

    def on_mount(self) -> None:
        """The newest line is under the cursor."""
        self.call_after_refresh(self.query_one(RowList).action_last)


def show_timeline(
    app: App[Any],
    desk: Desk,
    ref: str,
    *,
    open_meeting: Callable[[str], object],
    open_entry: Callable[[str, str], object] | None = None,
    here: str = "",
    masked: bool = False,
) -> None:
    """Over any screen; ``here`` is the meeting that is open, ``open_entry`` opens what is in it."""
    timeline = Timeline(desk.caseload.record)
    try:
        meetings, events = timeline.meetings(ref), timeline.of(ref)
    except PanelkitError as failed:
        notify_typed(app, failed.sentence, "warning")
        return
    rows = [_row(str(number), event, masked=masked) for number, event in enumerate(events)]

    def chosen(result: tuple[str, str] | None) -> None:
        if not result or not result[0]:
            return
        event = events[int(result[0])]
        if event.ref != here:
            open_meeting(event.ref)
        elif event.entry and open_entry is not None:
            open_entry(event.kind, event.entry)
        else:
            _open_beside(app, desk, event)

    opened = None if here else meetings[-1]
    foot = "Enter opens it   type to filter: a name, a kind (opened, copy), a day   Esc back"
    title = f"Timeline of {meetings[0].case.ref}: {len(events)} lines, the newest last"
    app.push_screen(TimelineList(title, rows, foot, opened), chosen)


def _row(name: str, event: Event, *, masked: bool) -> Row:
    clock = "" if event.is_day else f" {event.local:%H:%M}"
    by = f"  ({event.who})" if event.who else ""
    words = "▒" * 12 if masked and event.words else event.words
    cells = (
        f"{short_date(event.local.date())}{clock}", event.ref, event.what.label, f"{event.said}{by}",
    )  # fmt: skip
    return Row(name, cells, under=words)


def _open_beside(app: App[Any], desk: Desk, event: Event) -> None:
    """What belongs to a line of the meeting that is open already."""
    from panelkit.tui.screens.handover import HandOverScreen
    from panelkit.tui.screens.minuteslife import MinutesLifeScreen
    from panelkit.tui.screens.requests import RequestsScreen

    meeting = desk.caseload.find(event.ref)
    if event.what in (What.MINUTES, What.ISSUED, What.COPY):
        app.push_screen(MinutesLifeScreen(desk, meeting))
    elif event.what is What.REQUEST:
        app.push_screen(RequestsScreen(desk, meeting))
    elif event.what is What.HAND_OVER:
        app.push_screen(HandOverScreen(desk, meeting))
    else:
        notify_typed(app, f"{event.ref} is open already: {event.said}.")
