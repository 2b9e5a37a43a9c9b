"""The demonstration: a record of its own, filled from the fictional samples."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit import paths
from panelkit.commands.printing import say
from panelkit.domain.completeness import stopping
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingRole, MeetingState, Stops
from panelkit.wiring import Settings, open_desk, sample_packs

if TYPE_CHECKING:
    from panelkit.services.desk import Desk


def demo_desk(settings: Settings, *, fresh: bool) -> Desk:
    """A desk over the demonstration's own record, set out from the samples; its clock is the scene's.

    Opened again, it goes on from when it was last written to.
    """
    from panelkit.commands.scene import CHAIR, SceneClock, set_out

    path = Path(settings.db) if settings.db else paths.demo_database()
    if fresh:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
    new = not path.exists()
    clock = SceneClock()
    settings = dataclasses.replace(settings, clock=clock, who=settings.claimed or CHAIR)
    desk = open_desk(settings, path, create=True, demo=True)
    if new:
        from panelkit.packs.reader import read_pack

        packs = {pack.stem: read_pack(pack, desk.caseload.agenda) for pack in sample_packs()}
        set_out(desk, clock, {name: [*p.earlier, p.meeting] for name, p in packs.items()})
    else:
        clock.set(max(desk.caseload.record.last_written() or clock(), clock()))
    return desk


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
            ref, _new = desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)
            _walk(desk, desk.caseload.find(ref), out)
        desk.chairing.record.close()
    return 0


def _walk(desk: Desk, meeting: Meeting, out: Path) -> None:
    for item in meeting.agenda:
        if meeting.state is MeetingState.OPEN and meeting.text("A2", "confidentiality_statement"):
            meeting = desk.chairing.move_to(meeting, item.code)
    owed = stopping(desk.chairing.gaps(meeting), Stops.CLOSING)
    if owed:
        say(f"{meeting.ref}: not closed, {len(owed)} owed")
        for gap in owed:
            say(f"    {gap.item:<4} {gap.message}")
        return
    meeting = desk.chairing.close(meeting)
    try:
        meeting = _approved_and_issued(desk, meeting)
    except Refused as refused:
        say(f"{meeting.ref}: closed, not approved: {refused.sentence}")
        for gap in stopping(desk.chairing.gaps(meeting), Stops.APPROVAL):
            say(f"    {gap.item:<4} {gap.message}")
    for kind in ("full", "actions"):
        done = desk.minute_taking.write(meeting, kind, out)
        say(f"{meeting.ref}: {done.path}{'  ' + done.note if done.note else ''}")


def _approved_and_issued(desk: Desk, meeting: Meeting) -> Meeting:
    """The way a desk goes: sent by the minute taker, approved by the chair, issued."""
    from panelkit.services.minutes_life import everything_confirmed

    taker, chair = meeting.role(MeetingRole.MINUTE_TAKER), meeting.role(MeetingRole.CHAIR)
    meeting = desk.acting_as(taker.name if taker else desk.who).minutes_life.send_to_chair(meeting)
    chairs = desk.acting_as(chair.name if chair else desk.who).minutes_life
    meeting = chairs.approve(meeting, everything_confirmed(desk.area))
    return desk.minutes_life.issue(meeting)
