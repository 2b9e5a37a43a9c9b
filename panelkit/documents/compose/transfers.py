"""Letters of a transfer to another area: the agency's request, and the notice to those here.

By reference only: nothing of the case, nobody it is about, no word of a meeting.
"""

from __future__ import annotations

from datetime import date

from panelkit.documents.compose.letters import letter_of
from panelkit.documents.compose.parts import column, printed
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Facts, Paragraph, Table
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.transfers import owed_for, standing


def compose_transfer(
    meeting: Meeting, area: Area, template: Template, transfer: e.Transfer, *, today: date
) -> Document:
    """The letter that the template is for; both have the same facts and different readers."""
    values = {
        "owner": transfer.owner or "the agency that owns the case",
        "there": transfer.to_area or "the receiving area",
        "holder": transfer.plan_holder or "the agency that owns the case",
        "reference": meeting.case.ref, "level": meeting.level.label,
    }  # fmt: skip

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    facts = (
        ("Owned by", transfer.owner or "Not recorded"),
        ("Receiving area", transfer.to_area or "Not recorded"),
        ("Asked on", printed(transfer.asked_on) or "With this letter"),
        ("Decided there", " · ".join(x for x in (printed(transfer.answer), printed(transfer.answered_on)) if x) or "Not yet"),
        ("Joint meeting", printed(transfer.joint_on) or "To be agreed"),
        ("Plan held meanwhile by", transfer.plan_holder or "Not recorded"),
    )  # fmt: skip
    rows = tuple(
        (one.by_whom, one.to_whom, one.words, long_date(one.due) or "To be agreed")
        for one in owed_for(meeting, transfer, area)
    )
    columns = (
        column("By", 1.4, strong=True), column("To", 1.4), column("What", 2.4),
        column("Until", 1, keep=True),
    )  # fmt: skip
    owed: list[Block] = [Table(columns, rows, "What is owed, by whom and to whom")] if rows else []
    if template.id == "transfer":
        blocks: dict[str, list[Block]] = {
            "ask": [words("ask")],
            "details": [Facts(facts, "The transfer as it stands")],
            "owed": owed,
            "answer": [words("answer")],
        }
        to = "\n".join(
            x for x in (transfer.coordinator, transfer.to_area, transfer.email.strip()) if x
        )
    else:
        blocks = {
            "standing": [Paragraph(standing(transfer)), Facts(facts, "The transfer as it stands")],
            "meanwhile": [words("meanwhile")],
            "owed": owed,
        }
        to = "The organisations of the panel"
    front = (("To", to), ("Date", long_date(today)), ("Our reference", meeting.case.ref))
    return letter_of(meeting, area, template, template.title, front, blocks)
