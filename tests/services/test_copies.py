"""Copies of a record: whole while it is in use, checked, and never in the place of anything."""

from __future__ import annotations

import hashlib
import json
import random
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from panelkit.domain.errors import BadInput, NotFound, NotSaved, PanelkitError, Refused
from panelkit.services import copies
from panelkit.services.caseload import same_content
from panelkit.services.desk import Desk
from panelkit.store.record import Record
from tests.desk import fresh_meeting, make_desk
from tests.test_commands import panelkit, refused

REVIEW = "WM-0143-3"


def clock() -> datetime:
    return datetime(2026, 11, 28, 12, 5, tzinfo=UTC)


def desk_of(folder: Path) -> Desk:
    return make_desk(folder, samples=("l2_review_carried_actions",))


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def same(one: Record, other: Record) -> None:
    here, there = ({s.id for s in each.meetings()} for each in (one, other))
    assert here == there
    for key in here:
        assert same_content(one.load(key), other.load(key))


def test_a_copy_of_a_record_in_use_holds_all_that_was_stored(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    meeting = desk.caseload.find(REVIEW)
    desk.chairing.record_answer(meeting, "A6", "index_offence", "typed a moment ago")
    assert (tmp_path / "record.db-wal").stat().st_size, "the words are still in the log"
    made = copies.backup(desk.chairing.record, tmp_path / "copies" / "one.db", clock)
    assert made.checked.is_good
    assert names_in(tmp_path / "copies") == ["one.db", "one.db.sha256"], "nothing else is left"
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    opened = Record.open(made.path)
    same(desk.chairing.record, opened)
    assert opened.load(meeting.id).text("A6", "index_offence") == "typed a moment ago"
    assert opened.verify().head == desk.chairing.record.verify().head
    opened.close()


def test_a_folder_gets_a_dated_name_and_no_copy_takes_anothers_place(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    folder = tmp_path / "copies"
    folder.mkdir()
    made = copies.backup(desk.chairing.record, folder, clock)
    assert made.path.name == "panelkit-20261128-120500.db"
    before = hash_of(made.path)
    with pytest.raises(Refused, match="already a file"):
        copies.backup(desk.chairing.record, folder, clock)
    assert hash_of(made.path) == before
    assert names_in(folder) == [made.path.name, f"{made.path.name}.sha256"]


def test_a_look_says_what_is_newer_here_and_changes_nothing(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    made = copies.backup(desk.chairing.record, tmp_path / "one.db", clock)
    found = copies.look(made.path, desk.chairing.record)
    assert found.against is not None
    assert found.against.same_history
    assert found.against.added == found.against.changed == found.against.gone == ()
    meeting = desk.caseload.find(REVIEW)
    desk.chairing.record_answer(meeting, "A6", "index_offence", "later")
    new = fresh_meeting(desk)
    before, names = hash_of(made.path), names_in(tmp_path)
    found = copies.look(made.path, desk.chairing.record)
    assert found.against is not None
    assert found.against.same_history
    assert found.against.changed == (REVIEW,)
    assert found.against.added == (new.ref,)
    assert hash_of(made.path) == before
    assert names_in(tmp_path) == names


def test_another_history_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = desk_of(tmp_path / "a"), make_desk(tmp_path / "b")
    fresh_meeting(other)
    made = copies.backup(one.chairing.record, tmp_path / "one.db", clock)
    found = copies.look(made.path, other.chairing.record)
    assert found.against is not None
    assert not found.against.same_history
    assert REVIEW in found.against.gone


def test_a_copy_is_brought_back_as_a_record_of_its_own(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    made = copies.backup(desk.chairing.record, tmp_path / "one.db", clock)
    before, here = hash_of(made.path), hash_of(tmp_path / "record.db")
    copies.restore(made.path, tmp_path / "again" / "back.db", desk.chairing.record)
    opened = Record.open(tmp_path / "again" / "back.db")
    same(desk.chairing.record, opened)
    opened.close()
    assert hash_of(made.path) == before
    assert hash_of(tmp_path / "record.db") == here
    with pytest.raises(Refused, match="already a file"):
        copies.restore(made.path, tmp_path / "again" / "back.db")


def test_a_record_in_use_is_no_copy(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    fresh_meeting(desk)
    assert (tmp_path / "record.db-wal").stat().st_size, "words are still in the log"
    with pytest.raises(Refused, match="in use"):
        copies.restore(tmp_path / "record.db", tmp_path / "to.db", desk.chairing.record)
    assert not (tmp_path / "to.db").exists()


def test_what_is_no_whole_copy_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    whole = copies.backup(desk.chairing.record, tmp_path / "one.db", clock).path.read_bytes()
    other = tmp_path / "other.db"
    with dbapi2.connect(str(other)) as made:
        made.execute("CREATE TABLE t (x)")
    bad = {
        "empty": b"", "words": b"no database", "cut": whole[: len(whole) // 2],
        "header": b"\0" * 100 + whole[100:], "another": other.read_bytes(),
    }  # fmt: skip
    for name, content in bad.items():
        path = tmp_path / f"{name}.copy"
        path.write_bytes(content)
        names = names_in(tmp_path)
        with pytest.raises(PanelkitError):
            copies.look(path, desk.chairing.record)
        with pytest.raises(PanelkitError):
            copies.restore(path, tmp_path / "to.db")
        assert names_in(tmp_path) == names, name
    with pytest.raises(NotFound):
        copies.look(tmp_path / "nowhere.db", None)
    with pytest.raises(NotSaved):
        copies.backup(desk.chairing.record, tmp_path / "one.db" / "below.db", clock)


def test_flipped_bytes_never_pass_for_the_words_that_were_stored(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    whole = copies.backup(desk.chairing.record, tmp_path / "one.db", clock).path.read_bytes()
    words = desk.caseload.find(REVIEW).text("A6", "offence_summary")[:40].encode()
    starts = [at for at in range(len(whole)) if whole.startswith(words, at)]
    assert starts
    chance, unnoticed = random.Random(7), 0
    for number in range(20):
        flipped = bytearray(whole)
        for start in starts:
            flipped[start + chance.randrange(len(words))] ^= 1
        path = tmp_path / f"flip{number}.db"
        path.write_bytes(flipped)
        try:
            unnoticed += copies.look(path, None).checked.is_good
        except BadInput:
            continue
    assert unnoticed == 0


def test_any_flipped_bit_is_found_by_the_checksum(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    copy = copies.backup(desk.chairing.record, tmp_path / "one.db", clock).path
    whole, chance = copy.read_bytes(), random.Random(11)
    for _ in range(100):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        copy.write_bytes(flipped)
        with pytest.raises(BadInput, match="not as it was written"):
            copies.restore(copy, tmp_path / "to.db")
    assert not (tmp_path / "to.db").exists()
    copy.write_bytes(whole)
    assert copies.look(copy, None).summed
    said = copy.with_name("one.db.sha256").read_text(encoding="utf-8")
    assert said == f"{hash_of(copy)}  one.db\n", "as sha256sum writes it"


def test_the_commands_say_it_and_end_as_they_should(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.chairing.record.close()
    db = ("--db", tmp_path / "record.db")
    copy = tmp_path / "one.db"
    done = panelkit("backup", copy, "--json", *db)
    assert done.returncode == 0
    assert json.loads(done.stdout)["ok"]
    assert REVIEW in json.loads(done.stdout)["meetings"]
    assert "already a file" in refused(panelkit("backup", copy, *db))
    looked = panelkit("restore", copy, *db)
    assert looked.returncode == 0
    assert "nothing in it is newer than the copy" in looked.stdout
    assert "Nothing was changed" in looked.stdout
    assert panelkit("restore", copy, "--to", tmp_path / "back.db", *db).returncode == 0
    assert REVIEW in panelkit("list", "--db", tmp_path / "back.db").stdout
    assert "to the last bit" in looked.stdout
    with dbapi2.connect(str(copy)) as tampered:
        tampered.execute("DROP TRIGGER journal_refuses_update")
        tampered.execute("UPDATE journal SET actor = 'Somebody Else' WHERE seq = 3")
    assert "not as it was written" in refused(panelkit("restore", copy, *db))
    copy.with_name("one.db.sha256").unlink()
    done = panelkit("restore", copy, *db)
    assert done.returncode == 1
    assert "No checksum" in done.stdout
    assert "NOT as it was written" in done.stdout
