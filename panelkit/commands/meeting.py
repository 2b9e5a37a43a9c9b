"""Commands about one meeting, from the record or from a pack."""

from __future__ import annotations

import sys
from pathlib import Path

from panelkit import paths
from panelkit.commands.printing import say, say_json
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.vocabulary import Stops
from panelkit.services.acting import must_may
from panelkit.wiring import Settings, area_of, find_meeting, note_opened, open_record, who_works


def check(settings: Settings, ref: str, *, as_json: bool) -> int:
    """What is still owed; 1 while anything stops closing."""
    meeting, area = find_meeting(settings, ref, "check")
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
    say("\nIt can close." if not owed else f"\nIt cannot close: {len(owed)} owed.")
    return 1 if owed else 0


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
        record = None
    else:
        area, _agenda = area_of(settings)
        record = open_record(settings, settings.database)
        must_may(record, Act.READ if as_text else Act.ISSUE)
        meeting = record.load(ref)
        note_opened(settings, record, [meeting], f"minutes, {kind}")
    taking = MinuteTaking(
        record, area, settings.clock, who_works(settings, record), paths.shipped("templates"),
        settings.own_templates,
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
