"""The coordinator's screens by keyboard; each journey asserts on what was stored or written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from textual.pilot import Pilot

from panelkit.audit import Severity
from panelkit.domain.audit_forms import How
from panelkit.domain.auditing import Audit, AuditState
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened.sharing import SHARING
from panelkit.packs.reader import read_pack
from panelkit.services.auditing import Auditing
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.audits.figures import FiguresScreen
from panelkit.tui.screens.audits.paper import Paper
from panelkit.tui.screens.audits.queue import AuditQueue
from panelkit.tui.screens.audits.screen import AuditScreen
from panelkit.tui.screens.lifeforms import WordsForm
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.widgets.lines import Lines
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.words import Words
from tests.desk import SAMPLES, make_desk, until

SIZES = ((80, 24), (120, 40))
Q4 = (date(2026, 10, 1), date(2026, 12, 31))
GOOD, POOR = "WM-0143-3", "HM-0188-3"
AUDITOR = "Joan Quill"


def desk_of(folder: Path, *samples: str, who: str = AUDITOR) -> Desk:
    """A desk of somebody who neither chaired nor minuted; every meeting has minutes.

    The poor record could not be closed as it stands, which is what is wrong with it.
    """
    desk = make_desk(folder, who=who)
    for name in samples or ("l2_review_carried_actions", "poor_record"):
        pack = read_pack(SAMPLES / f"{name}.toml", desk.caseload.agenda)
        held = replace(pack.meeting, state=MeetingState.CLOSED)
        desk.caseload.take_in([*pack.earlier, held])
    return desk


class Bench(PanelkitApp):
    """The program itself, at home."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__(desk, crash_folder=folder)
        self.at = desk

    def stored(self, ref: str, form: str = "K") -> Audit:
        verbs = self.at.observations if form.endswith("observed") else self.at.audits
        found = [a for a in verbs.of(self.at.caseload.find(ref)) if a.form.id == form]
        return found[-1]

    @property
    def audit(self) -> AuditScreen:
        return next(s for s in self.screen_stack if isinstance(s, AuditScreen))


