"""Encrypted records: made, opened, given other keys, encrypted in place; killed at every step."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from panelkit.domain.errors import BadInput, NotSaved, Refused
from panelkit.domain.people import Person, Role
from panelkit.store import encrypting
from panelkit.store.belongings import is_encrypted, keys_of
from panelkit.store.keys import Keys, Opened
from panelkit.store.record import Record
from panelkit.store.slots import Slots
from tests.commanding import python
from tests.store.test_record import BY, stored

RUTH, OMAR = "Ruth Calloway", "Omar Okafor"
ID = {RUTH: "p-1", OMAR: "p-2"}
CANARY = "an invented canary that no file may show"


pytestmark = pytest.mark.usefixtures("cheap_slots")


def encrypted(path: Path, *names: str) -> Record:
    """An encrypted record with words in it; each name is its passphrase as well."""
    made = encrypting.new_slots()
    keys = Keys.new(made.record)
    for name in names:
        made = made.added(ID[name], name, name)
    record = encrypting.create(path, made, keys, ID[names[0]])
    for name in names:
        slot = made.slot(ID[name])
        assert slot is not None
        someone = Person(ID[name], name, frozenset({Role.ADMINISTRATOR}), slot.mark)
        record.save_person(None, someone, BY, command=f"add {name}")
    meeting = stored(record)
    record.save(meeting, meeting.answer("A6", "index_offence", CANARY, BY), BY, command="words")
    return record


def opened(path: Path, name: str) -> Record:
    read = Slots.read(keys_of(path))
    person, candidates = read.open(name, name)
    return encrypting.open_with(path, read, person, candidates)


def words_of(record: Record) -> str:
    return record.load(record.meetings()[0].id).text("A6", "index_offence")


def litter(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))


def test_a_record_is_opened_by_each_of_its_people_and_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    encrypted(path, RUTH, OMAR).close()
    assert is_encrypted(path)
    for name in (RUTH, OMAR):
        record = opened(path, name)
        assert words_of(record) == CANARY
        assert record.me is not None
        assert record.me.name == name
        assert record.verify().is_good
        record.close()
    for file in tmp_path.iterdir():
        assert CANARY.encode() not in file.read_bytes()
        assert b"Calloway" not in file.read_bytes()
    with pytest.raises(BadInput):
        Record.open(path)


def test_a_slot_put_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    record = encrypted(path, RUTH)
    keys = record.opened.keys
    assert keys is not None
    forged = Slots.read(keys_of(path)).added(ID[RUTH], RUTH, "somebody else's").holding(keys)
    with pytest.raises(BadInput):
        encrypting.must_be_the_records(record, forged)
    record.close()
    person, candidates = forged.open(RUTH, "somebody else's")
    with pytest.raises(Refused, match="does not know"):
        encrypting.open_with(path, forged, person, candidates)


def test_other_keys_keep_every_word_and_the_chain_and_shut_out_who_left(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    record = encrypted(path, RUTH, OMAR)
    old, head = record.opened.keys, record.head()
    record.close()
    assert old is not None
    copy = path.read_bytes()
    encrypting.rewrite(path, Slots.read(keys_of(path)).without(ID[OMAR]), old.rekeyed(), old)
    record = opened(path, RUTH)
    assert words_of(record) == CANARY
    assert record.head() == head
    assert record.verify(anchor=head).is_good
    record.close()
    assert litter(tmp_path) == []
    assert path.read_bytes() != copy
    with pytest.raises(Refused):
        opened(path, OMAR)
    with pytest.raises(BadInput):
        Record.open(path, opened=Opened(old))


def test_a_plain_record_is_encrypted_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    record = Record.open(path, create=True)
    meeting = stored(record)
    record.save(meeting, meeting.answer("A6", "index_offence", CANARY, BY), BY, command="words")
    made = encrypting.new_slots().added(ID[RUTH], RUTH, RUTH)
    slot = made.slots[0]
    someone = Person(ID[RUTH], RUTH, frozenset({Role.ADMINISTRATOR}), slot.mark)
    record.save_person(None, someone, BY, command="add")
    entries, head = record.verify().entries, record.head()
    record.close()
    assert CANARY.encode() in path.read_bytes()
    encrypting.rewrite(path, made, Keys.new(made.record, chain_from=entries + 1), None)
    for file in tmp_path.iterdir():
        assert CANARY.encode() not in file.read_bytes()
    record = opened(path, RUTH)
    assert words_of(record) == CANARY
    record.note_of_record("encrypted", BY, command="note")
    assert record.verify(anchor=head).is_good, "entries from before and after"
    record.close()


def test_a_page_that_nobody_reads_is_named_where_it_is_not_as_written(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    record = encrypted(path, RUTH)
    record.put_away_log()
    assert record.verify().pages_wrong == 0
    record.close()
    whole, named, unread = path.read_bytes(), 0, 0
    for page in range(1, len(whole) // 4096, 9):
        changed = bytearray(whole)
        changed[page * 4096 + 2000] ^= 1
        path.write_bytes(changed)
        try:
            record = opened(path, RUTH)
        except (BadInput, NotSaved):
            unread += 1
            continue
        try:
            found = record.verify()
            assert not found.is_good, "a changed page is never good"
            named += found.pages_wrong
        except BadInput:
            unread += 1
        record.close()
    assert named
    assert unread


@pytest.mark.parametrize("plain", [True, False])
def test_nothing_is_written_anew_while_somebody_has_it_open(tmp_path: Path, *, plain: bool) -> None:
    path = tmp_path / "r.db"
    if plain:
        old, made = None, encrypting.new_slots().added(ID[RUTH], RUTH, RUTH)
        open_elsewhere = Record.open(path, create=True)
        meeting = stored(open_elsewhere)
    else:
        open_elsewhere = encrypted(path, RUTH)
        old, made = open_elsewhere.opened.keys, Slots.read(keys_of(path))
        meeting = open_elsewhere.load(open_elsewhere.meetings()[0].id)
    new = old.rekeyed() if old else Keys.new(made.record)
    with pytest.raises(NotSaved, match="open in another program"):
        encrypting.rewrite(path, made, new, old)
    assert is_encrypted(path) is not plain
    after = meeting.answer("A6", "index_offence", "still written", BY)
    open_elsewhere.save(meeting, after, BY, command="later")
    open_elsewhere.close()
    again = Record.open(path) if plain else opened(path, RUTH)
    assert words_of(again) == "still written"
    again.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from panelkit.store import encrypting, slots
from panelkit.sealing.cost import LEAST
from panelkit.store.belongings import keys_of
from panelkit.store.slots import Slots
slots.USUAL = LEAST
left = [int(sys.argv[2])]
def watch(event, args):
    if event.startswith("open") or event in ("os.rename", "os.remove", "sqlite3.connect"):
        step()
def step():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
path = Path(sys.argv[1])
if plain := len(sys.argv) > 3:
    made_of = Slots.read(Path(sys.argv[3]))
    keys = encrypting.Keys.new(made_of.record, chain_from=1 + int(sys.argv[4]))
else:
    read = Slots.read(keys_of(path))
    person, (keys, *_) = read.open("Ruth Calloway", "Ruth Calloway")
made = encrypting.dbapi2.connect
def connect(*args, **said):
    connection = made(*args, **said)
    connection.set_progress_handler(step, 400)
    return connection
encrypting.dbapi2.connect = connect
sys.addaudithook(watch)
if plain:
    encrypting.rewrite(path, made_of, keys, None)
else:
    encrypting.rewrite(path, read.without("p-2"), keys.rekeyed(), keys)
left[0] -= 10**9
print("steps", int(sys.argv[2]) - left[0] - 10**9)
"""


