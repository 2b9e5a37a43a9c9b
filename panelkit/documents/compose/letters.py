"""Letters: the reply to a request for minutes, and the invitation to the next meeting.

Their sentences are the template's wording, filled from structured values and from what was
written for the request; nothing of the case but its reference is read.
"""

from __future__ import annotations

from datetime import date

from panelkit.documents.compose import filling
from panelkit.documents.compose.parts import CHAIR_FIRST, column, printed
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Bullets, Document, Facts, Paragraph, Table
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.occasion import Occasion, report_by
from panelkit.domain.request_words import LegalBasis, RequestOutcome
from panelkit.domain.requests import Request

_REVIEWED = (LegalBasis.FOI, LegalBasis.ACCESS)
"""Requests whose answer the Information Commissioner may review."""


def compose_reply(
    meeting: Meeting, area: Area, template: Template, request: Request, *, today: date
) -> Document:
    """The letter that answers a request; it encloses a summary only where one was issued."""
    enclosing = request.is_issued and request.outcome is RequestOutcome.SUMMARY
    basis = (printed(request.basis), request.basis_detail.strip().rstrip("."))
    asked = (
        ("Received", long_date(request.received_on)),
        ("You asked as", printed(request.capacity)),
        ("Legal basis", ": ".join(part for part in basis if part)),
    )
    values = {
        "outcome": str(request.outcome or ""), "version": str(request.issued_version or ""),
        "owner": request.owner_agency.strip().rstrip("."),
    }  # fmt: skip

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    decision: list[Block] = [words("decision")]
    told = request.outcome not in (RequestOutcome.NEITHER, RequestOutcome.WITHDRAWN)
    if told and request.grounds:
        decision += [
            Paragraph("We rely on:"),
            Bullets(tuple(ground.label for ground in request.grounds)),
        ]
    blocks: dict[str, list[Block]] = {
        "request": [words("request"), Facts(asked, "Your request as we recorded it")],
        "decision": decision,
        "enclosed": [words("enclosed")] if enclosing else [],
        "owner": [words("owner")] if told and values["owner"] else [],
        "review": [words("review")] if request.basis in _REVIEWED else [],
    }
    front = (
        ("To", "\n".join(x for x in (request.requester, request.reply_to.strip()) if x)),
        ("Date", long_date(today)),
        ("Our reference", f"{meeting.case.ref}, request {request.ref}"),
    )
    return letter_of(meeting, area, template, "Reply to your request for minutes", front, blocks)


def compose_invitation(
    meeting: Meeting, area: Area, template: Template, occasion: Occasion, *,
    items: tuple[tuple[AgendaItem, int], ...], today: date,
) -> Document:  # fmt: skip
    """The invitation with its agenda; ``items`` are those to be held, with planned minutes.

    It lists no organisation: that an adviser of victims or a treatment service comes says
    something of the case.
    """
    wanted = report_by(occasion.day, area.figure("papers_working_days"), area.calendar)
    by = f", by {wanted:%A} {long_date(wanted)}," if wanted > today else " as soon as you can"
    values = {
        "reference": occasion.ref, "level": occasion.level.label, "kind": occasion.kind.label,
        "report_by": by,
    }  # fmt: skip

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    when = (
        ("Date", f"{occasion.day:%A} {long_date(occasion.day)}"),
        ("Start", f"{occasion.starts:%H:%M}" if occasion.starts else "To be confirmed"),
        ("Booked", f"{occasion.minutes} minutes"),
        ("Held", occasion.mode or "To be confirmed by the co-ordinator"),
    )
    rows = tuple(
        (item.code, item.title, item.voice or CHAIR_FIRST, f"{minutes} min")
        for item, minutes in items
    )
    columns = (
        column("Item", 0.5, strong=True), column("Title", 3), column("Speaks first", 1.8),
        column("Planned", 0.7, keep=True),
    )  # fmt: skip
    blocks: dict[str, list[Block]] = {
        "letter": [words("letter")],
        "details": [Facts(when, "When and how the meeting is held")],
        "joining": [words("joining")],
        "report": [words("report")],
        "agenda": [Table(columns, rows, "The agenda")],
    }
    front = (("Reference", occasion.ref), ("Date of this letter", long_date(today)))
    title = f"Invitation to a MAPPA {occasion.level.label} {occasion.kind.label} meeting"
    return letter_of(meeting, area, template, title, front, blocks)


def letter_of(
    meeting: Meeting, area: Area, template: Template, title: str,
    front: tuple[tuple[str, str], ...], blocks: dict[str, list[Block]],
) -> Document:  # fmt: skip
    """The sections of a letter's template, each with its blocks; one without any is left out."""
    sections = sections_of(template, blocks)
    return Document(
        title=title, form_label=template.form_label, template_version=template.version,
        marking=area.marking, reference=meeting.case.ref, meeting_label="", status="", version="",
        area=area.name, draft=False, fiction=meeting.case.fiction, sections=sections, front=front,
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip
