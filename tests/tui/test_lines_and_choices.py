"""Lines that are drawn when they change, choices that are not broken in two, names that are whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import Category
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.lines import Lines
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.still import Still
from tests.desk import Harness, make_desk
from tests.tui.program import settle

LABELS = [member.label for member in Category]


def shown(widget: Lines | Choice) -> list[str]:
    return [strip.text.rstrip() for strip in widget.render_lines(widget.outer_size.region)]


class Showing(App[None]):
    """One widget on a small screen."""

    def __init__(self, widget: Lines | Choice | Still) -> None:
        super().__init__()
        self.widget = widget
        self.clicked: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_lines_clicked(self, event: Lines.Clicked) -> None:
        self.clicked.append(event.place)


@pytest.mark.parametrize("width", [30, 44, 70, 200])
async def test_a_choice_is_never_parted_from_its_box(width: int) -> None:
    choice = Choice(Category, ("2",))
    async with Showing(choice).run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        lines = shown(choice)
        assert not [line for line in lines if line.endswith(("( )", "(•)", "(")) or not line]
        whole = " ".join(" ".join(lines).split())
        assert [label for label in LABELS if label not in whole] == []
        assert max(map(len, lines)) <= width


async def test_lines_show_what_they_were_told_last_and_only_that() -> None:
    lines = Lines([Content(f"line {n}") for n in range(4)], 1)
    async with Showing(lines).run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        assert shown(lines) == ["line 0", "line 1", "line 2", "line 3", "", ""]
        marked = lines.render_line(1)
        lines.show([Content("line 0"), Content("line 1"), Content("other")], 2)
        await pilot.pause()
        assert shown(lines) == ["line 0", "line 1", "other", "", "", ""]
        assert lines.render_line(1) != marked  # no longer the marked one
        lines.show([Content("line 0").stylize("bold"), Content("line 1"), Content("other")], 2)
        assert any(s.style and s.style.bold for s in lines.render_line(0))


async def test_the_marked_line_is_kept_in_sight_and_a_click_says_which_line() -> None:
    lines = Lines([Content(f"line {n}") for n in range(40)], 0)
    app = Showing(lines)
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        lines.show(lines.lines, 30)
        await pilot.pause()
        assert "line 30" in shown(lines)
        await pilot.click(lines, offset=(1, shown(lines).index("line 30")))
        await pilot.pause()
        assert app.clicked == [30]


async def test_words_that_did_not_change_are_not_drawn_again() -> None:
    still = Still(Content("the same"))
    async with Showing(still).run_test(size=(20, 4)) as pilot:
        await pilot.pause()
        drawn: list[object] = []
        still.refresh = lambda *a, **k: drawn.append((a, k)) or still  # type: ignore[method-assign]
        still.update(Content("the same"))
        assert drawn == []
        still.update(Content("the same").stylize("bold"))
        still.update(Content("other"))
        assert len(drawn) == 2
        assert isinstance(still, Static)
        assert str(still.content) == "other"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_names_in_the_room_are_whole_at_every_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = Harness(desk, "WM-0143-3")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await app.meeting_screen.go_to("A1")
        await settle(pilot)
        rows = app.screen.query_one("#pane-A1 RoomBoard RowList", RowList)
        strips = rows.render_lines(rows.virtual_size.region)
        drawn = "\n".join(strip.text for strip in strips)
        people = app.stored.of(e.Attendance)[: rows.size.height]
        assert len(people) > 2
        assert [p.name for p in people if p.name not in drawn] == []


@pytest.mark.parametrize("turns", range(8))
async def test_an_item_is_opened_while_it_is_being_built_ahead(tmp_path: Path, turns: int) -> None:
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    app = Harness(desk, "WM-0143-3")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = app.meeting_screen
        await screen.go_to("A8")
        screen._built.pop("A9", None)
        for pane in screen.query("#pane-A9"):
            await pane.remove()
        ahead = asyncio.create_task(screen._build_ahead())
        for _ in range(turns):
            await asyncio.sleep(0)
        await screen.go_to("A9")
        await ahead
        await settle(pilot)
        assert screen.current == "A9"
        assert len(screen.query("#pane-A9")) == 1
        assert screen.pane is not None
        assert screen.focused in screen.pane.query("*")
