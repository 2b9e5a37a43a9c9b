"""The board's quarterly report as a document: what to know first, then block by block.

Two to four pages: what would make it longer is left to the CSV by ``stats.quarter_paper``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from panelkit.documents.compose import filling
from panelkit.documents.compose.board import cut
from panelkit.documents.compose.parts import column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.templates import Template
from panelkit.documents.tree import (
    Barred,
    Block,
    Bullets,
    Document,
    Labelled,
    Paragraph,
    Picture,
    Table,
)
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.quarterly_paper import Attending, Grid, QuarterlyPaper

_NAME: Final = 96
"""Ordinary characters shown of an organisation's or a row's name."""
_RING: Final = 44


def compose_quarterly(
    paper: QuarterlyPaper, area: Area, template: Template, charts: Mapping[str, Picture | str]
) -> Document:
    """The report. ``charts`` by section: a picture, or a sentence why there is none."""
    blocks: dict[str, list[Block]] = {
        "short": [Labelled(f"{label}.", sentences) for label, sentences in paper.points],
        **{key: list(_section(paper, key, charts)) for key in paper.grids},
        "notes": [Bullets(paper.notes)] if paper.notes else [],
    }
    sections = sections_of(template, blocks)
    so_far = ", so far" if paper.is_so_far else ""
    leaves = f" · To leave the area: nothing of fewer than {paper.outside}" if paper.outside else ""
    quarter = paper.quarter
    return Document(
        title=f"Quarterly report to the board, {quarter.label}",
        form_label=template.form_label, template_version=template.version, marking=area.marking,
        reference="", meeting_label="",
        status=f"{long_date(quarter.start)} to {long_date(quarter.end)}{so_far}{leaves}", version="",
        area=cut(paper.area, 80), draft=False, fiction=paper.fiction, sections=sections,
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip


def _section(
    paper: QuarterlyPaper, key: str, charts: Mapping[str, Picture | str]
) -> Iterator[Block]:
    chart = charts.get(key)
    if isinstance(chart, Picture):
        yield chart
    elif chart:
        yield Paragraph(chart, "warning")
    if key == "attendance":
        yield from _attending(paper)
    grid = paper.grids[key]
    if grid.rows:
        yield _grid(paper, grid, key)
    if grid.notes:
        yield Paragraph(" ".join(grid.notes), "note")


def _attending(paper: QuarterlyPaper) -> Iterator[Block]:
    if paper.attending:
        columns = (
            column("Organisation", 2.1, strong=True), column("Level", 0.6, keep=True),
            *(column(label, 0.8, keep=True) for label in paper.quarters), column("To ring", 1.9),
        )  # fmt: skip
        rows = tuple(map(_attended, paper.attending))
        yield Table(columns, rows, "Panels that each organisation attended, of those it was required at")  # fmt: skip
    said = [
        "Panels attended of those at which an organisation was required and of which attendance "
        "was recorded; the lowest first. The thin line is the target."
        if paper.attending else "", paper.attending_note,
    ]  # fmt: skip
    if any(said):
        yield Paragraph(" ".join(words for words in said if words), "note")


def _attended(one: Attending) -> tuple[str, ...]:
    *before, now = one.points
    ring = "–" if not one.ring else cut(one.ring, _RING)
    return (
        cut(one.organisation, _NAME), one.level, *before, Barred(now, one.share, one.target), ring
    )  # fmt: skip


def _grid(paper: QuarterlyPaper, grid: Grid, key: str) -> Table:
    columns = (column("What", 3.2), *(column(label, 1) for label in paper.quarters))
    rows = tuple((cut(name, _NAME), *values) for name, values in grid.rows)
    return Table(columns, rows, f"Figures of four quarters side by side: {key.replace('_', ' ')}")
