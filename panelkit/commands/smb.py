"""Meetings of the Strategic Management Board, and who came."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.commands.codes import must_be_day, term_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.smb import BoardMeeting, BoardPresence
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import AgencyType
from panelkit.wiring import Settings, open_desk, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.smb import BoardMeetings


@contextmanager
def _boards(settings: Settings) -> Iterator[BoardMeetings]:
    from panelkit.services.smb import BoardMeetings

    with record_in_use(settings) as record:
        yield BoardMeetings(record, settings.clock, who_works(settings, record))


def add(settings: Settings, day: str) -> int:
    """A meeting that was held."""
    on = must_be_day(day, "The day")
    with _boards(settings) as verbs:
        return _say(verbs.add(on))


def came(settings: Settings, day: str, organisation: str, agency: str, presence: str) -> int:
    """Whether an organisation was there."""
    on, of = must_be_day(day, "The day"), term_of(AgencyType, agency, "agency")
    what = term_of(BoardPresence, presence, "presence")
    with _boards(settings) as verbs:
        return _say(verbs.came(on, organisation, of, what))


def withdraw(settings: Settings, day: str, *, because: str) -> int:
    """One that was not held."""
    on = must_be_day(day, "The day")
    with _boards(settings) as verbs:
        return _say(verbs.withdraw(on, because))


def every(settings: Settings, *, as_json: bool) -> int:
    """All of them with who came."""
    with _boards(settings) as verbs:
        found = verbs.every()
    if as_json:
        return say_json(
            {
                "meetings": [
                    {
                        "held_on": one.held_on.isoformat(), "withdrawn": one.withdrawn,
                        "attendance": [
                            {
                                "organisation": row.organisation, "agency": str(row.agency),
                                "presence": str(row.presence), "came": row.presence.came,
                            }
                            for row in one.there
                        ],
                    }
                    for one in found
                ]
            }
        )  # fmt: skip
    for one in found:
        _say(one)
    if not found:
        say("No meeting of the board is recorded.")
    return 0


def take_in(settings: Settings, files: Sequence[Path], *, as_json: bool) -> int:
    """Meetings from files; all are read before any is stored."""
    from panelkit.packs.boards import read_boards
    from panelkit.services.smb import BoardMeetings

    today = room_day(settings.clock())
    read = [(file, read_boards(file, today=today)) for file in files]
    desk = open_desk(settings, settings.database, create=settings.is_named)
    verbs = BoardMeetings(desk.caseload.record, settings.clock, desk.who)
    imported = []
    for file, boards in read:
        try:
            new, rows = verbs.take_in(boards)
        except PanelkitError as refused:
            said = f"{file}: {refused.message}"
            raise type(refused)(said, remedy=refused.remedy) from None
        imported.append({"file": str(file), "boards": new, "attendance": rows})
        if not as_json:
            say(f"{file}: {new} meetings of the board, {rows} rows of attendance new here")
    return say_json({"imported": imported}) if as_json else 0


def export(settings: Settings, output: Path | None) -> int:
    """All of them as a pack that can be imported."""
    from panelkit.documents.files import write_file
    from panelkit.packs.boards import write_boards

    with _boards(settings) as verbs:
        text = write_boards(verbs.every())
    if output is None:
        sys.stdout.write(text)
    else:
        say(f"{write_file(output, text.encode()).path}")
    return 0


def _say(board: BoardMeeting) -> int:
    gone = f"  Withdrawn: {board.withdrawn}" if board.withdrawn else ""
    say(f"Strategic Management Board, {long_date(board.held_on)}{gone}")
    for row in board.there:
        say(f"  {row.organisation} ({row.agency.label}): {row.presence.label.lower()}")
    return 0
