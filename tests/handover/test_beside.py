"""Histories, events, referrals and put-off days go with a case from desk to desk, and come back."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.merging_beside import APART, TWICE
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.spans import SpanKind, live
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.handing_over import read_parcel
from panelkit.services.referrals import Referrals
from panelkit.store.bundle import beside, checked
from tests.handover.desks import PASS, TAKER, Desks, at, desks

__all__ = ["desks"]

CASE = "WM-0143"
DAY = date(2026, 11, 10)


def referrals(desk: Desk) -> Referrals:
    return Referrals(desk.caseload.record, desk.clock, desk.caseload.who)


def referred(desk: Desk, *, case: str = CASE) -> str:
    """A referral that was accepted, and led to the case."""
    verbs = referrals(desk)
    ref = verbs.receive(date(2026, 5, 1), "Riverdale Probation", AgencyType.PRB, Level.TWO).ref
    verbs.decide(
        ref, Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE, date(2026, 5, 4), level=Level.TWO,
        words="Four agencies hold part of it.",
    )  # fmt: skip
    return verbs.led_to(ref, case).ref if case else ref


def given_up(desk: Desk) -> None:
    meeting = at(desk)
    record = desk.caseload.record
    day = PutOff(
        id=new_id(), meeting_id=meeting.id, number=1, kind=PutOffKind.POSTPONED,
        reason=PutOffReason.STAFFING, decided_on=date(2026, 11, 1), planned_for=date(2026, 11, 2),
        new_day=meeting.held_on, words="Nobody to take minutes.",
    )  # fmt: skip
    record.keep_put_off((meeting, meeting), None, day, desk.caseload.by(), command=new_id())


def all_of_it(desk: Desk) -> None:
    """Something in each table that hangs beside a meeting."""
    desk.histories.begin(CASE, SpanKind.WHEREABOUTS, "custody", DAY, because="A letter.")
    desk.histories.happened(CASE, OutcomeKind.CHARGED, DAY, "Heard from the police.")
    referred(desk)
    given_up(desk)


def told(desk: Desk) -> dict[str, Any]:
    """All that hangs beside the case, and the put-off days of its meeting."""
    record = desk.caseload.record
    case_id = record.case(CASE).id
    put_off = record.put_off(at(desk).id)
    with record._reading() as connection:
        return {**beside(connection, case_id), "put_off": put_off}


def opened(desk: Desk) -> list[str]:
    return [desk.handing_over.place(d, at(desk)) for d in desk.handing_over.disagreements(at(desk))]


def test_all_of_it_goes_along_as_it_is_and_comes_back_with_what_was_added(desks: Desks) -> None:
    all_of_it(desks.chair)
    before = told(desks.chair)
    assert all(before.values())
    desks.over()
    assert told(desks.taker) == before
    assert desks.taker.caseload.record.verify().is_good
    desks.taker.histories.happened(CASE, OutcomeKind.CONVICTED, date(2026, 11, 12), "Court list.")
    desks.taker.histories.begin(
        CASE, SpanKind.WHEREABOUTS, "community", date(2026, 11, 20), because="Bailed."
    )
    done = desks.take(desks.chair, desks.send(desks.taker))
    assert not done.disagreements
    assert told(desks.chair) == told(desks.taker) != before
    where = live(desks.chair.caseload.record.spans(at(desks.chair).case.id), SpanKind.WHEREABOUTS)
    assert [(s.value, s.to_day) for s in where][-2:] == [
        ("custody", date(2026, 11, 19)), ("community", None),
    ]  # fmt: skip
    assert desks.chair.caseload.record.verify().is_good


def test_what_the_meeting_decides_there_is_not_worked_out_again_here(desks: Desks) -> None:
    desks.over()
    here = told(desks.taker)
    assert here["span"]
    assert here == told(desks.chair), "none is derived beside those that came"


def test_what_cannot_stand_beside_what_is_here_comes_in_withdrawn_and_is_asked(
    desks: Desks,
) -> None:
    desks.over()
    for desk, level in ((desks.chair, "3"), (desks.taker, "1")):
        desk.histories.begin(CASE, SpanKind.LEVEL, level, DAY, because="Decided between meetings.")
    desks.chair.handing_over.take_pen(at(desks.chair), "the laptop is late")
    done = desks.take(desks.chair, desks.send(desks.taker))
    record = desks.chair.caseload.record
    levels = [s for s in record.spans(at(desks.chair).case.id) if s.kind is SpanKind.LEVEL]
    assert [s.value for s in levels if s.is_live][-1] == "3"
    (apart,) = [s for s in levels if s.withdrawn == APART]
    assert apart.value == "1"
    (asked,) = [d for d in done.disagreements if d.entry == apart.id]
    assert desks.chair.handing_over.place(asked, at(desks.chair)) == (
        "History, Level 1 from 10 November 2026: Withdrawn because"
    )
    with pytest.raises(Refused, match="overlaps"):
        desks.chair.handing_over.settle(asked, "theirs")
    number = next(
        n
        for n, s in enumerate(record.spans(at(desks.chair).case.id), 1)
        if s.is_live and s.value == "3"
    )
    desks.chair.histories.withdraw(CASE, number, "It was Level 1.")
    desks.chair.handing_over.settle(asked, "theirs")
    held = live(record.spans(at(desks.chair).case.id), SpanKind.LEVEL)
    assert held[-1].value == "1"
    assert not opened(desks.chair)
    assert record.verify().is_good


def test_the_same_typed_at_both_desks_counts_once(desks: Desks) -> None:
    desks.over()
    for desk in (desks.chair, desks.taker):
        desk.histories.happened(CASE, OutcomeKind.CHARGED, DAY, "Heard from the police.")
    done = desks.take(desks.chair, desks.send(desks.taker))
    events = desks.chair.caseload.record.events(at(desks.chair).case.id)
    assert [e.withdrawn for e in sorted(events, key=lambda e: e.withdrawn)] == ["", TWICE]
    assert not done.disagreements


def test_a_field_that_both_changed_is_shown_in_words_and_chosen(desks: Desks) -> None:
    desks.chair.histories.happened(CASE, OutcomeKind.CHARGED, DAY, "As first heard.")
    desks.over()
    for desk, why in ((desks.chair, "Not charged."), (desks.taker, "Another person.")):
        desk.histories.did_not_happen(CASE, 1, why)
    (asked,) = desks.take(desks.chair, desks.send(desks.taker)).disagreements
    assert opened(desks.chair) == [
        "Event, Charged with a further serious offence on 10 November 2026: Withdrawn because"
    ]
    desks.chair.handing_over.settle(asked, "theirs")
    (event,) = desks.chair.caseload.record.events(at(desks.chair).case.id)
    assert event.withdrawn == "Another person."


def test_a_referral_keeps_its_number_where_it_is_free_and_says_where_it_is_not(
    desks: Desks,
) -> None:
    referred(desks.chair)
    referrals(desks.taker).receive(date(2026, 6, 1), "Northside", AgencyType.POL, Level.THREE)
    file = desks.send(desks.chair, TAKER)
    done = desks.take(desks.taker, file)
    assert [(r.place[0], r.was, r.now) for r in done.renumbered] == [("referral", 1, 2)]
    assert [r.organisation for r in referrals(desks.taker).every()] == [
        "Northside", "Riverdale Probation",
    ]  # fmt: skip
    desks.take(desks.chair, desks.send(desks.taker))
    (back,) = referrals(desks.chair).every()
    assert (back.number, len(back.screening)) == (1, 1)
    for desk in (desks.chair, desks.taker):
        assert desk.caseload.record.wrong_lists().referrals == [], "answered there as here"


def test_a_referral_that_was_taken_from_the_case_there_is_asked_about(desks: Desks) -> None:
    ref = referred(desks.chair)
    desks.over()
    referrals(desks.taker).led_to("R-0001", "")
    (asked,) = desks.take(desks.chair, desks.send(desks.taker)).disagreements
    handing = desks.chair.handing_over
    assert opened(desks.chair) == [f"Referral, {ref}: Case that came of it"]
    assert handing.shown(asked, at(desks.chair), asked.mine) == CASE
    assert referrals(desks.chair).find(ref).case_id, "it stands until somebody has chosen"
    handing.settle(asked, "theirs")
    assert not referrals(desks.chair).find(ref).case_id


def test_a_file_of_a_version_that_said_nothing_of_them_is_read_as_before(desks: Desks) -> None:
    all_of_it(desks.chair)
    parcel = read_parcel(desks.send(desks.chair, TAKER).read_bytes(), PASS)
    old = {k: v for k, v in parcel.meeting.items() if k not in (*told(desks.chair),)}
    old["put_off"] = []
    desks.taker.handing_over.receive(dataclasses.replace(parcel, meeting=old, case_lineage=()))
    record = desks.taker.caseload.record
    assert record.spans(at(desks.taker).case.id), "worked out from the meetings"
    assert not record.events(at(desks.taker).case.id)


def test_nothing_of_it_is_left_after_a_hand_back_and_it_may_come_again(desks: Desks) -> None:
    all_of_it(desks.chair)
    desks.over()
    parcel = read_parcel(desks.send(desks.taker).read_bytes(), PASS)
    desks.taker.histories.happened(CASE, OutcomeKind.CONVICTED, DAY, "Typed too late.")
    with pytest.raises(Refused, match="since it was handed over"):
        desks.taker.disposing.hand_back(CASE, [parcel.receipt])
    desks.taker.handing_over.take_pen(at(desks.taker), "something is missing")
    file = desks.send(desks.taker)
    desks.take(desks.chair, file)
    receipt = read_parcel(file.read_bytes(), PASS).receipt
    before = told(desks.chair)
    desks.taker.disposing.hand_back(CASE, [receipt])
    record = desks.taker.caseload.record
    with record.engine.connect() as connection:
        for table in ("span", "outcome", "referral", "screening", "put_off"):
            assert connection.execute(text(f"select count(*) from {table}")).scalar() == 0, table
    desks.over()
    assert told(desks.taker) == before == told(desks.chair)
    assert record.verify().is_good


def test_a_hidden_case_has_no_referral_in_anothers_file(desks: Desks) -> None:
    referred(desks.chair, case="")
    parcel = read_parcel(desks.send(desks.chair, TAKER).read_bytes(), PASS)
    assert not parcel.meeting["referral"]
    assert not parcel.meeting["screening"]


def test_a_row_of_another_case_in_a_file_is_refused(desks: Desks) -> None:
    all_of_it(desks.chair)
    bundle = read_parcel(desks.send(desks.chair, TAKER).read_bytes(), PASS).meeting
    for table, column, value in (
        ("span", "case_id", "another"), ("span", "value", "9"), ("outcome", "kind", "gone"),
        ("outcome", "day", "soon"), ("referral", "agency", "X"), ("screening", "referral_id", "x"),
        ("put_off", "reason", "rain"),
    ):  # fmt: skip
        first, *others = bundle[table]
        with pytest.raises(BadInput):
            checked({**bundle, table: [{**first, column: value}, *others]})
