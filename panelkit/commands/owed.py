"""How a command says what is owed after an emergency panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from panelkit.commands.printing import say
from panelkit.domain.fields import long_date
from panelkit.domain.owing import Owed
from panelkit.domain.timescales import room_day
from panelkit.wiring import Settings


def say_owed(owed: Sequence[Owed], today: date) -> None:
    """Each with its day and its rule, what is settled with what shows it; nothing where none is owed."""
    if not owed:
        return
    left = sum(not one.is_settled for one in owed)
    say(f"\nowed afterwards ({left} of {len(owed)})")
    for one in owed:
        of = f" ({one.organisation})" if one.organisation else ""
        if one.is_settled:
            by = f" by {one.settled_by}" if one.settled_by else ""
            on = f" on {long_date(one.settled_on)}" if one.settled_on else ""
            say(f"  done  {one.what.label}{of}: settled{by}{on} ({one.shown_by})")
        else:
            state = "LATE" if one.is_late(today) else "owed"
            say(
                f"  {state}  {one.what.label}{of}: by {long_date(one.due)}. {one.rule}; {one.source}"
            )


def owed_json(one: Owed, settings: Settings) -> dict[str, Any]:
    """One of them for other programs."""
    return {
        "what": str(one.what), "organisation": one.organisation, "due": one.due.isoformat(),
        "rule": one.rule, "source": one.source, "settled": one.is_settled,
        "late": one.is_late(room_day(settings.clock())), "settled_by": one.settled_by,
        "settled_on": one.settled_on.isoformat() if one.settled_on else None,
        "shown_by": one.shown_by,
    }  # fmt: skip
