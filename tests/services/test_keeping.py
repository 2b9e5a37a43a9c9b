"""Copies that make themselves: when, where, which go, what is said; and a record that is damaged."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.commands.copies import at_close
from panelkit.domain.errors import BadInput, Refused
from panelkit.services import copies, pruning
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.services.keeping import Rule, rule_from
from panelkit.services.pruning import AT_LEAST, Standing
from panelkit.store import belongings
from panelkit.store import copies as stored
from panelkit.store.engine import open_engine
from panelkit.store.record import Record
from panelkit.tui.screens.home import HomeScreen
from tests.commanding import python
from tests.desk import Clock, fresh_meeting, make_desk, until
from tests.test_commands import panelkit, refused
from tests.tui.program import Program


def kept_desk(folder: Path, clock: Clock, rule: Rule | None = None) -> Desk:
    """A desk as for real work, at 10:00 on 23 November, with a meeting in its record."""
    desk = make_desk(folder, clock=clock)
    fresh_meeting(desk)
    return dataclasses.replace(desk, demo=False, copy_rule=rule or Rule())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def only_copies(folder: Path) -> list[str]:
    return [name for name in names(folder) if not name.endswith(".sha256")]


def test_a_copy_is_due_after_work_or_when_much_was_written_or_from_an_earlier_day(
    tmp_path: Path,
) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    assert not desk.keeping.is_due(), "10:00, and little was written"
    assert dataclasses.replace(desk, copy_rule=Rule(entries=5)).keeping.is_due(), "much was"
    clock.move(hours=6)
    assert desk.keeping.is_due(), "16:00"
    assert not dataclasses.replace(desk, copy_rule=Rule(off=True)).keeping.is_due()
    desk.keeping.make()
    assert not desk.keeping.is_due(), "nothing was written since"
    fresh_meeting(desk, "HM-0901")
    assert not desk.keeping.is_due(), "there is one of today"
    assert not desk.keeping.is_overdue()
    clock.move(hours=16)
    assert desk.keeping.is_due(), "08:00 the next day: the evening's words are in no copy"
    assert desk.keeping.is_overdue()


def test_leaving_makes_a_copy_in_a_folder_of_its_own_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    at_close(desk)
    assert capsys.readouterr().out == ""
    clock.move(hours=7)
    at_close(desk)
    said = capsys.readouterr().out
    assert "A copy was made" in said
    assert "1 meeting," in said
    assert only_copies(tmp_path / "copies") == ["record-daily-20261123-170000.db"]
    assert (tmp_path / "copies").stat().st_mode & 0o777 == 0o700
    at_close(dataclasses.replace(desk, demo=True))
    assert len(only_copies(tmp_path / "copies")) == 1
    assert "Last copy 23 November 2026 17:00; nothing since." in desk.keeping.state().words


def test_where_a_copy_fails_it_is_said_and_the_record_is_untouched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    (tmp_path / "copies").write_text("a file where a folder should be")
    clock.move(hours=7)
    at_close(desk)
    said = capsys.readouterr().out
    assert "No copy was made" in said
    assert "What you typed is in the record." in said
    assert desk.keeping.is_due(), "it is tried again"
    assert desk.chairing.record.verify().is_good


def test_the_environment_says_when_and_where(tmp_path: Path) -> None:
    assert rule_from({}) == Rule()
    assert rule_from({"PANELKIT_COPIES": "off"}).off
    elsewhere = {
        "PANELKIT_COPIES": str(tmp_path),
        "PANELKIT_COPIES_HOUR": "12",
        "PANELKIT_COPIES_ENTRIES": "9",
    }
    assert rule_from(elsewhere) == Rule(12, 9, tmp_path)
    for wrong in ("noon", "-1", "25", "²"):
        with pytest.raises(BadInput, match="HOUR"):
            rule_from({"PANELKIT_COPIES_HOUR": wrong})


def test_copies_are_pruned_by_rule_and_nobody_elses_file_ever(tmp_path: Path) -> None:
    """Two years of one copy each day, and files that are nobody's business."""
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    folder = tmp_path / "copies"
    folder.mkdir()
    now = room_time(clock())
    for day in range(1, 731):
        copy = folder / pruning.daily_name(tmp_path / "record.db", now - timedelta(days=day))
        for path in (copy, stored.sum_beside(copy)):
            path.touch()
    theirs = [
        "panelkit-20240101-120000.db", "other-daily-20240101-170000.db", "record-daily-x.db",
        "notes.txt", "record-daily-20240101-170000.db.kept", "record.db.before-0009",
    ]  # fmt: skip
    for name in theirs:
        (folder / name).touch()
    long_ago = (now - timedelta(days=300)).timestamp()
    for number, age in (("0008", 300), ("0009", 10)):
        path = folder / f"record.db.before-{number}"
        path.touch()
        os.utime(path, (clock().timestamp() - age * 86400,) * 2)
    os.utime(folder / "record.db.before-0008", (long_ago, long_ago))
    desk.keeping.make()
    left = pruning.daily_of(tmp_path / "record.db", folder.iterdir(), now)
    ages = [(now - each.made).days for each in left]
    assert ages[:8] == [0, 1, 2, 3, 4, 5, 6, 7], "all of the last week"
    weeks = {(now - timedelta(days=age)).isocalendar()[:2] for age in range(8, 50)}
    assert {each.made.isocalendar()[:2] for each in left} >= weeks, "one a week for eight"
    months = {f"{now - timedelta(days=age):%Y-%m}" for age in range(57, 335)}
    assert {f"{each.made:%Y-%m}" for each in left} >= months, "one a month for a year"
    assert len(ages) <= 8 + 9 + 12
    assert max(ages) <= 366
    assert set(theirs) <= set(names(folder))
    assert "record.db.before-0008" not in names(folder)
    sums = {f"{each.path.name}.sha256" for each in left}
    assert sums == {n for n in names(folder) if n.startswith("record-daily-") and n.endswith("256")}


