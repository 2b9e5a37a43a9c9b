"""Who changed a field and when, with each older text: of the field in focus, or of a whole entry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from panelkit.domain import spots
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.field_history import Known, Step
from panelkit.domain.fields import Field, short_date, show_text
from panelkit.opened.session import Session, Spot
from panelkit.services.clock import room_time
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from textual.screen import Screen

_FOOT = (
    "Words typed on within one stay in a field are kept once. What is not kept was not: only that "
    "it was changed, by whom and when.   type to filter   Esc back"
)


class HistoryOfField:
    """For a screen with a ``session`` and fields that carry a ``spot``."""

    session: Session

    def history_spot(self) -> Spot | None:
        """The field that has the cursor, or the entry whose row has it (its field is blank then)."""
        screen = cast("Screen[Any]", self)
        widget: Any = screen.focused
        while widget is not None and widget is not self:
            spot = getattr(widget, "spot", None)
            if isinstance(spot, Spot):
                return spot
            if isinstance(widget, RowList):
                return _entry_called(self.session, widget.current)
            widget = widget.parent
        kind, entry = getattr(self, "kind", None), getattr(self, "entry", "")
        return Spot(kind.kind, "", entry) if kind is not None and entry else None

    def action_history(self) -> None:
        """Every change, newest first; nothing here changes anything."""
        app = cast("Screen[Any]", self).app
        spot = self.history_spot()
        if spot is None:
            notify_typed(app, "Put the cursor in a field, or on a row, first.", "warning")
            return
        self.session.flush()
        try:
            found = self.session.chairing.field_history(
                self.session.meeting, spot.owner, spot.field, spot.entry
            )
        except PanelkitError as failed:
            notify_typed(app, failed.sentence, "warning")
            return
        title = _title(self.session, spot)
        if not found:
            notify_typed(app, f"{title}: nothing was written here.")
            return
        rows = history_rows(found, spot, masked=self.session.masked)
        heading = f"{title}: {_count(found)}"
        app.push_screen(Listing(heading, rows, (17, 12, 14, 20), foot=_FOOT), None)


def _entry_called(session: Session, row: str) -> Spot | None:
    """The entry that a row shows: rows are named by its id, some with its kind before it."""
    entry = row.rpartition(":")[2]
    for kind, rows in session.meeting.rows.items():
        if any(each.id == entry for each in rows):
            return Spot(kind, "", entry)
    return None


def history_rows(found: tuple[Step, ...], spot: Spot, *, masked: bool) -> list[Row]:
    """One row for each change, newest first, its words under it."""
    rows = []
    for number, step in reversed(list(enumerate(found, start=1))):
        at = room_time(step.at) if step.at else None
        when = f"{short_date(at.date())} {at:%H:%M}" if at else "time not kept"
        field = _field(spot, step.field)
        now = "now" if step.stands else ""
        label = "" if spot.field or not spot.entry else _label(field, step.field)
        sign = ", ".join(part for part in (now, step.known.label) if part)
        rows.append(
            Row(
                str(number), (when, step.who or "not kept", label, sign),
                strong=step.known is Known.OTHER, under=_words(step, field, masked=masked),
            )
        )  # fmt: skip
    return rows


def _words(step: Step, field: Field | None, *, masked: bool) -> str:
    if step.text is None:
        said = {
            Known.DISPOSED: "The words were disposed of; their hash is in the journal.",
        }.get(step.known, "The words were not kept.")
        return f"{step.saves} savings. {said}" if step.saves > 1 else said
    if not step.text:
        return "(blank)"
    if masked:
        return "▒" * 12
    if field is None:
        return step.text
    try:
        return show_text(field.parse(step.text)) or step.text
    except BadInput:
        return step.text


def _field(spot: Spot, name: str) -> Field | None:
    return spots.described(spot.owner).get(name) if spot.entry else None


def _label(field: Field | None, name: str) -> str:
    return field.label if field else name.replace("_", " ").capitalize()


def _title(session: Session, spot: Spot) -> str:
    if spot.field:
        return spots.name_of(session.meeting, spots.Spot(spot.owner, spot.entry, spot.field))
    row = session.entry(spot.owner, spot.entry)
    if row is None:
        return "This entry"
    return f"{row.title} {row.ref if row.prefix else row.number}"


def _count(found: tuple[Step, ...]) -> str:
    """``5 changes: 4 as kept, 1 not kept``."""
    total = sum(step.saves for step in found)
    kinds = Counter(step.known for step in found)
    said = ", ".join(f"{kinds[known]} {known.label}" for known in Known if kinds[known])
    return f"{total} change{'' if total == 1 else 's'}: {said}"