async def shows(pilot: Pilot[None], kind: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


async def press_until(
    pilot: Pilot[None], key: str, seen: Callable[[], bool], most: int = 40
) -> None:
    for _ in range(most):
        if seen():
            return
        await pilot.press(key)
        await pilot.pause()
    assert seen()


async def opened(pilot: Pilot[None], ref: str, form: str = "K") -> AuditScreen:
    """From home to the form, as a coordinator goes; a meeting that is not drawn is looked for."""
    app = pilot.app
    assert isinstance(app, Bench)
    await until(pilot, lambda: bool(app.screen.query("#keys")))
    await pilot.press("f7")
    await shows(pilot, AuditQueue)
    await pilot.press("ctrl+o")
    await shows(pilot, Listing)
    await pilot.press(*ref, "enter")
    await until(pilot, lambda: isinstance(app.screen, Listing) and ref in app.screen.heading)
    await pilot.pause()
    await press_until(
        pilot, "down", lambda: app.screen.query_one(RowList).current.endswith(f":{form}"), 8
    )
    await pilot.press("enter")
    await shows(pilot, AuditScreen)
    await until(pilot, lambda: not app.audit.reads or bool(app.audit.marked.lines))
    return app.audit


async def at(pilot: Pilot[None], screen: AuditScreen, how: How) -> str:
    """Go to the first question that the record answered so."""
    wanted = next(m.question for m in screen.audit.marks if m.given_how is how)
    await press_until(pilot, "down", lambda: screen.question.id == wanted)
    return wanted


@pytest.mark.parametrize("size", SIZES)
async def test_the_queue_says_what_is_drawn_how_and_how_far(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#keys")))
        await pilot.press("f7")
        await shows(pilot, AuditQueue)
        queue = app.screen
        assert isinstance(queue, AuditQueue)
        lot = app.at.audits.lot(queue.quarter.start, queue.quarter.end)
        rows = [row.id for row in queue.query_one(RowList).shown]
        assert rows == [one.meeting.ref for one in lot.drawn]
        assert rows, "nothing drawn proves nothing"
        said = str(queue.query_one("#drawn").render())
        assert f"{len(lot.held)} held" in said
        assert lot.seed in said
        await press_until(pilot, "f3", lambda: not queue.query_one(RowList).shown)
        assert "No meeting with minutes" in str(queue.query_one("#words").render())
        await pilot.press(*["f4"] * 20)
        await pilot.pause()
        assert [r.id for r in queue.query_one(RowList).shown] == rows, "no quarter is yet to come"


@pytest.mark.parametrize("size", SIZES)
async def test_answers_are_stored_as_they_are_given(tmp_path: Path, size: tuple[int, int]) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, GOOD)
        asked = await at(pilot, screen, How.PERSON)
        await pilot.press("2")
        await until(pilot, lambda: bool(app.stored(GOOD).mark(asked).chosen))
        offered = screen.question.options
        assert app.stored(GOOD).mark(asked).chosen == offered[1].key
        assert app.stored(GOOD).mark(asked).marked_by == AUDITOR
        await pilot.press("z")
        await until(pilot, lambda: not app.stored(GOOD).mark(asked).chosen)
        await pilot.press("0")
        await until(pilot, lambda: app.stored(GOOD).mark(asked).chosen == "not_applicable")
        await pilot.press("9")
        await pilot.pause()
        assert app.stored(GOOD).mark(asked).chosen == "not_applicable", "there is no ninth answer"


async def test_a_suggestion_counts_only_when_it_is_taken(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, GOOD)
        asked = await at(pilot, screen, How.SUGGESTED)
        assert asked in app.stored(GOOD).unanswered
        await pilot.press("enter")
        await until(pilot, lambda: asked not in app.stored(GOOD).unanswered)
        mark = app.stored(GOOD).mark(asked)
        assert mark.chosen == mark.given
        assert screen.question.id in app.stored(GOOD).unanswered, "it went to the next open one"


async def test_what_the_record_says_is_overruled_only_with_a_reason(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, GOOD)
        asked = await at(pilot, screen, How.RECORDED)
        given = app.stored(GOOD).mark(asked).given
        keys = [option.key for option in screen.question.options]
        other = next(n for n, key in enumerate(keys, 1) if key not in (given, "not_applicable"))
        await pilot.press(str(other))
        await shows(pilot, WordsForm)
        await pilot.press("f10")
        await shows(pilot, AuditScreen)
        assert not app.stored(GOOD).mark(asked).chosen, "no reason, no answer"
        await pilot.press(str(other))
        await shows(pilot, WordsForm)
        await pilot.press(*"one was late", "escape")
        await shows(pilot, AuditScreen)
        assert not app.stored(GOOD).mark(asked).chosen
        await pilot.press(str(other))
        await shows(pilot, WordsForm)
        assert app.screen.query_one(Words).value == "one was late", "what was begun is there again"
        await pilot.press("f10")
        await until(pilot, lambda: bool(app.stored(GOOD).mark(asked).chosen))
        mark = app.stored(GOOD).mark(asked)
        assert (mark.chosen, mark.reason) == (keys[other - 1], "one was late")
        assert mark.given == given, "what was filled in is kept beside it"


@pytest.mark.parametrize("size", SIZES)
async def test_a_comment_is_stored_while_it_is_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, GOOD)
        first = screen.question.id
        await pilot.press("ctrl+n", *"read aloud")
        await until(pilot, lambda: app.stored(GOOD).mark(first).comment == "read aloud")
        await pilot.press(*", twice", "escape", "down")
        await until(pilot, lambda: screen.question.id != first)
        assert app.stored(GOOD).mark(first).comment == "read aloud, twice"
        assert screen.query_one("#comment", Words).value == "", "each question has its own"
        await pilot.press("up")
        await until(pilot, lambda: screen.question.id == first)
        assert screen.query_one("#comment", Words).value == "read aloud, twice"
        await pilot.press("f8")
        await shows(pilot, WordsForm)
        await pilot.press(*"well chaired", "f10")
        await until(pilot, lambda: app.stored(GOOD).remarks == "well chaired")


