"""Owed by actions: old ones taken one by one, new ones with an owner who may and a day that is worked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness.gap import Gap
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import (
    ActionStatus,
    Stops,
)


def old_actions(meeting: Meeting, _area: Area) -> Iterator[Gap]:
    """No carried action is left without a status, and what that status asks."""
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


def new_actions(meeting: Meeting, area: Area) -> Iterator[Gap]:
    """A day that is worked, before the next meeting, and an owner who may."""
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
