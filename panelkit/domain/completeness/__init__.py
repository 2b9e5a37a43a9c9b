"""What a meeting still owes: the one pure function that screen, document and audit call.

Blank fields are found by walking the agenda and the entries; what no single field can
show (an organisation not heard, a high risk without a measure) is a rule in ``RULES``.
Only what must be said or decided in the room stops closing; what is written up
afterwards stops approval.
"""

from __future__ import annotations

import dataclasses
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness import actions, judgement, moving, room, waiting
from panelkit.domain.completeness.blanks import blank_answers, blank_entries
from panelkit.domain.completeness.gap import Gap, Rule, name_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState, Stops

__all__ = ["RULES", "Gap", "Rule", "completeness", "name_of", "stopping"]

MUST_CARRY_DATE: Final = frozenset({"disclosure_decision", "level_decision"})
"""Parked, these carry a date and are not counted as done."""

RULES: Final[tuple[Rule, ...]] = (
    room.roles, room.quorum_met, room.rung, room.interests, room.statement_repeated,
    room.age, judgement.category_known, judgement.category_and_level, actions.old_actions, room.round_table, room.returns_waiting,
    room.restricted_parts,
    judgement.risk, judgement.plan, judgement.disclosure, judgement.level, moving.transfers, actions.new_actions,
    waiting.to_confirm, waiting.notes, waiting.carried,
    waiting.recipients, waiting.comments,
)  # fmt: skip
"""Every rule; each has a test that shows it found and not found."""


def completeness(meeting: Meeting, area: Area) -> tuple[Gap, ...]:
    """Every gap, in the order of the agenda; parked ones say so and stop nothing. None of a meeting
    that was held elsewhere: its minutes are not ours to mend."""
    if meeting.state is MeetingState.ELSEWHERE:
        return ()
    order = {item.code: place for place, item in enumerate(meeting.agenda)}
    found = [*blank_answers(meeting, area), *blank_entries(meeting)]
    for rule in RULES:
        found.extend(rule(meeting, area))
    parked = {(p.place, p.gate): p for p in meeting.live(e.Parked)}
    gaps = [_with_parking(gap, parked) for gap in found]
    return tuple(sorted(gaps, key=lambda gap: order.get(gap.item, len(order))))


def stopping(gaps: tuple[Gap, ...], what: Stops) -> tuple[Gap, ...]:
    """Gaps that stop ``what`` and are not parked."""
    return tuple(gap for gap in gaps if gap.stops is what and not gap.parked)


def _with_parking(gap: Gap, parked: dict[tuple[str, str], e.Parked]) -> Gap:
    held = parked.get((gap.item, gap.gate))
    if held is None or not gap.can_park or not held.reason.strip():
        return gap
    if gap.field in MUST_CARRY_DATE and held.until is None:
        return gap
    return dataclasses.replace(gap, parked=held.reason, parked_until=held.until)
