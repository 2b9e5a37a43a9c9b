"""What is pointed out, and what is not: a hint that is wrong teaches people to look away."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.areas.loader import load_area
from panelkit.domain.plain_words import _SENTENCE_END, MOST, PlainRules, acronyms_of, hints

RULES = load_area("national").plain


def found(text: str, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [(hint.kind, hint.quoted) for hint in hints(text, RULES, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Housing to monitor him.", [("soft verb", "to monitor")]),
        ("Housing to monitor him twice a week.", []),
        ("The housing application is ongoing.", [("no time", "ongoing")]),
        ("The application is ongoing since 3 May 2026.", []),
        ("It was agreed to refer him.", [("nobody named", "It was agreed")]),
        ("It was agreed by police and probation to refer him.", []),
        ("It was agreed to refer him by 3 June.", [("nobody named", "It was agreed")]),
        ("He is manipulative.", [("judgemental", "manipulative")]),
        ("His last report says that he is “manipulative”.", []),
        ("He allegedly hit her.", [("unsourced", "allegedly")]),
        ("Ms Rowe said that he allegedly hit her.", []),
        ("Agencies will share as appropriate.", [("hedge", "as appropriate")]),
        ("There is no risk to staff.", [("certainty", "no risk")]),
        ("As previously discussed, he moved.", [("earlier discussion", "As previously discussed")]),
        ("He may move. Staff support him and consider his needs.", []),
        ("The monitoring officer visits.", []),
        ("V1 asks for ... in the licence.", [("gap", "V1 asks for ...")]),
    ],
)
def test_found_and_not_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_an_acronym_is_pointed_out_once_with_what_it_stands_for() -> None:
    text = "The VLO rang. The VLO rang again."
    (hint,) = hints(text, RULES)
    assert (hint.quoted, hint.start) == ("VLO", 4)
    assert "Victim liaison officer (VLO)" in hint.suggestion
    assert not hints("The VLO rang.", RULES, acronyms_of(text)), "met earlier in the document"


@pytest.mark.parametrize(
    "text",
    [
        "The victim liaison officer (VLO) rang. The VLO rang again.",
        "The VLO (victim liaison officer) rang.",
        "MAPPA and the NHS agreed.",
        "Mr McKay and Dr DeSouza came.",
        "RISK ASSESSMENT AND PLAN OF THE MEETING",
        "R2 and V1 and A10 are references.",
    ],
)
def test_what_is_explained_everyday_or_no_acronym_is_left_alone(text: str) -> None:
    assert not [hint for hint in hints(text, RULES) if hint.kind == "acronym"]


def test_a_sentence_runs_on_beyond_the_setting_and_abbreviations_do_not_end_one() -> None:
    words = "W" + " ".join(["word"] * 30)
    assert found(f"{words}. {words}.") == []
    assert [kind for kind, _quoted in found(f"{words} e.g. {words}.")] == ["runs on"]
    assert found(f"{words}\n{words}") == [], "each line of a list is its own"
    short = PlainRules(longest_sentence=5)
    assert "30 words" in hints(f"{words}.", short)[0].suggestion


@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from(["ongoing", "VLO", " ", ".", "\n", "...", "“", "(", "by "])).map(
        "".join
    )
)
def test_every_hint_quotes_the_words_where_they_stand(text: str) -> None:
    given_ = hints(text, RULES)
    assert len(given_) <= MOST
    for hint in given_:
        assert 0 <= hint.start < hint.end <= len(text)
        assert text[hint.start : hint.end].strip()
        assert hint.quoted.strip() in text
        assert hint.suggestion


@pytest.mark.parametrize("piece", ["ongoing ", "VLO", "It was agreed. ", "A"])
def test_a_long_text_is_read_to_its_end(piece: str) -> None:
    assert len(hints((piece * 200_000)[:200_000], RULES)) <= MOST


def test_an_area_adds_and_leaves_out(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "z.toml"
    path.write_text(
        'name = "Z"\nextends = "national"\n'
        '[vague_words.no_time]\nwords = ["whenever"]\nleave_out = ["ongoing"]\n'
        '[[phrase]]\nitem = "A7"\ntext = "Our own ... words"\n'
        '[[phrase]]\nitem = "A15"\ntext = "... disagreed because ...; the chair answered that ...."\nuse = false\n'
    )
    area = load_area(path)
    assert not hints("It is ongoing.", area.plain)
    assert hints("He comes whenever.", area.plain)[0].suggestion.startswith("Give a date")
    assert ("A7", "Our own ... words") in area.phrases
    assert not [text for item, text in area.phrases if item == "A15"]


AS_IT_READS = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bpara)[.!?]['\"”’)]?(?=\s+[A-Z\"“‘(\d]|\s*\n|\s*$)|\n+"
)
"""What ends a sentence, in the order in which it is said; slow to look for."""
BEFORE = ["e.g", "i.e", "Mr", "Mrs", "Ms", "Dr", "No", "para", "he", "1", "é", "_No", "", "\n"]
SIGNS = [".", "!", "?", ".)", "?”", "!’", '."', "..", "\n", ""]
AFTER = ["", " ", " A", " b", "\n", " \n", "\tA", " (", " “", " 1", "A", "x"]
PIECES = [st.sampled_from(each) for each in (BEFORE, SIGNS, AFTER)]


@settings(max_examples=1000)
@given(
    st.lists(st.tuples(*PIECES).map("".join), min_size=1, max_size=5).map("".join),
    st.integers(0, 9),
    st.integers(9, 60),
)
def test_a_sentence_ends_where_it_reads_as_ended(text: str, start: int, end: int) -> None:
    for bounds in ((), (start, end)):
        assert [found.span() for found in _SENTENCE_END.finditer(text, *bounds)] == [
            found.span() for found in AS_IT_READS.finditer(text, *bounds)
        ]
