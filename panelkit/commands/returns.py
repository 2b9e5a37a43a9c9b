"""Returns of organisations before a meeting: written, read in, nil, listed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput, NotAllowed, PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.return_words import said_lines
from panelkit.domain.sheet_numbers import printed
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import HELD
from panelkit.wiring import Settings, desk_in_use, note_opened

if TYPE_CHECKING:
    from panelkit.domain.meeting import Meeting
    from panelkit.services.returns import ReturnRead

HOW = "panelkit return"
_AS = {"": (".docx", ".xlsx"), "word": (".docx",), "workbook": (".xlsx",)}


def write(settings: Settings, ref: str, organisation: str, folder: Path, kind: str) -> int:
    """A form for each organisation, or for one."""
    if kind not in _AS:
        raise BadInput("--kind is word or workbook.", remedy="Leave it out for both.")
    with desk_in_use(settings) as desk:
        done = desk.returns.write(ref, folder, organisation=organisation, kinds=_AS[kind])
        note_opened(settings, desk.caseload.record, [done.meeting], HOW)
    for form in done.forms:
        due = f"asked for by {long_date(form.one.due)}" if form.one.due else ""
        say(f"{form.one.organisation}: form {printed(form.one.sheet)}, {due}")
        for file in form.files:
            say(f"  {file.path}")
        if form.withheld:
            many = "action" if form.withheld == 1 else "actions"
            say(f"  Not in it, set where they were not in the room: {form.withheld} {many}.")
    for name in done.answered:
        say(f"{name} has answered: no form was written.")
    say("Nothing is sent by panelkit. What comes back: panelkit return read FILE.")
    return 0


def read(
    settings: Settings, files: Sequence[Path], *, yes: bool, replace: bool, as_json: bool
) -> int:
    """What files that came back say; kept with ``yes``. One that cannot be read stops no other."""
    told: list[dict[str, Any]] = []
    failed = 0
    with desk_in_use(settings) as desk:
        for path in files:
            try:
                found = desk.returns.read(path)
                note_opened(settings, desk.caseload.record, [found.meeting], HOW)
                if not as_json:
                    _say_read(found)
                kept = desk.returns.keep(found, replace=replace) if yes else None
            except NotAllowed:
                raise
            except PanelkitError as wrong:
                failed = max(failed, wrong.exit_code)
                sys.stderr.write(f"panelkit: {gate(wrong.sentence).text}\n")
                told.append({"file": path.name, "problem": wrong.sentence})
                continue
            told.append(_data(found, kept=kept is not None))
            if not as_json:
                _say_kept(found, kept)
    if as_json:
        say_json({"returns": told})
    return failed


def _say_read(found: ReturnRead) -> None:
    one, form = found.found, found.one
    say(
        f"{found.path.name}: form {printed(form.sheet)}, {form.organisation}, to {found.meeting.ref}."
    )
    if found.is_known:
        say("  This very file was read in already.")
    for words in said_lines(one):
        say(f"  {words}")
    for notice in one.notices:
        say(f"  {notice}")
    if one.not_read:
        say("  Not understood, or not placed; what has words is kept beside the return:")
    for each in one.not_read:
        say(f"    {each.what}: {each.why}")
        if each.words:
            say("\n".join(f"      {line}" for line in each.words.split("\n")))


def _say_kept(found: ReturnRead, kept: Meeting | None) -> None:
    name, ref = found.one.organisation, found.meeting.ref
    if kept is None:
        if found.is_answered and not found.is_known:
            say(f"  {name} has answered before: --replace puts this in its place; both are kept.")
        say("  Nothing is kept yet. The same command with --yes keeps it.")
    elif kept is found.meeting:
        say("  Nothing was changed.")
    elif found.is_late:
        say(
            f"  {ref} is {found.meeting.state.label}: kept beside it, no part of what the panel knew."
        )
        say(f'  For an addendum: panelkit return addendum {ref} "{name}".')
    else:
        say(
            f"  Kept beside {ref}. Whoever chairs is offered it at its items; nothing is taken yet."
        )


def nil(settings: Settings, ref: str, organisation: str, *, by: str, on: str, replace: bool) -> int:
    """An organisation holds nothing to tell."""
    day = day_of(on, "--on")
    with desk_in_use(settings) as desk:
        meeting = desk.caseload.find(ref)
        after = desk.returns.nil(meeting, organisation, said_by=by, on=day, replace=replace)
        name = desk.returns.called(after, organisation).organisation
    say(f"{name}: nil return to {after.ref}. It counts as heard at A7, and not as present.")
    return 0


def addendum(settings: Settings, ref: str, organisation: str) -> int:
    """An addendum from a return that came late."""
    with desk_in_use(settings) as desk:
        meeting = desk.returns.addendum(desk.caseload.find(ref), organisation)
    say(f"An addendum of {meeting.ref} was made from it.")
    say("Still to be said there: when the chair was told, and whether it reopens a decision.")
    return 0


def remind(settings: Settings, ref: str, organisation: str) -> int:
    """Words for a reminder."""
    with desk_in_use(settings) as desk:
        words = desk.returns.reminder(desk.caseload.find(ref), organisation)
    say(words)
    return 0


def every(settings: Settings, ref: str, *, as_json: bool) -> int:
    """How far the returns of a meeting are; 1 while one is late."""
    with desk_in_use(settings) as desk:
        meeting = desk.caseload.find(ref)
        found, today = desk.returns.listed(meeting), desk.returns.today()
        note_opened(settings, desk.caseload.record, [meeting], HOW)
    late = meeting.state not in HELD and any(s.is_late(today) for s in found)
    if as_json:
        return say_json({
            "ref": meeting.ref, "held_on": meeting.held_on.isoformat(),
            "returns": [
                {
                    "organisation": s.organisation, "agency": str(s.agency),
                    "form": printed(s.one.sheet) if s.one and s.one.sheet else "",
                    "asked_on": _iso(s.one.asked_on) if s.one else "",
                    "due": _iso(s.one.due) if s.one else "",
                    "answer": str(s.one.answer or "") if s.one else "",
                    "came_on": _iso(s.one.came_on) if s.one else "",
                    "late": s.is_late(today), "lines": s.lines, "offered": s.offered,
                }
                for s in found
            ],
        }) or int(late)  # fmt: skip
    for s in found:
        form = printed(s.one.sheet) if s.one and s.one.sheet else ""
        mark = "LATE" if s.is_late(today) else ""
        say(f"{s.agency!s:<6}{s.organisation:<40} {form:<10} {mark:<5}{s.words(today)}")
        if s.lines:
            say(f"      {s.lines} line{'' if s.lines == 1 else 's'}, {s.offered} not taken yet")
    if not found:
        say(f"Nobody is invited to {meeting.ref} who is asked for a return.")
    return int(late)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _data(found: ReturnRead, *, kept: bool) -> dict[str, Any]:
    one = found.found
    return {
        "file": found.path.name, "ref": found.meeting.ref, "form": printed(found.one.sheet),
        "organisation": found.one.organisation, "answer": str(one.answer or ""),
        "attends": one.attends, "report_only": one.report_only, "filled_by": one.filled_by,
        "late": found.is_late, "kept": kept,
        "lines": [
            {
                "where": told.where, "item": told.place, "asked": told.asked, "text": told.text,
                "action": told.about, "status": str(told.status or ""),
                "done_on": _iso(told.done_on), "minuted": str(told.minuted or ""),
                "restricted_to": list(told.restricted_to),
            }
            for told in one.told
        ],
        "not_read": [{"what": n.what, "why": n.why, "words": n.words} for n in one.not_read],
        "notices": list(one.notices),
    }  # fmt: skip
