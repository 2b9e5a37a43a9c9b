"""Starts of the program from a process that has loaded everything once.

Loading the libraries takes a second of processor time, which is most of what a test of a real
program costs. Here one process loads them, and each start is a fork of it: a process of its own
in its own folder and environment, its signals as they are at a start; at a terminal, leader of
its own session, with that terminal as its controlling one. From there it runs the same module
by the same name, or the same code, and ends as any Python does.

What is about the start itself (what is loaded when, variables that are dropped before a library
reads them) is tested with a real start. Where the system cannot fork, every start is one.

``python -m tests.loaded DESCRIPTOR`` is that process; it serves the socket until it is closed.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
POSSIBLE: Final = hasattr(os, "fork") and hasattr(socket, "send_fds")

_AS_AT_A_START: Final = ("SIGHUP", "SIGQUIT", "SIGTERM", "SIGCHLD")
"""Signals that nothing handles when a program starts."""
_LARGEST: Final = 1 << 20
"""Bytes of one request: its arguments and its environment."""


class LoadedProcess:
    """A process that was started so, with as much of ``subprocess.Popen`` as a test asks for."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        cwd: str | Path | None,
        streams: tuple[int, int, int],
        ignored: Sequence[str] = (),
        *,
        terminal: bool = False,
    ) -> None:
        """Start ``argv``: this Python with ``-m MODULE`` or ``-c CODE``, and words for it.

        ``streams`` are what it reads, writes and complains to; with ``terminal`` the first is a
        terminal, and becomes its own. ``ignored`` are signals as ``"HUP"``. Raises ValueError
        where ``argv`` is anything else.
        """
        if argv[0] != sys.executable or argv[1] not in {"-m", "-c"}:
            raise ValueError(f"no module and no code that this Python runs: {argv}")
        import resource  # where a process cannot fork there may be none

        request = {
            "how": argv[1], "what": argv[2], "words": list(argv[3:]), "env": dict(env),
            "cwd": str(cwd or Path.cwd()), "ignored": list(ignored), "terminal": terminal,
            "core": resource.getrlimit(resource.RLIMIT_CORE),
        }  # fmt: skip
        told, tells = os.pipe()
        self._told = os.fdopen(told, "rb", buffering=0)
        try:
            socket.send_fds(
                _nursery(os.getpid()), [json.dumps(request).encode()], [*streams, tells]
            )
        finally:
            os.close(tells)
        self.returncode: int | None = None
        self.pid = int(self._line())

    def _line(self) -> str:
        line = self._told.readline()
        if not line:
            raise RuntimeError("the process that has everything loaded has ended")
        return line.decode()

    def poll(self) -> int | None:
        """Its exit status, minus a signal's number; None while it runs."""
        return self._status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status once it has ended. Raises ``subprocess.TimeoutExpired``."""
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return status

    def _status(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], timeout)[0]:
            self.returncode = int(self._line())
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it now."""
        self.send_signal(signal.SIGKILL)


@functools.lru_cache(maxsize=1)
def _nursery(_of: int) -> socket.socket:
    """The process that has everything loaded; one for each process that asks."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for each in (ours, theirs):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LARGEST)
    # Its own streams are a terminal too: what Python decides from that, it decides at the start.
    master, slave = os.openpty()
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEXTUAL", "PANELKIT_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.loaded", str(theirs.fileno())],
        cwd=ROOT, env={**kept, **terminal}, stdin=slave, stdout=slave, stderr=slave,
        pass_fds=[theirs.fileno()], start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait(10)
        os.close(master)

    atexit.register(end)
    return ours


# -- the process that has everything loaded ----------------------------------------------


def load_everything() -> None:
    """Every module of the program, and what Textual loads only once it runs."""
    from panelkit.tui.terminal import scrub_environment

    scrub_environment()
    import panelkit

    for module in pkgutil.walk_packages(panelkit.__path__, "panelkit."):
        if (
            not module.name.endswith(("__main__", ".migrations.env"))
            and ".versions." not in module.name
        ):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)


LATE: Final = (
    "_strptime", "concurrent.futures.thread", "ctypes", "pwd", "pyte", "resource",
    "rich._unicode_data.unicode17-0-0", "sqlalchemy.dialects.sqlite", "textual.command",
    "textual.drivers.headless_driver", "textual.drivers.linux_driver", "textual.layouts.factory",
    "textual.layouts.stream", "textual.pilot", "textual.scrollbar", "textual.widgets",
)  # fmt: skip
"""What a program that is started so would load before its first screen is drawn."""


def serve(requests: socket.socket) -> dict[str, Any] | None:
    """Fork for each request. Returns in the forked process what it is to be; None at the end."""
    running: dict[int, int] = {}
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)  # noqa: FBT003 - its own order
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.set_wakeup_fd(wakes)
    while True:
        ready, _, _ = select.select([requests, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_the_ends(running)
        if requests in ready:
            data, descriptors, _, _ = socket.recv_fds(requests, _LARGEST, 4)
            if not data:
                return None
            *streams, tells = descriptors
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                requests.close()
                for each in (woken, wakes, tells, *running.values()):
                    os.close(each)
                return {**json.loads(data), "streams": streams}
            for each in streams:
                os.close(each)
            running[pid] = tells
            os.write(tells, f"{pid}\n".encode())


def _tell_the_ends(running: dict[int, int]) -> None:
    for pid in list(running):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            tells = running.pop(pid)
            with contextlib.suppress(BrokenPipeError):
                os.write(tells, f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os.close(tells)


def become(wanted: dict[str, Any]) -> None:
    """This process is, from now on, what was asked for."""
    streams = wanted["streams"]
    if wanted["terminal"]:
        import fcntl
        import termios

        os.setsid()
        fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
    for standard, stream in enumerate(streams):
        os.dup2(stream, standard)
    for stream in streams:
        os.close(stream)
    for each in (sys.stdin, sys.stdout):
        # As Python began them for a terminal; what goes to a file waits for more than a line.
        if each.line_buffering and not each.isatty():
            each.reconfigure(line_buffering=False)  # type: ignore[union-attr]
    import resource

    # Whoever asks may have none left, since a test ran the program in its process.
    resource.setrlimit(resource.RLIMIT_CORE, tuple(wanted["core"]))
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    time.tzset()
    for name in _AS_AT_A_START:
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in wanted["ignored"]:
        signal.signal(getattr(signal, f"SIG{name}"), signal.SIG_IGN)
    gc.enable()


def run(wanted: dict[str, Any]) -> None:
    """The module, or the code, as Python's own command line runs it."""
    how, what = wanted["how"], wanted["what"]
    sys.path[0] = wanted["cwd"] if how == "-m" else ""
    sys.argv[:] = [what if how == "-m" else how, *wanted["words"]]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - that is -c


def main() -> None:
    """Load, then serve; in a forked process, run what was asked for."""
    descriptor = int(sys.argv[1])
    load_everything()
    gc.collect()
    gc.freeze()
    gc.disable()
    wanted = serve(socket.socket(fileno=descriptor))
    if wanted is not None:
        become(wanted)
        run(wanted)


if __name__ == "__main__":
    main()
