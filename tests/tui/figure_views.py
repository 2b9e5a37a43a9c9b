"""Views of the statistics screens, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from datetime import date

from panelkit.domain.manual_figures import BY_ID
from panelkit.domain.meeting import Meeting
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.report_year import ReportQuarter, ReportYear
from panelkit.domain.spans import SpanKind
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.statistics import casehistory
from panelkit.tui.screens.statistics import historyforms as forms
from panelkit.tui.screens.statistics.behind import BehindScreen
from panelkit.tui.screens.statistics.behindquarter import BehindQuarterScreen
from panelkit.tui.screens.statistics.missing import EnterFigure, MissingScreen
from panelkit.tui.screens.statistics.quarter import QuarterScreen
from panelkit.tui.screens.statistics.screen import StatisticsScreen
from panelkit.tui.widgets.rowlist import RowList
from tests.tui.desk_views import Shower


def told(desk: Desk, meeting: Meeting) -> ReportYear:
    """Histories and figures whose words are the record's own hostile ones; the year they are of."""
    year, ref = ReportYear.of(meeting.held_on), meeting.case.ref
    if desk.annual.entered(year):
        return year
    words = [answer.text for answer in meeting.answers.values() if 12 < len(answer.text) < 90]
    verbs = desk.histories
    for number, span in enumerate(verbs.history(ref).spans, 1):  # what its meeting decided
        if span.is_live:
            verbs.withdraw(ref, number, words[12])
    for kind, value, why in ((SpanKind.LEVEL, "2", 0), (SpanKind.WHEREABOUTS, "community", 1)):
        verbs.begin(ref, kind, value, date(2026, 5, 1), because=words[why])
    verbs.begin(ref, SpanKind.CATEGORY, "1", date(2026, 5, 1), because=words[2])
    number = next(n for n, s in enumerate(verbs.history(ref).spans, 1) if s.kind is SpanKind.CATEGORY and s.is_live)  # fmt: skip
    verbs.withdraw(ref, number, words[3])
    verbs.happened(ref, OutcomeKind.RETURNED_LICENCE, date(2026, 10, 2), words[4])
    verbs.happened(ref, OutcomeKind.CHARGED, date(2026, 10, 3), words[5])
    verbs.did_not_happen(ref, 2, words[6])
    desk.annual.set_figure(year, "T8.population", "2540000", source=words[7], reference=words[8])
    desk.acting_as(words[9]).annual.confirm(year, "T8.population")
    desk.acting_as(words[10]).annual.set_figure(year, "T3", "62", source=words[11])
    return year


async def _tables(app: PanelkitApp, desk: Desk, meeting: Meeting) -> StatisticsScreen:
    screen = StatisticsScreen(desk, told(desk, meeting))
    await app.push_screen(screen)
    await app.workers.wait_for_complete([w for w in app.workers if w.group == "statistics"])
    screen.follow()
    return screen


def tables_then(action: str) -> Shower:
    """What a key of the tables opens."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        screen = await _tables(app, desk, meeting)
        getattr(screen, f"action_{action}")()

    return show


async def _end(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    from panelkit.tui.screens.statistics.grid import CellGrid

    (await _tables(app, desk, meeting)).query_one(CellGrid).action_last()


async def _refused(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    from panelkit.domain.errors import Refused

    screen = await _tables(app, desk, meeting)
    screen.report, screen.problem = None, Refused(f"{meeting.case.ref}: it cannot be so.")
    screen.follow()


async def _behind(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    year = told(desk, meeting)
    await app.push_screen(
        BehindScreen(desk, year, desk.annual.behind(year, "T2", "Total", "Total"))
    )


async def _missing(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(MissingScreen(desk, told(desk, meeting)))


async def _confirm(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    screen = MissingScreen(desk, told(desk, meeting))
    await app.push_screen(screen)
    if screen.is_mounted:
        screen._ask_to_confirm("T3")


async def _figure(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    year = told(desk, meeting)
    known = next(f for f in desk.annual.entered(year) if f.figure == "T3")
    await app.push_screen(EnterFigure(desk, year, BY_ID["T3"], known))


async def _histories(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    told(desk, meeting)
    casehistory.show_histories(app, desk, meeting.case.ref, lambda _changed: None)


def form_of(name: str) -> Shower:
    """One form over the histories of the held meeting's case."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        told(desk, meeting)
        found = desk.histories.history(meeting.case.ref)
        made: dict[str, forms.HistoryForm] = {
            "add": forms.AddSpan(desk, found, SpanKind.WHEREABOUTS),
            "correct": forms.CorrectSpan(desk, found, found.spans[0]),
            "leave": forms.LeaveForm(desk, found),
            "event": forms.AddEvent(desk, found),
            "withdraw": forms.WithdrawForm(desk, found, found.events[0]),
        }
        await app.push_screen(made[name])

    return show


async def _quarter(app: PanelkitApp, desk: Desk, meeting: Meeting) -> QuarterScreen:
    year = told(desk, meeting)
    screen = QuarterScreen(desk, (year,), ReportQuarter.of(meeting.held_on))
    await app.push_screen(screen)
    await app.workers.wait_for_complete([w for w in app.workers if w.group == "statistics"])
    if screen.is_mounted:
        screen.follow()
    return screen


async def _quarter_end(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    screen = await _quarter(app, desk, meeting)
    if screen.is_mounted:
        screen.query_one(RowList).action_last()


def quarter_then(action: str) -> Shower:
    """What a key of the board's figures opens."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        screen = await _quarter(app, desk, meeting)
        if screen.is_mounted:
            getattr(screen, f"action_{action}")()

    return show


async def _behind_quarter(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    told(desk, meeting)
    record, quarter = desk.caseload.record, ReportQuarter.of(meeting.held_on)
    report = desk.quarterly_over(record).report(quarter, with_defects=False)
    figure = next(one for one in report.figures if one.measure.id == "MEET-HELD")
    line = figure.lines[quarter][-1]
    found = desk.quarter_behind_over(record).of(quarter, "MEET-HELD", line.row)
    await app.push_screen(BehindQuarterScreen(desk, quarter, figure, line, found))


FIGURE_VIEWS: dict[str, Shower] = {
    "tables": _tables,
    "tables end": _end,
    "tables refused": _refused,
    **{
        f"tables {action}": tables_then(action)
        for action in ("years", "missing", "histories", "from_meetings", "help", "leader")
    },
    "quarter": _quarter,
    "quarter end": _quarter_end,
    **{
        f"quarter {action}": quarter_then(action)
        for action in ("quarters", "missing", "help", "leader")
    },
    "behind quarter": _behind_quarter,
    "behind": _behind,
    "missing": _missing,
    "confirm": _confirm,
    "figure": _figure,
    "histories": _histories,
    **{f"histories {name}": form_of(name) for name in ("add", "correct", "leave", "event", "withdraw")},
}  # fmt: skip
"""By name, what opens it."""
