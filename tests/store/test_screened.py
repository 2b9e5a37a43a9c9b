"""Referrals, days given up and the board's meetings as they are stored. All invented."""

from __future__ import annotations

import dataclasses
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.meeting import By
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.smb import AtTheBoard, BoardMeeting, BoardPresence
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.store.record import Record
from tests.store.test_record import make_meeting
from tests.store.test_upgrade import old_record

BY = By("Ruth Calloway", datetime(2023, 5, 1, 9, tzinfo=UTC))
CANARY = "words that only the record holds"


def referral(**more: object) -> Referral:
    said: dict[str, object] = {
        "id": "r", "received_on": date(2022, 5, 1), "organisation": "Harrowmere Police",
        "agency": AgencyType.POL, "level_asked": Level.TWO, "typed_by": BY.name, "typed_at": BY.at,
    }  # fmt: skip
    return Referral(**(said | more))  # type: ignore[arg-type]


def screening(**more: object) -> Screening:
    said: dict[str, object] = {
        "id": "s", "referral_id": "r", "decision": Screened.ACCEPTED, "words": CANARY,
        "because": ScreenedBecause.ADDS_VALUE, "decided_on": date(2022, 5, 9),
        "level_given": Level.THREE, "typed_by": BY.name, "typed_at": BY.at,
    }  # fmt: skip
    return Screening(**(said | more))  # type: ignore[arg-type]


def journaled(record: Record, entity: str) -> set[str]:
    with record._reading() as connection:
        found = connection.execute(
            text("select field from journal where entity = :e"), {"e": entity}
        )
        return {row[0] for row in found}


def test_a_referral_comes_back_with_its_screening_and_each_field_is_in_the_journal(record: Record) -> None:  # fmt: skip
    record.keep_referral(None, referral(case_id="c1"), BY, command="r")
    (there,) = record.referrals()
    assert there == referral(number=1, case_id="c1")
    record.keep_screening(there, None, screening(), BY, command="s")
    (there,) = record.referrals()
    assert there.screening == (screening(),)
    assert (there.ref, there.state, there.revision) == ("R-0001", "accepted", 2)
    assert journaled(record, "referral") == {"number", "received_on", "organisation", "agency", "level_asked", "case_id"}  # fmt: skip
    assert journaled(record, "screening") == {"decision", "because", "decided_on", "level_given", "words"}  # fmt: skip
    with record._reading() as connection:
        assert CANARY not in str(connection.execute(text("select * from journal")).all())
    assert record.verify().is_good
    assert record.accepted_on() == {"c1": (date(2022, 5, 9),)}


def test_the_same_command_again_makes_no_second_one_and_numbers_go_on(record: Record) -> None:
    for command in ("a", "a", "b"):
        record.keep_referral(None, referral(id=command), BY, command=command)
    assert [one.ref for one in record.referrals()] == ["R-0001", "R-0002"]


def test_two_who_screen_at_once_do_not_both_decide(record: Record) -> None:
    record.keep_referral(None, referral(), BY, command="r")
    (read,) = record.referrals()
    record.keep_screening(read, None, screening(), BY, command="one")
    with pytest.raises(StaleRecord):
        record.keep_screening(read, None, screening(id="other"), BY, command="two")
    assert [one.id for one in record.referrals()[0].screening] == ["s"]


def test_what_is_withdrawn_counts_nowhere_and_stays_in_sight(record: Record) -> None:
    record.keep_referral(None, referral(case_id="c1"), BY, command="r")
    record.keep_screening(record.referrals()[0], None, screening(), BY, command="s")
    gone = screening(withdrawn="another person", revision=2)
    record.keep_screening(record.referrals()[0], screening(), gone, BY, command="w")
    (there,) = record.referrals()
    assert (there.screening, there.settled, there.state) == ((gone,), None, "not screened yet")
    assert record.accepted_on() == {}


# -- days given up ----------------------------------------------------------------------------


def put_off(**more: object) -> PutOff:
    said: dict[str, object] = {
        "id": "p", "meeting_id": "m-HM-1-1", "number": 1, "kind": PutOffKind.POSTPONED,
        "reason": PutOffReason.STAFFING, "decided_on": date(2026, 11, 1), "words": CANARY,
        "planned_for": date(2026, 11, 20), "new_day": date(2026, 12, 1), "typed_by": BY.name,
        "typed_at": BY.at,
    }  # fmt: skip
    return PutOff(**(said | more))  # type: ignore[arg-type]


def test_a_day_given_up_and_the_new_day_go_into_one_transaction(record: Record) -> None:
    meeting = make_meeting()
    record.add_case(meeting.case, BY, command="c")
    record.save(None, meeting, BY, command="m")
    row = put_off(meeting_id=meeting.id)
    after = meeting.with_facts(held_on=date(2026, 12, 1))
    record.keep_put_off((meeting, after), None, row, BY, command="p")
    assert record.put_off() == record.put_off(meeting.id) == {meeting.id: (row,)}
    assert record.load(meeting.id).held_on == date(2026, 12, 1)
    stale = dataclasses.replace(row, id="q", number=2)
    with pytest.raises(StaleRecord):
        record.keep_put_off((meeting, after), None, stale, BY, command="q")
    assert record.put_off() == {meeting.id: (row,)}, "neither was written"
    assert "words" in journaled(record, "put_off")
    assert record.verify().is_good


# -- the board --------------------------------------------------------------------------------


def test_a_meeting_of_the_board_has_each_organisation_once(record: Record) -> None:
    board = BoardMeeting(id="b", held_on=date(2022, 6, 1), typed_by=BY.name, typed_at=BY.at)
    record.keep_board(None, board, BY, command="b")
    with pytest.raises(Refused, match="there already"):
        record.keep_board(None, dataclasses.replace(board, id="c"), BY, command="c")
    row = AtTheBoard(
        id="x", board_id="b", organisation="Harrowmere Police", agency=AgencyType.POL,
        presence=BoardPresence.APOLOGIES,
    )  # fmt: skip
    record.keep_at_board(None, row, BY, command="x")
    with pytest.raises(Refused, match="meanwhile"):
        record.keep_at_board(None, dataclasses.replace(row, id="y"), BY, command="y")
    came = dataclasses.replace(row, presence=BoardPresence.DEPUTY, revision=2)
    record.keep_at_board(row, came, BY, command="z")
    with pytest.raises(StaleRecord):
        record.keep_at_board(row, came, BY, command="z2")
    assert record.boards() == (dataclasses.replace(board, there=(came,)),)
    assert record.verify().is_good


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_a_copy_of_the_record_holds_all_of_it(record: Record, tmp_path: Path) -> None:
    record.keep_referral(None, referral(), BY, command="r")
    record.keep_screening(record.referrals()[0], None, screening(), BY, command="s")
    record.keep_board(None, BoardMeeting(id="b", held_on=date(2022, 6, 1)), BY, command="b")
    record.copy_to(tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        for table in ("referral", "screening", "board"):
            assert copy.execute(f"select count(*) from {table}").fetchone() == (1,), table


def test_a_record_of_before_is_upgraded_and_takes_a_referral(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.store.test_upgrade.OLD", "0015")
    record = Record.open(old_record(tmp_path / "old.db"))
    assert (record.referrals(), record.put_off(), record.boards()) == ((), {}, ())
    record.keep_referral(None, referral(), BY, command="r")
    assert [one.ref for one in record.referrals()] == ["R-0001"]
    record.close()
