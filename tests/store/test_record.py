"""The record: what goes in comes out, nothing is overwritten silently, nothing is kept in part."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, NotFound, NotSaved, Refused, StaleRecord
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import Category, Level, MeetingKind, YesNo
from panelkit.store import convert
from panelkit.store.record import NumberTaken, Record
from panelkit.store.server import Location
from tests.store.hands import Hands

BY = By("Somebody", datetime(2026, 11, 23, 10, tzinfo=UTC))
CANARY = "kestrel-canary-774"


def make_meeting(ref: str = "HM-1", number: int = 1) -> Meeting:
    case = Case(id=f"case-{ref}", ref=ref, category=Category.TWO, fiction=True)
    return Meeting(
        id=f"m-{ref}-{number}", case=case, number=number, level=Level.TWO, kind=MeetingKind.REVIEW,
        held_on=date(2026, 11, 20),
    )  # fmt: skip


def stored(record: Record, meeting: Meeting | None = None) -> Meeting:
    meeting = meeting or make_meeting()
    record.add_case(meeting.case, BY, command=f"case-{meeting.id}")
    record.save(None, meeting, BY, command=f"new-{meeting.id}")
    return meeting


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60).map(
    lambda t: gate(t).text
)


def value_for(described: Field) -> st.SearchStrategy[Any]:
    match described.kind:
        case FieldKind.CHOICE:
            return st.none() | st.sampled_from(list(described.term))
        case FieldKind.CHOICES:
            return st.lists(st.sampled_from(list(described.term)), unique=True).map(tuple)
        case FieldKind.ORGANISATIONS:
            return st.lists(
                st.sampled_from(["Police", "A & B <c>", "Housing [x]"]), unique=True
            ).map(tuple)
        case FieldKind.DATE:
            return st.none() | st.dates(date(1930, 1, 1), date(2090, 1, 1))
        case FieldKind.TIME:
            return st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
        case FieldKind.INSTANT:
            return st.none() | st.datetimes(
                datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)
            )  # noqa: DTZ001
        case FieldKind.NUMBER:
            return st.integers(0, 9)
        case _:
            return words


def entry_of(kind: type[e.Entry]) -> st.SearchStrategy[e.Entry]:
    described = {field.key: value_for(field) for field in fields_of(kind) if field.key != "set_at"}
    return st.builds(kind, id=st.just("x"), **described)


@pytest.mark.parametrize("kind", e.ENTRIES, ids=lambda k: k.kind)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_kind_of_entry_comes_back_as_it_was(kind: type[e.Entry], data: st.DataObject) -> None:
    drawn = data.draw(entry_of(kind))
    row = convert.entry_columns(drawn, "m")
    assert convert.entry_of(kind, row) == drawn


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(st.sampled_from(e.ENTRIES).flatmap(entry_of), max_size=12), said=words)
def test_a_meeting_loads_equal_to_what_was_saved(
    record: Record, drawn: list[e.Entry], said: str
) -> None:
    ref = f"HM-{len(record.meetings()) + 1}"
    meeting = stored(record, make_meeting(ref))
    after = meeting.answer("A6", "index_offence", said, BY)
    for place, entry in enumerate(drawn):
        after = after.add(replace(entry, id=f"{ref} e{place}"), BY)
    record.save(meeting, after, BY, command=ref)
    assert record.load(after.id) == after


def test_an_agenda_of_an_area_is_kept_with_the_meeting(record: Record) -> None:
    own = AgendaItem(
        code="X1",
        title="Local matter",
        short="Local",
        say="Is there?",
        fields=(replace(AGENDA[0].fields[0], key="local"),),
    )
    meeting = replace(make_meeting(), agenda=(*AGENDA, own))
    stored(record, meeting)
    assert record.load(meeting.id).agenda == meeting.agenda


def test_a_second_writer_sees_both_texts_and_nothing_is_lost(record: Record) -> None:
    meeting = stored(record)
    mine = meeting.answer("A6", "index_offence", "mine", BY)
    theirs = meeting.answer("A6", "index_offence", "theirs", BY)
    record.save(meeting, theirs, BY, command="1")
    with pytest.raises(StaleRecord) as stale:
        record.save(meeting, mine, BY, command="2")
    assert (stale.value.theirs, stale.value.mine) == ("theirs", "mine")
    assert CANARY not in str(stale.value)
    assert record.load(meeting.id).text("A6", "index_offence") == "theirs"


def test_a_second_writer_of_an_entry_is_told_too(record: Record) -> None:
    meeting = stored(record)
    begun = meeting.add(e.Note(id="n", text="first"), BY)
    record.save(meeting, begun, BY, command="1")
    record.save(begun, begun.change(e.Note, "n", BY, text="theirs"), BY, command="2")
    with pytest.raises(StaleRecord) as stale:
        record.save(begun, begun.change(e.Note, "n", BY, text="mine"), BY, command="3")
    assert (stale.value.theirs, stale.value.mine) == ("theirs", "mine")


def test_a_number_taken_meanwhile_is_said_and_nothing_of_the_save_is_kept(record: Record) -> None:
    meeting = stored(record)
    record.save(meeting, meeting.add(e.Note(id="a", text="theirs"), BY), BY, command="1")
    mine = meeting.answer("A6", "index_offence", "mine", BY).add(e.Note(id="b", text="mine"), BY)
    with pytest.raises(NumberTaken):
        record.save(meeting, mine, BY, command="2")
    assert record.load(meeting.id).text("A6", "index_offence") == "", "all of a save or none of it"


def test_the_same_command_again_changes_nothing(record: Record) -> None:
    meeting = stored(record)
    after = meeting.add(e.Note(id="a", text="once"), BY)
    record.save(meeting, after, BY, command="same")
    entries = record.verify().entries
    record.save(meeting, after, BY, command="same")
    assert record.load(meeting.id) == after
    assert record.verify().entries == entries


def rows(record: Record, sql: str) -> list[Any]:
    with record.engine.connect() as connection:
        return list(connection.execute(text(sql)).all())


def test_superseded_words_are_kept_once_for_each_visit(record: Record) -> None:
    meeting = stored(record)
    for place, (words_, visit) in enumerate(
        [("a", "v1"), ("ab", "v1"), ("abc", "v1"), ("x", "v2"), ("xy", "v2")]
    ):
        after = meeting.answer("A6", "index_offence", words_, BY)
        record.save(meeting, after, BY, command=f"s{place}", visit=visit)
        meeting = after
    kept = [row.text for row in rows(record, "select text from superseded order by number")]
    assert kept == ["a", "abc"], "what was found on arrival, not every save"


def test_the_journal_holds_no_words_and_refuses_change(record: Record, hands: Hands) -> None:
    meeting = stored(record)
    after = meeting.answer("A6", "index_offence", CANARY, BY).add(e.Note(id="n", text=CANARY), BY)
    record.save(meeting, after, BY, command="1")
    assert CANARY not in str(rows(record, "select * from journal"))
    for sql in ("update journal set actor = 'x'", "delete from journal"):
        with pytest.raises(DatabaseError), record.engine.connect() as connection:
            connection.execute(text(sql))
        with (
            pytest.raises(DatabaseError, match="never changed"),
            hands.owner() as connection,
        ):
            connection.execute(text(sql))
    assert record.verify().is_good


def with_four_saves(record: Record) -> None:
    meeting = stored(record)
    for place in range(4):
        after = meeting.answer("A6", "index_offence", f"w{place}", BY)
        record.save(meeting, after, BY, command=f"s{place}")
        meeting = after
    assert record.verify().first_wrong is None


@pytest.mark.parametrize(
    "column", ["at", "actor", "field", "new_hash", "prev_hash", "hash", "entity_id"]
)
def test_a_changed_journal_row_is_named(record: Record, hands: Hands, column: str) -> None:
    with_four_saves(record)
    hands.forge(f"update journal set {column} = 'forged' where seq = 3")
    assert record.verify().first_wrong == 3


def test_a_missing_journal_row_is_named(record: Record, hands: Hands) -> None:
    with_four_saves(record)
    hands.forge("delete from journal where seq = 3")
    found = record.verify()
    assert (found.first_wrong, found.why) == (3, "missing")


def test_the_file_is_private_and_set_to_survive(tmp_path: Path) -> None:
    path = tmp_path / "new" / "record.db"
    record = Record.open(path, create=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for pragma, wanted in (
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ):
        assert rows(record, f"PRAGMA {pragma}")[0][0] == wanted
    record.close()


def test_a_file_that_is_not_a_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as made:
        made.execute("create table t (x)")
    made.close()
    noise = tmp_path / "noise.db"
    noise.write_bytes(os.urandom(8192))
    for path in (other, noise):
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        with pytest.raises(BadInput):
            Record.open(path)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    with pytest.raises(NotFound):
        Record.open(tmp_path / "nothing.db")


def test_a_record_of_a_newer_version_is_refused_and_left_alone(
    place: Location, record: Record, hands: Hands
) -> None:
    with hands.owner() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    record.close()
    before = hashlib.sha256(place.read_bytes()).hexdigest() if isinstance(place, Path) else ""
    with pytest.raises(Refused, match="newer"):
        Record.open(place)
    if isinstance(place, Path):
        assert hashlib.sha256(place.read_bytes()).hexdigest() == before
    else:
        assert hands.rows("select version_num from alembic_version") == [("9999",)]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotSaved):
        Record.open(tmp_path / "file" / "r.db", create=True)


def test_a_key_leaves_no_words_on_the_disk(tmp_path: Path) -> None:
    path, key = tmp_path / "r.db", os.urandom(32)
    record = Record.open(path, key=key, create=True)
    meeting = stored(record)
    record.save(meeting, meeting.answer("A6", "index_offence", CANARY, BY), BY, command="1")
    for file in tmp_path.iterdir():
        assert CANARY.encode() not in file.read_bytes(), file.name
    record.close()
    with pytest.raises(BadInput):
        Record.open(path, key=os.urandom(32))
    assert Record.open(path, key=key).load(meeting.id).text("A6", "index_offence") == CANARY


def test_a_locked_record_is_said_at_once_and_saved_afterwards(record: Record) -> None:
    meeting = stored(record)
    after = meeting.answer("A6", "index_offence", "kept", BY)
    other = Record.open(record.location)
    with other._writing():
        started = datetime.now(UTC)
        with pytest.raises(NotSaved, match="Another program is writing"):
            record.save(meeting, after, BY, command="1")
        assert (datetime.now(UTC) - started).total_seconds() < 2
        assert record.load(meeting.id) == meeting
    other.close()
    record.save(meeting, after, BY, command="1")
    assert record.load(meeting.id) == after


def test_where_a_person_was_and_a_line_begun_are_kept(record: Record) -> None:
    meeting = stored(record)
    record.set_position(meeting.id, "me", "A7", "")
    record.set_position(meeting.id, "me", "A8", "diversity_needs")
    record.set_draft(meeting.id, "me", "note", "LHA: fl")
    assert record.position(meeting.id, "me") == ("A8", "diversity_needs")
    assert record.position(meeting.id, "you") is None
    assert record.draft(meeting.id, "me", "note") == "LHA: fl"


def test_blank_is_not_no_in_the_table(record: Record) -> None:
    meeting = stored(record)
    after = meeting.add(e.Attendance(id="a", organisation="Police", identity=None), BY).add(
        e.Attendance(id="b", organisation="Housing", identity=YesNo.NO), BY
    )
    record.save(meeting, after, BY, command="1")
    people = record.load(meeting.id).live(e.Attendance)
    assert [p.identity for p in people] == [None, YesNo.NO]
