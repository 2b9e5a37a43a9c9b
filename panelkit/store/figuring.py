"""The part of a record that the annual figures are counted from and kept in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from panelkit.domain.filled import Filled
from panelkit.domain.level_history import HistoryChange, Spans
from panelkit.domain.manual_figures import ManualFigure
from panelkit.domain.meeting import By
from panelkit.domain.outcomes import Outcome
from panelkit.domain.report_year import ReportYear
from panelkit.store import filling, journal, manual, quarterly, spans, yearly
from panelkit.store.manual import Published
from panelkit.store.part import Part


class KeepsFigures(Part):
    """Histories of cases, outcome events, manual figures, published tables."""

    def spans(self, case_id: str) -> Spans:
        """What held of a case, withdrawn spans too, the earliest first."""
        with self._reading() as connection:
            return spans.of_case(connection, case_id)

    def keep_spans(self, change: HistoryChange, by: By, *, command: str) -> None:
        """The histories of a case changed. Raises StaleRecord, Refused where they cannot be so."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "history of a case"):
                journal.write(connection, spans.keep(connection, change, by), by, command)

    def events(self, case_id: str) -> tuple[Outcome, ...]:
        """What became of somebody, withdrawn events too, the earliest first."""
        with self._reading() as connection:
            return spans.events_of(connection, case_id)

    def keep_event(
        self, before: Outcome | None, after: Outcome, by: By, *, command: str,
        change: HistoryChange | None = None,
    ) -> None:  # fmt: skip
        """An event, with what it changes of where somebody is, in one transaction.

        Raises as :meth:`keep_spans`.
        """
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "outcome event"):
                changes = spans.keep_event(connection, before, after)
                if change is not None:
                    changes += spans.keep(connection, change, by)
                journal.write(connection, changes, by, command)

    def keep_events(
        self, events: Sequence[tuple[Outcome, HistoryChange | None]], by: By, *, command: str
    ) -> None:
        """New events, each with what it changes of where somebody is, all of them or none.

        Raises as :meth:`keep_spans`, and StaleRecord where one of them is there by now.
        """
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "outcome event"):
                changes = []
                for event, change in events:
                    spans.must_be_new(connection, event)
                    changes += spans.keep_event(connection, None, event)
                    changes += spans.keep(connection, change, by) if change is not None else []
                journal.write(connection, changes, by, command)

    def year_rows(self, year: ReportYear) -> yearly.Rows:
        """Plain rows to count a year from; see :func:`panelkit.store.yearly.rows_of`."""
        with self._reading() as connection:
            return yearly.rows_of(connection, year)

    def quarter_rows(self, first: date, last: date) -> yearly.Rows:
        """Plain rows to count quarters from; see :func:`panelkit.store.quarterly.rows_of`."""
        with self._reading() as connection:
            return quarterly.rows_of(connection, first.isoformat(), last.isoformat())

    def refs_of(self, case_ids: Sequence[str]) -> dict[str, str]:
        """References of cases by id; a case that may not be opened is left out."""
        with self._reading() as connection:
            return yearly.refs(connection, case_ids)

    def panels_of(self, year: ReportYear) -> list[tuple[str, str, str, str, int]]:
        """How many meetings of a year are what; see :func:`panelkit.store.yearly.panels`."""
        with self._reading() as connection:
            return yearly.panels(connection, year)

    def first_meeting_day(self) -> str:
        """The day of the first meeting of all, ISO; blank where there is none."""
        with self._reading() as connection:
            return yearly.first_meeting(connection)

    def first_report_year(self) -> ReportYear | None:
        """The first year of which something may be told; None where there is none."""
        with self._reading() as connection:
            return yearly.first_year(connection)

    def case_refs(self) -> tuple[str, ...]:
        """References of every case that may be opened, in order."""
        with self._reading() as connection:
            return yearly.all_refs(connection)

    def heard(self, case_ids: Sequence[str], year: ReportYear) -> tuple[yearly.Heard, ...]:
        """Meetings of these cases in a year; see :func:`panelkit.store.yearly.heard`."""
        with self._reading() as connection:
            return yearly.heard(connection, case_ids, year)

    def heard_at(self, meeting_ids: Sequence[str]) -> dict[str, yearly.Heard]:
        """Meetings by their ids; see :func:`panelkit.store.yearly.heard_at`."""
        with self._reading() as connection:
            return yearly.heard_at(connection, meeting_ids)

    def report_years(self, running: ReportYear) -> tuple[ReportYear, ...]:
        """Years of which something is recorded; see :func:`panelkit.store.yearly.years`."""
        with self._reading() as connection:
            return yearly.years(connection, running)

    def manual_figures(self, year: ReportYear) -> tuple[ManualFigure, ...]:
        """Figures of a year that were entered by hand, confirmed or not."""
        with self._reading() as connection:
            return manual.figures(connection, year)

    def keep_figure(
        self, before: ManualFigure | None, after: ManualFigure, by: By, *, command: str
    ) -> None:
        """A figure entered, changed or confirmed. Raises StaleRecord."""
        self.keep_figures([(before, after)], by, command=command)

    def keep_figures(
        self, figures: Sequence[tuple[ManualFigure | None, ManualFigure]], by: By, *, command: str
    ) -> None:
        """Several, each with what it takes the place of, all of them or none. Raises StaleRecord."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "manual figure"):
                changes = [
                    change
                    for before, after in figures
                    for change in manual.keep_figure(connection, before, after)
                ]
                journal.write(connection, changes, by, command)

    def published(self, year: ReportYear) -> Published | None:
        """The tables of a year as last published; None where they never were."""
        with self._reading() as connection:
            return manual.published(connection, year)

    def publish(self, new_id: str, year: ReportYear, tables: dict[str, Any], by: By, *, command: str) -> None:  # fmt: skip
        """The tables of a year kept for good, as they are."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "tables published"):
                journal.write(
                    connection, manual.publish(connection, new_id, year, tables, by), by, command
                )

    def fill(self, everything: Iterable[Filled], by: By, *, command: str) -> None:
        """Invented cases into an empty record, all of them or none. Raises Refused."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "filled with invented cases"):
                filling.fill(connection, everything, by, command)
