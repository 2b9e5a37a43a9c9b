"""How much of known truth is found in documents laid out in many ways, with floors."""

from __future__ import annotations

import pytest

from panelkit.commands.foreign import not_found
from tests.foreign.hand import HAND
from tests.foreign.layouts import LAYOUTS
from tests.foreign.measuring import KINDS, Score, measured, measured_by_hand, read
from tests.foreign.truth import truth
from tests.foreign.unfamiliar import UNFAMILIAR

MEETINGS = 25
FLOOR = 0.97
"""Of what the layouts hold and of what was found in them; the untidy documents have their own."""
BY_HAND = 0.95


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_back_what_was_put_in(layout: str) -> None:
    score = Score()
    for seed in range(MEETINGS):
        meeting = truth(seed)
        score.merge(measured(meeting, read(LAYOUTS[layout](meeting))))
    print(score.line(layout))
    for kind in KINDS:
        assert score.recall(kind) >= FLOOR, (kind, score.wrong[:10])
        assert score.precision(kind) >= FLOOR, (kind, score.wrong[:10])


def test_documents_written_by_hand_are_read() -> None:
    score = Score()
    for name, hand in HAND.items():
        one = measured_by_hand(hand, read(hand.build()))
        print(one.line(name))
        score.merge(one)
    print(score.line("all by hand"))
    for kind in KINDS:
        assert score.recall(kind) >= BY_HAND, (kind, score.wrong)
        assert score.precision(kind) >= BY_HAND, (kind, score.wrong)


def test_in_unfamiliar_wording_little_is_found_and_nothing_is_made_up() -> None:
    score = Score()
    for name, hand in UNFAMILIAR.items():
        minutes = read(hand.build())
        one = measured_by_hand(hand, minutes)
        print(one.line(name))
        score.merge(one)
        told = {line.split()[0] for line in not_found(minutes)}
        told |= {section.item for section in minutes.sections}
        assert {item for _heading, item in hand.sections} - told <= {"A1", "A16"}, name
    print(score.line("in unfamiliar wording"))
    for kind in KINDS:
        assert score.precision(kind) >= 0.95, (kind, score.wrong)
        assert score.recall(kind) >= 0.45, (kind, score.wrong)


def test_what_is_found_says_where_and_how_sure() -> None:
    minutes = read(LAYOUTS["action column"](truth(5)))
    beside = next(
        action for action in minutes.actions if action.text.startswith("Check the tenancy")
    )
    assert str(beside.sure) == "likely"  # its words were taken from the discussion beside it
    assert beside.where.words == 'table 2, row 5, under "Northmoor Police"'
    level = minutes.fact("level")
    assert level is not None
    assert (level.value, str(level.sure), level.how) == ("2", "likely", "in the title")


def test_what_is_beside_the_text_is_told_and_never_read_as_minutes() -> None:
    minutes = read(LAYOUTS["merged, nested, tracked"](truth(5)))
    told = {each.what for each in minutes.not_read}
    assert {"comment", "tracked changes", "text boxes"} <= told
    assert minutes.comments == 1
    assert not any("nobody to do nothing" in action.raw for action in minutes.actions)
    assert not any("Consider whether" in action.text for action in minutes.actions)  # deleted words
    assert not any("to be checked" in section.text for section in minutes.sections)
