"""What each key of the chair's screen does; the keys themselves are in ``tui.keys``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from panelkit.domain import entries as e
from panelkit.domain.attendance import present
from panelkit.domain.completeness import Gap, stopping
from panelkit.domain.dates import read_date
from panelkit.domain.fields import long_date
from panelkit.domain.quick import read_action, read_note, risk_in_words
from panelkit.domain.vocabulary import MeetingState, Stops
from panelkit.services.chairing import new_id, open_restricted_part
from panelkit.tui.keys import MEETING_KEYS, by_letter
from panelkit.tui.screens.decision import DecisionForm, begin_decision
from panelkit.tui.screens.documents import DocumentsScreen
from panelkit.tui.screens.finish import FinishNow
from panelkit.tui.screens.listing import Leader, Listing, Page
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.room import RoomScreen
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets import frame
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.tui.screens.meeting import MeetingScreen


class ChairKeys:
    """Actions of :class:`MeetingScreen`, one for each key."""

    @property
    def _me(self) -> MeetingScreen:
        return cast("MeetingScreen", self)

    # -- moving ----------------------------------------------------------------------

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
            self.action_unplaced()
        elif code:
            self._me.run_worker(self._me.go_to(code), group="move", exit_on_error=True)

    # -- one line each -----------------------------------------------------------------

    def action_note(self) -> None:
        """A note in one line; the pane keeps its cursor."""
        me = self._me

        def understood(text: str) -> str:
            note = read_note(text, me.session.meeting)
            who = note.who.organisation or note.who.problem or "speaker not said"
            kind = note.info_type.label.lower() if note.info_type else "kind not said"
            where = f"{note.place} {note.place_title}" if note.place else "unplaced"
            return f"{who} · {kind} · goes to {where} · “{note.text}”"

        def taken(text: str | None) -> None:
            if text and text.strip():
                note = read_note(text, me.session.meeting)
                fresh = e.Note(
                    id=new_id(), place=note.place, speaker=note.who.organisation, info_type=note.info_type,
                    text=note.text,
                )  # fmt: skip
                me.say(me.session.do(lambda m: me.desk.chairing.add(m, fresh)))

        hint = "who kind item: words      LHA i A11: flat falls through 1 June      f fact, i intelligence, o opinion, s self-report"
        me.app.push_screen(
            OneLine("Note", understood, hint=hint, session=me.session, line="note"), taken
        )

    def action_action(self) -> None:
        """An action in one line; a bare Enter on nothing opens the form."""
        me = self._me
        calendar = me.desk.area.calendar

        def understood(text: str) -> str:
            said = read_action(text, me.session.meeting, calendar)
            who = said.who.organisation or said.who.problem
            owner = (
                f"{said.owner}{' (in the room)' if said.in_room else ' (not in the room)'}"
                if said.owner
                else "owner?"
            )
            due = f"due {said.due:%A} {long_date(said.due)}" if said.due else said.due_problem
            risks = (
                ", ".join(risk_in_words(g, me.session.meeting) for g in said.risk)
                or "answers no risk yet"
            )
            smart = "   ".join(
                f"{letter} {'ok' if met else how}" for letter, met, how in said.smart
            )
            return f"{who} · {owner} · {due} · {risks}\n“{said.text}”\n{smart}"

        def taken(text: str | None) -> None:
            if not text or not text.strip():
                return
            said = read_action(text, me.session.meeting, calendar)
            fresh = e.Action(
                id=new_id(), text=said.text, owner=said.owner, organisation=said.who.organisation,
                due=said.due, risk=said.risk,
            )  # fmt: skip
            if refused := me.session.do(lambda m: me.desk.chairing.add(m, fresh)):
                me.say(refused)
            elif not (said.owner and said.due and said.who.organisation):
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
        fresh = begin_decision(me.session.meeting, me.current, me.desk.who)
        me.session.begin(fresh)
        me.app.push_screen(DecisionForm(me.session, fresh.id), lambda _done: me.follow())

    def _hide(self, text: str) -> str:
        """Words as they are, or blocks on a shared screen."""
        return "▒" * 12 if self._me.session.masked else text

    # -- owed and closing --------------------------------------------------------------

    def _gap_rows(self, gaps: tuple[Gap, ...]) -> list[Row]:
        return [
            Row(
                str(place),
                (
                    gap.item,
                    _stops(gap),
                    gap.message + (f"   (parked: {self._hide(gap.parked)})" if gap.parked else ""),
                ),
                strong=gap.stops is Stops.CLOSING and not gap.parked,
            )
            for place, gap in enumerate(gaps)
        ]

    def action_owed(self) -> None:
        """Everything owed; Enter goes there, Ctrl+K parks."""
        me = self._me
        order = (Stops.CLOSING, Stops.APPROVAL, Stops.NOTHING)
        gaps = tuple(sorted(me.gaps, key=lambda gap: order.index(gap.stops)))
        closing = len(stopping(gaps, Stops.CLOSING))
        title = f"Still owed: {closing} before closing, {len(stopping(gaps, Stops.APPROVAL))} to be written up before approval"
        self._list_gaps(title, gaps)

    def _list_gaps(self, title: str, gaps: tuple[Gap, ...]) -> None:
        me = self._me

        def chosen(result: tuple[str, str] | None) -> None:
            if not result or not result[0]:
                return
            gap = gaps[int(result[0])]
            if result[1] == "park":
                self._park(gap)
                return
            field = "" if "." in gap.field else gap.field
            me.run_worker(
                me.go_to(gap.item, field if not gap.entry else gap.field, gap.entry), group="move"
            )

        me.app.push_screen(
            Listing(
                title,
                self._gap_rows(gaps),
                (4, 9, 90),
                foot="Enter goes there   Ctrl+K parks it with a reason that prints   type to filter   Esc back",
                letter="park",
            ),
            chosen,
        )

    def _park(self, gap: Gap) -> None:
        me = self._me
        if not gap.can_park:
            me.say(f"{gap.message}: this cannot be parked.")
            return

        def until(text: str) -> tuple[str, date | None]:
            reason, _, when = text.rpartition(" until ")
            said = (
                read_date(when, me.session.meeting.held_on, me.desk.area.calendar)
                if reason
                else None
            )
            return (reason, said.day) if said and said.day else (text, None)

        def understood(text: str) -> str:
            reason, day = until(text)
            return f"prints as Not covered: {reason}" + (
                f" (until {long_date(day)})" if day else ""
            )

        def taken(text: str | None) -> None:
            if text:
                reason, day = until(text)
                me.say(me.session.do(lambda m: me.desk.chairing.park(m, gap, reason, day)))

        me.app.push_screen(
            OneLine(f"Park {gap.item}: {gap.message}", understood, hint="reason until date"), taken
        )

    def action_close(self) -> None:
        """What is owed before closing; nothing owed closes; a closed meeting reopens."""
        me = self._me
        if me.session.meeting.state is MeetingState.CLOSED:
            self._reopen()
            return
        me.session.flush()
        owed = stopping(me.gaps, Stops.CLOSING)
        parked = tuple(gap for gap in me.gaps if gap.parked)
        if owed:
            title = f"Before this meeting closes: {len(owed)} owed, {len(parked)} parked"
            self._list_gaps(title, owed + parked)
            return

        def sure(text: str | None) -> None:
            if text and text.strip().casefold() == "close":
                me.say(me.session.do(me.desk.chairing.close))

        later = len(stopping(me.gaps, Stops.APPROVAL))
        title = f"Nothing is owed. {later} to be written up before approval. Type close to close the meeting."
        me.app.push_screen(
            OneLine(
                title,
                lambda _t: "Enter closes; it can be reopened until its minutes are approved.",
                hint="close",
            ),
            sure,
        )

    def _reopen(self) -> None:
        me = self._me

        def taken(reason: str | None) -> None:
            if reason:
                me.say(me.session.do(lambda m: me.desk.chairing.reopen(m, reason)))

        me.app.push_screen(
            OneLine(
                "Reopen this meeting: why?",
                lambda t: f"Enter reopens: {t}",
                hint="A reason is needed.",
            ),
            taken,
        )

    # -- the course of the meeting -----------------------------------------------------

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

    def action_mask(self) -> None:
        """On with one key; off asks."""
        me = self._me
        if not me.session.masked:
            me.session.masked = True
            me.follow()
            return

        def sure(text: str | None) -> None:
            if text and text.strip().casefold() in ("y", "yes"):
                me.session.masked = False
                me.follow()
                me.where_was_i()

        me.app.push_screen(
            OneLine(
                "Show everything again? Nobody else must see this screen.",
                lambda _t: "Enter shows everything.",
                hint="Type yes.",
            ),
            sure,
        )

    def action_confirm_carried(self) -> None:
        """Everything carried at this item is current."""
        me = self._me
        me.say(me.session.do(lambda m: me.desk.chairing.confirm_item(m, me.current)))

    # -- looking -----------------------------------------------------------------------

    def action_room(self) -> None:
        """Who is in the room."""
        me = self._me
        me.app.push_screen(RoomScreen(me), lambda _done: me.follow())

    async def action_read_back(self) -> None:
        """A16, whichever item is open."""
        await self._me.go_to("A16")

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
        me.app.push_screen(Listing("Same people as at", rows, (14, 24, 20), foot=foot), chosen)

    def action_unplaced(self) -> None:
        """Every note, with where it belongs; Enter opens it."""
        me = self._me
        rows = [
            Row(
                n.id,
                (n.place or "?", n.speaker, self._hide(n.text)),
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
            ),
            chosen,
        )

    def action_last(self) -> None:
        """What was said here last time."""
        me = self._me
        title = f"{me.current} last time"
        if me.previous is None:
            me.app.push_screen(
                Page(title, as_typed("This is the first meeting of the case in this record."))
            )
            return
        found = frame.last_time(me.previous, me.current)
        lines = [f"{label}\n    {'▒' * 12 if me.session.masked else text}" for label, text in found]
        head = f"{me.previous.ref}, {long_date(me.previous.held_on)}\n\n"
        me.app.push_screen(
            Page(title, as_typed(head + ("\n\n".join(lines) or "Nothing was recorded here.")))
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
        me.app.push_screen(Page(f"{me.item.code} {me.item.title}", as_typed("\n".join(lines))))

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
        ]  # fmt: skip
        self._me.app.push_screen(Page("Keys", as_typed("\n".join(lines))))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        me = self._me

        def chosen(letter: str | None) -> None:
            key = by_letter(MEETING_KEYS, letter or "")
            if key:
                me.run_worker(me.run_action(key.id), group="leader")

        me.app.push_screen(Leader([(key.letter, key.label) for key in MEETING_KEYS]), chosen)

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

        def back(_nothing: None) -> None:
            me.session.reload()

        me.app.push_screen(MinutesLifeScreen(me.desk, me.session.meeting), back)

    def action_leave(self) -> None:
        """Home; the meeting stays as it is."""
        me = self._me
        me.session.flush()
        if me.session.problem and me.session.unsaved:
            me.say("Something typed here is not saved yet; it is tried again.")
            return
        me.dismiss(None)


def _stops(gap: Gap) -> str:
    if gap.parked:
        return "parked"
    return {"closing": "closing", "approval": "approval"}.get(str(gap.stops), "look at")
