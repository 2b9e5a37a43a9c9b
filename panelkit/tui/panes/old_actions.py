"""A5: the actions of earlier meetings, taken one by one; none is left without a status."""

from __future__ import annotations

from typing import ClassVar, Final

from panelkit.domain import entries as e
from panelkit.domain.fields import short_date
from panelkit.domain.vocabulary import ActionStatus
from panelkit.opened.asking import OUTCOME_FIELDS
from panelkit.opened.showing import hidden
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.listpane import ListPane
from panelkit.tui.widgets.rowlist import Row

LETTERS: Final = {
    "c": ActionStatus.COMPLETE,
    "p": ActionStatus.PART,
    "n": ActionStatus.NOT_STARTED,
    "s": ActionStatus.SUPERSEDED,
    "x": ActionStatus.NO_LONGER_NEEDED,
}


class OldActionsPane(ListPane):
    """One line an action; a letter for its status, Enter for its outcome."""

    own_kinds: ClassVar[frozenset[str]] = frozenset({"actions"})
    widths: ClassVar[tuple[int, ...]] = (11, 4, 14, 12, 10)
    letters: ClassVar[str] = "cpnsx"
    keys: ClassVar[str] = (
        "c complete   p part done   n not started   s superseded   x no longer needed   Enter outcome, reason, new date      status, action, owner, due, carried"
    )

    def rows(self) -> list[Row]:
        """Actions set at earlier meetings."""
        return [self._row(action) for action in self.session.meeting.old_actions]

    def _row(self, action: e.Action) -> Row:
        state = action.status.label if action.status else "STATUS?"
        if action.withdrawn:
            state = "withdrawn"
        due = short_date(action.current_due) or "no date"
        carried = f"carried {action.times_carried}x" if action.times_carried else ""
        cells = (state, action.ref, action.owner, due, carried)
        return Row(action.id, cells, strong=action.status is None, under=hidden(action.text))

    def act(self, letter: str, row: str) -> str:
        """The status that ``letter`` stands for; one still to do opens for its date."""
        if not row:
            return ""
        chairing, status = self.session.chairing, LETTERS[letter]
        refused = self.session.do(lambda m: chairing.settle_action(m, row, status))
        if not refused and status.outstanding:
            self.open_row(row)
        return refused

    def entry_of(self, row: str) -> tuple[type[e.Entry], str] | None:
        """The action."""
        return e.Action, row

    def open_row(self, row: str) -> None:
        """The outcome, the reason, the new date."""
        self.post_message(ItemPane.EntryWanted(e.Action, row, (("only", OUTCOME_FIELDS),)))
