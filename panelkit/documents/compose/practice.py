"""What a learner takes away from a practice: item by item, in the layout of a letter of feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panelkit.documents.compose import filling
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Bullets, Document, Labelled, Paragraph, SubHeading
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.practice import Figures, ItemFeedback, Missed, Scenario, totals

OPENING = (
    "This is about one practice on an invented case. It says item by item what the record shows and "
    "what somebody who reads it years later, at an inquest or a review, would look for and not find. "
    "It is no mark, it is for you, and it compares you with nobody."
)
CLOSE = (
    "Rules read the record, and rules can be wrong; what was said in the room and never written down "
    "they cannot know. Where you see it otherwise, talk it through with whoever trains you."
)
SUGGESTION = "A suggestion, found by reading words: it may be wrong."
NOBODY_JUDGED = (
    "Whether people felt welcome",
    "Whether the chair summed up well",
    "Whether the words are fair to everybody they speak of",
)


def compose_practice(
    scenario: Scenario, items: Sequence[ItemFeedback], area: Area, template: Template, *,
    meeting: Meeting, attempt: int, figures: Figures, before: Sequence[tuple[int, Figures]],
    today: date,
) -> Document:  # fmt: skip
    """The sheet. Pure."""
    missed = [one for one in items if one.missed]
    blocks: dict[str, list[Block]] = {
        "opening": [Paragraph(OPENING)],
        "strengths": [block for one in items if one.well for block in _well(one)]
        or [Paragraph("Nothing is recorded yet that could be told here.")],
        "next_time": [block for one in missed for block in _to_mend(one)]
        or [Paragraph("Nothing was found that asks to be done otherwise.")],
        "to_judge": [
            Paragraph("These were not judged: only a person can answer them."),
            Bullets(NOBODY_JUDGED),
        ],
        "close": [Paragraph(CLOSE)],
    }
    front = [
        ("For", f"{scenario.role.label[:1].upper()}{scenario.role.label[1:]}, practising"),
        ("Practised", scenario.title),
        ("Attempt", str(attempt)),
        ("So far", totals(figures)),
        *((f"Attempt {number}", totals(one)) for number, one in before if one),
        ("Not reached", _not_reached(items)),
        ("Day of the story", long_date(today)),
    ]
    return Document(
        title=f"Practice: {scenario.title}", form_label=template.form_label,
        template_version=template.version, marking=area.marking, reference=meeting.case.ref,
        meeting_label="", status="", version="", area=area.name, draft=False, fiction=True,
        sections=sections_of(template, blocks), front=tuple(front), template_id=template.id,
        slots=filling.of_template(template),
    )  # fmt: skip


def _not_reached(items: Sequence[ItemFeedback]) -> str:
    return (
        ", ".join(one.code for one in items if not one.reached) or "Nothing: every item was taken"
    )


def _heading(one: ItemFeedback) -> SubHeading:
    return SubHeading(f"{one.code}  {one.title}".strip())


def _well(one: ItemFeedback) -> list[Block]:
    return [_heading(one), Bullets(one.well)]


def _to_mend(one: ItemFeedback) -> list[Block]:
    blocks: list[Block] = [_heading(one)]
    for missed in one.missed:
        blocks += _one(missed)
    return blocks


def _one(missed: Missed) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(missed.words),
        Labelled("A reader asks:", missed.asks),
        Labelled("Better:", missed.better),
        Paragraph(f"Source: {missed.source}", "note"),
    ]
    if missed.is_suggestion:
        blocks.append(Paragraph(SUGGESTION, "note"))
    return blocks
