"""Nobody at the screen: it is masked, or saved and locked. And nothing reaches past the lock.

Touches are keys, pastes and the mouse; timers and what comes from the record are not. The
clock goes on while the computer sleeps, and what is due is done before the key that woke it
is read.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from textual import events
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen

from panelkit.domain.idleness import Due, Patience, due, patience_from
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened import settingsfile
from panelkit.opened.seconds import Seconds, seconds_passed
from panelkit.opened.session import Session
from panelkit.opened.sharing import SHARING
from panelkit.services.desk import Desk
from panelkit.tui.crash import SafeCrash
from panelkit.tui.masking import Masks
from panelkit.tui.screens.lock import LockScreen, Standing
from panelkit.tui.suspending import install_stop_handlers
from panelkit.tui.typed import notify_typed

LOOK_EVERY: Final = 1.0
"""Seconds between looks at how long nobody touched anything."""
HANDS: Final = (events.Key, events.Paste, events.MouseEvent)
"""What only a person sends."""
WAKES: Final = (events.Key, events.Paste, events.MouseDown)
"""What brings a masked screen back; a mouse that is nudged does not."""


class LocksWhenIdle(Masks, SafeCrash, App[None]):
    """An app that rests. Mixed in before whatever else takes messages."""

    desk: Desk | None = None
    settings_file: Path | None
    seconds: Seconds

    def __init__(self, *args: Any, seconds: Seconds = seconds_passed, **options: Any) -> None:
        """``seconds`` is the clock of idleness; tests move one of their own."""
        self.seconds = seconds
        self.patience = Patience()
        self._touched_at = seconds()
        self._locked: LockScreen | None = None
        self._held: deque[Callable[[], object]] = deque()
        """What came while locked: done in its order once it is opened."""
        self._save_failed = False
        SHARING.forget()
        super().__init__(*args, **options)

    def start_resting(self) -> None:
        """From now on idleness counts, and a stop from outside is followed by the lock."""
        self.patience, complaints = patience_from(settingsfile.read(self.settings_file))
        for complaint in complaints:
            notify_typed(self, f"Settings: {complaint}", "warning", is_open=True)
        self._touched_at = self.seconds()
        self.set_interval(LOOK_EVERY, self.rest)
        install_stop_handlers(self, self.lock, self.lock_drawn)

    # -- idleness ----------------------------------------------------------------------

    async def _post_message(self, message: Message) -> bool:
        # Only the terminal comes this way.
        if isinstance(message, HANDS) and self._takes_for_itself(message):
            return True
        return await super()._post_message(message)

    def _takes_for_itself(self, message: Message) -> bool:
        """Whether a touch did its work by being one: it woke the screen and does nothing else."""
        if not self._running:
            return False
        was_locked = self.is_locked
        self.rest()
        self._touched_at = self.seconds()
        if self.is_locked and not was_locked:
            return True
        if SHARING.by_idleness and not self.is_locked and isinstance(message, WAKES):
            self.set_mask(by_person=False, by_idleness=False)
            return True
        return False

    def rest(self) -> None:
        """Do what is due now."""
        if self._locked is not None:
            if not self.is_all_saved:
                self._save()
            self._locked.follow()
            return
        idle = self.seconds() - self._touched_at
        what = due(idle, running=self.is_running_meeting, patience=self.patience)
        if what is Due.LOCK:
            self.lock()
        elif what is Due.MASK and not SHARING.on:
            self.set_mask(by_person=False, by_idleness=True)

    @property
    def sessions(self) -> list[Session]:
        """Every meeting that is open here, on screen or behind."""
        found = (getattr(screen, "session", None) for screen in self.every_screen())
        return [session for session in found if isinstance(session, Session)]

    @property
    def is_running_meeting(self) -> bool:
        """Whether a meeting that is led at this desk runs."""
        return any(s.meeting.state is MeetingState.OPEN and s.pen is None for s in self.sessions)

    # -- the lock ----------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """Whether the lock covers everything."""
        return self._locked is not None

    @property
    def is_all_saved(self) -> bool:
        """Whether everything typed is on disk."""
        return not self._save_failed and all(session.is_safe for session in self.sessions)

    def action_lock_now(self) -> None:
        """Save and lock."""
        self.lock()

    def lock(self) -> None:
        """Save, then cover everything. What cannot be saved stays in memory, and the lock says so."""
        if self._locked is not None or not self._running:
            return
        self._save()
        self.clear_notifications()
        self._locked = LockScreen(
            self.desk,
            lambda: Standing(saved=self.is_all_saved, running=self.is_running_meeting),
            self.unlock,
        )
        super().push_screen(self._locked)

    async def lock_drawn(self) -> None:
        """Return once the lock is what is drawn."""
        drawn = asyncio.Event()
        if self.call_after_refresh(drawn.set):
            await drawn.wait()

    def _save(self) -> None:
        try:
            self.save_everything()
        except Exception as error:  # noqa: BLE001 - said on the lock, tried again; reported once
            if not self._save_failed:
                self._report(error)
            self._save_failed = True
        else:
            self._save_failed = False

    def unlock(self) -> None:
        """The lock goes; what waited behind it is done now, in its order."""
        if self._locked is None:
            return
        self._locked = None
        self._touched_at = self.seconds()
        super().pop_screen()
        if SHARING.by_idleness:
            self.set_mask(by_person=False, by_idleness=False)
        self.call_later(self._go_on)

    async def _go_on(self) -> None:
        while self._held and not self.is_locked:
            done = self._held.popleft()()
            if isinstance(done, Awaitable):
                await done  # a screen is there before the next step asks something of it
        self.cover()
        self.say_where()

    def _hold(self, step: Callable[[], object]) -> AwaitComplete:
        self._held.append(step)
        return AwaitComplete()

    # -- nothing reaches past it -----------------------------------------------------------

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """As ``App``; while locked it waits."""
        if self._locked is not None:
            return self._hold(partial(self.push_screen, screen, *args, **options))
        return super().push_screen(screen, *args, **options)

    def pop_screen(self) -> Any:
        """As ``App``; while locked it waits."""
        if self._locked is not None:
            return self._hold(self.pop_screen)
        return super().pop_screen()

    def switch_screen(self, screen: Any) -> Any:
        """As ``App``; while locked it waits."""
        if self._locked is not None:
            return self._hold(partial(self.switch_screen, screen))
        return super().switch_screen(screen)

    def notify(self, message: str, **options: Any) -> None:
        """As ``App``, parsed as nothing whoever calls; while locked it waits."""
        options.pop("markup", None)
        if self._locked is not None:
            self._hold(partial(self.notify, message, **options))
            return
        super().notify(message, markup=False, **options)

    def action_command_palette(self) -> None:
        """Not over the lock."""
        if self._locked is None:
            super().action_command_palette()

    def action_mask(self) -> None:
        """Not over the lock."""
        if self._locked is None:
            super().action_mask()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's commands, the lock, and after how long it comes."""
        yield from super().get_system_commands(screen)
        yield SystemCommand(
            "Lock", "Save everything and lock the screen", partial(self.call_later, self.lock)
        )
        yield SystemCommand(
            "Idle times", "After how many minutes without a key it masks and locks", self.ask_times
        )

    def ask_times(self) -> None:
        """Other minutes, within their bounds, kept for the next start."""
        from panelkit.tui.screens.idletimes import IdleTimes

        self.push_screen(IdleTimes(self.patience), self._times_chosen)

    def _times_chosen(self, chosen: tuple[str, str] | None) -> None:
        name, _, minutes = (chosen[0] if chosen else "").partition(" ")
        if not minutes:
            return
        self.patience, _none = patience_from(
            {**settingsfile.idle_times(self.patience), name: int(minutes)}
        )
        said = "Idle times changed."
        if self.settings_file is not None:
            try:
                settingsfile.keep(self.settings_file, **{name: int(minutes)})
                said += " Kept for the next start."
            except OSError:
                said += " They could not be kept for the next start."
        notify_typed(self, said, is_open=True)
