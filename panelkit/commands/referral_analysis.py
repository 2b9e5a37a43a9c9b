"""The analysis of referrals, printed, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date
from typing import TYPE_CHECKING

from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.domain.report_year import ReportQuarter
from panelkit.domain.timescales import room_day
from panelkit.wiring import Settings, desk_in_use

if TYPE_CHECKING:
    from panelkit.stats.referral_figures import Analysis, Figure


def analysis(
    settings: Settings, start: str, end: str, quarter: str, *, outside: bool, refs: bool,
    as_json: bool, as_csv: bool,
) -> int:  # fmt: skip
    """Of a quarter, or from one day to another; without either, of this quarter and the three before."""
    if as_json and as_csv:
        raise BadInput("Say --json or --csv.")
    if outside and refs:
        msg = "Referrals are not named in figures that leave the area."
        raise BadInput(msg, remedy="Leave out --refs or --outside.")
    first, last = _days(settings, start, end, quarter)
    with desk_in_use(settings) as desk:
        area, said = desk.area.name, desk.referral_analysis.of(first, last, leaving=outside)
    if as_json:
        from panelkit.stats.referral_figures import as_data

        return say_json({"area": area} | as_data(said))
    if as_csv:
        from panelkit.stats.referral_figures import csv_rows

        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(csv_rows(said))
        sys.stdout.write(out.getvalue())
        return 0
    _say(area, said, refs=refs)
    return 0


def _days(settings: Settings, start: str, end: str, quarter: str) -> tuple[date, date]:
    first, last = day_of(start, "--from"), day_of(end, "--to")
    if quarter and (first or last):
        raise BadInput("Say a quarter, or days, and not both.")
    if quarter:
        asked = ReportQuarter.named(quarter)
        return asked.start, asked.end
    today = room_day(settings.clock())
    now = ReportQuarter.of(last or today)
    return first or now.before.before.before.start, last or now.end


def _say(area: str, said: Analysis, *, refs: bool) -> None:
    say(f"{area}: referrals answered from {long_date(said.first)} to {long_date(said.last)}")
    for one in said.figures:
        say(f"\n{one.id}  {one.title}\n        {one.how}")
        if one.is_grid:
            _say_grid(one)
        if refs or not one.is_grid:
            _say_lines(one, refs=refs)
    say("\nWhere the figures of the area come from")
    for line in (*said.sources, *said.notes):
        say(f"  {line}")


def _say_grid(one: Figure) -> None:
    grid = one.grid
    columns = list(next(iter(grid.values())))
    wide = max(map(len, grid)) + 2
    across = [max(len(column), 8) + 2 for column in columns]
    say(" " * (wide + 2) + "".join(f"{c:>{w}}" for c, w in zip(columns, across, strict=True)))
    for row, cells in grid.items():
        shown = [cells[column].line.shown for column in columns]
        say(f"  {row:<{wide}}" + "".join(f"{v:>{w}}" for v, w in zip(shown, across, strict=True)))


def _say_lines(one: Figure, *, refs: bool) -> None:
    """Of a grid only what is counted in it, with its referrals."""
    wide = max((len(each.line.row) for each in one.lines), default=0) + 2
    for each in one.lines:
        if not one.is_grid:
            say(f"  {each.line.row:<{wide}}{each.line.shown}")
        is_sum = one.is_grid and "Total" in each.line.row.split(", ")
        if refs and each.refs and not is_sum:
            say(f"        {f'{each.line.row}: ' if one.is_grid else ''}{', '.join(each.refs)}")
