"""Audits and observations of invented meetings: answers by lot, mostly good."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from random import Random

from panelkit.domain.audit_forms import Form, Question
from panelkit.domain.auditing import Audit, AuditState, Mark
from panelkit.domain.meeting import Meeting
from panelkit.fiction.histories import new_id
from panelkit.fiction.world import World


def audit_of(
    world: World, meeting: Meeting, form: Form, who: str, day: date, chance: Random
) -> Audit:
    """A finished one, by somebody who neither chaired nor minuted the meeting."""
    at = datetime.combine(day, time(11), UTC)
    marks = tuple(
        Mark(
            id=new_id(chance), question=question.id, chosen=_answer(world, question, chance),
            marked_by=who, marked_at=at, revision=2,
        )
        for question in form.questions
    )  # fmt: skip
    return Audit(
        id=new_id(chance), meeting_id=meeting.id, meeting_ref=meeting.ref, form=form, auditor=who,
        begun_at=at, marks=marks, state=AuditState.FINISHED, finished_at=at, revision=2,
    )  # fmt: skip


def _answer(world: World, question: Question, chance: Random) -> str:
    """Options stand best first."""
    keys = [option.key for option in question.options]
    places = {"best": 0, "next": 1, "last": len(keys) - 1}
    place = places[world.draw("audit_mark", chance)]
    return keys[min(place, len(keys) - 1)] if keys else ""
