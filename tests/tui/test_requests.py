"""A request is answered by keyboard; each step asserts on what was stored or written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from panelkit.domain.request_words import Capacity, Ground, LegalBasis, RequestOutcome
from panelkit.domain.requests import Request
from panelkit.tui.screens.redaction import RedactionCheck
from panelkit.tui.screens.requestform import RequestForm
from panelkit.tui.screens.requests import RequestsScreen
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import CHAIR, Hands, Harness, make_desk
from tests.documents.test_summary import TEXTS, every_byte

SAMPLE, REF = "l2_review_carried_actions", "WM-0143-3"


async def settle(pilot: object) -> None:
    for _ in range(4):
        await pilot.pause()  # type: ignore[attr-defined]


def stored(app: Harness) -> tuple[Request, ...]:
    return app.desk.answering.requests(app.stored)


async def open_requests(hands: Hands) -> None:
    await hands.leader("s")
    await hands.type("executive")
    await hands.press("enter")
    await settle(hands.pilot)


async def test_a_request_is_logged_checked_approved_and_answered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=(SAMPLE,))
    desk.chairing.close(desk.caseload.find(REF))
    app = Harness(desk, REF)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "a lawful request")
        await settle(pilot)
        await open_requests(hands)
        assert isinstance(app.screen, RequestsScreen)
        assert not desk.documents.exists(), "nothing is written by opening the log"
        await hands.press("n")
        assert isinstance(app.screen, RequestForm)
        await hands.type("Osgood and Lyle")
        await hands.press("tab", "2", "tab")
        await hands.type("4 Fenwick Row")
        await hands.press("tab")
        await hands.type("23 november")
        await hands.press("tab", "5", "tab")
        await hands.type("Appeal")
        await hands.press("tab")
        await hands.type("21 december 2026")
        await hands.press("tab", "tab")
        await hands.type("Breach of earlier orders")
        await hands.press("tab", "tab")
        await hands.type("Information about others")
        await hands.press("tab", "5", "escape")
        await settle(pilot)
        assert isinstance(app.screen, RequestsScreen), app.screen
        (request,) = stored(app)
        assert request.requester == "Osgood and Lyle"
        assert request.capacity is Capacity.SOLICITOR
        assert request.basis is LegalBasis.PROCEEDINGS
        assert (request.received_on, request.due_on) == (date(2026, 11, 23), date(2026, 12, 21))
        assert request.risk_factors == "Breach of earlier orders"
        assert request.grounds == (Ground.DPA_45,)
        assert "Managed at Level 2." in request.reason

        await hands.press("i")
        assert stored(app)[0].outcome is None, "nothing is issued that was not checked"
        await hands.press("c")
        check = app.screen
        assert isinstance(check, RedactionCheck)
        assert app.stored.case.name in check.text
        assert any(app.stored.case.name in found.words for found in check.findings)
        await hands.press("ctrl+s")
        assert app.screen is check, "every line is confirmed first"
        await hands.press(*["space"] * (len(check.findings) + 1), "ctrl+s")
        await settle(pilot)
        assert stored(app)[0].checked_by == desk.who

        await hands.press("a")
        await hands.type("Somebody Else")
        await hands.press("enter")
        assert not stored(app)[0].approved_by
        await hands.press("a")
        await hands.type(CHAIR)
        await hands.press("enter")
        assert stored(app)[0].approved_by == CHAIR
        await hands.press("i")
        await settle(pilot)
        (request,) = stored(app)
        assert request.outcome is RequestOutcome.SUMMARY
        (kept,) = desk.chairing.record.issued(app.stored.id)
        files = sorted(path.name for path in desk.documents.iterdir())
        assert files == [
            "WM-0143_M3_20261118_v1_reply_R1.docx",
            "WM-0143_M3_20261118_v1_summary_R1.docx",
        ]
        summary = desk.documents / files[1]
        assert summary.read_bytes() == desk.chairing.record.issued_body(kept.id)
        text = every_byte(summary)
        assert "Breach of earlier orders" in text
        assert CHAIR in text
        assert "Imran Sarwar" not in text
        hands.report()


async def test_what_is_being_typed_into_a_request_survives_a_signal(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=(SAMPLE,))
    meeting = desk.chairing.close(desk.caseload.find(REF))
    request = desk.answering.change(desk.answering.log(meeting), {"requester": "Osgood"})
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "half typed")
        await settle(pilot)
        app.push_screen(RequestForm(desk, meeting, request))
        await settle(pilot)
        await hands.press("end")
        await hands.type(" and Lyle")
        app.screen.save_everything()  # type: ignore[attr-defined]
        assert stored(app)[0].requester == "Osgood and Lyle"
        await hands.press("tab", "tab", "tab")
        await hands.type("some day")
        await hands.press("escape")
        assert isinstance(app.screen, RequestForm), "a date that cannot be read is not dropped"
        assert app.screen.problems["received_on"]


async def test_requests_do_not_open_on_a_screen_that_is_shared(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=(SAMPLE,))
    meeting = desk.chairing.close(desk.caseload.find(REF))
    desk.answering.change(desk.answering.log(meeting), TEXTS)
    app = Harness(desk, REF)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "shared")
        await settle(pilot)
        app.set_mask(by_person=True, by_idleness=False)
        await open_requests(hands)
        assert not isinstance(app.screen, RequestsScreen)
        app.set_mask(by_person=False, by_idleness=False)
        while app.screen is not app.meeting_screen:
            await app.pop_screen()
        await open_requests(hands)
        assert isinstance(app.screen, RequestsScreen)
        assert app.screen.query_one(RowList).option_count == 1
