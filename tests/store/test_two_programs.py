"""Two programs on one record, kills and full disks: what was acknowledged is there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.store.record import Record
from panelkit.store.server import Location
from tests.store.test_record import stored

WRITER = """
import sys, json, random, resource
from datetime import UTC, datetime
from panelkit.domain.errors import StaleRecord, NotSaved
from panelkit.domain.meeting import By
from panelkit.store.record import Record
from panelkit.store.server import location_of
path, name, fields, count, limit = sys.argv[1], sys.argv[2], sys.argv[3].split(","), int(sys.argv[4]), int(sys.argv[5])
record = Record.open(location_of(path))
by = By(name, datetime(2026, 11, 23, tzinfo=UTC))
meeting = record.load("HM-1-1")
if limit:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
done = 0
while done < count:
    field = fields[done % len(fields)]
    words = f"{name}-{done}" + "x" * (2000 if limit else 0)
    try:
        after = meeting.answer("A6", field, words, by)
        command = f"{name}-{done}-{random.random()}"
        record.save(meeting, after, by, command=command, visit=f"{name}-{done}")
    except StaleRecord as stale:
        print(json.dumps(["conflict", field, words, stale.theirs, stale.mine]), flush=True)
        meeting = record.load("HM-1-1")
        done += 1
        continue
    except NotSaved as refused:
        print(json.dumps(["notsaved", field, words, refused.sentence, ""]), flush=True)
        if limit:
            # Room again: the same command is tried again and kept, and then once more for nothing.
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            for _ in range(2):
                record.save(meeting, after, by, command=command, visit=f"{name}-{done}")
            print(json.dumps(["relieved", field, words, "", ""]), flush=True)
            break
        continue
    meeting = after
    print(json.dumps(["kept", field, words, "", ""]), flush=True)
    done += 1
"""

SECTIONS = ("index_offence", "offence_summary", "previous_relevant")


def start(
    where: Location, name: str, fields: tuple[str, ...], count: int, limit: int = 0
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(where), name, ",".join(fields), str(count), str(limit)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def told(process: subprocess.Popen[str]) -> list[list[str]]:
    out, _ = process.communicate(timeout=300)
    return [json.loads(line) for line in out.splitlines() if line.endswith("]")]


def everything_ever_stored(record: Record) -> set[str]:
    with record.engine.connect() as connection:
        kept = connection.execute(text("select text from superseded union select text from answer"))
        return {row.text for row in kept}


@pytest.mark.reliability
def test_rv08_two_programs_never_overwrite_each_other_silently(record: Record) -> None:
    stored(record)
    pair = [start(record.location, name, SECTIONS, 300) for name in ("one", "two")]
    lines = [line for process in pair for line in told(process)]
    count = Counter(line[0] for line in lines)
    there = everything_ever_stored(record)
    acknowledged = [line[2] for line in lines if line[0] == "kept"]
    assert count["kept"] + count["conflict"] == 600
    assert [words for words in acknowledged if words not in there] == []
    for kind, _field, words, theirs, mine in lines:
        if kind == "conflict":
            assert mine == words
            assert theirs
    print(
        f"RV08: {count['kept']} kept, {count['conflict']} conflicts shown, {count['notsaved']} retried, 0 silently lost"
    )
    assert record.verify().first_wrong is None


@pytest.mark.reliability
def test_rv09_different_sections_never_conflict(record: Record) -> None:
    stored(record)
    pair = [
        start(record.location, "one", SECTIONS[:1], 200),
        start(record.location, "two", SECTIONS[1:2], 200),
    ]
    count = Counter(line[0] for process in pair for line in told(process))
    print(f"RV09: {count['kept']} kept, {count['conflict']} conflicts")
    assert count["conflict"] == 0
    assert count["kept"] == 400


@pytest.mark.reliability
def test_what_was_acknowledged_survives_a_kill_at_any_moment(record: Record) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    stored(record)
    lost, kept = 0, 0
    kills = 10 if record.is_on_server else 50  # a server that is killed itself has tests of its own
    for place in range(kills):
        process = start(record.location, f"k{place}", SECTIONS, 100_000)
        assert process.stdout is not None
        acknowledged = []
        for _ in range(chance.randint(1, 25)):
            acknowledged.append(json.loads(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        there = everything_ever_stored(record)
        kept += len(acknowledged)
        lost += sum(line[0] == "kept" and line[2] not in there for line in acknowledged)
    if not record.is_on_server:
        with record.engine.connect() as connection:
            assert connection.execute(text("pragma integrity_check")).scalar() == "ok"
    assert record.verify().first_wrong is None
    print(f"kills: {kills}, seed {seed}, {kept} acknowledged, {lost} lost")
    assert lost == 0


@pytest.mark.reliability
def test_rv16_a_disk_that_is_full_keeps_what_was_stored_and_saves_when_there_is_room(
    tmp_path: Path,
) -> None:
    """A limit on the size of files stands for a full disk, at points that nobody chose."""
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    record = Record.open(tmp_path / "r.db", create=True)
    stored(record)
    refused = kept = 0
    for place in range(25):
        largest = max(file.stat().st_size for file in tmp_path.glob("r.db*"))
        room = largest + chance.randint(0, 200_000)
        lines = told(start(record.location, f"f{place}", SECTIONS, 30, limit=room))
        there = everything_ever_stored(record)
        stood = [line for line in lines if line[0] in ("kept", "relieved")]
        assert [line[2] for line in stood if line[2] not in there] == []
        notsaved = [line for line in lines if line[0] == "notsaved"]
        assert all("tried again" in line[3] for line in notsaved)
        assert len(notsaved) == sum(line[0] == "relieved" for line in lines)
        refused, kept = refused + len(notsaved), kept + len(stood)
    with record.engine.connect() as connection:
        assert connection.execute(text("pragma integrity_check")).scalar() == "ok"
    assert record.verify().is_good
    print(f"RV16: seed {seed}, {refused} refusals, each saved with room, {kept} kept, 0 lost")
    assert refused > 0
