"""A program in a real pseudo-terminal: what it draws, what it is sent, how it ends.

Nothing here sleeps: every wait is a ``select`` on the terminal, so a wait ends with the
byte that ends it. The screen is read by ``pyte``; ``raw`` is every byte as it came.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

from tests.loaded import POSSIBLE, LoadedProcess

PATIENCE = 60.0
"""Seconds for what is not promised for a time: whoever waits on a busy machine waits no longer than
until it is there."""
LOOK_AGAIN = 0.05
"""Seconds between looks at what no terminal announces: a process that ended, a file."""

# The shell opens the terminal as leader of a new session, which makes it the controlling
# one; then it becomes the program, so that the process id is the program's own.
_LAUNCH = 'tty=$1; shift; for name in $IGNORED; do trap "" "$name"; done; unset IGNORED; exec "$@" <>"$tty" >&0 2>&0'

_OF_ANOTHER_SCREEN = ("TEXTUAL", "COLUMNS", "LINES")
"""What would change Textual or its size; readline sets the last two in a test worker."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    **{f"f{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{
        f"f{n}": f"\x1b[{code}~"
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    **{f"ctrl+{chr(96 + n)}": chr(n) for n in range(1, 27)},
}
"""What a terminal sends for a key by name; use as ``program.press(KEYS["f5"])``."""


def as_at_a_terminal() -> None:
    """Signals are not ignored, whatever this process was started under (``nohup``, a CI agent)."""
    for each in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)


class NotSeen(AssertionError):
    """What was waited for did not come; the screen as it was is in the message."""


