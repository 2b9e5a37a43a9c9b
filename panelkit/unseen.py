"""A passphrase is asked for without showing it, nor what is typed before the next question.

``getpass`` shows again what is typed as soon as it has its line. Working out a key takes a moment,
and a wrong passphrase is asked for once more: whoever types on in between would have it read by
everybody who sees the terminal. Here it stays unseen until whoever asks says that this is over.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from pathlib import Path
from typing import Any, Final

_TERMINAL: Final = Path("/dev/tty")
"""The one that ``getpass`` asks at."""

_found: list[Any] | None = None
"""The terminal as it was before the first question; None while it shows what is typed."""


def ask(prompt: str) -> str:
    """A line from the terminal, unseen; what is typed after it is unseen until ``show_again``.

    Raises EOFError where the terminal ends, KeyboardInterrupt for Ctrl+C.
    """
    global _found  # noqa: PLW0603 - a process has one terminal
    if _found is None:
        _found = _without_echo()
    return getpass.getpass(prompt)


def show_again() -> None:
    """The terminal shows what is typed, as it did before the first question."""
    global _found  # noqa: PLW0603 - as above
    if _found is not None:
        _set(_found)
        _found = None


def _without_echo() -> list[Any] | None:
    """What the terminal was like; None where there is none, or none that shows what is typed by
    itself: Windows shows a key when it is read."""
    if sys.platform == "win32":
        return None
    import termios

    with contextlib.suppress(OSError, termios.error), _TERMINAL.open("rb", buffering=0) as tty:
        found = termios.tcgetattr(tty)
        _set([*found[:3], found[3] & ~termios.ECHO, *found[4:]])
        return found
    return None


def _set(wanted: list[Any]) -> None:
    if sys.platform == "win32":
        return
    import termios

    with contextlib.suppress(OSError, termios.error), _TERMINAL.open("rb", buffering=0) as tty:
        if os.tcgetpgrp(tty.fileno()) == os.getpgrp():  # in the background it is the shell's
            termios.tcsetattr(tty, termios.TCSADRAIN, wanted)
