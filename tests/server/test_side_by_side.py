"""Chair and minute taker, each at a program of their own, through one whole meeting on a server."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from docx import Document

from panelkit.domain import entries as e
from panelkit.domain.people import Role
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.store.record import Record
from panelkit.store.server import Server
from tests.desk import SAMPLES
from tests.pty_program import Program
from tests.server.team import Team
from tests.servers import Cluster

REF = "WM-0143-3"
NEXT, CLOSE, NOTE, SAVE_AND_LEAVE = b"\x1bOS", b"\x1b[21~", b"\x0e", b"\x11"


def program(server: Server) -> Program:
    """Whoever the login is, at the meeting."""
    return Program.start(
        [sys.executable, "-m", "panelkit", "run", REF, "--db", str(server)], size=(120, 40)
    )


def asks_for_a_note(program: Program) -> bool:
    """The line that takes one is open."""
    return any(line.strip() == "Note" for line in program.screen())


def are_stored(record: Record, said: list[str], other: Program) -> bool:
    """Every note that was said is in the record; the ``other`` program is read meanwhile too."""
    other.attend()
    return set(said) <= {note.text for note in record.load(REF).live(e.Note)}


def words_of(path: Path) -> str:
    """Everything that a Word document says, tables too."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.reliability
def test_two_programs_through_one_meeting_and_the_minutes_hold_every_word_of_both(
    cluster: Cluster, tmp_path: Path
) -> None:
    team = Team.on(cluster, Role.CHAIR, Role.MINUTE_TAKER)
    with team.opened() as record:
        desk = team.desk(record)
        pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting], pack.beside)
        items = [item.code for item in record.load(REF).agenda]
    with team.opened() as record, program(team.address(Role.CHAIR)) as chair:
        with program(team.address(Role.MINUTE_TAKER)) as taker:
            desks = {"Chair": chair, "Taker": taker}
            for each in desks.values():
                each.wait_for_text("A1")
                each.settle()
            said: list[str] = []
            for number, item in enumerate(items):
                for each in desks.values():
                    if number:
                        each.press(NEXT)
                # Both type at once, into the same item: nobody waits for the other.
                for who, each in desks.items():
                    words = f"{who} heard this at {item}."
                    said.append(words)
                    each.press(NOTE)
                    each.wait_until(partial(asks_for_a_note, each), "the line is open")
                    each.press(f"POL i {item}: {words}\r")
                chair.wait_until(
                    partial(are_stored, record, said, taker),
                    f"both notes at {item} are stored",
                )
                for each in desks.values():
                    each.wait_until(lambda each=each: not asks_for_a_note(each), "the line is gone")  # type: ignore[misc]
            # Each sees where the other is, and neither has lost a word or its place.
            chair.wait_for_text(f"{items[-1]} Test Minute")
            taker.wait_for_text(f"{items[-1]} Test Chair")
            taker.press(SAVE_AND_LEAVE)
            taker.wait()
        chair.press(CLOSE)
        chair.wait_for_text("Type close")
        chair.press("close\r")
        chair.wait_until(lambda: record.load(REF).state is MeetingState.CLOSED, "it is closed")
        assert record.verify().is_good
    env = {**os.environ, "PANELKIT_AREA": "west_midlands"}
    done = subprocess.run(
        [sys.executable, "-m", "panelkit", "minutes", REF, "-o", str(tmp_path / "m.docx"), "--db",
         str(team.address(Role.MINUTE_TAKER))], env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = words_of(tmp_path / "m.docx")
    assert len(said) == 2 * len(items)
    assert [words for words in said if words not in text] == []
