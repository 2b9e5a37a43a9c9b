"""Waiting on somebody: the chair to confirm, notes to be placed and written up, what was carried."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness.gap import Gap, name_of
from panelkit.domain.conditions import is_asked
from panelkit.domain.distribution import additions, invited
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    ReadBack,
    Stops,
    YesNo,
)


def to_confirm(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """What somebody else typed waits for the chair."""
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


def notes(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Every note has a place and is written up."""
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


def carried(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """What was carried is confirmed or changed, where this meeting asks for it: a review does not ask
    again why the case was referred, and nobody is shown a field for it.
    """
    for answer in meeting.answers.values():
        described = meeting.field(answer.item, answer.field)
        if described is not None and not is_asked(described, meeting, area):
            continue
        if answer.is_unconfirmed:
            label = described.label if described else answer.field
            yield Gap(
                item=answer.item,
                field=f"carried_{answer.field}",
                message=f"{label}: carried from last time, not confirmed",
                stops=Stops.APPROVAL,
            )
    for kind in (
        e.Measure, e.Contingency, e.Order, e.Restriction, e.VictimIssue, e.KeyDate, e.Transfer,
    ):  # fmt: skip
        for row in meeting.live(kind):
            if row.is_unconfirmed:
                yield Gap(
                    item=row.item,
                    field=f"carried_{row.kind}",
                    message=f"{name_of(row)}: carried from last time, not confirmed",
                    stops=Stops.APPROVAL,
                    entry=row.id,
                )


def recipients(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """Whoever was not invited receives minutes only with the chair's approval recorded."""
    for row in additions(meeting):
        if row.approved is not YesNo.YES:
            yield Gap(
                item="A17",
                field="recipients.approved",
                message=f"{row.organisation} was not invited: the chair's approval is not recorded",
                stops=Stops.APPROVAL,
                why="Default recipients are the agencies invited; any addition needs the chair [R].",
                entry=row.id,
                can_park=False,
            )
    listed = {row.organisation.strip().casefold() for row in meeting.live(e.Recipient)}
    if not listed:
        return
    for name in invited(meeting):
        if name.casefold() not in listed:
            yield Gap(
                item="A17",
                field=f"not_listed_{name}",
                message=f"{name} was invited and is not on the distribution list",
                stops=Stops.NOTHING,
            )


def comments(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """A comment of the chair that nobody has settled."""
    for comment in meeting.live(e.Comment):
        if comment.settled is not YesNo.YES:
            yield Gap(
                item="A18",
                field="comment_open",
                message=f"Comment {comment.number} is not settled",
                stops=Stops.APPROVAL,
                entry=comment.id,
            )
