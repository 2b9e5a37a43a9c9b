"""The course of the meeting: the clock, who hears, who is here."""

from __future__ import annotations

from panelkit.domain import entries as e
from panelkit.domain.attendance import present
from panelkit.domain.vocabulary import MeetingKind, MeetingState
from panelkit.services.chairing import open_restricted_part
from panelkit.tui.screens.chairkeys.base import KeysOfMeeting
from panelkit.tui.screens.emergency.calls import CallsScreen
from panelkit.tui.screens.emergency.owed import OwedAfterwards
from panelkit.tui.screens.finish import FinishNow
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.returns.screen import ReturnList
from panelkit.tui.widgets.rowlist import Row


class Course(KeysOfMeeting):
    """The course of the meeting: the clock, who hears, who is here."""

    def action_pause(self) -> None:
        """Start, pause, go on or resume, whichever the meeting is waiting for."""
        me = self._me
        chairing = me.desk.chairing
        steps = {
            MeetingState.PLANNED: chairing.start,
            MeetingState.OPEN: chairing.pause,
            MeetingState.PAUSED: chairing.go_on,
            MeetingState.PART_HEARD: chairing.resume,
        }
        step = steps.get(me.session.meeting.state)
        if step is None:
            me.say("The meeting is closed.")
            return
        me.say(me.session.do(step))
        if me.session.meeting.state is MeetingState.OPEN:
            me.say(
                me.session.do(lambda m: chairing.move_to(m, me.current))
                if me.current in ("A1", "A2")
                else ""
            )

    def action_finish_now(self) -> None:
        """Time is gone: what must hold meanwhile."""
        me = self._me
        me.app.push_screen(FinishNow(me.session), lambda _done: me.follow())

    def action_restricted(self) -> None:
        """Begin a restricted part, or end the one under way."""
        me = self._me
        part = open_restricted_part(me.session.meeting)
        now = me.desk.clock()
        if part is not None:
            me.say(
                me.session.do(
                    lambda m: me.desk.chairing.change(m, e.RestrictedPart, part.id, ended_at=now)
                )
            )
            return
        me.open_entry(e.RestrictedPart, "", (("started_at", now),))

    def action_confirm_carried(self) -> None:
        """Everything carried at this item is current."""
        me = self._me
        me.say(me.session.do(lambda m: me.desk.chairing.confirm_item(m, me.current)))

    def action_calls(self) -> None:
        """Who can be reached for this meeting, before it and while it runs."""
        me = self._me
        me.app.push_screen(CallsScreen(me), lambda _done: me.follow())

    def action_returns(self) -> None:
        """Who was asked before the meeting, who answered, what came back."""
        me = self._me
        me.session.flush()
        me.app.push_screen(
            ReturnList(me.desk, me.session.meeting), lambda _done: me.session.reload()
        )

    def action_afterwards(self) -> None:
        """What an emergency panel leaves owing."""
        me = self._me
        meeting = me.session.meeting
        if meeting.kind is not MeetingKind.EMERGENCY:
            me.say(
                f"{meeting.ref} is no emergency panel: nothing is owed after it beyond its gaps."
            )
            return
        me.session.flush()
        me.app.push_screen(OwedAfterwards(me.desk, meeting), lambda _done: me.session.reload())

    def action_same_people(self) -> None:
        """The list of another meeting of this sitting, each person still to be confirmed."""
        me = self._me
        others = {m.id: m for m in me.desk.caseload.same_sitting(me.session.meeting)}
        rows = [Row(m.id, (m.ref, m.title, f"{len(present(m))} people")) for m in others.values()]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                other = others[result[0]]
                me.say(me.session.do(lambda m: me.desk.chairing.attendance_from(m, other)))

        foot = "Enter takes the list; then * confirms all, exceptions singled out"
        me.app.push_screen(
            Listing("Same people as at", rows, (14, 24, 20), foot=foot, shared=True), chosen
        )