async def test_a_comment_typed_at_two_screens_is_lost_at_neither(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, GOOD)
        first = screen.question.id
        theirs = app.stored(GOOD)
        app.at.audits.comment(theirs, first, "from the other desk")
        await pilot.press("ctrl+n", *"from here")
        await until(pilot, lambda: "from here" in app.stored(GOOD).mark(first).comment)
        assert "from the other desk" in app.stored(GOOD).mark(first).comment


@pytest.mark.parametrize("size", SIZES)
async def test_every_finding_is_marked_in_the_minutes_and_read_with_one_key(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, POOR)
        found = Auditing(app.at.chairing.record, app.at.area).audit(screen.held).findings
        assert len(screen.minutes.pointed) == len(found) > 50
        whole = "\n".join(line.plain for line in screen.marked.lines)
        signs = re.findall(r"\[(\d+)(!?)\]", whole)
        numbers = {int(number): bool(red) for number, red in signs}
        for pointed in screen.minutes.pointed:
            assert numbers[pointed.number] == (pointed.finding.severity is Severity.RED)
        quoted = next(
            p for p in screen.minutes.pointed
            if p.finding.evidence == "“To review.”"
        )  # fmt: skip
        line = screen.marked.lines[screen.marked.line_of(quoted.where)].plain
        assert f"[{quoted.number}]To review." in line, "the sign stands before its words"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: screen.at_finding > 0)
        one = screen.minutes.pointed[screen.at_finding - 1]
        side = str(screen.query_one("#question").render())
        assert one.finding.advice.split(".")[0] in " ".join(side.split())
        minutes = screen.query_one("#minutes", Lines)
        await until(pilot, lambda: minutes.size.height > 0)
        top, line_no = minutes.scroll_offset.y, screen.marked.line_of(one.where)
        assert top <= line_no < top + minutes.size.height, "its words are on the screen"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.screen is screen, "Esc leads from a finding to its question first"
        assert screen.at_finding == 0


async def test_the_evidence_of_an_answer_is_one_key_away(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, POOR)
        wanted = next(m.question for m in screen.audit.marks if any(x.item for x in m.evidence))
        await press_until(pilot, "down", lambda: screen.question.id == wanted)
        evidence = next(x for x in screen.audit.mark(wanted).evidence if x.item)
        many = screen.audit.mark(wanted).evidence.index(evidence) + 1
        await pilot.press(*["f5"] * many)
        await until(pilot, lambda: screen.query_one("#minutes", Lines).current is not None)
        where = screen.minutes.sections[
            max(n for n, start in enumerate(screen.marked.starts) if start <= (screen.line or 0))
        ]
        codes = {code for code, _field in where.view.places}
        assert evidence.item in codes or where.view.kinds


