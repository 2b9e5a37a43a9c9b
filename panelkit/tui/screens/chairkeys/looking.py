"""Looking: the room, last time, guidance, help, documents, home."""

from __future__ import annotations

from panelkit.domain.entries import BY_KIND
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import Stops
from panelkit.opened.asking import last_time
from panelkit.opened.sharing import SHARING
from panelkit.opened.showing import hidden
from panelkit.tui.keys import MEETING_KEYS
from panelkit.tui.messages import BesideWanted
from panelkit.tui.screens.chairkeys.base import KeysOfMeeting
from panelkit.tui.screens.documents import DocumentsScreen
from panelkit.tui.screens.listing import Page, lead
from panelkit.tui.screens.room import RoomScreen
from panelkit.tui.screens.timeline import show_timeline
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed


class Looking(KeysOfMeeting):
    """Looking: the room, last time, guidance, help, documents, home."""

    def action_room(self) -> None:
        """Who is in the room."""
        me = self._me
        me.app.push_screen(RoomScreen(me), lambda _done: me.follow())

    async def action_read_back(self) -> None:
        """A16, whichever item is open."""
        await self._me.go_to("A16")

    def action_last(self) -> None:
        """What was said here last time."""
        me = self._me
        title = f"{me.current} last time"
        if me.previous is None:
            me.app.push_screen(
                Page(
                    title,
                    as_typed("This is the first meeting of the case in this record."),
                    shared=True,
                )
            )
            return
        found = last_time(me.previous, me.current)
        lines = [f"{label}\n    {hidden(text)}" for label, text in found]
        head = f"{me.previous.ref}, {long_date(me.previous.held_on)}\n\n"
        me.app.push_screen(
            Page(
                title,
                as_typed(head + ("\n\n".join(lines) or "Nothing was recorded here.")),
                shared=SHARING.on,
            )
        )

    def action_guide(self) -> None:
        """What belongs here, and where that comes from."""
        me = self._me
        lines = [me.item.guidance, ""]
        for field in me.item.fields:
            lines.append(
                f"{field.label}: stops {field.stops.label if field.stops else ''}"
                if field.stops is not Stops.NOTHING
                else field.label
            )
            lines += [f"    {words}" for words in (field.ask, field.why) if words]
        lines += [
            "",
            "[V] seen in a public source, [R] recalled, [I] ours, [P] a practitioner's reading; figures are settings.",
        ]
        me.app.push_screen(
            Page(f"{me.item.code} {me.item.title}", as_typed("\n".join(lines)), shared=True)
        )

    def action_help(self) -> None:
        """Every key and its second way."""
        lines = [
            f"{key.display or '':<5} ^F {key.letter}   {key.label:<16} {key.tooltip}"
            for key in MEETING_KEYS
        ]
        lines += [
            "", "In a field: Tab and Shift+Tab move, Ctrl+Z undoes, Ctrl+Y redoes; words are saved as you type.",
            "In a choice: arrows, a number or a first letter pick; Delete makes it not answered.",
            "In a list: arrows move, Enter opens, + adds, Delete withdraws with a reason.",
            "Esc goes one step back and never loses text.",
            THEME_HELP,
        ]  # fmt: skip
        self._me.app.push_screen(Page("Keys", as_typed("\n".join(lines)), shared=True))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self._me, MEETING_KEYS)

    def action_documents(self) -> None:
        """Write the minutes, the schedule or the agenda."""
        me = self._me
        me.session.flush()
        me.app.push_screen(DocumentsScreen(me.desk, me.session.meeting))

    def action_minutes_life(self) -> None:
        """Stage, comments, approval, issue, amendments, copies."""
        from panelkit.tui.screens.minuteslife import MinutesLifeScreen

        me = self._me
        me.session.flush()
        me.app.push_screen(
            MinutesLifeScreen(me.desk, me.session.meeting), lambda _done: me.session.reload()
        )

    def action_timeline(self) -> None:
        """Everything that happened in this case."""
        me = self._me
        me.session.flush()
        show_timeline(
            me.app, me.desk, me.session.meeting.case.ref, here=me.session.meeting.ref,
            masked=me.session.masked, open_meeting=lambda ref: me.post_message(BesideWanted(ref)),
            open_entry=lambda kind, entry: me.open_entry(BY_KIND[kind], entry),
        )  # fmt: skip

    def action_level_history(self) -> None:
        """Level, category and whereabouts from day to day, and what became of the individual."""
        from panelkit.tui.screens.statistics.casehistory import show_histories

        me = self._me
        me.session.flush()
        meeting = me.session.meeting
        show_histories(me.app, me.desk, meeting.case.ref, lambda _changed: None, meeting)

    def action_hand_over(self) -> None:
        """Who holds the pen; the meeting to another desk and back."""
        from panelkit.tui.screens.handover import HandOverScreen

        me = self._me
        me.session.flush()
        me.app.push_screen(
            HandOverScreen(me.desk, me.session.meeting), lambda _done: me.session.reload()
        )

    def action_leave(self) -> None:
        """Home; the meeting stays as it is."""
        me = self._me
        me.session.flush()
        me.store_visit()
        if me.session.unsaved and me.session.is_kept_beside:
            me.say("Read-only here: what you typed is kept, and asked about when the pen is back.")
        elif me.session.problem and me.session.unsaved:
            me.say("Something typed here is not saved yet; it is tried again.")
            return
        me.dismiss("")
