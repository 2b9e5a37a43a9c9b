"""What an audit gives out: letters of feedback for one meeting, one page for the board."""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelkit.commands.audit import progress_on_a_terminal
from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.errors import BadInput
from panelkit.wiring import Settings, about, area_of, choosing_of, record_in_use

if TYPE_CHECKING:
    from panelkit.audit.trends import Trend
    from panelkit.domain.board import BoardReport
    from panelkit.domain.feedback import Letter


def letters(
    settings: Settings, ref: str, out: Path | None, *, everything: bool, as_text: bool, as_json: bool
) -> int:  # fmt: skip
    """Two letters about one meeting as Word files in ``out``, or on standard output."""
    from panelkit.services.feedback import Feedback

    if everything or not ref or ref.casefold().endswith((".docx", ".docm", ".doc", ".odt", ".rtf")):
        msg = "Letters are about one meeting of the record, or of a pack."
        raise BadInput(msg, remedy="Name its reference, or the path of a pack.")
    folder = _folder(out)
    with about(settings, ref, "letters") as it:
        meeting = it.meeting
        choosing = choosing_of(settings, it.record)
        feedback = Feedback(it.record, it.area, settings.clock, choosing)
        found = feedback.letters(meeting, it.earlier)
        if as_text:
            sys.stdout.write("\n".join(feedback.text(meeting, one) for one in found))
            return 0
        written = () if as_json and out is None else feedback.write_these(meeting, found, folder)
    if as_json:
        files = [str(done.path) for done in written]
        return say_json({"ref": meeting.ref, "letters": [letter_data(x) for x in found], "files": files})  # fmt: skip
    for done in written:
        say(f"{done.path}{'  ' + done.note if done.note else ''}")
    return 0


def letter_data(letter: Letter) -> dict[str, Any]:
    """A letter as other programs read it; more keys may be added."""
    data = dataclasses.asdict(letter)
    data["to"] = str(letter.to)
    data["held_on"] = letter.held_on.isoformat()
    for row, one in zip(data["audits"], letter.audits, strict=True):
        row["finished_on"] = one.finished_on.isoformat() if one.finished_on else None
    return data


def report(
    settings: Settings, ref: str, start: str, end: str, out: Path | None, *, everything: bool,
    outside: bool, as_text: bool, as_json: bool,
) -> int:  # fmt: skip
    """The board's page of a period as a Word file in ``out``, or on standard output."""
    from panelkit.services.board import Board

    if ref or everything:
        msg = "The board's page is about a period, and names no meeting."
        raise BadInput(msg, remedy="Leave out the reference; give --from and --to.")
    first, last = day_of(start, "--from"), day_of(end, "--to")
    folder = _folder(out)
    with record_in_use(settings) as record:
        area, _agenda = area_of(settings, record)
        choosing = choosing_of(settings, record)
        board = Board(record, area, settings.clock, choosing)
        found = board.report(
            first, last, outside=outside, progress=progress_on_a_terminal(),
            workers=min(2, os.cpu_count() or 1),
        )  # fmt: skip
        if as_text:
            sys.stdout.write(board.text(found))
            return 0
        trends = board.trends(found.end) if as_json else ()
        written = None if as_json and out is None else board.write(found, folder)
    if as_json:
        files = [str(written.path)] if written else []
        return say_json({**report_data(found), "trends": trend_data(trends, found.outside), "files": files})  # fmt: skip
    if written:
        say(f"{written.path}{'  ' + written.note if written.note else ''}")
    return 0


def report_data(found: BoardReport) -> dict[str, Any]:
    """The page as other programs read it; more keys may be added."""
    data = dataclasses.asdict(found)
    data["from"], data["to"] = data.pop("start").isoformat(), data.pop("end").isoformat()
    data["trends_shown"] = data.pop("trends")
    return data


def trend_data(found: tuple[Trend, ...], below: int) -> list[dict[str, Any]]:
    """Every question over the quarters; what rests on fewer than ``below`` is withheld."""
    return [
        {
            "form": one.form.id, "id": one.question.id, "question": one.question.text,
            "counts": str(one.question.counts), "max": one.question.most,
            "points": [
                {
                    "from": quarter.start.isoformat(), "to": quarter.end.isoformat(),
                    "n": None if (hidden := 0 < point.n < below) else point.n,
                    "mean": None if hidden or point.mean is None else round(point.mean, 2),
                    "times": {} if hidden else dict(point.times),
                }
                for quarter, point in one.points
            ],
        }
        for one in found
    ]  # fmt: skip


def _folder(out: Path | None) -> Path:
    """Where files go: here, or a folder, which is made where it is not there."""
    folder = out or Path.cwd()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        msg = f"{folder} cannot be a folder: {failed.strerror or 'it failed'}."
        raise BadInput(msg, remedy="Name another with --out.") from None
    return folder
