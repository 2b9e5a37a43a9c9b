"""What is asked, said and stored: commands, words, conflicts, the mask, roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.people import Role
from panelkit.domain.vocabulary import (
    AttendanceStatus,
    CallOutcome,
    MeetingState,
    RiskOfSeriousHarm,
    YesNo,
)
from panelkit.opened.session import Session, Spot
from panelkit.opened.sharing import SHARING
from panelkit.plain.voice import HIDDEN
from panelkit.services.desk import Desk
from tests.desk import Clock, fresh_meeting, make_desk
from tests.plain.saying import ENDS, REF, stored, talk
from tests.server.team import Team
from tests.servers import Cluster
from tests.services.test_emergency_called import CALL
from tests.services.test_opening import openings

OFFENCE = Spot("A6", "index_offence")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A meeting that runs, with everybody in and the statement given, at A6."""
    clock = Clock()
    made = make_desk(tmp_path, clock=clock)
    meeting = made.chairing.start(fresh_meeting(made))
    meeting = made.chairing.check_in_all(meeting)
    meeting = made.chairing.statement_given(meeting, "read")
    made.chairing.move_to(meeting, "A6")
    yield made
    made.caseload.record.close()


# -- questions -----------------------------------------------------------------------------


def test_a_question_says_what_is_asked_what_stands_there_and_what_may_be_typed(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    said = talk(desk, "go A10", "next", ref="WM-0143-3")
    assert (
        "Risk to children. Last time: LOW on 26 August 2026. Now: MEDIUM. "
        "Type low, medium, high or very high, or press Enter to leave it."
    ) in said.lines
    said = talk(desk, "go A10", *[""] * 20, ref="WM-0143-3")
    assert any(
        line.startswith("Overall risk of serious harm. Last time: ") and line.endswith("or press Enter to leave it.")
        for line in said.lines
    )  # fmt: skip


def test_carried_words_are_said_to_be_and_confirm_is_one_word(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    first = desk.caseload.find("WM-0143-3")
    first = desk.chairing.close(first)
    following = desk.caseload.open_next(
        "WM-0143", level=first.level, kind=first.kind, held_on=date(2027, 2, 10)
    )
    said = talk(desk, "go A6", "", "", "confirm", ref=following.ref)
    assert "Carried from WM-0143-3, 18 November 2026, not confirmed: " in said.text
    meeting = stored(desk, following.ref)
    assert meeting.answers["A6", "previous_relevant"].confirmed_by == desk.who
    assert meeting.answers["A6", "index_offence"].is_unconfirmed


def test_what_is_owed_is_numbered_and_the_number_goes_there(desk: Desk) -> None:
    said = talk(desk, "owed")
    line = next(line for line in said.lines if "Overall risk of serious harm: not recorded" in line)
    number = line.partition(":")[0]
    assert line == f"{number}: A10, Overall risk of serious harm: not recorded, before closing."
    said = talk(desk, f"owed {number}", "high")
    assert stored(desk).text("A10", "overall_rosh") == "high"
    assert "Saved: High." in said.lines


def test_go_takes_a_number_or_a_word_and_returned_comes_back(desk: Desk) -> None:
    said = talk(
        desk, "go A13", "go plan", "go 8", "returned", "where", "go A13", "go nowhere", "go"
    )
    titles = [line for line in said.lines if ", item " in line and line[0] == "A"]
    assert [line.split(",")[0] for line in titles] == ["A6", "A13", "A11", "A8", "A11", "A13"]
    assert "No item is called so." in said.text
    assert "A18, Next meeting and close, 2 owed." in said.text or "A18, Next meeting and close, 1 owed." in said.text  # fmt: skip


def test_items_wait_for_the_statement_as_on_the_screen(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fresh_meeting(desk)
    said = talk(desk, "start", "go A6", "next item", "next item")
    assert said.text.count("The statement comes first: give it at A2.") == 2
    assert [row.place for row in stored(desk).live(e.Visit)] == ["A1", "A2"]


def test_guidance_last_time_minutes_and_the_room_are_said(desk: Desk) -> None:
    desk.clock.move(minutes=7)  # type: ignore[attr-defined]
    said = talk(desk, "?", "last", "time", "who", "say again", "help", "elsewhere")
    assert desk.caseload.find(REF).item("A6").guidance in said.text
    assert "This is the first meeting of the case in this record." in said.text
    assert "It is 10:07. 7 of 45 minutes are used, 38 left." in said.lines
    assert said.text.count("In the room: 10 of 10. Quorate: yes.") == 2
    assert "note, with your words: A note, to this item or any: LHA i A11: flat falls through." in said.lines  # fmt: skip
    assert "panelkit timeline says everything that happened in a case." in said.lines


# -- words ---------------------------------------------------------------------------------

HARD = [
    "back", "note this down", "action is needed: none > R2", "", ".", "\\.", "\\\\back", "  two  spaces ",
    "tab\there", "In March he moved. \u201cQuoted\u201d & <b>[/x]</b>", "go A13", "\\", "owed",
]  # fmt: skip


def test_every_text_can_be_entered_exactly_as_it_is(desk: Desk) -> None:
    from tests.plain.follower import as_lines

    for start in range(len(HARD)):
        text = "\n".join(HARD[start:])
        talk(
            desk, "clear", *as_lines(text), ".", "back", "clear", "undo", "leave", is_terminal=True
        )
        assert stored(desk).text("A6", "index_offence") == text
        talk(desk, "go A6", "leave")


def test_a_command_among_words_is_words_and_the_first_line_may_be_one(desk: Desk) -> None:
    said = talk(desk, "next", "It began in May.", "back", "go A13", "note it", ".", "leave")
    assert stored(desk).text("A6", "offence_summary") == "It began in May.\nback\ngo A13\nnote it"
    assert "Saved, 4 sentences." in said.lines


def test_words_that_begin_like_a_command_are_never_filed_elsewhere_unasked(desk: Desk) -> None:
    said = talk(desk, "in March he moved", ".", "note he drinks again", "text", ".", "leave")
    meeting = stored(desk)
    assert meeting.text("A6", "index_offence") == "in March he moved"
    assert meeting.text("A6", "offence_summary") == "note he drinks again"
    assert not meeting.live(e.Note)
    assert "text to make it the answer to Brief facts, in bullets" in said.text


def test_words_are_read_by_sentence_changed_added_to_and_undone(desk: Desk) -> None:
    said = talk(
        desk, "He moved. She left! Why", "Nobody knows.", ".", "back", "read", "change 2", "She stayed.", ".",
        "more.", ".", "undo", "undo", "back", "over", "New.", ".", "back", "earlier",
    )  # fmt: skip
    assert "2: She left!" in said.lines
    assert "Instead of: She left! Type the words, and a full stop alone on the last line." in said.lines  # fmt: skip
    assert "Index offence, date, court, sentence, put back: He moved. She stayed. Why" in said.text
    assert stored(desk).text("A6", "index_offence") == "New."
    assert "1: " in said.text
    kept = [k.text for k in desk.chairing.earlier(stored(desk), "A6", "index_offence")]
    assert "He moved. She left! Why\nNobody knows." in kept
    assert "He moved. She stayed. Why\nNobody knows.\nmore." in kept


def test_control_characters_are_made_visible_and_that_is_said(desk: Desk) -> None:
    said = talk(desk, "be\x1b[31mfore\x07", "after\u202e", ".", "leave")
    assert stored(desk).text("A6", "index_offence") == "be\ufffd[31mfore\ufffd\nafter\ufffd"
    assert "3 control characters were made visible as \ufffd; nothing was dropped." in said.lines


def test_undo_is_of_the_last_answer(desk: Desk) -> None:
    talk(desk, "go A10", "high", "leave")
    said = talk(desk, "go A10", "low", "", "undo", "undo", "leave")
    (rating,) = [r for r in stored(desk).live(e.RiskRating) if r.level]
    assert (rating.group, rating.level) == ("children", RiskOfSeriousHarm.HIGH)
    assert "Rating now, put back: High" in said.lines
    assert "Rating now: nothing else stood here before." in said.lines


# -- actions, notes, decisions, people ---------------------------------------------------------


def test_an_action_in_one_line_is_said_back_then_acceptance_is_asked(desk: Desk) -> None:
    said = talk(
        desk, "action Police: Imran Sarwar: visit the hostel by 12 Jan 2027 > R2", "",
        "A note of the visit.", ".", "yes", "", "leave",
    )  # fmt: skip
    (action,) = stored(desk).live(e.Action)
    assert (action.owner, action.organisation, action.due) == ("Imran Sarwar", "Harrowmere Police", date(2027, 1, 12))  # fmt: skip
    assert (action.text, action.success_measure) == ("visit the hostel", "A note of the visit.")
    assert action.accepted is YesNo.YES
    assert "Harrowmere Police, Imran Sarwar (in the room), due Tuesday 12 January 2027, R2 public." in said.text  # fmt: skip


def test_an_action_can_be_typed_anew_or_dropped(desk: Desk) -> None:
    talk(desk, "action", "Police: Nobody: x", "Police: Imran Sarwar: ring her by 12 Jan 2027", "", "leave")  # fmt: skip
    talk(desk, "action Police: wrong", "drop", "leave")
    assert [a.text for a in stored(desk).live(e.Action)] == ["ring her"]


def test_a_note_goes_where_it_says(desk: Desk) -> None:
    said = talk(desk, "note LHA i A11: flat falls through", "", "notes", "leave")
    (note,) = stored(desk).live(e.Note)
    assert (note.place, note.speaker, note.text) == ("A11", "Harrowmere City Council Housing", "flat falls through")  # fmt: skip
    assert "Harrowmere City Council Housing, intelligence, goes to A11 Plan, “flat falls through”." in said.text  # fmt: skip


def test_people_come_go_and_are_marked_from_any_question(desk: Desk) -> None:
    said = talk(
        desk, "out Beddows", "in 6", "report 7", "heard all", "who", "in somebody", ".", "leave"
    )
    people = {p.name: p for p in stored(desk).live(e.Attendance)}
    assert people["Colin Beddows"].status is AttendanceStatus.PART
    assert people["Tracey Lumb"].status is AttendanceStatus.REPORT_ONLY
    assert "Colin Beddows, Harrowmere City Council Housing: left at 10:00." in said.lines
    assert "6: Colin Beddows, Harrowmere City Council Housing: in." in said.lines
    assert stored(desk).text("A6", "index_offence") == "in somebody"  # it names nobody: an answer


def test_a_decision_has_options_views_and_tests(desk: Desk) -> None:
    said = talk(
        desk, "go A13", "decision", "", "", "Tell the school.", ".", "", "add", "Tell", "It works.", ".", "",
        "", "yes", "", "", "", "agree", "disagree", "open", "", "In their words.", ".", "", "done", "leave",
    )  # fmt: skip
    meeting = stored(desk)
    (decision,) = meeting.live(e.Decision)
    assert (decision.at_item, decision.decision) == ("A13", "Tell the school.")
    assert [o.option for o in meeting.under(e.DecisionOption, decision.id)] == ["Tell"]
    views = meeting.under(e.AgencyView, decision.id)
    assert [v.view for v in views][:2] == ["agree", "disagree"]
    assert any(v.note == "In their words." for v in views)
    assert "View of Harrowmere Police." in said.text


def test_withdrawn_and_brought_back_with_reasons(desk: Desk) -> None:
    talk(desk, "go A3", *[""] * 11, "add", "release", "12 January 2027", "", "", "", "leave")
    (day,) = stored(desk).live(e.KeyDate)
    talk(desk, "go A3", *[""] * 11, "withdraw 1", "Entered twice.", "leave")
    assert stored(desk).of(e.KeyDate)[0].withdrawn == "Entered twice."
    said = talk(desk, "withdrawn", "withdrawn 1", "It was right.", "leave")
    assert "1: A3, Key date 1. because: Entered twice." in said.lines
    assert stored(desk).entry(e.KeyDate, day.id).is_live


# -- the course --------------------------------------------------------------------------------


def test_pause_go_on_park_finish_and_resume(desk: Desk) -> None:
    talk(desk, "go A13", "pause tea", "leave")
    assert stored(desk).state is MeetingState.PAUSED
    assert stored(desk).live(e.Pause)[0].reason == "tea"
    said = talk(desk, "go on", "owed", "leave")
    number = next(line for line in said.lines if "Considered: not recorded" in line).partition(":")[0]  # fmt: skip
    talk(desk, f"park {number}", "press office to advise until 12 January 2027", "leave")
    (parked,) = stored(desk).live(e.Parked)
    assert (parked.reason, parked.until) == ("press office to advise", date(2027, 1, 12))
    talk(desk, "finish", "High to V1.", "", "none", "Fire alarm.", "2 December 2026", "leave")
    meeting = stored(desk)
    assert meeting.state is MeetingState.PART_HEARD
    part = meeting.live(e.Part)[0]
    assert (part.interim_risk, part.reason, part.resume_on) == ("High to V1.", "Fire alarm.", date(2026, 12, 2))  # fmt: skip
    talk(desk, "resume", "leave")
    assert stored(desk).state is MeetingState.OPEN


def test_finish_keeps_its_answers_where_the_last_is_not_understood(desk: Desk) -> None:
    said = talk(desk, "finish", "High to V1.", "", "none", "Alarm.", "some day", "finish", "", "", "", "", "2 December 2026")  # fmt: skip
    assert "the other answers wait" in said.text
    assert stored(desk).state is MeetingState.PART_HEARD


def test_a_restricted_part_holds_what_is_said_in_it(desk: Desk) -> None:
    talk(desk, "restricted", "Named source.", ".", "Harrowmere Police; Probation Service Harrowmere", "done", "note POL i A7: seen", "", "restricted", "leave")  # fmt: skip
    meeting = stored(desk)
    (part,) = meeting.live(e.RestrictedPart)
    assert part.ended_at is not None
    assert meeting.live(e.Note)[0].restricted_part == part.id


# -- others, the mask, roles -----------------------------------------------------------------------


def test_somebody_elses_words_are_read_out_and_one_is_asked(tmp_path: Path, desk: Desk) -> None:
    other = make_desk(tmp_path, who="Dylan Ashgrove", clock=desk.clock)  # type: ignore[arg-type]

    def meanwhile() -> None:
        other.chairing.record_answer(stored(other), "A6", "index_offence", "Theirs.")

    said = talk(desk, "Mine.", meanwhile, "and more.", ".", "both", "leave")
    assert "Theirs, stored now: Theirs." in said.lines
    assert "Yours, not stored: Mine." in said.text
    assert stored(desk).text("A6", "index_offence") == "Theirs.\nMine.\nand more."
    assert not Session(desk.chairing, stored(desk)).conflicts


def test_a_script_never_chooses_between_two_texts(tmp_path: Path, desk: Desk) -> None:
    other = make_desk(tmp_path, who="Dylan Ashgrove", clock=desk.clock)  # type: ignore[arg-type]

    def meanwhile() -> None:
        other.chairing.record_answer(stored(other), "A6", "index_offence", "Theirs.")

    said = talk(desk, "Mine.", meanwhile, ".", "leave", is_terminal=False)
    assert said.code == 2
    assert stored(desk).text("A6", "index_offence") == "Theirs."
    (conflict,) = Session(desk.chairing, stored(desk)).conflicts
    assert conflict.mine == "Mine."


def test_masked_nothing_that_is_not_open_is_said(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    meeting = desk.caseload.find("WM-0143-3")
    walk = [line for item in meeting.agenda for line in (f"go {item.code}", *[""] * 12, "last")]
    said = talk(desk, "mask", *walk, "owed", "notes", ref="WM-0143-3")
    text = said.text[said.text.index("Masked:") :]
    assert HIDDEN in text
    secret = [
        answer.text for (item, key), answer in meeting.answers.items()
        if answer.text and len(answer.text) > 90 and str(meeting.field(item, key).sensitivity) != "open"  # type: ignore[union-attr]
    ]  # fmt: skip
    secret += [row.text for row in (*meeting.live(e.Action), *meeting.live(e.Measure), *meeting.live(e.Contribution)) if len(row.text) > 90]  # fmt: skip
    assert len(secret) > 50
    assert [
        words for words in secret if words.replace("\n", " ")[45:90] in text.replace("\n", " ")
    ] == []
    SHARING.forget()


def test_masked_an_answer_that_is_not_open_is_refused_and_unmasking_asks(desk: Desk) -> None:
    said = talk(desk, "mask", "Robbery.", "mask", "no", "Robbery.", "mask", "yes", "Robbery.", ".", "leave")  # fmt: skip
    assert said.text.count("is hidden while masked: type mask first.") == 2
    assert stored(desk).text("A6", "index_offence") == "Robbery."


def test_a_reader_reads_and_nothing_more(cluster: Cluster) -> None:
    team = Team.with_meetings(cluster, Role.READER)
    ref = next(r for r in team.refs if r.startswith("WM-0143"))
    with team.opened(Role.READER) as record:
        desk = team.desk(record)
        said = talk(desk, "go A14", "owed", "action Police: Imran Sarwar: ring by 12 Jan 2027", "", "leave", ref=ref)  # fmt: skip
        before = len(desk.caseload.find(ref).live(e.Action))
    assert "may not" in said.text or "does not allow" in said.text or "role" in said.text
    with team.opened() as record:
        assert len(team.desk(record).caseload.find(ref).live(e.Action)) == before


def test_only_the_chair_confirms_what_is_read_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, who="Dylan Ashgrove", samples=("l2_review_carried_actions",))
    said = talk(desk, "go A16", "confirm", ref="WM-0143-3")
    assert "Only the chair confirms a decision, risk or action." in said.text


def test_a_meeting_whose_pen_is_elsewhere_is_read_and_not_written(
    tmp_path: Path, desk: Desk
) -> None:
    desk.handing_over.hand_over(
        stored(desk), tmp_path / "x.panelkit", "a passphrase for it", "Omar"
    )
    said = talk(desk, "Kept beside.", ".", "go A3", *[""] * 11, "add", "leave", "yes")
    assert "read-only" in said.text.lower()
    assert stored(desk).text("A6", "index_offence") == ""
    drafts = desk.chairing.record.drafts(stored(desk).id, desk.who)
    assert "Kept beside." in drafts.values()


def test_opening_is_journaled_and_presence_is_said(tmp_path: Path, desk: Desk) -> None:
    seen: list[str] = []

    def look() -> None:
        here = desk.chairing.presence(stored(desk)).rows
        seen.extend(f"{row.who} {row.item}" for row in here)

    talk(desk, "", look, "leave")
    assert seen == [f"{desk.who} A6"]
    assert desk.chairing.presence(stored(desk)).rows == ()
    assert openings(desk.caseload.record) == [(desk.who, "opened: the meeting")]


def test_a_refused_answer_of_its_own_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from panelkit.domain.errors import NotSaved

    said = talk(desk, "owed")
    number = next(line for line in said.lines if "Overall risk" in line).partition(":")[0]

    def fails(*_: object, **__: object) -> None:
        raise NotSaved("The disk is full.")

    def full() -> None:
        monkeypatch.setattr(type(desk.chairing), "park", fails)

    said = talk(desk, f"park {number}", full, "waiting for the trust's letter", "kept", "leave")
    assert "What you typed is kept: type kept to hear it." in said.text
    assert "waiting for the trust's letter" in said.text


def test_what_was_begun_to_a_question_of_its_own_stands_on_no_other_line(desk: Desk) -> None:
    said = talk(desk, "owed")
    number = next(line for line in said.lines if "Overall risk" in line).partition(":")[0]
    talk(desk, f"park {number}", ENDS, "waiting for the")
    said = talk(desk, "leave")
    assert "You had begun to answer a question of its own: waiting for the" in said.lines
    assert "stands on the line" not in said.text
    assert not stored(desk).live(e.Parked)


def test_a_line_begun_at_a_question_is_told(desk: Desk) -> None:
    talk(desk, ENDS, "half an off")
    said = talk(desk, "ence.", ".", "leave")  # it stands on the line already
    assert "What you typed stands on the line" in said.text
    assert stored(desk).text("A6", "index_offence") == "half an offence."


def test_an_emergency_panel_is_rung_for_and_says_what_it_leaves(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    desk.chairing.close(desk.caseload.find("WM-0143-3"))
    made = desk.emergency.call("WM-0143", CALL, None)
    wanted = desk.emergency.to_ring(made)
    number = next(n for n, row in enumerate(wanted, 1) if row.organisation)
    name = wanted[number - 1].organisation
    said = talk(desk, "ring", f"ring {number} coming", "ring", "afterwards", ref=made.ref)
    assert f"{number}: {name}, not rung" in said.text
    assert f"{name}: coming, now." in said.text
    assert "due" in said.text
    (call,) = desk.caseload.find(made.ref).live(e.Call)
    assert (call.organisation, call.outcome, call.rung_by) == (name, CallOutcome.COMING, desk.who)


def test_a_sentence_that_begins_with_ring_is_an_answer(desk: Desk) -> None:
    talk(desk, "ring the hostel, he is coming", ".")
    assert "ring the hostel, he is coming" in stored(desk).text("A6", "index_offence")
    assert not desk.caseload.find(REF).live(e.Call)
