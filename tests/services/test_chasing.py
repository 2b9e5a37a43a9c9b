"""What is chased between meetings: asserted on what was stored and written. All invented."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document as WordFile
from lxml import etree

from panelkit.domain import entries as e
from panelkit.domain.action_filter import read_filter
from panelkit.domain.chasing import ReminderKind
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.reminder_paper import HEADS, NIL, SHEET
from panelkit.domain.vocabulary import (
    ActionStatus,
    AgencyType,
    AttendanceStatus,
    Level,
    MeetingKind,
    MeetingState,
    ReportStatus,
    YesNo,
)
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.timeline import Timeline
from tests.desk import Clock, fresh_meeting, make_desk
from tests.documents.grid_files import changed
from tests.documents.test_workbook import M, sheets

HOUSING = "Harrowmere City Council Housing"
POLICE = "Harrowmere Police"
CANARY = "Colin must ring Mrs Secretname about the flat"
TODAY = date(2026, 11, 23)


def with_action(desk: Desk, meeting: Meeting, **said: object) -> Meeting:
    words: dict[str, object] = {
        "text": CANARY, "owner": "Colin Beddows", "organisation": HOUSING, "due": date(2026, 11, 2),
        "accepted": YesNo.YES,
    }  # fmt: skip
    return desk.chairing.add(meeting, e.Action(id=new_id(), **(words | said)))  # type: ignore[arg-type]


def as_closed(desk: Desk, meeting: Meeting, held_on: date = TODAY) -> Meeting:
    """Closed without its gaps asked about, as a meeting of a pack may be."""
    now = desk.caseload.find(meeting.ref)
    after = now.with_facts(state=MeetingState.CLOSED, held_on=held_on)
    desk.caseload.record.save(now, after, desk.caseload.by(), command=new_id())
    return after


def review(desk: Desk, case_ref: str, held_on: date = date(2026, 12, 7)) -> Meeting:
    return desk.caseload.open_next(
        case_ref, level=Level.TWO, kind=MeetingKind.REVIEW, held_on=held_on
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One closed meeting with three actions of two organisations, one of them late."""
    made = make_desk(tmp_path)
    meeting = with_action(made, fresh_meeting(made, "HM-0901"))
    meeting = with_action(made, meeting, text="=1+1", organisation=POLICE, owner="Imran Sarwar", due=date(2026, 12, 24))  # fmt: skip
    meeting = with_action(made, meeting, text="Find a bed", due=date(2026, 11, 27), accepted=None)
    as_closed(made, meeting)
    return made


def unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as book:
        return b"".join(map(book.read, book.namelist()))


def refs(desk: Desk, line: str) -> list[str]:
    return [one.ref for one in desk.chasing.listed(read_filter(line)).found]


# -- which actions -----------------------------------------------------------------------------


def test_an_action_is_listed_once_however_many_meetings_carried_it(desk: Desk) -> None:
    assert refs(desk, "") == ["HM-0901 1.1", "HM-0901 1.3", "HM-0901 1.2"]
    again = review(desk, "HM-0901")
    carried = next(a for a in again.of(e.Action) if a.number == 1)
    again = desk.chairing.change(
        again, e.Action, carried.id, status=ActionStatus.PART, new_due=date(2027, 1, 8),
        reason_not_done="No bed.", carry_forward=YesNo.YES,
    )  # fmt: skip
    as_closed(desk, again, again.held_on)
    review(desk, "HM-0901", date(2027, 2, 1))
    (one,) = desk.chasing.listed(read_filter("is:carried")).found
    assert (one.ref, one.origin, one.meeting_ref) == ("HM-0901 1.1", "HM-0901-1", "HM-0901-3")
    assert one.action.current_due == date(2027, 1, 8)
    assert desk.caseload.record.wrong_lists() == ([], [], [])


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("@housing", [1, 3]), ("@hosing", [1, 3]), ("-@housing", [2]), ("@lha", [1, 3]),
        ("@colin", [1, 3]), ("@police @housing", [1, 3, 2]), ("is:overdue", [1]),
        ("is:unaccepted", [3]), ("due:<7d", [1, 3]), ("due:>2026-12-01", [2]), ("due:none", []),
        ("level:3", []), ("level:2 level:3", [1, 3, 2]), ("case:hm-0901 find", [3]),
        ('"mrs secretname"', [1]), ("-secretname -find", [2]), ("is:done", []), ("100%", []), ("_", []),
        ("case:HM-0902", []), ("is:all is:overdue", [1]),
    ],
)  # fmt: skip
def test_a_line_means(desk: Desk, line: str, numbers: list[int]) -> None:
    area = dataclasses.replace(desk.area, organisations=((HOUSING, AgencyType.LHA),))
    there = dataclasses.replace(desk, area=area)
    assert refs(there, line) == [f"HM-0901 1.{number}" for number in numbers]


