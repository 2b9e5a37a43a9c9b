"""What opens a coordinator's screen for its picture. Every word is invented."""

from __future__ import annotations

import asyncio
from typing import Any

from picture_desks import BOARD_DAY, YEAR, put_off, referral_table
from picture_openers import HELD_DAY, Opener, Stage

from panelkit.domain.manual_figures import BY_ID
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOffKind
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.spans import SpanKind
from panelkit.domain.vocabulary import MeetingKind


async def _settled(stage: Stage) -> None:
    """What the screen counts in a worker is counted."""
    await asyncio.sleep(0)
    await stage.app.workers.wait_for_complete(
        [w for w in stage.app.workers if w.group == "statistics"]
    )


def referral(name: str) -> Opener:
    """Referrals and days given up, by the name of what is shown."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.because import Because
        from panelkit.tui.screens.putoff.days import PutOffDays
        from panelkit.tui.screens.putoff.forms import CauseForm, PutOffForm
        from panelkit.tui.screens.referrals.forms import LedToForm, ReferralForm, ScreenForm
        from panelkit.tui.screens.referrals.queue import ReferralList
        from panelkit.tui.screens.referrals.reading import FileForm, ReadIn

        desk = stage.desk
        first, *_, last = desk.referrals.every()
        days = desk.putting_off.of(put_off(desk))
        screen = {
            "list": lambda: ReferralList(desk),
            "new": lambda: ReferralForm(desk, last.organisation, last.agency),
            "file": lambda: FileForm(desk),
            "read": lambda: ReadIn(desk, desk.referral_forms.read(referral_table(desk))),
            "screen": lambda: ScreenForm(desk, last),
            "case": lambda: LedToForm(desk, first, "HM-0231"),
            "days": lambda: PutOffDays(desk, *days),
            "postpone": lambda: PutOffForm(desk, *days, PutOffKind.POSTPONED),
            "cause": lambda: CauseForm(
                desk, next(m for m in desk.caseload.every() if m.kind is MeetingKind.EMERGENCY)
            ),
            "because": lambda: Because(
                desk, Act.PLAN, "R-4 is withdrawn", "Why it never came", lambda _why: ""
            ),
        }[name]()
        return stage.app.push_screen(screen)

    return show


def board(name: str) -> Opener:
    """The Strategic Management Board: the ``list`` of its meetings, or the ``form`` of one."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.board.attendance import AttendanceForm
        from panelkit.tui.screens.board.meetings import BoardList

        desk = stage.desk
        held = next(one for one in desk.board_meetings.every() if one.held_on == BOARD_DAY)
        return stage.app.push_screen(
            BoardList(desk) if name == "list" else AttendanceForm(desk, held)
        )

    return show


async def annual(stage: Stage) -> None:
    """The annual tables."""
    from panelkit.tui.screens.statistics.screen import StatisticsScreen

    screen = StatisticsScreen(stage.desk, YEAR)
    await stage.app.push_screen(screen)
    await _settled(stage)
    screen.follow()


def behind(stage: Stage) -> Any:
    """The cases behind a total."""
    from panelkit.tui.screens.statistics.behind import BehindScreen

    found = stage.desk.annual.behind(YEAR, "T2", "Total", "Total")
    return stage.app.push_screen(BehindScreen(stage.desk, YEAR, found))


def figure(name: str) -> Opener:
    """Figures by hand: what is ``missing``, or ``enter`` one."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.statistics.missing import EnterFigure, MissingScreen

        desk = stage.desk
        if name == "missing":
            return stage.app.push_screen(MissingScreen(desk, YEAR))
        known = next(f for f in desk.annual.entered(YEAR) if f.figure == "T3")
        return stage.app.push_screen(EnterFigure(desk, YEAR, BY_ID["T3"], known))

    return show


async def quarter(stage: Stage) -> None:
    """The board's figures."""
    from panelkit.tui.screens.statistics.quarter import QuarterScreen

    screen = QuarterScreen(stage.desk, (YEAR,), ReportQuarter.of(HELD_DAY))
    await stage.app.push_screen(screen)
    await _settled(stage)
    screen.follow()


def behind_quarter(stage: Stage) -> Any:
    """What was counted in one line of them."""
    from panelkit.tui.screens.statistics.behindquarter import BehindQuarterScreen

    desk, of = stage.desk, ReportQuarter.of(HELD_DAY)
    record = desk.caseload.record
    report = desk.quarterly_over(record).report(of, with_defects=False)
    held = next(one for one in report.figures if one.measure.id == "MEET-HELD")
    line = held.lines[of][-1]
    found = desk.quarter_behind_over(record).of(of, "MEET-HELD", line.row)
    return stage.app.push_screen(BehindQuarterScreen(desk, of, held, line, found))


def history(name: str) -> Opener:
    """The history of a case: its ``list``, or one of its forms."""

    async def show(stage: Stage) -> None:
        from panelkit.tui.screens.statistics import casehistory
        from panelkit.tui.screens.statistics import historyforms as made

        desk = stage.desk
        if name == "list":
            casehistory.show_histories(stage.app, desk, "HM-0098", lambda _changed: None)
            return
        found = desk.histories.history("HM-0098")
        form = {
            "add": lambda: made.AddSpan(desk, found, SpanKind.WHEREABOUTS),
            "correct": lambda: made.CorrectSpan(desk, found, found.spans[0]),
            "leave": lambda: made.LeaveForm(desk, found),
            "event": lambda: made.AddEvent(desk, found),
            "withdraw": lambda: made.WithdrawForm(desk, found, found.events[0]),
        }[name]()
        await stage.app.push_screen(form)

    return show
