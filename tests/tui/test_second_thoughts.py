"""Earlier words looked at and put back, undo past a visit, things withdrawn and brought back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import AgencyType, RiskGroup, YesNo
from panelkit.services.chairing import new_id
from tests.desk import Hands, Harness, fresh_meeting, make_desk
from tests.tui.program import settle

A6 = ("A6", "index_offence")


async def test_earlier_words_are_seen_and_put_back_from_the_field(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.statement_given(desk.chairing.check_in_all(meeting), "read")
    for words in ("Wounding [with] intent", "Burglary", "Robbery"):
        meeting = desk.chairing.record_answer(meeting, *A6, words)
    app = Harness(desk, meeting.ref)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "earlier words")
        await settle(pilot)
        await app.meeting_screen.go_to(*A6)
        await settle(pilot)
        hands.pressed.clear()
        await hands.leader("e")
        await settle(pilot)
        strips = app.screen._compositor.render_strips()
        shown = "\n".join("".join(s.text for s in line) for line in strips)
        assert "Wounding [with] intent" in shown
        await hands.press("down", "enter")
        await settle(pilot)
        assert app.stored.text(*A6) == "Wounding [with] intent"
        kept = [word.text for word in desk.chairing.earlier(app.stored, *A6)]
        assert kept == ["Wounding [with] intent", "Burglary", "Robbery"], "what stood last is kept"
        assert desk.chairing.record.verify().is_good
        hands.report()


async def test_undo_goes_on_past_the_visit_in_words_choices_and_dates(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.statement_given(desk.chairing.check_in_all(meeting), "read")
    for words in ("First", "Second"):
        meeting = desk.chairing.record_answer(meeting, *A6, words)
    for value in ("yes", "no"):
        meeting = desk.chairing.record_answer(meeting, "A9", "children_at_risk", value)
    action = e.Action(
        id=new_id(), text="Visit", owner="Imran Sarwar", organisation="Harrowmere Police",
        due=date(2026, 12, 4), risk=(RiskGroup.PUBLIC, RiskGroup.STAFF), accepted=YesNo.NO,
    )  # fmt: skip
    meeting = desk.chairing.add(meeting, action)
    later = {"due": date(2026, 12, 18), "risk": (RiskGroup.STAFF,), "accepted": YesNo.YES}
    for name, value in later.items():
        meeting = desk.chairing.change(meeting, e.Action, action.id, **{name: value})
    app = Harness(desk, meeting.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "undo past a visit")
        await settle(pilot)
        screen = app.meeting_screen
        await screen.go_to(*A6)
        await settle(pilot)
        await hands.press("end")
        await hands.type(" more")
        await hands.press("ctrl+z", "ctrl+z")
        await settle(pilot)
        assert app.stored.text(*A6) == "First", "first this visit, then the one before"
        await screen.go_to("A9", "children_at_risk")
        await settle(pilot)
        await hands.press("ctrl+z")
        await settle(pilot)
        assert app.stored.value("A9", "children_at_risk") is YesNo.YES
        for name, value in later.items():
            before = getattr(action, name)
            screen.open_entry(e.Action, action.id)
            await settle(pilot)
            box = next(b for b in app.screen.query("FieldBox") if b.spot.field == name)  # type: ignore[attr-defined]
            box.editor.focus()  # type: ignore[attr-defined]
            await settle(pilot)
            assert getattr(app.stored.entry(e.Action, action.id), name) == value
            await hands.press("ctrl+z")
            await settle(pilot)
            assert getattr(app.stored.entry(e.Action, action.id), name) == before, name
            await hands.press("escape")
            await settle(pilot)
        assert desk.chairing.record.verify().is_good
        hands.report()


async def test_what_was_withdrawn_comes_back_with_a_reason_and_its_number(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.statement_given(desk.chairing.check_in_all(meeting), "read")
    for text in ("Visit the flat", "Ring the school"):
        fresh = e.Action(id=new_id(), text=text, owner="Imran Sarwar", due=date(2026, 12, 4))
        meeting = desk.chairing.add(meeting, fresh)
    meeting = desk.chairing.add(meeting, e.Note(id=new_id(), place="A11", text="flat"))
    app = Harness(desk, meeting.ref)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "withdrawn and back")
        await settle(pilot)
        await hands.leader("k")
        await hands.press("end", "up", "delete")
        await hands.type("said twice")
        await hands.press("enter")
        await settle(pilot)
        first, second = app.stored.new_actions
        assert (first.withdrawn, second.withdrawn) == ("said twice", "")
        hands.pressed.clear()
        await hands.leader("W")
        await settle(pilot)
        await hands.press("enter")
        await hands.press("enter")
        await settle(pilot)
        assert app.stored.new_actions[0].withdrawn, "not without a reason"
        await hands.leader("W")
        await hands.press("enter")
        await hands.type("it was another flat")
        await hands.press("enter")
        await settle(pilot)
        first = app.stored.new_actions[0]
        assert (first.ref, first.text, first.withdrawn) == ("1.1", "Visit the flat", "")
        life = desk.chairing.record.life(app.stored.id)
        assert any(fact == "Action 1.1 brought back" for fact, _who, _at in life)
        await hands.press("ctrl+t", "down", "down", "down", "delete")
        await hands.type("invited by mistake")
        await hands.press("enter")
        await settle(pilot)
        gone = [p for p in app.stored.of(e.Attendance) if p.withdrawn]
        assert [(p.number, p.agency) for p in gone] == [(4, AgencyType.PRB)]
        await hands.press("delete")
        await hands.type("she is expected after all")
        await hands.press("enter")
        await settle(pilot)
        assert not [p for p in app.stored.of(e.Attendance) if p.withdrawn]
        hands.report()


async def test_leaving_a_form_returns_to_the_field_it_was_opened_from(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = Harness(desk, "WM-0143-3")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "back to the field")
        await settle(pilot)
        screen = app.meeting_screen
        await screen.go_to(*A6)
        await settle(pilot)
        await hands.press("tab")
        here = screen.focused
        await hands.press("f5")
        await settle(pilot)
        assert app.screen is not screen
        await hands.press("escape")
        await settle(pilot)
        assert app.screen is screen
        assert screen.focused is here
        await hands.press("ctrl+t", "escape")
        await settle(pilot)
        assert screen.focused is here
        hands.report()
