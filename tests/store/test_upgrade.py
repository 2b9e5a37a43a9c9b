"""An upgrade is stored whole or not at all, and never without a copy that opens."""

from __future__ import annotations

import hashlib
import os
import random
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from panelkit.domain.errors import NotSaved
from panelkit.store import copies, journal, upgrade
from panelkit.store import sqlite as made_by
from panelkit.store.engine import NEWEST
from panelkit.store.record import Record
from panelkit.store.tables import JOURNAL
from tests.commanding import python
from tests.store.test_record import BY, CANARY, make_meeting

OLD = "0001"

FIRST_CASE = "insert into \"case\" (id, ref, category, fiction, revision) values ('case-HM-1', 'HM-1', '2', 1, 1)"
FIRST_MEETING = (
    "insert into meeting (id, case_id, number, level, kind, held_on, state, sitting, slot, "
    "booked_minutes, revision, agenda_id) values ('m-HM-1-1', 'case-HM-1', 1, '2', 'review', "
    "'2026-11-20', 'planned', '', '', 50, 1, 'a')"
)


def chain(length: int) -> list[dict[str, object]]:
    """Rows of a journal, each chained to the one before it."""
    made: list[dict[str, object]] = []
    for seq in range(1, length + 1):
        row: dict[str, object] = dict.fromkeys((column.name for column in JOURNAL.columns), "")
        row |= {"seq": seq, "prev_hash": made[-1]["hash"] if made else journal.START}
        made.append({**row, "hash": journal.chained(row)})
    return made


def old_record(path: Path, *, answers: int = 1, key: bytes | None = None) -> Path:
    """A record as the first revision made it, with words in it."""
    path.touch(0o600)
    engine = made_by._engine(path, key)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(upgrade.config(connection), OLD)
        connection.exec_driver_sql(f"PRAGMA application_id = {made_by.APPLICATION_ID}")
        connection.exec_driver_sql("insert into agenda values ('a', '[]')")
        connection.exec_driver_sql(FIRST_CASE)
        connection.exec_driver_sql(FIRST_MEETING)
        statement = text(
            "insert into answer values ('m-HM-1-1', 'A6', :field, :words, 's', 1, 'x', '', '', '')"
        )
        rows = [{"field": f"f{n}", "words": f"{CANARY} {n}"} for n in range(answers)]
        connection.execute(statement, rows)
        connection.execute(JOURNAL.insert(), chain(min(answers, 50)))
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
    return path


def state_of(path: Path, key: bytes | None = None) -> tuple[str, int, str]:
    """The revision, how many answers there are, and a hash of names in the schema."""
    engine = made_by._engine(path, key)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        revision = connection.execute(text("select version_num from alembic_version")).scalar()
        answers = connection.execute(text("select count(*) from answer")).scalar()
        schema = connection.execute(text("select name, sql from sqlite_master order by name")).all()
    engine.dispose()
    return str(revision), int(answers or 0), hashlib.sha256(repr(schema).encode()).hexdigest()


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["unkeyed", "keyed"])
def test_an_old_record_is_upgraded_when_it_is_opened(tmp_path: Path, key: bytes | None) -> None:
    path = old_record(tmp_path / "r.db", answers=3, key=key)
    before = state_of(path, key)
    record = Record.open(path, key=key)
    assert state_of(path, key)[:2] == (NEWEST, 3)
    with record.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    record.close()
    copy = tmp_path / "copies" / f"r.db.before-{NEWEST}"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert state_of(copy, key) == before
    assert (CANARY.encode() in copy.read_bytes()) is (key is None)


def test_an_upgrade_that_fails_half_way_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_record(tmp_path / "r.db")
    before = state_of(path)
    upgraded = upgrade.command.upgrade

    def breaks_at_the_end(*given: object) -> None:
        upgraded(*given)  # type: ignore[arg-type]
        msg = "the last step"
        raise RuntimeError(msg)

    monkeypatch.setattr(upgrade.command, "upgrade", breaks_at_the_end)
    with pytest.raises(RuntimeError):
        Record.open(path)
    assert state_of(path) == before


def test_an_upgrade_that_would_leave_orphans_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_record(tmp_path / "r.db")
    before = state_of(path)

    def loses_the_meeting(settings: object, _to: str) -> None:
        connection = settings.attributes["connection"]  # type: ignore[attr-defined]
        connection.execute(text("delete from meeting"))

    monkeypatch.setattr(upgrade.command, "upgrade", loses_the_meeting)
    with pytest.raises(NotSaved, match="without their meeting"):
        Record.open(path)
    assert state_of(path) == before


