"""A letter of feedback as a document: strengths first, a few steps, what only a person can say."""

from __future__ import annotations

from datetime import date

from panelkit.documents.compose import filling
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import (
    Block,
    Bullets,
    Document,
    Labelled,
    Paragraph,
    SubHeading,
)
from panelkit.domain.area import Area
from panelkit.domain.feedback import Letter, Step, Strength
from panelkit.domain.fields import long_date

SUGGESTION = "A suggestion: a rule that reads words says so, and it may be wrong."


def compose_feedback(
    letter: Letter, area: Area, template: Template, *, reference: str, today: date
) -> Document:
    """The letter; ``reference`` is that of the case, on every page."""
    values = {
        "role": letter.to.label, "reference": letter.ref,
        "audited": "yes" if letter.audits else "",
    }  # fmt: skip
    blocks: dict[str, list[Block]] = {
        "opening": [Paragraph(fill_wording(template, "opening.j2", values))],
        "strengths": _strengths(letter),
        "next_time": _steps(letter),
        "remarks": [Bullets(letter.remarks)] if letter.remarks else [],
        "to_judge": _to_judge(letter),
        "close": [Paragraph(fill_wording(template, "close.j2", values))],
    }
    sections = sections_of(template, blocks)
    role = letter.to.label
    to = f"{letter.name}, {role}" if letter.name.strip() else f"{role[:1].upper()}{role[1:]}"
    front = (
        ("To", to),
        ("Meeting", f"{letter.meeting}, {long_date(letter.held_on)}"),
        ("Reference", letter.ref),
        ("Minutes", f"{letter.minutes[:1].upper()}{letter.minutes[1:]} when they were read"),
        ("Date of this letter", long_date(today)),
        ("Drawn from", _drawn_from(letter)),
    )
    return Document(
        title=f"Feedback on a meeting, for {role}", form_label=template.form_label,
        template_version=template.version, marking=area.marking, reference=reference,
        meeting_label="", status="", version="", area=area.name, draft=False,
        fiction=letter.fiction, sections=sections, front=front, template_id=template.id,
        slots=filling.of_template(template),
    )  # fmt: skip


def _drawn_from(letter: Letter) -> str:
    lines = ["The record of the meeting, read by the audit's rules"]
    for one in letter.audits:
        on = f", finished on {long_date(one.finished_on)}" if one.finished_on else ""
        lines.append(f"Audit form {one.form} by {one.auditor}{on}")
    return "\n".join(lines)


def _strengths(letter: Letter) -> list[Block]:
    if not letter.strengths:
        return [
            Paragraph(
                "The record alone does not show what went well in this part. That may say more "
                "about what was written down than about the meeting."
            )
        ]
    return [block for one in letter.strengths for block in _strength(one)]


def _strength(one: Strength) -> list[Block]:
    shown = "\n".join((*one.said, *(_sentence(words) for words in one.evidence)))
    blocks: list[Block] = [
        Labelled(f"{one.title}.", shown),
        Paragraph(f"Why it matters: {one.why}", "note"),
    ]
    if one.is_suggestion:
        blocks.append(Paragraph(SUGGESTION, "note"))
    return blocks


def _steps(letter: Letter) -> list[Block]:
    if not letter.steps:
        return [
            Paragraph("Nothing was found in the record that asks to be done otherwise next time.")
        ]
    blocks = [block for n, step in enumerate(letter.steps, 1) for block in _step(n, step)]
    if letter.left:
        more = "is one more matter" if letter.left == 1 else f"are {letter.left} more matters"
        blocks.append(
            Paragraph(
                f"There {more} in the audit of this meeting, left out so that this stays short. "
                "Ask for the whole of it if you would like it.",
                "note",
            )
        )
    return blocks


def _step(number: int, step: Step) -> list[Block]:
    shown = [*step.said, *(_at(quote.place, quote.words) for quote in step.quotes)]
    if step.more:
        shown.append(f"and {step.more} more place{'' if step.more == 1 else 's'} like these")
    blocks: list[Block] = [SubHeading(f"{number}. {step.title}"), Bullets(tuple(shown))]
    if step.is_suggestion:
        blocks.append(Paragraph(SUGGESTION, "note"))
    blocks += [Labelled("Next time:", step.advice), Paragraph(f"Why: {step.why}", "note")]
    return blocks


def _at(place: str, words: str) -> str:
    """A place that is a question needs no colon."""
    return f"{place} {words}" if place.endswith("?") else f"{place}: {words}"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "”", "…", "?", "!")) else f"{words}."


def _to_judge(letter: Letter) -> list[Block]:
    if not letter.to_judge:
        return []
    return [
        Paragraph("These were not judged: only somebody who was there can answer them."),
        Bullets(letter.to_judge),
    ]
