"""What the slots of a house file say of a template and of a meeting: no word about the case."""

from __future__ import annotations

from panelkit.documents.templates import Template
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingRole


def of_template(template: Template) -> tuple[tuple[str, str], ...]:
    """Since when the form applies, and whether the board approved it."""
    approved = template.smb_approved_on
    return (
        ("form date", long_date(template.effective_from)),
        ("board approval", long_date(approved) if approved else ""),
    )


def of_meeting(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """When it was held, as what, and who led and wrote it."""
    chair, taker = meeting.role(MeetingRole.CHAIR), meeting.role(MeetingRole.MINUTE_TAKER)
    return (
        ("meeting date", long_date(meeting.held_on)),
        ("meeting kind", meeting.kind.label.capitalize()),
        ("level", meeting.level.label),
        ("chair", chair.name if chair else ""),
        ("minute taker", taker.name if taker else ""),
    )
