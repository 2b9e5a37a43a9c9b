"""How a program that reads lines is ended from outside: it saves first, and is gone in two seconds.

A signal is only noted where it arrives, which may be in the middle of a save; whoever waits for a
line sees it there. The terminal is put back as it was found, whatever happens.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any, Final

LEAVE_WITHIN: Final = 1.8
"""Seconds from the signal to the end, saved or not."""


class Ended(Exception):
    """No further line comes: the input has ended, or a signal came."""

    def __init__(self, number: int, begun: str) -> None:
        """``number`` is the signal's, 0 for the end of the input; ``begun`` stood on the line."""
        super().__init__("the input has ended")
        self.number = number
        self.begun = begun


class Ending:
    """Signals, and the terminal as it was found. Use as a context."""

    def __init__(self) -> None:
        self.number: int | None = None
        """The signal that ends the program; None while none came."""
        self._was_stopped = False
        self.stop_wanted = False
        """Whether it is to be stopped (Ctrl+Z): between two saves, never in one."""
        self.wakes, self._wake = os.pipe()
        self._before: dict[int, Any] = {}
        self._terminal: list[Any] | None = None

    def __enter__(self) -> Ending:
        """Take the signals and the terminal."""
        names = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGBREAK"]
        for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup keeps its meaning
                self._before[number] = signal.signal(number, self._note)
        if sys.platform != "win32":
            self._before[signal.SIGCONT] = signal.signal(signal.SIGCONT, self._went_on)
            self._before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, self._note_stop)
        self._take_terminal()
        return self

    def __exit__(self, *_: object) -> None:
        """Give both back."""
        self._give_terminal_back()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        for pipe in (self.wakes, self._wake):
            os.close(pipe)

    def hang_up(self) -> None:
        """The terminal is gone."""
        if self.number is None:
            self.number = 1
            self._see_to_it()

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self.number is None:
            self.number = number
            self._see_to_it()
        self._wake_up()

    def _went_on(self, _number: int, _frame: FrameType | None) -> None:
        self._was_stopped = True
        self._take_terminal()
        self._wake_up()

    def _note_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stop_wanted = True
        self._wake_up()

    def stand_still(self) -> None:
        """Stop here, with the terminal as it was found; returns when the program goes on."""
        self.stop_wanted = False
        if sys.platform != "win32":
            self._give_terminal_back()
            os.kill(os.getpid(), signal.SIGSTOP)

    def was_stopped_once(self) -> bool:
        """Whether it was stopped and goes on, since this was last asked: somebody else may sit there."""
        was, self._was_stopped = self._was_stopped, False
        return was

    def _wake_up(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._wake, b".")

    def answer(self) -> None:
        """What woke whoever waits was seen."""
        with contextlib.suppress(OSError):
            os.set_blocking(self.wakes, False)
            os.read(self.wakes, 64)

    def _see_to_it(self) -> None:
        timer = threading.Timer(LEAVE_WITHIN, self._leave)
        timer.daemon = True
        timer.start()

    def _leave(self) -> None:
        self._give_terminal_back()
        os._exit(128 + (self.number or 0))

    # -- the terminal ------------------------------------------------------------------

    def _take_terminal(self) -> None:
        """Characters as they are typed, echoed by whoever reads them; Ctrl+C still ends."""
        if sys.platform == "win32" or not sys.stdin.isatty():
            return
        import termios

        with contextlib.suppress(termios.error, OSError):
            found = termios.tcgetattr(0)
            if self._terminal is None:
                self._terminal = [*found[:6], list(found[6])]
            found[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
            found[6][termios.VMIN], found[6][termios.VTIME] = 1, 0
            termios.tcsetattr(0, termios.TCSANOW, found)

    def _give_terminal_back(self) -> None:
        if sys.platform == "win32" or self._terminal is None:
            return
        import termios

        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(0, termios.TCSANOW, self._terminal)
