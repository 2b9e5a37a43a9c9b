"""What opens a screen for its picture, where no key does from the first screen of a record.

Every word in them is invented.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from picture_desks import REVIEW

from panelkit.domain import entries as e
from panelkit.domain.holding import Disagreement
from panelkit.domain.redaction import Shared
from panelkit.opened.session import Conflict, Session, Spot
from panelkit.services.chairing import Kept
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.lastfault import Stopped

HELD_DAY = date(2026, 11, 18)
POOR = "HM-0188-3"
ISSUED = "HM-0064-6"
WORDS = (
    "The tenancy ends on 1 June and no other address has been found.",
    "The tenancy ends on 1 June; the housing officer has one other address to offer.",
)


@dataclass(frozen=True)
class Stage:
    """The program with its first screen."""

    app: PanelkitApp
    desk: Desk
    folder: Path
    """Where a file may be written."""


Opener = Callable[[Stage], Any]


async def _alone(stage: Stage) -> None:
    """Nothing behind what is opened next, as where the program begins with it."""
    while len(stage.app.screen_stack) > 1:
        await stage.app.pop_screen()


def _review(stage: Stage) -> Any:
    return stage.desk.caseload.find(REVIEW)


def home(stage: Stage) -> Any:
    """The home screen."""
    from panelkit.tui.screens.home import HomeScreen

    return stage.app.push_screen(HomeScreen(stage.desk))


def forms(name: str) -> Opener:
    """A form: ``entry``, ``hand over``, ``case``, ``meeting`` or ``sitting``."""

    async def show(stage: Stage) -> None:
        from panelkit.tui.screens.handoverforms import HandOverForm
        from panelkit.tui.screens.home import HomeScreen
        from panelkit.tui.screens.newmeeting import NewCase, NewMeeting
        from panelkit.tui.screens.sitting import SittingForm

        desk = stage.desk
        if name == "entry":
            screen: Any = stage.app.screen
            measure = screen.session.meeting.live(e.Measure)[0]
            screen.open_entry(e.Measure, measure.id)
            return
        if name != "hand over":
            await stage.app.push_screen(HomeScreen(desk))
        form = {
            "hand over": lambda: _offering(HandOverForm(desk, _review(stage), lambda _going: None)),
            "case": lambda: NewCase(desk),
            "meeting": lambda: NewMeeting(desk),
            "sitting": lambda: SittingForm(desk),
        }[name]()
        await stage.app.push_screen(form)

    return show


def _offering(form: Any) -> Any:
    # Drawn anew each time; these open nothing.
    form.offered = "amber basin copper dune ember fennel granite harbour"
    return form


def conflict(stage: Stage) -> None:
    """Both texts of a field that two people wrote in."""
    screen: Any = stage.app.screen
    screen.session.conflicts = [Conflict(Spot("A6", "offence_summary"), *WORDS)]
    screen.session.choosing = False
    # Both texts wait until the typing rests: it has.
    screen.session.typed_at = 0.0
    stage.app.last_key_at = 0.0
    screen.show_conflict()
    screen.session.conflicts = []


async def masked(stage: Stage) -> None:
    """The chair's screen, shared."""
    screen: Any = stage.app.screen
    await screen.go_to("A10")
    stage.app.set_mask(by_person=True, by_idleness=False)


async def curtain(stage: Stage) -> None:
    """What has no share-safe view, covered."""
    from panelkit.tui.screens.listing import Page
    from panelkit.tui.typed import as_typed

    await stage.app.push_screen(Page("Guide", as_typed("Covered.")))
    stage.app.set_mask(by_person=True, by_idleness=False)


def lock(stage: Stage) -> None:
    """The lock."""
    stage.app.lock()


def receive(stage: Stage) -> None:
    """The form for a file from another desk."""
    from panelkit.tui.screens.handover import receive_on

    receive_on(stage.app, stage.desk, lambda: None)


def two_texts(stage: Stage) -> Any:
    """A place that two desks wrote in."""
    from panelkit.tui.screens.handoverforms import TwoTexts

    meeting = _review(stage)
    found = Disagreement(
        id="d", meeting_id=meeting.id, hand_over="h", kind="answer", entry="A6.offence_summary",
        field="text", theirs=WORDS[0], mine=WORDS[1], theirs_by="Dylan Ashgrove",
        mine_by="Ruth Calloway",
    )  # fmt: skip
    return stage.app.push_screen(TwoTexts(stage.desk, meeting, found))


async def sitting(stage: Stage) -> None:
    """A sitting with the meetings of its day."""
    from panelkit.tui.screens.home import HomeScreen
    from panelkit.tui.screens.sitting import SittingScreen

    planning = stage.desk.planning
    planned = planning.sittings()
    if not planned:
        free = planning.may_join()
        made = planning.plan(free[0].held_on, time(9, 30), name="Wednesday panel")
        for each in free:
            if each.held_on == free[0].held_on:
                planning.add(made, each.ref)
        planned = planning.sittings()
    await stage.app.push_screen(HomeScreen(stage.desk))
    await stage.app.push_screen(SittingScreen(stage.desk, planned[0].id))


def listing_of(name: str) -> Opener:
    """A choice of the program's own: ``first start``, ``plain`` or ``idle``."""

    async def show(stage: Stage) -> None:
        from panelkit.tui.screens.afterfault import PlainMeetings
        from panelkit.tui.screens.firststart import WORDS as CHOICES
        from panelkit.tui.screens.firststart import FirstStart
        from panelkit.tui.screens.idletimes import IdleTimes

        screen = {
            "first start": lambda: FirstStart(dict.fromkeys(CHOICES)),  # type: ignore[arg-type]
            "plain": lambda: PlainMeetings(stage.desk),
            "idle": lambda: IdleTimes(stage.app.patience),
        }[name]()
        if name != "idle":
            await _alone(stage)
        await stage.app.push_screen(screen)

    return show