@given(
    ages=st.lists(st.integers(0, 5000), max_size=60),
    jump=st.integers(-4000, 40000),
    tried=st.integers(0, 59),
)
def test_pruning_keeps_the_newest_and_the_tried_one_whatever_the_clock_says(
    ages: list[int], jump: int, tried: int
) -> None:
    start = datetime(2026, 11, 23, 17, tzinfo=UTC)
    daily = sorted(
        (Standing(Path(str(n)), start - timedelta(hours=age)) for n, age in enumerate(ages)),
        key=lambda each: each.made,
        reverse=True,
    )
    last_tried = Path(str(tried))
    going = pruning.may_go(daily, start + timedelta(days=jump), last_tried)
    assert not {each.path for each in daily[:AT_LEAST]} & set(going)
    assert last_tried not in going


def test_trying_a_copy_reads_all_of_it_and_the_record_remembers(tmp_path: Path) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    clock.move(hours=7)
    copy = desk.keeping.make().path
    assert desk.keeping.notices() == ()
    clock.move(days=31)
    assert "No copy was tried for a month" in desk.keeping.notices()[0]
    before = names(tmp_path)
    found = copies.try_out(copy, desk.chairing.record, clock, desk.who)
    assert found.remembered
    assert names(tmp_path) == before, "nothing of it is left"
    assert desk.keeping.notices() == ()
    assert "Last tried by bringing one back: 24 December 2026 17:00." in desk.keeping.state().words
    clock.move(days=31)
    assert desk.keeping.notices()
    copy.unlink()
    assert "no longer where it was made" in desk.keeping.notices()[0]


