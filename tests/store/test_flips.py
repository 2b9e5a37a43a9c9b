"""RV12: one bit of an encrypted record turns over. It is noticed, and a way on is named."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.services import copies
from panelkit.store import belongings
from panelkit.store.record import Record
from tests.desk import Clock
from tests.store.test_record import BY, make_meeting

KEY = bytes(range(32))
FLIPS = 300


def with_words(path: Path) -> Record:
    """An encrypted record with words on many pages, all of it in the file and none in the log."""
    record = Record.open(path, key=KEY, create=True)
    for number in range(1, 13):
        meeting = make_meeting(f"HM-{number}")
        record.add_case(meeting.case, BY, command=f"case {number}")
        record.save(None, meeting, BY, command=f"meeting {number}")
        for item, field in (("A6", "index_offence"), ("A9", "victim_issues"), ("A10", "triggers")):
            words = f"{item} words of meeting {number}, invented. " * 30
            after = meeting.answer(item, field, words, BY)
            record.save(meeting, after, BY, command=f"{item} {number}", visit=f"{item} {number}")
            meeting = record.load(meeting.id)
    return record


def everything(record: Record) -> list[str]:
    """All that the record says, as a person would come to see it; BadInput where it cannot be."""
    return [repr(record.load(summary.id)) for summary in record.meetings()]


def made_no_copy(record: Record, copy: Path, true: list[str]) -> bool:
    """Whether a copy was refused; one that is made (a page that nothing is on) says the same."""
    try:
        copies.backup(record, copy, Clock(), "somebody")
    except BadInput as failed:
        return "cannot be read in full" in failed.sentence and not copy.exists()
    made = record.open_copy(copy)
    assert everything(made) == true
    made.close()
    return False


@pytest.mark.reliability
def test_rv12_a_flipped_bit_is_never_taken_for_what_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    record = with_words(path)
    good = belongings.copies_folder(path) / "record-daily-20261123-160000.db"
    copies.backup(record, good, Clock(), "somebody")
    true = everything(record)
    record.close()
    whole = path.read_bytes()
    assert not path.with_name("record.db-wal").exists()
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    at_open = later = unread = offered = refused = 0
    for _ in range(FLIPS):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            opened = Record.open(path, key=KEY)
        except PanelkitError as failed:
            at_open += 1
            offered += f"panelkit restore {good} says" in failed.sentence
            continue
        try:
            said = everything(opened)
            assert said == true, "changed text, unnoticed"
            found = opened.verify()
            assert found.pages_wrong == 1, "verify sees it, also on a page that holds no words"
            unread += 1
            if unread <= 10:
                refused += made_no_copy(opened, tmp_path / "c" / f"{unread}.db", true)
        except BadInput as failed:
            later += 1
            offered += "bring a copy back with panelkit restore" in failed.sentence
        finally:
            opened.close()
        for end in ("-wal", "-shm"):
            path.with_name(f"record.db{end}").unlink(missing_ok=True)
    print(
        f"RV12: seed {seed}, {FLIPS} flips: {at_open} found at opening, {later} when read, "
        f"{unread} on pages without words, by verify; 0 changed text unnoticed, {offered} offers, "
        f"{refused} of {min(unread, 10)} copies of such a record refused"
    )
    assert offered == at_open + later
    assert at_open + later + unread == FLIPS
    assert later > 0
