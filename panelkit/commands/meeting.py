"""Commands about one meeting, from the record or from a pack."""

from __future__ import annotations

import sys
from pathlib import Path

from panelkit import paths
from panelkit.commands.owed import owed_json, say_owed
from panelkit.commands.printing import say, say_json
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.fields import long_date
from panelkit.domain.owing import Owed, beyond_of, owed_after
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import Stops
from panelkit.services.acting import must_may
from panelkit.wiring import (
    About,
    Settings,
    about,
    area_of,
    find_meeting,
    note_opened,
    open_record,
    who_works,
)


def check(settings: Settings, ref: str, *, as_json: bool) -> int:
    """What is still owed; 1 while anything stops closing."""
    with about(settings, ref, "check") as it:
        meeting, area = it.meeting, it.area
        after = _owed_after(settings, it)
    gaps = completeness(meeting, area)
    owed = stopping(gaps, Stops.CLOSING)
    if as_json:
        say_json(
            {
                "ref": meeting.ref, "level": int(meeting.level), "kind": str(meeting.kind), "can_close": not owed,
                "gaps": [
                    {"item": g.item, "field": g.field, "message": g.message, "stops": str(g.stops), "why": g.why, "parked": g.parked}
                    for g in gaps
                ],
                "owed_afterwards": [owed_json(one, settings) for one in after],
            }
        )  # fmt: skip
        return 1 if owed else 0
    say(f"{meeting.ref}  {meeting.title}  {long_date(meeting.held_on)}  {meeting.state.label}")
    for stops, words in (
        (Stops.CLOSING, "stops closing"),
        (Stops.APPROVAL, "stops approval"),
        (Stops.NOTHING, "look at"),
    ):
        mine = [g for g in gaps if g.stops is stops and not g.parked]
        if mine:
            say(f"\n{words} ({len(mine)})")
            for gap in mine:
                say(f"  {gap.item:<4} {gap.message}")
    for gap in gaps:
        if gap.parked:
            say(f"  {gap.item:<4} parked: {gap.message}: {gap.parked}")
    say_owed(after, room_day(settings.clock()))
    say("\nIt can close." if not owed else f"\nIt cannot close: {len(owed)} owed.")
    return 1 if owed else 0


def _owed_after(settings: Settings, it: About) -> tuple[Owed, ...]:
    """What is owed after an emergency panel; of a pack, as far as the pack says it."""
    if it.record is None:
        return owed_after(it.meeting, it.area, beyond_of(it.meeting, (), ()))
    from panelkit.services.emergency import Emergency

    who = who_works(settings, it.record)
    return Emergency(it.record, it.area, (), settings.clock, who).owed(it.meeting)


def minutes(
    settings: Settings, ref: str, output: Path | None, kind: str, *, as_text: bool,
    organisation: str = "", password: bool = False,
) -> int:  # fmt: skip
    """A document of a meeting, from the record or from a pack; for one organisation, if named."""
    from panelkit.commands.distribution import asked_password
    from panelkit.services.distribution import Distribution
    from panelkit.services.minute_taking import MinuteTaking

    if ref.endswith(".toml"):
        meeting, area = find_meeting(settings, ref, "minutes")
        record, agenda = None, None
    else:
        record = open_record(settings, settings.database)
        area, agenda = area_of(settings, record)
        must_may(record, Act.READ if as_text else Act.ISSUE)
        meeting = record.load(ref)
        note_opened(settings, record, [meeting], f"minutes, {kind}")
    taking = MinuteTaking(
        record, area, settings.clock, who_works(settings, record), paths.shipped("templates"),
        settings.own_templates, agenda,
    )  # fmt: skip
    copy = Distribution(taking).copy_for(meeting, organisation) if organisation else None
    if as_text:
        sys.stdout.write(taking.text(meeting, kind, copy=copy))
        return 0
    folder, path = Path.cwd(), None
    if output is not None:
        folder, path = (output, None) if output.is_dir() else (output.parent, output)
    secret = asked_password(wanted=password)
    for done in taking.write_all(meeting, kind, folder, path=path, copy=copy, password=secret):
        say(f"{done.path}{'  ' + done.note if done.note else ''}")
    return 0
