"""The agenda that a planned meeting opens with, and that its papers are written with until then."""

from __future__ import annotations

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.meeting import Meeting
from panelkit.domain.renewing import renewed
from panelkit.domain.vocabulary import MeetingState
from panelkit.store.record import Record


def of_today(record: Record, meeting: Meeting, agenda: tuple[AgendaItem, ...]) -> Meeting:
    """A planned meeting with the agenda that it opens with; see :func:`renewed`. One that went to
    another desk keeps the agenda that both desks have."""
    if meeting.state is not MeetingState.PLANNED or meeting.agenda == agenda:
        return meeting
    return meeting if record.hand_overs(meeting.id) else renewed(meeting, agenda)
