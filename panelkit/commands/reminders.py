"""Reminders written, sent, answered; what is owed to ViSOR or MAPPS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.chasing import Reminder
from panelkit.domain.fields import long_date
from panelkit.domain.timescales import room_day
from panelkit.domain.updates import Owed
from panelkit.services.across import reminder_words
from panelkit.wiring import Settings, desk_in_use, note_opened


def write(settings: Settings, organisation: str, output: Path) -> int:
    """A reminder as a file."""
    with desk_in_use(settings) as desk:
        ready = desk.reminding.ready(organisation)
        done = desk.reminding.write(ready, output)
        seen = {(one.chased.meeting_id, one.chased.case_id) for one in ready.asked}
        note_opened(settings, desk.caseload.record, sorted(seen), "panelkit reminder")
    if done.file.note:
        say(done.file.note)
    many = len(done.actions)
    say(
        f"{done.reminder.ref} to {ready.organisation}: {many} action{'' if many == 1 else 's'} in {done.file.path}."
    )
    if ready.withheld:
        say(
            f"Not in it, set where they were not in the room: {', '.join(one.ref for one in ready.withheld)}."
        )
    say(
        f"Nothing is sent by panelkit. When somebody has: panelkit reminder sent {done.reminder.ref}."
    )
    return 0


def sent(settings: Settings, ref: str, on: str) -> int:
    """Whoever works says that they sent it."""
    day = day_of(on, "--on")
    with desk_in_use(settings) as desk:
        one = desk.reminding.sent(ref, day or desk.chasing.today())
    say(reminder_words(one))
    return 0


def nil(settings: Settings, ref: str, by: str) -> int:
    """Nothing to report."""
    with desk_in_use(settings) as desk:
        one = desk.reminding.nothing_to_report(ref, by)
    say(f"{one.ref}: {one.organisation} has nothing to report. No action is changed by it.")
    return 0


def read(settings: Settings, file: Path) -> int:
    """A workbook that came back."""
    with desk_in_use(settings) as desk:
        one, found = desk.reminding.take_back(file)
    for each in found:
        say(f"{each.ref}: {each.reply}{f' ({each.by})' if each.by else ''}")
    many = len(found)
    say(
        f"{one.ref}: {many} repl{'y' if many == 1 else 'ies'} kept beside the actions. What became of each is recorded by a person: panelkit action settle."
    )
    return 0


def every(settings: Settings, organisation: str, *, as_json: bool) -> int:
    """All that were written."""
    with desk_in_use(settings) as desk:
        found = desk.reminding.every(organisation)
        asked = {one.id: len(desk.reminding.actions_of(one)) for one in found}
    if as_json:
        return say_json({"reminders": [_data(one, asked[one.id]) for one in found]})
    for one in found:
        answered = f"; answered {long_date(one.replied_on)}" if one.replied_on else ""
        nothing = ", nothing to report" if one.nil_return else ""
        say(
            f"{one.organisation}: {reminder_words(one)}; {asked[one.id]} actions{answered}{nothing}"
        )
    if not found:
        say("No reminder was written.")
    return 0


def _data(one: Reminder, asked: int) -> dict[str, Any]:
    return {
        "ref": one.ref, "organisation": one.organisation, "kind": str(one.kind),
        "written_on": room_day(one.written_at).isoformat(), "written_by": one.written_by,
        "file": one.file, "sha256": one.sha256, "actions": asked,
        "sent_on": one.sent_on.isoformat() if one.sent_on else "", "sent_by": one.sent_by,
        "replied_on": one.replied_on.isoformat() if one.replied_on else "",
        "nil_return": one.nil_return,
    }  # fmt: skip


# -- ViSOR and MAPPS -------------------------------------------------------------------------


def owed(settings: Settings, since: str, *, every: bool, as_json: bool) -> int:
    """What is owed; 1 while something is late."""
    with desk_in_use(settings) as desk:
        first = day_of(since, "--since") or desk.owing.since()
        found, today = desk.owing.owed(first, also_done=every), desk.owing.today()
    late = any(one.entered is None and one.due < today for one in found)
    if as_json:
        return say_json({
            "since": first.isoformat(),
            "updates": [
                {
                    "meeting": o.meeting_ref, "held_on": o.held_on.isoformat(), "update": o.update.key,
                    "title": o.update.title, "owner": o.owner, "due": o.due.isoformat(),
                    "late": o.entered is None and o.due < today,
                    "done_on": o.entered.done_on.isoformat() if o.entered else "",
                    "done_by": o.entered.done_by if o.entered else "",
                }
                for o in found
            ],
        }) or int(late)  # fmt: skip
    say(f"Meetings held since {long_date(first)}. Earlier ones: --since.")
    said = ""
    for one in found:
        if one.meeting_ref != said:
            said = one.meeting_ref
            say(
                f"{said}  held {long_date(one.held_on)}  by {one.owner or 'nobody is recorded at A17'}"
            )
        say(f"        {one.update.key:<11} {one.update.title}: {one.standing(today)}")
    if not found:
        say("Nothing is owed.")
    return int(late)


def sheet(settings: Settings, ref: str, keys: Sequence[str], output: Path | None) -> int:
    """What a person types, in order."""
    with desk_in_use(settings) as desk:
        meeting = desk.caseload.find(ref)
        if output is not None:
            written = desk.owing.write(ref, output, keys)
        else:
            words = desk.owing.text(ref, keys)
        note_opened(settings, desk.caseload.record, [meeting], "panelkit upload sheet")
    say(str(written.path) if output is not None else words.rstrip("\n"))
    return 0


def done(settings: Settings, ref: str, keys: Sequence[str], *, on: str, by: str) -> int:
    """Somebody says that it was entered."""
    day = day_of(on, "--on")
    with desk_in_use(settings) as desk:
        _say_all(desk.owing.done(ref, keys, day or desk.owing.today(), by), desk.owing.today())
    return 0


def undo(settings: Settings, ref: str, key: str, *, because: str) -> int:
    """It was not, after all."""
    with desk_in_use(settings) as desk:
        _say_all(desk.owing.undo(ref, key, because), desk.owing.today())
    return 0


def _say_all(found: Sequence[Owed], today: Any) -> None:
    for one in found:
        say(f"{one.meeting_ref}  {one.update.title}: {one.standing(today)}")
