"""The editors: what gets in, what is passed on, what is kept back, and what they tell."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import TextArea

from panelkit.domain.text import gate, gate_line
from panelkit.opened.showing import BLOCK
from panelkit.tui.widgets.words import SCREEN_KEYS, Line, Words

HOSTILE = "one\x1b[31mred\x1b[0m\r\ntwo\u202eevil\x00\x9b2J\x85three\u2028four\ttab"
# Text that Python or Textual does not call printable: joiners, no-break and soft marks, new.
UNPRINTABLE = "\u00a0 \u00ad \u200c \u200d \u2060 \ufeff \U000e0067 \U0001fae9 \ue000"


class Desk(App[None]):
    """Two editors and a note of everything they say."""

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        super().__init__()
        self.value = value
        self.placeholder = placeholder
        self.said: list[Message] = []
        self.bubbled: list[str] = []

    def compose(self) -> ComposeResult:
        yield Words(self.value, id="words", placeholder=self.placeholder)
        yield Line(self.value, id="line", placeholder=self.placeholder)

    def on_mount(self) -> None:
        self.words.focus()

    @property
    def words(self) -> Words:
        return self.query_one("#words", Words)

    @property
    def line(self) -> Line:
        return self.query_one("#line", Line)

    def on_words_edited(self, event: Words.Edited) -> None:
        self.said.append(event)

    def on_words_left(self, event: Words.Left) -> None:
        self.said.append(event)

    def on_words_replaced(self, event: Words.Replaced) -> None:
        self.said.append(event)

    def on_line_submitted(self, event: Line.Submitted) -> None:
        self.said.append(event)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self.said.append(event)

    def on_key(self, event: events.Key) -> None:
        self.bubbled.append(event.key)

    def counts(self) -> list[int]:
        return [said.count for said in self.said if isinstance(said, Words.Replaced)]


@pytest.mark.parametrize("kind", ["words", "line"])
async def test_a_paste_passes_the_gate_and_the_person_is_told(kind: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        editor = app.query_one(f"#{kind}", Words)
        editor.focus()
        await pilot.press(*"ac", "left")
        editor.post_message(events.Paste(HOSTILE))
        await pilot.pause()
        gated = gate(HOSTILE) if kind == "words" else gate_line(HOSTILE)
        assert editor.value == f"a{gated.text}c"
        assert app.counts() == [gated.replaced]
        assert gated.replaced == 5
        await pilot.press("X")
        assert editor.value == f"a{gated.text}Xc"


@pytest.mark.parametrize("kind", ["words", "line"])
async def test_the_programs_own_clipboard_passes_the_same_gate(kind: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        editor = app.query_one(f"#{kind}", Words)
        editor.focus()
        await pilot.pause()
        app._clipboard = "a\x1b]52;c;aGk=\x07b\nc"
        await pilot.press("ctrl+v")
        lines = "a\ufffd]52;c;aGk=\ufffdb\nc"
        assert editor.value == (lines if kind == "words" else lines.replace("\n", " "))
        assert app.counts() == [2]


async def test_text_that_python_does_not_call_printable_is_typed_and_not_dropped() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        for character in UNPRINTABLE:
            app.words.post_message(events.Key("unnamed", character))
        await pilot.pause()
        assert app.words.value == UNPRINTABLE
        assert app.counts() == []


async def test_bidi_controls_that_are_typed_become_visible_and_are_told() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        for character in "a\u202e\u2066b":
            app.words.post_message(events.Key("unnamed", character))
        await pilot.pause()
        assert app.words.value == "a\ufffd\ufffdb"
        assert app.counts() == [1, 1]


async def test_undo_and_redo() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press(*"one")
        app.words.post_message(events.Paste("two"))
        await pilot.pause()
        assert app.words.value == "onetwo"
        await pilot.press("ctrl+z")
        assert app.words.value == "one"
        await pilot.press("ctrl+z")
        assert app.words.value == ""
        await pilot.press("ctrl+y", "ctrl+y")
        assert app.words.value == "onetwo"


async def test_loading_is_no_edit_and_cannot_be_undone_into_another_field() -> None:
    app = Desk("first")
    async with app.run_test() as pilot:
        await pilot.pause()
        app.words.load("second\nline")
        app.line.load("third")
        await pilot.pause()
        assert app.said == []
        await pilot.press("ctrl+z")
        assert app.words.value == "second\nline"
        assert app.said == []


@pytest.mark.parametrize(
    "text", ["a\u2028b", "a\x1cb", "a\r\nb", "a\x85b\n", "\x1b]0;t\x07", "\n\n"]
)
async def test_what_never_passed_the_gate_passes_it_on_loading(text: str) -> None:
    app = Desk(text)
    async with app.run_test() as pilot:
        assert app.words.value == gate(text).text
        assert app.line.value == gate_line(text).text
        app.words.load("")
        app.words.load(text)
        assert app.words.value == gate(text).text
        await pilot.pause()
        assert app.said == []


async def test_loading_keeps_the_cursor_where_it_was() -> None:
    app = Desk("one two\nthree")
    async with app.run_test():
        app.words.move_cursor((1, 3))
        app.words.load("one two\nthree four")
        assert app.words.cursor_location == (1, 3)
        app.words.load("x")
        assert app.words.cursor_location == (0, 1)


async def test_keys_of_the_screen_are_passed_on_and_change_nothing() -> None:
    app = Desk("some words here")
    reserved = sorted(SCREEN_KEYS - {"ctrl+p"})  # the palette takes that one before any widget
    async with app.run_test() as pilot:
        app.words.move_cursor((0, 5))
        for editor in (app.words, app.line):
            editor.focus()
            before = editor.selection
            await pilot.press(*reserved)
            assert editor.value == "some words here"
            assert editor.selection == before
        assert app.bubbled == reserved * 2
        taken = {key for each in Words.BINDINGS for key in each.key.split(",")}  # type: ignore[union-attr]
        assert not taken & SCREEN_KEYS
        wanted = {*(f"f{n}" for n in (1, 2, 3, 4, 5, 8, 9, 10, 12)), "escape"}
        assert wanted | {f"ctrl+{letter}" for letter in "fglnortp"} <= SCREEN_KEYS


async def test_editing_keys_are_still_there() -> None:
    app = Desk("some words here")
    async with app.run_test() as pilot:
        app.words.move_cursor((0, 15))
        await pilot.press("ctrl+w")
        assert app.words.value == "some words "
        await pilot.press("home", "delete", "ctrl+right", "enter", "pageup", "pagedown", "end")
        assert app.words.value == "ome\n words "


async def test_tab_moves_on_and_back_and_leaving_says_what_is_held() -> None:
    app = Desk("held")
    async with app.run_test() as pilot:
        await pilot.press("tab")
        assert app.focused is app.line
        await pilot.press("shift+tab")
        assert app.focused is app.words
        assert app.words.value == app.line.value == "held"
        left = [said for said in app.said if isinstance(said, Words.Left)]
        assert [(said.editor.id, said.text) for said in left] == [
            ("words", "held"),
            ("line", "held"),
        ]
        assert len(app.said) == 2


async def test_enter_in_a_line_submits_and_never_breaks_it() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.line.focus()
        await pilot.press(*"go", "enter", "up", "down", "!")
        assert "\n" not in app.line.value
        submitted = [said for said in app.said if isinstance(said, Line.Submitted)]
        assert [said.text for said in submitted] == ["go"]
        assert submitted[0].control is app.line


async def test_each_edit_says_the_whole_text() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press(*"abc")
        edits = [said.text for said in app.said if isinstance(said, Words.Edited)]
        assert edits[-1] == "abc"
        assert not [said for said in app.said if isinstance(said, TextArea.Changed)]


@pytest.mark.parametrize("kind", ["words", "line"])
async def test_a_masked_editor_shows_nothing_and_takes_nothing(kind: str) -> None:
    app = Desk("Wexford Gardens")
    async with app.run_test() as pilot:
        editor = app.query_one(f"#{kind}", Words)
        editor.focus()
        editor.masked = True
        await pilot.pause()
        shown = "".join(strip.text for strip in editor.render_lines(editor.size.region))
        assert "Wexford" not in shown
        assert f"{BLOCK * 7} {BLOCK * 7}" in shown
        editor.select_all()
        app._clipboard = "clip"
        await pilot.press(
            *"xyz", "backspace", "delete", "ctrl+x", "ctrl+c", "ctrl+v", "ctrl+k", "ctrl+u"
        )
        await pilot.press("ctrl+w", "ctrl+z", "ctrl+y")
        editor.post_message(events.Paste("pasted"))
        editor.post_message(events.Key("unnamed", "\u202e"))
        await pilot.pause()
        assert editor.value == "Wexford Gardens"
        assert app.clipboard == "clip"
        assert [said for said in app.said if not isinstance(said, Words.Left)] == []
        editor.masked = False
        editor.move_cursor((0, 0))
        await pilot.press("!")
        assert editor.value == "!Wexford Gardens"


async def test_a_placeholder_is_read_as_nothing() -> None:
    app = Desk(placeholder="see [/] folder [sic]\x1b[2J")
    async with app.run_test() as pilot:
        await pilot.pause()
        shown = "".join(strip.text for strip in app.words.render_lines(app.words.size.region))
        assert "see [/] folder [sic]<U+001B>[2J" in shown


# -- how it is drawn -----------------------------------------------------------------------


class NeverTold(Words):
    """Textual sends no size to a widget whose place was worked out before its first layout."""

    def on_resize(self, event: events.Resize) -> None:
        event.prevent_default()


async def test_a_long_line_is_wrapped_also_where_nobody_says_how_wide_it_is() -> None:
    app = Desk()
    async with app.run_test(size=(40, 20)) as pilot:
        words = NeverTold("Kelly has moved to her mother’s and wants to be left alone.")
        words.styles.height = "auto"
        await app.screen.mount(words)
        for _ in range(3):
            await pilot.pause()
        assert words.wrapped_document.height == 2
        assert words.size.height == 2
