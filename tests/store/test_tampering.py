"""Tampering is found: in the journal's rows, in words that it knows, in documents as sent."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from panelkit.domain import entries as e
from panelkit.store import heads, journal
from panelkit.store.record import Record
from panelkit.store.rows import JournalRow
from panelkit.store.server import Location
from tests.store.hands import Hands, open_at
from tests.store.test_record import BY, stored

TABLE = JournalRow.__table__  # type: ignore[attr-defined]
ROWS = 24
COLUMNS = [column.name for column in TABLE.c if column.name != "seq"]


def with_history(record: Record) -> str:
    """A journal of some rows; returns its head, the anchor that somebody printed."""
    meeting, number = stored(record), 0
    while record.verify().entries < ROWS:
        number += 1
        after = meeting.answer("A6", "index_offence", f"w{number}", BY)
        record.save(meeting, after, BY, command=f"w{number}")
        meeting = after
    return record.head()


@pytest.fixture
def keyed(place: Location) -> Iterator[Record]:
    """A record whose journal is keyed."""
    opened = open_at(place, keyed=True)
    yield opened
    opened.close()


@pytest.fixture
def record(request: pytest.FixtureRequest, place: Location) -> Iterator[Record]:
    """The keyed one where a test asks for it, and its database's hands are its."""
    if "keyed" in request.fixturenames:
        yield request.getfixturevalue("keyed")
        return
    opened = open_at(place)
    yield opened
    opened.close()


LONG = 60


def keyed_history(connection: Connection, chance: random.Random, rows: int) -> None:
    """A journal of some saves, by the way that every save goes, chained with the record's key."""
    done = 0
    while done < rows:
        number = min(chance.randint(1, 4), rows - done)
        made = [
            journal.Change(
                "m", "answer", f"A6.f{chance.randrange(9)}", "text", "", journal.new_salt()
            )
            for _ in range(number)
        ]
        journal.write(connection, made, BY, f"c{done}")
        done += number


def tamper(connection: Connection, chance: random.Random, what: str) -> int:
    """One row changed as a hand with SQL and without the key could; the first number that is wrong."""
    rows = [
        dict(row) for row in connection.execute(TABLE.select().order_by(TABLE.c.seq)).mappings()
    ]
    at = chance.randrange(len(rows))
    row, last = rows[at], rows[-1]["seq"]
    here = TABLE.c.seq == row["seq"]
    match what:
        case "edit":
            column = chance.choice(COLUMNS)
            noise = b"\x00\xff" if connection.dialect.name == "sqlite" else "no bytes in a text"
            other = chance.choice(["forged", "", noise, chance.choice(rows)[column] + "x"])
            other = other if other != row[column] else "forged"
            connection.execute(TABLE.update().where(here), {column: other})
        case "edit and rehash":
            column = chance.choice([name for name in COLUMNS if name != "hash"])
            forged = {**row, column: "forged"}
            forged["hash"] = journal.chained(forged, chance.choice([None, bytes(32)]))
            connection.execute(TABLE.update().where(here), forged)
        case "number":
            connection.execute(TABLE.update().where(here), {"seq": last + chance.randint(1, 99)})
        case "delete":
            connection.execute(TABLE.delete().where(here))
        case "swap":
            other = chance.choice([each for each in rows if each is not row])
            for each, seq in ((row, -1), (other, row["seq"]), (row, other["seq"])):
                there = TABLE.c.hash == each["hash"]
                connection.execute(TABLE.update().where(there), {"seq": seq})
            return int(min(row["seq"], other["seq"]))
        case "insert":
            new = {**row, "seq": last + 1, "actor": "forged", "prev_hash": rows[-1]["hash"]}
            new["hash"] = journal.chained(new, chance.choice([None, bytes(32)]))
            connection.execute(TABLE.insert(), new)
            return int(last + 1)
        case "cut":
            connection.execute(TABLE.delete().where(TABLE.c.seq >= row["seq"]))
    return int(row["seq"])


WAYS = ("edit", "edit and rehash", "number", "delete", "swap", "insert", "cut")


