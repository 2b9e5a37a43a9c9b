"""Capacity against demand, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.demand import Week
from panelkit.domain.fields import short_date
from panelkit.wiring import Settings, desk_in_use

if TYPE_CHECKING:
    from panelkit.services.demand import Outlook


def demand(settings: Settings, *, weeks: int, start: str, as_json: bool) -> int:
    """Capacity against demand; 1 while something does not fit by its day."""
    with desk_in_use(settings) as desk:
        look = desk.demand.look(weeks, day_of(start, "--from"))
    short = any(week.unfit for week in look.weeks)
    if as_json:
        say_json(_outlook(look))
        return int(short)
    say("Week              days  sittings   booked  free  wanted        does not fit")
    for week in look.weeks:
        say(week_line(week))
    for one in look.wants:
        late = "LATE " if one.working_days < 0 else ""
        room = "no sitting has room"
        if one.placed is not None:
            when = short_date(one.placed.held_on)
            room = f"room on {when}" if one.in_time else f"room on {when}, after its day"
        say(
            f"  {late}{short_date(one.due):<12} {one.ref:<12} L{one.level} {one.meeting_kind.label:<9} "
            f"{one.minutes:>3} min  {one.kind.label}; {room}"
        )
    if look.more:
        say(f"  and {look.more} more")
    if not look.wants:
        say("Nothing is wanted that is not listed.")
    say(f"Working days: {look.calendar}")
    return int(short)


def week_line(week: Week) -> str:
    """A week on one line."""
    unfit = f"{week.unfit} of {week.meetings} ({week.unfit_minutes} min)" if week.unfit else ""
    late = f"  {week.late} late already" if week.late else ""
    days = (
        f"{short_date(week.first).rpartition(' ')[0]} to {short_date(week.last).rpartition(' ')[0]}"
    )
    wanted = f"{week.all_wanted} min in {week.meetings}" if week.meetings else "none"
    return (
        f"{days:<18}{week.working_days:>3}{week.sittings:>9}{week.booked:>9}{week.all_free:>6}  "
        f"{wanted:<14}{unfit}{late}"
    ).rstrip()


def _outlook(look: Outlook) -> dict[str, Any]:
    return {
        "today": look.today.isoformat(), "calendar": look.calendar,
        "weeks": [
            {
                "from": week.first.isoformat(), "to": week.last.isoformat(),
                "working_days": week.working_days, "sittings": week.sittings, "booked": week.booked,
                "taken": week.taken,
                "free": {level or "both": minutes for level, minutes in week.free},
                "wanted": {str(level): minutes for level, minutes in week.wanted},
                "meetings": week.meetings, "does_not_fit": week.unfit,
                "does_not_fit_minutes": week.unfit_minutes, "late": week.late,
            }
            for week in look.weeks
        ],
        "wanted": [
            {
                "kind": str(one.kind), "ref": one.ref, "due": one.due.isoformat(),
                "working_days": one.working_days, "level": int(one.level), "minutes": one.minutes,
                "room": one.placed.held_on.isoformat() if one.placed else None,
                "in_time": one.in_time,
            }
            for one in look.wants
        ],
        "more": look.more,
    }  # fmt: skip