def test_capitals_of_any_alphabet_make_no_difference(desk: Desk) -> None:
    meeting = with_action(desk, fresh_meeting(desk, "HM-0903"), text="ÉTUDE", owner="ÉVA ŁUKASZ")
    as_closed(desk, meeting)
    assert refs(desk, "étude") == refs(desk, "@łukasz") == ["HM-0903 1.1"]


def test_a_list_that_is_cut_says_so(desk: Desk) -> None:
    page = desk.chasing.listed(read_filter(""), 2)
    assert (len(page.found), page.more) == (2, True)
    assert not desk.chasing.listed(read_filter(""), 3).more


def test_what_was_done_or_withdrawn_is_not_open(desk: Desk) -> None:
    meeting = desk.caseload.find("HM-0901-1")
    first, second, _third = meeting.of(e.Action)
    meeting = desk.chairing.change(meeting, e.Action, first.id, status=ActionStatus.COMPLETE)
    desk.chairing.withdraw(meeting, e.Action, second.id, "set twice")
    assert refs(desk, "") == ["HM-0901 1.3"]
    assert refs(desk, "is:done") == ["HM-0901 1.1"]
    assert refs(desk, "is:all") == ["HM-0901 1.1", "HM-0901 1.3"]
    assert desk.caseload.record.wrong_lists() == ([], [], [])


# -- told between meetings ------------------------------------------------------------------------


def test_an_outcome_told_between_meetings_stands_in_the_meeting_that_asks(desk: Desk) -> None:
    with pytest.raises(Refused, match="no next meeting planned"):
        desk.chasing.settle("HM-0901 1.1", ActionStatus.COMPLETE, "Let.", "Gail", TODAY)
    planned = review(desk, "HM-0901")
    one = desk.chasing.settle("HM-0901/1.1", ActionStatus.COMPLETE, "The flat is let.", "Gail Postern", TODAY)  # fmt: skip
    (row,) = (a for a in desk.caseload.find(planned.ref).of(e.Action) if a.number == 1)
    assert row.status is ActionStatus.COMPLETE
    assert row.completed_on == TODAY
    assert (
        row.outcome == "The flat is let. Told between meetings by Gail Postern on 23 November 2026."
    )
    assert not one.is_open
    before = desk.caseload.find("HM-0901-1").of(e.Action)[0]
    assert before.status is None, "what the closed meeting recorded is not changed"
    with pytest.raises(Refused, match="already"):
        desk.chasing.settle("HM-0901 1.1", ActionStatus.COMPLETE, "Let.", "Gail", TODAY)
    with pytest.raises(BadInput, match="still to come"):
        desk.chasing.settle("HM-0901 1.3", ActionStatus.PART, "Soon.", "Gail", date(2026, 11, 24))


# -- reminders ------------------------------------------------------------------------------------


def word_text(path: Path) -> str:
    """All text of a Word file, also in tables, heads and feet."""
    made = WordFile(str(path))
    parts = [made.element.body, *(s.header._element for s in made.sections)]
    return "\n".join("".join(node.itertext()) for part in parts for node in part.iter() if node.tag.endswith("}p"))  # fmt: skip


