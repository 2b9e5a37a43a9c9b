"""Moving through the agenda."""

from __future__ import annotations

from panelkit.tui.screens.chairkeys.base import KeysOfMeeting
from panelkit.tui.screens.listing import Listing
from panelkit.tui.widgets import frame
from panelkit.tui.widgets.rowlist import Row


class Moving(KeysOfMeeting):
    """Moving through the agenda."""

    async def action_next(self) -> None:
        """The item after this one."""
        await self._step(1)

    async def action_back(self) -> None:
        """The item before this one."""
        await self._step(-1)

    async def _step(self, by: int) -> None:
        me = self._me
        codes = me.codes()
        place = codes.index(me.current) + by if me.current in codes else 0
        if 0 <= place < len(codes):
            await me.go_to(codes[place])

    async def action_returned(self) -> None:
        """Where I was before."""
        me = self._me
        if me.trail:
            code, field = me.trail.pop()
            await me.go_to(code, field)
            me.trail.pop()

    def action_jump(self) -> None:
        """Any item, by number or word."""
        me = self._me
        rows = frame.rail_rows(me.session.meeting, me.gaps, me.current, me.session)
        titles = {item.code: item.title for item in me.session.meeting.agenda}
        rows = [
            Row(r.id, (r.cells[0], r.id, titles.get(r.id, r.cells[1])), strong=r.strong)
            for r in rows
        ]
        me.app.push_screen(
            Listing(
                "Jump to an item", rows, (9, 9, 60), foot="type a number or a word; Enter goes"
            ),
            self._went,
        )

    def _went(self, chosen: tuple[str, str] | None) -> None:
        code = chosen[0] if chosen else ""
        if code == "unplaced":
            self._me.action_unplaced()
        elif code:
            self._me.run_worker(self._me.go_to(code), group="move", exit_on_error=True)
