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
from typing import Final

_TERMINAL: Final = Path("/dev/tty")
"""The one that ``getpass`` asks at."""

_hidden = False
"""Whether what is typed is unseen because of us."""


def ask(prompt: str) -> str:
    """A line from the terminal, unseen; what is typed after it is unseen until ``show_again``.

    Raises EOFError where the terminal ends, KeyboardInterrupt for Ctrl+C.
    """
    global _hidden  # noqa: PLW0603 - a process has one terminal
    _hidden = _hidden or _changed(shown=False)
    return getpass.getpass(prompt)


def show_again() -> None:
    """The terminal shows what is typed, as it did before the first question."""
    global _hidden  # noqa: PLW0603 - as above
    if _hidden:
        _changed(shown=True)
        _hidden = False


def _changed(*, shown: bool) -> bool:
    """Have the terminal show what is typed, or not; whether it did otherwise before.

    Nothing is changed where there is none, in the background, where it is the shell's, and on Windows,
    which shows a key when it is read.
    """
    if sys.platform == "win32":
        return False
    import termios

    with contextlib.suppress(OSError, termios.error), _TERMINAL.open("rb", buffering=0) as tty:
        if os.tcgetpgrp(tty.fileno()) == os.getpgrp():
            wanted = termios.tcgetattr(tty)
            before = wanted[3]
            wanted[3] = before | termios.ECHO if shown else before & ~termios.ECHO
            termios.tcsetattr(tty, termios.TCSADRAIN, wanted)
            return bool(wanted[3] != before)
    return False
