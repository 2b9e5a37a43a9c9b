"""Shows texts page by page in every widget the program uses: ``... FOLDER``; F2 turns the page."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Label, OptionList, Select, Static

from panelkit.tui.crash import SafeCrash
from panelkit.tui.typed import as_typed, as_typed_line, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Line, Words

PAGE = 10


class ShowingApp(SafeCrash):
    """One widget of each kind, filled with the page's texts."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    * { height: auto; }
    RowList, OptionList, Words { height: 10; }
    #framed { border: round white; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "turn", priority=True)]

    def __init__(self, folder: Path) -> None:
        self.crash_folder = folder
        super().__init__()
        self.folder = folder
        self.texts: list[str] = json.loads((folder / "texts.json").read_text())
        self.page = -1

    def compose(self) -> ComposeResult:
        yield Static(id="number", markup=False)
        yield Words(id="typing")
        yield Words(id="loaded")
        yield Line(id="line")
        yield RowList((), (12, 20, 30))
        yield OptionList(markup=False)
        yield Select[str]([])
        yield Static(id="static", markup=False)
        yield Label(id="label", markup=False)
        yield Button()
        yield Static("framed", id="framed", markup=False)

    def on_mount(self) -> None:
        self.query_one("#typing").focus()
        self.action_turn()

    def action_turn(self) -> None:
        """The next page."""
        self.page += 1
        texts = self.texts[self.page * PAGE : (self.page + 1) * PAGE]
        whole = "\n".join(texts)
        self.query_one(RowList).follow(
            [Row(f"{self.page}-{n}", (str(n), t, t), under=t) for n, t in enumerate(texts)]
        )
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([as_typed_line(text) for text in texts])
        self.query_one(Select).set_options([(as_typed_line(t), t) for t in texts])
        for text in texts[:1]:
            self.query_one(Select).value = text
            self.query_one(Button).label = as_typed_line(text)
            framed = self.query_one("#framed")
            framed.border_title = as_typed_line(text)
            framed.border_subtitle = as_typed_line(text)
            self.query_one("#line", Line).load(text)
            self.clear_notifications()
            notify_typed(self, text)
        self.query_one("#loaded", Words).load(whole)
        self.query_one("#static", Static).update(as_typed(whole))
        self.query_one("#label", Label).update(as_typed(whole))
        self.query_one("#number", Static).update(as_typed_line(f"PAGE {self.page}."))

    def on_words_edited(self, event: Words.Edited) -> None:
        """What was typed, for the test to read; PAGE tells it that the keys have come."""
        if event.editor.id == "typing":
            (self.folder / "typed").write_text(event.text)


if __name__ == "__main__":
    ShowingApp(Path(sys.argv[1])).run()
