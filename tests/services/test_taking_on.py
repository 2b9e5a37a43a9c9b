"""A live case taken on from minutes made elsewhere. Every person, case and place is invented."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelkit.audit.held import seen
from panelkit.domain import entries as e
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused, StaleRecord
from panelkit.domain.foreign import Sure
from panelkit.domain.report_year import ReportYear
from panelkit.domain.taking_on import (
    Choice,
    Group,
    HalfRead,
    ReadLine,
    Unread,
    is_sure,
    marked,
)
from panelkit.domain.taking_on_body import body_of, from_body
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingState
from panelkit.domain.waiting import review_waits
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from tests.desk import fresh_meeting, make_desk
from tests.foreign.layouts import LAYOUTS, saved, table
from tests.foreign.layouts import marked as with_marking
from tests.foreign.truth import truth

HELD = date(2026, 9, 14)
ACTIONS = [
    ["Visit the flat unannounced", "DC Anita Rowe", "Northmoor Police", "28/09/2026"],
    ["Ask the landlord about visitors", "Jay Patel", "Northmoor Housing", "5 October 2026"],
    ["Send the care plan", "Marcus Hale", "Probation Service", "ASAP"],
    ["Check the tenancy", "", "Northmoor Housing", "12/10/2026"],
    ["Visit the flat (unannounced)", "DC Anita Rowe", "Northmoor Police", "28/09/2026"],
    ["Write to the GP", "Dr Nobody Known", "A surgery", "12/10/2026"],
]  # fmt: skip
PEOPLE = [
    ["DI Ruth Calloway", "Detective Inspector (Chair)", "Northmoor Police", "Present"],
    ["DC Anita Rowe", "Offender manager", "Northmoor Police", "Present"],
    ["Jay Patel", "Housing options manager", "Northmoor Housing", "Present"],
    ["Marcus Hale", "Senior Probation Officer", "Probation Service", "Apologies"],
]


def minutes(
    *, ref: str = "NM-771", held: str = "14/09/2026", level: str = "2", born: str = "4 March 1985",
    actions: list[list[str]] = ACTIONS, then: str = "9 November 2026", category: str = "2",
) -> bytes:  # fmt: skip
    """Invented minutes of a review."""
    document = docx.Document()
    with_marking(document)
    document.add_heading(f"Minutes of MAPPA Level {level} review meeting", 0)
    facts = [
        ["Date of meeting", held], ["Chair", "DI Ruth Calloway"], ["MAPPA level", f"Level {level}"],
        ["Category", f"Category {category}"], ["Type of meeting", "Review"], ["Reference", ref],
        ["Date of birth", born],
    ]  # fmt: skip
    table(document, facts, bold=False)
    document.add_heading("Attendance", 1)
    table(document, [["Name", "Role", "Agency", "Present / Apologies"], *PEOPLE])
    document.add_heading("Case summary", 1)
    document.add_paragraph("He works three days a week and sees his probation officer on Fridays.")
    document.add_heading("Level decision", 1)
    document.add_paragraph("The panel agreed to remain at Level 2 because two agencies are needed.")
    document.add_heading("Actions", 1)
    rows = [[str(n), *row] for n, row in enumerate(actions, start=1)]
    table(document, [["No", "Action", "Owner", "Agency", "By when"], *rows])
    document.add_heading("Date of next meeting", 1)
    document.add_paragraph(then)
    return saved(document)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def read(desk: Desk, folder: Path, name: str = "minutes.docx", **said: Any) -> HalfRead:
    path = folder / name
    if not path.exists():  # the same bytes: what was begun goes on
        path.write_bytes(minutes(**said))
    return desk.taking_on.read(path)


def everything(desk: Desk, half: HalfRead) -> HalfRead:
    """All that is open confirmed, the number of the meeting as offered."""
    return desk.taking_on.choose(half, [each.id for each in half.undecided], Choice.CONFIRMED)


def action(half: HalfRead, text: str) -> ReadLine:
    return next(each for each in half.of(Group.ACTIONS) if each.values["text"] == text)


# -- what it comes to ---------------------------------------------------------------------------


def test_the_case_its_last_meeting_and_its_open_actions_are_made_in_one_act(
    desk: Desk, tmp_path: Path
) -> None:
    half = everything(desk, read(desk, tmp_path))
    assert desk.caseload.record.find_case("NM-771") is None, "nothing is in a case before the end"
    meeting = desk.taking_on.take_on(half)
    stored = desk.caseload.find(meeting.ref)
    assert (stored.ref, stored.state, stored.held_on) == ("NM-771-2", MeetingState.ELSEWHERE, HELD)
    assert (stored.level, stored.kind) == (Level.TWO, MeetingKind.REVIEW)
    assert (stored.case.category, stored.case.born) == (Category.TWO, date(1985, 3, 4))
    assert [(a.owner, a.organisation, a.due) for a in stored.of(e.Action)][:2] == [
        ("DC Anita Rowe", "Northmoor Police", date(2026, 9, 28)),
        ("Jay Patel", "Northmoor Housing", date(2026, 10, 5)),
    ]
    assert {person.name for person in stored.of(e.Attendance)} == {row[0] for row in PEOPLE}
    assert stored.text("A15", "level_decision") == "L2"
    assert stored.text("A18", "next_review_date") == "2026-11-09"
    assert desk.taking_on.begun() == ()
    assert desk.caseload.record.verify().first_wrong is None


def test_the_review_starts_from_it_and_everything_says_where_it_comes_from(
    desk: Desk, tmp_path: Path
) -> None:
    meeting = desk.taking_on.take_on(everything(desk, read(desk, tmp_path)))
    following = desk.caseload.open_next(
        "NM-771", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2026, 12, 1)
    )
    stamp = "NM-771-2, 14 September 2026 (minutes made elsewhere)"
    assert following.number == 3
    actions = following.old_actions
    assert len(actions) == len(meeting.of(e.Action)) == len(ACTIONS)
    assert {row.carried_from for row in (*actions, *following.of(e.Attendance))} == {stamp}
    assert all(row.is_unconfirmed for row in actions)
    summary = following.answers["A6", "offence_summary"]
    assert summary.carried_from == stamp
    assert summary.is_unconfirmed
    assert {person.status for person in following.of(e.Attendance)} == {None}


def test_actions_are_open_at_once_and_the_review_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    meeting = desk.taking_on.take_on(everything(desk, read(desk, tmp_path)))
    record = desk.caseload.record
    assert record.wrong_lists() == ([], [], [])
    assert record.organisations_acting()["Northmoor Police"] == 2
    assert len(desk.reminding.ready("Northmoor Police").asked) == 2, "they are asked about"
    (waits,) = review_waits(record.load(meeting.ref), date(2026, 11, 23))
    assert waits.wanted
    assert waits.late


def test_it_counts_nowhere_and_is_not_ours_to_change_approve_or_print(
    desk: Desk, tmp_path: Path
) -> None:
    meeting = desk.taking_on.take_on(everything(desk, read(desk, tmp_path)))
    facts = seen(meeting, desk.area)
    assert not facts.held
    assert not facts.took_place
    record, year = desk.caseload.record, ReportYear.named("2026-27")
    assert record.panels_of(year) == []
    assert record.spans(meeting.case.id) == ()
    for act in (
        lambda: desk.minute_taking.compose(meeting),
        lambda: desk.chairing.start(meeting),
        lambda: desk.chairing.record_answer(meeting, "A6", "current_circumstances", "other words"),
    ):
        with pytest.raises(Refused):
            act()
    (listed,) = desk.caseload.listing()
    assert (listed.standing, listed.closing, listed.approval) == ("held elsewhere", 0, 0)


# -- line by line -------------------------------------------------------------------------------


def test_what_needs_a_look_comes_first_and_is_never_confirmed_with_the_others(
    desk: Desk, tmp_path: Path
) -> None:
    half = read(desk, tmp_path)
    marks = marked(half)
    assert marks[action(half, "Send the care plan").id] == ("no date",)
    assert marks[action(half, "Check the tenancy").id] == ("nobody owns it",)
    assert "its owner is not among the people above" in marks[action(half, "Write to the GP").id]
    twin = action(half, "Visit the flat (unannounced)")
    assert marks[twin.id] == ("the same words as action 1",)
    listed = half.of(Group.ACTIONS)
    assert [is_sure(each, marks) for each in listed] == sorted(
        is_sure(each, marks) for each in listed
    )
    after = desk.taking_on.confirm_sure(half)
    taken = {each.id for each in after.lines if each.choice is Choice.CONFIRMED}
    assert taken
    assert not taken & set(marks)
    assert all(after.line(each).sure is Sure.SURE for each in taken)


def test_a_line_is_corrected_in_place_and_only_what_is_confirmed_is_stored(
    desk: Desk, tmp_path: Path
) -> None:
    verbs, half = desk.taking_on, read(desk, tmp_path)
    dateless, twin = (
        action(half, "Send the care plan"),
        action(half, "Visit the flat (unannounced)"),
    )
    half = verbs.correct(half, dateless.id, {**dateless.values, "due": "20/10/2026", "owner": "Ffion Price"})  # fmt: skip
    assert half.line(dateless.id).choice is Choice.CORRECTED
    half = verbs.choose(half, [twin.id], Choice.LEFT)
    half = verbs.add(half, e.Action, {"text": "Ring the school", "owner": "DC Anita Rowe", "due": "1 December 2026"})  # fmt: skip
    half = verbs.add(half, e.Attendance, {"name": "Gwen O'Leary", "organisation": "Victim Liaison Unit", "agency": "VLO"})  # fmt: skip
    stored = desk.caseload.find(verbs.take_on(everything(desk, half)).ref)
    told = {a.text: (a.owner, a.due) for a in stored.of(e.Action)}
    assert told["Send the care plan"] == ("Ffion Price", date(2026, 10, 20))
    assert told["Ring the school"] == ("DC Anita Rowe", date(2026, 12, 1))
    assert len(stored.of(e.Action)) == len(ACTIONS)
    assert "Gwen O'Leary" in {person.name for person in stored.of(e.Attendance)}


def test_what_was_decided_is_there_after_the_program_ended(desk: Desk, tmp_path: Path) -> None:
    half = desk.taking_on.confirm_sure(read(desk, tmp_path))
    desk.caseload.record.close()
    again = make_desk(tmp_path)
    (begun,) = again.taking_on.begun()
    assert begun == half
    assert again.taking_on.read(tmp_path / "minutes.docx") == half, "the same document goes on"


def test_two_windows_do_not_undo_one_another(desk: Desk, tmp_path: Path) -> None:
    half = read(desk, tmp_path)
    first, second = half.undecided[-2:]
    here = desk.taking_on.choose(half, [first.id], Choice.CONFIRMED)
    with pytest.raises(StaleRecord):
        desk.taking_on.choose(half, [second.id], Choice.LEFT)
    assert desk.taking_on.begun() == (here,)


def test_nobody_sees_what_another_half_read(desk: Desk, tmp_path: Path) -> None:
    read(desk, tmp_path)
    other = dataclasses.replace(desk, who="Somebody Else")
    assert other.taking_on.begun() == ()


def test_the_same_document_read_twice_is_named(desk: Desk, tmp_path: Path) -> None:
    desk.taking_on.take_on(everything(desk, read(desk, tmp_path)))
    again = desk.taking_on.read(tmp_path / "minutes.docx")
    said = " ".join(desk.taking_on.standing(again))
    assert "these minutes were read on 23 November 2026 into NM-771-2" in said
    with pytest.raises(Refused, match="no later"):
        desk.taking_on.take_on(everything(desk, again))


def test_thrown_away_nothing_of_it_is_left(desk: Desk, tmp_path: Path) -> None:
    half = read(desk, tmp_path)
    desk.taking_on.throw_away(half)
    assert desk.taking_on.begun() == ()
    with pytest.raises(Refused, match="thrown away"):
        desk.taking_on.find(half.id)


# -- what is refused ----------------------------------------------------------------------------


def test_nothing_is_stored_while_a_line_is_open(desk: Desk, tmp_path: Path) -> None:
    half = desk.taking_on.confirm_sure(read(desk, tmp_path))
    with pytest.raises(Refused, match="neither confirmed nor left out"):
        desk.taking_on.take_on(half)
    assert desk.caseload.record.find_case("NM-771") is None


@pytest.mark.parametrize(
    ("line", "values", "said"),
    [
        ("actions.1", {"due": "31 February 2026"}, "Due: a date such as"),
        ("fact.ref", {"ref": "NM/771 *"}, "Reference: letters, digits"),
        ("fact.held_on", {"held_on": "soon"}, "Held on: a date such as"),
        ("fact.number", {"number": "0"}, "a number from 1"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    desk: Desk, tmp_path: Path, line: str, values: dict[str, str], said: str
) -> None:
    half = read(desk, tmp_path)
    with pytest.raises(BadInput, match=said):
        desk.taking_on.correct(half, line, {**half.line(line).values, **values})
    assert desk.taking_on.begun() == (half,)


def test_a_fact_that_is_needed_is_typed_and_never_left_out(desk: Desk, tmp_path: Path) -> None:
    half = read(desk, tmp_path, ref="")
    with pytest.raises(Refused, match="no meeting is kept without it"):
        desk.taking_on.choose(half, ["fact.ref"], Choice.LEFT)
    with pytest.raises(Refused, match="nothing was read"):
        desk.taking_on.choose(half, ["fact.ref"], Choice.CONFIRMED)
    half = desk.taking_on.correct(half, "fact.ref", {"ref": "NM-900"})
    assert desk.taking_on.take_on(everything(desk, half)).case.ref == "NM-900"


def test_signs_that_no_reference_has_are_a_guess(desk: Desk, tmp_path: Path) -> None:
    line = read(desk, tmp_path, ref="NM/771").line("fact.ref")
    assert (line.value, line.raw, line.sure) == ("NM-771", "NM/771", Sure.GUESS)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"held": "14/09/2027"}, "still to come"),
        ({"born": "4 March 2027"}, "not before the meeting"),
        ({"level": "1"}, "Level 1"),
    ],
)
def test_facts_that_contradict_one_another_stop_it(
    desk: Desk, tmp_path: Path, said: dict[str, str], why: str
) -> None:
    half = everything(desk, read(desk, tmp_path, **said))
    with pytest.raises(PanelkitError, match=why):
        desk.taking_on.take_on(half)
    assert desk.caseload.listing() == []


def test_a_next_meeting_before_the_last_one_stops_it(desk: Desk, tmp_path: Path) -> None:
    half = desk.taking_on.correct(read(desk, tmp_path), "fact.next", {"next": "1 September 2026"})
    with pytest.raises(Refused, match="not after the last one"):
        desk.taking_on.take_on(everything(desk, half))


def test_a_real_category_four_case_waits_for_the_board(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    half = read(desk, tmp_path, category="4")
    with pytest.raises(Refused, match="Category 4"):
        desk.taking_on.take_on(everything(desk, half))


def test_a_child_is_named_as_one(desk: Desk, tmp_path: Path) -> None:
    half = read(desk, tmp_path, born="4 March 2010")
    assert "Under 18 on the day: a child's meeting" in desk.taking_on.standing(half)


def test_a_case_that_is_there_gets_its_meeting_only_where_it_is_the_same_person(
    desk: Desk, tmp_path: Path
) -> None:
    record = desk.caseload.record
    there = Case(id=new_id(), ref="NM-771", category=Category.TWO, born=date(1990, 1, 1), fiction=True)  # fmt: skip
    desk.caseload.create_case(there)
    half = everything(desk, read(desk, tmp_path))
    assert "NM-771 is in the record: its meeting is added." in desk.taking_on.standing(half)
    with pytest.raises(Refused, match="another date of birth"):
        desk.taking_on.take_on(half)
    half = desk.taking_on.correct(half, "fact.born", {"born": "1 January 1990"})
    meeting = desk.taking_on.take_on(half)
    assert meeting.case == there
    assert record.known_cases() == (there,)


def test_a_case_with_a_meeting_that_is_not_over_is_refused(desk: Desk, tmp_path: Path) -> None:
    planned = fresh_meeting(desk, "NM-771")
    half = everything(desk, read(desk, tmp_path, born=""))
    with pytest.raises(Refused, match=f"{planned.ref} is not started"):
        desk.taking_on.take_on(half)
    assert [m.ref for m in desk.caseload.listing()] == [planned.ref]


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.txt", b"plain words"), ("old.doc", b"\xd0\xcf\x11\xe0" + b"x" * 64), ("cut.docx", b"PK\x03\x04")],
)  # fmt: skip
def test_what_is_no_word_file_is_one_sentence(
    desk: Desk, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput):
        desk.taking_on.read(path)
    with pytest.raises(NotFound):
        desk.taking_on.read(tmp_path / "nowhere.docx")
    assert desk.taking_on.begun() == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_taken_on(desk: Desk, tmp_path: Path, layout: str) -> None:
    told = truth(11)
    path = tmp_path / "layout.docx"
    path.write_bytes(LAYOUTS[layout](told))
    half = desk.taking_on.read(path)
    for key, text in (("ref", "NM-1"), ("category", told.category), ("kind", told.kind), ("level", told.level)):  # fmt: skip
        half = desk.taking_on.correct(half, f"fact.{key}", {key: text})
    meeting = desk.taking_on.take_on(everything(desk, half))
    assert {a.due for a in meeting.of(e.Action)} == {a.due for a in told.actions}
    assert {a.owner for a in meeting.of(e.Action)} <= {p.name for p in told.people}


# -- as it is kept --------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LINES: st.SearchStrategy[ReadLine] = st.builds(
    ReadLine,
    id=st.just("actions.1"), group=st.sampled_from(Group), what=st.just("actions"),
    values=st.dictionaries(st.sampled_from(("text", "owner", "due")), TEXT).map(MappingProxyType),
    fixed=st.dictionaries(TEXT, TEXT, max_size=2).map(MappingProxyType), raw=TEXT, where=TEXT, how=TEXT,
    sure=st.sampled_from(Sure), doubts=st.lists(TEXT, max_size=2).map(tuple),
    choice=st.sampled_from(Choice), own=st.booleans(),
)  # fmt: skip


@given(st.lists(LINES, max_size=4), TEXT)
def test_what_is_half_read_comes_back_as_it_was(lines: list[ReadLine], words: str) -> None:
    half = HalfRead(
        id="h", who="w", file="f", sha256="s", begun_at=None, lines=tuple(lines),
        not_read=(Unread(what=words, why=words, where=words, words=words),),
    )  # fmt: skip
    assert from_body(body_of(half)) == (half.lines, half.not_read)
