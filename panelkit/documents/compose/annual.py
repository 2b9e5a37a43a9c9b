"""The annual report as a document: narratives, the year's facts beside them, tables, notes.

Narratives are words that somebody wrote: they are printed and never read as anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from panelkit.documents.compose import filling
from panelkit.documents.compose.parts import column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Paragraph,
    Picture,
    SubHeading,
    Table,
)
from panelkit.domain.annual_paper import (
    NARRATIVES,
    NOTES,
    SLOTS,
    TO_WRITE,
    AnnualPaper,
    Fact,
    PrintedTable,
    YearTotals,
    unwritten,
)
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date

FACTS: Final = "What the record says"
"""The heading that ends a narrative and begins what the record knows of it."""
ATTENDANCE: Final = "Attendance at panels, by organisation"
TAGS: Final = (
    "[V1]: as published area reports count. [I]: this area's own reading, until its co-ordinator "
    "confirms it. A rule that the area has settled names its source."
)
_EMPTY_LINES: Final = re.compile(r"\n[ \t]*\n\s*")


def default_narratives(paper: AnnualPaper, template: Template) -> dict[str, str]:
    """Every narrative as the template words it. Raises BadInput for wording that cannot be filled."""
    values = {
        "area": paper.area, "year": paper.year.label, "year_before": paper.year.before.label,
        "first_day": long_date(paper.year.start), "last_day": long_date(paper.year.end),
    }  # fmt: skip
    return {slot: fill_wording(template, f"{slot}.j2", values) for slot in SLOTS}


def compose_annual(
    paper: AnnualPaper, area: Area, template: Template, narratives: Mapping[str, str],
    chart: Picture | str = "",
) -> Document:  # fmt: skip
    """The report. ``chart`` is the picture of the comparison, or a sentence why there is none."""
    blocks: dict[str, list[Block]] = {
        **{key: [*_narrative(narratives[key]), *_facts(paper, key)] for key in NARRATIVES},
        "statistics": [*_general(paper), *(b for one in paper.tables for b in _table(one))],
        "counting": [Bullets(paper.rules), Paragraph(TAGS, "note")] if paper.rules else [],
        "comparison": _comparison(paper, chart),
        "notes": [block for note in NOTES for block in (
            SubHeading(f"({note.letter}) {note.title}"), *_narrative(narratives[note.key]),
        )],
        "reconciliation": [*_entered(paper), *_sums(paper)],
    }  # fmt: skip
    sections = sections_of(template, blocks, new_page="statistics")
    to_write = unwritten(narratives)
    draft = bool(paper.why_draft(len(to_write)))
    return Document(
        title=f"MAPPA annual report {paper.year.label}", form_label=template.form_label,
        template_version=template.version, marking=area.marking if draft else "", reference="",
        meeting_label="", status=paper.status(len(to_write)), version="", area=paper.area,
        draft=draft, fiction=paper.fiction, sections=sections, front=tuple(_front(paper)),
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a narrative: what empty lines part."""
    return tuple(part for part in _EMPTY_LINES.split(text.strip()) if part)


def _narrative(text: str) -> Iterator[Block]:
    for part in paragraphs_of(text):
        yield Paragraph(part, "warning" if TO_WRITE in part else "body")


def _front(paper: AnnualPaper) -> Iterator[tuple[str, str]]:
    yield "Report year", f"{long_date(paper.year.start)} to {long_date(paper.year.end)}"
    yield "Counted on", long_date(paper.made_on)
    if paper.missing:
        yield "Not supplied", "\n".join(f"{name}: {label}" for name, label in paper.missing)
    if paper.differs:
        yield "Counted otherwise since", "\n".join(paper.differs)


def _facts(paper: AnnualPaper, key: str) -> Iterator[Block]:
    facts = paper.facts.get(key, ())
    if facts:
        yield SubHeading(FACTS)
        columns = (
            column("Of the year", 2.1, strong=True), column(paper.year.label, 1.3),
            column(paper.year.before.label, 1.3),
        )  # fmt: skip
        rows = tuple((fact.what, fact.now, fact.before) for fact in facts)
        yield Table(columns, rows, f"Facts of the year beside the year before: {key}")
        said = [*_not_known(facts), paper.facts_note if key == "introduction" else ""]
        if any(said):
            yield Paragraph(" ".join(words for words in said if words), "note")
    if key == "board":
        yield from _attendance(paper)


