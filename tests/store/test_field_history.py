"""The history of a field: who, when, the words, and whether they are as the journal knows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from panelkit.domain import entries as e
from panelkit.domain.field_history import Known, Step
from panelkit.domain.meeting import By, Meeting
from panelkit.store import journal
from panelkit.store.record import Record
from tests.store.hands import Hands
from tests.store.test_record import BY, stored

SPOT = ("answer", "A6.index_offence", "text")


def by(minutes: int, name: str = "Somebody") -> By:
    return By(name, BY.at + timedelta(minutes=minutes))


def write(record: Record, meeting: Meeting, words: str, who: By, visit: str = "") -> Meeting:
    after = meeting.answer("A6", "index_offence", words, who)
    record.save(meeting, after, who, command=f"{who.at} {words}", visit=visit)
    return after


def seen(steps: tuple[Step, ...]) -> list[tuple[str | None, str, Known, bool]]:
    return [(step.text, step.who, step.known, step.stands) for step in steps]


def test_each_visit_is_a_step_with_its_words_and_who_wrote_them(record: Record) -> None:
    meeting = stored(record)
    meeting = write(record, meeting, "first", by(1, "Ann"))
    meeting = write(record, meeting, "second", by(2, "Bob"))
    meeting = write(record, meeting, "", by(3, "Cid"))
    meeting = write(record, meeting, "third", by(4, "Ann"))
    found = record.field_history(meeting.id, *SPOT)
    assert seen(found) == [
        ("first", "Ann", Known.AS_KEPT, False),
        ("second", "Bob", Known.AS_KEPT, False),
        ("", "Cid", Known.AS_KEPT, False),
        ("third", "Ann", Known.AS_KEPT, True),
    ]
    assert [step.at for step in found] == [by(n).at for n in (1, 2, 3, 4)]


def test_words_typed_on_within_one_visit_are_one_step_that_says_so(record: Record) -> None:
    meeting = write(record, stored(record), "before", by(1))
    for number in range(4):
        meeting = write(record, meeting, "typing " * (number + 1), by(2 + number), visit="one stay")
    found = record.field_history(meeting.id, *SPOT)
    assert [(step.known, step.saves) for step in found] == [
        (Known.AS_KEPT, 1), (Known.NOT_KEPT, 3), (Known.AS_KEPT, 1),
    ]  # fmt: skip
    assert (found[1].text, found[2].text) == (None, "typing " * 4)


@pytest.mark.parametrize(
    ("sql", "nth"),
    [("update superseded set text = 'forged' where number = 1", 0),
     ("update answer set text = 'forged'", 2)],
    ids=["older", "standing"],
)  # fmt: skip
def test_words_that_are_not_as_the_journal_knows_them_are_said(
    record: Record, hands: Hands, sql: str, nth: int
) -> None:
    meeting = stored(record)
    for number, words in enumerate(("first", "second", "third")):
        meeting = write(record, meeting, words, by(number))
    hands.forge(sql)
    found = record.field_history(meeting.id, *SPOT)
    assert [step.known for step in found].count(Known.OTHER) == 1
    assert (found[nth].text, found[nth].known) == ("forged", Known.OTHER)


def test_words_disposed_of_leave_who_and_when(record: Record, hands: Hands) -> None:
    meeting = stored(record)
    for number, words in enumerate(("first", "second")):
        meeting = write(record, meeting, words, by(number))
    hands.forge("delete from superseded")
    assert record.field_history(meeting.id, *SPOT)[0].known is Known.NOT_KEPT
    gone = journal.Change(meeting.id, "meeting", meeting.id, "disposed", "", "")
    with record._writing() as connection:
        journal.write(connection, [gone], BY, "disposal")
    found = record.field_history(meeting.id, *SPOT)
    assert seen(found) == [
        (None, "Somebody", Known.DISPOSED, False), ("second", "Somebody", Known.AS_KEPT, True),
    ]  # fmt: skip


def test_dates_and_choices_of_an_entry_have_a_history_of_their_own_and_a_common_one(
    record: Record, hands: Hands
) -> None:
    meeting = stored(record)
    action = e.Action(id="a-1", text="Ring the invented landlord", due=date(2026, 12, 4))
    for number, row in enumerate((action, replace(action, due=date(2026, 12, 18)))):
        if number:
            after = meeting.change(e.Action, "a-1", by(number, "Bob"), due=row.due)
        else:
            after = meeting.add(row, by(number, "Ann"))
        record.save(meeting, after, by(number, "Bob" if number else "Ann"), command=f"c{number}")
        meeting = after
    found = record.field_history(meeting.id, "actions", "a-1", "due")
    assert seen(found) == [
        ("2026-12-04", "Ann", Known.AS_KEPT, False), ("2026-12-18", "Bob", Known.AS_KEPT, True),
    ]  # fmt: skip
    (written,) = record.field_history(meeting.id, "actions", "a-1", "text")
    assert (written.known, written.stands) == (Known.UNCHECKED, True), "its salt is not kept"
    every = record.field_history(meeting.id, "actions", "a-1")
    assert {step.field for step in every} >= {"text", "due"}
    hands.forge("update actions set due = '2027-01-01'")
    assert record.field_history(meeting.id, "actions", "a-1", "due")[-1].known is Known.OTHER


def test_a_field_that_nobody_wrote_has_none(record: Record) -> None:
    assert record.field_history(stored(record).id, *SPOT) == ()
