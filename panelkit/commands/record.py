"""Commands about the record: making it, meetings in and out, what it holds, whether it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from panelkit import __version__, paths
from panelkit.commands import smb
from panelkit.commands.changes import kept_words
from panelkit.commands.people import new_passphrase, roles_of, say_recovery
from panelkit.commands.printing import say, say_facts, say_json
from panelkit.domain.errors import PanelkitError, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import MeetingState
from panelkit.store.server import Server
from panelkit.wiring import (
    VARIABLE,
    Settings,
    area_of,
    copy_rule,
    desk_over,
    keep_reason,
    note_opened,
    open_desk,
    record_in_use,
    who_works,
)


def init(settings: Settings, *, unencrypted: bool, roles: Sequence[str], login: str = "") -> int:
    """A new record where there is none."""
    if isinstance(settings.named, Server):
        from panelkit.commands import server

        where = settings.database
        assert isinstance(where, Server)  # noqa: S101 - asked just above
        if unencrypted:
            raise Refused("A server keeps its own disks: leave --unencrypted out.")
        return server.init(settings, where, roles=roles, login=login)
    if login:
        raise Refused("A record in a file has passphrases.", remedy="Leave --login out.")
    path = settings.file
    if path.exists():
        msg = f"There is already a file at {path}."
        raise Refused(msg, remedy="Name another with --db.")
    if unencrypted:
        open_desk(settings, path, create=True)
        say(f"Made {path}. It is not encrypted: never for real cases.")
        return 0
    from panelkit.services.people import FIRST, found

    chosen = roles_of(roles) or FIRST
    made = found(path, settings.person, chosen, new_passphrase(settings), settings.clock)
    keep_reason(made.record, settings, path)
    made.record.close()
    say(f"Made {path}, encrypted. {settings.person} opens it, with the passphrase just given.")
    say(f"The key slots are in {path.name}.keys: a copy of the record needs a copy of that file.\n")
    say_recovery(made.recovery)
    return 0


def encrypt(settings: Settings, *, roles: Sequence[str]) -> int:
    """A record that was not encrypted, encrypted in its place."""
    from panelkit.services.entering import needs_passphrase
    from panelkit.services.people import FIRST, encrypt

    path, chosen = settings.file, roles_of(roles) or FIRST
    if needs_passphrase(path):
        raise Refused(f"{path} is encrypted already.")
    made = encrypt(path, settings.person, chosen, new_passphrase(settings), settings.clock)
    copies = desk_over(settings, made.record).keeping.there()
    made.record.close()
    if copies:
        say(f"NOT ENCRYPTED: {len(copies)} copies made before, in {copies[0].parent}.")
    say(f"{path} is encrypted. {settings.person} opens it, with the passphrase just given.")
    say("What was made of it before (copies, files that minutes were written to) is as it was, and")
    say("a disk may keep what the old file held: use disk encryption as well.\n")
    say_recovery(made.recovery)
    return 0


def take_in(settings: Settings, files: Sequence[Path], *, as_json: bool) -> int:
    """Packs into the record; all are read before any is stored."""
    from panelkit.packs.boards import holds_boards
    from panelkit.packs.reader import read_pack

    of_boards = [holds_boards(file) for file in files]
    if any(of_boards):
        if not all(of_boards):
            raise Refused("Packs of cases and of the board are taken in one after the other.")
        return smb.take_in(settings, files, as_json=as_json)
    _area, agenda = area_of(settings)
    today = room_day(settings.clock())
    packs = [(file, read_pack(file, agenda, today=today)) for file in files]
    desk = open_desk(settings, settings.database, create=settings.is_named)
    imported = []
    for file, pack in packs:
        try:
            ref, new = desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)
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
    note_opened(settings, desk.caseload.record, [*earlier, meeting], "export")
    text = write_pack(meeting, earlier, desk.caseload.told_beside(meeting))
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
    pens = caseload.record.pens_elsewhere()
    away = {m.ref: pens[m.id].words for m in caseload.record.heads_of(list(pens))}
    listed = caseload.each_listed()
    if as_json:
        return say_json(
            {
                "meetings": [
                    {
                        "ref": m.ref, "case": m.case_ref, "held_on": m.held_on.isoformat(), "level": int(m.level),
                        "kind": str(m.kind), "state": str(m.state), "standing": m.standing, "gaps": {"closing": m.closing, "approval": m.approval},
                        "minutes_due": m.minutes_due.isoformat(), "pen": away.get(m.ref, "here"),
                    }
                    for m in listed
                ]
            }
        )  # fmt: skip
    is_empty = True
    for m in listed:
        is_empty = False
        owes = (
            f"{m.closing:>3} owed  {m.approval:>3} to write  minutes due {long_date(m.minutes_due)}"
        )
        if m.state is MeetingState.ELSEWHERE:
            owes = "its minutes were made there"
        say(
            f"{m.ref:<12} {long_date(m.held_on):<18} L{m.level} {m.kind.label:<10} {m.standing:<16} {owes}"
            f"{f'  READ-ONLY, pen {away[m.ref]}' if m.ref in away else ''}"
        )
    if is_empty:
        say("No meeting yet.")
    return 0


def where(settings: Settings, *, as_json: bool) -> int:
    """Which files are in use, and how the record stands with its copies."""
    from panelkit.services.keeping import Keeping
    from panelkit.store.belongings import copies_folder, is_encrypted, keys_of
    from panelkit.store.places import judge

    path, rule = settings.named, copy_rule()
    if isinstance(path, Server):
        from panelkit.commands import server

        return server.where(settings, path, as_json=as_json)
    encrypted = path.is_file() and is_encrypted(path)
    facts: dict[str, object] = {
        "version": __version__,
        "database": str(path),
        "exists": path.exists(),
        "encrypted": encrypted,
        "key slots": str(keys_of(path)) if encrypted else "",
        "demonstration": str(paths.demo_database()),
        "area": settings.area_name,
        "controllers": "; ".join(area_of(settings)[0].controllers),
        "accessibility contact": area_of(settings)[0].accessibility_contact,
        "templates": str(paths.shipped("templates")),
        "own templates": str(settings.own_templates or ""),
        "samples": str(paths.shipped("sample_meetings")),
        "logs": str(paths.log_folder()),
        "as": settings.person,
        "copies": str(rule.folder or copies_folder(path)) if not rule.off else "",
    }
    trouble = judge(path, settings.machine())
    notices = [f"{path} {trouble.words}"] if trouble else []
    silent = encrypted and not os.environ.get(VARIABLE)
    if path.is_file() and not silent and (trouble is None or settings.reason_for_place):
        with record_in_use(settings) as record:
            keeping = Keeping(record, settings.clock, who_works(settings, record), rule)
            notices += [*keeping.state().words, *keeping.notices()]
            facts["kept local"] = kept_words(settings, record)
    if silent:
        notices.append(
            f"How it stands with its copies is said on the home screen, or with {VARIABLE}."
        )
    return say_facts(facts, notices, as_json=as_json)