def _attendance(paper: AnnualPaper) -> Iterator[Block]:
    if paper.attendance:
        columns = (column("Organisation", 1.6, strong=True), column("Level 2"), column("Level 3"))
        caption = f"{ATTENDANCE}, {paper.year.label}"
        yield Table(columns, paper.attendance, ATTENDANCE, caption)
        yield Paragraph(
            "Panels that an organisation attended, itself or by deputy, of those at which it was "
            f"required and of which attendance was recorded. {paper.attendance_note}".strip(),
            "note",
        )
    elif paper.attendance_note:
        yield Paragraph(f"{ATTENDANCE}: {paper.attendance_note}", "note")


def _not_known(facts: tuple[Fact, ...]) -> Iterator[str]:
    for why in dict.fromkeys(fact.why for fact in facts if fact.why):
        yield f"Not known: {why}."


def _general(paper: AnnualPaper) -> Iterator[Block]:
    if paper.notes:
        yield Bullets(paper.notes)


def _table(one: PrintedTable) -> Iterator[Block]:
    columns = (
        column("Level" if one.rows[0][0].startswith("Level") else "What", 1.6, strong=True),
        *(_figures(heading) for heading in one.columns),
    )
    rows = tuple((row, *map(str, cells)) for row, cells in one.rows)
    caption = f"{one.id}. {one.title}, {one.period}"
    yield Table(columns, rows, f"{one.title}, {one.period}", caption)
    if one.notes:
        yield Paragraph(" ".join(one.notes), "note")


def _figures(heading: str, share: float = 0.8) -> Column:
    return Column(heading, share, number=True)


def _comparison(paper: AnnualPaper, chart: Picture | str) -> list[Block]:
    if len(paper.earlier) < 2:
        return [Paragraph("The record and the published tables hold no earlier year to compare with.")]  # fmt: skip
    blocks: list[Block] = []
    if isinstance(chart, Picture):
        blocks.append(chart)
    elif chart:
        blocks.append(Paragraph(chart, "warning"))
    columns = (
        column("Year", 0.8, keep=True, strong=True), _figures("T1: on 31 March"),
        _figures("T2: Level 2"), _figures("T2: Level 3"), _figures("T2: total"),
        column("Where it comes from", 1.5),
    )  # fmt: skip
    rows = tuple(map(_year, paper.earlier))
    blocks.append(Table(columns, rows, "Totals of T1 and T2 over the years"))
    blocks.append(
        Paragraph(
            "A year that was published stands as it was published. Another is counted from what "
            "the record holds of it now.",
            "note",
        )
    )
    return blocks


def _year(one: YearTotals) -> tuple[str, ...]:
    numbers = (one.eligible, one.level_two, one.level_three, one.total)
    return (one.year, *("not supplied" if n is None else str(n) for n in numbers), one.source)


def _entered(paper: AnnualPaper) -> Iterator[Block]:
    if not paper.entered:
        yield Paragraph("No figure was entered by hand.")
        return
    columns = (
        column("Figure", 1.5, strong=True), _figures("Value", 0.6), column("Source", 1.4),
        column("Who answers for it", 1.6),
    )  # fmt: skip
    rows = tuple(
        (f"{one.figure}: {one.label}", str(one.value), one.source, one.standing)
        for one in paper.entered
    )
    yield Table(columns, rows, "Figures entered by hand", "Figures entered by hand")


def _sums(paper: AnnualPaper) -> Iterator[Block]:
    yield SubHeading("Every total, added up again")
    if paper.sums:
        by_table: dict[str, list[str]] = {}
        for words in paper.sums:
            name, _, rest = words.partition(", ")
            by_table.setdefault(name, []).append(rest)
        rows = tuple((name, "\n".join(found)) for name, found in by_table.items())
        yield Table((column("Table", 0.3, strong=True), column("Sums")), rows, "Sums of each table")
    else:
        yield Paragraph("No total could be made: its parts were not supplied.")
