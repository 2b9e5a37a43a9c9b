"""Commands that hand minutes over: copies for each recipient, and the register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from panelkit import unseen
from panelkit.commands.printing import say
from panelkit.domain.errors import Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import room_day
from panelkit.wiring import Settings, document_password, note_opened, open_desk

if TYPE_CHECKING:
    from panelkit.store.record import Copy


def asked_password(*, wanted: bool) -> str:
    """The password for documents: from the environment, else asked twice; blank where not wanted."""
    if not wanted:
        return ""
    given = document_password()
    if given:
        return given
    first = unseen.ask("Password for the documents: ")
    if first != unseen.ask("The same again: "):
        raise Refused("The two passwords differ.", remedy="Type them again.")
    if not first:
        raise Refused("No password was typed.")
    return first


def distribute(
    settings: Settings, ref: str, output: Path | None, *, password: bool, sent: str
) -> int:
    """Copies, covering note and register; or, with ``sent``, that they were sent."""
    desk = open_desk(settings, settings.database)
    meeting = desk.caseload.find(ref)
    if sent:
        waiting = tuple(c.id for c in desk.distribution.register(meeting) if c.sent_at is None)
        if not waiting:
            raise Refused(f"No copy of {meeting.ref} waits to be sent.")
        desk.distribution.sent(meeting, waiting, sent)
    elif output is not None:
        note_opened(settings, desk.caseload.record, [meeting], "distribute")
        done = desk.distribution.write(meeting, output, password=asked_password(wanted=password))
        for path in (*done.files, done.note):
            say(str(path))
    show_register(desk.distribution.register(meeting), meeting)
    for row in desk.distribution.listed(meeting):
        if row.no_copy:
            say(f"no copy  {row.words}: {row.no_copy}")
    return 0


def show_register(copies: tuple[Copy, ...], meeting: Meeting) -> None:
    """Who has which version, how, since when."""
    if not copies:
        say(f"No copy of {meeting.ref} was written yet.")
    for copy in copies:
        sent = (
            f"sent {long_date(room_day(copy.sent_at))} by {copy.sent_by}, {copy.method}"
            if copy.sent_at
            else "not sent"
        )
        held = f", {copy.withheld} withheld" if copy.withheld else ""
        locked = ", password" if copy.protected else ""
        who = ", ".join(part for part in (copy.name, copy.organisation) if part)
        say(f"v{copy.version} copy {copy.copy_number:<3} {who}{held}{locked}: {sent}")
