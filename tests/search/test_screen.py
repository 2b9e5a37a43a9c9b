"""Words found as they are typed, key by key; what is asserted is what was stored, or stands on screen."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from panelkit.domain.people import Access, Role
from panelkit.services.finding import Finding, Page
from panelkit.services.people import People
from panelkit.tui.screens import find
from panelkit.tui.screens.curtain import Curtain
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.screens.find import NOTHING, FindScreen
from panelkit.tui.screens.home import HomeScreen
from panelkit.tui.screens.meeting import MeetingScreen
from panelkit.tui.widgets.foundlist import FoundList
from panelkit.tui.widgets.words import Line
from tests.desk import make_desk, until
from tests.tui.program import Program, settle

REVIEW = "WM-0143-3"


async def searching(pilot: Pilot[None], app: Program) -> FindScreen:
    """From home, by its key."""
    await settle(pilot)
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(app.screen, FindScreen) and bool(app.screen.query(Line)))
    return app.screen  # type: ignore[return-value]


async def typed(pilot: Pilot[None], screen: FindScreen, words: str) -> Page:
    """Every letter a key; what was found for all of them."""
    for letter in words:
        await pilot.press({" ": "space", '"': "quotation_mark", "-": "minus"}.get(letter, letter))
    whole = Finding(screen.desk.caseload.record, screen.desk.clock, "x").find(
        words, still_typing=True
    )
    wanted = [each.place for each in whole.found]
    await until(
        pilot, lambda: screen.page is not None and not screen._runs
        and [each.place for each in screen.page.found] == wanted,
    )  # fmt: skip
    await pilot.pause()
    assert screen.page is not None
    return screen.page


def state(screen: FindScreen) -> str:
    return str(screen.query_one("#state", Static).content)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_words_are_found_as_they_are_typed_and_open_where_they_stand(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = Program(make_desk(tmp_path, samples=("l2_review_carried_actions",)), tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await searching(pilot, app)
        assert "Type words" in app.shown()
        page = await typed(pilot, screen, "nine weeks")
        shown = app.shown()
        assert page.found[0].ref in shown
        assert "nine weeks" in shown
        assert "Enter Open" in shown.splitlines()[-1]
        for line in shown.splitlines():
            assert len(line) <= size[0]
        answer = next(n for n, each in enumerate(page.found) if not each.entry and each.item)
        for _ in range(answer):
            await pilot.press("down")
        wanted = page.found[answer]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
        meeting = app.meeting_screen
        await until(pilot, lambda: meeting.current == wanted.item)
        await until(pilot, lambda: meeting._focused_field() == wanted.field)
        assert meeting.session.meeting.ref == wanted.ref


async def test_an_entry_is_opened_and_leaving_the_meeting_comes_back_to_what_was_found(
    tmp_path: Path,
) -> None:
    app = Program(make_desk(tmp_path, samples=("l2_review_carried_actions",)), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        page = await typed(pilot, screen, "police visit")
        entry = next(n for n, each in enumerate(page.found) if each.entry)
        for _ in range(entry):
            await pilot.press("down")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EntryForm))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen))
        await pilot.press("ctrl+f", "q")
        await until(pilot, lambda: app.screen is screen)
        assert screen.query_one(Line).text == "police visit"
        assert screen.query_one(FoundList).option_count == len(page.found)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    review = app.at.caseload.find(REVIEW)
    noted = [what for _at, _who, what in app.at.caseload.record.openings(review.id)]
    assert noted.count("opened: a search") == 1, "once, however often it was on the screen"
    assert "opened: the meeting" in noted


async def test_nothing_found_and_one_case_alone(tmp_path: Path) -> None:
    samples = ("l2_review_carried_actions", "l2_initial")
    app = Program(make_desk(tmp_path, samples=samples), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        page = await typed(pilot, screen, "police")
        assert len({each.ref for each in page.found}) > 1
        alone = page.found[0].case_id
        await pilot.press("f5")
        await until(pilot, lambda: {each.case_id for each in screen.page.found} == {alone})  # type: ignore[union-attr]
        assert "alone" in str(screen.query_one("#top", Static).content)
        await pilot.press("f5")
        await until(pilot, lambda: len(screen.page.found) == len(page.found))  # type: ignore[union-attr]
        await typed(pilot, screen, "zzqx")
        assert state(screen) == NOTHING


async def test_older_places_are_a_key_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panelkit.services.finding.WINDOW", 5)
    app = Program(make_desk(tmp_path, samples=("l2_review_carried_actions",)), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        first = await typed(pilot, screen, "police")
        assert "F8 lists older ones" in state(screen)
        await pilot.press("f8")
        await until(pilot, lambda: screen.page is not first and not screen._runs)
        assert screen.page is not None
        assert not {(r.place, r.ref) for r in screen.page.found} & {
            (r.place, r.ref) for r in first.found
        }
        assert "F7 goes back" in state(screen)
        await pilot.press("f7")
        await until(
            pilot, lambda: [r.place for r in screen.page.found] == [r.place for r in first.found]
        )  # type: ignore[union-attr]


async def test_no_key_waits_for_a_search_that_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look hangs: letters go on into the line, and it is looked for once it is back."""
    app = Program(make_desk(tmp_path, samples=("l2_review_carried_actions",)), tmp_path)
    going, let_go = threading.Event(), threading.Event()
    real, asked = Finding.find, []

    def slow(self: Finding, words: str, **said: Any) -> Page:
        asked.append(words)
        going.set()
        assert let_go.wait(60)
        return real(self, words, **said)

    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        monkeypatch.setattr(Finding, "find", slow)
        await pilot.press("p")
        await until(pilot, going.is_set)
        for letter in "olice":
            await pilot.press(letter)
        assert screen.query_one(Line).text == "police"
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert asked == ["p"], "one at a time"
        let_go.set()
        await until(pilot, lambda: screen.page is not None and bool(screen.page.found))
        assert asked[-1] == "police"
        assert len(asked) <= 3


