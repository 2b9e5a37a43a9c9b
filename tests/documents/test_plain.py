"""Plain text: readable at any width, and harmless to a terminal."""

from __future__ import annotations

import pytest

from panelkit.documents import plain
from panelkit.documents.tree import Bullets, Column, Facts, Labelled, Paragraph, SubHeading, Table

from .reading import small_document
from .sample_document import rich_document


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_asked(width: int) -> None:
    lines = plain.write(rich_document(), width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_marking_reference_and_fiction_stand_at_the_head() -> None:
    text = plain.write(rich_document())
    assert text.splitlines()[:3] == ["OFFICIAL-SENSITIVE", "NM/0143", "FICTIONAL RECORD"]
    assert text.endswith("OFFICIAL-SENSITIVE\n")


def test_a_small_table_is_a_grid() -> None:
    table = Table((Column("Group"), Column("Level")), (("Children", "High"),), alt="")
    text = plain.write(small_document(table))
    assert "Group     Level\n--------  -----\nChildren  High\n" in text


def test_a_wide_table_is_printed_as_records() -> None:
    rows = (("3.1", "Fit the alarm at V1's address before the move. " * 4, "Ines Duarte"),)
    table = Table((Column("Ref"), Column("Action"), Column("Owner")), rows, alt="")
    text = plain.write(small_document(table), width=60)
    assert "Ref: 3.1\n  Action: Fit the alarm" in text
    assert "\n  Owner:  Ines Duarte\n" in text


def test_each_kind_of_block_has_its_own_look() -> None:
    text = plain.write(
        small_document(
            SubHeading("Health"),
            Labelled("Rationale.", "Because."),
            Bullets(("one", "two\nlines")),
            Facts((("Date", "18 November 2026"), ("Chair", "")), alt=""),
            Paragraph("Read out.", "callout"),
            Paragraph("One item is withheld.", "warning"),
        )
    )
    for expected in (
        "Part\n----\n",
        "* Health\n",
        "Rationale. Because.\n",
        "- one\n- two\n  lines\n",
        "Date:  18 November 2026\nChair:\n",
        "| Read out.\n",
        "! One item is withheld.\n",
    ):
        assert expected in text


def test_nothing_typed_can_steer_a_terminal() -> None:
    nasty = "\x1b]52;c;aGk=\x07 \x9b31m \x00 \u202e \ud800"
    document = small_document(
        Paragraph(nasty), Facts(((nasty, nasty),), alt=nasty), marking=nasty, reference=nasty
    )
    text = plain.write(document)
    text.encode()
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\x00", "\u202e"}
    assert "\ufffd]52;c;aGk=\ufffd" in text
