"""What the statistics screens say: refusals, where a year stands, one cell, notes under the mask."""

from __future__ import annotations

from typing import Final

from panelkit.domain.errors import PanelkitError, StaleRecord
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.manual_figures import ManualFigure
from panelkit.opened.sharing import SHARING
from panelkit.opened.showing import HIDDEN, hidden
from panelkit.services.annual import AnnualReport
from panelkit.services.clock import room_time
from panelkit.stats.tables import Cell, Status

HOW: Final = {
    Status.COUNTED: "counted from the record",
    Status.MANUAL: "entered by hand and confirmed",
    Status.TOTAL: "the sum of its parts",
    Status.WORKED_OUT: "worked out from T1 and the population",
    Status.NOT_SUPPLIED: "waits for a figure that is entered by hand",
    Status.IMPOSSIBLE: "no figure can exist: Category 3 is never at Level 1",
}
"""Where a cell's value comes from, in words."""


def said(error: PanelkitError) -> str:
    """What went wrong and what to do here; a remedy that names a command is for the terminal."""
    if isinstance(error, StaleRecord):
        return f"{error.message} Go back and open it again to see what stands there now."
    terminal = "panelkit " in error.remedy or "--" in error.remedy or "stats " in error.remedy
    return error.message if terminal else error.sentence


def cell_words(table: str, row: str, column: str, cell: Cell) -> str:
    """``T2, Level 2, Category 1: 18, counted from the record; 21 returns``."""
    more = f"; returned {cell.events} times in all" if cell.events else ""
    return f"{table}, {row}, {column}: {cell.shown}, {HOW[cell.status]}{more}"


def figure_words(figure: ManualFigure) -> str:
    """Who stands for a figure: ``entered by A 3 May 2023; a second person confirms it``."""
    at = room_time(figure.entered_at)
    entered = f"entered by {figure.entered_by} {short_date(at.date())}"
    if figure.is_supplied:
        return f"{entered}, confirmed by {figure.confirmed_by}"
    return f"{entered}; a second person confirms it"


def source_words(figure: ManualFigure) -> str:
    """Where a figure comes from, with its days."""
    parts = [figure.source, figure.reference]
    if figure.as_at:
        parts.append(f"as at {long_date(figure.as_at)}")
    if figure.published:
        parts.append(f"published on {long_date(figure.published)}")
    return "; ".join(part for part in parts if part)


def standing(report: AnnualReport) -> str:
    """How far a year is from being published, in a line."""
    if report.published is not None:
        at = room_time(report.published.at).date()
        by = hidden(report.published.who)
        words = f"Published on {long_date(at)} by {by}, number {report.published.number}."
        if not report.differs:
            return words
        many = len(report.differs)
        return f"{words} {many} cell{'' if many == 1 else 's'} counted otherwise since."
    missing, waiting = len(report.tables.not_supplied), len(report.waiting)
    if not missing:
        return "Every figure is supplied. F5 lists them, and publishes."
    more = f", {waiting} of them entered and waiting for a second person" if waiting else ""
    figures = "1 figure is" if missing == 1 else f"{missing} figures are"
    return f"{figures} not supplied{more}. F5 lists what is still missing."


def notes_of(report: AnnualReport) -> list[str]:
    """The notes under the tables; a source that somebody typed is no open field."""
    notes = list(report.notes)
    if not SHARING.on:
        return notes
    typed = [words for f in report.entered for words in (f.source, f.reference) if words]
    for words in sorted(typed, key=len, reverse=True):
        notes = [note.replace(words, HIDDEN) for note in notes]
    return notes
