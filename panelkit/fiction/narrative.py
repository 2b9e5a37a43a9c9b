"""The words of invented minutes: what is answered in sentences, and counted nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Place
from panelkit.domain.vocabulary import Category, CustodyStatus, Level, MeetingKind, YesNo

if TYPE_CHECKING:
    from panelkit.fiction.course import Held
    from panelkit.fiction.minutes import Minutes

YES, NO = str(YesNo.YES), str(YesNo.NO)
CHILDREN_AT_RISK: Final = 0.35
AS_BEFORE: Final = 0.85
"""That the overall risk is rated as it was last time."""
AGREED: Final = 0.9
"""Of last minutes, without a correction."""
_STOCK: Final = (
    ("A1", "platform", "platform"), ("A6", "current_circumstances", "circumstances"),
    ("A6", "previous_relevant", "previous"), ("A6", "subject_view", "subject_view"),
    ("A8", "diversity_needs", "needs"), ("A8", "adjustments", "adjustments"),
    ("A9", "victim_issues", "victim_issues"), ("A9", "potential_victims", "potential_victims"),
    ("A9", "victim_told", "victim_told"), ("A10", "nature_of_harm", "nature_of_harm"),
    ("A10", "who_at_risk", "who_at_risk"), ("A10", "imminence", "imminence"),
    ("A10", "triggers", "triggers"), ("A10", "protective_factors", "protective"),
    ("A10", "formulation", "formulation"), ("A11", "licence_conditions", "licence"),
    ("A11", "accommodation", "accommodation"), ("A11", "desistance", "desistance"),
    ("A11", "rmp_adequate_reason", "plan_reason"), ("A15", "subject_told", "told"),
)  # fmt: skip
"""Item, field, and what the stock calls it."""


def narrative(minutes: Minutes, held: Held) -> Iterator[tuple[Place, str]]:
    """Every answer that a reader needs and no figure does."""
    words, chance, cast = minutes.words, minutes.chance, minutes.cast
    for item, key, stock in _STOCK:
        yield (item, key), words("narrative", stock)
    yield ("A1", "purpose_statement"), words("purpose", str(held.kind))
    yield ("A2", "statement_version"), minutes.area.statement_version
    yield ("A2", "recording_made"), NO
    yield ("A3", "category_basis"), minutes.offence
    yield ("A3", "eligibility_end_date"), _eligible_until(cast.case.born).isoformat()
    yield ("A6", "index_offence"), minutes.offence
    yield ("A6", "offence_summary"), f"- {minutes.offence}"
    if held.kind is MeetingKind.INITIAL:
        reason = words("narrative", "reason_for_referral")
        yield ("A3", "threshold_met"), reason
        yield ("A6", "reason_for_referral"), reason
    else:
        agreed = chance.random() < AGREED
        yield ("A4", "previous_minutes_agreed"), "agreed" if agreed else "agreed_with_corrections"
        yield ("A6", "changes_since_last"), words("narrative", "changes")
    yield from _of_some(minutes, held)
    yield ("A9", "vlo_status"), minutes.world.draw("vlo_status", chance)
    at_risk = chance.random() < CHILDREN_AT_RISK
    yield ("A9", "children_at_risk"), YES if at_risk else NO
    if at_risk:
        yield ("A9", "children_referral"), words("narrative", "children_referral")
    yield ("A9", "marac_link"), minutes.world.draw("marac", chance)
    last = minutes.last.text("A10", "overall_rosh") if minutes.last is not None else ""
    stays = bool(last) and chance.random() < AS_BEFORE
    yield ("A10", "overall_rosh"), last if stays else minutes.world.draw("rosh", chance)
    yield ("A11", "rmp_adequate"), YES
    yield from _media(minutes, held)
    yield ("A17", "visor_update_owner"), cast.officer.name
    yield ("A18", "chair_summary"), _summary(minutes, held)


def _of_some(minutes: Minutes, held: Held) -> Iterator[tuple[Place, str]]:
    """What is asked of a child, of somebody inside, at Category 4."""
    words = minutes.words
    if minutes.cast.case.category is Category.FOUR:
        yield ("A3", "terrorism_handling"), words("narrative", "terrorism")
    if minutes.cast.case.is_child_on(held.day):
        yield ("A6", "youth_education_welfare"), words("narrative", "youth")
        yield ("A8", "youth_considerations"), words("narrative", "youth_plan")
    if held.where is not CustodyStatus.COMMUNITY:
        yield ("A3", "custody_details"), words("narrative", "custody")


def _media(minutes: Minutes, held: Held) -> Iterator[tuple[Place, str]]:
    if held.level is not Level.THREE:
        yield ("A14", "media_risk"), "none"
        return
    words, media = minutes.words, minutes.world.draw("media", minutes.chance)
    yield ("A14", "media_risk"), media
    if media != "none":
        yield ("A14", "press_lead"), words("narrative", "press")
        yield ("A14", "holding_line"), words("narrative", "holding_line")
    yield ("A15", "cppc_reason"), words("narrative", "cppc")
    yield ("A15", "resources_committed"), words("narrative", "resources")


def _eligible_until(born: date | None) -> date:
    """A day far off, the same at every meeting of a case."""
    day = born or date(2000, 1, 1)
    return date(2035 + day.day % 9, day.month, min(day.day, 28))


def _summary(minutes: Minutes, held: Held) -> str:
    words, day = minutes.words, held.next_day
    lines = (
        f"Risk: {words('narrative', 'who_at_risk')}",
        f"Plan: {words('narrative', 'plan_reason')}",
        f"Level: {held.decision.label}.",
        f"Biggest worry: {words('narrative', 'triggers')}",
        f"Next meeting: {long_date(day)}." if day else "No further meeting.",
    )
    return "\n".join(lines)
