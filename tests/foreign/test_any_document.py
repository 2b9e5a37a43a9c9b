"""Whatever python-docx can make is read: a result, never an exception."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panelkit.areas.loader import load_area
from panelkit.commands.foreign import as_data, report
from panelkit.domain.completeness import completeness
from panelkit.domain.foreign_meeting import as_meeting
from tests.foreign.layouts import box, saved
from tests.foreign.measuring import read
from tests.foreign.truth import VAGUE

WORDS = st.sampled_from(
    ("Actions", "Present:", "Chair: DC Rowe", "ACTION – DC Rowe to visit by 12/3", "1.0 Risk", "Level", "Level 2", "Date", "31/2/26", "99/99/99", "12/3/26", "Owner", "Due",
     "Action", "Name", "Agency", "Disclosure: none", "Police", "Police:", "RISK ASSESSMENT", "Decision", "Rationale", "n/a", "Reason for referral", "(Chair)", "–", "…", "By when",
     "MAPPA Category", "Action: ", "D1:", "Initial", "5. ", "level 3 level 2", "very high", "Next meeting", "next Friday", "Present: A (B), C (D)", "x" * 500, *VAGUE)
)  # fmt: skip
TEXT = st.one_of(
    WORDS,
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60),
    st.lists(WORDS, max_size=4).map(" ".join),
    st.lists(WORDS, max_size=3).map("\n".join),
)
AREA = load_area("national")
STYLES = ("Normal", "Heading 1", "Heading 2", "Title", "List Bullet", "List Number", "Quote")
BLOCK = st.one_of(
    st.tuples(st.just("p"), TEXT, st.sampled_from(STYLES), st.booleans()),
    st.tuples(st.just("t"), st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=4), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("b"), TEXT, st.just("Normal"), st.booleans()),
)  # fmt: skip


def build(blocks: list[tuple[str, Any, Any, bool]]) -> bytes:
    document = docx.Document()
    for kind, content, about, flag in blocks:
        if kind == "p":
            run = document.add_paragraph(style=about).add_run(content)
            run.bold = flag or None
        elif kind == "b":
            plain = content.replace("<", "").replace("&", "")
            document.add_paragraph()._p.append(box("".join(c for c in plain if c.isprintable())))
        else:
            width = max(len(row) for row in content)
            made = document.add_table(rows=len(content), cols=width)
            for row, texts in zip(made.rows, content, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
            if flag and (width > 1 or len(content) > 1):
                made.cell(0, 0).merge(made.cell(min(about, len(content) - 1), width - 1))
            if flag and about:
                made.cell(0, 0).add_table(1, about).cell(0, 0).text = "Action"
    return saved(document)


@given(st.lists(BLOCK, max_size=12))
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_gives_a_result(blocks: list[tuple[str, Any, Any, bool]]) -> None:
    minutes = read(build(blocks))
    assert list(report(minutes))
    as_data(minutes)
    rebuilt = as_meeting(minutes, datetime(2026, 1, 1, tzinfo=UTC))
    completeness(rebuilt.meeting, AREA)
    for action in minutes.actions:
        assert action.where.words
        assert action.due is None or action.due_words
    for entry_id, _field in rebuilt.seen.unread:
        assert entry_id in rebuilt.places
