"""The program on screen: which screen is open, the theme, the farewell. Nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from panelkit.services.desk import Desk
from panelkit.tui.crash import SafeCrash
from panelkit.tui.terminal import install_signal_handlers
from panelkit.tui.theme import THEMES

Opening = Callable[[], Desk]
"""Opens the record; called once somebody has chosen which."""


class PanelkitApp(SafeCrash, App[None]):
    """Opens the home screen, or one meeting."""

    TITLE = "panelkit"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave_program", "Leave", id="leave-program", priority=True, show=False),
    ]

    def __init__(
        self,
        desk: Desk | None,
        *,
        ref: str = "",
        crash_folder: Path,
        choices: dict[str, Opening] | None = None,
        minutes: bool = False,
    ) -> None:
        """``desk`` is None at a first start, where ``choices`` says what may be opened.

        ``minutes`` opens the minute taker's desk instead of home.
        """
        self.crash_folder = crash_folder
        super().__init__()
        self.desk = desk
        self.ref = ref
        self.choices = choices or {}
        self.minutes = minutes

    def on_mount(self) -> None:
        """The theme, the farewell, the first screen."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = os.environ.get("PANELKIT_THEME", THEMES[0].name)
        install_signal_handlers(self, self.save_everything)
        self.open_first_screen()

    def open_first_screen(self) -> None:
        """One meeting, home, or the choice of a record."""
        from panelkit.tui.screens.home import HomeScreen

        if self.desk is None:
            from panelkit.tui.screens.firststart import FirstStart

            self.push_screen(FirstStart(self.choices))
            return
        if self.minutes:
            self.open_minutes(self.desk)
        elif self.ref:
            self.open_meeting(self.ref)
        else:
            self.push_screen(HomeScreen(self.desk))

    def open_minutes(self, desk: Desk) -> None:
        """The minute taker's queue, and over it the draft of the meeting that was named."""
        from panelkit.tui.screens.minutes.queue import MinuteQueue

        self.push_screen(MinuteQueue(desk))
        if self.ref:
            from panelkit.tui.screens.minutes.draft import DraftScreen

            self.push_screen(DraftScreen(desk, desk.caseload.find(self.ref)))

    def open_meeting(self, ref: str) -> None:
        """The chair's screen of one meeting; leaving it goes home."""
        from panelkit.tui.screens.meeting import MeetingScreen

        if self.desk is None:
            return
        self.push_screen(MeetingScreen(self.desk, self.desk.caseload.find(ref)), self._left_meeting)

    def _left_meeting(self, _result: None) -> None:
        from panelkit.tui.screens.home import HomeScreen

        if self.desk is None:
            return
        if isinstance(self.screen, HomeScreen):
            self.screen.follow()
        else:
            self.push_screen(HomeScreen(self.desk))

    def save_everything(self) -> None:
        """Whatever any open screen holds is made durable."""
        for screen in self.screen_stack:
            save = getattr(screen, "save_everything", None)
            if save is not None:
                save()

    def action_leave_program(self) -> None:
        """Save and go."""
        self.save_everything()
        self.exit()