def test_a_reminder_holds_that_organisation_s_actions_by_reference_alone(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    done = desk.reminding.write(desk.reminding.ready("housing"), tmp_path / "r.docx")
    text = word_text(done.file.path)
    assert "HM-0901 1.1" in text
    assert "HM-0901 1.3" in text
    assert "HM-0901 1.2" not in text, "another organisation's"
    for word in ("Secretname", "Find a bed", "Colin Beddows", "Invented Person", "Imran"):
        assert word not in text
    assert done.reminder.sha256 == hashlib.sha256(done.file.path.read_bytes()).hexdigest()
    assert desk.caseload.record.reminders() == (done.reminder,)
    rows = desk.reminding.actions_of(done.reminder)
    assert [(r.set_at, r.number, r.due) for r in rows] == [(1, 1, date(2026, 11, 2)), (1, 3, date(2026, 11, 27))]  # fmt: skip


def test_words_and_owner_are_told_where_the_area_says_so(desk: Desk, tmp_path: Path) -> None:
    area = dataclasses.replace(desk.area, reminder_words="actions")
    there = dataclasses.replace(desk, area=area)
    text = word_text(there.reminding.write(there.reminding.ready(HOUSING), tmp_path / "r.docx").file.path)  # fmt: skip
    assert "Secretname" in text
    assert "Colin Beddows" in text
    assert "=1+1" not in text


def test_an_action_set_without_them_in_the_room_is_in_no_file(desk: Desk, tmp_path: Path) -> None:
    meeting = fresh_meeting(desk, "HM-0904")
    part = e.RestrictedPart(
        id="part", reason="Police alone", staying=(POLICE,),
        started_at=datetime(2026, 11, 23, 9, tzinfo=UTC), ended_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    meeting = desk.chairing.add(meeting, part)
    meeting = with_action(desk, meeting, restricted_part="part")
    meeting = with_action(desk, meeting, restricted_part="part", organisation=POLICE)
    as_closed(desk, meeting)
    review(desk, "HM-0904")  # carried, it no longer says in which part it was set
    ready = desk.reminding.ready(HOUSING)
    assert [one.ref for one in ready.withheld] == ["HM-0904 1.1"]
    assert "HM-0904 1.1" not in {one.chased.ref for one in ready.asked}
    assert "HM-0904 1.2" in {one.chased.ref for one in desk.reminding.ready(POLICE).asked}
    text = word_text(desk.reminding.write(ready, tmp_path / "r.docx").file.path)
    assert "HM-0904" not in text


def test_nobody_is_asked_about_what_a_meeting_in_progress_has_not_closed_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with_action(desk, fresh_meeting(desk, "HM-0905"))
    with pytest.raises(Refused, match="no open action"):
        desk.reminding.write(desk.reminding.ready(HOUSING), tmp_path / "r.docx")
    assert not (tmp_path / "r.docx").exists()


def test_the_program_never_says_that_it_was_sent_and_a_person_does(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    ready = desk.reminding.ready(HOUSING)
    one = desk.reminding.write(ready, tmp_path / "a.docx").reminder
    (log,) = desk.chasing.find("HM-0901 1.1").log
    assert "nobody has said that it was sent" in log.words
    with pytest.raises(BadInput, match="then or later"):
        desk.reminding.sent(one.ref, date(2026, 11, 22))
    clock = desk.clock
    assert isinstance(clock, Clock)
    clock.move(days=3)
    desk.reminding.sent(one.ref, date(2026, 11, 24))
    desk.reminding.write(desk.reminding.ready(HOUSING), tmp_path / "b.docx")
    found = desk.chasing.find("HM-0901 1.1")
    assert found.reminded == "reminder written on 23 and 26 November 2026"
    assert "sent on 24 November 2026 by Ruth Calloway" in found.log[0].words
    assert "23 November 2026" in word_text(tmp_path / "b.docx"), "when it was asked about before"


def typed_into(path: Path, **cells: str) -> None:
    """Words, or a formula, typed into cells of the first sheet, as a spreadsheet keeps them."""

    def change(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        root = etree.fromstring(parts[name])
        for cell in root.iter(f"{M}c"):
            if (words := cells.get(cell.get("r", ""))) is None:
                continue
            for child in list(cell):
                cell.remove(child)
            if words.startswith("="):
                cell.attrib.pop("t", None)
                etree.SubElement(cell, f"{M}f").text = words[1:]
            else:
                cell.set("t", "inlineStr")
                etree.SubElement(etree.SubElement(cell, f"{M}is"), f"{M}t").text = words
        parts[name] = etree.tostring(root)

    path.write_bytes(changed(path.read_bytes(), change))


def test_a_workbook_goes_out_comes_back_and_is_kept_beside_each_action(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "r.xlsx"
    one = desk.reminding.write(desk.reminding.ready(HOUSING), path).reminder
    assert one.kind is ReminderKind.WORKBOOK
    heads, *rows = sheets(path.read_bytes())[SHEET]
    assert tuple(words for _kind, words in heads) == HEADS
    assert [row[1] for row in rows] == [("s", "HM-0901 1.1"), ("s", "HM-0901 1.3")]
    assert "Secretname" not in json.dumps(rows)
    typed_into(path, J2="20 November 2026", K2="The flat is let", L2="Colin", I3="yes")
    back, found = desk.reminding.take_back(path)
    assert [(each.ref, each.reply, each.by) for each in found] == [
        ("HM-0901 1.1", "Done on 20 November 2026. The flat is let", "Colin"), ("HM-0901 1.3", NIL, ""),
    ]  # fmt: skip
    assert (back.replied_on, back.nil_return) == (TODAY, False)
    one_again = desk.chasing.find("HM-0901 1.1")
    assert "The flat is let" in one_again.log[-1].words
    assert one_again.is_open, "a reply changes no action"


def test_a_blank_workbook_is_no_answer_and_a_formula_is_refused_with_its_cell(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "r.xlsx"
    desk.reminding.write(desk.reminding.ready(HOUSING), path)
    with pytest.raises(Refused, match="Nothing is answered"):
        desk.reminding.take_back(path)
    typed_into(path, K2="=HYPERLINK(1)")
    with pytest.raises(BadInput, match="cell K2"):
        desk.reminding.take_back(path)
    typed_into(path, K2="Done", B2="HM-0901 1.2")
    with pytest.raises(BadInput, match=r"did not ask about HM-0901 1\.2"):
        desk.reminding.take_back(path)
    assert all(not row.reply for row in desk.reminding.actions_of(desk.reminding.every()[0]))


def test_nothing_to_report_is_kept_beside_every_action(desk: Desk, tmp_path: Path) -> None:
    one = desk.reminding.write(desk.reminding.ready(HOUSING), tmp_path / "r.docx").reminder
    with pytest.raises(BadInput, match="who said"):
        desk.reminding.nothing_to_report(one.ref, " ")
    back = desk.reminding.nothing_to_report(one.ref, "Tracey Lumb")
    assert back.nil_return
    assert {(r.reply, r.replied_by) for r in desk.reminding.actions_of(one)} == {
        (NIL, "Tracey Lumb")
    }


def test_a_reminder_that_cannot_be_recorded_leaves_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = desk.reminding.ready(HOUSING)

    def refuse(*_args: object, **_said: object) -> None:
        raise Refused("The record is full.")

    monkeypatch.setattr(type(desk.caseload.record), "keep_chasing", refuse)
    with pytest.raises(Refused, match="full"):
        desk.reminding.write(ready, tmp_path / "r.docx")
    assert not (tmp_path / "r.docx").exists()


def test_a_reminder_never_takes_the_name_of_one_that_was_recorded(desk: Desk) -> None:
    ready = desk.reminding.ready(HOUSING)
    first = desk.reminding.write_into(ready, desk.documents, ReminderKind.WORD)
    second = desk.reminding.write_into(ready, desk.documents, ReminderKind.WORD)
    assert first.file.path != second.file.path
    assert hashlib.sha256(first.file.path.read_bytes()).hexdigest() == first.reminder.sha256


# -- files of the office -----------------------------------------------------------------------------


def test_a_list_as_a_file_opens_and_holds_no_formula(desk: Desk, tmp_path: Path) -> None:
    wanted = read_filter("@police")
    found = desk.chasing.listed(wanted).found
    for ending in (".csv", ".xlsx", ".docx"):
        desk.action_papers.write(wanted, found, tmp_path / f"a{ending}")
    (_head, row) = csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")))
    assert row[0] == "HM-0901 1.2"
    assert row[6] == "'=1+1"
    assert ("s", "=1+1") in sheets((tmp_path / "a.xlsx").read_bytes())["Actions"][1]
    assert b"<f>" not in unpacked(tmp_path / "a.xlsx")
    assert "=1+1" in word_text(tmp_path / "a.docx")
    with pytest.raises(BadInput, match=r"\.csv"):
        desk.action_papers.write(wanted, found, tmp_path / "a.pdf")


# -- escalation, contacts -------------------------------------------------------------------------------


def test_an_escalation_stands_beside_its_action_with_its_answer(desk: Desk) -> None:
    one = desk.chasing.escalate("HM-0901 1.1", "Head of housing", TODAY, words="Three weeks late")
    assert (one.organisation, one.made_by) == (HOUSING, "Ruth Calloway")
    with pytest.raises(BadInput, match="came then or later"):
        desk.chasing.answer(one.ref, "Sorry", date(2026, 11, 20))
    desk.chasing.answer(one.ref, "A bed by Friday", TODAY)
    (log,) = desk.chasing.find("HM-0901 1.1").log
    assert log.words.endswith("Answered on 23 November 2026: A bed by Friday")
    desk.chasing.withdraw(one.ref, "Not made")
    assert desk.chasing.find("HM-0901 1.1").log == ()
    assert desk.chasing.escalations()[0].withdrawn == "Not made"
    with pytest.raises(NotFound):
        desk.chasing.answer("E-ZZ", "x", TODAY)
    with pytest.raises(BadInput, match="to whom"):
        desk.chasing.escalate("HM-0901 1.1", " ", TODAY)


def test_a_point_of_contact_is_followed_by_the_next_and_stands_in_no_document(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    desk.chasing.name_spoc(HOUSING, "A desk", "01632 960001", TODAY)
    desk.chasing.name_spoc(HOUSING.upper(), "Another desk", "01632 960002", TODAY)
    assert [(s.name, s.is_live) for s in desk.caseload.record.spocs() if not s.is_live] == [("A desk", False)]  # fmt: skip
    assert desk.chasing.spoc_of(HOUSING) == "Another desk, 01632 960002"
    desk.reminding.write(desk.reminding.ready(HOUSING), tmp_path / "r.docx")
    wanted = read_filter("")
    desk.action_papers.write(wanted, desk.chasing.listed(wanted).found, tmp_path / "a.docx")
    for name in ("r.docx", "a.docx"):
        assert "960002" not in word_text(tmp_path / name)
        assert "Another desk" not in word_text(tmp_path / name)


# -- who misses meetings -------------------------------------------------------------------------------


def test_an_organisation_counts_once_a_meeting_and_a_report_alone_is_not_attendance(tmp_path: Path) -> None:  # fmt: skip
    desk = make_desk(tmp_path)
    ways = {
        "HM-0910": (AttendanceStatus.APOLOGIES_NO_REPORT, AttendanceStatus.DEPUTY),
        "HM-0911": (AttendanceStatus.REPORT_ONLY, AttendanceStatus.NO_RESPONSE),
        "HM-0912": (AttendanceStatus.NO_RESPONSE, AttendanceStatus.NO_RESPONSE),
        "HM-0913": (None, None),
    }
    for ref, statuses in ways.items():
        meeting = fresh_meeting(desk, ref)
        there = next(a for a in meeting.of(e.Attendance) if a.organisation == HOUSING)
        if statuses[0] is not None:
            meeting = desk.chairing.change(
                meeting, e.Attendance, there.id, status=statuses[0], report=ReportStatus.NONE
            )
        colleague = e.Attendance(
            id=new_id(), name="Ada Flint", organisation=HOUSING, agency=AgencyType.LHA, status=statuses[1]
        )  # fmt: skip
        as_closed(desk, desk.chairing.add(meeting, colleague))
    found = desk.chasing.missing(date(2026, 11, 1), TODAY)
    (one,) = (each for each in found.every if each.organisation == HOUSING)
    assert (one.invited, one.came, one.report_only, one.no_response, one.not_recorded) == (3, 1, 1, 1, 1)  # fmt: skip
    assert [(m.meeting_ref, m.why) for m in one.missed] == [("HM-0911-1", "report only"), ("HM-0912-1", "no response")]  # fmt: skip
    assert one in found.missing
    assert "[" in found.sources[0], "where the figure comes from is said"
    assert desk.chasing.done_about(HOUSING, found) == ()
    made = desk.chasing.escalate("HM-0912-1", "Head of housing", TODAY, organisation=HOUSING)
    assert [each.ref for each in desk.chasing.done_about(HOUSING, found)] == [made.ref]
    with pytest.raises(BadInput, match="not invited"):
        desk.chasing.escalate("HM-0912-1", "x", TODAY, organisation="Somebody else")


# -- ViSOR and MAPPS ------------------------------------------------------------------------------------


def test_what_is_owed_is_listed_until_somebody_says_that_it_was_entered(desk: Desk) -> None:
    ref = "HM-0901-1"
    assert {o.meeting_ref for o in desk.owing.owed()} == {ref}
    desk.owing.done(ref, ("level", "risk"), TODAY, "Owen Tranter")
    left = [o.update.key for o in desk.owing.owed()]
    assert left == ["meeting", "plan", "disclosure", "actions", "minutes"]
    with pytest.raises(Refused, match="by Owen Tranter"):
        desk.owing.done(ref, ("level",), TODAY)
    desk.owing.undo(ref, "level", "entered for another case")
    assert "level" in [o.update.key for o in desk.owing.owed()]
    desk.owing.done(ref, (), TODAY)
    assert desk.owing.owed() == ()
    marks = desk.caseload.record.entered([desk.caseload.find(ref).id])
    assert [(m.what, m.withdrawn) for m in marks if m.withdrawn] == [("level", "entered for another case")]  # fmt: skip
    off = dataclasses.replace(desk, area=dataclasses.replace(desk.area, updates=(("risk", False),)))
    assert "risk" not in {o.update.key for o in off.owing.owed(also_done=True)}


def test_nothing_is_owed_of_a_meeting_that_is_not_closed(desk: Desk) -> None:
    fresh_meeting(desk, "HM-0906")
    with pytest.raises(Refused, match="before it is closed"):
        desk.owing.sheet("HM-0906-1")
    assert all(o.meeting_ref != "HM-0906-1" for o in desk.owing.owed())


def test_a_sheet_has_references_and_facts_and_no_word_of_anybody(desk: Desk, tmp_path: Path) -> None:  # fmt: skip
    text = desk.owing.text("HM-0901-1")
    assert "HM-0901-1" in text
    assert "Action 1.1" in text
    for word in ("Secretname", "Invented Person", "Colin", "=1+1"):
        assert word not in text
    desk.owing.write("HM-0901-1", tmp_path / "s.csv", ("actions",))
    rows = list(csv.reader(io.StringIO((tmp_path / "s.csv").read_text("utf-8-sig"))))
    assert rows[0] == ["section", "field", "value"]
    assert {row[0] for row in rows[1:]} == {"Record", "Actions"}


def test_the_timeline_of_the_case_says_all_that_was_done(desk: Desk, tmp_path: Path) -> None:
    one = desk.reminding.write(desk.reminding.ready(HOUSING), tmp_path / "r.docx").reminder
    desk.reminding.sent(one.ref, TODAY)
    desk.chasing.escalate("HM-0901 1.1", "Head of housing", TODAY)
    desk.owing.done("HM-0901-1", ("level",), TODAY)
    said = [line.said for line in Timeline(desk.caseload.record).of("HM-0901")]
    for words in (
        f"{one.ref} to {HOUSING} about 1.1, written", f"{one.ref} to {HOUSING} about 1.1, sent",
        "Level and next review entered in ViSOR or MAPPS",
    ):  # fmt: skip
        assert words in said
    assert any(line.endswith("to Head of housing") for line in said)


def test_an_action_without_an_owner_is_found(desk: Desk) -> None:
    meeting = with_action(desk, fresh_meeting(desk, "HM-0907"), owner=" ")
    as_closed(desk, with_action(desk, meeting))
    assert refs(desk, "is:noowner") == ["HM-0907 1.1"]
