"""Which pane shows which item; an item without an entry has the plain one."""

from __future__ import annotations

from typing import Final

from panelkit.domain.agenda import AgendaItem
from panelkit.opened.session import Session
from panelkit.tui.panes.attendance import AttendancePane
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.old_actions import OldActionsPane
from panelkit.tui.panes.read_back import ReadBackPane
from panelkit.tui.panes.risk_grid import RiskPane
from panelkit.tui.panes.round_table import RoundTablePane

PANES: Final[dict[str, type[ItemPane]]] = {
    "A1": AttendancePane,
    "A5": OldActionsPane,
    "A7": RoundTablePane,
    "A10": RiskPane,
    "A16": ReadBackPane,
}


def pane_for(session: Session, item: AgendaItem) -> ItemPane:
    """The pane of an item."""
    return PANES.get(item.code, ItemPane)(session, item)
