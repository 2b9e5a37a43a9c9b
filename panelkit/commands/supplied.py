"""What one organisation supplied, by meeting; names spelt alike are shown before they are used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit import paths
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import NotFound
from panelkit.domain.fields import long_date
from panelkit.wiring import Settings, area_of, note_opened, open_record, who_works

if TYPE_CHECKING:
    from panelkit.services.supplied import OfMeeting, Spelling
    from panelkit.store.record import Record


def supplied(
    settings: Settings, organisation: str, start: str, end: str, output: Path | None, *,
    alike: bool, as_json: bool,
) -> int:  # fmt: skip
    """The list; that it was put out is journaled for each meeting in it."""
    from panelkit.services.supplied import Supplied

    first, last = day_of(start, "--from"), day_of(end, "--to")
    record = open_record(settings, settings.database)
    service = Supplied(record)
    spelt = service.alike(organisation)
    used = [each for each in spelt if alike or each.is_same]
    if not used:
        raise NotFound(
            f"No organisation is called {organisation} in this record.", remedy=_offered(spelt)
        )
    found = service.by([each.name for each in used], first, last)
    left = [each for each in spelt if each not in used]
    said = about(organisation, used, left, found)
    note_opened(settings, record, [(one.meeting_id, one.case_id) for one in found], "supplied")
    if as_json:
        return say_json(_as_data(organisation, used, left, found, said))
    if output is not None:
        say(f"{_write(settings, record, organisation, said, found, output)}")
        return 0
    for line in said:
        say(line)
    for one in found:
        say(f"\n{one.ref}  {long_date(one.held_on)}  {', '.join(one.people)}")
        for item in one.items:
            gone = "  WITHDRAWN SINCE" if item.withdrawn else ""
            say(f"  {item.title}: {item.said_by}{gone}")
            for label, text in item.parts:
                say(f"      {label}: {text}")
    return 0


def about(
    organisation: str, used: Sequence[Spelling], left: Sequence[Spelling],
    found: Sequence[OfMeeting],
) -> list[str]:  # fmt: skip
    """What was looked for, under which names, and what cannot be known."""
    items = sum(len(one.items) for one in found)
    counted = f"{items} item{'' if items == 1 else 's'}"
    where = f"{len(found)} meeting{'' if len(found) == 1 else 's'}"
    lines = [
        f"What the record attributes to {organisation}: {counted} in {where}.",
        f"Names used: {'; '.join(each.name for each in used)}.",
    ]
    if left:
        names = "; ".join(f"{each.name} ({each.times})" for each in left)
        lines.append(f"Spelt alike and NOT used: {names}. --alike uses them.")
    unknown = sum(one.unattributed for one in found)
    lines.append(
        f"What it cannot know: {unknown} texts of these meetings do not say from whom they came "
        "(answers, the minute taker's own words, notes without a speaker). Some of them may hold "
        "what this organisation said; a person must read them."
    )
    return lines


def _offered(spelt: Sequence[Spelling]) -> str:
    if not spelt:
        return "panelkit list, or attendance on screen, shows how it is spelt."
    names = "; ".join(f"{each.name} ({each.times})" for each in spelt)
    return f"Spelt alike: {names}. Give one of them, or --alike for all."


def _as_data(
    organisation: str, used: Sequence[Spelling], left: Sequence[Spelling],
    found: Sequence[OfMeeting], said: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    return {
        "organisation": organisation,
        "names_used": [each.name for each in used],
        "alike_not_used": [each.name for each in left],
        "said": list(said),
        "meetings": [
            {
                "ref": one.ref, "held_on": one.held_on.isoformat(), "people": list(one.people),
                "unattributed": one.unattributed,
                "items": [
                    {
                        "kind": item.kind, "title": item.title, "said_by": item.said_by,
                        "typed_by": item.typed_by, "withdrawn": item.withdrawn,
                        "parts": [{"label": label, "text": text} for label, text in item.parts],
                    }
                    for item in one.items
                ],
            }
            for one in found
        ],
    }  # fmt: skip


def _write(
    settings: Settings, record: Record, organisation: str, said: Sequence[str],
    found: Sequence[OfMeeting], output: Path,
) -> Path:  # fmt: skip
    from panelkit.services.minute_taking import MinuteTaking
    from panelkit.services.supplied_paper import write

    area, _agenda = area_of(settings, record)
    taking = MinuteTaking(
        record, area, settings.clock, who_works(settings, record), paths.shipped("templates"),
        settings.own_templates,
    )  # fmt: skip
    return write(taking, organisation, said, found, output)
