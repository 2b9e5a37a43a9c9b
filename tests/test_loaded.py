"""A start from the process that has everything loaded is, for the program, a start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commanding import python
from tests.loaded import POSSIBLE, LoadedProcess
from tests.pty_program import Program

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork")

PROBE = """
import gc, json, os, resource, signal, stat, sys, threading
def terminal():
    held = os.open("/dev/tty", os.O_RDWR)
    same = os.tcgetpgrp(held) == os.getpgid(0)
    os.close(held)
    return same
told = {
    "argv": sys.argv, "path": sys.path[0], "name": __name__, "cwd": os.getcwd(),
    "env": {k: v for k, v in os.environ.items() if k not in ("_", "PWD", "OLDPWD", "SHLVL", "IGNORED")},
    "leads": os.getsid(0) == os.getpid() == os.getpgid(0),
    "terminal": sys.stdin.isatty() and terminal(),
    "streams": [(s.isatty(), s.encoding, s.errors, s.line_buffering) for s in (sys.stdin, sys.stdout, sys.stderr)],
    "kept": sys.stdin is sys.__stdin__ and sys.stdout is sys.__stdout__,
    "signals": {s.name: str(signal.getsignal(s)) for s in signal.valid_signals() if isinstance(s, signal.Signals)},
    "blocked": [str(s) for s in signal.pthread_sigmask(signal.SIG_BLOCK, [])],
    "wakes": signal.set_wakeup_fd(-1), "threads": threading.active_count(), "collects": gc.isenabled(),
    "mask": os.umask(0), "core": resource.getrlimit(resource.RLIMIT_CORE),
    "open": sorted(int(n) for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")),
}
with open(os.environ["TO"], "w") as out:
    json.dump(told, out)
"""


def told(folder: Path, *, loaded: bool) -> dict[str, object]:
    """What a module finds that is started at a terminal."""
    to = folder / "told"
    argv = [sys.executable, "-m", "probe", "a", "é b"]
    env = {"TO": str(to), "OF_ITS_OWN": "1"}
    with Program.start(argv, env=env, cwd=folder, ignored=("HUP",), loaded=loaded) as program:
        assert program.wait() == 0, program.text()
    found: dict[str, object] = json.loads(to.read_text())
    return found


def test_at_a_terminal_nothing_tells_it_from_another_start(tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text(PROBE)
    real, loaded = told(tmp_path, loaded=False), told(tmp_path, loaded=True)
    assert real["terminal"] is real["leads"] is True
    assert loaded == real


def test_without_a_terminal_it_is_as_another_command(tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text(PROBE)
    for words in (("-m", "probe", "x"), ("-c", PROBE, "x")):
        found = []
        for fresh in (True, False):
            done = python(*words, cwd=tmp_path, env={"TO": str(tmp_path / "told")}, fresh=fresh)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
            found.append(json.loads((tmp_path / "told").read_text()))
        assert found[0] == found[1], words


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import sys; sys.exit(7)", 7),
        ("raise SystemExit('said')", 1),
        ("1 / 0", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import atexit; atexit.register(print, 'at the end')", 0),
        ("import sys; sys.stdout.write('no line'); sys.stderr.write('é')", 0),
    ],
)
def test_it_ends_as_another_does(code: str, status: int) -> None:
    real, loaded = python("-c", code, fresh=True), python("-c", code)
    assert loaded.returncode == real.returncode == status
    assert loaded.stdout == real.stdout
    assert loaded.stderr.splitlines()[-1:] == real.stderr.splitlines()[-1:]


def test_many_at_once_each_have_their_own_end() -> None:
    with Path(os.devnull).open("r+") as none:
        streams = (none.fileno(),) * 3
        argv = [sys.executable, "-c", "import sys, time; time.sleep(60)"]
        slow = LoadedProcess(argv, dict(os.environ), None, streams)
        quick = [
            LoadedProcess([sys.executable, "-c", f"raise SystemExit({n})"], {}, None, streams)
            for n in range(6)
        ]
        assert [each.wait(30) for each in quick] == list(range(6))
        assert slow.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            slow.wait(0.01)
        slow.kill()
        assert slow.wait(30) == -signal.SIGKILL
        slow.kill()  # it has ended: nothing is sent to whoever has its number by now


def test_what_is_no_start_of_this_python_is_refused() -> None:
    for argv in (["/bin/true", "-m", "x"], [sys.executable, "app.py", "x"]):
        with pytest.raises(ValueError, match="no module and no code"):
            LoadedProcess(argv, {}, None, (0, 1, 2))
