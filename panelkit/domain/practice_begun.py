"""How the meeting of a practice begins, from a pack that holds a whole one.

A chair has it as a meeting is planned: carried from the last one, or new with the people who are
asked. A minute taker has it as it was held, with words left out or spoilt on purpose and the notes
that were taken. Cases and meetings have new ids and one reference, so that nothing of a practice
is ever taken for the pack that it was made of.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.meeting import Answer, By, Meeting, Place
from panelkit.domain.practice import REF
from panelkit.domain.starting import first_meeting, next_meeting
from panelkit.domain.vocabulary import MeetingKind, MeetingState


def renamed(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """The same as a practice's own: one case called ``PRACTICE``, invented, with ids of its own."""
    case = dataclasses.replace(meetings[-1].case, id=str(uuid.uuid4()), ref=REF, fiction=True)
    return tuple(dataclasses.replace(one, id=str(uuid.uuid4()), case=case) for one in meetings)


def to_lead(
    whole: Meeting, last: Meeting | None, by: By, area: Area, papers: Collection[Place]
) -> Meeting:
    """What a chair finds: planned, carried from ``last`` where there is one, else new; with the people
    who were asked, and what the ``papers`` say already.

    Raises Refused where such a meeting may not be held, such as a review of nothing.
    """
    if last is not None:
        made = next_meeting(
            last, level=whole.level, kind=whole.kind, held_on=whole.held_on, by=by, area=area,
            meeting_id=whole.id, agenda=whole.agenda,
        )  # fmt: skip
    else:
        kind = MeetingKind.INITIAL if whole.kind is MeetingKind.REVIEW else whole.kind
        made = first_meeting(
            whole.case, level=whole.level, kind=kind, held_on=whole.held_on, by=by, area=area,
            meeting_id=whole.id, agenda=whole.agenda, number=whole.number,
        )  # fmt: skip
    made = _with_people(made, whole)
    answers = dict(made.answers)
    answers |= {at: one for at, one in whole.answers.items() if at in papers}
    return dataclasses.replace(
        made, slot=whole.slot, booked_minutes=whole.booked_minutes,
        answers=MappingProxyType(answers),
    )  # fmt: skip


def _with_people(made: Meeting, whole: Meeting) -> Meeting:
    people = tuple(
        dataclasses.replace(
            one, status=None, identity=None, private_space=None, report=None, report_on=None,
            spoc_contacted_at="", spoc_outcome="", deputy_for="",
        )
        for one in whole.live(e.Attendance)
    )  # fmt: skip
    return dataclasses.replace(
        made, rows=MappingProxyType({**made.rows, e.Attendance.kind: people})
    )


def to_write_up(
    whole: Meeting, by: By, *, blank: Collection[Place], said_instead: Mapping[Place, str],
    notes: Sequence[tuple[str, str, str]],
) -> Meeting:  # fmt: skip
    """What a minute taker finds: as it was held, some words ``blank`` or other than they should be,
    and ``notes`` as item, who said it and what. Notes of the pack itself are written up already.
    """
    answers: dict[Place, Answer] = {at: one for at, one in whole.answers.items() if at not in blank}
    for at, text in said_instead.items():
        answers[at] = Answer(item=at[0], field=at[1], text=text, typed_by=by.name, typed_at=by.at)
    made = dataclasses.replace(whole, state=MeetingState.OPEN, answers=MappingProxyType(answers))
    for item, speaker, text in notes:
        note = e.Note(id=str(uuid.uuid4()), place=item, speaker=speaker, text=text)
        made = made.add(note, by)
    return made
