"""A1: who is here, before anything else."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from panelkit.domain.completeness import Gap
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.widgets.roomboard import RoomBoard


class AttendancePane(ItemPane):
    """The attendance list first, then the opening's own fields."""

    fields_first: ClassVar[bool] = False
    own_kinds: ClassVar[frozenset[str]] = frozenset({"attendance"})

    def compose_own(self) -> ComposeResult:
        """The room."""
        yield RoomBoard(self.session)

    def follow(self, gaps: tuple[Gap, ...]) -> None:
        """The list, then the fields."""
        super().follow(gaps)
        for board in self.query(RoomBoard):
            board.follow()

    def focus_first(self, key: str = "") -> None:
        """The list, unless a field was asked for."""
        if key:
            super().focus_first(key)
        else:
            self.query_one("RowList").focus(scroll_visible=False)
            self.scroll_home(animate=False)
