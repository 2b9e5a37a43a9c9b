"""What a learner is told: it follows the record, is kept, and is compared with nobody else's."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.documents.accessible import faults
from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting
from panelkit.domain.practice import MARKING, as_text, from_text, since
from panelkit.domain.vocabulary import MeetingState, YesNo
from panelkit.opened.practised import asked_lines, summary_lines
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.practising import Asked
from tests.commanding import in_process
from tests.practice.begun import begun, file_of, meeting_of, practice_of, shelf

FIGURES = st.dictionaries(
    st.sampled_from(["", *(f"A{n}" for n in range(1, 19)), "X1"]),
    st.tuples(st.integers(0, 99), st.integers(0, 99)),
)


@given(FIGURES)
def test_what_is_kept_of_it_is_read_as_it_was(figures: dict[str, tuple[int, int]]) -> None:
    assert from_text(as_text(figures)) == figures
    assert since(figures, figures) == ()


def started(desk: Desk) -> Meeting:
    meeting = desk.chairing.start(meeting_of(desk))
    return desk.chairing.move_to(meeting, "A1")


def asked(desk: Desk) -> Asked:
    return practice_of(desk).ask(meeting_of(desk))


def mended(found: Asked, item: str) -> str:
    one = next(one for one in found.items if one.code == item)
    return " ".join(missed.words for missed in one.missed)


def test_nothing_is_said_of_what_was_not_reached() -> None:
    desk = begun("flat")
    assert [one.code for one in asked(desk).items if one.reached] == []
    started(desk)
    found = asked(desk)
    assert [one.code for one in found.items if one.reached and one.code] == ["A1"]
    assert all(not one.missed and not one.well for one in found.items if not one.reached)


def test_it_gets_better_as_the_record_does() -> None:
    desk = begun("flat")
    meeting = started(desk)
    before = asked(desk)
    assert "niece" in mended(before, "A1")
    assert "Any interest declared" in mended(before, "A1")
    meeting = desk.chairing.record_answer(meeting, "A1", "interests_declared", "yes")
    interest = e.Interest(
        id=new_id(), declared_by="Gwen Harcastle", nature="Her niece works at the nursery of V4"
    )
    meeting = desk.chairing.add(meeting, interest)
    after = asked(desk)
    assert "niece works" not in mended(after, "A1")
    assert "Any interest declared" not in mended(after, "A1")
    assert after.figures["A1"][0] > before.figures["A1"][0]
    assert any(line.startswith("A1:") for line in after.changed)
    (well,) = [one.well for one in after.items if one.code == "A1"]
    assert any("niece" in words for words in well)
    assert asked(desk).changed == ()


def test_a_note_counts_as_heard_and_what_was_carried_does_not() -> None:
    desk = begun("flat")
    meeting = started(desk)
    meeting = desk.chairing.statement_given(meeting, "read")
    meeting = desk.chairing.move_to(meeting, "A11")
    assert "flat has gone" in mended(asked(desk), "A11")
    note = e.Note(id=new_id(), place="A11", text="The block was sold, no flat after February")
    desk.chairing.add(meeting, note)
    assert "flat has gone" not in mended(asked(desk), "A11")


def test_what_a_reader_asks_comes_with_its_rule_and_how_it_would_be_better() -> None:
    desk = begun("flat")
    meeting = started(desk)
    meeting = desk.chairing.statement_given(meeting, "read")
    for code in ("A10", "A13", "A15"):
        meeting = desk.chairing.move_to(meeting, code)
    for one in asked(desk).items:
        for missed in one.missed:
            assert all((missed.words, missed.asks, missed.better, missed.source))
    lines = "\n".join(asked_lines(asked(desk)))
    assert "A12" in lines.splitlines()[-1], "it was not reached, and that is all that is said"
    assert "Guidance chapter 10" in lines
    told = " ".join(summary_lines(asked(desk))).casefold()
    for word in ("score", "rank", "grade", "league", "%"):
        assert word not in told, word


def test_what_was_told_stays_with_its_attempt_and_the_next_one_sees_it() -> None:
    first = begun("flat")
    meeting = started(first)
    first.chairing.record_answer(meeting, "A1", "interests_declared", "no")
    told = asked(first).figures
    first.caseload.record.close()
    second = begun("flat", again=True)
    assert meeting_of(second).state is MeetingState.PLANNED, "it begins anew"
    found = asked(second)
    assert found.before == ((1, told),)
    second.caseload.record.close()
    assert shelf().told(shelf().attempts("flat")[0]) == told
    assert begun("flat").caseload.record.path == file_of("flat", 2), "the last one goes on"


def test_an_attempt_goes_on_where_it_was_left() -> None:
    desk = begun("flat")
    meeting = started(desk)
    desk.chairing.record_answer(meeting, "A1", "platform", "A secure line")
    at = desk.clock()
    desk.caseload.record.close()
    again = begun("flat")
    assert meeting_of(again).text("A1", "platform") == "A secure line"
    assert again.clock() >= at
    assert practice_of(again).scenario.you == again.who == "Ruth Calloway"


def test_planted_faults_are_found_one_by_one() -> None:
    desk = begun("faults")
    meeting = meeting_of(desk)
    assert meeting.state is MeetingState.CLOSED
    before = asked(desk)
    planted = [m for one in before.items for m in one.missed if m.words.startswith("Still as")]
    assert len(planted) == 7
    words = "Rated high and not imminent: greatest in the four weeks after 4 January 2027, when he moves on."
    desk.chairing.record_answer(meeting, "A10", "imminence", words)
    after = asked(desk)
    left = [m for one in after.items for m in one.missed if m.words.startswith("Still as")]
    assert len(left) == 6
    assert "No risk" not in mended(after, "A10")


def test_a_minute_taker_is_told_once_a_note_is_written_up() -> None:
    desk = begun("notes")
    meeting = meeting_of(desk)
    notes = [n for n in meeting.live(e.Note) if n.settled is not YesNo.YES]
    assert len(notes) == 8
    assert "younger cellmate" in mended(asked(desk), "A6")
    desk.chairing.record_answer(
        meeting, "A6", "current_circumstances",
        "Lewis Craddock (HMP Stonewell) said that he has had a younger cellmate since 2 November 2026.",
    )  # fmt: skip
    assert "Not found in the record: the younger" not in mended(asked(desk), "A6")


def test_the_sheet_says_on_every_page_and_in_its_name_that_it_is_practice(tmp_path: Path) -> None:
    desk = begun("flat")
    started(desk)
    written = practice_of(desk).write(meeting_of(desk), tmp_path)
    assert written.path.name == "PRACTICE-invented_flat_attempt1_feedback.docx"
    assert faults(written.path.read_bytes()) == (), "whoever hears it read hears all of it"
    sheet = docx.Document(str(written.path))
    assert MARKING in "\n".join(p.text for s in sheet.sections for p in s.header.paragraphs)
    text = "\n".join(p.text for p in sheet.paragraphs)
    assert "A reader asks:" in text
    assert "niece" in text
    assert "compares you with nobody" in text


@pytest.mark.parametrize("kind", ["full", "actions", "agenda"])
def test_documents_of_a_practice_say_what_they_are(kind: str, tmp_path: Path) -> None:
    desk = begun("notes")
    done = desk.minute_taking.write(meeting_of(desk), kind, tmp_path)
    assert done.path.name.startswith("PRACTICE-invented_")
    paper = docx.Document(str(done.path))
    assert MARKING in "\n".join(p.text for s in paper.sections for p in s.header.paragraphs)
    assert "OFFICIAL" not in "\n".join(p.text for s in paper.sections for p in s.header.paragraphs)


def test_from_the_command_line(tmp_path: Path) -> None:
    assert in_process("practice", "flat", "--feedback")[0] == 2
    desk = begun("flat")
    started(desk)
    desk.caseload.record.close()
    code, said = in_process("practice", "flat", "--feedback")
    assert code == 0
    assert "To mend 1:" in said
    assert "Not reached yet: A2" in said
    code, said = in_process("practice", "flat", "--feedback", "--out", tmp_path / "sheets")
    assert code == 0
    assert (tmp_path / "sheets" / "PRACTICE-invented_flat_attempt1_feedback.docx").exists()
    code, said = in_process("practice", "--list")
    assert "attempt 1:" in said
    for wrong in (
        ("flat", "--as", "minute-taker"),
        ("nothing",),
        ("--as", "me"),
        ("flat", "--list", "--again"),
    ):
        assert in_process("practice", *wrong)[0] == 2, wrong
