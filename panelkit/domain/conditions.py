"""When a field is asked or needed: named conditions, so that an agenda stays data.

Each takes the meeting and its area and is pure. ``Field.needed``, ``Field.shown`` and
``AgendaItem.held`` name one; an area file may use the same names.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import quorum
from panelkit.domain.fields import Field
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    Category,
    ControlType,
    CustodyStatus,
    DisclosureDecision,
    Level,
    LevelDecision,
    MediaRisk,
    MeetingKind,
    Pillar,
    RiskGroup,
    RiskOfSeriousHarm,
    YesNo,
)

Condition = Callable[[Meeting, Area], bool]

IN_CUSTODY: Final = (
    CustodyStatus.CUSTODY,
    CustodyStatus.REMAND,
    CustodyStatus.RECALLED,
    CustodyStatus.IMMIGRATION_DETENTION,
)


def category_of(meeting: Meeting) -> Category:
    """The category confirmed at A3, else the case's."""
    return meeting.chosen("A3", "mappa_category", Category) or meeting.case.category


def rated_groups(meeting: Meeting) -> tuple[RiskGroup, ...]:
    """Groups that must be rated: prisoners only in custody, self never."""
    groups = [RiskGroup.CHILDREN, RiskGroup.PUBLIC, RiskGroup.KNOWN_ADULT, RiskGroup.STAFF]
    if meeting.chosen("A3", "custody_status", CustodyStatus) in IN_CUSTODY:
        groups.append(RiskGroup.PRISONERS)
    return tuple(groups)


def rating_of(meeting: Meeting, group: RiskGroup) -> RiskOfSeriousHarm | None:
    """This meeting's rating for a group; None while not rated."""
    return next((r.level for r in meeting.live(e.RiskRating) if r.group is group and r.level), None)


def high_groups(meeting: Meeting) -> tuple[RiskGroup, ...]:
    """Groups rated high or very high now."""
    return tuple(
        r.group for r in meeting.live(e.RiskRating) if r.group and r.level and r.level.is_high
    )


def groups_without_measure(meeting: Meeting) -> tuple[RiskGroup, ...]:
    """Groups at high or very high risk that no measure of the plan answers."""
    answered = {group for measure in meeting.live(e.Measure) for group in measure.risk}
    return tuple(group for group in high_groups(meeting) if group not in answered)


def empty_pillars(meeting: Meeting) -> tuple[Pillar, ...]:
    """Pillars with no measure."""
    filled = {measure.pillar for measure in meeting.live(e.Measure)}
    return tuple(pillar for pillar in Pillar if pillar not in filled)


def overall_below_groups(meeting: Meeting, _area: Area) -> bool:
    """The overall level is lower than the highest group: warn, never overwrite."""
    overall = meeting.chosen("A10", "overall_rosh", RiskOfSeriousHarm)
    ranks = [r.level.rank for r in meeting.live(e.RiskRating) if r.level]
    return overall is not None and bool(ranks) and overall.rank < max(ranks)


def review_backstop(meeting: Meeting, area: Area) -> date | None:
    """The last day for a review without a reason; None for a meeting that leads to none."""
    level = meeting.chosen("A18", "next_level", Level) or meeting.level
    if level is Level.ONE:
        return None
    weeks = area.figure(f"review_l{level}_backstop_weeks")
    return date.fromordinal(meeting.held_on.toordinal() + 7 * weeks)


def review_late(meeting: Meeting, area: Area) -> bool:
    """The next date is later than the backstop."""
    day = meeting.day("A18", "next_review_date")
    last = review_backstop(meeting, area)
    return day is not None and last is not None and day > last


def staying(meeting: Meeting, _area: Area) -> bool:
    """A next meeting is due, unless the individual leaves or goes to Level 1."""
    decided = meeting.chosen("A15", "level_decision", LevelDecision)
    return decided not in (LevelDecision.EXIT, LevelDecision.L1)


def eligibility_ends_first(meeting: Meeting, area: Area) -> bool:
    """Eligibility ends before the next meeting."""
    ends = meeting.day("A3", "eligibility_end_date")
    if ends is None or not staying(meeting, area):
        return False
    following = meeting.day("A18", "next_review_date") or review_backstop(meeting, area)
    return following is not None and ends < following


