"""The board's page as a document: four short parts on one side of A4.

What would make it longer is bounded here: words of the area's own (questions, sources) are cut,
rows are few, and what is left out is in the figures themselves.
"""

from __future__ import annotations

from panelkit.documents.compose import filling
from panelkit.documents.compose.parts import column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.templates import Template
from panelkit.documents.tree import Barred, Block, Document, Paragraph, Table
from panelkit.documents.word_widths import text_width
from panelkit.domain.area import Area
from panelkit.domain.board import BoardReport, Headline, ToWorkOn
from panelkit.domain.fields import long_date

QUESTION, SOURCE, MISSING, WELL = 88, 190, 130, 200
"""Ordinary characters shown of a question, of the sources of targets, of what is not recorded, of
what went well."""


def compose_board(report: BoardReport, area: Area, template: Template) -> Document:
    """The page."""
    blocks: dict[str, list[Block]] = {
        "audited": [Paragraph(" ".join(report.sampled))],
        "figures": _figures(report),
        "trends": _trends(report),
        "defects": _defects(report),
    }
    sections = sections_of(template, blocks)
    leaves = (
        f" · To leave the area: nothing of fewer than {report.outside}" if report.outside else ""
    )
    return Document(
        title="Quality of MAPPA meetings", form_label=template.form_label,
        template_version=template.version, marking=area.marking, reference="", meeting_label="",
        status=f"{long_date(report.start)} to {long_date(report.end)}{leaves}", version="",
        area=cut(area.name, 80), draft=False, fiction=report.fiction, sections=sections,
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip


def cut(text: str, most: int) -> str:
    """On one line, as wide as so many ordinary characters at most: broad ones count for more."""
    plain = " ".join(text.split())
    room = text_width("n" * most, 20)
    if text_width(plain, 20) <= room:
        return plain
    kept = plain[:most]
    while text_width(f"{kept}…", 20) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _figures(report: BoardReport) -> list[Block]:
    rows = tuple((one.title, _barred(one), _target(one)) for one in report.headlines)
    blocks: list[Block] = []
    if rows:
        columns = (
            column("Figure", 1.55, strong=True), column("Result; the thin line is the target", 1.6),
            column("Target", 1.9),
        )  # fmt: skip
        blocks.append(Table(columns, rows, "Key figures, with a bar for each in its words"))
    notes = []
    if report.not_recorded:
        notes.append(cut(f"Not recorded: {'; '.join(report.not_recorded)}.", MISSING))
    sources = dict.fromkeys(one.source for one in report.headlines if one.source)
    if sources:
        notes.append(cut(f"Targets: {'; '.join(sources)}", SOURCE))
    return [*blocks, *([Paragraph(" ".join(notes), "note")] if notes else [])]


def _barred(one: Headline) -> Barred:
    share = None if one.percent is None else one.percent / 100
    return Barred(one.words, share, None if one.target is None else one.target / 100)


def _target(one: Headline) -> str:
    if one.target is None:
        said = "no target"
    else:
        reached = {True: ", reached", False: ", not reached", None: ""}[one.reached]
        said = f"{one.target} %{reached}"
    return f"{said}; {one.note}" if one.note else said


def _trends(report: BoardReport) -> list[Block]:
    if not report.trends and not report.coded:
        least = f"{report.outside} answers or more" if report.outside else "an answer"
        return [Paragraph(f"No question has {least} of an auditor in the last of these quarters.")]
    blocks: list[Block] = []
    if report.trends:
        columns = (
            column("Question, mean of its answers", 3),
            *(column(label, 0.75, keep=True) for label in report.quarters),
        )
        rows = tuple((cut(one.question, QUESTION), *one.points) for one in report.trends)
        blocks.append(Table(columns, rows, "Questions over four quarters"))
    shown = len(report.trends)
    few = f"; those of fewer than {report.outside} are not among them" if report.outside else ""
    words = [f"The {shown} lowest of {report.trends_of} questions with an answer{few}."] if shown else []  # fmt: skip
    blocks.append(Paragraph(" ".join([*words, *report.coded]), "note"))
    return blocks


def _defects(report: BoardReport) -> list[Block]:
    well: list[Block] = []
    if report.well:
        meetings = "the one meeting" if report.read == 1 else f"any of {report.read} meetings"
        said = "; ".join(report.well)
        well = [Paragraph(cut(f"Nothing was found in {meetings} on: {said}.", WELL))]
    if not report.defects:
        none = "No meeting was read." if not report.read else "The rules found nothing to work on."
        return [Paragraph(none), *well]
    columns = (
        column("Matter", 1.5, strong=True), column("Fell short in", 0.9), column("What helps", 2.4),
    )  # fmt: skip
    table = Table(columns, tuple(map(_row, report.defects)), "What was found most often")
    return [*well, table]


def _row(one: ToWorkOn) -> tuple[str, str, str]:
    suggests = " (suggestion)" if one.is_suggestion else ""
    share = None if one.percent is None else one.percent / 100
    return (f"{one.title}{suggests}", Barred(one.words, share), one.advice)
