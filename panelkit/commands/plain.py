"""A meeting led line after line: for screen readers, braille displays and scripts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from panelkit import paths
from panelkit.commands.copies import at_close
from panelkit.domain.errors import Refused
from panelkit.wiring import Settings, open_desk

if TYPE_CHECKING:
    from panelkit.services.desk import Desk


def run(settings: Settings, ref: str) -> int:
    """Lead it over standard input and output. Raises Refused, NotFound, NotAllowed."""
    from panelkit.tui.terminal import harden_process

    if ref.endswith(".toml"):
        msg = "A pack is imported before it is run."
        raise Refused(
            msg, remedy=f"panelkit import {ref}, then panelkit run with the reference it prints."
        )
    harden_process()
    desk = open_desk(settings, settings.database)
    desk.caseload.find(ref)
    code = lead(desk, ref)
    if not code:
        at_close(desk)
    return code


def lead(desk: Desk, ref: str) -> int:
    """The meeting called ``ref`` over standard input and output; the code to end with."""
    from panelkit.domain.idleness import patience_from
    from panelkit.opened import settingsfile
    from panelkit.plain.ending import Ending
    from panelkit.plain.reading import lines_of
    from panelkit.plain.run import hold
    from panelkit.plain.voice import Voice, writer

    write = writer(sys.stdout)
    patience, complaints = patience_from(settingsfile.read(paths.settings_file()))
    voice = Voice(write)
    voice.say(*(f"Settings: {complaint}" for complaint in complaints))
    with Ending() as ending:
        return hold(
            desk, ref, lines_of(ending, write), voice, _complain,
            patience=patience, was_stopped=ending.was_stopped_once,
        )  # fmt: skip


def _complain(sentence: str) -> None:
    sys.stderr.write(f"panelkit: {sentence}\n")
