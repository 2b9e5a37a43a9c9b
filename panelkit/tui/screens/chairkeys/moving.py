"""Moving through the agenda."""

from __future__ import annotations

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import MeetingState
from panelkit.tui.messages import BesideWanted
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
                "Jump to an item",
                rows,
                (9, 9, 60),
                foot="type a number or a word; Enter goes",
                shared=True,
            ),
            self._went,
        )

    def _went(self, chosen: tuple[str, str] | None) -> None:
        code = chosen[0] if chosen else ""
        if code == "unplaced":
            self._me.action_unplaced()
        elif code:
            self._me.run_worker(self._me.go_to(code), group="move", exit_on_error=True)

    # -- other meetings of the sitting -------------------------------------------------

    def action_next_case(self) -> None:
        """The next meeting of this sitting; this one is paused or closed first."""
        me = self._me
        me.session.flush()
        me.store_visit()
        if me.session.problem and me.session.unsaved:
            me.say("Something typed here is not saved yet; it is tried again.")
            return
        if me.session.meeting.state is MeetingState.OPEN:
            me.say("Pause or close this meeting first: Ctrl+F, then p, pauses it.")
            return
        following = me.desk.planning.next_after(me.session.meeting)
        if following is None:
            me.say("This is the last meeting of the sitting.")
            return
        me.dismiss(following.ref)

    def action_other_meeting(self) -> None:
        """To the meeting that runs beside this one at once; where several may, to the one chosen."""
        me = self._me
        me.session.flush()
        found = me.desk.caseload.to_open_beside(me.session.meeting)
        running = [m for m in found if m.state is not MeetingState.PLANNED]
        if len(running) == 1:
            me.post_message(BesideWanted(running[0].ref))
            return
        if not found:
            me.say("No other meeting of this sitting can be opened.")
            return
        linked = {row.case_ref.strip().casefold() for row in me.session.meeting.live(e.LinkedCase)}
        rows = [
            Row(m.ref, (m.ref, m.title, me.desk.caseload.standing(m), "linked" if m.case.ref.casefold() in linked else ""))
            for m in found
        ]  # fmt: skip

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                me.post_message(BesideWanted(result[0]))

        foot = "Enter opens it beside this one; Ctrl+O comes back, and what is typed stays"
        me.app.push_screen(
            Listing("Which meeting?", rows, (12, 26, 16, 8), foot=foot, shared=True), chosen
        )
