"""The program while somebody practises: the list of scenarios, one meeting, how it goes.

It opens practices and nothing else: no home screen, no other record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from panelkit.domain.errors import PanelkitError
from panelkit.domain.practice import REF, Learner, Scenario
from panelkit.domain.vocabulary import HELD
from panelkit.opened.sharing import SHARING
from panelkit.services.desk import Desk
from panelkit.services.practising import Asked, Shelf
from panelkit.tui.app import PanelkitApp
from panelkit.tui.keys import PRACTICE_KEYS, for_the_program
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.practice.choose import PracticeList
from panelkit.tui.screens.practice.strip import SaidHere
from panelkit.tui.screens.practice.told import PracticeTold
from panelkit.tui.typed import notify_typed

Opens = Callable[[str, bool], Desk]
"""Opens a scenario's last attempt, or a new one."""


class PracticeApp(PanelkitApp):
    """Opens the list of scenarios, or one of them over it."""

    BINDINGS: ClassVar[list[BindingType]] = [*for_the_program(PRACTICE_KEYS)]

    def __init__(
        self, shelf: Shelf, opens: Opens, *, role: str = "", first: Scenario | None = None,
        again: bool = False, crash_folder: Path, settings_file: Path | None = None,
    ) -> None:  # fmt: skip
        """``first`` is opened at once, anew with ``again``; ``role`` lists that role's alone."""
        super().__init__(None, crash_folder=crash_folder, settings_file=settings_file)
        self.shelf = shelf
        self.opens = opens
        self.role = role
        self.first = first
        self.again = again

    def open_first_screen(self) -> None:
        """What there is to practise; over it what was asked for."""
        self.push_screen(PracticeList(self.shelf, self.begin, role=self.role))
        if self.first is not None:
            self.call_after_refresh(self.begin, self.first.id, self.again)

    def begin(self, scenario: str, again: bool) -> None:  # noqa: FBT001 - as it is chosen
        """Open an attempt; the one that was open before is closed."""
        if self.desk is not None:
            self.desk.caseload.record.close()
            self.desk = None
        try:
            self.desk = self.opens(scenario, again)
        except PanelkitError as failed:
            notify_typed(self, failed.sentence, "error", is_open=True)
            return
        meeting = self.desk.caseload.latest(REF)
        if meeting is None:
            return
        if self.desk.practice is not None and self._writes(self.desk):
            self.push_screen(DraftScreen(self.desk, meeting), lambda _done: self._left(meeting.ref))
        else:
            self.open_meeting(meeting.ref)

    @staticmethod
    def _writes(desk: Desk) -> bool:
        practice = desk.practice
        return practice is not None and practice.scenario.role is Learner.MINUTE_TAKER

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """As ever; over a meeting that is practised stands what people say."""
        done = super().push_screen(screen, *args, **options)
        if isinstance(screen, MeetingScreen):
            self.call_later(self._mount_said, screen)
        return done

    async def _mount_said(self, screen: MeetingScreen) -> None:
        practice = self.desk.practice if self.desk is not None else None
        if practice is None or screen not in self.screen_stack:
            return
        if not screen.is_mounted:
            self.call_after_refresh(self._mount_said, screen)
        elif not screen.query(SaidHere):
            await screen.mount(SaidHere(practice), before="#body")

    # -- how it goes -------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of a practice do something where it is practised, and nowhere else."""
        if action == "practice_said":
            return isinstance(self.screen, MeetingScreen)
        if action == "practice_how":
            return isinstance(self.screen, MeetingScreen | DraftScreen)
        return super().check_action(action, parameters)

    def action_practice_said(self) -> None:
        """The next person speaks."""
        for strip in self.screen.query(SaidHere):
            strip.said_next()

    def action_practice_how(self) -> None:
        """How am I doing."""
        screen = self.screen
        if isinstance(screen, MeetingScreen):
            screen.session.flush()
            screen.store_visit()
            self._tell(screen.session.meeting.ref, screen.current, screen)
        elif isinstance(screen, DraftScreen):
            screen.session.flush()
            self._tell(screen.session.meeting.ref, "", None)

    def _tell(self, ref: str, at: str, screen: MeetingScreen | None) -> None:
        desk = self.desk
        if desk is None or desk.practice is None:
            return
        if SHARING.on:
            notify_typed(self, "Not while the screen is masked: F12 first.", is_open=True)
            return
        meeting = desk.caseload.find(ref)
        try:
            asked: Asked = desk.practice.ask(meeting)
        except PanelkitError as failed:
            notify_typed(self, failed.sentence, "error")
            return

        def chosen(code: str | None) -> None:
            if code and screen is not None and screen in self.screen_stack:
                screen.run_worker(screen.go_to(code), group="goes-to")

        self.push_screen(PracticeTold(desk, desk.practice, meeting, asked, at), chosen)

    def _left_meeting(self, following: str | None) -> None:
        super()._left_meeting(following)
        if not following:
            self._left(REF)

    def _left(self, ref: str) -> None:
        """Once it has closed, how it went is told without being asked for."""
        desk = self.desk
        if desk is None or not isinstance(self.screen, PracticeList):
            return
        meeting = desk.caseload.latest(REF) if ref == REF else desk.caseload.find(ref)
        if meeting is not None and meeting.state in HELD:
            self._tell(meeting.ref, "", None)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette has the keys of a practice, too."""
        yield from super().get_system_commands(screen)
        for key in PRACTICE_KEYS:
            if self.check_action(key.id, ()):
                yield SystemCommand(key.label, key.tooltip, getattr(self, f"action_{key.id}"))
