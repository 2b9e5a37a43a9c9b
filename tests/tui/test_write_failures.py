"""RV16: the disk does not take what is written. Nothing is lost, it is said, typing goes on."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from panelkit.documents.files import write_file
from panelkit.domain.errors import PanelkitError
from panelkit.services import copies
from panelkit.services.clock import system_clock
from panelkit.store.record import Record
from tests.desk import make_desk
from tests.pty_program import KEYS, Program
from tests.tui.test_program import all_text, read_for, record_in_a6, run

POINTS, RUNS = 50, 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@contextlib.contextmanager
def no_room(program: Program, path: Path, chance: random.Random) -> Iterator[None]:
    """No file of the program's grows past where its log is now, or a little further."""
    log = path.with_name(f"{path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    _soft, hard = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
    limit = chance.choice([0, max(size // 2, 1), size, size + chance.randrange(1, 3000)])
    resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextlib.contextmanager
def locked(_program: Program, path: Path, _chance: random.Random) -> Iterator[None]:
    """Another program has begun to write, and takes its time."""
    other = dbapi2.connect(str(path), isolation_level=None, timeout=10)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


FAILURES = (no_room, no_room, locked)


@pytest.mark.reliability
@pytest.mark.timeout(600)
def test_rv16_what_cannot_be_written_is_said_kept_and_saved_later(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    path, ref = record_in_a6(tmp_path)
    waits: list[float] = []
    typed = ""
    for number in range(RUNS):
        with run(path, ref, loaded=number > 0) as program:
            program.wait_for_text("Index offence")
            program.press(KEYS["ctrl+e"])
            for _ in range(POINTS // RUNS):
                words = " " + "".join(chance.choice(LETTERS) for _ in range(5))
                program.press(words[:2])
                read_for(program, chance.uniform(0, 0.6))  # at any moment of a save
                with chance.choice(FAILURES)(program, path, chance):
                    stored = all_text(path, ref)
                    began = time.monotonic()
                    program.press(words[2:4])
                    program.wait_for_text("NOT SAVED")
                    waits.append(time.monotonic() - began)
                    program.press(words[4:])
                    program.wait_for_text(words.strip())
                    assert all_text(path, ref).startswith(stored), "what was saved stays saved"
                typed += words
                # Looked at on the screen first: opening the record again and again takes longer.
                program.wait_until(lambda: "NOT SAVED" not in program.text(), "said")  # noqa: B023
                program.wait_until(lambda: all_text(path, ref) == typed, "saved")  # noqa: B023
            program.signal(signal.SIGTERM)
            program.wait()
            assert b"Traceback" not in program.raw
    record = Record.open(path)
    assert record.verify().is_good
    record.close()
    assert all_text(path, ref) == typed
    print(
        f"RV16: seed {seed}, {len(waits)} points, 0 tracebacks, 0 letters lost of {len(typed)}, "
        f"said within {max(waits):.2f} s"
    )
    assert len(waits) == POINTS
    assert max(waits) <= 2.0


@contextlib.contextmanager
def limit_here(size: int) -> Iterator[None]:
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def visible(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.reliability
def test_rv16_documents_and_copies_are_whole_or_not_there(tmp_path: Path) -> None:
    """50 refusals: too large for the place, a full device, a file for a folder, a folder for a file."""
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    taking, record = desk.minute_taking, desk.caseload.record
    meeting = desk.caseload.find("WM-0143-3")
    out = tmp_path / "out"
    out.mkdir()
    (out / "file").write_text("kept")
    (out / "folder.docx").mkdir()
    content = taking.word(meeting)
    write_file(out / "whole.docx", content)
    copy = copies.backup(record, out / "whole.db", system_clock)
    large = copy.path.stat().st_size
    before = {path: path.read_bytes() for path in visible(out)}
    refused = 0
    for number in range(50):
        word = number % 2 == 0
        limit = chance.randrange(1, len(content) if word else large)
        target = chance.choice(
            [out / f"{number}.docx", out / "file" / "x.docx", Path("/dev/full/x.docx")]
        )
        with limit_here(limit):
            try:
                if word:
                    write_file(target, content)
                else:
                    copies.backup(record, target.with_suffix(".db"), system_clock)
            except PanelkitError as failed:
                refused += bool(failed.sentence)
        assert {path: path.read_bytes() for path in visible(out)} == before
    assert refused == 50
    assert not [path for path in visible(out) if path.stat().st_size == 0]
    assert record.verify().is_good
    print(f"RV16: seed {seed}, {refused} refusals in words, 0 zero-length files, nothing left over")
