"""Which papers there are: each opens over the screen that asked for it."""

from __future__ import annotations

from panelkit.audit.trends import Quarter
from panelkit.domain.board import BoardReport
from panelkit.domain.meeting import Meeting
from panelkit.services.auditing import Progress
from panelkit.services.desk import Desk
from panelkit.store.record import Record
from panelkit.tui.screens.audits.paper import Making, Paper, Write
from panelkit.tui.screens.audits.shown import defects_text, trends_text


def letters(desk: Desk, meeting: Meeting) -> Paper:
    """Both letters about one meeting. Raises Refused while there are no minutes."""
    feedback = desk.feedback
    found = feedback.letters(meeting)
    text = "\n\n".join(feedback.text(meeting, letter) for letter in found)
    return Paper(
        desk, f"Letters of feedback about {meeting.ref}: read them before they go", text=text,
        write=lambda: feedback.write_these(meeting, found, desk.documents),
    )  # fmt: skip


def board_page(desk: Desk, quarter: Quarter, *, outside: bool = False) -> Paper:
    """The board's page of a quarter; ``outside`` withholds what rests on too few."""

    def read(record: Record, progress: Progress) -> BoardReport:
        return desk.board_over(record).report(
            quarter.start, quarter.end, outside=outside, progress=progress
        )

    def show(report: BoardReport) -> tuple[str, Write]:
        board = desk.board_over(desk.chairing.record)
        return board.text(report), lambda: (board.write(report, desk.documents),)

    who = "to leave the area" if outside else "for the board"
    title = f"One page {who}, {quarter.label}"
    return Paper(desk, title, making=Making(read, show))


def trends_page(desk: Desk, quarter: Quarter) -> Paper:
    """Every question over four quarters, and what is found most often in the last of them."""

    def read(record: Record, progress: Progress) -> str:
        board = desk.board_over(record)
        most = board.defects(quarter.start, quarter.end, progress)
        return (
            f"FOUND MOST OFTEN, {quarter.label}\n{defects_text(most)}\n\n\n"
            f"QUESTIONS OVER FOUR QUARTERS\n{trends_text(board.trends(quarter.end))}"
        )

    def show(text: str) -> tuple[str, None]:
        return text, None

    return Paper(desk, f"Trends and defects up to {quarter.label}", making=Making(read, show))
