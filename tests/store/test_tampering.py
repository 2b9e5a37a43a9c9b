"""Tampering is found: in the journal's rows, in words that it knows, in documents as sent."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from panelkit.store import journal
from panelkit.store.record import Record
from panelkit.store.rows import JournalRow
from tests.store.test_record import BY, stored

TABLE = JournalRow.__table__  # type: ignore[attr-defined]
ROWS = 24
COLUMNS = [column.name for column in TABLE.c if column.name != "seq"]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "r.db", create=True)


def with_history(record: Record) -> str:
    """A journal of some rows; returns its head, the anchor that somebody printed."""
    meeting = stored(record)
    while record.verify().entries < ROWS:
        words = f"w{record.verify().entries}"
        after = meeting.answer("A6", "index_offence", words, BY)
        record.save(meeting, after, BY, command=words)
        meeting = after
    return record.head()


def open_to_tampering(record: Record) -> None:
    with record.engine.connect() as connection:
        for table in ("journal", "issued"):
            for what in ("update", "delete"):
                connection.execute(text(f"drop trigger {table}_refuses_{what}"))


def tamper(connection: Connection, chance: random.Random) -> str:
    """One change to the journal that a hand with SQL could make."""
    rows = [
        dict(row) for row in connection.execute(TABLE.select().order_by(TABLE.c.seq)).mappings()
    ]
    at = chance.randrange(len(rows))
    here = TABLE.c.seq == rows[at]["seq"]
    what = chance.choice(["edit", "delete", "swap", "insert", "cut"])
    if what == "edit":
        connection.execute(TABLE.update().where(here), {chance.choice(COLUMNS): "forged"})
    elif what == "delete":
        connection.execute(TABLE.delete().where(here))
    elif what == "swap":
        other = chance.choice([row for row in rows if row is not rows[at]])
        for row, seq in ((rows[at], -1), (other, rows[at]["seq"]), (rows[at], other["seq"])):
            there = TABLE.c.hash == row["hash"]
            connection.execute(TABLE.update().where(there), {"seq": seq})
    elif what == "insert":
        new = {**rows[at], "seq": rows[-1]["seq"] + 1, "actor": "forged"}
        new["prev_hash"] = chance.choice([rows[-1]["hash"], rows[at]["prev_hash"]])
        connection.execute(TABLE.insert(), new)
    else:
        connection.execute(TABLE.delete().where(TABLE.c.seq >= rows[at]["seq"]))
    return what


@pytest.mark.reliability
def test_rv11_500_tamperings_are_found_and_200_clean_histories_are_not_accused(
    record: Record,
) -> None:
    anchor = with_history(record)
    open_to_tampering(record)
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    missed: list[str] = []
    by_chain = 0
    with record.engine.connect() as connection:
        for _ in range(500):
            connection.exec_driver_sql("BEGIN")
            what = tamper(connection, chance)
            found = journal.check(connection, anchor=anchor)
            by_chain += found.first_wrong is not None
            if found.is_good:
                missed.append(what)
            connection.exec_driver_sql("ROLLBACK")
        accused = 0
        for _ in range(200):
            connection.exec_driver_sql("BEGIN")
            seqs = connection.execute(TABLE.select().order_by(TABLE.c.seq)).mappings().all()
            anchored = chance.choice(seqs)["hash"]
            change = journal.Change("m-HM-1-1", "answer", "A6.x", "text", "", "h")
            journal.write(connection, [change] * chance.randint(0, 5), BY, "c")
            accused += not journal.check(connection, anchor=anchored).is_good
            connection.exec_driver_sql("ROLLBACK")
    print(f"RV11: seed {seed}, 500 tamperings, {by_chain} by the chain alone, {len(missed)} missed")
    assert missed == []
    assert accused == 0


def test_rows_cut_from_the_end_are_seen_only_with_a_head_that_was_kept(record: Record) -> None:
    anchor = with_history(record)
    open_to_tampering(record)
    with record.engine.connect() as connection:
        connection.execute(text(f"delete from journal where seq > {ROWS - 3}"))
    assert record.verify().first_wrong is None
    assert not record.verify(anchor=anchor).anchored


def test_a_keyed_chain_cannot_be_mended_without_the_key(record: Record) -> None:
    row: dict[str, object] = {"seq": 1, "actor": "x", "prev_hash": journal.START}
    key = bytes(range(32))
    assert journal.chained(row, key) != journal.chained(row)
    assert journal.chained(row, key) != journal.chained(row, bytes(32))
    with_history(record)
    with record.engine.connect() as connection:
        assert journal.check(connection, key=key).first_wrong == 1


@pytest.mark.parametrize("table", ["answer", "superseded"])
def test_words_changed_behind_the_journal_are_named(record: Record, table: str) -> None:
    with_history(record)
    assert record.verify().is_good
    with record.engine.connect() as connection:
        connection.execute(text(f"update {table} set text = 'forged'"))  # noqa: S608 - two names
    found = record.verify()
    assert found.first_wrong is None
    assert found.words_wrong == ("m-HM-1-1 answer A6.index_offence text",)
    assert "forged" not in str(found)


def test_history_says_which_words_the_journal_knows(record: Record) -> None:
    with_history(record)
    kept = record.history("m-HM-1-1", "answer", "A6.index_offence")
    assert [one.text for one in kept[:2]] == ["w2", "w3"]
    assert [one.number for one in kept] == list(range(1, len(kept) + 1))
    assert {one.typed_at for one in kept} == {BY.at}
    assert all(one.checked for one in kept)
    with record.engine.connect() as connection:
        connection.execute(text("update superseded set text = 'forged' where number = 2"))
    again = record.history("m-HM-1-1", "answer", "A6.index_offence")
    assert [one.number for one in again if not one.checked] == [2]


def sent(record: Record) -> Any:
    meeting = stored(record)
    for body in (b"first", b"second"):
        record.keep_issued(
            meeting, "full", body, "hash", BY, template_id="minutes", template_version="3", status="final"
        )  # fmt: skip
    return meeting


def test_documents_are_kept_as_sent_and_refuse_change(record: Record) -> None:
    meeting = sent(record)
    first, second = record.issued(meeting.id)
    assert {first.version, second.version} == {1, 2}
    assert {record.issued_body(one.id) for one in (first, second)} == {b"first", b"second"}
    assert (first.template_id, first.template_version, first.status) == ("minutes", "3", "final")
    assert (first.who, first.at) == (BY.name, BY.at)
    for sql in ("update issued set body = x'00'", "delete from issued"):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            record.engine.connect() as connection,
        ):
            connection.execute(text(sql))
    found = record.verify()
    assert (found.issued, found.issued_wrong) == (2, ())


@pytest.mark.parametrize(
    ("sql", "wrong"),
    [
        ("update issued set body = x'00' where version = 1", 1),
        ("update issued set body = x'00', sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'", 2),
        ("delete from issued where version = 2", 1),
    ],
    ids=["bytes", "bytes and hash", "gone"],
)  # fmt: skip
def test_a_changed_document_is_named(record: Record, sql: str, wrong: int) -> None:
    sent(record)
    open_to_tampering(record)
    with record.engine.connect() as connection:
        connection.execute(text(sql))
    assert len(record.verify().issued_wrong) == wrong
