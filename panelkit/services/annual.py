"""The annual report's tables of a year, the figures entered by hand for them, who is behind a cell.

annual = Annual(record, area, clock, who)
annual.report(year)                                    # T1 to T8, counted now
annual.set_figure(year, "T3", "62", source="...")      # one person
annual.confirm(year, "T3")                             # another one
annual.publish(year)                                   # kept as it is, for good
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from panelkit.domain import counting
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound, Refused, StaleRecord
from panelkit.domain.fields import long_date
from panelkit.domain.manual_figures import BY_ID as ANNUAL_FIGURES
from panelkit.domain.manual_figures import ManualFigure, asked_of, number_of
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.domain.spans import SpanKind
from panelkit.domain.timescales import room_day
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock
from panelkit.services.words import line
from panelkit.stats.annual import Tables, annual_tables
from panelkit.stats.facts import EventRow, Facts, SpanRow, Wrong
from panelkit.stats.output import as_data
from panelkit.stats.tables import Cell
from panelkit.store.manual import Published
from panelkit.store.record import Record
from panelkit.store.yearly import Heard

Entry = tuple[ManualFigure | None, ManualFigure]
"""A figure that is there, or None, and the one that takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """The tables of a year with everything that is printed beside them."""

    area: str
    tables: Tables
    rules: tuple[str, ...]
    """How it was counted, each rule with its source."""
    entered: tuple[ManualFigure, ...]
    """Figures entered by hand, confirmed or not."""
    notes: tuple[str, ...]
    published: Published | None
    differs: tuple[str, ...]
    """Cells that are counted otherwise now than they were published."""
    fiction: bool = False
    """Whether an invented case is among those counted."""

    @property
    def waiting(self) -> tuple[ManualFigure, ...]:
        """Figures that a second person has not confirmed."""
        return tuple(figure for figure in self.entered if not figure.is_supplied)

    def as_data(self) -> dict[str, Any]:
        """For other programs."""
        data = as_data(self.tables) | {"area": self.area, "notes": list(self.notes)}
        return data | {
            "rules": list(self.rules),
            "to_confirm": [figure.figure for figure in self.waiting],
            "manual": [
                {
                    "figure": figure.figure, "value": figure.value, "source": figure.source,
                    "entered_by": figure.entered_by, "confirmed_by": figure.confirmed_by,
                }
                for figure in self.entered
            ],
            "published": self.published.at.isoformat() if self.published else None,
            "differs": list(self.differs),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one cell."""

    table: str
    row: str
    column: str
    cell: Cell
    refs: tuple[str, ...]
    """References of the cases that were counted."""
    meetings: tuple[Heard, ...] = ()
    """Their meetings in the year, case by case."""


@acting(Act.FIGURES)
class Annual:
    """What a co-ordinator does for the annual report."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str) -> None:
        """``who`` is whoever opened the record, else a claimed name."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who

    def _by(self) -> By:
        return By(self.who, self.clock())

    @property
    def _id(self) -> str:
        """Who it is: the person, or the claimed name where there are no passphrases."""
        return self.record.opened.person or " ".join(self.who.split()).casefold()

    def years(self) -> tuple[ReportYear, ...]:
        """The report year now running, and each of which something is recorded; newest first."""
        running = ReportYear.of(room_day(self.clock()))
        return tuple(sorted({running, *self.record.report_years(running)}, reverse=True))

    # -- the tables --------------------------------------------------------------------

    def report(self, year: ReportYear) -> AnnualReport:
        """T1 to T8 as they are counted now.

        Raises NotFound for a year of which nothing is recorded, Refused where a history cannot be
        so or a table does not reconcile.
        """
        rows = self.record.year_rows(year)
        entered = tuple(f for f in self.record.manual_figures(year) if f.figure in ANNUAL_FIGURES)
        published = self.record.published(year)
        if not (rows["span"] or rows["event"] or entered or published):
            msg = f"Nothing is recorded for {year.label}: no level history, no event, no figure."
            raise NotFound(msg, remedy="See panelkit stats derive, span and set.")
        choices = counting.settled(self.area.counting)
        supplied = {figure.figure: figure for figure in entered if figure.is_supplied}
        try:
            tables = annual_tables(_facts(year, rows), supplied, choices)
        except Wrong as wrong:
            raise self._named(wrong) from None
        return AnnualReport(
            area=self.area.name, tables=tables, entered=entered, published=published,
            rules=counting.printed(choices, dict(self.area.sources)),
            notes=(*tables.notes, *self._more_notes(year, rows)),
            differs=tuple(_differences(published.tables, as_data(tables))) if published else (),
            fiction=_is_fiction(rows),
        )  # fmt: skip

    def _more_notes(
        self, year: ReportYear, rows: dict[str, list[tuple[Any, ...]]]
    ) -> Iterator[str]:
        if room_day(self.clock()) <= year.end:
            yield f"{year.label} ends on {long_date(year.end)}: these are its figures so far."
        if self.record.opened.person:
            yield whose(self.who)
        if _is_fiction(rows):
            yield "Invented cases are among those counted."

    def _named(self, wrong: Wrong) -> Refused:
        """Which case it is: rows are only of cases that may be opened."""
        ref = self.record.refs_of([wrong.case]).get(wrong.case, "A case")
        return Refused(
            f"{ref}: {wrong.what}.", remedy="Correct it with panelkit stats correct; see stats history."
        )  # fmt: skip

    def behind(self, year: ReportYear, table: str, row: str, column: str) -> Behind:
        """Which cases are counted in a cell. Raises BadInput for one that there is not."""
        return self.behind_in(self.report(year), table, row, column)

    def behind_in(self, report: AnnualReport, table: str, row: str, column: str) -> Behind:
        """The same of tables that were counted before. Raises as :meth:`behind`."""
        year, tables = report.tables.year, report.tables.tables
        name = _chosen("table", table, tuple(tables))
        found = tables[name]
        row = _chosen(f"row of {name}", row, found.rows)
        column = _chosen(f"column of {name}", column, found.columns)
        cell = found.cell(row, column)
        refs = self.record.refs_of(cell.cases)
        meetings = self.record.heard(cell.cases, year)
        return Behind(name, row, column, cell, tuple(sorted(refs.values())), meetings)

    def may_publish(self, year: ReportYear) -> AnnualReport:
        """The tables as they would be published now; nothing is written.

        Raises Refused before the year is over, and while a figure is missing.
        """
        report = self.report(year)
        if room_day(self.clock()) <= year.end:
            raise Refused(f"{year.label} ends on {long_date(year.end)}.", remedy="Publish it then.")
        if missing := report.tables.not_supplied:
            msg = f"{', '.join(missing)} of {year.label}: not supplied."
            raise Refused(msg, remedy="Enter and confirm it with panelkit stats set and confirm.")
        return report

    def publish(self, year: ReportYear) -> Published:
        """The tables kept as they are; cases that are let go later change them no more.

        Raises as :meth:`may_publish`.
        """
        data = self.may_publish(year).as_data()
        kept = {key: data[key] for key in ("area", "year", "tables", "notes", "rules", "manual")}
        self.record.publish(new_id(), year, kept, self._by(), command=new_id())
        found = self.record.published(year)
        if found is None:
            msg = "what was just published is there"
            raise ValueError(msg)
        return found

    # -- figures entered by hand -------------------------------------------------------

    def entered(self, year: ReportYear) -> tuple[ManualFigure, ...]:
        """Figures of a year that were entered by hand, confirmed or not, by name."""
        return self.record.manual_figures(year)

    def set_figure(
        self, year: ReportYear, name: str, value: str, *, source: str, as_at: date | None = None,
        reference: str = "", published: date | None = None, revision: int | None = None,
    ) -> ManualFigure:  # fmt: skip
        """A figure entered, or entered again: then it waits for a second person once more.

        ``revision`` is that of the figure which was seen, 0 where there was none. Raises BadInput
        for text in place of a number, a population of zero, or no source; StaleRecord where
        somebody else entered another since it was seen.
        """
        entry = self.to_enter(
            year, name, value, source=source, as_at=as_at, reference=reference,
            published=published, revision=revision,
        )  # fmt: skip
        self.enter([entry])
        return entry[1]

    def to_enter(
        self, year: ReportYear, name: str, value: str, *, source: str, as_at: date | None = None,
        reference: str = "", published: date | None = None, revision: int | None = None,
    ) -> Entry:  # fmt: skip
        """The figure that is there and the one that takes its place; nothing is written.

        Raises as :meth:`set_figure`.
        """
        asked = asked_of(name)
        number = number_of(asked, value)
        if not source.strip():
            raise BadInput(f"Say where {asked.id} comes from.", remedy="With --source.")
        before = self._find(year, asked.id)
        if revision is not None and revision != (before.revision if before else 0):
            msg = f"{asked.id} of {year.label} was entered by somebody else meanwhile."
            raise StaleRecord(
                msg, place="manual_figure", theirs=str(before.value if before else "")
            )
        after = ManualFigure(
            id=before.id if before else new_id(), year=year, figure=asked.id, value=number,
            source=line(source), as_at=as_at, reference=line(reference), published=published,
            entered_by=self.who, entered_id=self._id, entered_at=self.clock(),
            revision=before.revision + 1 if before else 1,
        )  # fmt: skip
        return before, after

    def enter(self, entries: Sequence[Entry]) -> None:
        """Figures of :meth:`to_enter` written, all or none. Raises StaleRecord."""
        self.record.keep_figures(entries, self._by(), command=new_id())

    def to_confirm(self, year: ReportYear, name: str) -> ManualFigure:
        """The figure that whoever works may confirm, as it was entered; nothing is written.

        Raises NotFound where it was not entered, Refused for whoever entered it.
        """
        asked = asked_of(name)
        before = self._find(year, asked.id)
        if before is None:
            msg = f"{asked.id} of {year.label} was not entered."
            raise NotFound(msg, remedy="Enter it with panelkit stats set.")
        before.confirmed(self.who, self._id, self.clock())
        return before

    def confirm(
        self, year: ReportYear, name: str, *, seen: ManualFigure | None = None
    ) -> ManualFigure:
        """The second person stands for a figure: for ``seen``, where that is given.

        Raises NotFound, Refused for the first, StaleRecord where it was entered otherwise since.
        """
        before = seen or self.to_confirm(year, name)
        after = before.confirmed(self.who, self._id, self.clock())
        self.record.keep_figure(before, after, self._by(), command=new_id())
        return after

    def _find(self, year: ReportYear, name: str) -> ManualFigure | None:
        return next((f for f in self.record.manual_figures(year) if f.figure == name), None)


def whose(who: str) -> str:
    """Over whose cases the tables are, where the record knows who may open what."""
    return f"Counted over the cases that {who} may open."


def _is_fiction(rows: dict[str, list[tuple[Any, ...]]]) -> bool:
    return any(fiction for _case, _category, fiction in rows["now"])


def _facts(year: ReportYear, rows: dict[str, list[tuple[Any, ...]]]) -> Facts:
    spans: dict[str, list[SpanRow]] = {str(kind): [] for kind in SpanKind}
    for row in rows["span"]:
        spans[row[-1]].append(SpanRow._make(row))
    return Facts(
        year=year, levels=spans[SpanKind.LEVEL], categories=spans[SpanKind.CATEGORY],
        whereabouts=spans[SpanKind.WHEREABOUTS],
        category_now={case: category for case, category, _fiction in rows["now"]},
        events=[EventRow(*row) for row in rows["event"]],
        last_meeting=dict(rows["last"]),
    )  # fmt: skip


def _chosen(what: str, said: str, known: Sequence[str]) -> str:
    for one in known:
        if one.casefold() == said.strip().casefold():
            return one
    raise BadInput(f"There is no such {what}.", remedy=f"There are {', '.join(known)}.")


def _differences(published: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Cell by cell, in words."""
    for name, table in published["tables"].items():
        for row, columns in table["rows"].items():
            for column, was in columns.items():
                there = now["tables"].get(name, {}).get("rows", {}).get(row, {}).get(column)
                if there != was:
                    yield f"{name}, {row}, {column}: published {was}, counted now {there}"