def test_a_copy_of_another_record_does_not_count_as_tried(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = kept_desk(tmp_path / "a", clock), kept_desk(tmp_path / "b", clock)
    copy = one.keeping.make().path
    with pytest.raises(Refused, match="another record"):
        copies.try_out(copy, other.chairing.record, clock, "x")
    assert other.keeping.state().tried is None


def test_a_copy_does_not_put_the_record_ahead_of_it(tmp_path: Path) -> None:
    desk = kept_desk(tmp_path, Clock())
    copy = desk.keeping.make().path
    found = copies.look(copy, desk.chairing.record)
    assert found.against is not None
    assert (found.against.added, found.against.changed) == ((), ())
    assert desk.keeping.state().uncopied == 0


def test_keys_beside_a_record_go_with_every_copy_and_come_back_with_it(tmp_path: Path) -> None:
    """As an encrypted record will have them; the copy is encrypted as the record is."""
    path, key = tmp_path / "r.db", bytes(range(32))
    record = Record.open(path, key=key, create=True)
    belongings.keys_of(path).write_bytes(b"slots")
    copies.backup(record, tmp_path / "c" / "one.db", Clock(), "x")
    assert names(tmp_path / "c") == ["one.db", "one.db.keys", "one.db.sha256"]
    assert belongings.is_encrypted(tmp_path / "c" / "one.db")
    copies.restore(tmp_path / "c" / "one.db", tmp_path / "back.db", record)
    assert (tmp_path / "back.db.keys").read_bytes() == b"slots"
    (tmp_path / "c" / "one.db.keys").write_bytes(b"slotz")
    with pytest.raises(BadInput, match="not as it was written"):
        copies.look(tmp_path / "c" / "one.db", record)
    stored.remove(tmp_path / "c" / "one.db")
    assert names(tmp_path / "c") == []


def test_bringing_back_an_older_copy_leaves_that_record_and_nothing_else(tmp_path: Path) -> None:
    from tests.store.test_upgrade import old_record

    copy = old_record(tmp_path / "old.db", answers=2)
    (tmp_path / "to").mkdir()
    copies.restore(copy, tmp_path / "to" / "back.db")
    assert names(tmp_path / "to") == ["back.db"]
    assert names(tmp_path) == ["old.db", "to"]


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from panelkit.services import copies
from panelkit.services.clock import system_clock
from panelkit.store import engine
from panelkit.store.record import Record
left = [int(sys.argv[3])]
def step(*_):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
wanted = (str(Path(sys.argv[2]).parent), )
def hook(name, given):
    # Every file that is opened, linked, renamed or removed is a step as well.
    if name in ("open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        step()
record = Record.open(Path(sys.argv[1]))
with record.engine.connect() as connection:
    connection.connection.dbapi_connection.set_progress_handler(step, 2000)
sys.addaudithook(hook)
copies.backup(record, Path(sys.argv[2]), system_clock, "x")
print("steps", int(sys.argv[3]) - left[0])
"""


def killed(record: Path, copy: Path, after: int) -> subprocess.CompletedProcess[str]:
    return python("-c", KILLED, record, copy, after)


@pytest.mark.reliability
def test_a_kill_during_a_copy_leaves_nothing_that_looks_like_one(tmp_path: Path) -> None:
    """20 kills at any file that is touched: a whole copy with its checksum, or none."""
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    desk.chairing.record.close()
    record = tmp_path / "record.db"
    whole = killed(record, tmp_path / "c" / "whole.db", 10**9)
    steps = int(whole.stdout.split()[-1])
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    there = 0
    for place in range(20):
        copy = tmp_path / f"k{place}" / "one.db"
        # The last few steps are where names are given, so half of the kills go there.
        after = chance.randint(1, steps) if place % 2 else chance.randint(steps - 40, steps)
        done = killed(record, copy, after)
        assert done.returncode in (-9, 0), done.stderr
        shown = [name for name in names(copy.parent) if not name.startswith(".")]
        if copy.exists():
            there += 1
            assert copies.look(copy, None).summed, "whole, with its checksum"
        else:
            assert set(shown) <= {"one.db.sha256"}, shown
        again = copy.with_name("two.db")
        assert killed(record, again, 10**9).returncode == 0
        assert not [n for n in names(copy.parent) if n.startswith(".")], "cleared by the next"
    print(f"copies: seed {seed}, 20 kills in {steps} steps, {there} whole, 0 that look like one")


OPENED = """
import sys
from pathlib import Path
from panelkit.domain.errors import Refused
from panelkit.store.record import Record
key = bytes.fromhex(sys.argv[2]) or None
try:
    Record.open(Path(sys.argv[1]), key=key)
except Refused as refused:
    print(refused.sentence)
"""
"""To the end of the program: what it leaves when it lets the file go counts."""


def test_a_newer_record_is_refused_and_not_a_byte_of_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    for key in (None, bytes(range(32))):
        path.unlink(missing_ok=True)
        made = open_engine(path, key=key, create=True)
        with made.connect() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
            # As a newer program that was killed leaves it: its last words are in the log.
            log = path.with_name("r.db-wal").read_bytes()
            whole = path.read_bytes()
        made.dispose()
        path.write_bytes(whole)
        path.with_name("r.db-wal").write_bytes(log)
        said = subprocess.run(
            [sys.executable, "-c", OPENED, str(path), key.hex() if key else ""],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert said.stdout.startswith("This record was made by a newer panelkit."), said.stderr
        assert path.read_bytes() == whole
        assert path.with_name("r.db-wal").read_bytes() == log
        for end in ("-wal", "-shm"):
            path.with_name(f"r.db{end}").unlink(missing_ok=True)


def test_a_damaged_record_names_the_last_copy_that_is_whole(tmp_path: Path) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    good = desk.keeping.make().path
    clock.move(hours=1)
    fresh_meeting(desk, "HM-0901")
    bad = desk.keeping.make().path
    desk.chairing.record.close()
    with bad.open("r+b") as content:
        content.seek(5000)
        content.write(b"\xff")
    record = tmp_path / "record.db"
    os.utime(bad)
    record.write_bytes(b"\0" * record.stat().st_size)
    line = refused(panelkit("list", "--db", record))
    assert f"panelkit restore {good} says what it holds" in line
    back = tmp_path / "back" / "record.db"
    done = panelkit("restore", good, "--to", back, "--db", record)
    assert done.returncode == 0, done.stderr
    assert "Not held against the record in use" in done.stdout
    assert "HM-0900" in panelkit("list", "--db", back).stdout


def test_the_commands_try_a_copy_and_where_says_when(tmp_path: Path) -> None:
    db = ("--db", tmp_path / "record.db")
    fresh_meeting(make_desk(tmp_path))
    copy = tmp_path / "one.db"
    assert panelkit("backup", copy, *db).returncode == 0
    tried = panelkit("restore", copy, "--test", *db)
    assert tried.returncode == 0
    assert "read in full. The record remembers it." in tried.stdout
    assert "two things" in refused(panelkit("restore", copy, "--test", "--to", tmp_path / "x.db", *db))  # fmt: skip
    said = json.loads(panelkit("where", "--json", *db).stdout)["notices"]
    assert any(words.startswith("Last copy") for words in said)
    assert any(words.startswith("Last tried by bringing one back") for words in said)


async def test_what_an_earlier_day_left_in_no_copy_is_made_up_for_at_the_start(
    tmp_path: Path,
) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    clock.move(days=1)
    app = Program(desk, tmp_path / "faults")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(only_copies(tmp_path / "copies")))
        await app.workers.wait_for_complete()
    assert only_copies(tmp_path / "copies") == ["record-daily-20261124-100000.db"]
    assert not desk.keeping.is_overdue()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_home_says_in_one_line_what_is_wrong_with_the_copies(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    clock = Clock()
    desk = kept_desk(tmp_path, clock)
    desk.keeping.make()
    clock.move(days=31)
    app = Program(desk, tmp_path / "faults")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "No copy was tried for a month" in app.shown()
        assert "F5 New" in app.shown(), "the keys stay on screen"
