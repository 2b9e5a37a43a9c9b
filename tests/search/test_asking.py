"""What somebody asks for, and whether words hold it: the same as SQLite's own reading of them."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from panelkit.domain.asking import BEGINNING, MOST, Group, marked, match, read, snippet
from panelkit.domain.folding import words_in

TOKENIZER = "unicode61 remove_diacritics 2"
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


def folded(text: str) -> list[str]:
    return [word.folded for word in words_in(text)]


def test_every_character_is_folded_as_the_file_s_own_tokenizer_folds_it() -> None:
    """Each stands between two letters: it parts them, is left out, or is read as some letter."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    connection.execute(
        f"CREATE VIRTUAL TABLE f USING fts5(words, content='', tokenize='{TOKENIZER}')"
    )
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(f, 'instance')")
    # Every character of the planes that hold writing, and one in a hundred of the rest.
    codes = [c for c in range(1, 0x30000) if not 0xD800 <= c < 0xE000]
    codes += list(range(0x30000, 0x110000, 101))
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO f (rowid, words) VALUES (?, ?)", ((c, f"a{chr(c)}b") for c in codes)
    )
    connection.execute("COMMIT")
    read_so: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for term, doc, offset in connection.execute("SELECT term, doc, offset FROM v"):
        read_so[doc].append((offset, term))
    wrong = [
        hex(c)
        for c in codes
        if folded(f"a{chr(c)}b") != [term for _offset, term in sorted(read_so[c])]
    ]
    assert wrong == []


def test_accents_capitals_apostrophes_and_hyphens_make_no_difference() -> None:
    assert folded("CAFÉ cafe\u0301 café") == ["cafe"] * 3
    assert folded("O’Brien") == folded("O'Brien") == folded("o brien") == ["o", "brien"]
    assert folded("well-being") == folded("Well being")
    assert folded("Łódź Ærø") == ["łodz", "ærø"]


@given(ANYTHING)
@example("\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
@example('"')
@example("-")
@example('-"')
@example("* AND OR NOT NEAR( ) : ^ {x} ' ; --")
def test_anything_may_be_typed(typed: str) -> None:
    for still in (True, False):
        asked = read(typed, still_typing=still)
        assert len(asked.groups) <= MOST
        for group in asked.groups:
            assert group.words
            assert all(word and not set(word) & set("\"'\\ ~*()&|!<>:") for word in group.words)
            assert not group.is_open or len(group.words[-1]) >= BEGINNING
        assert match(asked, [typed]) is None or not asked.is_empty


@given(ANYTHING)
def test_a_text_holds_each_of_its_own_words_and_their_phrase(text: str) -> None:
    words = folded(text)
    for word in words[:MOST]:
        assert match(read(word), [text]) is not None
    if words:
        found = match(read(f'"{" ".join(words)}"'), [text])
        assert found is not None
        assert found.together
        assert [folded(text[start:end]) for start, end in found.marks] == [[w] for w in words]


def test_words_phrases_and_words_that_must_not_be_there() -> None:
    asked = read("curfew \"harrow road\" -closed -'x' beg*")
    assert asked.wanted == (
        Group(("curfew",)), Group(("harrow", "road")), Group(("beg",), is_open=True),
    )  # fmt: skip
    assert asked.unwanted == (Group(("closed",), without=True), Group(("x",), without=True))
    texts = ["The curfew begins at 20:00", "Harrow Road"]
    assert match(asked, texts) is not None
    assert match(asked, [*texts, "closed"]) is None
    assert match(asked, ["The curfew begins; a road, Harrow"]) is None
    assert match(read("harrow road"), ["a road, Harrow"]) is not None


def test_a_hyphen_in_a_word_takes_nothing_away() -> None:
    assert read("WM-0143 re-offend").groups == (Group(("wm", "0143")), Group(("re", "offend")))


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [("har", True), ("har ", False), ('"harrow ro', True), ('"harrow ro"', False), ("h", False),
     ("-har", False), ("har,", False), ("har*", True)],
)  # fmt: skip
def test_the_last_word_may_go_on_while_somebody_types(typed: str, is_open: bool) -> None:
    assert read(typed, still_typing=True).groups[-1].is_open is is_open


def test_more_words_than_are_looked_for_are_told() -> None:
    asked = read(" ".join(f"w{n}" for n in range(MOST + 1)))
    assert asked.cut
    assert len(asked.groups) == MOST


def test_words_together_are_known_from_words_apart() -> None:
    apart = match(read("harrow road"), ["a road in Harrow"])
    close = match(read("harrow road"), ["a road; near Harrow Road"])
    assert apart is not None
    assert not apart.together
    assert close is not None
    assert close.together
    assert close.marks[close.focus] == (13, 19)
    assert match(read("harr", still_typing=True), ["Harrow"]).whole is False  # type: ignore[union-attr]
    assert match(read("harrow", still_typing=True), ["Harrow"]).whole  # type: ignore[union-attr]


@given(ANYTHING, ANYTHING, st.integers(20, 120))
def test_a_snippet_is_no_longer_than_the_line_and_shows_what_was_looked_for(
    before: str, after: str, width: int
) -> None:
    text = f"{before * 4} canary {after * 4}"
    found = match(read("canary"), [text])
    assert found is not None
    short = snippet(text, found.marks, width, found.focus)
    assert len(short.words) <= width
    assert "\n" not in short.words
    shown = [short.words[start:end] for start, end in short.marks]
    assert "canary" in shown or any(folded(each) == ["canary"] for each in shown)
    assert short.words.strip("… ") in text.replace("\n", " ").replace("\t", " ")
    assert "«canary»" in marked(short) or "canary" not in before + after
