"""What each command does, over the same services as the screens. Returns an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit import __version__, paths
from panelkit.domain.completeness import completeness, stopping
from panelkit.domain.errors import NotFound, PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import MeetingState, Stops
from panelkit.wiring import Settings, area_of, find_meeting, open_desk, sample_packs

if TYPE_CHECKING:
    from panelkit.services.desk import Desk


def _print(text: str) -> None:
    """Words on standard output; nothing in them acts on a terminal."""
    sys.stdout.write(gate(text).text + "\n")


def _print_json(value: Any) -> int:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return 0


def has_terminal() -> bool:
    """Whether a person can see and type: Textual draws on standard error."""
    return sys.stdin.isatty() and sys.__stderr__ is not None and sys.__stderr__.isatty()


# -- screens ---------------------------------------------------------------------------


def _show(desk: Desk | None, settings: Settings, ref: str = "") -> int:
    from panelkit.tui.terminal import harden_process, scrub_environment

    if not has_terminal():
        msg = "This needs a terminal."
        raise Refused(msg, remedy="See panelkit --help for commands that print.")
    scrub_environment()
    harden_process()
    from panelkit.tui.app import PanelkitApp

    choices = {
        "demo": lambda: demo_desk(settings, fresh=False),
        "new": lambda: open_desk(settings, settings.database, create=True),
    }
    app = PanelkitApp(
        desk, ref=ref, crash_folder=paths.log_folder(), choices=choices if desk is None else None
    )
    app.run()
    return app.return_code or 0


def home(settings: Settings) -> int:
    """The home screen; without a record, the choice of one."""
    path = settings.database
    if not path.exists():
        if settings.is_named:
            msg = f"There is no record at {path}."
            raise NotFound(msg, remedy="Make one with panelkit init --unencrypted --db FILE.")
        return _show(None, settings)
    return _show(open_desk(settings, path), settings)


def run(settings: Settings, ref: str) -> int:
    """One meeting on the chair's screen."""
    if ref.endswith(".toml"):
        msg = "A pack is imported before it is run."
        raise Refused(
            msg, remedy=f"panelkit import {ref}, then panelkit run with the reference it prints."
        )
    desk = open_desk(settings, settings.database)
    desk.caseload.find(ref)
    return _show(desk, settings, ref)


def demo_desk(settings: Settings, *, fresh: bool) -> Desk:
    """A desk over the demonstration's own record, filled from the samples."""
    path = Path(settings.db) if settings.db else paths.demo_database()
    if fresh:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
    new = not path.exists()
    desk = open_desk(settings, path, create=True, demo=True)
    if new:
        from panelkit.packs.reader import read_pack

        for sample in sample_packs():
            pack = read_pack(sample, desk.caseload.agenda)
            desk.caseload.take_in([*pack.earlier, pack.meeting])
    return desk


def demo(settings: Settings, *, unattended: bool, out: Path, fresh: bool) -> int:
    """On screen with a terminal; else every sample walked to its issued minutes."""
    if unattended or not has_terminal():
        return walk_samples(settings, out)
    desk = demo_desk(settings, fresh=fresh)
    running = [m.ref for m in desk.caseload.listing() if m.state is MeetingState.OPEN]
    review = [ref for ref in running if ref.startswith("WM-0143")]
    return _show(desk, settings, (review or running or [""])[0])


def walk_samples(settings: Settings, out: Path) -> int:
    """Each sample in a record of its own: agenda walked, closed, approved, issued, written.

    A meeting whose gaps stop it is reported with them and never forced.
    """
    import tempfile

    from panelkit.packs.reader import read_pack

    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(settings, Path(folder) / "demo.db", create=True, demo=True)
        for sample in sample_packs():
            pack = read_pack(sample, desk.caseload.agenda)
            ref, _new = desk.caseload.take_in([*pack.earlier, pack.meeting])
            _walk(desk, desk.caseload.find(ref), out)
        desk.chairing.record.close()
    return 0


def _walk(desk: Desk, meeting: Meeting, out: Path) -> None:
    for item in meeting.agenda:
        if meeting.state is MeetingState.OPEN and meeting.text("A2", "confidentiality_statement"):
            meeting = desk.chairing.move_to(meeting, item.code)
    owed = stopping(desk.chairing.gaps(meeting), Stops.CLOSING)
    if owed:
        _print(f"{meeting.ref}: not closed, {len(owed)} owed")
        for gap in owed:
            _print(f"    {gap.item:<4} {gap.message}")
        return
    meeting = desk.chairing.close(meeting)
    try:
        meeting = desk.minute_taking.issue(desk.minute_taking.approve(meeting))
    except Refused as refused:
        _print(f"{meeting.ref}: closed, not approved: {refused.sentence}")
        for gap in stopping(desk.chairing.gaps(meeting), Stops.APPROVAL):
            _print(f"    {gap.item:<4} {gap.message}")
    for kind in ("full", "actions"):
        done = desk.minute_taking.write(meeting, kind, out)
        _print(f"{meeting.ref}: {done.path}{'  ' + done.note if done.note else ''}")