class Program:
    """A running program and its terminal. Leave the ``with`` block and it is gone."""

    def __init__(
        self,
        argv: Sequence[object],
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        ignored: Sequence[str] = (),
        *,
        loaded: bool = False,
    ) -> None:
        """Start ``argv``; ``size`` is columns and lines; ``ignored`` are signals as ``"HUP"``.

        ``env`` is added to this process's own, of which what would change Textual is left out.
        ``loaded`` starts it from a process that has loaded the libraries: see ``tests.loaded``.
        """
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._raw = bytearray()
        self._drawn = 0
        """How much of it the emulator has seen."""
        self._lines: list[str] = [""] * lines
        self._master, slave = os.openpty()
        self._resize_terminal(columns, lines)
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        ours = {k: v for k, v in os.environ.items() if not k.startswith(_OF_ANOTHER_SCREEN)}
        words, whole = list(map(str, argv)), {**ours, **terminal, **(env or {})}
        self._process: subprocess.Popen[bytes] | LoadedProcess
        if loaded and POSSIBLE:
            self._process = LoadedProcess(words, whole, cwd, (slave,) * 3, ignored, terminal=True)
        else:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _LAUNCH, "sh", os.ttyname(slave), *words],
                env={**whole, "IGNORED": " ".join(ignored)},
                cwd=cwd,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                start_new_session=True,
                preexec_fn=as_at_a_terminal,  # noqa: PLW1509 - no thread of ours runs here
            )
        os.close(slave)

    @classmethod
    def start(
        cls,
        argv: Sequence[object],
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        ignored: Sequence[str] = (),
        *,
        loaded: bool = False,
    ) -> Self:
        """The same as the constructor, by the name of what it does."""
        return cls(argv, size, env, cwd, ignored, loaded=loaded)

    def __enter__(self) -> Self:
        """The program itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill what is left of it and close the terminal."""
        self.kill()
        self.hang_up()

    # -- what it shows -------------------------------------------------------------------

    @property
    def raw(self) -> bytes:
        """Every byte written to the terminal and read so far."""
        return bytes(self._raw)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def screen(self) -> list[str]:
        """The lines of the screen, with what has arrived by now."""
        self._pump(0)
        self._draw()
        return [*self._lines]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen())

    def wait_for_text(self, text: str, timeout: float = PATIENCE) -> list[str]:
        """The screen once ``text`` is on it."""
        self.wait_until(lambda: text in self.text(), f"{text!r} on the screen", timeout)
        return self.screen()

    def wait_for_raw(self, wanted: bytes, timeout: float = PATIENCE) -> bytes:
        """Every byte so far once ``wanted`` is among them."""
        self.wait_until(lambda: wanted in self._raw, f"{wanted!r} in the stream", timeout)
        return self.raw

    def wait_until(self, holds: Callable[[], bool], what: str, timeout: float = PATIENCE) -> None:
        """Read the terminal until ``holds()``; ``what`` names it where it never does."""
        deadline = time.monotonic() + timeout
        while not holds():
            ended = not self._pump(LOOK_AGAIN) and self._process.poll() is not None
            if ended:
                self._pump(0)  # what it wrote since that look
            if holds():
                return
            if ended or time.monotonic() > deadline:
                how = f"ended with {self._process.returncode}" if ended else f"{timeout} s went by"
                shown = "\n".join(line for line in self.screen() if line)
                msg = f"{what}: not seen; {how}. The screen:\n{shown}"
                raise NotSeen(msg)

    def attend(self) -> None:
        """Read what it wrote meanwhile: a program whose terminal nobody reads stands still."""
        self._pump(0)

    def settle(self, quiet: float = 0.3, timeout: float = PATIENCE) -> None:
        """Return once nothing has been written for ``quiet`` seconds.

        It is read, and goes through the emulator only when the screen is asked for.
        """
        deadline = time.monotonic() + timeout
        while self._pump(quiet) and time.monotonic() < deadline:
            pass

    # -- what it is sent -----------------------------------------------------------------

    def press(self, keys: str | bytes) -> None:
        """Type ``keys`` as the terminal would send them; see ``KEYS`` for named ones."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            self._pump(0)  # what is never read fills up, and then both sides wait for ever
            _, writable, _ = select.select([], [self._master], [], LOOK_AGAIN)
            if writable:
                data = data[os.write(self._master, data[:1024]) :]

    def paste(self, text: str) -> None:
        """Paste ``text`` in brackets, as terminals do."""
        self.press(b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Another size of window; the program is told by signal."""
        self._draw()
        self._screen.resize(lines, columns)
        self._lines = [""] * lines
        self._screen.dirty.update(range(lines))
        self._resize_terminal(columns, lines)

    def signal(self, number: int) -> None:
        """Send a signal to it."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does. Nothing can be read after."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    # -- how it ends ---------------------------------------------------------------------

    def wait(self, timeout: float = PATIENCE) -> int:
        """Its exit status; minus the signal's number where a signal ended it unhandled."""
        deadline = time.monotonic() + timeout
        while self._process.poll() is None:
            if time.monotonic() > deadline:
                msg = f"still running after {timeout} s. The screen:\n{self.text()}"
                raise NotSeen(msg)
            if not self._pump(LOOK_AGAIN) and self._master < 0:
                try:
                    self._process.wait(LOOK_AGAIN)
                except subprocess.TimeoutExpired:
                    continue
        while self._pump(LOOK_AGAIN):
            pass
        return self._process.returncode

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it now, as ``kill -9`` does."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def cpu_seconds(self) -> float:
        """Processor time it has used so far (Linux)."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    # -- inside --------------------------------------------------------------------------

    def _resize_terminal(self, columns: int, lines: int) -> None:
        import fcntl
        import struct
        import termios

        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _draw(self) -> None:
        """What was read goes through the emulator only when somebody looks: it is slow, and
        would be timed with the program."""
        if self._drawn < len(self._raw):
            self._stream.feed(bytes(self._raw[self._drawn :]))
            self._drawn = len(self._raw)
        # Only what was written on is read again: a wait looks after every few bytes.
        for y in self._screen.dirty.intersection(range(self._screen.lines)):
            row = self._screen.buffer[y]
            cells = (row[x].data for x in range(self._screen.columns))
            self._lines[y] = "".join(cells).rstrip()
        self._screen.dirty.clear()

    def _pump(self, timeout: float) -> bool:
        """Read what is there, waiting at most ``timeout`` for the first of it."""
        if self._master < 0:
            return False
        came = False
        while select.select([self._master], [], [], 0 if came else timeout)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # Linux says EIO once the other side has closed
                break
            if not data:
                break
            came = True
            self._raw += data
        return came
