"""Moments that decide whether people keep it, by keyboard; each asserts on what was stored."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from textual.events import Paste

from panelkit.domain import entries as e
from panelkit.domain.attendance import in_room, stay_of
from panelkit.domain.case import Case
from panelkit.domain.vocabulary import (
    ActionStatus,
    Category,
    Level,
    MeetingKind,
    MeetingState,
    ReadBack,
    RiskGroup,
    RiskOfSeriousHarm,
    YesNo,
)
from panelkit.services.chairing import new_id
from panelkit.services.minutes_life import everything_confirmed
from panelkit.tui.screens.conflict import ConflictScreen
from panelkit.tui.widgets.words import Words
from tests.desk import Clock, Hands, Harness, fresh_meeting, make_desk, until

SIZES = ((80, 24), (120, 40), (200, 60))


async def settle(pilot: object) -> None:
    """Let messages run out."""
    for _ in range(4):
        await pilot.pause()  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_moment_2_the_first_review_arrives_filled_but_unconfirmed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    meeting = desk.caseload.find("WM-0143-3")
    meeting = desk.chairing.close(meeting)
    review = desk.caseload.open_next(
        "WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2026, 11, 23)
    )
    assert review.ref == "WM-0143-4"
    app = Harness(desk, review.ref)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "moment 2")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1", "f4")
        assert app.meeting_screen.current == "A3"
        waiting = [a for a in app.stored.answers.values() if a.item == "A3" and a.is_unconfirmed]
        assert waiting, "carried words arrive stamped and not confirmed"
        assert all("WM-0143-3" in a.carried_from for a in waiting)
        await hands.leader("y")
        await settle(pilot)
        assert not [a for a in app.stored.answers.values() if a.item == "A3" and a.is_unconfirmed]
        assert all(
            r.level is None and r.last is not None
            for r in app.stored.live(e.RiskRating)
            if r.group is not RiskGroup.SELF
        )
        hands.report()


async def test_moment_3_ten_people_are_checked_in_with_one_key(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "moment 3")
        await settle(pilot)
        await hands.leader("p")
        before = len(hands.pressed)
        await hands.press("*")
        await settle(pilot)
        assert len(hands.pressed) - before == 1
        assert len(in_room(app.stored)) == 10
        assert all(
            a.identity is YesNo.YES and a.private_space is YesNo.YES
            for a in app.stored.live(e.Attendance)
        )
        await hands.press("down", "down", "down", "down", "down", "o")
        await settle(pilot)
        assert len(in_room(app.stored)) == 9, "an exception is singled out with one letter"
        hands.report()


async def test_a_late_joiner_hears_the_statement_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = fresh_meeting(desk)
    late = meeting.live(e.Attendance)[5]
    app = Harness(desk, meeting.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "late joiner")
        await settle(pilot)
        await hands.leader("p")
        await hands.press(*["down"] * 5, "p", "*")
        await hands.press("f4", "1")
        await settle(pilot)
        await hands.press("ctrl+t", *["down"] * 5, "i")
        await settle(pilot)
        assert (
            stay_of(app.stored, app.stored.entry(e.Attendance, late.id)).heard_statement_at is None
        )
        assert any(g.field == "statement_heard" for g in desk.chairing.gaps(app.stored))
        await hands.press("s", "escape")
        await settle(pilot)
        assert (
            stay_of(app.stored, app.stored.entry(e.Attendance, late.id)).heard_statement_at
            is not None
        )
        hands.report()


@pytest.mark.parametrize("size", SIZES)
async def test_moment_4_a_remark_for_the_plan_is_caught_at_the_round_table(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "moment 4")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1", "f4", "f4")
        screen = app.meeting_screen
        await screen.go_to("A6", "index_offence")
        await settle(pilot)
        await hands.type("Wounding")
        focused = screen.focused
        hands.pressed.clear()
        await hands.press("ctrl+n")
        await hands.type("LHA i A11: flat falls through 1 June")
        await hands.press("enter")
        await settle(pilot)
        note = app.stored.live(e.Note)[0]
        assert (note.place, note.text) == ("A11", "flat falls through 1 June")
        assert note.speaker == "Harrowmere City Council Housing"
        assert app.screen is screen
        assert screen.focused is focused, "the pane underneath keeps its cursor"
        await hands.type(" with intent")
        await settle(pilot)
        screen.session.flush()
        assert app.stored.text("A6", "index_offence") == "Wounding with intent"
        hands.report()


async def test_moment_5_ten_minutes_of_listening_lock_nobody_out(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, clock=clock)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "moment 5")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1", "f4")
        screen = app.meeting_screen
        clock.move(minutes=10)
        screen._last_key = time.monotonic() - 600
        await hands.press("tab")
        await settle(pilot)
        assert app.screen is screen
        said = [n.message for n in app._notifications]
        assert any("You were at A3" in words for words in said)
        assert "Not heard" in " ".join(said)
        hands.report()


async def test_moment_6_housing_must_leave_for_this(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "moment 6")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1")
        await app.meeting_screen.go_to("A7")
        await settle(pilot)
        await hands.leader("x")
        await hands.type("Police intelligence about the address")
        await hands.press("tab")
        await hands.type("Harrowmere Police")
        await hands.press("tab")
        await hands.type("Housing seen to leave")
        await hands.press("escape")
        await settle(pilot)
        part = app.stored.live(e.RestrictedPart)[0]
        assert part.started_at is not None
        assert part.staying == ("Harrowmere Police",)
        await hands.press("ctrl+n")
        await hands.type("Police i A7: held by police, reference 12")
        await hands.press("enter")
        await settle(pilot)
        assert app.stored.live(e.Note)[0].restricted_part == part.id
        assert any(g.field == "restricted_part_open" for g in desk.chairing.gaps(app.stored))
        await hands.leader("x")
        await settle(pilot)
        assert app.stored.live(e.RestrictedPart)[0].ended_at is not None
        hands.report()


@pytest.mark.parametrize("size", SIZES)
async def test_moment_7_three_minutes_left_and_eleven_things_owed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "moment 7")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1", "f4")
        hands.pressed.clear()
        await hands.press("f9")
        await settle(pilot)
        owed = [g for g in desk.chairing.gaps(app.stored) if g.stops == "closing"]
        assert len(owed) >= 11
        await hands.press("escape")
        await hands.leader("f")
        await hands.type("High to a known adult until we go on")
        await hands.press("enter", "tab")
        await hands.type("Imran Sarwar visits today")
        await hands.press("enter")
        await hands.type("time gone")
        await hands.press("enter")
        await hands.type("30 November")
        await hands.press("enter")
        await settle(pilot)
        stored = app.stored
        assert stored.state is MeetingState.PART_HEARD
        part = stored.live(e.Part)[0]
        assert part.resume_on == date(2026, 11, 30)
        assert part.interim_level is Level.TWO
        assert not in_room(stored)
        parked = [g for g in desk.chairing.gaps(stored) if g.parked]
        assert all(g.parked == "Part heard: time gone" for g in parked)
        await hands.leader("p")
        await settle(pilot)
        assert app.stored.state is MeetingState.OPEN
        assert app.stored.text("A2", "confidentiality_statement") == "", (
            "the statement is given again"
        )
        hands.report()


async def test_moment_8_the_chair_hears_the_decisions_and_the_owners_agree(tmp_path: Path) -> None:
    scribe = make_desk(tmp_path, who="Dylan Ashgrove")
    meeting = scribe.chairing.start(fresh_meeting(scribe))
    meeting = scribe.chairing.check_in_all(meeting)
    meeting = scribe.chairing.statement_given(meeting, "read")
    meeting = scribe.chairing.add(
        meeting,
        e.Action(
            id=new_id(), text="Visit the flat unannounced", owner="Imran Sarwar", organisation="Harrowmere Police",
            due=date(2026, 12, 4), risk=(RiskGroup.KNOWN_ADULT,),
        ),
    )  # fmt: skip
    meeting = scribe.chairing.add(
        meeting, e.Decision(id=new_id(), decision="Remain at Level 2", at_item="A15")
    )
    rating = meeting.live(e.RiskRating)[0]
    meeting = scribe.chairing.change(meeting, e.RiskRating, rating.id, level=RiskOfSeriousHarm.LOW)
    waiting = [
        r
        for kind in (e.Action, e.Decision, e.RiskRating)
        for r in meeting.live(kind)
        if r.read_back
    ]
    assert len(waiting) == 3
    assert all(r.read_back is ReadBack.TO_CONFIRM for r in waiting), (
        "who typed it is not who decided it"
    )
    scribe.chairing.record.close()
    desk = make_desk(tmp_path)
    app = Harness(desk, meeting.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "moment 8")
        await settle(pilot)
        await hands.leader("k")
        assert app.meeting_screen.current == "A16"
        await hands.press("C")
        await hands.press("end", "y")
        await settle(pilot)
        stored = app.stored
        for kind in (e.Action, e.Decision, e.RiskRating):
            assert all(r.read_back is not ReadBack.TO_CONFIRM for r in stored.live(kind))
        assert stored.new_actions[0].accepted is YesNo.YES
        hands.report()


async def test_an_action_in_one_line_is_shown_before_it_is_taken(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "action")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1", "f8")
        await hands.type("Police: Imran Sarwar: visit the hostel by 12 Jan > R2")
        shown = str(app.screen.query_one(".meaning").render())
        assert "Tuesday 12 January 2027" in shown
        assert "Harrowmere Police" in shown
        assert not app.stored.new_actions, "nothing is stored before Enter"
        await hands.press("enter")
        await settle(pilot)
        action = app.stored.new_actions[0]
        assert (action.ref, action.text, action.owner) == (
            "1.1",
            "visit the hostel",
            "Imran Sarwar",
        )
        assert action.due == date(2027, 1, 12)
        assert action.risk == (RiskGroup.PUBLIC,)
        hands.report()


async def test_old_actions_are_taken_one_by_one(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    desk.chairing.close(desk.caseload.find("WM-0143-3"))
    review = desk.caseload.open_next(
        "WM-0143", level=Level.TWO, kind=MeetingKind.REVIEW, held_on=date(2026, 11, 23)
    )
    app = Harness(desk, review.ref)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "old actions")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1")
        await app.meeting_screen.go_to("A5")
        await settle(pilot)
        refs = [a.ref for a in app.stored.old_actions]
        await hands.press("c", "down", "n")
        await settle(pilot)
        await hands.press("escape")
        await settle(pilot)
        first, second = app.stored.old_actions[:2]
        assert (first.status, second.status) == (ActionStatus.COMPLETE, ActionStatus.NOT_STARTED)
        assert [a.ref for a in app.stored.old_actions] == refs, "a carried action keeps its number"
        hands.report()


async def test_what_is_typed_is_stored_within_a_second_and_at_once_on_leaving(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "autosave")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1")
        await app.meeting_screen.go_to("A6", "offence_summary")
        await settle(pilot)
        await hands.type("R&D <12")
        app.meeting_screen.session.tick(time.monotonic() + 0.8)
        assert app.stored.text("A6", "offence_summary") == "R&D <12"
        await hands.type(" more")
        await hands.press("tab")
        await settle(pilot)
        assert app.stored.text("A6", "offence_summary") == "R&D <12 more"


async def test_two_desks_never_overwrite_each_other_silently(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    other = make_desk(tmp_path, who="Dylan Ashgrove")
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "two desks")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1")
        await app.meeting_screen.go_to("A6", "index_offence")
        await settle(pilot)
        await hands.type("Min")
        # In one breath with the other's words: a machine that types slower than it saves
        # would have stored all of it before, and nothing would be in doubt.
        editor = app.focused
        assert isinstance(editor, Words)
        editor.insert("e")
        theirs = other.caseload.find(ref)
        other.chairing.record_answer(theirs, "A6", "index_offence", "Theirs")
        app.meeting_screen.session.tick(1e9)
        app.meeting_screen.follow()
        await until(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await settle(pilot)
        shown = " ".join(str(w.render()) for w in app.screen.query("Static"))
        assert "Theirs" in shown
        assert "Mine" in shown
        assert app.stored.text("A6", "index_offence") == "Theirs"
        await hands.press("f8")
        await settle(pilot)
        assert app.stored.text("A6", "index_offence") == "Mine"


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_opens_with_a_sample_and_with_nothing(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions", "l3_emergency_dissent"))
    refs = ("WM-0143-3", "HM-0177-4", fresh_meeting(desk).ref)
    for ref in refs:
        app = Harness(desk, ref)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            screen = app.meeting_screen
            if not screen.session.meeting.text("A2", "confidentiality_statement"):
                screen.session.do(lambda m: desk.chairing.statement_given(m, "read"))
            for code in screen.codes():
                await screen.go_to(code)
                await settle(pilot)
                assert screen.current == code
                assert screen.pane is not None
                assert screen.pane.display


async def test_the_mask_hides_every_field_that_is_not_open(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = Harness(desk, "WM-0143-3")
    async with app.run_test(size=(200, 60)) as pilot:
        hands = Hands(pilot, "mask")
        await settle(pilot)
        await hands.press("f12")
        screen = app.meeting_screen
        words = [
            a.text
            for a in app.stored.answers.values()
            if len(a.text) > 30
            and screen.session.meeting.field(a.item, a.field)
            # Who is in the room is open: a sentence that begins with a name in it proves nothing.
            and not any(
                a.text.startswith(p.organisation[:16]) for p in app.stored.live(e.Attendance)
            )
        ]
        for code in screen.codes():
            await screen.go_to(code)
            await settle(pilot)
            shown = "\n".join(
                "".join(s.text for s in line) for line in screen._compositor.render_strips()
            )
            for text in words:
                field_is_open = any(
                    f.sensitivity == "open" for i in screen.session.meeting.agenda for f in i.fields
                    if screen.session.meeting.text(i.code, f.key) == text
                )  # fmt: skip
                if not field_is_open:
                    assert text[:24] not in shown, code
            assert "MASKED FOR SHARING" in shown


async def test_people_who_stay_for_the_next_case_are_confirmed_with_one_key(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = desk.chairing.check_in_all(desk.chairing.start(fresh_meeting(desk)))
    case = Case(id=new_id(), ref="HM-0901", category=Category.TWO, fiction=True)
    second = desk.caseload.open_case(
        case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=first.held_on
    )
    app = Harness(desk, second.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "same people")
        await settle(pilot)
        await hands.leader("p")
        await hands.leader("i")
        await hands.press("enter")
        await settle(pilot)
        people = app.stored.live(e.Attendance)
        assert len(people) == 10
        assert all(p.status is None and p.is_unconfirmed for p in people), (
            "carried and not confirmed"
        )
        await hands.press("*")
        await settle(pilot)
        assert len(in_room(app.stored)) == 10
        assert len(in_room(desk.caseload.find(first.ref))) == 10, "each meeting has its own list"
        hands.report()


async def test_pasted_control_characters_are_made_visible_and_said(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ref = fresh_meeting(desk).ref
    app = Harness(desk, ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "paste")
        await settle(pilot)
        await hands.leader("p")
        await hands.press("*", "f4", "1")
        await app.meeting_screen.go_to("A6", "index_offence")
        await settle(pilot)
        app.meeting_screen.focused.post_message(Paste("a\x1b[31mb\u202ec"))  # type: ignore[union-attr]
        await settle(pilot)
        app.meeting_screen.session.flush()
        assert app.stored.text("A6", "index_offence") == "a\ufffd[31mb\ufffdc"
        said = " ".join(str(w.render()) for w in app.meeting_screen.query(".under"))
        assert "2 control characters were made visible" in said


async def test_an_addendum_is_written_after_approval_and_never_merged(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    meeting = desk.minutes_life.send_to_chair(desk.chairing.close(desk.caseload.find("WM-0143-3")))
    meeting = desk.minutes_life.approve(meeting, everything_confirmed(desk.area))
    app = Harness(desk, meeting.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.meeting_screen
        screen.open_entry(e.Addendum, "")
        await settle(pilot)
        hands = Hands(pilot, "addendum")
        await hands.press("tab")
        await hands.type("police")
        await hands.press("escape")
        await settle(pilot)
        assert [a.from_whom for a in app.stored.live(e.Addendum)] == ["police"]
        assert screen.session.do(
            lambda m: desk.chairing.record_answer(m, "A6", "index_offence", "x")
        )
        assert app.stored.text("A6", "index_offence") == meeting.text("A6", "index_offence")
