"""Home for somebody who does not read meetings: a lay adviser, an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.services.desk import Desk
    from panelkit.tui.app import PanelkitApp

OBSERVE = "observe"
PERSON = "person"


class OwnPart(Listing):
    """What they may do here, and nothing of a case beside it. Esc leaves the program."""

    def __init__(self, desk: Desk) -> None:
        """``desk`` is theirs."""
        self.desk = desk
        rows = [*self._to_observe(), *self._people()]
        me = desk.caseload.record.me
        title = f"{desk.who}, {me.role_words if me else ''}"
        foot = (
            "Enter opens the observation of a meeting you were at   Esc leaves"
            if any(row.id.startswith(OBSERVE) for row in rows)
            else "People are changed with panelkit people; see the manual   Esc leaves"
        )
        super().__init__(title, rows, (14, 40, 50), foot=foot)

    def _to_observe(self) -> list[Row]:
        if self.desk.why_not(Act.OBSERVE):
            return []
        return [
            Row(f"{OBSERVE}:{found.ref}", (found.ref, long_date(found.held_on), "observe, if you were there"))
            for found in self.desk.observations.held_lately()
        ]  # fmt: skip

    def _people(self) -> list[Row]:
        if self.desk.why_not(Act.PEOPLE):
            return []
        return [
            Row(f"{PERSON}:{person.id}", ("", person.name, "the sealed way in" if person.is_recovery else person.role_words))
            for person in self.desk.caseload.record.people()
            if not person.removed
        ]  # fmt: skip

    def dismiss(self, result: tuple[str, str] | None = None) -> object:  # type: ignore[override]
        """Open what was chosen; Esc leaves."""
        app = cast("PanelkitApp", self.app)
        kind, _, ref = (result[0] if result else "").partition(":")
        if kind == OBSERVE:
            from panelkit.tui.screens.audits.screen import AuditScreen

            verbs = self.desk.observations
            try:
                meeting = verbs.meeting(ref)
                app.push_screen(AuditScreen(self.desk, verbs, meeting, verbs.go_on(meeting)))
            except PanelkitError as refused:
                notify_typed(app, refused.sentence, "error")
            return None
        if kind == PERSON:
            return None
        app.exit()
        return super().dismiss(result)
