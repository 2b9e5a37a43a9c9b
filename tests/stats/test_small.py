"""Small numbers of a breakdown that leaves the area, withheld with what gives them away."""

from __future__ import annotations

import pytest

from panelkit.stats.small import withheld

FEW, NONE = "fewer than 5", "not shown: fewer than 5 in all"


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ({}, {}),
        ({"a": 0, "b": 0}, {"a": "0", "b": "0"}),
        ({"a": 5, "b": 12, "c": 0}, {"a": "5", "b": "12", "c": "0"}),
        ({"a": 1, "b": 12, "c": 7}, {"a": FEW, "b": "12", "c": "not shown"}),
        ({"a": 1, "b": 4, "c": 7}, {"a": FEW, "b": FEW, "c": "7"}),
        ({"a": 4, "b": 0}, {"a": NONE, "b": NONE}),
        ({"a": 1, "b": 1}, {"a": NONE, "b": NONE}),
        ({"a": 4, "b": 6, "c": 0}, {"a": FEW, "b": "not shown", "c": "0"}),
    ],
)
def test_a_small_number_is_never_said_nor_left_to_be_worked_out(
    counted: dict[str, int], said: dict[str, str]
) -> None:
    assert withheld(counted, 5) == said


def test_no_number_can_be_worked_out_from_the_total() -> None:
    for a in range(9):
        for b in range(9):
            for c in range(9):
                counted = {"a": a, "b": b, "c": c}
                said = withheld(counted, 5)
                hidden = [n for name, n in counted.items() if not said[name].isdecimal()]
                assert not any(0 < n < 5 and said[name].isdecimal() for name, n in counted.items())
                assert len(hidden) != 1
