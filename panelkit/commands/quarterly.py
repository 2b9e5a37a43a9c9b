"""The board's quarterly figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.commands.audit import progress_on_a_terminal
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.text import gate_line
from panelkit.wiring import Settings, area_of, choosing_of, record_in_use

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.domain.area import Area
    from panelkit.stats.quarterly import Quarterly
    from panelkit.store.record import Record


def quarterly(
    settings: Settings, quarter: str, output: Path | None, *, leaving: bool, quick: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Every block of a quarter beside the three before it: printed, as JSON, or written as the
    board's report (Word) or as CSV."""
    from panelkit.services.quarterly import QuarterlyReport
    from panelkit.stats.quarterly import as_data

    asked = ReportQuarter.named(quarter)
    kind = output.suffix.casefold() if output is not None else ""
    if kind not in ("", ".csv", ".docx"):
        msg = "The report is written as Word, the figures as CSV."
        raise BadInput(msg, remedy="Name a file that ends in .docx or .csv.")
    with record_in_use(settings) as record:
        area, _agenda = area_of(settings, record)
        verbs = QuarterlyReport(record, area, settings.clock)
        report = verbs.report(
            asked, leaving=leaving, with_defects=not quick, progress=progress_on_a_terminal()
        )
        if output is not None and kind == ".docx":
            _told(_word(settings, record, area, report, output), as_json=as_json)
    if output is not None and kind == ".csv":
        _told(_csv(output, report), as_json=as_json)
    if as_json:
        return say_json({"quarter": asked.label, "area": area.name} | as_data(report))
    if output is None:
        _say(area.name, report)
    return 0


def _word(
    settings: Settings, record: Record, area: Area, report: Quarterly, output: Path
) -> Written:
    from panelkit.services.quarterly_papers import QuarterlyPapers

    papers = QuarterlyPapers(record, area, settings.clock, choosing_of(settings, record))
    return papers.write_word(papers.paper(report), output)


def _csv(output: Path, report: Quarterly) -> Written:
    import csv
    import io

    from panelkit.documents.files import write_file
    from panelkit.stats.quarterly import csv_rows

    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(csv_rows(report))
    # Excel reads a CSV as UTF-8 where it begins with the mark.
    return write_file(output, out.getvalue().encode("utf-8-sig"))


def _told(written: Written, *, as_json: bool) -> None:
    """Where it is. Whoever reads JSON from standard output reads nothing else there."""
    line = f"{written.path}{f'  {written.note}' if written.note else ''}"
    (sys.stderr if as_json else sys.stdout).write(f"{gate_line(line).text}\n")


def _say(area: str, report: Quarterly) -> None:
    say(f"{area}: quarterly figures for the Strategic Management Board")
    labels = [quarter.label for quarter in report.quarters]
    block = ""
    for figure in report.figures:
        if figure.measure.block != block:
            block = figure.measure.block
            say(f"\n{block.upper()}")
        say(f"\n{figure.measure.id}  {figure.measure.title}: {figure.measure.counts}")
        wide = max(len(row) for row in figure.rows) + 2
        say(" " * (wide + 2) + "".join(f"{label:>20}" for label in labels))
        for place, row in enumerate(figure.rows):
            values = [lines[place].shown for lines in figure.lines.values()]
            say(f"  {row:<{wide}}" + "".join(f"{value:>20}" for value in values))
    if report.notes:
        say("\nNotes")
        for note in report.notes:
            say(f"  {note}")
