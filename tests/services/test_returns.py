"""Returns before a meeting: asserted on what was stored, and on real files filled in. All invented."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panelkit.areas.loader import load_area
from panelkit.domain import entries as e
from panelkit.domain import returns as r
from panelkit.domain.attendance import in_room, organisations_unheard, present
from panelkit.domain.completeness import completeness
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.sheet_numbers import printed
from panelkit.domain.vocabulary import (
    ActionStatus,
    AgencyType,
    MeetingState,
    ReportStatus,
    ReturnAnswer,
    ReturnUse,
    YesNo,
)
from panelkit.domain.waiting import before_meeting
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import CopyFor
from panelkit.services.returns import FormsWritten
from tests.desk import Clock, fresh_meeting, make_desk
from tests.return_files import filled_word, filled_workbook
from tests.services.test_chasing import HOUSING, POLICE, as_closed, review, with_action

NHS = "Harrowmere and Vale NHS Trust"
SUBJECT = "Invented Person"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


@pytest.fixture
def planned(desk: Desk) -> Meeting:
    """A review a fortnight ahead, ten people on its list, two open actions of housing and one of
    the police."""
    first = with_action(desk, fresh_meeting(desk, "HM-0901"))
    first = with_action(desk, first, text="Find a bed", due=date(2026, 11, 27))
    first = with_action(desk, first, text="Visit", organisation=POLICE, owner="Imran Sarwar")
    as_closed(desk, first)
    made = review(desk, "HM-0901")
    for person in first.live(e.Attendance):
        row = e.Attendance(
            id=new_id(), name=person.name, organisation=person.organisation, agency=person.agency,
            meeting_role=person.meeting_role,
        )  # fmt: skip
        made = desk.chairing.add(made, row)
    return made


def written(desk: Desk, meeting: Meeting, folder: Path, name: str = HOUSING) -> FormsWritten:
    return desk.returns.write(meeting.ref, folder, organisation=name)


def word_of(done: FormsWritten) -> Path:
    return next(f.path for f in done.forms[0].files if f.path.suffix == ".docx")


def workbook_of(done: FormsWritten) -> Path:
    return next(f.path for f in done.forms[0].files if f.path.suffix == ".xlsx")


def now(desk: Desk, meeting: Meeting) -> Meeting:
    return desk.caseload.find(meeting.ref)


def read_in(desk: Desk, path: Path, *, replace: bool = False) -> Meeting:
    return desk.returns.keep(desk.returns.read(path), replace=replace)


def housing_says(desk: Desk, meeting: Meeting, folder: Path, **said: str) -> Meeting:
    """A return of housing, filled in and kept."""
    path = word_of(written(desk, meeting, folder))
    filled_word(path, said)
    return read_in(desk, path)


def running(desk: Desk, meeting: Meeting) -> Meeting:
    return desk.chairing.start(now(desk, meeting))


def line_at(meeting: Meeting, item: str) -> e.ReturnLine:
    return r.lines_at(meeting, item)[0][1]


# -- the form ---------------------------------------------------------------------------------


def test_every_organisation_invited_gets_a_form_and_the_record_says_what_was_asked(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    done = desk.returns.write(planned.ref, tmp_path / "forms")
    stored = now(desk, planned).live(e.AgencyReturn)
    names = {one.organisation for one in stored}
    assert {HOUSING, POLICE, NHS} <= names
    assert not names & {"Harrowmere board", "Harrowmere MAPPA unit"}, (
        "who takes no part is not asked"
    )
    assert len({one.sheet for one in stored}) == len(stored)
    assert {one.due for one in stored} == {date(2026, 11, 30)}, "as the invitation says of reports"
    for form in done.forms:
        assert {f.path.suffix for f in form.files} == {".docx", ".xlsx"}


def test_a_form_names_the_meeting_by_reference_and_tells_each_its_own_actions_alone(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    done = written(desk, planned, tmp_path)
    for path in (word_of(done), workbook_of(done)):
        assert SUBJECT not in path.name
        assert HOUSING not in path.name
        with zipfile.ZipFile(path) as archive:
            whole = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "ignore")
        assert SUBJECT not in whole
        assert "Secretname" not in whole
        assert "Colin Beddows" not in whole
        assert planned.ref in whole
        assert "1.1" in whole
        assert "1.2" in whole
        assert "1.3" not in whole, "an action of the police"


def test_words_of_actions_and_the_name_stand_in_it_only_where_the_area_says_so(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    for said, has_words, has_name in (("actions", True, False), ("names", True, True)):
        area = dataclasses.replace(desk.area, return_words=said)
        there = dataclasses.replace(desk, area=area)
        done = written(there, planned, tmp_path / said)
        text = "\n".join(
            cell.text for t in WordFile(str(word_of(done))).tables for row in t.rows for cell in row.cells
        )  # fmt: skip
        assert ("Secretname" in text, SUBJECT in text) == (has_words, has_name)
        filled_word(word_of(done), {"1.1": "complete | 20 November 2026 | The flat is let"})
        assert [t.about for t in there.returns.read(word_of(done)).found.told] == ["1.1"]


def test_an_action_set_where_they_were_not_in_the_room_is_in_no_form(
    desk: Desk, tmp_path: Path
) -> None:
    first = fresh_meeting(desk, "HM-0902")
    first = desk.chairing.start(first)
    part = e.RestrictedPart(id=new_id(), staying=(POLICE,), started_at=desk.clock(), reason="x")
    first = desk.chairing.add(first, part)
    first = with_action(desk, first)
    as_closed(desk, first)
    made = review(desk, "HM-0902")
    made = desk.chairing.add(
        made, e.Attendance(id=new_id(), organisation=HOUSING, agency=AgencyType.LHA)
    )
    done = written(desk, made, tmp_path)
    assert done.forms[0].withheld == 1
    assert "1.1" not in desk.returns.document(made, HOUSING).sections[-2].heading
    with zipfile.ZipFile(workbook_of(done)) as book:
        assert b">1.1<" not in b"".join(map(book.read, book.namelist()))


def test_each_kind_of_agency_is_asked_its_own_questions(desk: Desk, planned: Meeting) -> None:
    mine = r.questions_for(planned, desk.area, AgencyType.LHA)
    assert any("arrears" in one.ask for one in mine)
    assert not any(
        "arrears" in one.ask for one in r.questions_for(planned, desk.area, AgencyType.POL)
    )
    order = [item.code for item in planned.agenda]
    assert [order.index(one.item) for one in mine] == sorted(order.index(one.item) for one in mine)
    assert all(one.source for one in load_area("national").return_questions)


def test_written_again_it_has_the_same_number_and_who_answered_is_not_asked_again(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    first = written(desk, planned, tmp_path)
    again = written(desk, planned, tmp_path)
    assert first.forms[0].one.sheet == again.forms[0].one.sheet
    assert word_of(again) != word_of(first), "the file that is there is left alone"
    desk.returns.nil(now(desk, planned), HOUSING)
    with pytest.raises(Refused, match="has answered"):
        written(desk, planned, tmp_path)
    assert HOUSING in desk.returns.write(planned.ref, tmp_path).answered


def test_a_form_written_again_for_another_day_is_asked_for_by_another_day(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    written(desk, planned, tmp_path)
    here = now(desk, planned)
    desk.caseload.record.save(here, here.with_facts(held_on=date(2026, 12, 14)), desk.caseload.by(), command=new_id())  # fmt: skip
    written(desk, planned, tmp_path)
    (one,) = now(desk, planned).of(e.AgencyReturn)
    assert one.due == date(2026, 12, 7)


# -- back -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["word", "workbook"])
def test_a_form_that_comes_back_is_understood_and_kept_only_when_it_is_said(
    desk: Desk, planned: Meeting, tmp_path: Path, kind: str
) -> None:
    done = written(desk, planned, tmp_path)
    path = word_of(done) if kind == "word" else workbook_of(done)
    (filled_word if kind == "word" else filled_workbook)(
        path,
        {
            "W": "Tracey Example, Housing manager\nColin Beddows", "F": "Tracey Example",
            "Q1": "Seen on 3 November | yes |",
            "Q2": "A neighbour complained | yes | POL, Probation Service Harrowmere",
            "1.1": "complete | 20 November 2026 | The flat is let",
            "1.2": "part done | | Two beds asked for",
        },
    )  # fmt: skip
    read = desk.returns.read(path)
    assert now(desk, planned).of(e.ReturnLine) == (), "nothing is kept by looking"
    assert not read.found.not_read
    after = desk.returns.keep(read)
    assert after == now(desk, planned)
    one = r.return_of(after, HOUSING)
    assert one is not None
    assert (one.answer, one.filled_by, one.late) == (ReturnAnswer.CAME, "Tracey Example", None)
    lines = after.live(e.ReturnLine)
    assert [line.about for line in lines if line.about] == ["1.1", "1.2"]
    assert [line.status for line in lines if line.about] == [
        ActionStatus.COMPLETE,
        ActionStatus.PART,
    ]
    assert lines[0].restricted_to == ()
    assert set(lines[1].restricted_to) == {HOUSING, POLICE, "Probation Service Harrowmere"}
    assert {line.minuted for line in lines if not line.about} == {YesNo.YES}


def test_who_is_to_come_is_expected_and_nobody_is_present_by_a_form(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    after = housing_says(desk, planned, tmp_path, W="Tracey Example, Housing manager", Q1="x | yes")
    new = next(a for a in after.live(e.Attendance) if a.name == "Tracey Example")
    assert (new.status, new.role, new.organisation) == (None, "Housing manager", HOUSING)
    assert present(after) == ()
    assert not after.live(e.Presence)
    meeting = desk.chairing.check_in_all(running(desk, planned))
    here = {a.name for a in in_room(meeting)}
    assert "Tracey Example" in here
    assert "Colin Beddows" not in here, (
        "the return names somebody else: one key does not let him in"
    )


def test_who_sends_a_report_instead_is_not_let_in_by_the_key_for_all(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    housing_says(desk, planned, tmp_path, R="yes", Q1="Rent is paid | yes")
    meeting = desk.chairing.check_in_all(running(desk, planned))
    assert HOUSING not in {a.organisation for a in in_room(meeting)}
    rows = [a for a in meeting.live(e.Attendance) if a.organisation == HOUSING]
    assert {(a.status, a.report) for a in rows} == {(None, ReportStatus.RECEIVED)}


def test_whoever_chairs_is_let_in_whatever_the_return_of_their_organisation_says(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    path = word_of(written(desk, planned, tmp_path, POLICE))
    filled_word(path, {"W": "Imran Sarwar, inspector"})
    read_in(desk, path)
    meeting = desk.chairing.check_in_all(running(desk, planned))
    here = {a.name for a in in_room(meeting) if a.organisation == POLICE}
    assert here == {"Ruth Calloway", "Imran Sarwar"}


def test_who_only_says_who_comes_has_sent_no_report_nor_keeps_the_nil_of_before(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    path = word_of(written(desk, planned, tmp_path))
    desk.returns.nil(now(desk, planned), HOUSING)
    filled_word(path, {"W": "Colin Beddows"})
    after = read_in(desk, path, replace=True)
    rows = [a for a in after.live(e.Attendance) if a.organisation == HOUSING]
    assert {(a.report, a.report_on) for a in rows} == {(None, None)}
    assert HOUSING in organisations_unheard(
        desk.chairing.check_in_all(running(desk, planned)), desk.area
    )


def test_home_says_how_many_returns_are_not_back(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    assert "return" not in before_meeting(planned, desk.area)
    many = len(desk.returns.write(planned.ref, tmp_path).forms)
    assert f"{many} of {many} returns not back" in before_meeting(now(desk, planned), desk.area)
    desk.returns.nil(now(desk, planned), HOUSING)
    said = before_meeting(now(desk, planned), desk.area)
    assert f"{many - 1} of {many} returns not back" in said


def test_a_nil_return_is_an_answer_at_the_round_table_and_nobody_s_presence(
    desk: Desk, planned: Meeting
) -> None:
    after = desk.returns.nil(planned, "lha", said_by="Tracey Example")
    told = after.live(e.Contribution)
    assert [(c.organisation, c.nil_return, c.source) for c in told] == [
        (HOUSING, YesNo.YES, "Return of 23 November 2026")
    ]
    assert {a.report for a in after.live(e.Attendance) if a.organisation == HOUSING} == {
        ReportStatus.NIL_RETURN
    }
    meeting = desk.chairing.check_in_all(running(desk, planned))
    assert HOUSING not in organisations_unheard(meeting, desk.area)
    assert POLICE in organisations_unheard(meeting, desk.area)
    words = repr(desk.minute_taking.compose(meeting, "full"))
    assert f"Had nothing to add, as it wrote: {HOUSING} (Return of 23 November 2026)." in words
    assert f"Asked, and had nothing to add: {HOUSING}" not in words, "it was not said in the room"


def test_a_blank_form_is_no_answer(desk: Desk, planned: Meeting, tmp_path: Path) -> None:
    done = written(desk, planned, tmp_path)
    for path in (word_of(done), workbook_of(done)):
        read = desk.returns.read(path)
        assert read.found.answer is None
        with pytest.raises(Refused, match="Nothing is answered"):
            desk.returns.keep(read)
    one = r.return_of(now(desk, planned), HOUSING)
    assert one is not None
    assert one.answer is None


def test_nil_with_words_is_information_and_says_so(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    path = word_of(written(desk, planned, tmp_path))
    filled_word(path, {"N": "yes", "Q1": "Seen twice | yes"})
    found = desk.returns.read(path).found
    assert found.answer is ReturnAnswer.CAME
    assert any("nothing to tell, and tells something" in words for words in found.notices)


def test_what_is_not_understood_is_named_with_its_place_and_kept_beside_the_return(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    path = word_of(written(desk, planned, tmp_path))
    filled_word(
        path,
        {
            "N": "perhaps", "Q1": "Words | maybe | the duty desk", "1.1": "nearly | soon | Almost",
        },
    )  # fmt: skip
    file = WordFile(str(path))
    file.add_paragraph("By the way, he sold the car.")
    file.save(str(path))
    read = desk.returns.read(path)
    said = {one.what: one.words for one in read.found.not_read}
    assert said["line N"] == "perhaps"
    assert said["line Q1, minuting"] == "maybe"
    assert said["line Q1, who may have it"] == "the duty desk"
    assert said["action 1.1, how it stands"] == "nearly"
    assert said["action 1.1, done on"] == "soon"
    assert any("outside the lines" in what for what in said)
    after = desk.returns.keep(read)
    line = line_at(after, "A7")
    assert (line.minuted, line.restricted_to) == (None, (HOUSING,)), "only its giver has it"
    one = r.return_of(after, HOUSING)
    assert one is not None
    for words in ("perhaps", "maybe", "the duty desk", "nearly", "soon", "he sold the car"):
        assert words in one.unread


def test_the_same_file_changes_nothing_and_another_waits_for_a_word(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    done = written(desk, planned, tmp_path)
    filled_word(word_of(done), {"N": "yes"})
    first = read_in(desk, word_of(done))
    assert desk.returns.read(word_of(done)).is_known
    assert read_in(desk, word_of(done)) == first
    filled_workbook(workbook_of(done), {"Q1": "He moved out | yes"})
    with pytest.raises(Refused, match="has answered"):
        read_in(desk, workbook_of(done))
    after = read_in(desk, workbook_of(done), replace=True)
    every = after.of(e.AgencyReturn)
    assert [(o.answer, bool(o.withdrawn)) for o in every] == [
        (ReturnAnswer.NIL, True), (ReturnAnswer.CAME, False),
    ]  # fmt: skip
    assert not after.live(e.Contribution), "the nil answer at A7 went with it"
    assert {a.report for a in after.live(e.Attendance) if a.organisation == HOUSING} == {
        ReportStatus.RECEIVED
    }
    # What was withdrawn with the first one stays in the record, with why.
    assert "another" in after.of(e.Contribution)[0].withdrawn.lower()


# -- unreadable -------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_is_named_with_the_place_and_a_way_on(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    done = written(desk, planned, tmp_path)
    path = workbook_of(done)
    good = path.read_bytes()
    filled_workbook(path, {"Q1": "=HYPERLINK(1)"})
    with pytest.raises(BadInput, match=r"cell F6") as wrong:
        desk.returns.read(path)
    assert wrong.value.remedy
    path.write_bytes(good[: len(good) // 2])
    with pytest.raises(BadInput, match=path.name):
        desk.returns.read(path)
    other = tmp_path / "scan.pdf"
    other.write_bytes(b"%PDF-1.4")
    with pytest.raises(BadInput, match="neither a Word file nor a workbook"):
        desk.returns.read(other)
    note = tmp_path / "note.docx"
    WordFile().save(str(note))
    with pytest.raises(BadInput, match="is no return"):
        desk.returns.read(note)
    old = tmp_path / "old.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(BadInput, match="password"):
        desk.returns.read(old)


def test_a_form_of_another_meeting_or_a_mistyped_number_is_named(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    done = written(desk, planned, tmp_path)
    path = word_of(done)
    number = printed(done.forms[0].one.sheet)
    whole = path.read_bytes()

    def typed_over(was: str, becomes: str) -> None:
        file = WordFile(str(path))
        for cell in (c for t in file.tables for row in t.rows for c in row.cells):
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.text = run.text.replace(was, becomes)
        file.save(str(path))

    typed_over(number, f"{number[:-1]}{'2' if number[-1] != '2' else '3'}")
    with pytest.raises(BadInput, match="mistyped"):
        desk.returns.read(path)
    path.write_bytes(whole)
    typed_over(planned.ref, "HM-0999-1")
    with pytest.raises(NotFound, match="HM-0999-1, which is not in this record"):
        desk.returns.read(path)


def test_a_cell_that_was_taken_out_is_named_and_its_words_are_kept(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    path = word_of(written(desk, planned, tmp_path))
    filled_word(path, {"Q1": "Kept words | yes", "Q2": "Other words | yes"})
    file = WordFile(str(path))
    row = next(row for t in file.tables for row in t.rows if row.cells[0].text.strip() == "Q1")
    row._tr.remove(row._tr.tc_lst[-1])  # noqa: SLF001 - as an editor takes a cell out
    file.save(str(path))
    found = desk.returns.read(path).found
    assert [told.text for told in found.told] == ["Other words"]
    assert any(one.what == "line Q1" and "Kept words" in one.words for one in found.not_read)


# -- in the meeting ------------------------------------------------------------------------------


def test_a_line_is_offered_at_its_item_and_taken_as_from_the_return(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    housing_says(desk, planned, tmp_path, Q1="Seen on 3 November | yes", Q4="Rent stops | yes", F="Tracey Example")  # fmt: skip
    meeting = running(desk, planned)
    assert meeting.live(e.Contribution) == (), "nothing is taken by itself"
    meeting = desk.return_taking.take(meeting, line_at(meeting, "A7").id)
    told = meeting.live(e.Contribution)[0]
    assert told.text.startswith(
        "From the return of 23 November 2026, not said at the meeting: Seen"
    )
    assert (told.source, told.given_by) == ("Return of 23 November 2026", "Tracey Example")
    other = line_at(meeting, "A10")
    meeting = desk.return_taking.take(meeting, other.id)
    note = meeting.live(e.Note)[0]
    assert (note.place, note.speaker) == ("A10", HOUSING)
    assert "not said at the meeting: Rent stops" in note.text
    assert now(desk, meeting) == meeting
    with pytest.raises(Refused, match="taken already"):
        desk.return_taking.take(meeting, other.id)


def test_an_action_is_settled_by_the_agency_s_own_word_and_none_is_written_over(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    housing_says(
        desk, planned, tmp_path,
        **{"1.1": "complete | 20 November 2026 | The flat is let", "1.2": "not started | | No bed"},
    )  # fmt: skip
    meeting = running(desk, planned)
    assert all(a.status is None for a in meeting.old_actions)
    first, second = (line for _one, line in r.lines_at(meeting, "A5"))
    meeting = desk.return_taking.take(meeting, first.id)
    done = next(a for a in meeting.old_actions if a.ref == "1.1")
    assert (done.status, done.completed_on) == (ActionStatus.COMPLETE, date(2026, 11, 20))
    assert done.outcome.startswith("From the return of 23 November 2026, not said at the meeting:")
    mine = next(a for a in meeting.old_actions if a.ref == "1.2")
    meeting = desk.chairing.settle_action(meeting, mine.id, ActionStatus.COMPLETE)
    with pytest.raises(Refused, match="has a status already"):
        desk.return_taking.take(meeting, second.id)


def test_what_only_some_may_have_is_taken_with_that_restriction_and_prints_in_no_other_copy(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    housing_says(desk, planned, tmp_path, Q4="Sold a crossbow | yes | Harrowmere Police")
    meeting = running(desk, planned)
    meeting = desk.return_taking.take(meeting, line_at(meeting, "A10").id)
    told = meeting.live(e.Contribution)[0]
    assert set(told.restricted_to) == {HOUSING, POLICE}
    theirs = desk.minute_taking.compose(meeting, "full", copy=CopyFor(NHS))
    assert "crossbow" not in repr(theirs)
    assert "crossbow" in repr(desk.minute_taking.compose(meeting, "full", copy=CopyFor(POLICE)))


def test_what_may_not_be_minuted_is_never_taken_and_prints_nowhere(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    housing_says(desk, planned, tmp_path, Q1="A source says | no", Q4="Unsaid | |")
    meeting = running(desk, planned)
    with pytest.raises(Refused, match="does not agree"):
        desk.return_taking.take(meeting, line_at(meeting, "A7").id)
    with pytest.raises(Refused, match="may not be minuted"):
        desk.return_taking.agree(meeting, line_at(meeting, "A7").id)
    unsaid = line_at(meeting, "A10")
    with pytest.raises(Refused, match="did not say"):
        desk.return_taking.take(meeting, unsaid.id)
    meeting = desk.return_taking.take(desk.return_taking.agree(meeting, unsaid.id), unsaid.id)
    assert len(meeting.live(e.Note)) == 1
    for name in ("full", "agenda", "actions"):
        assert "A source says" not in repr(desk.minute_taking.compose(meeting, name))


def test_a_line_nobody_took_is_pointed_out_and_stops_nothing_and_may_be_set_aside(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    housing_says(desk, planned, tmp_path, Q4="Rent stops | yes")
    meeting = running(desk, planned)

    def pointed_out(found: Meeting) -> list[str]:
        return [g.message for g in completeness(found, desk.area) if g.field == "return_lines"]

    assert pointed_out(meeting) == [f"1 line of a return waits here: {HOUSING}"]
    meeting = desk.return_taking.set_aside(meeting, line_at(meeting, "A10").id)
    assert pointed_out(meeting) == []
    assert line_at(meeting, "A10").use is ReturnUse.ASIDE
    meeting = desk.return_taking.set_aside(meeting, line_at(meeting, "A10").id)
    assert line_at(meeting, "A10").use is None


def test_before_the_meeting_starts_nothing_is_taken(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    after = housing_says(desk, planned, tmp_path, Q1="Seen | yes")
    with pytest.raises(Refused, match="while the panel meets"):
        desk.return_taking.take(after, line_at(after, "A7").id)


# -- after closing ---------------------------------------------------------------------------------


def test_what_comes_after_closing_stays_beside_and_becomes_an_addendum_only_when_it_is_said(
    desk: Desk, planned: Meeting, tmp_path: Path
) -> None:
    path = word_of(written(desk, planned, tmp_path))
    filled_word(path, {"W": "Tracey Example", "Q1": "He was seen | yes", "Q2": "For us | yes | POL", "Q4": "Quiet | no"})  # fmt: skip
    closed = as_closed(desk, planned, date(2026, 11, 23))
    before = now(desk, planned)
    after = read_in(desk, path)
    assert (after.state, after.answers) == (MeetingState.CLOSED, before.answers)
    assert {k: v for k, v in after.rows.items() if k not in ("agency_returns", "return_lines")} == {
        k: v for k, v in before.rows.items() if k not in ("agency_returns", "return_lines")
    }, "nothing of what the panel knew changed"
    one = r.return_of(after, HOUSING)
    assert one is not None
    assert one.late is YesNo.YES
    with pytest.raises(Refused, match="the panel did not know it"):
        desk.return_taking.take(after, after.live(e.ReturnLine)[0].id)
    assert not after.live(e.Addendum)
    made = desk.returns.addendum(after, HOUSING)
    added = made.live(e.Addendum)[0]
    assert "He was seen" in added.text
    assert "For us" not in added.text
    assert "Quiet" not in added.text
    assert "2 answers restricted, or not to be minuted" in added.text
    assert added.chair_told_at is None
    assert added.reopens == ""
    with pytest.raises(Refused, match="already"):
        desk.returns.addendum(made, HOUSING)
    assert closed.ref == made.ref


def test_a_closed_meeting_asks_nobody(desk: Desk, planned: Meeting, tmp_path: Path) -> None:
    as_closed(desk, planned, date(2026, 11, 23))
    with pytest.raises(Refused, match="nobody is asked"):
        written(desk, planned, tmp_path)


# -- how far it is, words for a reminder ---------------------------------------------------------


def test_the_list_says_who_owes_and_for_how_long(
    desk: Desk, planned: Meeting, tmp_path: Path, clock: Clock
) -> None:
    written(desk, planned, tmp_path)
    one = r.called(now(desk, planned), HOUSING)
    assert one.words(desk.returns.today()) == "owed, 7 days left"
    clock.move(days=9)
    assert one.is_late(desk.returns.today())
    assert one.words(desk.returns.today()) == "owed, 2 days late"
    words = desk.returns.reminder(now(desk, planned), "housing")
    assert planned.ref in words
    assert SUBJECT not in words
    desk.returns.nil(now(desk, planned), HOUSING)
    said = r.called(now(desk, planned), HOUSING).words(desk.returns.today())
    assert said == "nil return, 2 December 2026, after its day"
    with pytest.raises(Refused, match="has answered"):
        desk.returns.reminder(now(desk, planned), HOUSING)
    with pytest.raises(Refused, match="Several are meant"):
        r.called(now(desk, planned), "harrowmere")


def test_forms_that_cannot_be_recorded_leave_no_file(
    desk: Desk, planned: Meeting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_said: object) -> None:
        raise Refused("The record is full.")

    monkeypatch.setattr(type(desk.caseload.record), "save", refuse)
    with pytest.raises(Refused, match="full"):
        desk.returns.write(planned.ref, tmp_path / "forms")
    assert list((tmp_path / "forms").iterdir()) == []


# -- round trips ----------------------------------------------------------------------------------

_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")) | st.sampled_from(" \n<&>[]=+"),
    min_size=1, max_size=60,
).map(lambda words: "\n".join(" ".join(line.split()) for line in words.splitlines()).strip()).filter(
    lambda words: words and "|" not in words and not words.startswith("=") and "\ufffd" not in words
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=_WORDS, other=_WORDS)
def test_what_is_written_on_a_form_is_what_is_read(
    desk: Desk, planned: Meeting, tmp_path: Path, words: str, other: str
) -> None:
    done = written(desk, planned, tmp_path)
    filled_word(word_of(done), {"Q1": f"{words} | yes", "1.1": f"complete | | {other}"})
    filled_workbook(workbook_of(done), {"Q1": f"{words} | yes", "1.1": f"complete | | {other}"})
    for path in (word_of(done), workbook_of(done)):
        told = desk.returns.read(path).found.told
        assert [one.text for one in told] == [words, other]