async def test_what_was_read_is_journaled_and_what_flashed_by_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "RESTS", 0.05)
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    record = desk.caseload.record
    app = Program(desk, tmp_path)
    review = desk.caseload.find(REVIEW)

    def searches() -> int:
        return [what for _at, _who, what in record.openings(review.id)].count("opened: a search")

    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        assert searches() == 0
        page = await typed(pilot, screen, "police")
        assert any(each.ref == REVIEW for each in page.found)
        await until(pilot, lambda: searches() == 1)
    assert searches() == 1


async def test_the_search_is_never_on_a_shared_screen(tmp_path: Path) -> None:
    app = Program(make_desk(tmp_path, samples=("l2_review_carried_actions",)), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        await typed(pilot, screen, "nine weeks")
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, Curtain))
        assert "nine weeks" not in app.shown()
        app.set_mask(by_person=False, by_idleness=False)
        await until(pilot, lambda: app.screen is screen)


async def test_a_case_that_somebody_is_barred_from_is_not_on_their_screen(
    tmp_path: Path, cheap_slots: None
) -> None:
    from panelkit.services.entering import enter
    from panelkit.store.tries import Tries
    from panelkit.wiring import Settings, desk_over
    from tests.desk import Clock
    from tests.tui.test_roles import OMAR, WORDS, desk_as

    desk = desk_as(tmp_path, Role.CHAIR)
    desk.caseload.record.close()
    ruth = enter(
        tmp_path / "r.db",
        "Ruth Calloway",
        "",
        "a passphrase of Ruth",
        Tries(tmp_path / "t"),
        Clock(),
    )
    People(ruth, Clock()).set_access("WM-0143", OMAR, Access.BARRED)
    ruth.close()
    record = enter(tmp_path / "r.db", OMAR, "", WORDS, Tries(tmp_path / "t"), Clock())
    app = Program(desk_over(Settings(clock=Clock()), record), tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searching(pilot, app)
        page = await typed(pilot, screen, "police")
        assert page.found == ()
        assert state(screen) == NOTHING
