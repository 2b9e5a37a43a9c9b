"""The commands as another program would use them: a process, its exit status, what it wrote."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import PanelkitError
from tests.loaded import POSSIBLE, LoadedProcess
from tests.pty_program import as_at_a_terminal

PATIENCE = 120
"""Seconds until a command that does not end is given up."""


def panelkit(
    *words: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> subprocess.CompletedProcess[str]:
    """``panelkit WORDS``, with nothing to read; ``env`` is added to this process's own.

    ``fresh`` starts a Python that has nothing loaded, as a person's own is.
    """
    return python("-m", "panelkit", *words, cwd=cwd, env=env, fresh=fresh)


def python(
    *words: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> subprocess.CompletedProcess[str]:
    """``python -m MODULE`` or ``python -c CODE``; unless ``fresh``, with everything loaded."""
    argv, whole = [sys.executable, *map(str, words)], {**os.environ, **(env or {})}
    if fresh or not POSSIBLE:
        return subprocess.run(
            argv, capture_output=True, text=True, cwd=cwd, env=whole, stdin=subprocess.DEVNULL,
            timeout=PATIENCE, check=False, preexec_fn=as_at_a_terminal,  # noqa: PLW1509 - no thread of ours runs here
        )  # fmt: skip
    # Files, not pipes: nobody has to read while it runs, whatever its children keep open.
    with (
        Path(os.devnull).open() as empty,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        process = LoadedProcess(argv, whole, cwd, (empty.fileno(), out.fileno(), err.fileno()))
        try:
            status = process.wait(PATIENCE)
        finally:
            process.kill()
        said = []
        for each in (out, err):
            each.seek(0)
            said.append(each.read().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(argv, status, *said)


def in_process(*argv: object) -> tuple[int, str]:
    """The same without a process: its exit status, and what it printed or was refused with."""
    done = CliRunner().invoke(cli.app, [str(each) for each in argv])
    failed = done.exception
    if isinstance(failed, PanelkitError):
        return failed.exit_code, failed.sentence
    if failed is not None and not isinstance(failed, SystemExit):
        raise failed
    return done.exit_code, done.output
