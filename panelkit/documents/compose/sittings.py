"""The papers of a whole sitting: an invitation for one organisation, and the list of who sends what.

Nothing of a case stands in either but its reference. The invitation says nothing of any other
organisation; the list names all of them and is for the office.
"""

from __future__ import annotations

from panelkit.documents.compose import filling
from panelkit.documents.compose.board import cut
from panelkit.documents.compose.parts import EMPTY, column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Facts, Paragraph, Table
from panelkit.domain.fields import long_date
from panelkit.domain.sent_out import SentKind
from panelkit.domain.sitting_papers import InvitationPaper, MeetingLine, PapersList

NO_JOINING = "How to join follows in a message of its own."


def compose_sitting_invitation(paper: InvitationPaper, template: Template) -> Document:
    """The letter: when, which meetings, how to join, what is asked."""
    many = len(paper.lines)
    wanted, day = paper.report_by, f"{paper.held_on:%A} {long_date(paper.held_on)}"
    by = " as soon as you can"
    if wanted is not None and wanted > paper.made_on:
        by = f", by {wanted:%A} {long_date(wanted)},"
    values = {
        "meetings": f"{many} meetings" if many > 1 else "a meeting",
        "day": day,
        "report_by": by,
    }

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    when = (
        ("Date", day), ("First of your meetings", paper.starts or "To be confirmed"),
        ("Last of them ends", paper.ends or "To be confirmed"),
        ("Held", paper.mode or "To be confirmed by the co-ordinator"),
    )  # fmt: skip
    joining = Paragraph(paper.joining, "callout") if paper.joining else Paragraph(NO_JOINING)
    blocks: dict[str, list[Block]] = {
        "letter": [words("letter")],
        "details": [Facts(when, "When and how the meetings are held")],
        "meetings": [_meetings(paper.lines)],
        "joining": [words("joining"), joining],
        "report": [words("report")] if wanted else [],
    }
    front = (
        ("To", paper.organisation), ("Reference", paper.ref),
        ("Date of this letter", long_date(paper.made_on)),
    )  # fmt: skip
    return Document(
        title="Invitation to MAPPA meetings", form_label=template.form_label,
        template_version=template.version, marking=paper.marking, reference=paper.ref,
        meeting_label="", status="", version="", area=cut(paper.area, 80), draft=False,
        fiction=paper.fiction, sections=sections_of(template, blocks), front=front,
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip


def compose_papers_list(paper: PapersList, template: Template) -> Document:
    """The sitting, its meetings, what each organisation sends, what is sent to each."""
    office = Paragraph(
        "This list names the organisations of several cases. It is for nobody outside the office.",
        "warning",
    )
    wanted = tuple((w.organisation, w.ref, w.what, w.by, w.stands) for w in paper.wanted)
    sent = tuple((line.organisation, line.by, *line.stands) for line in paper.sent)
    blocks: dict[str, list[Block]] = {
        "sitting": [office, Facts(paper.facts, "The sitting")],
        "meetings": [_meetings(paper.meetings, papers=True)],
        "wanted": [
            Table(
                (
                    column("Organisation", 2.2, strong=True), column("Meeting", 1.2, keep=True),
                    column("What", 1.4), column("By", 1.3), column("How it stands", 1.6),
                ),
                wanted, "What each organisation sends, by when",
            )
        ] if wanted else [Paragraph("Nobody is on the lists of these meetings yet.")],
        "sent": [
            Table(
                (
                    column("Organisation", 2.2, strong=True), column("By", 1.3),
                    *(column(kind.label, 1.4) for kind in SentKind),
                ),
                sent, "What is sent to each organisation, by when",
            )
        ] if sent else [Paragraph("Nobody is on the lists of these meetings yet.")],
    }  # fmt: skip
    return Document(
        title="Papers for a sitting", form_label=template.form_label,
        template_version=template.version, marking=paper.marking, reference=paper.ref,
        meeting_label="", status=long_date(paper.made_on), version="", area=cut(paper.area, 80),
        draft=False, fiction=paper.fiction, sections=sections_of(template, blocks, landscape=("wanted",)),
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip


def _meetings(lines: tuple[MeetingLine, ...], *, papers: bool = False) -> Table:
    columns = [
        column("Starts", 0.7, keep=True), column("Reference", 1.3, keep=True, strong=True),
        column("Meeting", 1.6), column("Booked", 0.9, keep=True),
    ]  # fmt: skip
    if papers:
        columns.append(column("Sent out for it", 2.4))
    rows = tuple(
        (
            line.starts or EMPTY, line.ref, line.title, f"{line.minutes} min",
            *((line.paper,) if papers else ()),
        )
        for line in lines
    )  # fmt: skip
    return Table(tuple(columns), rows, "The meetings in their order")
