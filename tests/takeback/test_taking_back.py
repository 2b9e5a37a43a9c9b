"""An edited draft: what is found, what is stored, and what never is."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from lxml import etree

from panelkit.domain import entries as e
from panelkit.domain.errors import NotFound, Refused, StaleRecord
from panelkit.domain.vocabulary import MeetingState
from panelkit.services.desk import Desk
from panelkit.services.taking_back import TakingBack
from tests.desk import CHAIR, approved, make_desk
from tests.takeback.editing import (
    NS,
    REF,
    REVIEW,
    W,
    draft_of,
    edit,
    new_paragraph,
    paragraph_with,
    read,
    say,
    with_part,
)

A6 = ("A6", "offence_summary")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, samples=REVIEW)


def first_measure(desk: Desk) -> e.Measure:
    return desk.caseload.find(REF).of(e.Measure)[0]


def test_an_untouched_draft_comes_back_without_a_change(desk: Desk) -> None:
    _meeting, path = draft_of(desk)
    back = read(desk, path)
    assert back.is_clean
    assert back.notices == ()
    assert desk.taking_back.edited_since_written(back.meeting) == ()


def test_words_edited_in_a_paragraph_and_a_cell_are_stored_as_revisions(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    summary, measure = meeting.text(*A6), first_measure(desk)

    def typed(root: etree._Element) -> None:
        say(paragraph_with(root, summary), "Assaulted a stranger in Hallam Road.")
        say(paragraph_with(root, measure.text), f"{measure.text} Twice a week.")

    back = read(desk, edit(path, typed))
    assert [(c.was, c.now) for c in back.changes] == [
        (summary, "Assaulted a stranger in Hallam Road."),
        (measure.text, f"{measure.text} Twice a week."),
    ]
    assert not back.refused
    assert not back.unplaced
    desk.taking_back.accept(back, back.ready())
    stored = desk.caseload.find(REF)
    assert stored.text(*A6) == "Assaulted a stranger in Hallam Road."
    assert first_measure(desk).text == f"{measure.text} Twice a week."
    kept = desk.chairing.record.history(meeting.id, "answer", ".".join(A6))
    assert kept[-1].text == summary
    assert desk.chairing.record.verify().is_good
    again = read(desk, path)
    assert again.changes == ()


def test_refused_changes_leave_the_record_and_settle_the_file(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Another summary."))
    assert desk.taking_back.edited_since_written(meeting) == (path,)
    desk.taking_back.accept(read(desk, path), ())
    assert desk.caseload.find(REF).text(*A6) == meeting.text(*A6)
    assert desk.taking_back.edited_since_written(meeting) == ()


def test_a_fact_typed_over_is_refused_with_the_way_to_correct_it(desk: Desk) -> None:
    _meeting, path = draft_of(desk)

    def typed(root: etree._Element) -> None:
        label = paragraph_with(root, "Overall risk of serious harm")
        cell = label.getparent().getnext()
        say(cell.find(f"{W}p"), "Low")

    back = read(desk, edit(path, typed))
    assert back.changes == ()
    (fact,) = back.refused
    assert (fact.now, fact.after) == ("Low", "Overall risk of serious harm")
    assert "item A10" in fact.remedy


def test_tracked_changes_read_as_the_persons_new_text_and_say_that_they_wait(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    words = meeting.text(*A6)

    def tracked(root: etree._Element) -> None:
        p = paragraph_with(root, words)
        run = p.find(f"{W}r")
        place = p.index(run)
        gone = etree.Element(f"{W}del", {f"{W}id": "900", f"{W}author": "Dylan Ashgrove"})
        p.remove(run)
        for t in run.iter(f"{W}t"):
            t.tag = f"{W}delText"
        gone.append(run)
        came = etree.Element(f"{W}ins", {f"{W}id": "901", f"{W}author": "Dylan Ashgrove"})
        etree.SubElement(etree.SubElement(came, f"{W}r"), f"{W}t").text = "New words."
        p.insert(place, gone)
        p.insert(place + 1, came)

    (change,) = read(desk, edit(path, tracked)).changes
    assert (change.was, change.now, change.pending) == (words, "New words.", True)


def test_split_runs_proofing_marks_fields_and_special_characters_are_read_through(
    desk: Desk,
) -> None:
    meeting, path = draft_of(desk)

    def split(root: etree._Element) -> None:
        p = paragraph_with(root, meeting.text(*A6))
        run = p.find(f"{W}r")
        place = p.index(run)
        p.remove(run)
        xml = (
            f'<x xmlns:w="{W[1:-1]}"><w:r><w:t xml:space="preserve">One </w:t></w:r><w:proofErr w:type="spellStart"/>'
            "<w:r><w:rPr><w:b/></w:rPr><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t><w:br/></w:r>"
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5 May</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            "<w:hyperlink><w:r><w:t>\u201cfive\u201d\u00a0six</w:t></w:r></w:hyperlink></x>"
        )
        for offset, child in enumerate(etree.fromstring(xml)):
            p.insert(place + offset, child)

    (change,) = read(desk, edit(path, split)).changes
    assert change.now == "One two\tthree\u2011four\n5 May\u201cfive\u201d\u00a0six"


def test_words_typed_over_so_that_the_bookmark_is_lost_are_found_by_their_place(
    desk: Desk,
) -> None:
    meeting, path = draft_of(desk)

    def over(root: etree._Element) -> None:
        p = paragraph_with(root, meeting.text(*A6))
        for mark in p.xpath("w:bookmarkStart|w:bookmarkEnd", namespaces=NS):
            p.remove(mark)
        say(p, "Typed over in one go.")

    back = read(desk, edit(path, over))
    (change,) = back.changes
    assert (change.spot.field, change.now) == (A6[1], "Typed over in one go.")
    assert back.ready() == (1,)
    assert not back.unplaced


def test_added_paragraphs_belong_to_their_cell_and_others_go_to_the_tray(desk: Desk) -> None:
    meeting, path = draft_of(desk)

    def added(root: etree._Element) -> None:
        paragraph_with(root, meeting.text(*A6)).addnext(new_paragraph("One more fact."))
        body = root.find(f"{W}body")
        body.insert(len(body) - 1, new_paragraph("Loose at the end."))

    back = read(desk, edit(path, added))
    (change,) = back.changes
    assert change.now == f"{meeting.text(*A6)}\nOne more fact."
    assert [(u.kind, u.text) for u in back.unplaced] == [("paragraph", "Loose at the end.")]


def test_a_table_a_comment_and_a_footnote_go_to_the_tray(desk: Desk) -> None:
    meeting, path = draft_of(desk)

    def added(root: etree._Element) -> None:
        body = root.find(f"{W}body")
        tbl = etree.Element(f"{W}tbl")
        tr = etree.SubElement(tbl, f"{W}tr")
        for words in ("Tuesday", "Hostel visit"):
            etree.SubElement(tr, f"{W}tc").append(new_paragraph(words))
        body.insert(len(body) - 1, tbl)
        p = paragraph_with(root, meeting.text(*A6))
        run = p.find(f"{W}r")
        run.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": "4"}))
        run.addnext(etree.Element(f"{W}commentRangeEnd", {f"{W}id": "4"}))

    edit(path, added)
    with_part(
        path,
        "word/comments.xml",
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="4" w:author="Helen Tovey">'
        "<w:p><w:r><w:t>Was this the second time?</w:t></w:r></w:p></w:comment></w:comments>",
    )
    back = read(desk, path)
    assert back.changes == ()
    for _ in range(2):
        desk.taking_back.accept(read(desk, path), (), keep_tray=True)
    notes = [note.text for note in desk.caseload.find(REF).of(e.Note)]
    assert notes[-2:] == ["Tuesday | Hostel visit", "Helen Tovey: Was this the second time?"]
    table, comment = back.unplaced
    assert (table.kind, table.text) == ("table", "Tuesday | Hostel visit")
    assert (comment.kind, comment.who, comment.text) == (
        "comment", "Helen Tovey", "Was this the second time?",
    )  # fmt: skip
    assert comment.at == meeting.text(*A6)
    assert comment.section == "6. Conviction and sentence"


def test_a_deleted_section_is_said_and_never_taken_by_accept_all(desk: Desk) -> None:
    meeting, path = draft_of(desk)

    def cut(root: etree._Element) -> None:
        heading = paragraph_with(root, "6. Conviction and sentence")
        table = heading.getnext()
        heading.getparent().remove(heading)
        table.getparent().remove(table)

    back = read(desk, edit(path, cut))
    gone = [c for c in back.changes if c.look == "no longer in the file"]
    assert meeting.text(*A6) in [c.was for c in gone]
    assert back.ready() == ()
    assert len(back.refused) == 1
    assert "6. Conviction and sentence" in back.refused[0].was


def test_a_record_that_changed_meanwhile_is_never_overwritten_unseen(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    desk.chairing.record_answer(meeting, *A6, "Changed in the record.")
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Changed in Word."))
    back = read(desk, path)
    (change,) = back.changes
    assert (change.was, change.now, change.record_now) == (
        meeting.text(*A6), "Changed in Word.", "Changed in the record.",
    )  # fmt: skip
    assert back.ready() == ()
    desk.taking_back.accept(back, back.ready())
    assert desk.caseload.find(REF).text(*A6) == "Changed in the record."
    desk.taking_back.accept(back, (1,))
    assert desk.caseload.find(REF).text(*A6) == "Changed in Word."


def test_a_change_between_reading_and_accepting_stops_everything(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    measure = first_measure(desk)

    def typed(root: etree._Element) -> None:
        say(paragraph_with(root, meeting.text(*A6)), "Changed in Word.")
        say(paragraph_with(root, measure.text), "Another measure.")

    back = read(desk, edit(path, typed))
    desk.chairing.record_answer(desk.caseload.find(REF), *A6, "Somebody else.")
    with pytest.raises(StaleRecord):
        desk.taking_back.accept(back, back.ready())
    assert desk.caseload.find(REF).text(*A6) == "Somebody else."
    assert first_measure(desk).text == measure.text


def test_only_the_chair_changes_a_decision(desk: Desk, tmp_path: Path) -> None:
    meeting, path = draft_of(desk)
    decision = meeting.of(e.Decision)[0]
    edit(path, lambda root: say(paragraph_with(root, decision.because), "For another reason."))
    minute_taker = TakingBack(desk.chairing.record, desk.clock, "Dylan Ashgrove")
    back = minute_taker.read(path)
    (change,) = back.changes
    assert "Only the chair" in change.barred
    assert back.ready() == ()
    with pytest.raises(Refused, match="Only the chair"):
        minute_taker.accept(back, (1,))
    assert desk.caseload.find(REF).of(e.Decision)[0].because == decision.because
    assert desk.who == CHAIR
    desk.taking_back.accept(read(desk, path), (1,))
    assert desk.caseload.find(REF).of(e.Decision)[0].because == "For another reason."


def test_a_file_that_is_not_ours_or_anothers_or_older_is_said(desk: Desk, tmp_path: Path) -> None:
    meeting, path = draft_of(desk)
    with pytest.raises(NotFound, match="no mark of a draft"):
        read(desk, Path("templates/minutes/house.docx"))
    other = make_desk(tmp_path / "other") if (tmp_path / "other").mkdir() is None else desk
    with pytest.raises(NotFound, match="not written from this record"):
        read(other, path)
    with pytest.raises(Refused, match="is a draft of WM-0143-3, not of WM-0143-2"):
        desk.taking_back.read(path, expected=desk.caseload.find("WM-0143-2"))
    old = path.rename(path.with_name("renamed by somebody.docx"))
    desk.minute_taking.write(meeting, "full", desk.documents)
    edit(old, lambda root: say(paragraph_with(root, meeting.text(*A6)), "In the older one."))
    back = read(desk, old)
    assert "older draft" in back.notices[0]
    assert [c.now for c in back.changes] == ["In the older one."]


def test_an_approved_meeting_takes_nothing_back(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Too late."))
    approved(desk, REF)
    back = read(desk, path)
    assert back.ready() == ()
    assert "approved" in back.changes[0].barred
    with pytest.raises(Refused):
        desk.taking_back.accept(back, (1,))
    assert desk.caseload.find(REF).text(*A6) == meeting.text(*A6)


def test_issuing_asks_about_a_file_edited_since_it_was_written(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Not taken back."))
    ready = approved(desk, REF)
    with pytest.raises(Refused, match="edited since panelkit wrote it"):
        desk.minutes_life.issue(ready)
    assert desk.caseload.find(REF).state is MeetingState.APPROVED
    issued = desk.minutes_life.issue(ready, edited_known=True)
    assert issued.state is MeetingState.ISSUED


def test_writing_again_never_overwrites_an_edited_draft(desk: Desk) -> None:
    meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, meeting.text(*A6)), "Typed in Word."))
    edited = path.read_bytes()
    done = desk.minute_taking.write(meeting, "full", desk.documents)
    assert path.read_bytes() == edited
    assert done.path.name.endswith("(2).docx")
    assert "was edited since it was written and is kept" in done.note
    assert read(desk, done.path).is_clean


def test_a_blank_answer_is_filled_in_where_not_recorded_is_printed(desk: Desk) -> None:
    meeting = desk.chairing.record_answer(desk.caseload.find(REF), *A6, "")
    _meeting, path = draft_of(desk)
    assert meeting.text(*A6) == ""

    def fill(root: etree._Element) -> None:
        label = paragraph_with(root, "Brief facts")
        say(label.getparent().getnext().find(f"{W}p"), "Filled in Word.")

    back = read(desk, edit(path, fill))
    assert [(c.was, c.now) for c in back.changes] == [("", "Filled in Word.")]


def test_a_passage_copied_within_the_file_counts_once_and_is_said(desk: Desk) -> None:
    meeting, path = draft_of(desk)

    def twice(root: etree._Element) -> None:
        p = paragraph_with(root, meeting.text(*A6))
        body = root.find(f"{W}body")
        body.insert(len(body) - 1, etree.fromstring(etree.tostring(p)))

    back = read(desk, edit(path, twice))
    assert back.changes == ()
    assert [u.text for u in back.unplaced] == [meeting.text(*A6)]
    assert "copied within the file" in back.notices[0]


def test_carried_words_keep_their_stamp_outside_the_words(desk: Desk) -> None:
    meeting = desk.caseload.find(REF)
    spot = next(a for a in meeting.answers.values() if a.carried_from and a.text)
    _meeting, path = draft_of(desk)
    edit(path, lambda root: say(paragraph_with(root, spot.text), "Rewritten here."))
    (change,) = read(desk, path).changes
    assert (change.was, change.now) == (spot.text, "Rewritten here.")
    desk.taking_back.accept(read(desk, path), (1,))
    after = desk.caseload.find(REF).answers[spot.place]
    assert (after.text, after.carried_from) == ("Rewritten here.", "")


def test_a_pack_written_without_a_record_carries_no_marks(desk: Desk, tmp_path: Path) -> None:
    taking = desk.minute_taking
    alone = dataclasses.replace(desk).minute_taking.__class__(
        None, desk.area, desk.clock, desk.who, taking.templates
    )
    done = alone.write(desk.caseload.find(REF), "full", tmp_path, path=tmp_path / "pack.docx")
    with pytest.raises(NotFound, match="no mark"):
        read(desk, done.path)
