"""The minute taker's desk by keyboard; each journey asserts on what was stored."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from panelkit.domain import entries as e
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import InfoType, MeetingState, YesNo
from panelkit.opened.session import Spot
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.drafting import Drafting
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.minutes.draft import DraftScreen
from panelkit.tui.screens.minutes.queue import MinuteQueue
from panelkit.tui.widgets.rowlist import RowList
from tests.desk import Hands, make_desk, until

SIZES = ((80, 24), (120, 40))
REVIEW = "WM-0143-3"
TAKER = "Dylan Ashgrove"


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.pause()


def closed_desk(folder: Path) -> Desk:
    """The sample review, closed by its chair, with two fresh notes; the minute taker sits down."""
    chair = make_desk(folder, samples=("l2_review_carried_actions",))
    meeting = chair.chairing.close(chair.caseload.find(REVIEW))
    said = (
        ("A11", "Harrowmere City Council Housing", "The flat falls through on 1 June", InfoType.FACT),
        ("", "Harrowmere Police", "seen near the school", None),
    )  # fmt: skip
    for place, speaker, text, kind in said:
        note = e.Note(id=new_id(), place=place, speaker=speaker, text=text, info_type=kind)
        meeting = chair.chairing.add(meeting, note)
    chair.chairing.record.close()
    return make_desk(folder, who=TAKER)


class Bench(PanelkitApp):
    """The program itself, opened at the desk of the review."""

    def __init__(self, desk: Desk, folder: Path, ref: str = REVIEW) -> None:
        super().__init__(desk, ref=ref, crash_folder=folder, minutes=True)

    @property
    def draft(self) -> DraftScreen:
        return next(s for s in self.screen_stack if isinstance(s, DraftScreen))

    @property
    def stored(self) -> Meeting:
        assert self.desk is not None
        return self.desk.caseload.find(REVIEW)

    def side(self) -> str:
        return str(self.draft.query_one("#side-words").render())


@pytest.mark.parametrize("size", SIZES)
async def test_the_queue_opens_from_home_and_says_what_waits(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = closed_desk(tmp_path)
    app = PanelkitApp(desk, crash_folder=tmp_path)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(app.screen, MinuteQueue)
        row = app.screen.query_one(RowList).shown[0]
        assert row.id == REVIEW
        assert "1 unplaced" in row.under
        assert "to write up" in row.under
        assert f"waits on {TAKER} since" in row.under
        assert "draft to chair: in 2 working days" in row.under
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, DraftScreen)
        top = str(app.screen.query_one("#top").render())
        assert "draft" in top
        assert "issue" in top
        await pilot.press("ctrl+f", "q")
        await settle(pilot)
        assert isinstance(app.screen, MinuteQueue)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_enter_on_a_section_opens_it_and_keys_go_on_working(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with asyncio.timeout(60), app.run_test(size=size) as pilot:
        await settle(pilot)
        draft = app.draft
        await pilot.press("f2")
        rail = draft.query_one("#rail", RowList)
        await until(pilot, lambda: rail.has_focus)
        wanted = next(s.key for s in draft.states if s.key != draft.current and s.places)
        rail.show_current(wanted)
        await pilot.press("enter")
        await until(pilot, lambda: draft.current == wanted and bool(draft.boxes))
        await until(pilot, lambda: draft.focused_spot() is not None)
        spot = draft.focused_spot()
        await pilot.press(*"typed after Enter")
        draft.session.flush()
        assert spot is not None
        assert "typed after Enter" in draft.session.text(spot)


@pytest.mark.parametrize("size", SIZES)
async def test_words_of_a_section_are_stored_printed_and_previewed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "words")
        await settle(pilot)
        draft = app.draft
        await draft.go_to("risk")
        await settle(pilot)
        own = draft.pane.boxes[-1]
        own.editor.focus()
        await settle(pilot)
        assert not app.stored.live(e.SectionWords), "nothing is stored that nobody typed"
        await hands.type("The chair summed up ongoing worries")
        # Before it is stored:
        words = "The chair summed up ongoing worries"
        await until(pilot, lambda: words in " ".join(app.side().split()))
        draft.session.flush()
        await settle(pilot)
        words = app.stored.live(e.SectionWords)
        assert [(w.section, w.text, w.typed_by) for w in words] == [
            ("risk", "The chair summed up ongoing worries", TAKER)
        ]
        assert "The chair summed up ongoing worries" in desk.minute_taking.text(app.stored)
        await hands.press("f9")
        await settle(pilot)
        assert "“ongoing”" in app.side()
        await hands.press("ctrl+f", "q")
        await settle(pilot)
        assert isinstance(app.screen, MinuteQueue)


async def test_a_note_becomes_prose_and_is_kept_and_undo_lets_it_wait_again(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "note")
        await settle(pilot)
        draft = app.draft
        await draft.go_to("plan")
        await settle(pilot)
        box = next(b for b in draft.pane.boxes if b.spot == Spot("A11", "accommodation"))
        box.editor.focus()
        before = app.stored.text("A11", "accommodation")
        waiting = [n.id for n in draft.state.waiting]
        for _ in waiting:
            await hands.press("f5")
            await settle(pilot)
        stored = app.stored
        sentence = "Harrowmere City Council Housing said that the flat falls through on 1 June."
        assert stored.text("A11", "accommodation").startswith(before)
        assert stored.text("A11", "accommodation").endswith(sentence)
        notes = {n.id: n for n in stored.live(e.Note)}
        assert all(notes[i].settled is YesNo.YES for i in waiting)
        assert notes[waiting[-1]].text == "The flat falls through on 1 June", (
            "the note is as it was"
        )
        assert notes[waiting[-1]].written_in == "A11.accommodation"
        assert not draft.state.waiting
        await hands.press("ctrl+z")
        await settle(pilot)
        draft.session.flush()
        again = app.stored
        assert sentence not in again.text("A11", "accommodation")
        assert again.entry(e.Note, waiting[-1]).settled is None
        assert again.entry(e.Note, waiting[-1]).written_in == ""
        await hands.press("ctrl+y")
        await settle(pilot)
        draft.session.flush()
        assert app.stored.entry(e.Note, waiting[-1]).settled is YesNo.YES
        assert app.stored.text("A11", "accommodation").endswith(sentence)


async def test_a_note_of_a_restricted_part_never_reaches_words_that_all_read(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",), who=TAKER)
    meeting = desk.caseload.find(REVIEW)
    part = e.RestrictedPart(
        id=new_id(), reason="Police intelligence", staying=("Harrowmere Police",)
    )
    meeting = desk.chairing.add(meeting, part)
    secret = e.Note(
        id=new_id(), place="A14", text="the source is at 4 Mill Lane", restricted_part=part.id
    )
    meeting = desk.chairing.add(meeting, secret)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        state = next(s for s in app.draft.states if secret.id in [n.id for n in s.notes])
        await app.draft.go_to(state.key)
        await settle(pilot)
        await pilot.press("f5")
        await settle(pilot)
        stored = app.stored
        assert stored.entry(e.Note, secret.id).settled is None
        assert not [w for w in stored.live(e.SectionWords) if "Mill Lane" in w.text]
        assert not [a for a in stored.answers.values() if "Mill Lane" in a.text]
        assert any("restricted part" in n.message for n in app._notifications)
        app.draft.session.flush()
        assert not [a for a in app.stored.answers.values() if "Mill Lane" in a.text]


@pytest.mark.parametrize("size", SIZES)
async def test_an_unplaced_note_is_placed_from_here(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "place")
        await settle(pilot)
        await hands.press("ctrl+t")
        await hands.type("school")
        await hands.press("enter")
        await hands.type("A9")
        await hands.press("enter")
        await settle(pilot)
        note = next(n for n in app.stored.live(e.Note) if "school" in n.text)
        assert note.place == "A9"
        assert note.settled is None
        assert note.id in [
            n.id for n in next(s for s in app.draft.states if s.key == "victims").waiting
        ]


async def test_revisions_are_compared_and_one_is_restored_as_a_new_one(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    spot = Spot("A6", "offence_summary")
    meeting = desk.caseload.find(REVIEW)
    first = meeting.text("A6", "offence_summary")
    for visit, text in (("one", "He hit a man once."), ("two", "He hit a man twice.")):
        meeting = desk.chairing.record_answer(meeting, "A6", "offence_summary", text, visit=visit)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "revisions")
        await settle(pilot)
        await app.draft.go_to("conviction")
        await settle(pilot)
        next(b for b in app.draft.pane.boxes if b.spot == spot).editor.focus()
        await settle(pilot)
        await hands.press("ctrl+r")
        await settle(pilot)
        between = str(app.screen.query_one("#between").render())
        assert "He hit a man [-once-][+twice+]." in between
        await hands.press("enter")
        await settle(pilot)
        assert app.draft.mode == "differences"
        assert "[-once-][+twice+]" in app.side()
        await hands.press("ctrl+r", "end", "r")
        await settle(pilot)
        assert app.stored.text("A6", "offence_summary") == first
        kept = desk.chairing.record.history(meeting.id, "answer", "A6.offence_summary")
        assert [k.text for k in kept] == [first, "He hit a man once.", "He hit a man twice."]
        assert desk.chairing.record.verify().first_wrong is None


async def test_a_fact_is_corrected_in_the_record_with_a_reason_that_is_journaled(
    tmp_path: Path,
) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "correct")
        await settle(pilot)
        await app.draft.go_to("status")
        await settle(pilot)
        await hands.press("f10")
        await hands.type("lead officer")
        await hands.press("enter")
        await hands.press("enter")
        await settle(pilot)
        assert not [f for f, _w, _a in desk.chairing.record.life(app.stored.id) if f == "corrected"]
        await hands.press("escape")
        await hands.press("f10")
        await hands.type("lead officer")
        await hands.press("enter")
        await hands.type("the officer changed in May")
        await hands.press("enter")
        await settle(pilot)
        assert not [
            f for f, _w, _a in desk.chairing.record.life(app.stored.id) if f == "corrected"
        ], "only with a change"
        await hands.press("end")
        await hands.type(" Junior")
        await hands.press("escape")
        await settle(pilot)
        stored = app.stored
        assert stored.text("A3", "lead_officer").endswith(" Junior")
        assert [
            (f, w) for f, w, _at in desk.chairing.record.life(stored.id) if f == "corrected"
        ] == [("corrected", TAKER)]
        assert "Junior" in str(app.draft.pane.query_one(".facts").render())
        assert desk.chairing.record.verify().first_wrong is None


async def test_a_phrase_is_put_after_the_words_and_its_gaps_are_filled_one_by_one(
    tmp_path: Path,
) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot, "phrase")
        await settle(pilot)
        await app.draft.go_to("victims")
        await settle(pilot)
        app.draft.pane.boxes[-1].editor.focus()
        await settle(pilot)
        await hands.press("f8")
        await hands.type("victim liaison asks")
        await hands.press("enter")
        await settle(pilot)
        await hands.type("1")
        await hands.press("ctrl+n")
        await hands.type("no contact")
        app.draft.session.flush()
        words = app.stored.live(e.SectionWords)[0].text
        assert (
            words
            == "The victim liaison officer reported that V1 asks for no contact; ... will do this by ...."
        )


@pytest.mark.parametrize("size", SIZES)
async def test_a_hidden_column_is_one_key_away_and_nothing_typed_is_lost(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot, "columns")
        await settle(pilot)
        await app.draft.go_to("reason")
        await settle(pilot)
        spot = app.draft.pane.boxes[0].spot
        await hands.press("end")
        await hands.type("Kept")
        for _ in range(3):
            await hands.press("ctrl+l")
        await hands.press("f4", "f3")
        await settle(pilot)
        assert "Kept" in app.stored.text(spot.owner, spot.field)
        assert app.draft.query_one("#middle").display


async def test_approved_words_are_read_and_not_written(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    meeting = desk.caseload.find(REVIEW)
    frozen = meeting.with_facts(state=MeetingState.APPROVED)
    desk.chairing.record.save(meeting, frozen, desk.chairing.by(), command=new_id())
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot, "frozen")
        await settle(pilot)
        before = app.stored
        await hands.type("more")
        await hands.press("f5", "f10")
        await settle(pilot)
        assert app.stored == before
        assert not app.draft.session.unsaved


async def test_masked_words_are_hidden_in_every_column(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await app.draft.go_to("plan")
        await pilot.press("f12")
        await settle(pilot)
        shown = "\n".join(
            "".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()
        )
        assert "falls through" not in shown
        assert app.stored.text("A11", "accommodation")[:20] not in shown


def test_flags_of_a_good_record_are_few_and_of_the_poor_one_many(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions", "poor_record"))
    found = {q.meeting.ref: q.flags for q in Drafting(desk.minute_taking, desk.chairing).queue()}
    assert found["WM-0143-3"] <= 6
    assert found["HM-0188-3"] >= 20


async def test_sections_are_walked_faster_than_they_are_drawn(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        draft = app.draft
        for key in ("risk", "plan", "reason", "victims"):
            draft.run_worker(draft.go_to(key), group="move")
            draft.run_worker(draft.remake(), group="remake")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert len(draft.query("SectionPane")) == 1
        assert draft.pane.state.key == draft.current == "victims"
