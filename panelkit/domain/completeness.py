"""What a meeting still owes: the one pure function that screen, document and audit call.

Blank fields are found by walking the agenda and the entries; what no single field can
show (an organisation not heard, a high risk without a measure) is a rule in ``RULES``.
Only what must be said or decided in the room stops closing; what is written up
afterwards stops approval.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from panelkit.domain import conditions as c
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import (
    in_room,
    organisations_unheard,
    quorum,
    stay_of,
)
from panelkit.domain.decisions import lights
from panelkit.domain.fields import fields_of, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    ActionStatus,
    Category,
    DecisionType,
    DisclosureDecision,
    ExitReason,
    Level,
    LevelDecision,
    MeetingRole,
    ReadBack,
    Stops,
    YesNo,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that is owed, and what it stops."""

    item: str
    """Where: the agenda item."""

    field: str
    """Which field, or the name of the rule."""

    message: str
    """A sentence without case text beyond names of organisations and references."""

    stops: Stops
    """What it stops, while it is not parked."""

    why: str = ""
    """Why it matters, with its source."""

    entry: str = ""
    """Id of the entry it is in, so that the list can jump there."""

    can_park: bool = True
    """Whether the chair may close without it, giving a reason that prints."""

    parked: str = ""
    """The reason it was parked; such a gap stops nothing but approval of silence."""

    parked_until: date | None = None
    """The date a parked disclosure or level must carry."""

    @property
    def gate(self) -> str:
        """What a parked entry names."""
        return f"{self.field}:{self.entry}" if self.entry else self.field


MUST_CARRY_DATE: Final = frozenset({"disclosure_decision", "level_decision"})
"""Parked, these carry a date and are not counted as done."""


def completeness(meeting: Meeting, area: Area) -> tuple[Gap, ...]:
    """Every gap, in the order of the agenda; parked ones say so and stop nothing."""
    order = {item.code: place for place, item in enumerate(meeting.agenda)}
    found = [*_blank_answers(meeting, area), *_blank_entries(meeting)]
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


def _blank_answers(meeting: Meeting, area: Area) -> Iterator[Gap]:
    for item in meeting.agenda:
        if not c.holds(item.held, meeting, area):
            continue
        for field in item.fields:
            if field.stops is Stops.NOTHING or not c.is_needed(field, meeting, area):
                continue
            if not meeting.text(item.code, field.key).strip():
                yield Gap(
                    item=item.code,
                    field=field.key,
                    message=f"{field.label}: not recorded",
                    stops=field.stops,
                    why=field.why or item.guidance,
                    can_park=field.can_park,
                )


def _blank_entries(meeting: Meeting) -> Iterator[Gap]:
    for kind in e.ENTRIES:
        described = [field for field in fields_of(kind) if field.stops is not Stops.NOTHING]
        for row in meeting.live(kind):
            if isinstance(row, e.Action) and row.set_at != meeting.number:
                continue
            for field in described:
                if not show_text(getattr(row, field.key)).strip():
                    yield Gap(
                        item=_item_of(row),
                        field=f"{kind.kind}.{field.key}",
                        message=f"{name_of(row)}: {field.label[0].lower()}{field.label[1:]} is blank",
                        stops=field.stops,
                        why=field.why,
                        entry=row.id,
                    )


def _item_of(row: e.Entry) -> str:
    place = getattr(row, "place", "") or getattr(row, "at_item", "") or row.item
    return str(place) or "A18"


def name_of(row: e.Entry) -> str:
    """How a gap names an entry: by reference, organisation or group, never by case text."""
    match row:
        case e.Action():
            return f"Action {row.ref}"
        case e.Contribution() if row.organisation:
            return row.organisation
        case e.Attendance():
            return row.organisation or f"Person {row.number}"
        case e.RiskRating() if row.group:
            return row.group.label
        case e.AgencyView() if row.organisation:
            return f"View of {row.organisation}"
        case e.Entry() if row.prefix:
            return f"{row.title} {row.ref}"
        case _:
            return f"{row.title} {row.number}"


# -- what no single field can show ---------------------------------------------------

Rule = Callable[[Meeting, Area], Iterator[Gap]]


