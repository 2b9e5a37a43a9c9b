"""Cases, sittings and typed content: every attribute has its column, and a change its journal row."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.entries import slots_of
from panelkit.domain.errors import BadInput, NotFound, NotSaved, Refused, StaleRecord
from panelkit.domain.fields import fields_of
from panelkit.domain.minutes import Fact
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import ActionStatus, MeetingState
from panelkit.store import convert
from panelkit.store.record import NumberTaken, Record, Sitting
from panelkit.store.rows import CASE, ENTRY_TABLES, METADATA
from tests.servers import heard
from tests.store.hands import Hands
from tests.store.test_record import BY, CANARY, make_meeting, rows, stored


@pytest.mark.parametrize("kind", e.ENTRIES, ids=lambda kind: kind.kind)
def test_every_kind_has_a_table_with_its_attributes_and_their_sensitivity(
    kind: type[e.Entry],
) -> None:
    table = ENTRY_TABLES[kind.kind]
    assert {column.name for column in table.c} == {*slots_of(kind), "meeting_id"}
    for described in fields_of(kind):
        assert table.c[described.key].info["sensitivity"] == str(described.sensitivity)
    assert [key.target_fullname for key in table.foreign_keys] == ["meeting.id"]


def test_a_case_has_a_column_for_every_attribute() -> None:
    assert {column.name for column in CASE.c} == {item.name for item in dataclasses.fields(Case)}
    for described in fields_of(Case):
        assert CASE.c[described.key].info["sensitivity"] == str(described.sensitivity)


def test_every_constraint_has_a_name() -> None:
    for table in METADATA.tables.values():
        for constraint in table.constraints:
            assert constraint.name, table.name


@pytest.mark.parametrize("names", [("A; B", "C"), (" A",), ("[x]",), ("",), ("A, B",), ()])
def test_organisations_come_back_as_they_were(names: tuple[str, ...]) -> None:
    part = e.RestrictedPart(id="x", staying=names)
    assert convert.entry_of(e.RestrictedPart, convert.entry_columns(part, "m")) == part


def test_a_choice_this_version_does_not_know_is_said_with_its_label() -> None:
    columns = convert.entry_columns(e.Action(id="x"), "m") | {"status": "from later"}
    with pytest.raises(BadInput, match="one of"):
        convert.entry_of(e.Action, columns)


@pytest.mark.parametrize("at", [time(9), time(9, 30), time(9, 30, 5), time(9, 0, 0, 7), None])
def test_a_slot_comes_back_as_it_was(at: time | None) -> None:
    assert convert.time_of(convert.time_text(at)) == at


def test_facts_of_a_case_are_saved_and_a_second_writer_is_told(record: Record) -> None:
    before = stored(record).case
    theirs = replace(before, name="theirs", revision=2)
    record.save_case(before, theirs, BY, command="1")
    assert record.case("HM-1") == theirs
    with pytest.raises(StaleRecord) as stale:
        record.save_case(before, replace(before, name="mine", revision=2), BY, command="2")
    assert (stale.value.place, stale.value.theirs, stale.value.mine) == (
        "case.name", "theirs", "mine",
    )  # fmt: skip
    journaled = rows(record, "select field from journal where entity = 'case'")
    assert [row.field for row in journaled] == ["made", "name"]


def test_a_meeting_saved_with_new_facts_of_its_case_saves_them(record: Record) -> None:
    meeting = stored(record)
    after = replace(meeting, case=replace(meeting.case, address=CANARY, revision=2))
    record.save(meeting, after, BY, command="1")
    assert record.load(meeting.id) == after


def test_a_reference_taken_is_refused_and_nothing_is_kept(record: Record) -> None:
    stored(record)
    with pytest.raises(Refused, match="already a case HM-1"):
        record.add_case(replace(make_meeting().case, id="other"), BY, command="again")
    assert rows(record, "select id from command where id = 'again'") == []


def test_a_change_that_did_not_count_its_revision_is_a_fault_of_the_program(record: Record) -> None:
    meeting = stored(record).add(e.Note(id="n", text="a"), BY)
    record.save(make_meeting(), meeting, BY, command="1")
    uncounted = replace(meeting.rows["notes"][0], text="b")  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="revision"):
        record.save(meeting, replace(meeting, rows={"notes": (uncounted,)}), BY, command="2")
    assert record.load(meeting.id) == meeting


def test_a_meeting_of_no_case_is_said_as_that(record: Record) -> None:
    with pytest.raises(NotFound, match="HM-1 is not in this record"):
        record.save(None, make_meeting(), BY, command="1")


def test_the_same_entry_twice_is_not_a_number_to_be_changed(record: Record) -> None:
    meeting = stored(record)
    record.save(meeting, meeting.add(e.Note(id="n", text="theirs"), BY), BY, command="1")
    with pytest.raises(StaleRecord) as stale:
        record.save(meeting, meeting.add(e.Note(id="n", text="mine"), BY), BY, command="2")
    assert not isinstance(stale.value, NumberTaken)
    assert (stale.value.theirs, stale.value.mine) == ("theirs", "mine")


def test_a_conflict_of_choices_shows_the_choices(record: Record) -> None:
    meeting = stored(record)
    begun = meeting.add(e.Action(id="a"), BY)
    record.save(meeting, begun, BY, command="1")
    theirs = begun.change(e.Action, "a", BY, status=ActionStatus.COMPLETE)
    record.save(begun, theirs, BY, command="2")
    other = next(status for status in ActionStatus if status is not ActionStatus.COMPLETE)
    with pytest.raises(StaleRecord) as stale:
        record.save(begun, begun.change(e.Action, "a", BY, status=other), BY, command="3")
    assert (stale.value.theirs, stale.value.mine) == (str(ActionStatus.COMPLETE), str(other))
    assert stale.value.place.endswith(".status")


def test_what_stood_in_a_line_of_an_entry_is_kept_too(record: Record) -> None:
    meeting = stored(record)
    first = meeting.add(e.Attendance(id="p", name="First", email="a@b"), BY)
    record.save(meeting, first, BY, command="1")
    second = first.change(e.Attendance, "p", BY, email="c@d")
    record.save(first, second, BY, command="2", visit="v")
    (kept,) = record.history(meeting.id, "attendance", "p", "email")
    assert (kept.text, kept.checked) == ("a@b", True)


def test_confirming_carried_words_is_journaled_as_that(record: Record) -> None:
    meeting = stored(record)
    carried = meeting.answer("A6", "index_offence", "old", BY)
    place = ("A6", "index_offence")
    answer = replace(carried.answers[place], carried_from="HM-1-0, 1 May 2026")
    carried = replace(carried, answers={place: answer})
    record.save(meeting, carried, BY, command="1")
    confirmed = carried.confirm_answer(*place, BY)
    record.save(carried, confirmed, BY, command="2")
    assert record.load(meeting.id).answers == confirmed.answers
    fields = rows(record, "select field from journal where command_id = '2'")
    assert [row.field for row in fields] == ["confirmed_by"]
    assert record.verify().is_good


def test_sittings_and_open_meetings_are_found(record: Record) -> None:
    first = Sitting(id="s1", held_on=date(2026, 11, 1), name="North", mode="video", starts=time(9))
    second = Sitting(id="s2", held_on=date(2026, 12, 1))
    for sitting in (first, second):
        record.add_sitting(sitting, BY, command=sitting.id)
    assert record.sittings() == (second, first)
    meeting = stored(record, replace(make_meeting(), sitting="s1"))
    assert record.meetings()[0].sitting == "s1"
    assert record.open_meeting("HM-1") == meeting
    begun = meeting.with_facts(state=MeetingState.OPEN)
    record.save(meeting, begun, BY, command="begin")
    closed = begun.with_facts(state=MeetingState.CLOSED)
    record.save(begun, closed, BY, command="close")
    assert record.open_meeting("HM-1") is None
    assert record.latest("HM-1") == closed


def test_a_record_that_may_not_be_written_says_so_and_can_afterwards(
    record: Record, hands: Hands
) -> None:
    """Root may write anything, so the engine itself is told to refuse, with the same error."""
    meeting = stored(record)
    after = meeting.answer("A6", "index_offence", CANARY, BY)
    hands.freeze()
    with pytest.raises(NotSaved) as refused:
        record.save(meeting, after, BY, command="1")
    assert CANARY not in refused.value.sentence
    hands.freeze(thaw=True)
    record.save(meeting, after, BY, command="1")
    assert record.load(meeting.id) == after


def test_a_damaged_record_is_said_without_its_words(record: Record, hands: Hands) -> None:
    stored(record)
    with hands.owner() as connection:
        connection.execute(text("drop table notes"))
    with pytest.raises(BadInput) as unread:
        record.load("HM-1-1")
    assert "notes" not in unread.value.sentence
    assert record.case("HM-1").ref == "HM-1", "the connection can be used again"


def test_a_meeting_is_read_as_of_one_moment(record: Record) -> None:
    meeting = stored(record)
    other = Record.open(record.location)
    counter = record.change_counter()
    with record._reading() as connection:
        connection.execute(text("select 1 from meeting")).all()
        other.save(meeting, meeting.answer("A6", "index_offence", "later", BY), BY, command="1")
        assert connection.execute(text("select count(*) from answer")).scalar() == 0
    assert heard(record, counter)
    assert record.load(meeting.id).text("A6", "index_offence") == "later"
    other.close()


def test_a_transaction_that_cannot_be_ended_does_not_block_the_next(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = stored(record)
    after = meeting.answer("A6", "index_offence", CANARY, BY)
    real, refuse = Connection.exec_driver_sql, ["ROLLBACK"]

    def refusing(connection: Connection, sql: str, *more: object) -> object:
        if sql in refuse:
            refuse.remove(sql)
            raise OperationalError(sql, {}, Exception("disk I/O error"))
        return real(connection, sql, *more)

    monkeypatch.setattr(Connection, "exec_driver_sql", refusing)
    with pytest.raises(StaleRecord):
        record.save(after, after.answer("A6", "index_offence", "x", BY), BY, command="1")
    if not record.is_on_server:  # there it was found before any transaction began
        assert refuse == []
    record.save(meeting, after, BY, command="2")
    assert record.load(meeting.id) == after
    if not record.is_on_server:
        assert rows(record, "PRAGMA foreign_keys")[0][0] == 1


@pytest.mark.parametrize("sent", ["fl\0at", "half \ud800 a pair", "bell \a, escape \x1b[2J"])
def test_a_line_begun_holds_what_a_terminal_sends_visibly(record: Record, sent: str) -> None:
    meeting = stored(record)
    record.set_draft(meeting.id, "me", "note", sent)
    assert record.draft(meeting.id, "me", "note") == gate(sent).text
    assert "\ufffd" in record.drafts(meeting.id, "me")["note"]


def test_facts_of_one_instant_are_told_as_they_went(record: Record, hands: Hands) -> None:
    meeting = stored(record)
    happened = ("drafted", "approved", "amended", "reopened", "approved")
    facts = [
        Fact(what=what, who=BY.name, at=BY.at, reason=f"{n}") for n, what in enumerate(happened)
    ]
    record.advance(meeting, meeting, BY, facts=facts, command="1")
    # Where a server keeps a row is its own affair: a row that it writes again is its last one.
    hands.forge("update life set reason = '0' where fact = 'drafted'")
    hands.forge("update life set reason = '2' where fact = 'amended'")
    assert [(fact.what, fact.reason) for fact in record.facts(meeting.id)] == [
        (what, f"{n}") for n, what in enumerate(happened)
    ]
    assert [each[0] for each in record.life(meeting.id)] == list(happened)


@pytest.mark.parametrize("place", ["server"], indirect=True)
def test_a_number_that_a_server_cannot_hold_is_said(record: Record) -> None:
    meeting = stored(record)
    with pytest.raises(BadInput, match="larger than the record can hold"):
        record.save(meeting, meeting.with_facts(booked_minutes=2**40), BY, command="1")
    assert record.load(meeting.id) == meeting


@pytest.mark.parametrize("place", ["server"], indirect=True)
def test_a_character_that_no_server_takes_is_said(record: Record) -> None:
    meeting = stored(record)
    for asked in (record.find, record.find_case, record.entry_with):
        with pytest.raises(BadInput, match="NUL"):
            asked("a\0b")
    with pytest.raises(BadInput, match="NUL"):
        record.set_position(meeting.id, "me", "A\0", "")
    assert record.load(meeting.id) == meeting


def test_names_that_no_case_has_find_nothing(record: Record) -> None:
    stored(record)
    for ref in ("", "HM-1' or 1=1 --", "%", "hm-1", "HM-1 ", "ＨＭ-1", "é" * 5000):
        assert record.find(ref) is None
        assert record.find_case(ref) is None
