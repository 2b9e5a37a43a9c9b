"""What is written comes back as it was: nothing edited, nothing found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.documents import outline
from panelkit.domain.text import gate
from tests.takeback.fuzz import END, document, expected, package, read, text

typed = st.text(st.characters(exclude_categories=()), max_size=80) | st.integers().map(
    lambda seed: text(random.Random(seed))
)
gated = typed.map(lambda words: gate(words).text)


@settings(max_examples=60, deadline=None)
@given(st.lists(gated, min_size=5, max_size=5))
def test_a_draft_nobody_edited_shows_no_change_in_paragraph_list_facts_or_table(
    texts: list[str],
) -> None:
    made = document(texts)
    words, found, last = read(made, package(made))
    assert words == expected(made)
    assert (found.edited, found.overwritten, found.loose) == ((), (), ())
    assert last == END


@settings(max_examples=60, deadline=None)
@given(st.lists(gated, min_size=5, max_size=5))
def test_in_tables_lists_and_facts_every_character_comes_back(texts: list[str]) -> None:
    made = document(texts)
    words, _found, _last = read(made, package(made))
    assert list(words.values())[1:] == texts[1:]


def test_the_outline_survives_the_record() -> None:
    lines = outline.outline(document(["One", "", "Two\n\nThree", "Four", "\tFive"]))
    assert outline.from_json(outline.to_json(lines)) == lines


@pytest.mark.reliability
def test_rv04_ten_thousand_strange_texts_come_back_equal() -> None:
    source = random.Random(4)
    for _ in range(40):
        made = document([text(source) for _ in range(250)])
        words, found, last = read(made, package(made))
        assert words == expected(made)
        assert len(words) == 250
        assert (found.edited, found.overwritten, found.loose) == ((), (), ())
        assert last == END
