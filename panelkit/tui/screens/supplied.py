"""What one organisation supplied: choose its name as the record spells it, then the list by meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.services.opening import Opening
from panelkit.services.supplied import Supplied
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from textual.app import App

    from panelkit.services.desk import Desk


def show_supplied(app: App[Any], desk: Desk, open_meeting: Callable[[str], object]) -> None:
    """Over the home screen; nothing is changed, and that it was listed is journaled."""
    service = Supplied(desk.caseload.record)
    try:
        names = list(service.names().items())
    except PanelkitError as failed:
        notify_typed(app, failed.sentence, "warning")
        return
    rows = [
        Row(str(place), (name, f"{times} meeting{'' if times == 1 else 's'}"))
        for place, (name, times) in enumerate(names)
    ]

    def chosen(result: tuple[str, str] | None) -> None:
        if result and result[0]:
            _show(app, desk, service, names[int(result[0])][0], open_meeting)

    foot = "Enter lists what it supplied   type to filter   Esc back"
    app.push_screen(Listing("Supplied by which organisation?", rows, (60, 14), foot=foot), chosen)


def _show(
    app: App[Any], desk: Desk, service: Supplied, name: str, open_meeting: Callable[[str], object]
) -> None:
    found = service.by([name], None, None)
    opened = [(one.meeting_id, one.case_id) for one in found]
    problem = Opening(desk.caseload.record, desk.clock, desk.who).note(opened, "supplied")
    if problem:
        notify_typed(app, f"This opening is not journaled: {problem}", "warning")
    rows = []
    for one in found:
        for item in one.items:
            words = "; ".join(f"{label}: {text}" for label, text in item.parts)
            gone = "withdrawn since" if item.withdrawn else ""
            cells = (short_date(one.held_on), one.ref, item.title, item.said_by, gone)
            rows.append(Row(f"{one.ref}|{item.entry}", cells, under=words))
    unknown = sum(one.unattributed for one in found)
    other = "; ".join(each.name for each in service.alike(name) if not each.is_same)
    foot = (
        f"Not known: {unknown} texts of these meetings do not say from whom they came.\n"
        + (f"Spelt alike and not shown: {other}.\n" if other else "")
        + f'Enter opens the meeting   panelkit supplied "{name}" -o FILE.docx writes it   Esc back'
    )

    def chosen(result: tuple[str, str] | None) -> None:
        if result and result[0]:
            open_meeting(result[0].partition("|")[0])

    title = f"{name}: {len(rows)} items in {len(found)} meetings"
    widths = (12, 12, 18, 36, 16)
    app.push_screen(Listing(title, rows, widths, foot=foot, under_lines=3), chosen)
