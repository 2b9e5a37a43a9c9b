"""Only what must be said or decided in the room stops closing: few words, many keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.attendance import organisations_to_hear
from panelkit.domain.completeness import stopping
from panelkit.domain.errors import Refused
from panelkit.domain.vocabulary import (
    ActionStatus,
    Level,
    MeetingKind,
    MeetingState,
    RiskGroup,
    RiskOfSeriousHarm,
    Stops,
    YesNo,
)
from panelkit.services.chairing import new_id
from panelkit.services.minutes_life import everything_confirmed
from tests.desk import make_desk


def test_a_usual_review_closes_with_under_150_words_typed_by_the_chair(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    chairing = desk.chairing
    chairing.close(desk.caseload.find("WM-0143-3"))
    m = desk.caseload.open_next(
        "WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2026, 11, 23)
    )
    typed: list[str] = []

    def words(text: str) -> str:
        typed.extend(text.split())
        return text

    m = chairing.start(m)
    m = chairing.check_in_all(m)
    m = chairing.statement_given(m, "read")
    for item, key, value in (
        ("A1", "interests_declared", "no"), ("A8", "diversity_considered", "yes"), ("A9", "vlo_status", "attended"),
        ("A9", "children_at_risk", "no"), ("A10", "overall_rosh", "high"), ("A11", "rmp_adequate", "yes"),
        ("A13", "disclosure_considered", "yes"), ("A13", "disclosure_decision", "no_disclosure"),
        ("A15", "level_decision", "L2"), ("A18", "next_review_date", "2027-02-15"),
    ):  # fmt: skip
        m = chairing.record_answer(m, item, key, value)
    for action in m.old_actions:
        m = chairing.settle_action(m, action.id, ActionStatus.COMPLETE)
    for name in organisations_to_hear(m, desk.area)[:5]:
        m = chairing.nil_return(m, name)
    for name in organisations_to_hear(m, desk.area)[5:]:
        told = e.Contribution(
            id=new_id(),
            organisation=name,
            text=words("No calls to the address since 18 November; visit kept."),
        )
        m = chairing.add(m, told)
    for rating in m.live(e.RiskRating):
        level = (
            RiskOfSeriousHarm.HIGH
            if rating.group is RiskGroup.KNOWN_ADULT
            else RiskOfSeriousHarm.LOW
        )
        m = chairing.change(m, e.RiskRating, rating.id, level=level)
    owner = m.live(e.Attendance)[3]
    for text in ("visit the flat unannounced twice", "submit the housing reference"):
        action = e.Action(
            id=new_id(), text=words(text), owner=words(owner.name), organisation=owner.organisation, due=date(2026, 12, 4),
            accepted=YesNo.YES,
        )  # fmt: skip
        m = chairing.add(m, action)
    assert [g.message for g in stopping(chairing.gaps(m), Stops.CLOSING)] == []
    m = chairing.close(m)
    assert m.state is MeetingState.CLOSED
    print(f"closed with {len(typed)} words typed")
    assert len(typed) < 150
    sent = desk.minutes_life.send_to_chair(m)
    with pytest.raises(Refused, match="written up"):
        desk.minutes_life.approve(sent, everything_confirmed(desk.area))
