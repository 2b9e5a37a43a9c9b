"""Meetings handed to another desk and received from one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit import unseen
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.meeting import Meeting
from panelkit.wiring import Settings, note_opened, open_desk

if TYPE_CHECKING:
    from panelkit.domain.holding import Disagreement
    from panelkit.services.handing_over import HandingOver
    from panelkit.store.record import Received

VARIABLE = "PANELKIT_HANDOVER_PASSPHRASE"
"""For scripts; a passphrase is never an argument, which other accounts could read."""


def hand_over(
    settings: Settings, ref: str, output: Path | None, *, to: str, take_pen: bool, reason: str,
    keep: str, as_json: bool,
) -> int:  # fmt: skip
    """The file written; or the pen taken back; or who holds it and what is to be settled."""
    desk = open_desk(settings, settings.database)
    handing, meeting = desk.handing_over, desk.caseload.find(ref)
    if keep not in ("", "theirs", "mine"):
        raise BadInput("Say --keep theirs or --keep mine.")
    if sum((output is not None, take_pen, bool(keep))) > 1:
        raise BadInput("One thing at a time: -o, --take-pen or --keep.")
    if output is not None:
        path = handing.target(meeting, output, Path.cwd())
        done = handing.hand_over(meeting, path, _new_passphrase(handing.offered()), to)
        note_opened(settings, desk.caseload.record, [meeting], "hand-over")
        if as_json:
            return say_json({"ref": meeting.ref, "file": str(path), "sha256": done.sha256})
        say(f"{meeting.ref}: {path}")
        say(f"It is read-only here: the pen is {done.words}.")
        say("Tell the passphrase by voice; never send it with the file.")
        return 0
    if take_pen:
        handing.take_pen(meeting, reason)
    found = handing.disagreements(meeting)
    if keep:
        handing.settle_all(found, keep)
        found = ()
    if as_json:
        say_json(
            {"ref": meeting.ref, "pen": handing.pen(meeting), **_as_json(handing, meeting, found)}
        )
    else:
        say(f"{meeting.ref}: {handing.pen(meeting)}")
        _say_disagreements(handing, meeting, found)
    return 1 if found else 0


def receive(settings: Settings, file: Path, *, as_json: bool) -> int:
    """A file taken in; 1 while there is something that both desks changed differently."""
    from panelkit.packs.sealed import read_sealed
    from panelkit.services.handing_over import read_parcel

    content = read_sealed(file)
    parcel = read_parcel(content, _told_passphrase())
    desk = open_desk(settings, settings.database, create=settings.is_named)
    handing = desk.handing_over
    done = handing.receive(parcel)
    meeting = desk.caseload.find(done.meeting_id)
    found = handing.disagreements(meeting)
    if as_json:
        said = {
            "ref": done.ref, "new": done.is_new, "already": done.already, "receipt": parcel.receipt,
            "changed": len(done.taken), "pen": handing.pen(meeting),
            "renumbered": [
                {"kind": r.place[0], "was": r.was, "now": r.now, "theirs": r.theirs}
                for r in done.renumbered
            ],
            **_as_json(handing, meeting, found),
        }  # fmt: skip
        say_json(said)
    else:
        _say_received(done)
        say(handing.pen(meeting))
        say(
            f"Receipt {parcel.receipt}: tell it by voice to {parcel.who}, who may then let the case go."
        )
        _say_disagreements(handing, meeting, found)
    return 1 if found else 0


def _say_received(done: Received) -> None:
    if done.already:
        say(f"{done.ref}: nothing was changed. {done.already}")
    elif done.is_new:
        say(f"{done.ref}: received.")
    else:
        count = len(done.taken)
        say(f"{done.ref}: came back, {count} thing{'' if count == 1 else 's'} new or other here.")
    for each in done.renumbered:
        made = "the other desk" if each.theirs else "this desk"
        say(
            f"RENUMBERED: {each.place[0]} {each.was}, made at {made}, is {each.now} now. "
            "Words that name it by its number are as they were."
        )


def _say_disagreements(
    handing: HandingOver, meeting: Meeting, found: tuple[Disagreement, ...]
) -> None:
    for each in found:
        say(f"\n{handing.place(each, meeting)}: both desks changed this.")
        for title, text, who in (
            ("THEIRS", each.theirs, each.theirs_by),
            ("HERE", each.mine, each.mine_by),
        ):
            by = f" ({who})" if who else ""
            say(f"  {title}{by}: {handing.shown(each, meeting, text) or '(blank)'}")
    if found:
        say(
            f"\nBoth are kept. Choose on screen, or for all of them with panelkit hand-over "
            f"{meeting.ref} --keep theirs or --keep mine."
        )


def _as_json(
    handing: HandingOver, meeting: Meeting, found: tuple[Disagreement, ...]
) -> dict[str, object]:
    return {
        "disagreements": [
            {
                "place": handing.place(d, meeting), "kind": d.kind, "entry": d.entry,
                "field": d.field, "theirs": d.theirs, "mine": d.mine,
            }
            for d in found
        ]
    }  # fmt: skip


def _new_passphrase(offered: str) -> str:
    """From the environment; else words are offered, or another is typed twice."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return given
    _must_be_terminal()
    sys.stderr.write(f"\nPassphrase, to be told by voice:\n\n    {offered}\n\n")
    typed = unseen.ask("Enter takes these words; or type your own: ")
    if not typed:
        return offered
    if typed != unseen.ask("The same again: "):
        raise Refused("The two passphrases differ.", remedy="Type them again.")
    return typed


def _told_passphrase() -> str:
    given = os.environ.get(VARIABLE, "")
    if given:
        return given
    _must_be_terminal()
    return unseen.ask("Passphrase, as it was told: ")


def _must_be_terminal() -> None:
    if not sys.stdin.isatty():
        raise Refused("A passphrase is needed.", remedy=f"Set {VARIABLE}, or use a terminal.")
