"""What is owed, parking it, closing and reopening."""

from __future__ import annotations

from datetime import date

from panelkit.domain import entries as e
from panelkit.domain.completeness import Gap, name_of, stopping
from panelkit.domain.fields import long_date
from panelkit.domain.vocabulary import MeetingState, Stops
from panelkit.opened.asking import read_parking
from panelkit.opened.sharing import SHARING
from panelkit.opened.showing import hidden
from panelkit.tui.screens.chairkeys.base import KeysOfMeeting
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.withdrawing import Withdrawing
from panelkit.tui.widgets.rowlist import Row


class Owing(Withdrawing, KeysOfMeeting):
    """What is owed, parking it, closing and reopening."""

    def _gap_rows(self, gaps: tuple[Gap, ...]) -> list[Row]:
        return [
            Row(
                str(place),
                (
                    gap.item,
                    _stops(gap),
                    gap.message + (f"   (parked: {hidden(gap.parked)})" if gap.parked else ""),
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
                shared=SHARING.on,  # built with its reasons hidden
            ),
            chosen,
        )

    def _park(self, gap: Gap) -> None:
        me = self._me
        if not gap.can_park:
            me.say(f"{gap.message}: this cannot be parked.")
            return

        def until(text: str) -> tuple[str, date | None]:
            return read_parking(text, me.session.meeting, me.desk.area)

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

    # -- withdrawn, and brought back ---------------------------------------------------

    def action_withdrawn(self) -> None:
        """Everything withdrawn at this meeting; Enter brings it back with a reason."""
        me = self._me
        found = {
            row.id: row
            for kind in e.ENTRIES
            if kind not in e.SOURCES
            for row in me.session.meeting.of(kind)
            if row.withdrawn
        }
        if not found:
            me.say("Nothing was withdrawn at this meeting.")
            return
        rows = [
            Row(row.id, (row.item, name_of(row), f"because: {hidden(row.withdrawn)}"))
            for row in found.values()
        ]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                row = found[result[0]]
                self.bring_back(type(row), row.id)

        foot = "Enter brings it back, with a reason; it keeps its number   Esc back"
        me.app.push_screen(Listing("Withdrawn", rows, (5, 34, 60), foot=foot), chosen)


def _stops(gap: Gap) -> str:
    if gap.parked:
        return "parked"
    return {"closing": "closing", "approval": "approval"}.get(str(gap.stops), "look at")
