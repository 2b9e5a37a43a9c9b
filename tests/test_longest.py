"""What begins first is really there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.longest import LONGEST, place

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", LONGEST)
def test_each_of_the_longest_is_a_test_there_is(name: str) -> None:
    file, _, test = name.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not test or f"def {test}(" in text, name


def test_the_longest_come_first_and_all_others_stay_in_their_order() -> None:
    others = ["tests/b.py::test_two", "tests/a.py::test_one"]
    assert sorted([*others, *reversed(LONGEST)], key=place) == [*LONGEST, *others]