def _is(item: str, key: str, *terms: object) -> Condition:
    def holds(meeting: Meeting, _area: Area) -> bool:
        return meeting.value(item, key) in terms

    return holds


def _s327a(meeting: Meeting, _area: Area) -> bool:
    return meeting.value("A13", "s327a_applies") is YesNo.YES


def _on_licence(meeting: Meeting, _area: Area) -> bool:
    return any(order.control is ControlType.LIC for order in meeting.live(e.Order))


CONDITIONS: Final[dict[str, Condition]] = {
    "always": lambda _m, _a: True,
    "never": lambda _m, _a: False,
    "initial": lambda m, _a: m.kind is MeetingKind.INITIAL,
    "review": lambda m, _a: m.kind is MeetingKind.REVIEW,
    "emergency": lambda m, _a: m.kind is MeetingKind.EMERGENCY,
    "emergency_not_rung": lambda m, _a: m.kind is MeetingKind.EMERGENCY and not m.live(e.Call),
    "age_unknown": lambda m, _a: m.case.born is None or bool(m.text("A3", "age_group")),
    "has_previous": lambda m, _a: m.kind is not MeetingKind.INITIAL and m.number > 1,
    "level_three": lambda m, _a: m.level is Level.THREE,
    "child": lambda m, _a: m.is_child,
    "category_one": lambda m, _a: category_of(m) is Category.ONE,
    "category_four": lambda m, _a: category_of(m) is Category.FOUR,
    "not_quorate": lambda m, a: bool(m.live(e.Attendance)) and not quorum(m, a).met,
    "recorded": _is("A2", "recording_made", YesNo.YES),
    "eligibility_end_unknown": lambda m, _a: not m.text("A3", "eligibility_end_date"),
    "in_custody": _is("A3", "custody_status", *IN_CUSTODY),
    "in_hospital": _is("A3", "custody_status", CustodyStatus.HOSPITAL),
    "on_licence": _on_licence,
    "children_at_risk": _is("A9", "children_at_risk", YesNo.YES),
    "victim_contact": lambda m, _a: bool(m.live(e.VictimIssue)),
    "overall_below_groups": overall_below_groups,
    "plan_inadequate": _is("A11", "rmp_adequate", YesNo.NO),
    "empty_pillar": lambda m, _a: bool(empty_pillars(m)),
    "staff_high": lambda m, _a: RiskGroup.STAFF in high_groups(m),
    "disclosure_on_trigger": _is("A13", "disclosure_decision", DisclosureDecision.IF_TRIGGER),
    "disclosure_deferred": _is("A13", "disclosure_decision", DisclosureDecision.DEFER),
    "s327a": _s327a,
    "s327a_not_disclosed": lambda m, a: (
        _s327a(m, a)
        and m.value("A13", "s327a_presumption") is YesNo.YES
        and m.value("A13", "disclosure_decision")
        in (DisclosureDecision.NO_DISCLOSURE, DisclosureDecision.DEFER)
    ),
    "media_asked": lambda m, _a: m.level is Level.THREE,
    "media_interest": _is("A14", "media_risk", MediaRisk.LOW, MediaRisk.HIGH),
    "leaving": _is("A15", "level_decision", LevelDecision.EXIT),
    "staying": staying,
    "eligibility_ends_first": eligibility_ends_first,
    "review_late": review_late,
}
"""Every condition by name; a test checks that no field names another."""


def holds(name: str, meeting: Meeting, area: Area) -> bool:
    """Whether the condition called ``name`` holds for this meeting."""
    return CONDITIONS[name](meeting, area)


def is_asked(field: Field, meeting: Meeting, area: Area) -> bool:
    """Whether this meeting asks for the field at all."""
    return holds(field.shown, meeting, area)


def is_needed(field: Field, meeting: Meeting, area: Area) -> bool:
    """Whether a blank in the field is a gap of this meeting."""
    return is_asked(field, meeting, area) and holds(field.needed, meeting, area)
