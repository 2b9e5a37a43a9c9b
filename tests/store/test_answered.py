"""Whether a referral is kept as answered follows its screening, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module

from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.referrals import Referrals
from panelkit.store import referrals
from panelkit.store.record import Record

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CAME, ANSWERED = date(2026, 11, 2), date(2026, 11, 20)


def verbs(record: Record) -> Referrals:
    return Referrals(record, lambda: NOW, "Ruth Calloway")


def waiting(record: Record) -> list[date]:
    """Those that home counts; and nothing is kept otherwise than the screening says."""
    assert record.wrong_lists().referrals == []
    return list(record.referrals_waiting().since)


def test_it_follows_each_decision_and_what_is_taken_back(record: Record) -> None:
    screen = verbs(record)
    one = screen.receive(CAME, "Vale Homes", AgencyType.RSL, Level.TWO)
    screen.receive(date(2026, 11, 3), "Vale Homes", AgencyType.RSL, Level.THREE)
    assert waiting(record) == [CAME, date(2026, 11, 3)]
    screen.decide(one.ref, Screened.MORE_INFORMATION, ScreenedBecause.NO_PLAN, date(2026, 11, 9))
    assert waiting(record) == [CAME, date(2026, 11, 3)], "what asks for more does not answer"
    screen.decide(one.ref, Screened.REJECTED, ScreenedBecause.NO_PLAN, ANSWERED)
    assert waiting(record) == [date(2026, 11, 3)]
    screen.undo(one.ref, "of the wrong one")
    assert waiting(record) == [CAME, date(2026, 11, 3)]
    screen.decide(one.ref, Screened.ANOTHER_LEVEL, ScreenedBecause.SENIOR, ANSWERED, level=Level.THREE)  # fmt: skip
    screen.withdraw("R-2", "it never came")
    assert waiting(record) == []


def test_what_is_kept_otherwise_is_told_of_and_made_anew(record: Record) -> None:
    screen = verbs(record)
    ids = [screen.receive(CAME, "Vale Homes", AgencyType.RSL, Level.TWO).id for _ in range(2)]
    screen.decide("R-1", Screened.REJECTED, ScreenedBecause.NO_PLAN, ANSWERED)
    with record._writing() as connection:
        connection.exec_driver_sql("UPDATE referral SET answered = 1 - answered")
    assert record.wrong_lists().referrals == sorted(ids)
    assert len(record.referrals_waiting().since) == 1, "home believes what is kept"
    with record._writing() as connection:
        referrals.work_out(connection)
    assert waiting(record) == [CAME]


def test_an_upgrade_works_it_out_as_a_save_does(record: Record) -> None:
    screen = verbs(record)
    for _ in range(3):
        screen.receive(CAME, "Vale Homes", AgencyType.RSL, Level.TWO)
    screen.decide("R-1", Screened.REJECTED, ScreenedBecause.NO_PLAN, ANSWERED)
    screen.decide("R-2", Screened.MORE_INFORMATION, ScreenedBecause.NO_PLAN, ANSWERED)
    step = import_module("panelkit.store.migrations.versions.0031_answered")
    with record._writing() as connection:
        connection.exec_driver_sql("UPDATE referral SET answered = 0")
        connection.exec_driver_sql(step.ANSWERED)
    assert waiting(record) == [CAME, CAME]