@pytest.mark.reliability
def test_rv11_500_tamperings_are_found_and_named_and_200_clean_histories_are_not_accused(
    keyed: Record, hands: Hands
) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    tamperings, clean = (105, 40) if keyed.is_on_server else (500, 200)
    by_chain, by_both, named, ways = 0, 0, 0, dict.fromkeys(WAYS, 0)
    missed: list[str] = []
    with hands.forger() as connection:
        connection.info["opened"] = keyed.opened
        for turn in range(tamperings):
            connection.exec_driver_sql("BEGIN")
            keyed_history(connection, chance, chance.randint(2, LONG))
            anchor = heads.newest(connection)
            assert anchor is not None
            what = WAYS[turn % len(WAYS)]
            ways[what] += 1
            bad = tamper(connection, chance, what)
            alone = journal.check(connection)
            both = journal.check(connection, anchor=anchor.hash)
            beside = heads.standing(connection, [anchor])
            by_chain += alone.first_wrong is not None
            by_both += not both.is_good
            first = both.first_wrong or beside.first_wrong
            named += first == bad
            if both.is_good or first != bad:
                missed.append(f"{what} {bad}: {first}")
            connection.exec_driver_sql("ROLLBACK")
        accused = 0
        for _ in range(clean):
            connection.exec_driver_sql("BEGIN")
            keyed_history(connection, chance, chance.randint(1, LONG))
            kept = [heads.newest(connection)]
            keyed_history(connection, chance, chance.randint(1, 9))
            found = journal.check(connection, anchor=kept[0].hash if kept[0] else "")
            beside = heads.standing(connection, [each for each in kept if each])
            accused += not (found.is_good and beside.is_good)
            connection.exec_driver_sql("ROLLBACK")
    print(
        f"RV11: seed {seed}, {tamperings} tamperings {ways}: {by_chain} found by the keyed chain alone, "
        f"{by_both} with the head that was kept, {named} first bad entries named; "
        f"{clean} clean histories, {accused} accused"
    )
    assert missed == []
    assert (by_both, named, accused) == (tamperings, tamperings, 0)
    assert by_chain < tamperings, "the chain alone cannot see a cut tail"


def test_rows_cut_from_the_end_are_seen_only_with_a_head_that_was_kept(
    record: Record, hands: Hands
) -> None:
    anchor = with_history(record)
    hands.forge(f"delete from journal where seq > {ROWS - 3}")
    assert record.verify().first_wrong is None
    assert not record.verify(anchor=anchor).anchored


def test_a_keyed_chain_cannot_be_mended_without_the_key(keyed: Record, hands: Hands) -> None:
    with_history(keyed)
    assert keyed.verify().is_good
    with hands.forger() as connection:
        previous = journal.START
        for row in connection.execute(TABLE.select().order_by(TABLE.c.seq)).mappings().all():
            said = {**row, "prev_hash": previous}  # whoever has the file alone mends every row
            said["hash"] = previous = journal.chained(said)
            connection.execute(TABLE.update().where(TABLE.c.seq == row["seq"]), said)
    assert keyed.verify().first_wrong == 1


@pytest.mark.parametrize(
    "sql",
    [
        "update answer set text = ''",
        "delete from answer",
        # Older words, with the salt that they had, put back by hand.
        "update answer set (text, salt) = (select text, salt from superseded where number = 1)",
    ],
    ids=["wiped", "deleted", "put back"],
)
def test_words_wiped_or_put_back_behind_the_journal_are_named(
    record: Record, hands: Hands, sql: str
) -> None:
    with_history(record)
    hands.forge(sql)
    assert record.verify().words_wrong == ("m-HM-1-1 answer A6.index_offence text",)


def test_an_entry_that_was_deleted_is_named(record: Record, hands: Hands) -> None:
    meeting = stored(record)
    after = meeting.add(e.Action(id="a-1", text="Ring the invented landlord"), BY)
    record.save(meeting, after, BY, command="add")
    assert record.verify().is_good
    hands.forge("delete from actions")
    (found,) = record.verify().words_wrong
    assert found.startswith("m-HM-1-1 actions a-1 ")


