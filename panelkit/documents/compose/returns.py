"""The form that an organisation fills in before a meeting, as a typed tree.

Its sentences are the template's wording; its lines are those of the workbook, under the same keys,
so that what comes back is read by the same rules.
"""

from __future__ import annotations

from panelkit.documents.compose import filling
from panelkit.documents.compose.board import cut
from panelkit.documents.compose.parts import column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Paragraph, Table
from panelkit.domain import return_paper as p
from panelkit.domain.fields import long_date
from panelkit.domain.return_paper import ReturnPaper

_WIDE = {
    "Line": 0.5, "Action": 0.6, "Item": 0.5, "Question": 2.1, "Your answer": 3.2,
    "May it be minuted? (yes or no)": 0.9, "Who may have it": 1.1, "Set on": 0.9, "Due": 0.9,
    "What is to be done": 2, "Owner": 0.9, "How it stands": 1, "Done on": 0.9,
    "What difference it made, or why it is not done": 2.6,
}  # fmt: skip


def compose_return(paper: ReturnPaper, template: Template) -> Document:
    """The form: what is asked, the answer in short, what can be told, open actions, the way back."""
    values = {
        "organisation": paper.organisation, "number": paper.number, "due": long_date(paper.due),
    }  # fmt: skip

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    first = tuple((key, ask, "") for key, ask in p.FIRST)
    told = tuple((key, one.item, one.ask, "", "", "") for key, one in paper.questions)
    blocks: dict[str, list[Block]] = {
        "opening": [words("opening")],
        "first": [_table(p.FIRST_HEADS, first, "Your answer in short, one line each")],
        "told": [words("told"), _table(p.TOLD_HEADS, told, "Questions, and room for your answers")]
        if told
        else [],
        "actions": [words("actions"), _actions(paper)] if paper.actions else [],
        "answer": [words("answer")],
    }
    subject = (("About", paper.subject),) if paper.subject else ()
    return Document(
        title="Return before a MAPPA meeting", form_label=template.form_label,
        template_version=template.version, marking=paper.marking, reference=paper.ref,
        meeting_label="", status="", version="", area=cut(paper.area, 80), draft=False,
        fiction=paper.fiction, sections=sections_of(template, blocks), template_id=template.id,
        front=(
            (p.WHOSE[0], paper.number), (p.WHOSE[1], paper.ref), ("Held", paper.about), *subject,
            ("To", paper.organisation), ("Answer by", long_date(paper.due)),
        ),
        slots=filling.of_template(template),
    )  # fmt: skip


def _table(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], alt: str) -> Table:
    columns = tuple(
        column(head, _WIDE[head], keep=place == 0, strong=place == 0)
        for place, head in enumerate(heads)
    )
    return Table(columns, rows, alt)


def _actions(paper: ReturnPaper) -> Table:
    heads = paper.action_heads
    rows = tuple(
        tuple(
            {
                "Action": one.ref, "Set on": one.set_on, "Due": one.due,
                "What is to be done": one.words or "by reference only", "Owner": one.owner,
            }.get(head, "")
            for head in heads
        )
        for one in paper.actions
    )  # fmt: skip
    return _table(heads, rows, f"Open actions of {paper.organisation}, by reference")


def own_words(document: Document) -> tuple[str, ...]:
    """Every paragraph outside a table that the form itself says, so that what was written beside it
    can be told from it."""
    said = [
        document.title, document.form_label, document.area, document.marking, document.reference,
    ]  # fmt: skip
    for section in document.sections:
        said.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                said += block.text.splitlines()
    return tuple(words for words in said if words.strip())