# -- the record ------------------------------------------------------------------------


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
    _print(f"Made {path}. It is not encrypted: never for real cases.")
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
            _print(f"{ref}: {'imported' if new else 'already here, nothing changed'}{said}")
    return _print_json({"imported": imported}) if as_json else 0


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
        _print(f"{meeting.ref}: {done.path}")
    return 0


def schema() -> int:
    """The JSON Schema of a pack."""
    from panelkit.packs.schema import pack_schema

    return _print_json(pack_schema())


def listing(settings: Settings, *, as_json: bool) -> int:
    """Every meeting with what it owes."""
    listed = open_desk(settings, settings.database).caseload.listing()
    if as_json:
        return _print_json(
            {
                "meetings": [
                    {
                        "ref": m.ref, "case": m.case_ref, "held_on": m.held_on.isoformat(), "level": int(m.level),
                        "kind": str(m.kind), "state": str(m.state), "gaps": {"closing": m.closing, "approval": m.approval},
                        "minutes_due": m.minutes_due.isoformat(),
                    }
                    for m in listed
                ]
            }
        )  # fmt: skip
    for m in listed:
        _print(
            f"{m.ref:<12} {long_date(m.held_on):<18} L{m.level} {m.kind.label:<10} {m.state.label:<16} "
            f"{m.closing:>3} owed  {m.approval:>3} to write  minutes due {long_date(m.minutes_due)}"
        )
    if not listed:
        _print("No meeting yet.")
    return 0


def check(settings: Settings, ref: str, *, as_json: bool) -> int:
    """What is still owed; 1 while anything stops closing."""
    meeting, area = find_meeting(settings, ref)
    gaps = completeness(meeting, area)
    owed = stopping(gaps, Stops.CLOSING)
    if as_json:
        _print_json(
            {
                "ref": meeting.ref, "level": int(meeting.level), "kind": str(meeting.kind), "can_close": not owed,
                "gaps": [
                    {"item": g.item, "field": g.field, "message": g.message, "stops": str(g.stops), "why": g.why, "parked": g.parked}
                    for g in gaps
                ],
            }
        )  # fmt: skip
        return 1 if owed else 0
    _print(f"{meeting.ref}  {meeting.title}  {long_date(meeting.held_on)}  {meeting.state.label}")
    for stops, words in (
        (Stops.CLOSING, "stops closing"),
        (Stops.APPROVAL, "stops approval"),
        (Stops.NOTHING, "look at"),
    ):
        mine = [g for g in gaps if g.stops is stops and not g.parked]
        if mine:
            _print(f"\n{words} ({len(mine)})")
            for gap in mine:
                _print(f"  {gap.item:<4} {gap.message}")
    for gap in gaps:
        if gap.parked:
            _print(f"  {gap.item:<4} parked: {gap.message}: {gap.parked}")
    _print("\nIt can close." if not owed else f"\nIt cannot close: {len(owed)} owed.")
    return 1 if owed else 0


def minutes(settings: Settings, ref: str, output: Path | None, kind: str, *, as_text: bool) -> int:
    """A document of a meeting, from the record or from a pack."""
    from panelkit.services.minute_taking import MinuteTaking
    from panelkit.store.record import Record

    if ref.endswith(".toml"):
        meeting, area = find_meeting(settings, ref)
        record = None
    else:
        area, _agenda = area_of(settings)
        record = Record.open(settings.database)
        meeting = record.load(ref)
    taking = MinuteTaking(record, area, settings.clock, settings.person, paths.shipped("templates"))
    if as_text:
        sys.stdout.write(taking.text(meeting, kind))
        return 0
    folder, path = Path.cwd(), None
    if output is not None:
        folder, path = (output, None) if output.is_dir() else (output.parent, output)
    done = taking.write(meeting, kind, folder, path=path)
    _print(f"{done.path}{'  ' + done.note if done.note else ''}")
    return 0


def verify(settings: Settings, *, as_json: bool) -> int:
    """The journal's chain, walked."""
    found = open_desk(settings, settings.database).chairing.record.verify()
    good = found.is_good
    if as_json:
        _print_json(
            {
                "ok": good,
                "entries": found.entries,
                "first_wrong": found.first_wrong,
                "issued_checked": found.issued,
            }
        )
    elif good:
        _print(
            f"{found.entries} journal entries, each as it was written. The chain is not keyed yet."
        )
    elif found.first_wrong is not None:
        _print(f"Journal entry {found.first_wrong} is not as it was written.")
    else:
        wrong = ", ".join((*found.issued_wrong, *found.words_wrong))
        _print(f"Not as it was stored: {wrong}.")
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
        "samples": str(paths.shipped("sample_meetings")),
        "logs": str(paths.log_folder()),
        "as": settings.person,
    }
    if as_json:
        return _print_json(facts)
    for name, value in facts.items():
        _print(f"{name:<14} {value}")
    return 0
