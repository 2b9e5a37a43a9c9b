"""What stands beside the words of a draft."""

from __future__ import annotations

import pytest

from panelkit.domain.compare import compare
from panelkit.tui.screens.minutes.aside import differences_content


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [("One flat.", "One flat.", True), ("One flat.", "Two flats.", False), ("", "One.", False)],
)
def test_words_that_are_the_same_are_said_to_be(was: str, now: str, same: bool) -> None:
    shown = differences_content("from revision 1 to 2", compare(was, now)).plain
    assert ("None: the words are the same." in shown) is same
    assert ("[+" in shown) is not same
