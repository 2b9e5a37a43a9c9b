"""The line that says what to chase: any text is a filter or a sentence, and is printed as it is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.domain.action_filter import IS, ActionFilter, Term, read_filter
from panelkit.domain.errors import BadInput

TODAY = date(2026, 11, 23)
WORD = st.sampled_from(
    ["@housing", "-@police", "is:overdue", "is:", "is:x", "due:<7d", "due:>2026-12-01", "due:x",
     "level:3", "level:9", "case:WM-0143", '"rent arrears"', '"', "-", "--", "@", "foo:bar", "10:30",
     "“curly words”", "due:<-9999w", "due:>=9999w", "\u202e", "[/x]"]
)  # fmt: skip
ANY = st.one_of(st.text(max_size=60), st.lists(WORD | st.text(max_size=8)).map(" ".join))


def read(text: str) -> tuple[ActionFilter | None, str]:
    try:
        return read_filter(text), ""
    except BadInput as refused:
        return None, refused.sentence


@given(ANY)
def test_any_text_is_a_filter_or_a_sentence_with_a_remedy(text: str) -> None:
    found, said = read(text)
    assert found is not None or said.endswith(".")
    assert "\n" not in said
    assert len(said) < 320
    assert found is None or read_filter(str(found)) == found
    for term in found.terms if found else ():
        if term.kind == "due":
            assert term.due.on(TODAY) is None or isinstance(term.due.on(TODAY), date)


PLAIN = st.text("abz09é- @:<", min_size=1).map(lambda t: " ".join(t.split()).casefold())
TERM = st.one_of(
    st.builds(Term, st.sampled_from(["who", "words"]), PLAIN.filter(bool), st.booleans()),
    st.builds(Term, st.just("is"), st.sampled_from(list(IS)), st.booleans()),
    st.builds(Term, st.just("level"), st.sampled_from("23"), st.booleans()),
    st.builds(Term, st.just("due"), st.sampled_from(["<7d", "today", ">=2w", "none", "<2026-12-01", "<-3d"]), st.booleans()),
)  # fmt: skip


@given(st.lists(TERM, max_size=5, unique=True))
def test_a_filter_that_is_printed_and_read_again_is_the_same(terms: list[Term]) -> None:
    made = ActionFilter(tuple(terms))
    assert read_filter(str(made)) == made


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour:red", "colour: is not understood"),
        ("is:late", "Possible: is:open, is:overdue"),
        ("@housing due:<soon", "this is no date. Possible: due:today"),
        ("due:2026-02-30", "there is no such day"),
        ("level:1", "Level 2 or Level 3"),
        ('@housing "rent', "opened and not closed"),
        ("-", "alone says nothing"),
    ],
)
def test_what_is_not_understood_is_named_with_what_is_possible(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_filter(text)
    assert says in refused.value.sentence
    assert text.rsplit(maxsplit=1)[-1].strip('"')[:6] in refused.value.sentence


def test_days_are_counted_from_today() -> None:
    (week,) = read_filter("due:<7d").terms
    assert (week.due.sign, week.due.on(TODAY)) == ("<", date(2026, 11, 30))
    (today,) = read_filter("due:today").terms
    assert (today.due.sign, today.due.on(TODAY)) == ("", TODAY)
    (none,) = read_filter("due:none").terms
    assert none.due.on(TODAY) is None


def test_only_open_actions_are_meant_unless_others_are_named() -> None:
    assert not read_filter("@housing is:overdue").reads_done
    assert all(read_filter(line).reads_done for line in ("is:done", "is:all", "-is:open"))
