"""The process and its terminal: what is hardened at the start, and how it is ended from outside.

A signal or a closed window saves what is typed, puts the terminal back and ends the
process with 128 + the signal's number, within two seconds whatever else goes wrong.
Importable without Textual: ``scrub_environment`` must run before Textual is imported.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import asyncio

    from textual.app import App

Save = Callable[[], None]

LEAVE_WITHIN: Final = 1.8
"""Seconds from the signal to the end, saved or not; a system that shuts down waits little more."""
UNBLOCK_AFTER: Final = 0.3
"""Seconds the event loop has to answer before what it is drawing is thrown away."""
HANG_UP: Final = 1
"""SIGHUP, and a terminal that is no longer there; the number is the same everywhere."""

_PR_SET_DUMPABLE: Final = 4
_WINDOWS_CLOSING: Final = frozenset({2, 5, 6})
"""Console closed, log-off, shut-down."""


def scrub_environment() -> tuple[str, ...]:
    """Drop every ``TEXTUAL`` variable; they log, photograph or drive the screen from outside.

    Returns the names dropped. Has no effect on a Textual already imported.
    """
    dropped = tuple(
        n for n in os.environ if n.upper() == "TEXTUAL" or n.upper().startswith("TEXTUAL_")
    )
    for name in dropped:
        del os.environ[name]
    return dropped


def harden_process() -> None:
    """No core dump and, where the system can, no reading of this process by others like it.

    Best effort: a system that refuses is no reason not to hold the meeting.
    """
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def accept_any_bytes() -> None:
    """A byte that is no UTF-8 arrives as U+FFFD; by itself it would end Textual's key thread.

    One key of a terminal set to Latin-1 is enough to end a meeting. Call before ``run``.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[assignment,attr-defined]


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def install_signal_handlers(app: App[Any], save: Save) -> None:
    """From now on a signal or a closed terminal ends the program, saved. Call from ``on_mount``.

    ``save`` runs as a callback of the event loop, so never in the middle of another save.
    A headless app (a test) has no terminal and is left alone.
    """
    if app.is_headless:
        return
    import asyncio

    watcher = _Watcher(app, save, asyncio.get_running_loop())
    watcher.listen()
    watcher.start()


def restore_terminal(app: App[Any]) -> None:
    """Put the terminal back as it was found: the screen, the keys, the cursor."""
    driver = app._driver  # noqa: SLF001 - Textual has no public name for it
    if driver is not None:
        driver.stop_application_mode()
        driver.close()


class _Watcher(threading.Thread):
    """Waits for a signal or the end of the terminal, then sees to it that the process ends.

    Signals arrive here as bytes that the interpreter writes in C (``set_wakeup_fd``), so
    the two seconds run even while the main thread is stuck in a call.
    """

    def __init__(self, app: App[Any], save: Save, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="panelkit-signals", daemon=True)
        self.app = app
        self.save = save
        self.loop = loop
        self.answered = threading.Event()
        self.gone = False
        self._ours, self._theirs = socket.socketpair()
        self._theirs.settimeout(0)

    def listen(self) -> None:
        """Take the signals; only the main thread may."""
        if sys.platform == "win32":
            signal.signal(signal.SIGBREAK, self._send)
            signal.signal(signal.SIGTERM, self._send)
            self._listen_to_console()
            return
        # asyncio's own add_signal_handler is not used: it would take the wake-up for itself
        # and, with the loop stuck, nobody would see the time.
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, _nothing)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup keeps its meaning
            signal.signal(signal.SIGHUP, _nothing)

    def run(self) -> None:
        """Wait; then leave."""
        number = self._wait()
        with contextlib.suppress(Exception):  # whatever fails here, the process still ends
            self.loop.call_soon_threadsafe(self._leave, number)
            self._see_to_it()
        os._exit(128 + number)

    # -- waiting -------------------------------------------------------------------------

    def _wait(self) -> int:
        """The number of the signal that ends the program."""
        ending = {signal.SIGTERM, signal.SIGINT, HANG_UP}
        if sys.platform == "win32":
            ending.add(signal.SIGBREAK)
            while True:
                for byte in self._ours.recv(64):
                    if byte in ending:
                        return byte
        import select

        ending.add(signal.SIGQUIT)
        poll = select.poll()
        poll.register(self._ours.fileno(), select.POLLIN)
        for terminal in _terminals():
            poll.register(terminal, 0)  # no event is asked for: only the hang-up is told
        while True:
            for descriptor, told in poll.poll():
                if descriptor != self._ours.fileno():
                    if told & (select.POLLHUP | select.POLLERR):
                        self.gone = True
                        return HANG_UP
                    poll.unregister(descriptor)  # a system that cannot poll terminals
                    continue
                for byte in self._ours.recv(64):
                    if byte in ending:
                        return byte

    def _see_to_it(self) -> None:
        """Return when the time is up; help a loop that is stuck drawing on a dead terminal."""
        deadline = time.monotonic() + LEAVE_WITHIN
        while (left := deadline - time.monotonic()) > 0:
            if self.answered.wait(min(UNBLOCK_AFTER, left)):
                break
            self._throw_away_drawing()
        time.sleep(max(0.0, deadline - time.monotonic()))

    def _throw_away_drawing(self) -> None:
        """Empty the queue to the terminal: the loop may be blocked on its being full."""
        writer = getattr(self.app._driver, "_writer_thread", None)  # noqa: SLF001 - no public name
        queue = getattr(writer, "_queue", None)
        while queue is not None and not queue.empty():
            queue.get_nowait()

    # -- leaving -------------------------------------------------------------------------

    def _leave(self, number: int) -> None:
        """Save, put the terminal back, end. A callback of the event loop."""
        self.answered.set()
        saved = False
        try:
            self.save()
            saved = True
        finally:
            with contextlib.suppress(Exception):
                if not self.gone and _terminals():
                    restore_terminal(self.app)
                    if not saved:
                        _say(
                            "panelkit was ended from outside; the last words typed may not be saved."
                        )
            os._exit(128 + number)

    # -- Windows -------------------------------------------------------------------------

    def _send(self, number: int, _frame: object) -> None:
        with contextlib.suppress(OSError):
            self._theirs.send(bytes([number]))

    def _listen_to_console(self) -> None:
        """A closed console window; Windows ends the process when the callback returns."""
        if sys.platform == "win32":
            import ctypes

            def closing(event: int) -> bool:
                if event not in _WINDOWS_CLOSING:
                    return False
                self.gone = True
                self._send(HANG_UP, None)
                threading.Event().wait(LEAVE_WITHIN)
                return True

            self._callback = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(closing)
            ctypes.windll.kernel32.SetConsoleCtrlHandler(self._callback, 1)


def _nothing(_number: int, _frame: object) -> None:
    """A handler has to be there for the wake-up to be written."""


def _terminals() -> list[int]:
    """Descriptors of standard input and error that are a living terminal."""
    found = []
    for stream in (sys.__stdin__, sys.__stderr__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            if stream is not None and os.isatty(stream.fileno()):
                found.append(stream.fileno())
    return found


def _say(line: str) -> None:
    if sys.__stderr__ is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.__stderr__.write(line + "\n")
            sys.__stderr__.flush()
