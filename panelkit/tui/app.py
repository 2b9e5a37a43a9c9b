"""The program on screen: which screen is open, the theme, the farewell. Nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.opened.seconds import Seconds, seconds_passed
from panelkit.services.desk import Desk
from panelkit.tui import drawnonce, lastfault
from panelkit.tui.away import GoesOn
from panelkit.tui.collector import CollectsInPauses
from panelkit.tui.colours import Colours
from panelkit.tui.crash import SafeCrash
from panelkit.tui.idle import LocksWhenIdle
from panelkit.tui.keys import everywhere
from panelkit.tui.lastfault import Stopped
from panelkit.tui.messages import BesideWanted
from panelkit.tui.openings import JournalsOpenings
from panelkit.tui.owncopies import MakesCopies
from panelkit.tui.reaching import ReachesServer
from panelkit.tui.rights import AsksRole
from panelkit.tui.screens.redline import LooksAtHead
from panelkit.tui.screens.statistics.palette import OffersStatistics
from panelkit.tui.terminal import install_signal_handlers
from panelkit.tui.typeahead import TypeAhead
from panelkit.tui.typed import notify_typed

if TYPE_CHECKING:
    from panelkit.tui.screens.meeting import MeetingScreen, Opened

drawnonce.install()

Opening = Callable[[], Desk]
"""Opens the record; called once somebody has chosen which."""


class PanelkitApp(
    ReachesServer, LocksWhenIdle, JournalsOpenings, LooksAtHead, TypeAhead, CollectsInPauses, MakesCopies,
    Colours, GoesOn, SafeCrash, AsksRole, OffersStatistics, App[None],
):  # fmt: skip
    """Opens the home screen, or one meeting."""

    TITLE = "panelkit"
    ENABLE_COMMAND_PALETTE = True
    CSS = "Input > .input--placeholder { color: $text-muted; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave_program", "Leave", id="leave-program", priority=True, show=False),
        *everywhere(),
    ]

    def __init__(
        self,
        desk: Desk | None,
        *,
        ref: str = "",
        crash_folder: Path,
        choices: dict[str, Opening] | None = None,
        minutes: bool = False,
        settings_file: Path | None = None,
        seconds: Seconds = seconds_passed,
    ) -> None:
        """``desk`` is None at a first start, where ``choices`` says what may be opened.

        ``minutes`` opens the minute taker's desk instead of home; ``seconds`` counts idleness.
        """
        self.crash_folder = crash_folder
        self.settings_file = settings_file
        super().__init__(seconds=seconds)
        self.desk = desk
        self.ref = ref
        self.choices = choices or {}
        self.behind: dict[str, MeetingScreen] = {}
        """Meetings open behind the one on screen, by id."""
        self.lasting: list[MeetingScreen] = []
        """Meetings that were shown beside another: they outlive leaving the screen."""
        self.minutes = minutes
        self.wants_new = False
        """Whether somebody chose a new record at the first start: its passphrase is asked for at
        the terminal, when this program has left it."""
        self.wants_practice = False
        """Whether somebody goes on to practise: in a program of its own, when this one is left."""
        self.stopped: Stopped | None = None
        """Where a fault ended the last run, until somebody chose how to go on."""

    def on_mount(self) -> None:
        """The theme, the farewell, the first screen."""
        self.start_reaching()
        self.start_colours()
        install_signal_handlers(self, self.save_everything)
        self.start_resting()
        if self.desk is not None:
            self._say_sent(self.desk)
        self.open_first_screen()
        self.follow_openings()
        self.call_after_refresh(self.look_at_head)
        if self.desk is not None:
            self.make_up_for_copies(self.desk)

    def _say_sent(self, desk: Desk) -> None:
        """What waited on this machine for the server is sent before anything is opened."""
        from panelkit.opened.outgoing import send_what_waits

        sent, _left = send_what_waits(desk)
        if sent:
            typed = "1 passage" if sent == 1 else f"{sent} passages"
            notify_typed(self, f"{typed} typed while the server was away: sent.", is_open=True)

    def open_first_screen(self) -> None:
        """One meeting, home, or the choice of a record."""
        if self.desk is None:
            from panelkit.tui.screens.firststart import FirstStart

            self.push_screen(FirstStart(self.choices))
            return
        self.stopped = lastfault.read(self._mark(self.desk))
        if self.stopped is not None and not self.stopped.asked:
            from panelkit.tui.screens.afterfault import AfterFault

            self.push_screen(AfterFault(self.desk, self.stopped))
            return
        self.stopped = None
        self._open(self.desk)

    def _open(self, desk: Desk) -> None:
        if desk.why_not(Act.READ):
            from panelkit.tui.screens.ownpart import OwnPart

            self.push_screen(OwnPart(desk))
        elif self.minutes and not desk.why_not(Act.DRAFT):
            self.open_minutes(desk)
        elif self.ref:
            self.open_meeting(self.ref)
        else:
            from panelkit.tui.screens.home import HomeScreen

            self.push_screen(HomeScreen(desk))

    # -- after a fault -----------------------------------------------------------------

    def _mark(self, desk: Desk) -> Path:
        return lastfault.mark_path(self.crash_folder, desk.chairing.record.location, desk.who)

    def go_on(self, choice: str) -> None:
        """Open what was chosen after a fault: ``on``, ``aside``, ``home`` or ``list``."""
        from panelkit.tui.screens.afterfault import PlainMeetings
        from panelkit.tui.screens.home import HomeScreen

        desk, stopped, self.stopped = self.desk, self.stopped, None
        if desk is None or stopped is None:
            return
        lastfault.write(self._mark(desk), replace(stopped, asked=True))
        aside = (stopped.place,) if choice == "aside" else ()
        if choice == "list":
            self.push_screen(PlainMeetings(desk))
        elif choice == "home":
            self.push_screen(HomeScreen(desk))
        elif not stopped.meeting:
            self._open(desk)
        elif stopped.drafting:
            self.minutes, self.ref = True, desk.chairing.load(stopped.meeting).ref
            self.open_minutes(desk, aside, stopped.place)
        else:
            self.open_meeting(desk.chairing.load(stopped.meeting).ref, aside)

    def stop_for_fault(self, error: BaseException) -> None:
        """As every fault; where it was is marked for the next start."""
        first = not self._fault
        super().stop_for_fault(error)
        if first and self.desk is not None:
            with contextlib.suppress(Exception):  # the way out stays open; the fault is reported
                lastfault.write(self._mark(self.desk), self._where(error))

    def _where(self, error: BaseException) -> Stopped:
        from panelkit.tui.screens.oneline import OneLine

        drawing = lastfault.met_while_drawing(error)
        if self.stopped is not None:
            return replace(self.stopped, drawing=True)
        found = Stopped(drawing=drawing)
        for screen in self.screen_stack:
            meeting = getattr(getattr(screen, "session", screen), "meeting", None)
            if isinstance(meeting, Meeting):
                found = replace(found, meeting=meeting.id)
            current = getattr(screen, "current", None)
            if hasattr(screen, "session") and isinstance(current, str):
                drafting = hasattr(screen, "drafting")
                found = replace(found, place=current, drafting=drafting)
            if isinstance(screen, OneLine):
                found = replace(found, line=screen.line)
            if isinstance(entry := getattr(screen, "entry", None), str):
                found = replace(found, entry=entry)
        return found

    def run(self, **options: Any) -> None:
        """Run; left as it should be, no mark of an earlier fault stays."""
        super().run(**options)
        if not self._fault and self.desk is not None and self.stopped is None:
            lastfault.forget(self._mark(self.desk))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's commands, and the lines begun at the meeting on screen."""
        from panelkit.tui.screens.afterfault import show_kept

        yield from super().get_system_commands(screen)
        meeting = getattr(getattr(screen, "session", None), "meeting", None)
        if isinstance(meeting, Meeting):
            yield SystemCommand(
                "Kept words",
                "Every line begun here and not taken",
                partial(show_kept, self, meeting),
            )

    def open_minutes(self, desk: Desk, aside: tuple[str, ...] = (), at: str = "") -> None:
        """The minute taker's queue, and over it the draft of the meeting that was named."""
        from panelkit.tui.screens.minutes.queue import MinuteQueue

        self.push_screen(MinuteQueue(desk))
        if self.ref:
            from panelkit.tui.screens.minutes.draft import DraftScreen

            self.push_screen(DraftScreen(desk, desk.caseload.find(self.ref), aside, at=at))

    def open_meeting(
        self, ref: str, aside: tuple[str, ...] = (), *, at: tuple[str, str, str] = ("", "", "")
    ) -> None:
        """The chair's screen of one meeting; leaving it goes home, or to the next of the sitting.

        ``at`` is the item, field and entry that is opened in it; else where it was left.
        """
        from panelkit.tui.screens.meeting import read_opened

        if self.desk is None:
            return
        reads = partial(read_opened, self.desk, ref)
        self.read_then(
            ref, reads, partial(self._show_meeting, aside, at), partial(self._left_meeting, None)
        )

    def _show_meeting(
        self, aside: tuple[str, ...], at: tuple[str, str, str], found: Opened
    ) -> None:
        from panelkit.tui.screens.meeting import MeetingScreen

        if self.desk is None:
            return
        kept = self.behind.pop(found.meeting.id, None)
        if kept is not None:
            kept.session.reload()
        screen = kept or MeetingScreen(self.desk, found.meeting, aside, found)
        screen.goes_to = at
        self.push_screen(screen, self._left_meeting)

    @on(BesideWanted)
    def show_beside(self, event: BesideWanted) -> None:
        """Another meeting on screen; this one stays open behind it, cursor and words as they are."""
        from panelkit.tui.screens.meeting import MeetingScreen

        event.stop()
        screen = self.screen
        if not isinstance(screen, MeetingScreen):
            return
        meeting_id = screen.session.meeting.id
        if screen not in self.lasting:
            self.install_screen(screen, f"meeting-{meeting_id}")
            self.lasting.append(screen)
        self.behind[meeting_id] = screen
        self.pop_screen()
        self.open_meeting(event.ref)

    def _left_meeting(self, following: str | None) -> None:
        from panelkit.tui.screens.home import HomeScreen

        if self.desk is None:
            return
        self._let_go()
        if following:
            self.open_meeting(following)
        elif getattr(self.screen, "comes_back", False):
            self.screen.follow()  # type: ignore[attr-defined]  # what meetings are opened from follows
        else:
            self.push_screen(HomeScreen(self.desk))

    def _let_go(self) -> None:
        """A meeting that was left, and is neither on screen nor behind, is closed for good."""
        open_still = [*self.behind.values(), *self.screen_stack]
        for screen in [kept for kept in self.lasting if kept not in open_still]:
            self.lasting.remove(screen)
            self.uninstall_screen(screen)
            screen.remove()

    def save_everything(self) -> None:
        """Whatever any open screen holds is made durable; one that fails keeps no other from it."""
        failed: list[Exception] = []
        for screen in self.every_screen():
            save = getattr(screen, "save_everything", None)
            try:
                if save is not None:
                    save()
            except Exception as error:  # noqa: BLE001 - raised once every screen was asked
                failed.append(error)
        if failed:
            raise failed[0]

    def action_leave_program(self) -> None:
        """Save and go."""
        self.save_everything()
        self.exit()
