"""The PostgreSQL of the tests leaves nothing behind, however the run that started it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import VARIABLE

STARTS = """
import sys
from pathlib import Path
from tests.servers import Cluster
started = Cluster.started(Path(sys.argv[1]) / "d")
print(started.process.get_pid(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: a socket is made in it."""
    with tempfile.TemporaryDirectory(prefix="pk", ignore_cleanup_errors=True) as made:
        yield Path(made)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.reliability
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_the_server_goes_with_the_run_that_started_it(
    folder: Path, how: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    run = subprocess.Popen(
        [sys.executable, "-c", STARTS, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    with run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        assert is_there(pid)
        run.send_signal(how)
    end = time.monotonic() + 60
    while is_there(pid) or (folder / "d").exists():
        assert time.monotonic() < end, "the server went on"
        time.sleep(0.05)
