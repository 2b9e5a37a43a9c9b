"""The decision of an invented meeting, with its options, evidence and views."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import (
    DecisionType,
    EvidenceSide,
    InfoType,
    LevelDecision,
    Power,
    View,
    YesNo,
)
from panelkit.fiction.attendance import There
from panelkit.fiction.course import Held
from panelkit.fiction.histories import new_id

if TYPE_CHECKING:
    from panelkit.fiction.minutes import Minutes

ABSTAINS = 0.08
LEAD_AGENCY_LOOKS = timedelta(weeks=16)
"""After which a case that left Level 2 is looked at again by its lead agency alone."""


def decision(
    minutes: Minutes, held: Held, people: There, typed: dict[str, Any], *,
    dissent: bool,
) -> dict[str, tuple[e.Entry, ...]]:  # fmt: skip
    """On the level: rows by kind. Where somebody disagrees, it is one of those that came."""
    words, chance = minutes.words, minutes.chance
    asked = chance.random() < 0.96
    one = e.Decision(
        id=new_id(chance), number=1, at_item="A15",
        type=DecisionType.EXIT if held.decision is LevelDecision.EXIT else DecisionType.LEVEL,
        question=words("decision", "question"),
        decision=words("decision", str(held.decision)), power=Power.PANEL,
        decided_by=minutes.cast.chair.name,
        because=words("decision", f"because_{held.decision}") if chance.random() < 0.94 else "",
        legal_basis=words("decision", "basis"), unknowns=words("decision", "unknowns"),
        lower_insufficient=words("decision", "lower"), higher_not_needed=words("decision", "higher"),
        victim_effect=words("decision", "victim_effect"),
        subject_effect=words("decision", "subject_effect"),
        diversity_effect=words("decision", "diversity_effect"),
        asked_otherwise=YesNo.YES if asked else YesNo.NO,
        dissent_handling=words("decision", "dissent") if dissent else "",
        review_trigger=words("decision", "review_trigger"), review_date=held.next_day or held.day + LEAD_AGENCY_LOOKS, **typed,
    )  # fmt: skip
    rows: dict[str, tuple[e.Entry, ...]] = {e.Decision.kind: (one,)}
    other = minutes.said["other"]
    if dissent or not minutes.brief:
        rows[e.AgencyView.kind] = tuple(
            e.AgencyView(
                id=new_id(chance), number=number, parent=one.id, organisation=organisation.name,
                view=View.DISAGREE if dissent and organisation.name == other
                else View.ABSTAIN if chance.random() < ABSTAINS else View.AGREE,
                note=words("decision", "disagrees") if dissent and organisation.name == other else "",
                **typed,
            )
            for number, (organisation, _name) in enumerate(people.came, 1)
        )  # fmt: skip
    if not minutes.brief:
        rows |= _weighed(minutes, one, held, people, typed)
    return rows


def _weighed(
    minutes: Minutes, one: e.Decision, held: Held, people: There, typed: dict[str, Any]
) -> dict[str, tuple[e.Entry, ...]]:
    words, chance = minutes.words, minutes.chance
    other = "Level 1" if held.decision is not LevelDecision.L1 else "Level 2"
    source = people.came[0][0].name if people.came else minutes.cast.lead.name
    options = (
        e.DecisionOption(
            id=new_id(chance), number=1, parent=one.id, option=held.decision.label,
            favour=words("narrative", "plan_reason"), against=words("decision", "subject_effect"),
            chosen=YesNo.YES, **typed,
        ),
        e.DecisionOption(
            id=new_id(chance), number=2, parent=one.id, option=other,
            favour=words("narrative", "protective"), against=words("decision", "lower"),
            chosen=YesNo.NO, **typed,
        ),
    )  # fmt: skip
    evidence = tuple(
        e.Evidence(
            id=new_id(chance), number=number, parent=one.id, side=side, source=source,
            text=words("narrative", key), info_type=InfoType.FACT, **typed,
        )
        for number, (side, key) in enumerate(
            ((EvidenceSide.FOR, "triggers"), (EvidenceSide.AGAINST, "protective")), 1
        )
    )  # fmt: skip
    told = e.Told(
        id=new_id(chance), number=1, parent=one.id, who="The individual",
        by_whom=minutes.cast.officer.name, by_when=held.day + timedelta(days=7), **typed,
    )  # fmt: skip
    return {
        e.DecisionOption.kind: options, e.Evidence.kind: evidence, e.Told.kind: (told,)
    }  # fmt: skip