async def after_fault(stage: Stage) -> None:
    """The first screen after a fault."""
    from panelkit.tui.screens.afterfault import AfterFault

    stopped = Stopped(meeting=_review(stage).id, place="A6", line="note")
    await _alone(stage)
    await stage.app.push_screen(AfterFault(stage.desk, stopped))


async def own_part(stage: Stage) -> None:
    """Home for somebody who does not read meetings."""
    from panelkit.tui.screens.ownpart import OwnPart

    await _alone(stage)
    await stage.app.push_screen(OwnPart(stage.desk))


def draft(name: str = "", *, of: str = REVIEW, at: str = "") -> Opener:
    """A screen over the held meetings: the draft of ``of`` at a section, or what ``name`` says."""

    def show(stage: Stage) -> Any:
        from panelkit.audit.trends import Quarter
        from panelkit.tui.screens.audits.figures import FiguresScreen
        from panelkit.tui.screens.audits.queue import AuditQueue
        from panelkit.tui.screens.minutes.draft import DraftScreen
        from panelkit.tui.screens.minutes.queue import MinuteQueue
        from panelkit.tui.screens.minuteslife import MinutesLifeScreen

        desk, found = stage.desk, stage.desk.caseload.find(of)
        screen = {
            "": lambda: DraftScreen(desk, found, at=at),
            "queue": lambda: MinuteQueue(desk),
            "life": lambda: MinutesLifeScreen(desk, found),
            "audits": lambda: AuditQueue(desk, Quarter.of(HELD_DAY)),
            "figures": lambda: FiguresScreen(desk, Quarter.of(HELD_DAY)),
        }[name]()
        return stage.app.push_screen(screen)

    return show


def answer_form(stage: Stage) -> Any:
    """A fact corrected in the record."""
    from panelkit.tui.screens.minutes.correct import AnswerForm

    session = Session(stage.desk.chairing, _review(stage))
    return stage.app.push_screen(AnswerForm(session, "A15", "level_decision"))


def revisions(stage: Stage) -> Any:
    """Two earlier texts of one place."""
    from panelkit.tui.screens.minutes.revisions import Revisions

    at = stage.desk.clock()
    kept = tuple(
        Kept(number, words, "Dylan Ashgrove", at, "", checked=True)
        for number, words in enumerate((*WORDS, WORDS[1]), 1)
    )
    return stage.app.push_screen(
        Revisions("A7, what housing said", kept[:-1], kept[-1], frozen=False)
    )


async def take_back(stage: Stage) -> None:
    """A draft edited in Word, read back."""
    import docx

    from panelkit.tui.screens.takeback import TakeBackScreen

    meeting = _review(stage)
    path = stage.desk.minute_taking.write(meeting, "full", stage.desk.documents).path
    document = docx.Document(str(path))
    said = {answer.text for answer in meeting.answers.values() if len(answer.text) > 60}
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    found = next(p for p in paragraphs if p.text in said)
    found.runs[-1].text += " The housing officer confirmed it on the day."
    document.save(str(path))
    screen = TakeBackScreen(stage.desk, meeting)
    await stage.app.push_screen(screen)
    screen.read(path)


def words_form(stage: Stage) -> Any:
    """A comment on a draft."""
    from panelkit.tui.screens.lifeforms import Asked, Drafts, WordsForm

    meeting = _review(stage)
    drafts = Drafts(stage.desk.chairing.record, meeting.id, stage.desk.who)
    asked = (
        Asked("place", "Which place, such as A11", "A11"),
        Asked("words", "What you say of it", ""),
    )
    return stage.app.push_screen(WordsForm(f"Comment on {meeting.ref}", asked, drafts, "comment"))


def attest(stage: Stage) -> Any:
    """The statements of an approval."""
    from panelkit.tui.screens.lifeforms import Attest

    return stage.app.push_screen(
        Attest(f"Approve the minutes of {REVIEW}", stage.desk.area.attestation, "Nothing is owed.")
    )


def _request(stage: Stage) -> Any:
    desk, meeting = stage.desk, stage.desk.caseload.find(ISSUED)
    found = desk.answering.requests(meeting)
    if found:
        return meeting, found[0]
    logged = desk.answering.log(meeting)
    said = {"requester": "Harrowmere Coroner's office", "reason": WORDS[0]}
    return meeting, desk.answering.change(logged, said)


def requests(stage: Stage) -> Any:
    """The log of requests."""
    from panelkit.tui.screens.requests import RequestsScreen

    return stage.app.push_screen(RequestsScreen(stage.desk, _request(stage)[0]))


def request(stage: Stage) -> Any:
    """One request."""
    from panelkit.tui.screens.requestform import RequestForm

    return stage.app.push_screen(RequestForm(stage.desk, *_request(stage)))


def redaction(stage: Stage) -> Any:
    """What a summary shares with the record."""
    from panelkit.tui.screens.redaction import RedactionCheck

    found = (
        Shared("Harrowmere", ("A1 attendance",)),
        Shared("tenancy ends on 1 June", ("A7 housing",)),
    )
    text = f"Reason for the level\n{WORDS[0]}\n\nRisk factors that are known\nUnsettled housing."
    return stage.app.push_screen(RedactionCheck(ISSUED, text, found))


def paper(stage: Stage) -> Any:
    """Letters of feedback."""
    from panelkit.tui.screens.audits import papers

    return stage.app.push_screen(papers.letters(stage.desk, stage.desk.caseload.find(POOR)))


async def opened(stage: Stage, opens: Opener) -> None:
    """Run one of these."""
    made = opens(stage)
    if isinstance(made, Awaitable):
        await made