def test_a_second_copy_does_not_replace_the_first(tmp_path: Path) -> None:
    path = old_record(tmp_path / "r.db")
    first = tmp_path / "copies" / f"r.db.before-{NEWEST}"
    first.parent.mkdir()
    first.write_text("kept by somebody")
    Record.open(path).close()
    assert first.read_text() == "kept by somebody"
    assert state_of(tmp_path / "copies" / f"r.db.before-{NEWEST}-2")[0] == OLD


def test_opening_a_newest_record_loads_no_alembic(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    Record.open(path, create=True).close()
    script = (
        "import sys; from pathlib import Path; import panelkit.store; "
        "assert not {'sqlmodel', 'sqlalchemy'} & set(sys.modules), 'the package is light'; "
        "from panelkit.store.record import Record; Record.open(Path(sys.argv[1])).close(); "
        "print([name for name in sys.modules if name.startswith('alembic')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from panelkit.store import sqlite, upgrade
from panelkit.store.record import Record
left = [int(sys.argv[2])]
def step():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
made = sqlite._engine
def counting(path, key, *more):
    opened = made(path, key, *more)
    def watch(connection, _record):
        connection.set_progress_handler(step, 20)
    event.listen(opened, "connect", watch)
    return opened
sqlite._engine = counting
record = Record.open(Path(sys.argv[1]))
print("steps", int(sys.argv[2]) - left[0])
for _ in range(40):
    step()  # changed, and not yet closed
record.close()
"""


def run_killed(path: Path, after: int) -> subprocess.CompletedProcess[str]:
    return python("-c", KILLED, path, after)


@pytest.mark.reliability
@pytest.mark.parametrize("part", range(4))
def test_rv17_an_upgrade_that_is_killed_is_whole_or_not_there(tmp_path: Path, part: int) -> None:
    """25 kills in each of four parts, at any step of SQLite's machine and just after the last.

    What has a copy's name is one: it opens, with its checksum, as the record was before.
    """
    whole = run_killed(old_record(tmp_path / "whole.db", answers=5000), 10**9)
    steps = int(whole.stdout.split()[-1])
    pattern = old_record(tmp_path / "pattern.db", answers=5000)
    old, new = state_of(pattern), state_of(tmp_path / "whole.db")
    assert (old[0], new[0]) == (OLD, NEWEST)
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    seen, copied = {old: 0, new: 0}, 0
    for place in range(25):
        path = tmp_path / f"{place}.db"
        path.write_bytes(pattern.read_bytes())
        # Every fifth about where the old record becomes the new one, one of them just after.
        first, last = (steps - 40, steps + 40) if place % 5 == 0 else (1, steps)
        ran = run_killed(path, chance.randint(first, last) if place else steps + 1)
        assert ran.returncode == -9, ran.stderr
        copy = tmp_path / "copies" / f"{place}.db.before-{NEWEST}"
        if copy.exists():
            assert copies.must_be_as_written(copy)
            assert state_of(copy) == old
            copied += 1
        left = state_of(path)
        seen[left] += 1
        assert left == old or copy.exists(), "never upgraded without a copy"
        record = Record.open(path)
        checked = record.verify()
        assert (checked.first_wrong, checked.entries) == (None, 50), "the chain"
        record.close()
        assert state_of(path) == new, "opened again unaided"
        for file in [*tmp_path.glob(f"{place}.db*"), *copy.parent.glob(f"{place}.db*")]:
            file.unlink()
        assert not list(copy.parent.glob(".*")), "the next start cleared what the kill left"
    assert all(seen.values())
    print(
        f"RV17 part {part}: seed {seed}, {steps} steps, {seen[old]} old, {seen[new]} new of 25, "
        f"{copied} copies of {copied} open"
    )


def test_a_record_made_twice_at_once_is_one_record(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from panelkit.store.record import Record; "
        "Record.open(Path(sys.argv[1]), create=True).close()"
    )
    path = tmp_path / "new" / "r.db"
    both = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(3)]
    assert 0 in [process.wait() for process in both]
    assert Record.open(path).verify().is_good


def test_an_empty_file_left_by_a_kill_is_made_into_a_record(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.touch()
    record = Record.open(path, create=True)
    record.add_case(make_meeting().case, BY, command="c")
    assert record.case("HM-1").ref == "HM-1"
