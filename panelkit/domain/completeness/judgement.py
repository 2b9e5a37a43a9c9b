"""Owed by judgement: risk, the plan that answers it, disclosure, category and level."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain import conditions as c
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness.gap import Gap
from panelkit.domain.decisions import lights
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    Category,
    DecisionType,
    DisclosureDecision,
    ExitReason,
    Level,
    LevelDecision,
    Stops,
)


def risk(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Every group is rated, with a tool that is not old."""
    rated = {r.group for r in meeting.live(e.RiskRating)}
    for group in c.rated_groups(meeting):
        if group not in rated:
            yield Gap(
                item="A10",
                field=f"rating_{group}",
                message=f"{group.label}: risk is not rated",
                stops=Stops.CLOSING,
            )
    if not meeting.live(e.RiskTool):
        yield Gap(
            item="A10",
            field="tools",
            message="No assessment tool is named",
            stops=Stops.APPROVAL,
            why="Reliable assessment methods [V].",
        )
    for tool in meeting.live(e.RiskTool):
        if tool.on and (meeting.held_on - tool.on).days > 365:
            yield Gap(
                item="A10",
                field="tool_old",
                message=f"{tool.tool}: older than 12 months",
                stops=Stops.NOTHING,
                entry=tool.id,
            )


def plan(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Each high risk is answered, and there is a contingency."""
    for group in c.groups_without_measure(meeting):
        rating = c.rating_of(meeting, group)
        yield Gap(
            item="A11",
            field=f"no_measure_{group}",
            message=f"{rating.label if rating else ''} {group.label.lower()}: no measure answers it",
            stops=Stops.CLOSING,
            why="Each high risk is answered by a measure.",
        )
    if not meeting.live(e.Contingency):
        yield Gap(
            item="A11",
            field="contingency",
            message="No contingency: if it goes wrong, who does what?",
            stops=Stops.APPROVAL,
        )


def disclosure(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """What is disclosed is said: to whom, what, by whom, by when."""
    decided = meeting.chosen("A13", "disclosure_decision", DisclosureDecision)
    if decided and decided.reaches_somebody and not meeting.live(e.Disclosure):
        yield Gap(
            item="A13",
            field="disclosures",
            message="To whom, exactly what, by whom and by when?",
            stops=Stops.CLOSING,
        )


def category_known(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """A category that is to be confirmed is confirmed before the minutes are approved."""
    if meeting.chosen("A3", "mappa_category", Category) is Category.UNCONFIRMED:
        yield Gap(
            item="A3",
            field="category_to_confirm",
            message="The category is to be confirmed: which, and on what basis?",
            stops=Stops.APPROVAL,
            why="A person is in exactly one category at a time [V]; an emergency panel may be held before it is known [I].",
        )


def category_and_level(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """The law on Category 3, and on leaving."""
    decided = meeting.chosen("A15", "level_decision", LevelDecision)
    category = c.category_of(meeting)
    if category is Category.THREE and (decided is LevelDecision.L1 or meeting.level is Level.ONE):
        yield Gap(
            item="A15",
            field="category_three_level_one",
            message="Category 3 is never Level 1: it stays at Level 2 or 3, or leaves",
            stops=Stops.CLOSING,
            can_park=False,
            why="Category 3 needs meetings [V].",
        )
    reason = meeting.chosen("A15", "exit_reason", ExitReason)
    if (
        decided is LevelDecision.EXIT
        and reason is ExitReason.RISK_REDUCED
        and category in (Category.ONE, Category.TWO)
    ):
        yield Gap(
            item="A15",
            field="exit_not_lawful",
            message=f"{category.label}: ends by law; the panel may only return it to Level 1, or record that eligibility ended",
            stops=Stops.CLOSING,
            can_park=False,
            why="Categories 1 and 2 end by law.",
        )


def level(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """The level decision is a record, and each decision meets its tests."""
    wanted = (DecisionType.LEVEL, DecisionType.EXIT)
    if not any(d.type in wanted for d in meeting.live(e.Decision)):
        yield Gap(
            item="A15",
            field="level_record",
            message="The level decision has no record: question, options, evidence, views, reason",
            stops=Stops.APPROVAL,
        )
    for decision in meeting.live(e.Decision):
        for test, met in lights(meeting, decision, area):
            if not met and not test.heuristic:
                yield Gap(
                    item=decision.at_item or "A15",
                    field=f"decisions.test_{test.id}",
                    message=f"{decision.ref}: {test.missing}",
                    stops=Stops.APPROVAL,
                    why=test.why,
                    entry=decision.id,
                )
