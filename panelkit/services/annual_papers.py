"""The annual report as Word and its tables as a workbook, from the record as it is now.

papers = AnnualPapers(record, area, clock, who, choosing)
paper = papers.paper(year)
papers.write_word(paper, Path("report.docx"))       # narratives written in Word are kept
papers.write_workbook(paper, Path("tables.xlsx"))

No name, reference or date of birth is in either. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from panelkit.domain.annual_paper import SLOTS, AnnualPaper, Entered, PrintedTable, YearTotals
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, CannotWrite, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.manual_figures import BY_ID, ManualFigure
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.annual import Annual, AnnualReport, whose
from panelkit.services.choosing import Choosing
from panelkit.services.clock import Clock
from panelkit.services.figures import Progress
from panelkit.services.year_facts import YearFacts
from panelkit.stats.output import returns
from panelkit.stats.tables import TOTAL, Table
from panelkit.store.manual import Published
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.narratives import Written as WrittenInWord
    from panelkit.documents.templates import Template
    from panelkit.documents.tree import Document, Picture

TEMPLATE: Final = "annual_report"
YEARS: Final = 6
"""Years that are compared at most, with this one."""


@dataclass(frozen=True, slots=True)
class Done:
    """A report that was written."""

    written: Written
    kept: tuple[str, ...] = ()
    """Narratives that stand as they were in the file that was there, not as the template has them."""
    lost: tuple[str, ...] = ()
    """Narratives that it does not hold: they read as the template has them."""
    replaced: int = 0
    """Characters of what was taken that stand as U+FFFD."""


@acting(Act.FIGURES)
class AnnualPapers:
    """What a coordinator gives out at the end of a year."""

    def __init__(
        self, record: Record, area: Area, clock: Clock, who: str, choosing: Choosing
    ) -> None:
        """``choosing`` knows where templates are."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who
        self.choosing = choosing
        self.annual = Annual(record, area, clock, who)

    def paper(
        self, year: ReportYear, progress: Progress | None = None, *, narrated: bool = True,
        report: AnnualReport | None = None,
    ) -> AnnualPaper:  # fmt: skip
        """Everything of the report but its narratives; of ``report``, where it is counted already.
        Raises as :meth:`Annual.report` does.

        Without ``narrated`` the facts beside the narratives are left out: they take reading every
        meeting of two years, and a workbook holds none.
        """
        report = report or self.annual.report(year)
        facts = (
            YearFacts(self.record, self.area, self.clock).of(year, progress) if narrated else None
        )
        tables = report.tables
        return AnnualPaper(
            area=report.area, year=year, made_on=room_day(self.clock()),
            tables=tuple(_printed(one, tables.notes) for one in tables.tables.values()),
            notes=tuple(self._general(report)),
            rules=report.rules, sums=tuple(found.words for found in tables.sums),
            entered=tuple(map(_entered, report.entered)),
            missing=tuple((name, BY_ID[name].label) for name in tables.not_supplied),
            facts=facts.beside if facts else MappingProxyType({}),
            facts_note=facts.note if facts else "",
            attendance=facts.attendance if facts else (),
            attendance_note=facts.attendance_note if facts else "", earlier=tuple(self._years(report)),
            published_on=room_day(report.published.at) if report.published else None,
            differs=report.differs, fiction=report.fiction,
        )  # fmt: skip

    def _general(self, report: AnnualReport) -> Iterator[str]:
        """What must be known to read any table; whoever made them is not named."""
        for note in report.notes:
            if not _of_table(note, tuple(report.tables.tables)):
                yield whose("whoever made this report") if note == whose(self.who) else note

    def _years(self, report: AnnualReport) -> Iterator[YearTotals]:
        year = report.tables.year
        first = self.record.first_report_year() or year
        for begins in range(max(first.begins, year.begins - YEARS + 1), year.begins):
            yield self._totals(ReportYear(begins))
        data = report.as_data()["tables"]
        yield _totals(year.label, data, "counted for this report")

    def _totals(self, year: ReportYear) -> YearTotals:
        """Of an earlier year: as it was published, else as it is counted now."""
        published = self.record.published(year)
        if published is not None:
            return _totals(year.label, published.tables["tables"], _published(published))
        try:
            data = self.annual.report(year).as_data()["tables"]
        except NotFound:
            return _totals(year.label, {}, "nothing is recorded")
        except Refused:
            return _totals(year.label, {}, "its histories do not agree: see stats annual")
        return _totals(year.label, data, "counted now")

    # -- Word ----------------------------------------------------------------------------

    def template(self) -> Template:
        """The area's template of the report, as it is today. Raises BadInput."""
        return self.choosing.template(TEMPLATE, TEMPLATE, None)

    def document(self, paper: AnnualPaper, written: Mapping[str, str] | None = None) -> Document:
        """The report as a typed tree; ``written`` are narratives in place of the template's."""
        from panelkit.documents.compose.annual import compose_annual, default_narratives

        template = self.template()
        narratives = default_narratives(paper, template) | dict(written or {})
        return compose_annual(paper, self.area, template, narratives, chart_of(paper))

    def word(self, paper: AnnualPaper, written: Mapping[str, str] | None = None) -> bytes:
        """The report as Word."""
        from panelkit.documents import word

        document = self.document(paper, written)
        return word.write(document, self.template().house, now=self.clock())

    def write_word(self, paper: AnnualPaper, target: Path) -> Done:
        """The report as a Word file. Raises CannotWrite, BadInput.

        The narratives of a report that is there are taken over into this one. Where somebody
        edited it, it is never replaced: this one is written beside it. A file that is no report of
        this year is refused.
        """
        from panelkit.documents import files
        from panelkit.documents.compose.annual import default_narratives
        from panelkit.documents.narratives import is_as_written

        found = _there(target)
        if found is None:
            return Done(files.write_file(target, self.word(paper)))
        there = self._read(paper, target, found)
        taken = {key: words for key, words in there.narratives.items() if words}
        word = self.word(paper, taken)
        edited = not is_as_written(found)
        written = files.write_file(files.free_name(target) if edited else target, word)
        wording = default_narratives(paper, self.template())
        return Done(
            files.Written(path=written.path, asked=target, edited=edited),
            kept=tuple(key for key in SLOTS if taken.get(key, wording[key]) != wording[key]),
            lost=tuple(key for key in SLOTS if key not in taken), replaced=there.replaced,
        )  # fmt: skip

    def _read(self, paper: AnnualPaper, target: Path, found: bytes) -> WrittenInWord:
        from panelkit.documents.import_guard import opened
        from panelkit.documents.narratives import read_narratives

        headings = {plan.key: plan.heading for plan in self.template().sections}
        try:
            there = opened(found, target.name)
        except BadInput as refused:
            raise BadInput(refused.message, remedy="Name another file.") from None
        return read_narratives(there, target.name, paper.year, headings)

    # -- the workbook ----------------------------------------------------------------------

    def workbook(self, paper: AnnualPaper) -> bytes:
        """The tables as a workbook."""
        from panelkit.documents import workbook

        return workbook.write(paper, now=self.clock())

    def write_workbook(self, paper: AnnualPaper, target: Path) -> Done:
        """The same as a file. Raises CannotWrite."""
        from panelkit.documents.files import write_file

        return Done(write_file(target, self.workbook(paper)))