@pytest.mark.parametrize("sql", ["x'00ff'", "cast(x'ff' as text)", "5"])
@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_what_is_no_text_is_named_and_never_a_fault(record: Record, hands: Hands, sql: str) -> None:
    with_history(record)
    hands.forge(f"update journal set actor = {sql} where seq = 5")
    assert record.verify().first_wrong == 5


@pytest.mark.parametrize("noise", [b"\x00\xff", 5], ids=["bytes", "number"])
@pytest.mark.parametrize("place", ["server"], indirect=True)
def test_what_a_server_makes_a_text_of_is_named(
    record: Record, hands: Hands, noise: bytes | int
) -> None:
    with_history(record)
    hands.forge("update journal set actor = :noise where seq = 5", noise=noise)
    assert record.verify().first_wrong == 5


@pytest.mark.parametrize("table", ["answer", "superseded"])
def test_words_changed_behind_the_journal_are_named(
    record: Record, hands: Hands, table: str
) -> None:
    with_history(record)
    assert record.verify().is_good
    hands.forge(f"update {table} set text = 'forged'")
    found = record.verify()
    assert found.first_wrong is None
    assert found.words_wrong == ("m-HM-1-1 answer A6.index_offence text",)
    assert "forged" not in str(found)


def test_history_says_which_words_the_journal_knows(record: Record, hands: Hands) -> None:
    with_history(record)
    kept = record.history("m-HM-1-1", "answer", "A6.index_offence")
    assert [one.text for one in kept[:2]] == ["w1", "w2"]
    assert [one.number for one in kept] == list(range(1, len(kept) + 1))
    assert {one.typed_at for one in kept} == {BY.at}
    assert all(one.checked for one in kept)
    hands.forge("update superseded set text = 'forged' where number = 2")
    again = record.history("m-HM-1-1", "answer", "A6.index_offence")
    assert [one.number for one in again if not one.checked] == [2]


def sent(record: Record) -> Any:
    meeting = stored(record)
    for body in (b"first", b"second"):
        record.keep_issued(
            meeting, "full", body, "hash", BY, template_id="minutes", template_version="3", status="final"
        )  # fmt: skip
    return meeting


def test_documents_are_kept_as_sent_and_refuse_change(record: Record, hands: Hands) -> None:
    meeting = sent(record)
    first, second = record.issued(meeting.id)
    assert {first.version, second.version} == {1, 2}
    assert {record.issued_body(one.id) for one in (first, second)} == {b"first", b"second"}
    assert (first.template_id, first.template_version, first.status) == ("minutes", "3", "final")
    assert (first.who, first.at) == (BY.name, BY.at)
    for sql in ("update issued set body = :nul", "delete from issued"):
        with pytest.raises(DatabaseError, match="never changed"), hands.owner() as connection:
            connection.execute(text(sql), {"nul": b"\0"} if ":nul" in sql else {})
    found = record.verify()
    assert (found.issued, found.issued_wrong) == (2, ())


@pytest.mark.parametrize(
    ("sql", "wrong"),
    [
        ("update issued set kind = 'actions' where version = 1", 1),
        ("update issued set version = 9 where version = 2", 1),
        ("update issued set body = 'text' where version = 2", 1),
        ("insert into issued select 'forged', meeting_id, kind, 3, template_hash, template_id, template_version, status, sha256, who, at, body from issued where version = 1", 1),
        ("update issued set body = :nul where version = 1", 1),
        ("update issued set body = :nul, sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'", 2),
        ("delete from issued where version = 2", 1),
    ],
    ids=["kind", "version", "no bytes", "forged", "bytes", "bytes and hash", "gone"],
)  # fmt: skip
def test_a_changed_document_is_named(record: Record, hands: Hands, sql: str, wrong: int) -> None:
    sent(record)
    hands.forge(sql, nul=b"\0")
    assert len(record.verify().issued_wrong) == wrong
