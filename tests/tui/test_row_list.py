"""A list's columns fill the line it has, and are laid out for it once."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from panelkit.tui.widgets import rowlist
from panelkit.tui.widgets.rowlist import Row, RowList
from tests.tui.program import settle

ROWS = [
    Row(str(n), ("state", f"what is written of line {n}, at some length", "end")) for n in range(5)
]


class Half(Screen[None]):
    """A list in the left half."""

    CSS = "#left { width: 50%; }"

    def compose(self) -> ComposeResult:
        with Vertical(id="left"):
            yield RowList(ROWS, (8, 30, 10))


class Over(ModalScreen[None]):
    """A list in a small window."""

    CSS = "#small { width: 20%; }"

    def compose(self) -> ComposeResult:
        with Vertical(id="small"):
            yield RowList(ROWS, (8, 30, 10))


def shown(screen: Screen[None]) -> list[str]:
    return [str(option.prompt) for option in screen.query_one(RowList).options]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each row that was laid out, as often as it was."""
    monkeypatch.setattr(rowlist, "_seen", {})
    found: list[str] = []
    made = RowList._option

    def counted(self: RowList, row: Row) -> object:
        found.append(row.id)
        return made(self, row)

    monkeypatch.setattr(RowList, "_option", counted)
    return found


async def test_a_screen_that_comes_up_again_lays_its_rows_out_once(drawn: list[str]) -> None:
    app: App[None] = App()
    async with app.run_test(size=(120, 40)) as pilot:
        first = Half()
        await app.push_screen(first)
        await settle(pilot)
        fitted, before = shown(first), len(drawn)
        assert first.query_one(RowList).size.width == 60
        assert before > len(ROWS), "nothing was known of its width yet"
        await app.pop_screen()
        again = Half()
        await app.push_screen(again)
        await settle(pilot)
        assert len(drawn) - before == len(ROWS)
        assert shown(again) == fitted


async def test_what_lies_over_a_list_does_not_take_its_width(drawn: list[str]) -> None:
    app: App[None] = App()
    async with app.run_test(size=(120, 40)) as pilot:
        under = Half()
        await app.push_screen(under)
        await app.push_screen(Over())
        await settle(pilot)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert under.query_one(RowList).size.width == 50
        await app.pop_screen()
        before = len(drawn)
        await app.push_screen(Over())
        await settle(pilot)
        assert len(drawn) - before == len(ROWS)


async def test_another_terminal_lays_them_out_for_itself(drawn: list[str]) -> None:
    app: App[None] = App()
    async with app.run_test(size=(120, 40)) as pilot:
        page = Half()
        await app.push_screen(page)
        await settle(pilot)
        wide = shown(page)
        await pilot.resize_terminal(60, 24)
        await settle(pilot)
        assert page.query_one(RowList).size.width == 30
        assert max(map(len, shown(page))) <= 30 < max(map(len, wide))
        assert drawn
