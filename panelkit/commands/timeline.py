"""Everything that happened in a case, one line each, the newest last."""

from __future__ import annotations

from panelkit.commands.printing import say, say_json
from panelkit.domain.fields import short_date
from panelkit.wiring import Settings, note_opened, open_record


def timeline(settings: Settings, ref: str, *, as_json: bool) -> int:
    """The case's timeline; that it was put out is journaled too."""
    from panelkit.services.timeline import Timeline

    record = open_record(settings, settings.database)
    found = Timeline(record)
    meetings, events = found.meetings(ref), found.of(ref)
    note_opened(settings, record, meetings, "timeline")
    if as_json:
        return say_json(
            {
                "case": meetings[0].case.ref,
                "events": [
                    {
                        "at": event.at.isoformat(), "day_only": event.is_day, "what": str(event.what),
                        "meeting": event.ref, "who": event.who, "said": event.said, "words": event.words,
                    }
                    for event in events
                ],
            }
        )  # fmt: skip
    for event in events:
        at = f"{short_date(event.local.date()):<12}{'' if event.is_day else f'{event.local:%H:%M}':<6}"
        by = f"  ({event.who})" if event.who else ""
        say(f"{at} {event.ref:<12} {event.what.label:<11} {event.said}{by}")
        for line in event.words.splitlines():
            say(f"{'':<44}{line}")
    return 0
