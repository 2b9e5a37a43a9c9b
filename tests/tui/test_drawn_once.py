"""A screen that comes up is styled and laid out once, and again as soon as there is cause."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from panelkit.tui import drawnonce
from tests.desk import Harness, make_desk
from tests.tui.program import settle


class Page(Screen[None]):
    """A line at the bottom, as wide as the terminal."""

    CSS = "#last { dock: bottom; width: 1fr; height: 1; background: $surface; }"

    def compose(self) -> ComposeResult:
        for n in range(12):
            yield Static(f"line {n}")
        yield Static("the last", id="last")

    @property
    def last(self) -> Region:
        return self.query_one("#last").region


class Over(ModalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Static("over it")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a page was laid out at once, and its widgets styled again."""
    found: Counter[str] = Counter()
    lay_out, style = drawnonce._is_resized, Screen.update_node_styles

    def laid_out(screen: Screen[Any], *args: Any) -> None:
        found["for its size"] += isinstance(screen, Page)
        lay_out(screen, *args)

    def styled(screen: Screen[Any], *args: Any, **options: Any) -> None:
        found["styled"] += isinstance(screen, Page)
        style(screen, *args, **options)

    monkeypatch.setattr(drawnonce, "_is_resized", laid_out)
    monkeypatch.setattr(Screen, "update_node_styles", styled)
    return found


async def test_a_screen_that_comes_up_is_styled_and_laid_out_once(counted: Counter[str]) -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        page = Page()
        await app.push_screen(page)
        await settle(pilot)
        assert page.last == Region(0, 23, 80, 1)
        assert not +counted
        await app.push_screen(Over())
        await settle(pilot)
        assert page.last == Region(0, 23, 80, 1)
        assert not counted["for its size"]


async def test_another_size_is_drawn_at_once_on_top_and_behind() -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        page = Page()
        await app.push_screen(page)
        for width, height in ((120, 40), (80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            assert page.last == Region(0, height - 1, width, 1)
        await app.push_screen(Over())
        for width, height in ((80, 24), (100, 30)):
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            assert page.last == Region(0, height - 1, width, 1)
        await app.pop_screen()
        await settle(pilot)
        assert page.last == Region(0, 29, 100, 1)


async def test_what_asked_for_a_layout_gets_it_also_behind_what_came_over_it() -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        page = Page()
        await app.push_screen(page)
        await settle(pilot)
        page.query_one("#last").styles.height = 3
        app.push_screen(Over())
        await settle(pilot)
        assert page.last == Region(0, 21, 80, 3)


async def test_a_screen_that_comes_up_again_is_styled_as_the_program_is_by_then() -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        page = Page()
        app.install_screen(page, "page")
        await app.push_screen("page")
        await settle(pilot)
        before = page.query_one("#last").styles.background
        await app.pop_screen()
        app.theme = "textual-light"
        await settle(pilot)
        await app.push_screen("page")
        await settle(pilot)
        assert page.query_one("#last").styles.background != before


async def test_words_are_as_wide_at_an_item_that_scrolls_as_at_one_that_does_not(
    tmp_path: Path,
) -> None:
    app = Harness(make_desk(tmp_path, samples=("l2_review_carried_actions",)), "WM-0143-3")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        wide = {}
        for code in app.meeting_screen.codes():
            await app.meeting_screen.go_to(code)
            await settle(pilot)
            pane = app.meeting_screen.pane
            assert pane is not None
            wide[code] = (pane.max_scroll_y > 0, pane.query_one(".say").region.width)
        scrolls = {width for is_scrolled, width in wide.values() if is_scrolled}
        stands = {width for is_scrolled, width in wide.values() if not is_scrolled}
        assert len(scrolls) == 1
        assert scrolls == stands
