"""Owed by a transfer to another area: it is no exit, and it is decided there."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness.gap import Gap
from panelkit.domain.meeting import Meeting
from panelkit.domain.transfers import open_transfers, owed_for
from panelkit.domain.vocabulary import LevelDecision, Stops, TransferAnswer

WHY = "A transfer is no exit: the level continues until the receiving area decides [P]."


def transfers(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """A transfer is no exit, its days follow one another, and what comes next is in sight."""
    leaves = meeting.value("A15", "level_decision") is LevelDecision.EXIT
    going_on = open_transfers(meeting)
    if leaves and going_on:
        yield Gap(
            item="A15",
            field="transfer_no_exit",
            message=f"{going_on[0].to_area or 'Another area'} is asked to take the case over: that is no exit from MAPPA",
            stops=Stops.CLOSING,
            why=WHY,
            can_park=False,
        )
    for one in meeting.live(e.Transfer):
        if wrong := _wrong_days(one):
            yield Gap(
                item="A15",
                field="transfer_days",
                message=f"Transfer {one.number}: {wrong}",
                stops=Stops.APPROVAL,
                why=WHY,
                entry=one.id,
            )
    for one in going_on:
        for owed in owed_for(meeting, one, area):
            yield Gap(
                item="A15",
                field=f"transfer_owed_{owed.words}",
                message=f"{owed.by_whom} owes {owed.to_whom} {owed.words}",
                stops=Stops.NOTHING,
                why=f"{owed.rule}: {owed.source}" if owed.rule else WHY,
                entry=one.id,
            )


def _wrong_days(one: e.Transfer) -> str:
    """The first day that cannot be so, in words; blank where all may."""
    if one.answered_on and one.asked_on and one.answered_on < one.asked_on:
        return "decided before it was asked"
    if one.answer is not None and one.answered_on is None:
        return "the receiving area decided, and the day is not recorded"
    if one.answer is not None and not one.answered_by.strip():
        return "the receiving area decided, and who decided there is not recorded"
    if one.handed_over_on is not None and one.answer is not TransferAnswer.ACCEPTED:
        return "the plan is handed over, and the receiving area has not accepted"
    if one.handed_over_on and one.answered_on and one.handed_over_on < one.answered_on:
        return "the plan was handed over before the receiving area decided"
    return ""
