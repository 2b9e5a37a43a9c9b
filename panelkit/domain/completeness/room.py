"""Owed by the room: who chairs, quorum, interests, the statement, the round table, restricted parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.attendance import (
    in_room,
    organisations_unheard,
    quorum,
    stay_of,
)
from panelkit.domain.calling import never_rung
from panelkit.domain.completeness.gap import Gap
from panelkit.domain.emergency import age_contradicted
from panelkit.domain.meeting import Meeting
from panelkit.domain.returns import is_offered
from panelkit.domain.vocabulary import (
    AgeGroup,
    MeetingKind,
    MeetingRole,
    Stops,
    YesNo,
)

NAMED: Final = 4
"""Organisations that one gap names."""


def roles(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Somebody chairs, somebody takes minutes."""
    for role in (MeetingRole.CHAIR, MeetingRole.MINUTE_TAKER):
        if meeting.role(role) is None:
            stops = Stops.CLOSING if role is MeetingRole.CHAIR else Stops.APPROVAL
            yield Gap(
                item="A1",
                field=f"role_{role}",
                message=f"{role.label}: nobody is named",
                stops=stops,
            )


def quorum_met(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """Somebody is on the list; a panel that is not quorate says so."""
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


def age(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Nobody is taken for an adult whom the date of birth makes a child, nor the other way round."""
    said = meeting.chosen("A3", "age_group", AgeGroup)
    wrong = age_contradicted(meeting.case, said, meeting.held_on)
    if wrong:
        yield Gap(
            item="A3",
            field="age_contradicted",
            message=wrong,
            stops=Stops.CLOSING,
            why="A child's meeting needs youth justice and children's social care [P].",
        )


def rung(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """For an emergency panel that was rung round: agencies that nobody rang, and that are not there."""
    if meeting.kind is not MeetingKind.EMERGENCY or not meeting.live(e.Call):
        return
    left = never_rung(meeting, area)
    if left:
        more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
        yield Gap(
            item="A1",
            field="not_rung",
            message=f"Nobody was rung, and nobody is here: {'; '.join(left[:NAMED])}{more}",
            stops=Stops.NOTHING,
            why="Who could not be reached is part of the record of an emergency panel [I].",
        )


def interests(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """A declared interest is recorded."""
    declared = meeting.value("A1", "interests_declared") is YesNo.YES
    if declared and not meeting.live(e.Interest):
        yield Gap(
            item="A1",
            field="interests",
            message="An interest was declared and is not recorded",
            stops=Stops.CLOSING,
        )


def statement_repeated(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Everyone in the room has heard the statement."""
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


def round_table(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """Every organisation present was heard, or said nil."""
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


def returns_waiting(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """What organisations wrote before the meeting, and nobody took or set aside."""
    waiting: dict[str, list[str]] = {}
    for line in meeting.live(e.ReturnLine):
        if is_offered(meeting, line):
            waiting.setdefault(line.place, []).append(line.organisation)
    for place, names in waiting.items():
        many = (
            "1 line of a return waits" if len(names) == 1 else f"{len(names)} lines of returns wait"
        )
        yield Gap(
            item=place,
            field="return_lines",
            message=f"{many} here: {'; '.join(dict.fromkeys(names))}",
            stops=Stops.NOTHING,
            why="What an agency sent is read before the panel decides; it is taken or set aside [I].",
        )


def restricted_parts(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """A restricted part has an end."""
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
