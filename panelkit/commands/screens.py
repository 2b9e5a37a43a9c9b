"""Commands that open a screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit import paths
from panelkit.commands.copies import at_close
from panelkit.commands.demonstration import demo_desk, walk_samples
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.vocabulary import MeetingState
from panelkit.wiring import Settings, open_desk

if TYPE_CHECKING:
    from panelkit.services.desk import Desk


def has_terminal() -> bool:
    """Whether a person can see and type: Textual draws on standard error."""
    return sys.stdin.isatty() and sys.__stderr__ is not None and sys.__stderr__.isatty()


def show(desk: Desk | None, settings: Settings, ref: str = "", *, minutes: bool = False) -> int:
    from panelkit.tui.terminal import harden_process, scrub_environment

    if not has_terminal():
        msg = "This needs a terminal."
        remedy = (
            "panelkit run REF --plain takes lines; see panelkit --help for commands that print."
        )
        raise Refused(msg, remedy=remedy)
    scrub_environment()
    harden_process()
    from panelkit.tui.app import PanelkitApp

    choices = {
        "demo": lambda: demo_desk(settings, fresh=False),
        "new": lambda: open_desk(settings, settings.database),
    }
    app = PanelkitApp(
        desk,
        ref=ref,
        crash_folder=paths.log_folder(),
        choices=choices if desk is None else None,
        minutes=minutes,
        settings_file=paths.settings_file(),
    )
    app.run()
    if app.wants_new:
        from panelkit.commands.record import init

        return init(settings, unencrypted=False, roles=[]) or home(settings)
    if not app.return_code and app.desk is not None:
        at_close(app.desk)
    if app.wants_practice and app.desk is not None:
        from panelkit.commands.practice import practise

        app.desk.caseload.record.close()
        return practise(settings, "", "", plain=False, again=False)
    return app.return_code or 0


def home(settings: Settings) -> int:
    """The home screen; without a record, the choice of one."""
    path = settings.database
    if isinstance(path, Path) and not path.exists():
        if settings.is_named:
            msg = f"There is no record at {path}."
            raise NotFound(msg, remedy="Make one with panelkit init --db FILE.")
        return show(None, settings)
    return show(open_desk(settings, path), settings)


def run(settings: Settings, ref: str) -> int:
    """One meeting on the chair's screen."""
    if ref.endswith(".toml"):
        msg = "A pack is imported before it is run."
        raise Refused(
            msg, remedy=f"panelkit import {ref}, then panelkit run with the reference it prints."
        )
    desk = open_desk(settings, settings.database)
    desk.caseload.find(ref)
    return show(desk, settings, ref)


def minute_desk(settings: Settings, ref: str) -> int:
    """The minute taker's queue, or the draft of one meeting."""
    desk = open_desk(settings, settings.database)
    if ref:
        desk.caseload.find(ref)
    return show(desk, settings, ref, minutes=True)


def demo(settings: Settings, *, unattended: bool, out: Path, fresh: bool) -> int:
    """On screen with a terminal; else every sample walked to its issued minutes."""
    if unattended or not has_terminal():
        return walk_samples(settings, out)
    desk = demo_desk(settings, fresh=fresh)
    running = [m.ref for m in desk.caseload.record.in_states([MeetingState.OPEN])]
    review = [ref for ref in running if ref.startswith("WM-0143")]
    return show(desk, settings, (review or running or [""])[0])
