"""Actions of an invented case: set, done in time or late, carried, and some that say too little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.meeting import Meeting
from panelkit.domain.starting import carried_action, open_actions
from panelkit.domain.timescales import previous_working_day
from panelkit.domain.vocabulary import ActionStatus, Priority, RiskGroup, YesNo
from panelkit.fiction.attendance import There
from panelkit.fiction.course import Held
from panelkit.fiction.histories import new_id
from panelkit.fiction.world import World

SMART = 0.8
"""Actions that meet every test."""
STUCK = 0.5
"""Actions that were carried once and would be done now: half of them go on."""
_RISKS = (RiskGroup.KNOWN_ADULT, RiskGroup.CHILDREN, RiskGroup.PUBLIC)

Words = Callable[[str, str], str]
"""A sentence of a section, filled in for the case."""


def set_here(
    world: World, area: Area, held: Held, there: There, stamp: dict[str, Any], words: Words,
    chance: Random,
) -> Iterator[e.Action]:  # fmt: skip
    """New ones, owned by whoever came."""
    if not there.came:
        return
    many = int(world.draw("new_actions", chance))
    for number in range(1, many + 1):
        organisation, owner = chance.choice(there.came)
        green = chance.random() < SMART
        kind = "action.smart" if green else "action.vague"
        yield e.Action(
            id=new_id(chance), number=number, set_at=held.number, text=words(kind, "text"),
            risk=(chance.choice(_RISKS),) if green or chance.random() < 0.5 else (), owner=owner,
            organisation=organisation.name, due=_due(area, held, chance),
            priority=Priority.HIGH if chance.random() < 0.3 else Priority.NORMAL,
            success_measure=words("action.smart", "success") if green else "", accepted=YesNo.YES,
            **stamp,
        )  # fmt: skip


def _due(area: Area, held: Held, chance: Random) -> date:
    """A working day before the next meeting."""
    room = ((held.next_day or held.day + timedelta(days=35)) - held.day).days
    day = held.day + timedelta(days=chance.randint(min(5, room), max(6, room - 2)))
    return max(previous_working_day(day, area.calendar), held.day + timedelta(days=1))


def looked_at(
    world: World, meeting: Meeting, last: Meeting, stamped: str, stamp: dict[str, Any], words: Words,
    chance: Random,
) -> Iterator[e.Action]:  # fmt: skip
    """What became of each that was still to be done."""
    for action in open_actions(last):
        carried = replace(carried_action(meeting, action, stamped), confirmed_by=stamp["typed_by"])
        yield replace(carried, **stamp, **_became(world, carried, last, meeting, words, chance))


def _became(
    world: World, action: e.Action, last: Meeting, meeting: Meeting, words: Words, chance: Random
) -> dict[str, Any]:
    lot, due, today = (
        world.draw("old_action", chance),
        action.due or meeting.held_on,
        meeting.held_on,
    )
    if lot == "complete" and action.times_carried and chance.random() < STUCK:
        lot = "part"
    if lot in ("superseded", "no_longer_needed"):
        return {"status": ActionStatus(lot), "outcome": words("action.outcome", "superseded")}
    if lot == "complete":
        done = max(last.held_on + timedelta(days=1), due - timedelta(days=chance.randint(0, 9)))
        if done <= today:
            return _done(done, words("action.outcome", "complete"))
    if lot == "late":
        done = due + timedelta(days=chance.randint(1, 18))
        if due < today:
            return _done(min(done, today), words("action.outcome", "late"))
    said: dict[str, Any] = {
        "status": ActionStatus.NOT_STARTED if lot == "not_started" else ActionStatus.PART,
        "reason_not_done": words("action.outcome", "not_done"), "carry_forward": YesNo.YES,
    }  # fmt: skip
    said["new_due"] = max(due, today + timedelta(days=chance.randint(14, 42)))
    return said


def _done(day: date, outcome: str) -> dict[str, Any]:
    return {"status": ActionStatus.COMPLETE, "completed_on": day, "outcome": outcome}
