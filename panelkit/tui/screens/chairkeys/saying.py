"""One line each, from anywhere: notes, actions, decisions."""

from __future__ import annotations

from collections.abc import Sequence

from panelkit.domain import entries as e
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.quick import Target, read_action, read_target
from panelkit.opened.asking import (
    action_in_words,
    begin_decision,
    begun_action,
    begun_note,
    note_in_words,
)
from panelkit.opened.sharing import SHARING
from panelkit.opened.showing import hidden
from panelkit.tui.screens.chairkeys.base import KeysOfMeeting
from panelkit.tui.screens.decision import DecisionForm
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import notify_typed
from panelkit.tui.widgets.rowlist import Row


class Saying(KeysOfMeeting):
    """One line each, from anywhere: notes, actions, decisions."""

    def action_note(self) -> None:
        """A note in one line, to this meeting, to another that is open beside it, or to both."""
        me = self._me
        others = me.desk.caseload.beside(me.session.meeting)

        def understood(text: str) -> str:
            to = read_target(text, me.session.meeting, others)
            lines = [f"{_heading(to, m, others)}{note_in_words(to.text, m)}" for m in to.meetings]
            return "\n".join([*lines, *([to.problem] if to.problem else [])])

        def taken(text: str | None) -> None:
            if not text or not text.strip():
                return
            to = read_target(text, me.session.meeting, others)
            left = [(m, why) for m in to.meetings if (why := self._keep_note(to.text, m))]
            # The words were taken from the line: those not kept anywhere wait in it again.
            waits = "" if not left else text if len(left) == len(to.meetings) else to.text
            only = f"{left[0][0].case.ref}: " if left and len(left) < len(to.meetings) else ""
            me.session.keep_draft("note", f"{only}{waits}" if waits else "")
            for meeting, why in left:
                me.say(f"{why} The note for {meeting.ref} waits in the note line.")

        hint = "who kind item: words      LHA i A11: flat falls through 1 June      f fact, i intelligence, o opinion, s self-report"
        if others:
            hint += (
                f"\nboth: to this meeting and the other; {others[0].case.ref}: to that one alone"
            )
        me.app.push_screen(
            OneLine("Note", understood, hint=hint, session=me.session, line="note"), taken
        )

    def _keep_note(self, text: str, meeting: Meeting) -> str:
        """One note of one meeting, numbered there; why it was not kept, blank where it was."""
        me = self._me
        fresh = begun_note(text, meeting)
        if meeting.id == me.session.meeting.id:
            return me.session.do(lambda m: me.desk.chairing.add(m, fresh))
        try:
            me.desk.chairing.add(me.desk.chairing.load(meeting.id), fresh)
        except PanelkitError as failed:
            return failed.sentence
        notify_typed(me.app, f"Kept in {meeting.ref}.")
        return ""

    def action_action(self) -> None:
        """An action in one line; a bare Enter on nothing opens the form."""
        me = self._me
        calendar = me.desk.area.calendar

        def understood(text: str) -> str:
            said = read_action(text, me.session.meeting, calendar)
            heard = action_in_words(said, me.session.meeting)
            smart = "   ".join(
                f"{letter} {'ok' if met else how}" for letter, met, how in said.smart
            )
            return f"{heard}\n“{said.text}”\n{smart}"

        def taken(text: str | None) -> None:
            if not text or not text.strip():
                return
            said = read_action(text, me.session.meeting, calendar)
            fresh = begun_action(said)
            if refused := me.session.do(lambda m: me.desk.chairing.add(m, fresh)):
                me.say(refused)
                return
            me.session.keep_draft("action", "")
            if not (said.owner and said.due and said.who.organisation):
                me.open_entry(e.Action, fresh.id)

        hint = "Agency: person: what, verb first, by date > risk      Police: DI Shah: visit the hostel unannounced by 12 Jan > R2"
        me.app.push_screen(
            OneLine("New action", understood, hint=hint, session=me.session, line="action"), taken
        )

    def action_decision(self) -> None:
        """A decision begun here, or the one that this item already has."""
        me = self._me
        here = [d for d in me.session.meeting.live(e.Decision) if d.at_item == me.current]
        if here:
            me.open_entry(e.Decision, here[-1].id)
            return
        if me.session.pen is not None:
            me.say(me.session.pen.refusal(me.session.meeting.ref).sentence)
            return
        fresh = begin_decision(me.session.meeting, me.current, me.desk.who)
        me.session.begin(fresh)
        me.app.push_screen(DecisionForm(me.session, fresh.id), lambda _done: me.follow())

    def action_unplaced(self) -> None:
        """Every note, with where it belongs; Enter opens it."""
        me = self._me
        rows = [
            Row(
                n.id,
                (n.place or "?", n.speaker, hidden(n.text)),
                strong=not n.place,
            )
            for n in me.session.meeting.live(e.Note)
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                me.open_entry(e.Note, result[0])

        me.app.push_screen(
            Listing(
                "Notes",
                rows,
                (5, 24, 80),
                foot="Enter opens: give it a place, or mark it written up",
                shared=SHARING.on,  # built with its words hidden
            ),
            chosen,
        )


def _heading(to: Target, meeting: Meeting, others: Sequence[Meeting]) -> str:
    """Which meeting a note goes to, wherever there is more than one to choose from."""
    if not others:
        return ""
    only = "" if len(to.meetings) > 1 else " only"
    return f"{meeting.ref}{only}: "
