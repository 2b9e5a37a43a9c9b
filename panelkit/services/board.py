"""What a coordinator tells the Strategic Management Board: trends, defects, one page.

What a screen needs: ``trends`` (questions over quarters), ``defects`` (what is found most
often), ``report`` (the page as data), ``document``, ``text``, ``word``, ``write``. Nothing is
stored: everything is worked out from the record each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.audit import Finding, rules_for
from panelkit.audit.board import Sampled, board_report
from panelkit.audit.defects import Defects, tally
from panelkit.audit.forms import form_named, forms_for
from panelkit.audit.trends import Trend, quarters, trends
from panelkit.domain.area import Area
from panelkit.domain.board import BoardReport
from panelkit.domain.errors import BadInput
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import Level
from panelkit.services.acting import acting
from panelkit.services.auditing import Auditing, Progress
from panelkit.services.audits import Audits
from panelkit.services.choosing import Choosing
from panelkit.services.clock import Clock
from panelkit.services.figures import KeyFigures
from panelkit.services.minute_taking import make_folder
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document

TEMPLATE: Final = "board_report"
QUARTERS: Final = 4


@acting(Act.FIGURES)
class Board:
    """Verbs over many meetings and their finished audits."""

    def __init__(self, record: Record, area: Area, clock: Clock, choosing: Choosing) -> None:
        """``choosing`` knows where templates are."""
        self.record = record
        self.area = area
        self.clock = clock
        self.choosing = choosing
        self.audits = Audits(record, area, clock, who="")

    def trends(
        self, until: date | None = None, count: int = QUARTERS, form_id: str = ""
    ) -> tuple[Trend, ...]:
        """Every question that was answered in ``count`` quarters, the last of them with ``until``.

        Of one form where ``form_id`` names it, else of each form for itself. Raises NotFound for
        a form that there is not, BadInput for no quarter.
        """
        if count < 1:
            raise BadInput("At least one quarter is needed.")
        forms = (form_named(self.area, form_id),) if form_id else forms_for(self.area)
        asked = quarters(until or room_day(self.clock()), count)
        return trends(
            forms, [(one, self.audits.finished_between(one.start, one.end)) for one in asked]
        )

    def defects(
        self, start: date, end: date, progress: Progress | None = None, *, workers: int = 1
    ) -> Defects:
        """What the rules found in the meetings held from ``start`` to ``end``, most often first."""
        return self._read(start, end, progress, workers)[0]

    def _read(
        self, start: date, end: date, progress: Progress | None, workers: int
    ) -> tuple[Defects, bool]:
        """The defects, and whether an invented meeting is among those read."""
        fiction = False

        def findings() -> Iterator[tuple[Finding, ...]]:
            nonlocal fiction
            for one in Auditing(self.record, self.area).audit_held(
                start, end, progress, workers=workers
            ):
                fiction = fiction or one.fiction
                yield one.findings

        return tally(findings()), fiction

    def report(
        self, start: date | None = None, end: date | None = None, *, outside: bool = False,
        seed: str = "", progress: Progress | None = None, workers: int = 1,
    ) -> BoardReport:  # fmt: skip
        """The page for a period, as data; without days that of the last quarter.

        With ``outside`` what rests on too few is withheld. ``seed`` is what the audits were
        drawn with, where it was not the period. Raises BadInput.
        """
        below = self.area.figure("suppress_below") if outside else 0
        figures = KeyFigures(self.record, self.area, self.clock).report(start, end)
        start, end = figures.start, figures.end
        defects, fiction = self._read(start, end, progress, workers)
        return board_report(
            start=start, end=end, outside=below, sampled=self._sampled(start, end, seed),
            figures=figures.figures, quarters=quarters(end, QUARTERS), trends=self.trends(end),
            defects=defects, rules=rules_for(self.area), fiction=fiction,
        )  # fmt: skip

    def _sampled(self, start: date, end: date, seed: str) -> Sampled:
        lot = self.audits.lot(start, end, seed)
        drawn = {one.meeting.meeting_id for one in lot.drawn}
        audited = {one.meeting_id for one in self.audits.finished_between(start, end)}
        audited &= {one.meeting_id for one in lot.held}
        return Sampled(
            held=len(lot.held), level_three=sum(one.level is Level.THREE for one in lot.held),
            audited=len(audited), drawn=len(drawn), drawn_audited=len(drawn & audited),
            percent=lot.percent, seed=lot.seed,
        )  # fmt: skip

    # -- the page ----------------------------------------------------------------------

    def template(self) -> Template:
        """The area's template of the page, as it is today. Raises BadInput."""
        return self.choosing.template(TEMPLATE, TEMPLATE, None)

    def document(self, report: BoardReport) -> Document:
        """The page as a typed tree."""
        from panelkit.documents.compose.board import compose_board

        return compose_board(report, self.area, self.template())

    def text(self, report: BoardReport) -> str:
        """The page as plain text, the same words."""
        from panelkit.documents import plain

        return plain.write(self.document(report))

    def word(self, report: BoardReport) -> bytes:
        """The page as Word."""
        from panelkit.documents import word

        return word.write(self.document(report), self.template().house, now=self.clock())

    def write(self, report: BoardReport, folder: Path) -> Written:
        """The page as a Word file in ``folder``. Raises CannotWrite."""
        from panelkit.documents.files import write_file

        outside = "_outside" if report.outside else ""
        name = f"board_{report.start:%Y%m%d}_{report.end:%Y%m%d}{outside}.docx"
        content = self.word(report)
        make_folder(folder)
        return write_file(folder / name, content)
