"""What there is to practise, and how earlier attempts ended; nothing of a record is open here."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.practice import MARKING, Scenario, totals
from panelkit.services.practising import Shelf
from panelkit.tui.screens.listing import Page
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

WIDTHS: Final = (38, 16, 10, 40)
"""Title, who practises, how long, how it went."""
KEYS: Final = ("Enter Open", "F5 New attempt", "Delete Throw away", "F1 Help", "Esc Leave")
HELP: Final = (
    "A practice is a meeting that somebody invented, in a record of its own. Nothing of it is real, "
    "nothing of it can be taken into a record, and no record can be opened here. Type nothing of a "
    "real case.\n\n"
    "Enter       goes on with your last attempt, or begins the first\n"
    "F5          a new attempt; the earlier ones stay, so that you see what changed\n"
    "Delete      throws every attempt of the scenario away\n"
    "Esc         leaves\n\n"
    "In a practice, F6 lets the next person speak, and F7 says how you are doing, item by item: what "
    "the record shows, and what somebody who reads it at an inquest would look for and not find. It "
    "is no mark, and nobody else sees it."
)


class PracticeList(Screen[None]):
    """Scenarios, each with its story and the last attempt.

    | Key | Does |
    |---|---|
    | Enter | goes on with the last attempt, or begins the first |
    | F5 | a new attempt |
    | Delete | throws every attempt away, once somebody is sure |
    | F1 | what this is |
    | Esc | leaves |
    """

    comes_back = True
    """What is practised is left to here."""
    DEFAULT_CSS = """
    PracticeList { layout: vertical; }
    PracticeList #top { height: 1; background: $warning; color: $text; text-style: bold; }
    PracticeList #words { height: auto; color: $text-muted; padding: 0 1; }
    PracticeList VerticalScroll { height: 1fr; padding: 0 1; }
    PracticeList RowList { max-height: 200; }
    PracticeList #keys { height: 1; background: $panel; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
        Binding("f5", "again", "New attempt", priority=True),
        Binding("f1", "help", "Help", priority=True),
    ]

    def __init__(self, shelf: Shelf, begin: Callable[[str, bool], None], *, role: str = "") -> None:
        """``begin`` opens a scenario, anew where that is true; ``role`` lists that role's alone."""
        super().__init__()
        self.shelf = shelf
        self.begin = begin
        self.role = role
        self.every: tuple[Scenario, ...] = ()

    def compose(self) -> ComposeResult:
        """Top line, what this is, the list, the keys."""
        yield Static(as_typed_line(f" {MARKING}   What would you like to practise?"), id="top")
        yield Static(
            as_typed(
                "Invented meetings, each in a record of its own, never mixed with real ones. Nobody is marked."
            ),
            id="words",
        )
        with VerticalScroll(can_focus=False):
            yield RowList([], WIDTHS, under_lines=4)
        yield Static(as_typed_line(""), id="keys")

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.follow()
        self.query_one(RowList).focus()

    def on_resize(self) -> None:
        """As many keys as fit."""
        self.query_one("#keys", Static).update(fitting_content(KEYS, self.app.size.width))

    def on_screen_resume(self) -> None:
        """Back from a practice: how it went."""
        if self.every:
            self.follow()
            self.query_one(RowList).focus()

    def follow(self) -> None:
        """The scenarios, and the attempts as they lie on the disk now."""
        try:
            found, unread = self.shelf.heads()
        except PanelkitError as wrong:
            notify_typed(self.app, wrong.sentence, "error")
            return
        self.every = tuple(one for one in found if self.role in ("", str(one.role)))
        rows = [self._row(one) for one in self.every]
        rows += [
            Row(f"?{one.id}", (one.id, "", "", "cannot be used"), under=one.why) for one in unread
        ]
        self.query_one(RowList).follow(rows)

    def _row(self, one: Scenario) -> Row:
        role = one.role.label.removeprefix("the ")
        cells = (one.title, f"as {role}", f"{one.minutes} min", self._went(one))
        return Row(one.id, cells, strong=True, under=one.story)

    def _went(self, one: Scenario) -> str:
        made = self.shelf.attempts(one.id)
        if not made:
            return "not practised yet"
        try:
            figures = self.shelf.told(made[-1])
        except PanelkitError as wrong:
            return wrong.message
        told = totals(figures) if figures else "begun"
        return f"attempt {made[-1].number}: {told}"

    def _here(self) -> str:
        row = self.query_one(RowList).current
        return "" if row.startswith("?") else row

    # -- keys ------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if scenario := self._here():
            self.begin(scenario, False)  # noqa: FBT003 - whether anew

    def action_again(self) -> None:
        """A new attempt of the scenario under the cursor."""
        if scenario := self._here():
            self.begin(scenario, True)  # noqa: FBT003 - whether anew

    def on_key(self, event: events.Key) -> None:
        """Delete throws every attempt of a scenario away."""
        scenario = self._here()
        if event.key != "delete" or not scenario:
            return
        event.stop()
        made = len(self.shelf.attempts(scenario))
        if not made:
            notify_typed(self.app, "Nothing was practised of it yet.", is_open=True)
            return
        attempts = f"{made} attempt{'' if made == 1 else 's'}"

        def chosen(said: str | None) -> None:
            if (said or "").strip().casefold() == "yes":
                self._throw_away(scenario)

        self.app.push_screen(
            OneLine(
                f"Throw {attempts} of this scenario away? They cannot be brought back.",
                lambda text: "Enter throws them away" if text.strip().casefold() == "yes" else "",
                hint="Type yes, and Enter; anything else keeps them.",
            ),
            chosen,
        )

    def _throw_away(self, scenario: str) -> None:
        try:
            count = self.shelf.throw_away(scenario)
        except PanelkitError as wrong:
            notify_typed(self.app, wrong.sentence, "error")
        else:
            attempts = f"{count} attempt{'' if count == 1 else 's'}"
            notify_typed(self.app, f"{attempts} thrown away.", is_open=True)
        self.follow()

    def action_help(self) -> None:
        """What this is."""
        self.app.push_screen(Page("Practice", as_typed(HELP), shared=True))

    def action_leave(self) -> None:
        """Out of practising."""
        self.app.exit()