async def test_nobody_audits_their_own_meeting_and_an_observer_sees_no_minutes(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    chair = next(
        p.name for p in desk.caseload.find(GOOD).rows["attendance"] if p.meeting_role == "chair"
    )  # type: ignore[attr-defined]
    app = Bench(desk.acting_as(chair), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#keys")))
        await pilot.press("f7")
        await shows(pilot, AuditQueue)
        queue = app.screen
        assert isinstance(queue, AuditQueue)
        queue.open_audit(desk.caseload.find(GOOD), "K")
        await pilot.pause()
        assert app.screen is queue
        assert not app.at.audits.of(desk.caseload.find(GOOD))
    app = Bench(desk.acting_as(AUDITOR), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, GOOD, "L-observed")
        assert not screen.query("#minutes")
        assert all(mark.given == "" and not mark.evidence for mark in screen.audit.marks)
        await pilot.press("1")
        first = screen.question.id
        await until(pilot, lambda: bool(app.stored(GOOD, "L-observed").mark(first).chosen))
        assert not app.at.audits.of(app.at.caseload.find(GOOD)), "an observation is no audit"


async def test_a_finished_audit_changes_no_more_until_it_is_opened_again(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, GOOD)
        asked = await at(pilot, screen, How.PERSON)
        await pilot.press("1", "f10")
        await shows(pilot, Listing)
        await pilot.press("enter")
        await until(pilot, lambda: app.stored(GOOD).state is AuditState.FINISHED)
        await shows(pilot, AuditScreen)
        await pilot.press("2")
        await pilot.pause()
        assert app.stored(GOOD).mark(asked).chosen == screen.question.options[0].key
        await pilot.press("f10")
        await shows(pilot, Listing)
        await pilot.press("enter")
        await until(pilot, lambda: app.stored(GOOD).state is AuditState.BEGUN)


async def test_a_second_auditor_stands_beside_the_first(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    other = desk.acting_as("Second Reader").audits
    begun = other.begin(desk.caseload.find(GOOD), "K")
    person = next(m.question for m in begun.marks if m.given_how is How.PERSON)
    other.finish(other.answer(begun, person, begun.form.question(person).options[1].key))
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, GOOD)
        await at(pilot, screen, How.PERSON)
        await pilot.press("1", "ctrl+f", "x")
        await pilot.pause()
        assert app.screen is screen, "nobody reads the other's answers before their own are given"
        await pilot.press("f10")
        await shows(pilot, Listing)
        await pilot.press("enter")
        await shows(pilot, AuditScreen)
        await pilot.press("ctrl+f", "x")
        await shows(pilot, Page)
        page = "\n".join(str(s.render()) for s in app.screen.query("Static"))
        assert "Second Reader" in page
        assert "<> talk this over" in page


async def test_letters_are_read_and_written_as_word(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, POOR)
        await pilot.press("ctrl+f", "s")
        await shows(pilot, Paper)
        await pilot.press("w")
        folder = app.at.documents
        await until(pilot, lambda: len(list(folder.glob("*_feedback_*.docx"))) == 2)
        for path in folder.glob("*_feedback_*.docx"):
            assert len(Document(str(path)).paragraphs) > 3


async def test_the_board_page_trends_and_figures_open_from_the_queue(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    begun = desk.audits.begin(desk.caseload.find(GOOD), "K")
    person = next(m.question for m in begun.marks if m.given_how is How.PERSON)
    desk.audits.finish(
        desk.audits.answer(begun, person, begun.form.question(person).options[0].key)
    )
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#keys")))
        await pilot.press("f7")
        await shows(pilot, AuditQueue)
        await pilot.press("f8")
        await shows(pilot, Listing)
        await pilot.press("enter")
        await shows(pilot, Paper)
        paper = app.screen
        assert isinstance(paper, Paper)
        await until(pilot, lambda: bool(paper.text), 30)
        await pilot.press("w")
        await until(pilot, lambda: len(list(app.at.documents.glob("board_*.docx"))) == 1)
        await pilot.press("escape")
        await shows(pilot, AuditQueue)
        await pilot.press("f6")
        await shows(pilot, Paper)
        paper = app.screen
        assert isinstance(paper, Paper)
        await until(pilot, lambda: bool(paper.text), 30)
        assert "of 1 answer" in paper.text
        assert f"In {len(app.at.audits.lot(Q4[0], Q4[1]).held)} meetings" in paper.text
        await pilot.press("escape")
        await shows(pilot, AuditQueue)
        await pilot.press("f9")
        await shows(pilot, FiguresScreen)
        figures = app.screen
        assert isinstance(figures, FiguresScreen)
        behind = next(n for n, f in enumerate(figures.figures) if f.counted)
        rows = figures.query_one(RowList)
        rows.show_current(str(behind))
        await pilot.press("enter")
        await shows(pilot, Page)
        page = "\n".join(str(s.render()) for s in app.screen.query("Static"))
        assert all(row.ref in page for row in figures.figures[behind].counted)


async def test_a_masked_audit_shows_no_words_of_the_meeting(tmp_path: Path) -> None:
    app = Bench(desk_of(tmp_path), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, POOR)
        before = "\n".join(line.plain for line in screen.marked.lines)
        assert "To review." in before
        await pilot.press("f12")
        await until(pilot, lambda: SHARING.on)
        after = "\n".join(line.plain for line in screen.marked.lines)
        assert "To review." not in after
        assert screen.query_one("#comment", Words).read_only
