"""Nothing that is typed makes the audit slow, and nothing makes it fail."""

from __future__ import annotations

import dataclasses
import time
from types import MappingProxyType

import pytest

from panelkit.audit import LONGEST_EVIDENCE, RULES, audit_meeting
from panelkit.audit.context import Context
from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.fields import FieldKind, fields_of
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.vocabulary import Category, Level, MeetingKind
from tests.audit.tool import TOOL

MEGABYTE = 1_000_000

PARAGRAPHS = {
    "one letter": "a",
    "capitals": "A",
    "capitals that end badly": "AB_",
    "spaces": " ",
    "names": "Kelly Marsden has moved ",
    "aged": "Kelly (10) ",
    "daughters": "daughter Kelly ",
    "brackets": "(Kelly",
    "claims": "he has stopped drinking ",
    "claims without an end": "he has has has ",
    "vague": "ongoing as soon as possible ",
    "unsourced without an end": "it is believed ",
    "acronyms": "CMHT SMI OPA DNA ",
    "praise": "robust and adequate ",
    "reasons": "because of the risk, since, as ",
    "standard": "standard plus additional ",
    "sentences": "He was seen. She was told. ",
    "no change": "no change as before ",
    "and": "and then visit, and send, ",
    "lines": "\n",
    "quotes": "“",
    "figures": "1 2 3 ",
}


def with_text(meeting: Meeting, item: str, key: str, text: str) -> Meeting:
    answers = {**meeting.answers, (item, key): Answer(item=item, field=key, text=text)}
    return dataclasses.replace(meeting, answers=MappingProxyType(answers))


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_megabyte_in_one_paragraph_takes_under_a_second_for_each_rule(name: str) -> None:
    meeting, earlier = TOOL.carrier(TOOL.CARRIER)
    piece = PARAGRAPHS[name]
    text = piece * (MEGABYTE // len(piece))
    meeting = with_text(meeting, "A6", "current_circumstances", text)
    before = with_text(earlier, "A6", "current_circumstances", text)
    context = Context(meeting, TOOL.AREA, before)
    assert context.gaps is not None  # completeness is not what is measured here
    for rule in RULES:
        started = time.process_time()
        list(rule.check(context))
        assert time.process_time() - started < 1, (rule.id, name)


def test_evidence_is_never_longer_than_is_read() -> None:
    meeting, earlier = TOOL.carrier(TOOL.CARRIER)
    for piece in ("“", "word ", "a"):
        long = with_text(meeting, "A11", "desistance", piece * 5_000)
        found = audit_meeting(long, TOOL.AREA, earlier, rules=RULES)
        assert all(len(one.evidence) <= LONGEST_EVIDENCE for one in found)


PLACES = [
    ("A9", "victim_issues"), ("A11", "rmp_adequate_reason"), ("A13", "disclosure_rationale"),
    ("A1", "purpose_statement"), ("A8", "diversity_needs"), ("A8", "adjustments"), ("A18", "chair_summary"),
]  # fmt: skip
ENTRIES = [("contributions", "text"), ("ratings", "because"), ("decisions", "because"), ("measures", "standard"),
           ("actions", "text"), ("actions", "success_measure"), ("victims", "relationship"), ("restrictions", "necessary"),
           ("orders", "terms"), ("evidence", "text"), ("actions", "outcome")]  # fmt: skip


@pytest.mark.parametrize("place", [*PLACES, *ENTRIES], ids=".".join)
def test_a_megabyte_anywhere_takes_under_a_second_for_each_rule(place: tuple[str, str]) -> None:
    meeting, earlier = TOOL.carrier(TOOL.CARRIER)
    text = "as before Kelly Marsden has " * (MEGABYTE // 28)
    if place in PLACES:
        meeting = with_text(meeting, *place, text)
    else:
        kind, key = place
        first, *rest = meeting.rows[kind]
        rows = (dataclasses.replace(first, **{key: text}), *rest)
        meeting = dataclasses.replace(meeting, rows=MappingProxyType({**meeting.rows, kind: rows}))
    context = Context(meeting, TOOL.AREA, earlier)
    assert context.gaps is not None
    for rule in RULES:
        started = time.process_time()
        list(rule.check(context))
        assert time.process_time() - started < 1, rule.id


def test_an_empty_meeting_is_audited() -> None:
    case = Case(id="c", ref="HM-1", category=Category.TWO)
    day = TOOL.carrier(TOOL.CARRIER)[0].held_on
    empty = Meeting(
        id="m", case=case, number=1, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=day
    )
    found = audit_meeting(empty, TOOL.AREA, rules=RULES)
    assert {finding.rule for finding in found} >= {"agenda", "risk", "decisions", "room"}
    assert all(finding.evidence and finding.advice for finding in found)


HOSTILE = "\x00\ufffd[/x] {{x}} <w:t> \u202e “'\"\\N{} %s \U0001f600 " + "́" * 40


def test_hostile_words_in_every_field_are_audited() -> None:
    meeting, earlier = TOOL.carrier(TOOL.CARRIER)
    answers = {
        (item.code, field.key): Answer(item=item.code, field=field.key, text=HOSTILE)
        for item in meeting.agenda
        for field in item.fields
    }
    rows: dict[str, tuple[e.Entry, ...]] = {}
    for kind in e.ENTRIES:
        texts = [f.key for f in fields_of(kind) if f.kind in (FieldKind.WORDS, FieldKind.LINE)]
        rows[kind.kind] = tuple(
            dataclasses.replace(row, **dict.fromkeys(texts, HOSTILE))
            for row in meeting.rows.get(kind.kind, ())
        )
    hostile = dataclasses.replace(
        meeting, answers=MappingProxyType(answers), rows=MappingProxyType(rows)
    )
    found = audit_meeting(hostile, TOOL.AREA, earlier, rules=RULES)
    assert found
    audit_meeting(meeting, TOOL.AREA, hostile, rules=RULES)


def test_rows_that_hold_nothing_are_audited() -> None:
    meeting, earlier = TOOL.carrier(TOOL.CARRIER)
    rows = {kind.kind: (kind(id=f"{kind.kind}-1", number=1, parent="x"),) for kind in e.ENTRIES}
    bare = dataclasses.replace(meeting, rows=MappingProxyType(rows), answers=MappingProxyType({}))
    assert audit_meeting(bare, TOOL.AREA, earlier, rules=RULES)
    assert audit_meeting(meeting, TOOL.AREA, bare, rules=RULES)
