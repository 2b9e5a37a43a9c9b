"""What the chair can read aloud at an item, with this meeting's facts in it."""

from __future__ import annotations

from collections.abc import Callable

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.attendance import organisations_unheard
from panelkit.domain.fields import long_date
from panelkit.opened.session import Session
from panelkit.opened.showing import hidden


def said(item: AgendaItem, session: Session, hide: Callable[[str], str] = hidden) -> str:
    """The item's words; a fact that is not known yet is a gap the chair fills in.

    ``hide`` hides what a person typed while the mask is on.
    """
    meeting, area = session.meeting, session.chairing.area
    unheard = organisations_unheard(meeting, area)
    facts = {
        "ref": meeting.ref,
        "level": meeting.level.label,
        "kind": meeting.kind.label,
        "number": str(meeting.number),
        # On a shared screen the chair says what a person typed.
        "purpose": hide(meeting.text("A1", "purpose_statement").strip().removesuffix(".")) or "…",
        "statement": area.statement
        or "Read the statement, or draw attention to the copy that was sent.",
        "lead_agency": meeting.text("A3", "lead_agency") or "Lead agency",
        "next_agency": unheard[0] if unheard else "Everyone has been heard; anything to add",
        "next_date": long_date(meeting.day("A18", "next_review_date")) or "…",
    }
    words = item.say
    for name, fact in facts.items():
        words = words.replace("{" + name + "}", fact)
    return words