def _roles(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for role in (MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER):
        if meeting.role(role) is None:
            stops = Stops.CLOSING if role is MeetingRole.CHAIR else Stops.APPROVAL
            yield Gap(
                item="A1",
                field=f"role_{role}",
                message=f"{role.label}: nobody is named",
                stops=stops,
            )


def _quorum(meeting: Meeting, area: Area) -> Iterator[Gap]:
    if not meeting.live(e.Attendance):
        yield Gap(
            item="A1",
            field="attendance",
            message="Nobody is on the attendance list",
            stops=Stops.CLOSING,
        )
    elif not quorum(meeting, area).met:
        missing = ", ".join(quorum(meeting, area).missing)
        yield Gap(
            item="A1",
            field="quorate",
            message=f"Not quorate: {missing}",
            stops=Stops.NOTHING,
            why="Police and probation, prison near release, and the lead agency [R].",
        )


def _interests(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    declared = meeting.value("A1", "interests_declared") is YesNo.YES
    if declared and not meeting.live(e.Interest):
        yield Gap(
            item="A1",
            field="interests",
            message="An interest was declared and is not recorded",
            stops=Stops.CLOSING,
        )


def _statement_repeated(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    if not meeting.text("A2", "confidentiality_statement"):
        return
    for person in in_room(meeting):
        if stay_of(meeting, person).heard_statement_at is None:
            yield Gap(
                item="A2",
                field="statement_heard",
                message=f"{person.name or person.organisation} has not heard the statement",
                stops=Stops.CLOSING,
                entry=person.id,
            )


def _category_and_level(meeting: Meeting, _area: Area) -> Iterator[Gap]:
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


def _old_actions(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for action in meeting.old_actions:
        if not action.is_live:
            continue
        here: Any = {"item": "A5", "entry": action.id}
        if action.status is None:
            yield Gap(
                field="status",
                message=f"Action {action.ref} has no status",
                stops=Stops.CLOSING,
                why="No action is left without a status.",
                **here,
            )
        elif not action.status.outstanding and not action.outcome.strip():
            yield Gap(
                field="outcome",
                message=f"Action {action.ref}: what difference did it make?",
                stops=Stops.APPROVAL,
                **here,
            )
        elif action.status.outstanding and not action.reason_not_done.strip():
            yield Gap(
                field="reason_not_done",
                message=f"Action {action.ref}: why is it not done?",
                stops=Stops.APPROVAL,
                **here,
            )
        if (
            action.status in (ActionStatus.PART, ActionStatus.NOT_STARTED)
            and action.new_due is None
        ):
            yield Gap(
                field="new_due",
                message=f"Action {action.ref} goes on: by which date?",
                stops=Stops.CLOSING,
                **here,
            )
        if action.status is ActionStatus.COMPLETE and action.completed_on is None:
            yield Gap(
                field="completed_on",
                message=f"Action {action.ref}: completed on which day?",
                stops=Stops.APPROVAL,
                **here,
            )
        if action.times_carried >= 2:
            yield Gap(
                field="carried_twice",
                message=f"Action {action.ref} was carried {action.times_carried} times: escalate it",
                stops=Stops.NOTHING,
                **here,
            )


def _round_table(meeting: Meeting, area: Area) -> Iterator[Gap]:
    for name in organisations_unheard(meeting, area):
        yield Gap(
            item="A7",
            field=f"unheard_{name}",
            message=f"{name} is in the room and has not been heard",
            stops=Stops.CLOSING,
            why="Every organisation present is asked by name; nil is an answer.",
        )
    for told in meeting.live(e.Contribution):
        if told.nil_return is not YesNo.YES and not told.text.strip() and not told.declined.strip():
            yield Gap(
                item="A7",
                field="contributions.text",
                message=f"{told.organisation} was heard; what was said is not written up",
                stops=Stops.APPROVAL,
                entry=told.id,
            )


def _restricted_parts(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for part in meeting.live(e.RestrictedPart):
        if part.ended_at is None:
            yield Gap(
                item="A7",
                field="restricted_part_open",
                message="The restricted part has not been ended",
                stops=Stops.CLOSING,
                entry=part.id,
                can_park=False,
            )


def _risk(meeting: Meeting, _area: Area) -> Iterator[Gap]:
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


def _plan(meeting: Meeting, _area: Area) -> Iterator[Gap]:
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


def _disclosure(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    decided = meeting.chosen("A13", "disclosure_decision", DisclosureDecision)
    if decided and decided.reaches_somebody and not meeting.live(e.Disclosure):
        yield Gap(
            item="A13",
            field="disclosures",
            message="To whom, exactly what, by whom and by when?",
            stops=Stops.CLOSING,
        )


def _level(meeting: Meeting, area: Area) -> Iterator[Gap]:
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


def _new_actions(meeting: Meeting, area: Area) -> Iterator[Gap]:
    following = meeting.day("A18", "next_review_date")
    for action in meeting.new_actions:
        if not action.is_live or action.due is None:
            continue
        if following and action.due > following:
            yield Gap(
                item="A16",
                field="due_after_review",
                message=f"Action {action.ref} is due after the next meeting",
                stops=Stops.NOTHING,
                entry=action.id,
            )
        if not area.calendar.is_working_day(action.due):
            yield Gap(
                item="A16",
                field="due_not_worked",
                message=f"Action {action.ref} is due on a day that is not worked",
                stops=Stops.NOTHING,
                entry=action.id,
            )
    owners = {a.name for a in meeting.live(e.Attendance) if a.agency and not a.agency.takes_part}
    for action in meeting.new_actions:
        if action.is_live and action.owner and action.owner in owners:
            yield Gap(
                item="A16",
                field="owner_may_not",
                message=f"Action {action.ref}: lay advisers, observers and administrators own no action",
                stops=Stops.CLOSING,
                entry=action.id,
            )


def _to_confirm(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for kind in (e.Decision, e.RiskRating, e.Action):
        for row in meeting.live(kind):
            if row.read_back is ReadBack.TO_CONFIRM:
                yield Gap(
                    item="A16",
                    field=f"read_back_{row.id}",
                    message=f"{name_of(row)}: typed by somebody else, to be confirmed by the chair",
                    stops=Stops.CLOSING,
                    entry=row.id,
                )


def _notes(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for note in meeting.live(e.Note):
        if not note.place:
            yield Gap(
                item="A18",
                field="note_unplaced",
                message=f"Note {note.number} is not placed",
                stops=Stops.APPROVAL,
                entry=note.id,
            )
        elif note.settled is not YesNo.YES:
            yield Gap(
                item=note.place,
                field="note_waiting",
                message=f"Note {note.number} is not written up",
                stops=Stops.APPROVAL,
                entry=note.id,
            )


def _carried(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for answer in meeting.answers.values():
        if answer.is_unconfirmed:
            described = meeting.field(answer.item, answer.field)
            label = described.label if described else answer.field
            yield Gap(
                item=answer.item,
                field=f"carried_{answer.field}",
                message=f"{label}: carried from last time, not confirmed",
                stops=Stops.APPROVAL,
            )
    for kind in (e.Measure, e.Contingency, e.Order, e.Restriction, e.VictimIssue, e.KeyDate):
        for row in meeting.live(kind):
            if row.is_unconfirmed:
                yield Gap(
                    item=row.item,
                    field=f"carried_{row.kind}",
                    message=f"{name_of(row)}: carried from last time, not confirmed",
                    stops=Stops.APPROVAL,
                    entry=row.id,
                )


def _comments(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    for comment in meeting.live(e.Comment):
        if comment.settled is not YesNo.YES:
            yield Gap(
                item="A18",
                field="comment_open",
                message=f"Comment {comment.number} is not settled",
                stops=Stops.APPROVAL,
                entry=comment.id,
            )


RULES: Final[tuple[Rule, ...]] = (
    _roles, _quorum, _interests, _statement_repeated, _category_and_level, _old_actions,
    _round_table, _restricted_parts, _risk, _plan, _disclosure, _level, _new_actions,
    _to_confirm, _notes, _carried, _comments,
)  # fmt: skip
"""Every rule; each has a test that shows it found and not found."""
