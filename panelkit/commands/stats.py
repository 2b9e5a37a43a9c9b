"""The annual tables, and the figures entered by hand for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.commands.audit import progress_on_a_terminal
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.report_year import ReportYear
from panelkit.domain.text import gate_line
from panelkit.wiring import Settings, area_of, choosing_of, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.annual import Annual, AnnualReport
    from panelkit.services.annual_papers import Done

ENDINGS: Final = (".csv", ".docx", ".xlsx")
"""What the tables are written as: a row for each cell, the whole report, a workbook."""


@contextmanager
def _annual(settings: Settings) -> Iterator[Annual]:
    from panelkit.services.annual import Annual

    with record_in_use(settings) as record:
        area, _agenda = area_of(settings, record)
        yield Annual(record, area, settings.clock, who_works(settings, record))


def annual(settings: Settings, year: str, output: Path | None, *, as_json: bool) -> int:
    """T1 to T8 of a year: printed, as JSON, or written as what the file's name ends in."""
    asked = ReportYear.named(year)
    ending = output.suffix.casefold() if output is not None else ""
    if output is not None and ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise BadInput(
            "The tables are not written as that.", remedy=f"Name a file that ends in {known}."
        )
    if output is not None and ending != ".csv":
        return _papers(settings, asked, output, as_json=as_json)
    with _annual(settings) as verbs:
        report = verbs.report(asked)
    if output is not None:
        from panelkit.documents.files import write_file
        from panelkit.stats.output import csv_text

        # Excel reads a CSV as UTF-8 where it begins with the mark.
        written = write_file(output, csv_text(report.tables).encode("utf-8-sig"))
        if not as_json:
            say(f"{written.path}{f'  {written.note}' if written.note else ''}")
    if as_json:
        return say_json(report.as_data())
    if output is None:
        _say(report)
    return 0


def _papers(settings: Settings, year: ReportYear, output: Path, *, as_json: bool) -> int:
    """The report as Word, or the tables as a workbook."""
    from panelkit.services.annual_papers import AnnualPapers

    in_word = output.suffix.casefold() == ".docx"
    with _annual(settings) as verbs:
        record = verbs.record
        choosing = choosing_of(settings, record)
        papers = AnnualPapers(record, verbs.area, settings.clock, verbs.who, choosing)
        report = verbs.report(year)
        paper = papers.paper(year, progress_on_a_terminal(), narrated=in_word, report=report)
        write = papers.write_word if in_word else papers.write_workbook
        done = write(paper, output)
    # Whoever reads JSON from standard output reads nothing else there.
    out = sys.stderr if as_json else sys.stdout
    for line in _written(done):
        out.write(f"{gate_line(line).text}\n")
    return say_json(report.as_data()) if as_json else 0


def _written(done: Done) -> Iterator[str]:
    """Where it is, and what became of an edited report that was there."""
    written = done.written
    note = "" if written.edited else written.note
    yield f"{written.path}{f'  {note}' if note else ''}"
    if written.edited:
        yield f"{written.asked.name} was edited since it was written and is kept as it is."
    if done.kept:
        yield f"Texts taken over from {written.asked.name}: {', '.join(done.kept)}."
    if done.lost:
        yield f"Not found in {written.asked.name}, so as the template has them: {', '.join(done.lost)}."
    if done.replaced:
        yield f"{done.replaced} of their characters could not be kept: \ufffd stands there."


def _say(report: AnnualReport) -> None:
    from panelkit.stats.output import lines

    year = report.tables.year
    say(f"{report.area}: annual tables, {long_date(year.start)} to {long_date(year.end)}")
    for table in report.tables.tables.values():
        say("")
        for line in lines(table):
            say(line)
    _say_list("Notes", report.notes)
    _say_list("How it was counted", report.rules)
    _say_list("Sums, added up again", (found.words for found in report.tables.sums))
    _say_list(
        "Entered by hand",
        (
            f"{f.figure}: {f.value}. {f.source}. Entered by {f.entered_by}, "
            + (f"confirmed by {f.confirmed_by}." if f.is_supplied else "not confirmed yet.")
            for f in report.entered
        ),
    )
    _say_list("Not supplied", report.tables.not_supplied)
    if report.published is not None:
        say(f"\nPublished on {long_date(report.published.at.date())} by {report.published.who}.")
        _say_list("Counted otherwise since", report.differs)


def _say_list(heading: str, sentences: Iterator[str] | tuple[str, ...]) -> None:
    found = list(sentences)
    if found:
        say(f"\n{heading}")
        for sentence in found:
            say(f"  {sentence}")


def set_figure(
    settings: Settings, year: str, figure: str, value: str, *, source: str, as_at: str,
    reference: str, published: str,
) -> int:  # fmt: skip
    """A figure entered by hand."""
    asked = ReportYear.named(year)
    day, printed = day_of(as_at, "--as-at"), day_of(published, "--published")
    with _annual(settings) as verbs:
        entered = verbs.set_figure(
            asked, figure, value, source=source, as_at=day, reference=reference, published=printed
        )
    say(f"{entered.figure} of {asked.label} is {entered.value}, entered by {entered.entered_by}.")
    say("It is printed once a second person has confirmed it: panelkit stats confirm.")
    return 0


def confirm(settings: Settings, year: str, figure: str) -> int:
    """The second person stands for it."""
    asked = ReportYear.named(year)
    with _annual(settings) as verbs:
        done = verbs.confirm(asked, figure)
    say(
        f"{done.figure} of {asked.label} is {done.value}: entered by {done.entered_by}, "
        f"confirmed by {done.confirmed_by}."
    )
    return 0


def who(settings: Settings, year: str, table: str, row: str, column: str, *, as_json: bool) -> int:
    """The cases behind a cell."""
    asked = ReportYear.named(year)
    with _annual(settings) as verbs:
        found = verbs.behind(asked, table, row, column)
    cell = found.cell
    if as_json:
        return say_json(
            {
                "year": asked.label, "table": found.table, "row": found.row, "column": found.column,
                "value": cell.shown, "status": str(cell.status), "events": cell.events,
                "cases": list(found.refs),
            }
        )  # fmt: skip
    say(
        f"{found.table}, {found.row}, {found.column}: {cell.shown} ({cell.status.value.replace('_', ' ')})"
    )
    for ref in found.refs:
        say(f"  {ref}")
    return 0


def publish(settings: Settings, year: str) -> int:
    """The tables kept as they are."""
    asked = ReportYear.named(year)
    with _annual(settings) as verbs:
        done = verbs.publish(asked)
    say(f"The tables of {asked.label} are kept as published, number {done.number}, by {done.who}.")
    return 0
