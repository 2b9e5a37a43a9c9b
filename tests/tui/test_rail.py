"""What the rail says of an item, beside a sign and a word."""

from __future__ import annotations

from pathlib import Path

from panelkit.tui.widgets.frame import item_state
from tests.desk import make_desk


def test_words_that_stand_at_an_item_are_told_of_also_when_another_was_opened(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    meeting = desk.caseload.find("WM-0143-3")
    summary = next(item for item in meeting.agenda if item.code == "A6")
    media = next(item for item in meeting.agenda if item.code == "A14")
    assert item_state(summary, meeting, (), "A2") == ("✓ done", ""), "as the pack brought it"
    opened = desk.chairing.move_to(meeting, "A2")
    assert item_state(summary, opened, (), "A2") == ("· words", ""), "nobody came to it here"
    visited = desk.chairing.move_to(opened, "A6")
    assert item_state(summary, visited, (), "A14") == ("✓ done", "")
    assert item_state(media, visited, (), "A14")[0] == "▸ now"
