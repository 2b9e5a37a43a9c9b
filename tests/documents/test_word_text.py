"""Whatever people type comes back out of Word, or visibly as U+FFFD."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from panelkit.documents import plain
from panelkit.documents.gate import printable
from panelkit.documents.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Labelled,
    Paragraph,
    Section,
    SubHeading,
    Table,
    block_texts,
    texts,
)

from .reading import W, body, said, small_document, styled, written

NASTY = (
    "R&D <12",
    "{{ 7*7 }} {% for %} {{ cycler.__init__ }}",
    "</w:t></w:r></w:p>",
    "]]> <!-- & --> &amp; &#0;",
    "[to Leeds] [/annex]",
    "<select> was said",
    "before\x0b\x00\x1b[31m\x1f\ufffe\uffffafter",
    "lone \ud800 surrogate \udfff",
    "a\r\nb\rc\nd\n\ne\tf",
    "👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "Mae'r panel yn fodlon â'r cynllun: ŵ ŷ",
    "پینل نے خطرے پر غور کیا۔",
    "\u202etxet desrever",
    "  leading and trailing  ",
    "",
)

anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(NASTY), max_size=3).map(" ".join),
)


def blocks() -> st.SearchStrategy[Block]:
    rows = st.integers(1, 4).flatmap(
        lambda count: st.tuples(
            st.lists(st.builds(Column, anything), min_size=count, max_size=count).map(tuple),
            st.lists(st.lists(anything, min_size=count, max_size=count).map(tuple), max_size=4),
        )
    )
    kinds = st.sampled_from(("body", "lead", "quote", "note", "callout", "warning"))
    return st.one_of(
        st.builds(Paragraph, anything, kinds),
        st.builds(Labelled, anything, anything),
        st.builds(SubHeading, anything),
        st.builds(Bullets, st.lists(anything, max_size=3).map(tuple)),
        st.builds(
            Facts, st.lists(st.tuples(anything, anything), max_size=3).map(tuple), alt=anything
        ),
        st.builds(
            lambda made, alt, caption: Table(made[0], tuple(made[1]), alt=alt, caption=caption),
            rows,
            anything,
            anything,
        ),
    )


def xml_allows(character: str) -> bool:
    """Whether XML 1.0 allows a character, as its recommendation says."""
    code = ord(character)
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


@settings(deadline=None)
@given(anything)
def test_the_gate_replaces_one_for_one_and_deletes_nothing(text: str) -> None:
    expected = text.replace("\r\n", "\n")
    for line_break in "\r\x85\u2028\u2029":
        expected = expected.replace(line_break, "\n")
    gated = printable(text)
    assert len(gated) == len(expected)
    for was, now in zip(expected, gated, strict=True):
        assert now in (was, "\ufffd")
        assert xml_allows(was) or now == "\ufffd"
    assert printable(gated) == gated


@settings(deadline=None, max_examples=60)
@given(anything)
def test_a_cell_reads_back_exactly_as_gated(text: str) -> None:
    table = Table((Column("A"), Column("B")), ((text, "end"),), alt="")
    cells = list(body(written(small_document(table))).iter(f"{W}tc"))
    assert said(cells[2]) == printable(text)
    assert said(cells[3]) == "end"


@settings(deadline=None, max_examples=60)
@given(anything)
def test_paragraphs_read_back_with_empty_lines_as_their_borders(text: str) -> None:
    root = body(written(small_document(Paragraph(text, "quote"), Paragraph("end", "note"))))
    read = "\n\n".join(map(said, styled(root, "Quote")))
    assert read.split() == printable(text).split()
    assert read.replace("\n", "").replace(" ", "") == (
        printable(text).replace("\n", "").replace(" ", "")
    ) or "\t" in printable(text)
    assert [said(p) for p in styled(root, "Note")] == ["end"]


@settings(deadline=None, max_examples=60)
@given(st.lists(blocks(), max_size=5), anything, anything)
def test_every_word_of_the_tree_is_in_word_in_order(
    made: list[Block], heading: str, title: str
) -> None:
    section = Section(key="part", heading=heading, number="1", blocks=tuple(made))
    document = small_document(title=title, sections=(section,))
    read = [word for p in body(written(document)).iter(f"{W}p") for word in said(p).split()]
    assert read == [word for text in texts(document) for word in printable(text).split()]


def in_order(document: Document) -> list[str]:
    """Every text but the headings of tables, which records print with each row."""
    section = document.sections[0]
    found = [document.area, document.title, document.status_line, section.numbered_heading]
    for block in section.blocks:
        match block:
            case Table(rows=rows, caption=caption):
                found += [caption, *chain.from_iterable(rows)]
            case _:
                found += block_texts(block)
    return found


@settings(deadline=None, max_examples=100)
@given(st.lists(blocks(), max_size=5), st.integers(1, 120))
def test_every_word_of_the_tree_is_in_plain_text_in_order(made: list[Block], width: int) -> None:
    section = Section(key="part", heading="Heading", blocks=tuple(made))
    document = small_document(sections=(section,))
    text = plain.write(document, width=width)
    position = 0
    for words in in_order(document):
        for word in printable(words).split():
            position = text.index(word, position) + len(word)
    for block in made:
        if isinstance(block, Table):
            assert all(word in text for c in block.columns for word in printable(c.heading).split())


@pytest.mark.parametrize("text", NASTY)
def test_typed_text_never_becomes_markup_or_a_template(text: str) -> None:
    whole = written(small_document(Paragraph(text), reference=text, marking=text, title=text))
    tags = {etree.QName(e).localname for e in body(whole).iter() if isinstance(e.tag, str)}
    assert tags <= {
        "body", "p", "pPr", "pStyle", "keepNext", "bidi", "r", "rPr", "rtl", "t", "br", "tab",
        "bookmarkStart", "bookmarkEnd", "sectPr", "headerReference", "footerReference", "pgSz",
        "pgMar", "cols",
    }  # fmt: skip
    assert "49" not in said(body(whole))


def test_urdu_reads_from_the_right_and_welsh_from_the_left() -> None:
    root = body(written(small_document(Paragraph("پینل نے کہا۔"), Paragraph("ŵy"))))
    urdu, welsh = styled(root, "Normal")
    assert urdu.find(f"{W}pPr/{W}bidi") is not None
    assert urdu.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert welsh.find(f"{W}pPr/{W}bidi") is None