@pytest.mark.reliability
def test_rv17_a_record_that_is_killed_while_it_gets_other_keys_opens_afterwards(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.db"
    record = encrypted(path, RUTH, OMAR)
    head = record.head()
    record.close()
    before = {p.name: p.read_bytes() for p in (path, keys_of(path))}

    def run(at: int) -> subprocess.CompletedProcess[str]:
        for file in tmp_path.iterdir():
            file.unlink()
        for name, content in before.items():
            (tmp_path / name).write_bytes(content)
        return python("-c", KILLED, path, at)

    steps = int(run(10**9).stdout.split()[1])
    kills = old_keys = 0
    for at in range(1, steps + 1, max(1, steps // 40)):
        ended = run(at)
        if ended.returncode == 0:
            continue
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        kills += 1
        record = opened(path, RUTH)
        assert words_of(record) == CANARY
        assert record.verify(anchor=head).is_good
        record.close()
        sealed = Slots.read(keys_of(path)).sealed
        assert len(sealed) == 1, "opening it tidied the slots"
        old_keys += ID[OMAR] in sealed[0]
        for file in tmp_path.iterdir():
            assert CANARY.encode() not in file.read_bytes()
    print(
        f"RV17 other keys: {kills} kills in {steps} steps, {old_keys} before the change; all opened"
    )
    assert kills >= 30
    assert 0 < old_keys < kills


@pytest.mark.reliability
def test_rv17_a_plain_record_that_is_killed_while_it_is_encrypted_opens_afterwards(
    tmp_path: Path,
) -> None:
    path, aside = tmp_path / "r" / "r.db", tmp_path / "slots"
    path.parent.mkdir()
    record = Record.open(path, create=True)
    made = encrypting.new_slots().added(ID[RUTH], RUTH, RUTH)
    made.write(aside)
    someone = Person(ID[RUTH], RUTH, frozenset({Role.ADMINISTRATOR}), made.slots[0].mark)
    record.save_person(None, someone, BY, command="add")
    meeting = stored(record)
    record.save(meeting, meeting.answer("A6", "index_offence", CANARY, BY), BY, command="words")
    head, entries = record.head(), record.verify().entries
    record.close()
    before = path.read_bytes()

    def run(at: int) -> subprocess.CompletedProcess[str]:
        for file in path.parent.iterdir():
            file.unlink()
        path.write_bytes(before)
        return python("-c", KILLED, path, at, aside, entries)

    steps = int(run(10**9).stdout.split()[1])
    kills = still_plain = 0
    for at in range(1, steps + 1, max(1, steps // 40)):
        ended = run(at)
        if ended.returncode == 0:
            continue
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        kills += 1
        plain = not is_encrypted(path)
        still_plain += plain
        record = Record.open(path) if plain else opened(path, RUTH)
        assert words_of(record) == CANARY
        assert record.verify(anchor=head).is_good
        record.close()
        for file in path.parent.iterdir():
            if file != path or not plain:
                assert CANARY.encode() not in file.read_bytes(), f"{file.name} at {at}"
    print(
        f"RV17 encrypted in place: {kills} kills in {steps} steps, {still_plain} still plain; all opened"
    )
    assert kills >= 30
    assert 0 < still_plain < kills


def test_a_file_that_is_not_a_record_is_not_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    made = encrypting.new_slots().added(ID[RUTH], RUTH, RUTH)
    dbapi2.connect(str(path)).execute("CREATE TABLE other (x)").connection.close()
    with pytest.raises(ValueError, match="keys do not fit"):
        encrypting.rewrite(path, made, Keys.new(made.record), Keys.new(made.record))
