"""RV06: what a person typed is shown as typed, and read as nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content
from textual.notifications import Notification
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, DataTable, Label, OptionList, Select, Static
from textual.widgets._toast import Toast

from panelkit.opened.showing import BLOCK, visible
from panelkit.tui.typed import as_typed, as_typed_line, masked, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from tests.tui.hostile import BRACKETS, bracket_texts, control_texts

SIZES = ((80, 24), (120, 40), (200, 60))
SEED = 31337
BATCH = 20


class Board(App[None]):
    """Widgets of one kind, filled again and again."""

    CSS = """
    Static, Label { height: 1; width: 100%; }
    .framed { height: 3; border: round white; }
    Button { height: 3; width: 100%; }
    RowList, OptionList, DataTable { height: 22; max-height: 22; width: 100%; }
    """

    def __init__(self, kind: Callable[[], Widget], count: int) -> None:
        super().__init__()
        self.kind = kind
        self.count = count

    def compose(self) -> ComposeResult:
        for _ in range(self.count):
            yield self.kind()


def lines_of(widget: Widget) -> list[Strip]:
    """What the widget draws now."""
    return widget.render_lines(
        widget.size.region if not widget.styles.border_top[0] else widget.outer_size.region
    )


def check(strips: list[Strip], texts: list[str]) -> None:
    """Each text is on a line of its own, whole; nothing drawn acts when it is clicked."""
    drawn = [strip.text for strip in strips]
    for text in texts:
        assert any(visible(text) in line for line in drawn), (text, drawn)
    for strip in strips:
        for segment in strip:
            style = segment.style
            if style is not None:
                assert not style.link, segment
                assert not [key for key in style.meta if key.startswith("@")], segment


def fill_static(widget: Any, text: str) -> None:
    widget.update(as_typed_line(text))


def fill_button(widget: Any, text: str) -> None:
    widget.label = as_typed_line(text)


def fill_title(widget: Any, text: str) -> None:
    widget.border_title = as_typed_line(text)


def fill_subtitle(widget: Any, text: str) -> None:
    widget.border_subtitle = as_typed_line(text)


def framed() -> Widget:
    return Static(classes="framed", markup=False)


SINGLE: dict[str, tuple[Callable[[], Widget], Callable[[Any, str], None]]] = {
    "Static": (lambda: Static(markup=False), fill_static),
    "Static with markup on": (Static, fill_static),
    "Label": (Label, fill_static),
    "Button": (Button, fill_button),
    "border_title": (framed, fill_title),
    "border_subtitle": (framed, fill_subtitle),
}


@pytest.mark.reliability
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", SINGLE)
async def test_rv06_one_text_to_a_widget(kind: str, size: tuple[int, int]) -> None:
    make, fill = SINGLE[kind]
    texts = bracket_texts(SEED, 5000)
    count = 6
    app = Board(make, count)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        widgets = list(app.screen.children)[:count]
        for start in range(0, len(texts), count):
            batch = texts[start : start + count]
            for widget, text in zip(widgets, batch, strict=False):
                fill(widget, text)
                check(lines_of(widget), [text])
    print(f"RV06 {kind} {size} seed {SEED}: {len(texts)} texts, 0 exceptions, 0 altered, 0 acting")


def fill_rows(widget: Any, texts: list[str]) -> None:
    widget.follow([Row(f"{n}", (str(n), text)) for n, text in enumerate(texts)])


def fill_options(widget: Any, texts: list[str]) -> None:
    widget.clear_options()
    widget.add_options([as_typed_line(text) for text in texts])


def fill_table(widget: Any, texts: list[str]) -> None:
    from rich.text import Text

    widget.clear(columns=True)
    widget.add_column(Text(visible(texts[0])), width=60)
    for text in texts:
        widget.add_row(Text(visible(text)))


MANY: dict[str, tuple[Callable[[], Widget], Callable[[Any, list[str]], None]]] = {
    "RowList": (lambda: RowList((), (4, 60)), fill_rows),
    "OptionList": (lambda: OptionList(markup=False), fill_options),
    "DataTable": (DataTable, fill_table),
}


@pytest.mark.reliability
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", MANY)
async def test_rv06_many_texts_to_a_widget(kind: str, size: tuple[int, int]) -> None:
    make, fill = MANY[kind]
    texts = bracket_texts(SEED, 5000)
    app = Board(make, 1)
    async with app.run_test(size=size) as pilot:
        widget = app.screen.children[0]
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            fill(widget, batch)
            if kind == "DataTable":
                await pilot.pause()
            strips = [widget.render_line(y) for y in range(BATCH + 1)]
            check(strips, batch)
    print(f"RV06 {kind} {size} seed {SEED}: {len(texts)} texts, 0 exceptions, 0 altered, 0 acting")


@pytest.mark.reliability
@pytest.mark.parametrize("size", SIZES)
async def test_rv06_select(size: tuple[int, int]) -> None:
    texts = bracket_texts(SEED, 300)
    app = Board(lambda: Select[int]([]), 1)
    async with app.run_test(size=size) as pilot:
        select = app.query_one(Select)
        for text in texts:
            select.set_options([(as_typed_line(text), 1)])
            select.value = 1
            await pilot.pause()
            label = select.query_one("#label", Static)
            check(lines_of(label), [text])
            overlay = select.query_one("SelectOverlay", OptionList)
            prompts = [overlay.get_option_at_index(n).prompt for n in range(overlay.option_count)]
            assert visible(text) in [str(prompt) for prompt in prompts]


class Toasting(Board):
    """Keeps what it is told to show; mounting thousands of toasts would time out."""

    held: list[Notification]

    def notify(self, message: str, *, markup: bool = True, **_options: Any) -> None:
        self.held = [*getattr(self, "held", []), Notification(message, markup=markup)]


@pytest.mark.reliability
async def test_rv06_toasts() -> None:
    texts = bracket_texts(SEED, 5000)
    app = Toasting(Static, 1)
    async with app.run_test():
        for text in texts:
            app.held = []
            notify_typed(app, text)
            drawn = Toast(app.held[0]).render()
            assert isinstance(drawn, Content)
            assert drawn.plain == visible(text)
            assert not drawn.spans


async def test_toasts_on_a_screen() -> None:
    app = Board(Static, 1)
    async with app.run_test(notifications=True) as pilot:
        for text in BRACKETS:
            app.clear_notifications()
            notify_typed(app, text, "warning")
            await pilot.pause()
        assert app.return_code is None


def test_a_text_is_content_without_a_style() -> None:
    for text in [*bracket_texts(SEED, 5000), *control_texts(300)]:
        for content in (as_typed(text), as_typed_line(text), masked(text)):
            assert isinstance(content, Content)
            assert not content.spans
        assert as_typed(text).plain == visible(text)


def test_everything_that_acts_is_a_visible_token() -> None:
    assert visible("a\x1b[2Jb") == "a<U+001B>[2Jb"
    assert visible("\u202e\u2066\x9b\x00\x7f\u2028\ud800") == (
        "<U+202E><U+2066><U+009B><U+0000><U+007F><U+2028><U+D800>"
    )
    assert visible("tab\tand\nnewline stay; é ŵ Ł ہے 👨\u200d👩\u200d👧") == (
        "tab\tand\nnewline stay; é ŵ Ł ہے 👨\u200d👩\u200d👧"
    )
    for text in control_texts(300):
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", visible(text)
        )


@pytest.mark.parametrize("width", [0, 1, 2, 5, 10, 40])
def test_a_line_is_cut_to_its_width_and_says_so(width: int) -> None:
    for text in [*BRACKETS, "他没有回家" * 5, "👍🏽" * 9, "one\ntwo\tthree", ""]:
        cut = as_typed_line(text, width).plain
        whole = as_typed_line(text).plain
        assert "\n" not in cut
        assert cell_len(cut) <= max(width, 1)
        assert cut == whole or cut.endswith("…")


def test_a_mask_keeps_the_shape_and_nothing_else() -> None:
    assert masked("14 Wexford\nGdns").plain == f"{BLOCK * 2} {BLOCK * 7}\n{BLOCK * 4}"
