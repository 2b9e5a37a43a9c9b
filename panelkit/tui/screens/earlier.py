"""Earlier words of the field in focus: looked at, and put back with one key."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

from panelkit.domain.fields import FieldKind, long_date
from panelkit.opened.session import Session, Spot
from panelkit.services.clock import room_time
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from textual.screen import Screen


class EarlierWords:
    """For a screen with a ``session`` and fields that carry a ``spot``."""

    session: Session

    @property
    def _screen(self) -> Screen[Any]:
        return cast("Screen[Any]", self)

    def focused_spot(self) -> Spot | None:
        """The field that has the cursor; None where none has."""
        widget: Any = self._screen.focused
        while widget is not None and widget is not self:
            spot = getattr(widget, "spot", None)
            if isinstance(spot, Spot):
                return spot
            widget = widget.parent
        return None

    def action_earlier(self) -> None:
        """What stood in the field before, newest first; Enter puts it back, and that is kept too."""
        screen, spot = self._screen, self.focused_spot()
        field = self.session.field(spot) if spot else None
        if spot is None or field is None:
            notify_typed(screen.app, "Put the cursor in a field first.", "warning")
            return
        self.session.flush()
        kept = self.session.earlier(spot)
        now = self.session.stored(spot)
        shown = [word for word in reversed(kept) if word.text != now]
        if not shown:
            notify_typed(screen.app, f"{field.label}: nothing else stood here before.")
            return
        rows = []
        for word in shown:
            when = room_time(word.typed_at) if word.typed_at else None
            at = f"{long_date(when.date())} {when:%H:%M}" if when else ""
            text = word.text
            if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and field.term:
                labels = {str(member): member.label for member in field.term}
                text = ", ".join(labels.get(part, part) for part in text.split(",") if part)
            checked = "" if word.checked else "NOT AS JOURNALED"
            rows.append(
                Row(str(word.number), (at, word.typed_by, checked), under=text or "(blank)")
            )

        def chosen(result: tuple[str, str] | None) -> None:
            if not result or not result[0]:
                return
            text = next(word.text for word in shown if str(word.number) == result[0])
            self.session.arrive(spot)
            self.session.typed(spot, text, time.monotonic())
            self.session.flush(spot)
            if held := self.session.unsaved.get(spot):
                notify_typed(
                    screen.app, held.problem or "Not saved yet; it is tried again.", "warning"
                )

        title = f"{field.label}: what stood here before"
        foot = "Enter puts it back; what stands here now is kept as well   Esc back"
        screen.app.push_screen(Listing(title, rows, (24, 24, 18), foot=foot), chosen)
