"""What happens when the program itself is at fault: save, say so in one line, leave.

Textual's own answer prints every local variable, that is, case text, which stays in the
terminal's history. Here nothing is printed but one line, and the report holds types and
places only: no message (messages quote what was typed), no value, no source line.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import platform
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.worker import WorkerFailed

from panelkit import __version__
from panelkit.tui.terminal import accept_any_bytes

FAULT_STATUS: Final = 70
"""Exit status after a fault of the program's own; sysexits.h calls it EX_SOFTWARE."""

_DEPTH: Final = 8
"""Exceptions followed from one to the next."""
_REPORTS: Final = 20
"""Reports one run may write; a fault that repeats must not fill the disk."""


class TerminalFault(Exception):
    """The thread that reads the keys stopped; Textual hands over no exception."""


class SafeCrash(App[None]):
    """An app that stops without showing what it held.

    Mixed in before ``App``. The app sets ``crash_folder`` and overrides
    ``save_everything``. After ``run()``, ``return_code`` is ``FAULT_STATUS`` where a fault
    ended it, so the command ends with ``sys.exit(app.return_code or 0)``.
    """

    crash_folder: Path
    _fault: str = ""
    """The line to print; blank while all is well."""
    _said: bool = False
    _reports: int = 0

    def save_everything(self) -> None:
        """Make everything typed durable. Called before anything else when a fault is met."""

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave, saved: the palette's own Quit comes here too."""
        self.save_everything()
        super().exit(*args, **options)

    # -- a fault -------------------------------------------------------------------------

    def stop_for_fault(self, error: BaseException) -> None:
        """Save, write the report, leave with ``FAULT_STATUS``. Never raises."""
        self._return_code = FAULT_STATUS
        if not self._fault:
            self._fault = "panelkit stopped because of a fault in itself."
            saved = "What you typed is saved."
            failed: Exception | None = None
            try:
                self.save_everything()
            except Exception as second:  # noqa: BLE001 - reported below; the way out stays open
                saved = "What you typed last may not be saved."
                failed = second
            where = self._report(error, failed)
            self._fault += f" {saved} Report: {where or 'could not be written'}"
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        # Everything Textual does not expect arrives here. Its own answer would render the
        # traceback with locals, so it is not called; tests still get the exception.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.stop_for_fault(error)

    def panic(self, *renderables: Any) -> None:
        """Stop for a fault; what was to be printed is not, it may hold what was typed."""
        del renderables
        self._handle_exception(TerminalFault())

    def _print_error_renderables(self) -> None:
        if not self._fault:
            super()._print_error_renderables()
            return
        self._exit_renderables.clear()
        self._say_fault()

    def _say_fault(self) -> None:
        if not self._said:
            self._said = True
            _say(self._fault)

    def _report(self, *errors: BaseException | None) -> str:
        """Write the report; where it is, or blank where it could not be written."""
        if self._reports >= _REPORTS:
            return ""
        self._reports += 1
        folder = getattr(self, "crash_folder", None)
        try:
            return str(write_report(folder, *errors)) if folder else ""
        except OSError:
            return ""

    # -- every other way an error can surface --------------------------------------------

    def run(self, **options: Any) -> None:
        """Run; whatever ends it, no value of a variable is printed, now or later."""
        accept_any_bytes()
        self._guard_process()
        try:
            super().run(**options)
        except Exception as error:  # noqa: BLE001 - leaving itself failed; said and reported
            self.stop_for_fault(error)
        if self._fault:
            self._say_fault()

    async def run_async(self, **options: Any) -> None:
        """Run on this loop, which from now on reports its own errors the same way."""
        asyncio.get_running_loop().set_exception_handler(self._loop_fault)
        await super().run_async(**options)

    def _loop_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _guard_process(self) -> None:
        logging.raiseExceptions = False  # prints the arguments of the call that failed
        sys.excepthook = self._uncaught
        sys.unraisablehook = self._unraisable
        threading.excepthook = self._thread_fault

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        self.stop_for_fault(error)
        self._say_fault()
        raise SystemExit(FAULT_STATUS)  # else the interpreter ends with 1

    def _thread_fault(self, failed: threading.ExceptHookArgs) -> None:
        error = failed.exc_value
        if error is None or (isinstance(error, OSError) and error.errno == errno.EIO):
            return  # the terminal is gone; who watches it ends the program
        loop = self._loop
        if loop is not None and isinstance(error, Exception):
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._handle_exception, error)
                return
        self._report(error)

    def _unraisable(self, failed: sys.UnraisableHookArgs) -> None:
        # Met while something is thrown away: no reason to end a meeting.
        self._report(failed.exc_value)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep it for pasting within the program; the machine's clipboard is not written.

        Textual would send it through the terminal (OSC 52), also across a remote session,
        where clipboard histories and other programs read it.
        """
        self._clipboard = text

    # -- no pictures of the screen -------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's own commands without the one that writes the screen to a file."""
        for command in super().get_system_commands(screen):
            if "screenshot" not in f"{command.title} {command.help}".casefold():
                yield command

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Refused: the file would hold case text."""
        del filename, path
        self.notify("The screen is not saved as a picture.", markup=False)

    def deliver_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str | None:
        """Refused, as ``action_screenshot``."""
        del path, time_format
        self.action_screenshot(filename)
        return None

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The picture, for tests and the manual's pictures; blank with a person at the screen."""
        if not self.is_headless:
            return ""
        return super().export_screenshot(title=title, simplify=simplify)

    def save_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str:
        """The same, to a file; with a person at the screen no file is written."""
        if not self.is_headless:
            return ""
        return super().save_screenshot(filename, path, time_format)


# -- the report ----------------------------------------------------------------------------


def write_report(folder: Path, *errors: BaseException | None) -> Path:
    """A file only its owner can read: types and places, nothing that anybody typed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"fault-{now:%Y%m%d-%H%M%S-%f}-{os.getpid()}.txt"
    lines = [
        f"panelkit {__version__}",
        f"Python {platform.python_version()} on {platform.system()}",
        f"{now:%Y-%m-%d %H:%M:%S} UTC",
    ]
    for error in errors:
        if error is not None:
            lines += ["", *_places(error)]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def _places(error: BaseException) -> Iterator[str]:
    """Type, then module, function and line of each frame, from cause to effect."""
    for depth, each in enumerate(_chain(error)):
        if depth:
            yield "which came from"
        kind = type(each)
        yield f"{kind.__module__}.{kind.__qualname__}"
        trace = each.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            module = trace.tb_frame.f_globals.get("__name__", "?")
            yield f"  {module} {code.co_qualname} line {trace.tb_lineno}"
            trace = trace.tb_next


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, most recent first; a circle ends at the bound."""
    following: BaseException | None = error
    for _ in range(_DEPTH):
        if following is None:
            return
        yield following
        if isinstance(following, WorkerFailed):
            following = following.error
        elif isinstance(following, BaseExceptionGroup):
            following = following.exceptions[0]
        else:
            following = following.__cause__ or following.__context__


def _say(line: str) -> None:
    if sys.__stderr__ is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.__stderr__.write(line + "\n")
            sys.__stderr__.flush()
