"""Minutes walked on screen from draft to amended; asserts on what is stored and printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from panelkit.domain import entries as e
from panelkit.domain.minutes import Stage
from panelkit.domain.vocabulary import MeetingRole, MeetingState, YesNo
from panelkit.services.desk import Desk
from panelkit.tui.screens.minuteslife import MinutesLifeScreen
from panelkit.tui.widgets.words import Words
from tests.desk import Clock, Hands, Harness, make_desk
from tests.documents.reading import body, part, said

REF = "WM-0143-3"


class LifeApp(App[None]):
    """The screen of the life of minutes alone, for one person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def on_mount(self) -> None:
        self.push_screen(MinutesLifeScreen(self.desk, self.desk.caseload.find(REF)))


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def shown(app: App[None]) -> str:
    screen = next(s for s in app.screen_stack if isinstance(s, MinutesLifeScreen))
    return "\n".join(str(screen.query_one(f"#{n}").render()) for n in ("state", "keys"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    clock = Clock()
    found = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    found.chairing.close(found.caseload.find(REF))
    return found


def taker(desk: Desk) -> Desk:
    person = desk.caseload.find(REF).role(MeetingRole.MINUTE_TAKER)
    assert person is not None
    return desk.acting_as(person.name)


async def test_from_draft_to_approved(desk: Desk) -> None:
    app = LifeApp(taker(desk))
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "taker")
        await settled(pilot)
        assert "DRAFT" in shown(app)
        assert "Minute taker" in shown(app)
        await hands.press("a")
        assert desk.caseload.find(REF).state is MeetingState.CLOSED, "not a step of this stage"
        await hands.press("s")
        assert "WITH THE CHAIR" in shown(app)
        hands.report()
    app = LifeApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "chair")
        await settled(pilot)
        await hands.press("c")
        await hands.type("risk assess")
        await hands.press("enter")
        await hands.type("say when")
        await hands.press("f10")
        (comment,) = desk.caseload.find(REF).live(e.Comment)
        assert (comment.section, comment.text) == ("risk", "say when")
        await hands.press("r", "f10")
        assert "DRAFT" in shown(app)
        hands.report()
    app = LifeApp(taker(desk))
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "taker again")
        await settled(pilot)
        await hands.press("t")
        await hands.type("done")
        await hands.press("f10")
        (comment,) = desk.caseload.find(REF).live(e.Comment)
        assert (comment.settled, comment.answer) == (YesNo.YES, "done")
        desk.clock.move(minutes=5)  # type: ignore[attr-defined]
        await hands.press("s")
    app = LifeApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "chair approves")
        await settled(pilot)
        await hands.press("a", "enter", "down", "enter", "f10")
        assert desk.caseload.find(REF).state is MeetingState.CLOSED, "one statement is left"
        await hands.press("a", "enter", "down", "enter", "down", "enter", "f10")
        assert desk.caseload.find(REF).state is MeetingState.APPROVED
        assert "APPROVED" in shown(app)
        hands.report()


async def test_from_approved_to_amended_with_copies(desk: Desk, tmp_path: Path) -> None:
    life, record = desk.minutes_life, desk.chairing.record
    sent = life.send_to_chair(desk.caseload.find(REF))
    life.approve(sent, desk.area.attestation, "Right.")
    app = LifeApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "issue and amend")
        await settled(pilot)
        await hands.press("i")
        assert "ISSUED" in shown(app)
        assert "stopped" in shown(app)
        meeting = desk.caseload.find(REF)
        first = next(row for row in record.issued(meeting.id) if row.kind == "full")
        before = record.issued_body(first.id)
        await hands.press("m")
        await hands.type("formulation")
        await hands.press("enter")
        app.screen.query_one("#w-now", Words).load("")
        await hands.type("as the panel said")
        await hands.press("tab")
        await hands.type("Helen Tovey")
        await hands.press("f10")
        (asked,) = desk.caseload.find(REF).live(e.Amendment)
        assert (asked.now, asked.asked_by) == ("as the panel said", "Helen Tovey")
        assert desk.caseload.find(REF).text("A10", "formulation") == asked.was
        await hands.press("d", "enter")
        assert desk.caseload.find(REF).text("A10", "formulation") == "as the panel said"
        desk.clock.move(minutes=5)  # type: ignore[attr-defined]
        await hands.press("i")
        assert life.stage(desk.caseload.find(REF)) is Stage.AMENDED
        latest = [row for row in record.issued(meeting.id) if row.kind == "full"][-1]
        package = record.issued_body(latest.id)
        assert "Changes since version 1" in said(body(package))
        assert "AMENDED v2" in said(part(package, "word/footer1.xml"))
        assert record.issued_body(first.id) == before
        await hands.press("w")
        await settled(pilot)
        copies = desk.distribution.register(meeting)
        assert copies
        assert all((desk.documents / copy.file).exists() for copy in copies)
        await hands.press("k", "f10")
        assert all(
            c.sent_at and c.method == "secure e-mail" for c in desk.distribution.register(meeting)
        )
        hands.report()


async def test_words_begun_are_there_the_next_time(desk: Desk) -> None:
    desk.minutes_life.send_to_chair(desk.caseload.find(REF))
    app = LifeApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "begun")
        await settled(pilot)
        await hands.press("r")
        await hands.type("the reason")
        await hands.press("escape", "r")
        assert app.screen.query_one("#w-reason", Words).value == "the reason"
        assert desk.minutes_life.stage(desk.caseload.find(REF)) is Stage.CHAIR_REVIEW


async def test_the_meeting_screen_leads_there(desk: Desk) -> None:
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "leader")
        await settled(pilot)
        await hands.leader("z")
        await settled(pilot)
        assert isinstance(app.screen, MinutesLifeScreen)
        await hands.press("s", "escape")
        assert desk.minutes_life.stage(app.stored) is Stage.CHAIR_REVIEW
