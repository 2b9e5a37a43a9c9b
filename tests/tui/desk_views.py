"""Views of the minute taker's screens, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import time
from pathlib import Path
from typing import Any

from panelkit.audit.trends import Quarter
from panelkit.domain.fields import FieldKind
from panelkit.domain.meeting import Meeting
from panelkit.domain.redaction import Shared
from panelkit.domain.requests import FORM, Request
from panelkit.opened.session import Session
from panelkit.services.chairing import Kept
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.audits import papers
from panelkit.tui.screens.audits.figures import FiguresScreen
from panelkit.tui.screens.audits.queue import AuditQueue
from panelkit.tui.screens.audits.screen import AuditScreen
from panelkit.tui.screens.audits.shown import comparison_content
from panelkit.tui.screens.lifeforms import Asked, Attest, Drafts, WordsForm
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.minutes.correct import AnswerForm
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.minutes.queue import MinuteQueue
from panelkit.tui.screens.minutes.revisions import Revisions
from panelkit.tui.screens.minuteslife import MinutesLifeScreen
from panelkit.tui.screens.redaction import RedactionCheck
from panelkit.tui.screens.requestform import RequestForm
from panelkit.tui.screens.requests import RequestsScreen
from panelkit.tui.screens.sitting import SittingForm, SittingScreen
from panelkit.tui.screens.takeback import TakeBackScreen
from tests.takeback.editing import edit, new_paragraph, paragraph_with, said, say

Shower = Callable[[PanelkitApp, Desk, Meeting], Any]
"""Opens a screen for the meeting that was held."""


def draft_then(action: str = "") -> Shower:
    """The desk of the held meeting's draft, and what one of its keys opens."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        screen = DraftScreen(desk, meeting)
        await app.push_screen(screen)
        if action:
            done = getattr(screen, f"action_{action}")()
            if isinstance(done, Awaitable):
                await done

    return show


