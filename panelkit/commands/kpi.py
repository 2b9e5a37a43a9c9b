"""The key figures of a period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.wiring import Settings, area_of, record_in_use

if TYPE_CHECKING:
    from panelkit.audit.kpis import Figure
    from panelkit.services.figures import Report


def kpi(
    settings: Settings, start: str, end: str, *, outside: bool, meetings: bool, as_json: bool
) -> int:
    """Figures from one day to another, both included; without them, of the last quarter."""
    from panelkit.audit.kpis import as_data
    from panelkit.services.figures import KeyFigures

    first, last = day_of(start, "--from"), day_of(end, "--to")
    if outside and meetings:
        msg = "Meetings are not named in figures that leave the area."
        raise BadInput(msg, remedy="Leave out --meetings or --outside.")
    with record_in_use(settings) as record:
        area, _agenda = area_of(settings, record)
        report = KeyFigures(record, area, settings.clock).report(first, last)
    below = area.figure("suppress_below") if outside else 0
    if as_json:
        return say_json(
            {
                "from": report.start.isoformat(), "to": report.end.isoformat(), "area": area.name,
                "measures": as_data(report.figures, suppress_below=below),
            }
        )  # fmt: skip
    _say(report, area.name, below, meetings=meetings)
    return 0


def day_of(text: str, option: str) -> date | None:
    """A day as an option gives it; None where it is not given. Raises BadInput."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{option} is a day such as 2026-10-01."
        raise BadInput(msg) from None


def _say(report: Report, area: str, below: int, *, meetings: bool) -> None:
    say(f"{area}: key figures, {long_date(report.start)} to {long_date(report.end)}")
    if below:
        say(f"To leave the area: no figure of fewer than {below}.")
    shown = ""
    for figure in report.figures:
        if figure.measure.id != shown:
            shown = figure.measure.id
            _say_heading(figure)
        words = figure.words(below)
        if figure.unknown and figure.is_recorded and not below:
            words += f"; not recorded of {len(figure.unknown)}"
        if figure.reaches_target is False and not figure.is_suppressed(below):
            words += "; below target"
        say(f"  {figure.agency + ': ' if figure.agency else ''}{words}")
        if meetings:
            for counted in figure.counted:
                met = {True: "met", False: "not met", None: "not recorded"}[counted.met]
                say(
                    f"      {' '.join(part for part in (counted.ref, counted.what) if part)}: {met}"
                )


def _say_heading(figure: Figure) -> None:
    say(f"\n{figure.measure.id}  {figure.measure.title}")
    say(f"  Counts {figure.measure.counts}.")
    if figure.measure.missing:
        say(f"  {figure.measure.missing[:1].upper()}{figure.measure.missing[1:]}.")
    if figure.target is None:
        say("  No target.")
    else:
        say(f"  Target {figure.target} %. Source: {figure.target_source}")
