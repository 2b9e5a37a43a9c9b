"""Two texts compared word by word: nothing is lost, and what changed is what a person changed."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.compare import Piece, PieceKind, after_of, before_of, compare

SAME, REMOVED, ADDED = PieceKind

WORDS = st.lists(
    st.sampled_from(["flat", "the", "The", "visit", " ", "  ", "\n", "\n\n", ".", "'", "é", "\u202e", "\t", "12"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(WORDS | st.text(), WORDS | st.text())
def test_the_pieces_joined_give_both_texts_back(was: str, now: str) -> None:
    pieces = compare(was, now)
    assert before_of(pieces) == was
    assert after_of(pieces) == now
    assert all(piece.text for piece in pieces)


@given(WORDS)
def test_equal_texts_are_one_piece(text: str) -> None:
    assert compare(text, text) == ((Piece(SAME, text),) if text else ())


@given(WORDS, WORDS)
def test_pieces_are_whole_runs_and_what_went_stands_first(was: str, now: str) -> None:
    kinds = [piece.kind for piece in compare(was, now)]
    for one, other in pairwise(kinds):
        assert (one, other) != (ADDED, REMOVED)
        assert one is not other


def test_one_word_changed_is_one_word_shown() -> None:
    assert compare("He kept the flat.", "He kept the room.") == (
        Piece(SAME, "He kept the "),
        Piece(REMOVED, "flat"),
        Piece(ADDED, "room"),
        Piece(SAME, "."),
    )


def test_words_rewritten_together_are_shown_together() -> None:
    pieces = compare("The police to monitor him.", "The police will visit him.")
    assert pieces == (
        Piece(SAME, "The police "),
        Piece(REMOVED, "to monitor"),
        Piece(ADDED, "will visit"),
        Piece(SAME, " him."),
    )


def test_words_added_at_the_end_leave_the_rest_alone() -> None:
    assert compare("He said", "He said so") == (Piece(SAME, "He said"), Piece(ADDED, " so"))


def test_a_paragraph_moved_in_a_long_text_is_found() -> None:
    rng = random.Random(7)
    lines = [f"{number} {' '.join(rng.choices(['he', 'said', 'flat', 'visit', 'kept'], k=20))}\n" for number in range(400)]  # fmt: skip
    was, now = "".join(lines), "".join([*lines[1:], lines[0]])
    changed = [piece for piece in compare(was, now) if piece.kind is not SAME]
    assert [piece.text.strip() for piece in changed] == [lines[0].strip()] * 2


def test_a_megabyte_of_the_same_words_comes_back_whole() -> None:
    was, now = "he said the " * 90_000, "he did the " * 90_000
    pieces = compare(was, now)
    assert before_of(pieces) == was
    assert after_of(pieces) == now
