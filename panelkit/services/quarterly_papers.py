"""The board's quarterly report as pages: from its figures to Word and plain text.

papers = QuarterlyPapers(area, clock, choosing)
paper = papers.paper(report)                  # of QuarterlyReport.report
papers.write_word(paper, Path("board_2026-27-Q2.docx"))
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.area import Area
from panelkit.domain.errors import CannotWrite
from panelkit.domain.people import Act
from panelkit.domain.quarterly_paper import QuarterlyPaper
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.choosing import Choosing
from panelkit.services.clock import Clock
from panelkit.services.minute_taking import make_folder
from panelkit.stats.quarter_paper import quarter_paper
from panelkit.stats.quarterly import Quarterly
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document, Picture

TEMPLATE: Final = "quarterly_report"


@acting(Act.FIGURES)
class QuarterlyPapers:
    """What a co-ordinator brings to the board."""

    def __init__(self, record: Record, area: Area, clock: Clock, choosing: Choosing) -> None:
        """``choosing`` knows where templates are; of ``record`` only who may do this is asked."""
        self.record = record
        self.area = area
        self.clock = clock
        self.choosing = choosing

    def paper(self, report: Quarterly) -> QuarterlyPaper:
        """Everything that the report says. Whom to ring stays in the area."""
        return quarter_paper(
            report, area=self.area.name, made_on=room_day(self.clock()),
            targets=dict(self.area.targets), ring={} if report.below else dict(self.area.ring),
            fiction=report.fiction,
        )  # fmt: skip

    def template(self) -> Template:
        """The area's template of the report, as it is today. Raises BadInput."""
        return self.choosing.template(TEMPLATE, TEMPLATE, None)

    def document(self, paper: QuarterlyPaper) -> Document:
        """The report as a typed tree."""
        from panelkit.documents.compose.quarterly import compose_quarterly

        return compose_quarterly(paper, self.area, self.template(), charts_of(paper))

    def word(self, paper: QuarterlyPaper) -> bytes:
        """The report as Word."""
        from panelkit.documents import word

        return word.write(self.document(paper), self.template().house, now=self.clock())

    def text(self, paper: QuarterlyPaper) -> str:
        """The report as plain text, the same words."""
        from panelkit.documents import plain

        return plain.write(self.document(paper))

    def write(self, paper: QuarterlyPaper, folder: Path) -> Written:
        """The report as a Word file in ``folder``, called by its quarter. Raises CannotWrite."""
        outside = "_outside" if paper.outside else ""
        make_folder(folder)
        return self.write_word(paper, folder / f"board_{paper.quarter.label}{outside}.docx")

    def write_word(self, paper: QuarterlyPaper, target: Path) -> Written:
        """The same as a file; one that is there and was written otherwise is kept beside it.
        Raises CannotWrite."""
        from panelkit.documents.files import write_file

        return write_file(target, self.word(paper))


def charts_of(paper: QuarterlyPaper) -> dict[str, Picture | str]:
    """By section its drawings as one picture, or why there is none."""
    from panelkit.documents import charts
    from panelkit.documents.tree import Picture

    found: dict[str, Picture | str] = {}
    for section, drawings in paper.drawings.items():
        words = " ".join(one.in_words for one in drawings)
        try:
            found[section] = Picture(charts.side_by_side(*drawings, high=1.6), words)
        except CannotWrite as failed:
            found[section] = failed.sentence
    return found
