"""Actions across meetings as a document of the office that chases them."""

from __future__ import annotations

from datetime import date

from panelkit.documents.compose import filling
from panelkit.documents.compose.board import cut
from panelkit.documents.compose.parts import EMPTY, column, pieces
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Document, Paragraph, Table
from panelkit.domain.action_list import ActionList, ActionRow
from panelkit.domain.fields import long_date


def compose_actions(paper: ActionList, template: Template) -> Document:
    """What was asked, and each action with what was done about it."""
    many = len(paper.rows)
    asked = f"{many} action{'' if many == 1 else 's'} on {long_date(paper.made_on)}: {paper.asked or 'every open action'}. This list holds actions of several organisations and is for nobody outside the office."
    blocks: dict[str, list[Block]] = {
        "asked": [Paragraph(asked)],
        "actions": [_table(paper)] if paper.rows else [Paragraph("None.")],
    }
    sections = sections_of(template, blocks, landscape=("asked", "actions"))
    return Document(
        title="Actions across meetings", form_label=template.form_label,
        template_version=template.version, marking=paper.marking, reference="", meeting_label="",
        status=long_date(paper.made_on), version="", area=cut(paper.area, 80), draft=False,
        fiction=paper.fiction, sections=sections, template_id=template.id,
        slots=filling.of_template(template),
    )  # fmt: skip


def _table(paper: ActionList) -> Table:
    columns = (
        column("Action", 1.1, keep=True, strong=True), column("Organisation and owner", 1.8),
        column("What is to be done", 2.7), column("Due", 1.3), column("Done about it", 2.2),
    )  # fmt: skip
    return Table(columns, tuple(map(_row, paper.rows)), "Actions across meetings")


def _row(one: ActionRow) -> tuple[str, ...]:
    due = long_date(date.fromisoformat(one.due)) if one.due else "no date"
    carried = f"carried {one.carried} time{'' if one.carried == 1 else 's'}" if one.carried else ""
    return (
        pieces(one.ref, one.level), pieces(one.organisation or EMPTY, one.owner),
        pieces(one.words or EMPTY, carried), pieces(due, one.standing),
        pieces(*one.log) if one.log else EMPTY,
    )  # fmt: skip
