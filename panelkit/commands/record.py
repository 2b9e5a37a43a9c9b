"""Commands about the record: making it, meetings in and out, what it holds, whether it is whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from panelkit import __version__, paths
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.wiring import Settings, area_of, open_desk


def init(settings: Settings, *, unencrypted: bool) -> int:
    """A new record where there is none."""
    path = settings.database
    if path.exists():
        msg = f"There is already a file at {path}."
        raise Refused(msg, remedy="Name another with --db.")
    if not unencrypted:
        msg = "Encrypted records are not made yet."
        raise Refused(msg, remedy="Use --unencrypted, for trying out and never for real cases.")
    open_desk(settings, path, create=True)
    say(f"Made {path}. It is not encrypted: never for real cases.")
    return 0


def take_in(settings: Settings, files: Sequence[Path], *, as_json: bool) -> int:
    """Packs into the record; all are read before any is stored."""
    from panelkit.packs.reader import read_pack

    _area, agenda = area_of(settings)
    packs = [(file, read_pack(file, agenda)) for file in files]
    desk = open_desk(settings, settings.database, create=settings.is_named)
    imported = []
    for file, pack in packs:
        try:
            ref, new = desk.caseload.take_in([*pack.earlier, pack.meeting])
        except PanelkitError as refused:
            raise type(refused)(f"{file}: {refused.message}", remedy=refused.remedy) from None
        imported.append({"ref": ref, "new": new, "replaced": pack.replaced})
        if not as_json:
            said = f" ({pack.replaced} control characters made visible)" if pack.replaced else ""
            say(f"{ref}: {'imported' if new else 'already here, nothing changed'}{said}")
    return say_json({"imported": imported}) if as_json else 0


def export(settings: Settings, ref: str, output: Path | None, reason: str) -> int:
    """A meeting and its earlier ones as a pack."""
    from panelkit.documents.files import write_file
    from panelkit.packs.writer import write_pack

    desk = open_desk(settings, settings.database)
    meeting, earlier = desk.caseload.take_out(ref, reason)
    text = write_pack(meeting, earlier)
    if output is None:
        sys.stdout.write(text)
    else:
        done = write_file(output, text.encode())
        say(f"{meeting.ref}: {done.path}")
    return 0


def schema() -> int:
    """The JSON Schema of a pack."""
    from panelkit.packs.schema import pack_schema

    return say_json(pack_schema())


def listing(settings: Settings, *, as_json: bool) -> int:
    """Every meeting with what it owes."""
    caseload = open_desk(settings, settings.database).caseload
    listed, pens = caseload.listing(), caseload.record.pens_elsewhere()
    away = {m.ref: pens[m.id].words for m in caseload.record.meetings() if m.id in pens}
    if as_json:
        return say_json(
            {
                "meetings": [
                    {
                        "ref": m.ref, "case": m.case_ref, "held_on": m.held_on.isoformat(), "level": int(m.level),
                        "kind": str(m.kind), "state": str(m.state), "gaps": {"closing": m.closing, "approval": m.approval},
                        "minutes_due": m.minutes_due.isoformat(), "pen": away.get(m.ref, "here"),
                    }
                    for m in listed
                ]
            }
        )  # fmt: skip
    for m in listed:
        say(
            f"{m.ref:<12} {long_date(m.held_on):<18} L{m.level} {m.kind.label:<10} {m.state.label:<16} "
            f"{m.closing:>3} owed  {m.approval:>3} to write  minutes due {long_date(m.minutes_due)}"
            f"{f'  READ-ONLY, pen {away[m.ref]}' if m.ref in away else ''}"
        )
    if not listed:
        say("No meeting yet.")
    return 0


def verify(settings: Settings, *, as_json: bool) -> int:
    """The journal's chain, walked."""
    found = open_desk(settings, settings.database).chairing.record.verify()
    good = found.is_good
    if as_json:
        say_json(
            {
                "ok": good,
                "entries": found.entries,
                "first_wrong": found.first_wrong,
                "issued_checked": found.issued,
            }
        )
    elif good:
        say(f"{found.entries} journal entries, each as it was written. The chain is not keyed yet.")
    elif found.first_wrong is not None:
        say(f"Journal entry {found.first_wrong} is not as it was written.")
    else:
        wrong = ", ".join((*found.issued_wrong, *found.templates_wrong, *found.words_wrong))
        say(f"Not as it was stored: {wrong}.")
    return 0 if good else 1


def where(settings: Settings, *, as_json: bool) -> int:
    """Which files are in use."""
    path = settings.database
    facts = {
        "version": __version__,
        "database": str(path),
        "exists": path.exists(),
        "encrypted": False,
        "demonstration": str(paths.demo_database()),
        "area": settings.area_name,
        "templates": str(paths.shipped("templates")),
        "own templates": str(settings.own_templates or ""),
        "samples": str(paths.shipped("sample_meetings")),
        "logs": str(paths.log_folder()),
        "as": settings.person,
    }
    if as_json:
        return say_json(facts)
    for name, value in facts.items():
        say(f"{name:<14} {value}")
    return 0
