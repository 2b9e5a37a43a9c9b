"""Each action once, on both engines: through saves, an upgrade, a hidden case, many meetings."""

from __future__ import annotations

import dataclasses
import importlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.areas.loader import load_area
from panelkit.domain import entries as e
from panelkit.domain.action_filter import read_filter
from panelkit.domain.chasing import About, Escalation, renewed
from panelkit.domain.errors import StaleRecord
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Access
from panelkit.domain.starting import next_meeting
from panelkit.domain.vocabulary import Level, MeetingKind, MeetingState
from panelkit.store import standing
from panelkit.store.keys import Keys, Opened
from panelkit.store.record import Record
from tests.store.test_record import make_meeting

BY = By("Ruth Calloway", datetime(2026, 11, 23, 10, tzinfo=UTC))
TODAY = date(2026, 11, 23)


def held(record: Record, actions: int = 3) -> tuple[Meeting, Meeting]:
    """A closed meeting that set actions, and the planned one that they were carried to."""
    first = make_meeting()
    record.add_case(first.case, BY, command="case")
    for number in range(actions):
        due = TODAY + timedelta(days=number - 1)
        first = first.add(e.Action(id=f"a{number}", text=f"Do {number}", organisation="O", due=due), BY)  # fmt: skip
    first = dataclasses.replace(first, state=MeetingState.CLOSED)
    record.save(None, first, BY, command="first")
    second = next_meeting(
        first, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2026, 12, 7), by=BY,
        area=load_area("national"), meeting_id="second",
    )  # fmt: skip
    record.save(None, second, BY, command="second")
    return first, second


def refs(record: Record, line: str = "") -> list[str]:
    return [
        f"{o.meeting_number}:{o.action.ref}" for o in record.chased(read_filter(line), TODAY, {})
    ]


def rows(record: Record) -> list[tuple[object, ...]]:
    with record._reading() as connection:
        found = connection.execute(text("select * from standing_action order by id"))
        return [tuple(row) for row in found]


def test_the_last_meeting_that_has_an_action_says_how_it_stands(record: Record) -> None:
    first, second = held(record)
    at = second.number
    assert refs(record) == [f"{at}:{first.number}.{n}" for n in (1, 2, 3)]
    # What is corrected in the meeting before it changes nothing: the later one has the word.
    corrected = first.change(e.Action, "a0", BY, due=date(2027, 1, 1))
    record.save(first, corrected, BY, command="corrected")
    assert refs(record, "is:overdue") == [f"{at}:{first.number}.1"]
    row = second.of(e.Action)[0]
    gone = second.withdraw(e.Action, row.id, "set twice", BY)
    record.save(second, gone, BY, command="gone")
    assert refs(record, "is:all") == [f"{at}:{first.number}.{n}" for n in (2, 3)]
    assert record.wrong_lists().actions == []


def test_an_upgrade_puts_in_what_is_there(record: Record) -> None:
    held(record)
    before = rows(record)
    assert before
    if record.is_on_server:
        pytest.skip("the owner of a server's tables upgrades it: tests/db has that")
    revision = importlib.import_module("panelkit.store.migrations.versions.0022_chasing")
    with record._writing() as connection:
        connection.execute(text("delete from standing_action"))
        revision._fill(connection)
    assert rows(record) == before
    assert record.wrong_lists().actions == []


def test_a_wrong_row_is_found(record: Record) -> None:
    _first, second = held(record)
    with record._writing() as connection:
        key = standing.columns_of(second, second.of(e.Action)[0])["id"]
        connection.execute(text("update standing_action set is_open = 0 where id = :k"), {"k": key})
    assert record.wrong_lists().actions == [key]


def test_actions_of_a_case_that_is_hidden_are_in_no_list(tmp_path: Path) -> None:
    mine = Opened(Keys.new("invented"), "me")
    record = Record.open(tmp_path / "r.db", opened=mine, create=True)
    first, _second = held(record)
    told = Escalation(
        id="e", organisation="O", about=About.ACTION, case_id=first.case.id, set_at=1, number=1,
        to_whom="x", made_on=TODAY, made_by="y",
    )  # fmt: skip
    record.keep_chasing([(None, told)], BY, command="e", what="e")
    assert refs(record)
    assert record.organisations_acting() == {"O": 3}
    with record._writing() as connection:
        connection.execute(text("insert into person values ('me', 'Ruth', 'chair', '', 'active', 1, '')"))  # fmt: skip
    record.set_access(first.case.id, "me", Access.BARRED, BY, command="barred")
    assert refs(record, "is:all") == []
    assert record.organisations_acting() == {}
    assert record.escalations() == ()
    record.close()


def test_two_who_change_one_line_of_the_log_do_not_both(record: Record) -> None:
    told = Escalation(
        id="e", organisation="O", about=About.ATTENDANCE, to_whom="x", made_on=TODAY, made_by="y"
    )
    record.keep_chasing([(None, told)], BY, command="e", what="e")
    answered = renewed(told, BY, answer="one", answered_on=TODAY)
    record.keep_chasing([(told, answered)], BY, command="one", what="e")
    with pytest.raises(StaleRecord):
        record.keep_chasing([(told, renewed(told, BY, answer="two"))], BY, command="two", what="e")
    assert record.escalations()[0].answer == "one"
    # The same command again changes nothing.
    record.keep_chasing([(told, answered)], BY, command="one", what="e")
    with record._reading() as connection:
        fields = connection.execute(
            text("select field from journal where entity = 'escalation' order by field")
        ).scalars()
        assert {"to_whom", "made_on", "answer", "answered_on"} <= set(fields)


def test_open_actions_are_found_by_an_index_not_by_reading_all(record: Record) -> None:
    if record.is_on_server:
        pytest.skip("a server decides by its statistics")
    with record._reading() as connection:
        plan = connection.exec_driver_sql(
            "explain query plan select id from standing_action where is_open = 1 "
            "and due < '2026-11-23' order by due, id limit 200"
        )
        said = " ".join(str(row[-1]) for row in plan)
    assert "ix_standing_action_is_open_due" in said