async def _revisions(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    texts = [answer.text for answer in meeting.answers.values()]
    kept = tuple(
        Kept(n, text, text, meeting.rows["notes"][0].typed_at, text, checked=True)
        for n, text in enumerate(texts[:4], 1)
    )
    await app.push_screen(Revisions(texts[5], kept[:-1], kept[-1], frozen=False))


def _edited_file(desk: Desk, meeting: Meeting) -> Path:
    """A draft written, then changed in a paragraph and with one more, as an editor leaves it."""
    path = desk.minute_taking.write(meeting, "full", desk.documents).path

    def change(root: Any) -> None:
        number = meeting.text("A6", "offence_summary").split("q")[1]
        first = paragraph_with(root, f"q{number}q")
        say(first, said(first) + " [b]more[/b] \\[ {{ x }}")
        first.addnext(new_paragraph("added [@click=app.bell]here[/] {% x %}"))

    return edit(path, change)


async def _take_back(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    screen = TakeBackScreen(desk, meeting)
    await app.push_screen(screen)
    screen.read(_edited_file(desk, meeting))
    assert screen.back is not None, "the edited draft could not be read"
    assert screen.back.changes


def _request(desk: Desk, meeting: Meeting) -> Request:
    """A request whose words are the record's own hostile ones."""
    found = desk.answering.requests(meeting)
    if found:
        return found[0]
    words = [answer.text for answer in meeting.answers.values() if 12 < len(answer.text) < 90]
    typed = {f.key: words[n] for n, f in enumerate(FORM) if f.kind is FieldKind.WORDS}
    return desk.answering.change(desk.answering.log(meeting), {**typed, "requester": words[-1]})


def _requests(app: PanelkitApp, desk: Desk, meeting: Meeting) -> Any:
    _request(desk, meeting)
    return app.push_screen(RequestsScreen(desk, meeting))


def _request_form(app: PanelkitApp, desk: Desk, meeting: Meeting) -> Any:
    return app.push_screen(RequestForm(desk, meeting, _request(desk, meeting)))


def _redaction(app: PanelkitApp, desk: Desk, meeting: Meeting) -> Any:
    words = [answer.text for answer in meeting.answers.values() if 12 < len(answer.text) < 90]
    findings = tuple(Shared(text, (f"A6 {text}",)) for text in words[:4])
    return app.push_screen(RedactionCheck(meeting.ref, "\n".join(words[:9]), findings))


def _sitting(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> Any:
    planned = desk.planning.sittings()
    if not planned:
        free = desk.planning.may_join()
        sitting = desk.planning.plan(free[0].held_on, time(9, 30), name="[b]Panel[/b] [/] \\[")
        desk.planning.add(sitting, free[0].ref)
        planned = (sitting,)
    return app.push_screen(SittingScreen(desk, planned[0].id))


def _words_form(app: PanelkitApp, desk: Desk, meeting: Meeting) -> Any:
    drafts = Drafts(desk.chairing.record, meeting.id, desk.who)
    text = next(iter(meeting.answers.values())).text
    asked = (Asked("why", "Why [b]so[/b]", text), Asked("what", text, text))
    return app.push_screen(WordsForm(text, asked, drafts, "comment"))


def _attest(app: PanelkitApp, _desk: Desk, meeting: Meeting) -> Any:
    words = [answer.text for answer in meeting.answers.values()]
    return app.push_screen(Attest(words[0], words[1:4], words[5]))


def audit_then(action: str = "", *, observed: bool = False) -> Shower:
    """A stranger's audit of the held meeting, every word they gave hostile, and one of its keys."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        texts = [answer.text for answer in meeting.answers.values()]
        stranger = desk.acting_as(next(text for text in texts if 12 < len(text) < 60))
        verbs = stranger.observations if observed else stranger.audits
        audit = verbs.go_on(meeting, "L-observed" if observed else "K")
        if not audit.remarks:
            audit = verbs.remark(audit, texts[3])
            audit = verbs.comment(audit, audit.form.questions[0].id, texts[4])
            given = next((m for m in audit.marks if m.given), None)
            if given is not None:
                audit = verbs.overrule(audit, given.question, "not_applicable", texts[5])
        screen = AuditScreen(stranger, verbs, meeting, audit)
        await app.push_screen(screen)
        if action:
            getattr(screen, f"action_{action}")()

    return show


async def _audits(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(AuditQueue(desk, Quarter.of(meeting.held_on)))


async def _which_form(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    queue = AuditQueue(desk, Quarter.of(meeting.held_on))
    await app.push_screen(queue)
    queue.choose_form(meeting)


async def _letters(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(papers.letters(desk, meeting))


def _two_auditors(app: PanelkitApp, desk: Desk, meeting: Meeting) -> Any:
    texts = [answer.text for answer in meeting.answers.values() if 12 < len(answer.text) < 60]
    first, second = (desk.acting_as(text).audits for text in texts[:2])
    found = first.compare(first.go_on(meeting, "K"), second.go_on(meeting, "K"))
    return app.push_screen(Page(texts[2], comparison_content(found)))


DESK_VIEWS: dict[str, Shower] = {
    "queue": lambda app, desk, _meeting: app.push_screen(MinuteQueue(desk)),
    "draft": draft_then(),
    **{
        f"draft {action}": draft_then(action)
        for action in (
            "next", "sections", "column", "side", "write_up", "phrase", "gap", "flag", "correct",
            "notes", "help", "leader",
        )
    },
    "revisions": _revisions,
    "correct an answer": lambda app, desk, meeting: app.push_screen(
        AnswerForm(Session(desk.chairing, meeting), "A15", "level_decision")
    ),
    "life": lambda app, desk, meeting: app.push_screen(MinutesLifeScreen(desk, meeting)),
    "words form": _words_form,
    "attest": _attest,
    "requests": _requests,
    "request form": _request_form,
    "redaction": _redaction,
    "take back": _take_back,
    "plan a sitting": lambda app, desk, _meeting: app.push_screen(SittingForm(desk)),
    "sitting": _sitting,
    "audits": _audits,
    "audits form": _which_form,
    "audit": audit_then(),
    **{
        f"audit {action}": audit_then(action)
        for action in ("finding", "evidence", "comment", "whole", "column", "finish", "help")
    },
    "observation": audit_then(observed=True),
    "letters": _letters,
    "two auditors": _two_auditors,
    "figures": lambda app, desk, meeting: app.push_screen(
        FiguresScreen(desk, Quarter.of(meeting.held_on))
    ),
}  # fmt: skip
"""By name, what opens it."""
