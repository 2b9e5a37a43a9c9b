"""Nothing typed is ever lost: typing while saves are made and somebody else writes."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.errors import NotSaved
from panelkit.opened.session import Session, Spot
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.store.record import Record
from panelkit.tui.screens.conflict import ConflictScreen
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.words import Words
from panelkit.wiring import Settings, open_desk
from tests.desk import Harness, fresh_meeting, make_desk
from tests.pty_program import KEYS
from tests.tui.program import settle
from tests.tui.test_minute_desk import Bench, closed_desk
from tests.tui.test_program import read_for, record_in_a6, run

OFFENCE = Spot("A6", "index_offence")
FACTS = Spot("A6", "offence_summary")
WORDS = "He was seen at the flat on 3 May, and again on the ninth."


class Other:
    """Somebody else, at a desk of their own on the same record."""

    def __init__(self, folder: Path, ref: str) -> None:
        self.desk = open_desk(Settings(who="Dylan Ashgrove"), folder / "record.db")
        self.ref = ref

    def writes(self, spot: Spot, text: str) -> None:
        """Each try waits a quarter of a second for its turn, and is made again, as a screen does."""
        for left in reversed(range(40)):
            meeting = self.desk.caseload.find(self.ref)
            try:
                self.desk.chairing.record_answer(meeting, spot.owner, spot.field, text)
            except NotSaved:
                if not left:
                    raise
            else:
                return

    def reads(self, spot: Spot) -> str:
        return self.desk.caseload.find(self.ref).text(spot.owner, spot.field)


def running(folder: Path) -> Desk:
    desk = make_desk(folder)
    meeting = desk.chairing.start(fresh_meeting(desk))
    meeting = desk.chairing.statement_given(desk.chairing.check_in_all(meeting), "read")
    desk.chairing.move_to(meeting, "A6")
    return desk


def box_at(app: Harness, spot: Spot) -> FieldBox:
    return next(box for box in app.screen.query(FieldBox) if box.spot == spot)


def editor_at(app: Harness, spot: Spot) -> Words:
    editor = box_at(app, spot).editor
    assert isinstance(editor, Words)
    return editor


async def test_a_save_between_a_key_and_its_message_keeps_the_key(tmp_path: Path) -> None:
    app = Harness(running(tmp_path), "HM-0900-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        other, session = Other(tmp_path, "HM-0900-1"), app.meeting_screen.session
        editor, now = editor_at(app, OFFENCE), 1e9
        for place, character in enumerate(WORDS):
            editor.insert(character)  # the message that reports it is only queued
            now += 1.0
            if place % 3 == 0:
                other.writes(FACTS, f"seen {place} times")
            session.tick(now)
            assert editor.text == WORDS[: place + 1]
            if place % 7 == 0:
                await settle(pilot)
        await settle(pilot)
        session.tick(now + 1)
        assert editor.text == app.stored.text("A6", "index_offence") == WORDS
        assert app.stored.text("A6", "offence_summary") == f"seen {len(WORDS) - 3} times"
        assert session.conflicts == []
        print(f"{len(WORDS)} keys, a save after each before its message: 0 lost, 0 conflicts")


async def test_what_somebody_else_wrote_is_not_overwritten_unseen(tmp_path: Path) -> None:
    app = Harness(running(tmp_path), "HM-0900-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        other, session = Other(tmp_path, "HM-0900-1"), app.meeting_screen.session
        editor = editor_at(app, OFFENCE)
        session.typed_at = 1e12  # they go on typing, however long a save takes here
        editor.insert("mine")
        other.writes(OFFENCE, "theirs")
        session.tick(1e9)
        editor.insert(" goes on")  # typed before anybody is asked
        await settle(pilot)
        assert app.stored.text("A6", "index_offence") == "theirs", "nobody chose yet"
        assert editor.text == "mine goes on", "what is typed stays where it is typed"
        assert app.screen is app.meeting_screen, "nothing pops up while somebody types"
        assert session.text(OFFENCE) == "mine goes on"
        session.save_all()
        kept = app.desk.chairing.record.drafts(session.meeting.id, session.chairing.who)
        assert kept == {"conflict A6 index_offence": "mine goes on"}
        session.typed_at = 0.0
        app.meeting_screen.show_conflict()
        await settle(pilot)
        assert isinstance(app.screen, ConflictScreen)
        other.writes(OFFENCE, "theirs, longer")
        session.tick(2e9)
        await settle(pilot)
        assert "theirs, longer" in str(app.screen.query_one("#theirs").render())
        chosen = app.screen.conflict
        await pilot.press("exclamation_mark", "f8")
        await settle(pilot)
        # The timer of the form may come once more before it is gone.
        assert not session.keep_choice(chosen, "theirs, longer\nmine goes on!")
        assert app.stored.text("A6", "index_offence") == "mine goes on!"
        assert editor.text == "mine goes on!"
        assert not app.desk.chairing.record.drafts(session.meeting.id, session.chairing.who)


async def test_an_editor_filled_before_the_other_wrote_does_not_overwrite(tmp_path: Path) -> None:
    """The meeting was read again, the editor is still as before: the first key is a conflict."""
    app = Harness(running(tmp_path), "HM-0900-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        other, screen = Other(tmp_path, "HM-0900-1"), app.meeting_screen
        session = screen.session
        session.unwatch(screen._session_changed)
        other.writes(OFFENCE, "theirs")
        session.look()
        editor_at(app, OFFENCE).insert("mine")
        session.tick(1e9)
        assert other.reads(OFFENCE) == "theirs"
        assert [(c.theirs, c.mine) for c in session.conflicts] == [("theirs", "mine")]


async def test_a_third_text_is_not_overwritten_by_the_choice(tmp_path: Path) -> None:
    desk = running(tmp_path)
    session, other = (
        Session(desk.chairing, desk.caseload.find("HM-0900-1")),
        Other(tmp_path, "HM-0900-1"),
    )
    session.typed(OFFENCE, "mine", 0.0)
    other.writes(OFFENCE, "theirs")
    session.tick(1.0)
    other.writes(OFFENCE, "a third text")  # after the two were shown
    session.settle(session.conflicts[0], "mine")
    assert other.reads(OFFENCE) == "a third text"
    assert [(c.theirs, c.mine) for c in session.conflicts] == [("a third text", "mine")]


def test_what_another_wrote_just_before_our_save_is_seen(tmp_path: Path) -> None:
    desk = running(tmp_path)
    session, other = (
        Session(desk.chairing, desk.caseload.find("HM-0900-1")),
        Other(tmp_path, "HM-0900-1"),
    )
    session.typed(OFFENCE, "mine", 0.0)
    other.writes(FACTS, "theirs")
    session.flush()
    session.look()
    assert session.text(FACTS) == "theirs"
    assert other.reads(OFFENCE) == "mine"


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("due", "12 Jan 2027", "2027-01-12"),
        ("text", "Visit, unannounced", None),
        ("owner", "Imran", None),
    ],
)
async def test_forms_keep_every_key_too(
    tmp_path: Path, field: str, typed: str, stored: str | None
) -> None:
    desk = running(tmp_path)
    action = e.Action(id=new_id(), text="", owner="", organisation="Harrowmere Police")
    desk.chairing.add(desk.caseload.find("HM-0900-1"), action)
    app = Harness(desk, "HM-0900-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen, other = app.meeting_screen, Other(tmp_path, "HM-0900-1")
        screen.open_entry(e.Action, action.id)
        await settle(pilot)
        editor, now = editor_at(app, Spot("actions", field, action.id)), 1e9
        editor.focus()
        await settle(pilot)
        for place, character in enumerate(typed):
            editor.insert(character)
            now += 3.0
            other.writes(FACTS, f"seen {place}")
            screen.session.tick(now)
            assert editor.text == typed[: place + 1]
            if place % 4 == 0:
                await settle(pilot)
        screen.session.tick(now + 3)
        held = screen.session.stored(Spot("actions", field, action.id))
        assert held == (stored or typed)
        assert not screen.session.conflicts


async def test_the_draft_editor_keeps_every_key(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        draft = app.draft
        box = draft.boxes[0]
        editor, now, before = box.editor, 1e9, box.editor.text  # type: ignore[union-attr]
        assert isinstance(editor, Words)
        editor.move_cursor(editor.document.end)
        for place, character in enumerate(WORDS):
            editor.insert(character)
            now += 1.0
            draft.session.tick(now)
            assert editor.text == before + WORDS[: place + 1]
            if place % 9 == 0:
                await settle(pilot)
        await draft.go_to(draft.states[-1].key)
        await settle(pilot)
        spot = box.spot
        assert draft.session.stored(spot) == before + WORDS


async def test_a_section_made_again_keeps_the_key_before(tmp_path: Path) -> None:
    desk = closed_desk(tmp_path)
    app = Bench(desk, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        draft = app.draft
        box = draft.boxes[0]
        before = box.editor.text  # type: ignore[union-attr]
        box.editor.insert("X", (0, 0))  # type: ignore[union-attr]
        await draft.remake()
        await settle(pilot)
        assert draft.boxes[0].editor.text == "X" + before  # type: ignore[union-attr]
        assert draft.session.stored(box.spot) == "X" + before


async def test_what_cannot_be_read_is_there_again_after_a_kill(tmp_path: Path) -> None:
    desk = running(tmp_path)
    action = e.Action(id=new_id(), text="Visit", owner="Imran Sarwar")
    desk.chairing.add(desk.caseload.find("HM-0900-1"), action)
    spot = Spot("actions", "due", action.id)
    first = Session(desk.chairing, desk.caseload.find("HM-0900-1"))
    first.typed(spot, "some day in Lent", 0.0)
    first.tick(1.0)
    assert first.unsaved[spot].problem
    again = Session(desk.chairing, desk.caseload.find("HM-0900-1"))
    assert again.text(spot) == "some day in Lent"
    again.typed(spot, "2027-02-12", 2.0)
    again.tick(3.0)
    assert again.stored(spot) == "2027-02-12"
    assert not desk.chairing.record.drafts(again.meeting.id, again.chairing.who)


async def test_one_line_is_tried_again_after_a_failed_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Harness(running(tmp_path), "HM-0900-1")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        record, who = app.desk.chairing.record, app.desk.chairing.who
        app.meeting_screen.action_note()
        await settle(pilot)
        kept = record.set_draft

        def full(*_given: object) -> None:
            raise NotSaved("The disk is full.")

        monkeypatch.setattr(record, "set_draft", full)
        app.screen.query_one(Words).insert("flat falls through")
        app.screen.save_everything()  # type: ignore[attr-defined]
        monkeypatch.setattr(record, "set_draft", kept)
        app.screen.save_everything()  # type: ignore[attr-defined]
        assert record.draft(app.stored.id, who, "note") == "flat falls through"


def test_one_place_that_fails_does_not_keep_the_next_from_being_saved(tmp_path: Path) -> None:
    desk = running(tmp_path)
    session = Session(desk.chairing, desk.caseload.find("HM-0900-1"))

    def broken() -> None:
        raise RuntimeError

    session.watch(broken)
    session.attend(broken)
    session.typed(OFFENCE, "one", 0.0)
    session.typed(FACTS, "two", 0.0)
    with pytest.raises(RuntimeError):
        session.save_all()
    stored = desk.caseload.find("HM-0900-1")
    assert (stored.text("A6", "index_offence"), stored.text("A6", "offence_summary")) == (
        "one",
        "two",
    )


# -- the real program ------------------------------------------------------------------------


def answers(path: Path, ref: str) -> dict[str, str]:
    record = Record.open(path)
    try:
        meeting = record.load(ref)
        found = {
            f"{i}.{f}": a.text for (i, f), a in meeting.answers.items() if i == "A6" and a.text
        }
        return found | {f"note {n.place}": n.text for n in meeting.rows.get("notes", ())}
    finally:
        record.close()


@pytest.mark.reliability
@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            "alpha" + KEYS["tab"] + "beta" + KEYS["shift+tab"] + KEYS["ctrl+e"] + " gamma",
            {"A6.index_offence": "alpha gamma", "A6.offence_summary": "beta"},
        ),
        (
            "one " + KEYS["ctrl+n"] + "LHA i A11: flat falls through" + KEYS["enter"] + "two",
            {"A6.index_offence": "one two", "note A11": "flat falls through"},
        ),
        (
            "one" + KEYS["f4"] + KEYS["f3"] + "two",  # coming back is to the first field owed
            {"A6.index_offence": "one", "A6.offence_summary": "two"},
        ),
        (
            "one" + KEYS["ctrl+f"] + "nn" + KEYS["ctrl+f"] + "b" + "two" + KEYS["ctrl+q"],
            {"A6.index_offence": "one", "A6.offence_summary": "two"},
        ),
    ],
)  # fmt: skip
def test_what_is_typed_ahead_goes_where_the_keys_lead(
    tmp_path: Path, keys: str, expected: dict[str, str]
) -> None:
    path, ref = record_in_a6(tmp_path)
    with run(path, ref) as program:
        program.wait_for_text("Index offence")
        program.settle()
        program.press(keys)  # at once, as over a slow line
        program.wait_until(lambda: answers(path, ref) == expected, f"{expected}")
        assert b"Traceback" not in program.raw


@pytest.mark.reliability
@pytest.mark.timeout(300)
def test_typing_for_a_while_beside_another_writer_loses_nothing(tmp_path: Path) -> None:
    """Ten keys a second over many saves; somebody else writes another field all the while."""
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    path, ref = record_in_a6(tmp_path)
    other = Other(tmp_path, ref)
    typed: dict[str, list[str]] = {"index_offence": [], "offence_summary": []}
    field, writes = "index_offence", 0
    with run(path, ref) as program:
        program.wait_for_text("Index offence")
        program.settle()
        for number in range(300):
            if number and number % 40 == 0:
                key = "tab" if field == "index_offence" else "shift+tab"
                program.press(KEYS[key] + KEYS["ctrl+e"])
                field = "offence_summary" if field == "index_offence" else "index_offence"
            character = chance.choice("abcdefgh ")
            program.press(character)
            typed[field].append(character)
            read_for(program, chance.uniform(0.0, 0.08))
            if number % 10 == 0:
                other.writes(Spot("A8", "diversity_needs"), f"seen {number}")
                writes += 1
        wanted = {f"A6.{name}": "".join(found) for name, found in typed.items()}
        program.wait_until(lambda: answers(path, ref) == wanted, "every key stored")
    print(f"300 keys, seed {seed}, {writes} writes of another beside: 0 lost, 0 altered")