def _there(target: Path) -> bytes | None:
    """What stands at a path; None where nothing does. Raises BadInput, CannotWrite."""
    from panelkit.documents.import_guard import read_bytes

    return read_bytes(target) if target.is_file() else None


def chart_of(paper: AnnualPaper) -> Picture | str:
    """The picture of the comparison, or why there is none; blank where there is nothing to draw."""
    from panelkit.documents import charts
    from panelkit.documents.tree import Picture

    drawn = [one for one in paper.earlier if one.eligible is not None or one.total is not None]
    if len(drawn) < 2:
        return ""
    try:
        return Picture(charts.comparison(paper.earlier), charts.in_words(paper.earlier))
    except CannotWrite as failed:
        return failed.sentence


def _printed(one: Table, notes: tuple[str, ...]) -> PrintedTable:
    told = [note for note in notes if _of_table(note, (one.id,))]
    said = (one.note, returns(one), *told)
    return PrintedTable(
        id=one.id, title=one.title.removesuffix(" on 31 March"), period=one.period, columns=one.columns,
        rows=tuple((row, tuple(one.cell(row, c).shown for c in one.columns)) for row in one.rows),
        notes=tuple(words for words in said if words),
    )  # fmt: skip


def _of_table(note: str, tables: tuple[str, ...]) -> bool:
    """Whether a note is of one of these tables: ``T7: ...`` stands under T7b, the last of its kind."""
    begins = note.partition(":")[0]
    return begins in tables or (begins == "T7" and "T7b" in tables)


def _entered(figure: ManualFigure) -> Entered:
    said = [figure.source, figure.reference]
    if figure.published:
        said.append(f"published on {long_date(figure.published)}")
    if figure.as_at:
        said.append(f"as at {long_date(figure.as_at)}")
    return Entered(
        figure=figure.figure, label=BY_ID[figure.figure].label, value=figure.value,
        source="; ".join(part for part in said if part), entered_on=room_day(figure.entered_at),
        confirmed_on=room_day(figure.confirmed_at) if figure.confirmed_at else None,
    )  # fmt: skip


def _published(published: Published) -> str:
    return f"published on {long_date(room_day(published.at))}"


def _totals(year: str, tables: Mapping[str, Any], source: str) -> YearTotals:
    def number(table: str, row: str) -> int | None:
        found = tables.get(table, {}).get("rows", {}).get(row, {}).get(TOTAL)
        return found if isinstance(found, int) else None

    return YearTotals(
        year=year, eligible=number("T1", TOTAL), level_two=number("T2", "Level 2"),
        level_three=number("T2", "Level 3"), total=number("T2", TOTAL), source=source,
    )  # fmt: skip
