"""A reminder to one organisation about its own open actions, by reference.

Its sentences are the template's wording; what stands in the table was decided before: nothing of
another organisation's actions, and words and owners only where the area says so.
"""

from __future__ import annotations

from panelkit.documents.compose import filling
from panelkit.documents.compose.board import cut
from panelkit.documents.compose.parts import EMPTY, column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Paragraph, Table
from panelkit.domain.fields import long_date
from panelkit.domain.reminder_paper import ReminderLine, ReminderPaper


def compose_reminder(paper: ReminderPaper, template: Template) -> Document:
    """The letter: why it is written, the actions, how to answer."""
    values = {"organisation": paper.organisation, "reference": paper.ref}

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    blocks: dict[str, list[Block]] = {
        "opening": [words("opening")],
        "actions": [_table(paper)],
        "answer": [words("answer")],
    }
    sections = sections_of(template, blocks)
    return Document(
        title="Reminder of open actions", form_label=template.form_label,
        template_version=template.version, marking=paper.marking, reference=paper.ref,
        meeting_label="", status="", version="", area=cut(paper.area, 80), draft=False,
        fiction=paper.fiction, sections=sections, template_id=template.id,
        front=(
            ("To", paper.organisation), ("Date", long_date(paper.made_on)),
            ("Our reference", paper.ref), ("Actions", str(len(paper.lines))),
        ),
        slots=filling.of_template(template),
    )  # fmt: skip


def _table(paper: ReminderPaper) -> Table:
    columns = [
        column("Action", 1.3, keep=True, strong=True), column("Set on", 1.3), column("Due", 1.3),
        column("How it stands", 1.1), column("Reminded before", 1.4),
    ]  # fmt: skip
    if paper.with_words:
        columns[4:4] = [column("What is to be done", 2.8), column("Owner", 1.2)]
    rows = tuple(_row(line, with_words=paper.with_words) for line in paper.lines)
    return Table(tuple(columns), rows, f"Open actions of {paper.organisation}, by reference")


def _row(line: ReminderLine, *, with_words: bool) -> tuple[str, ...]:
    more = (line.words or "by reference only", line.owner or EMPTY) if with_words else ()
    return (line.ref, line.set_on, line.due, line.standing, *more, line.before or "no")
