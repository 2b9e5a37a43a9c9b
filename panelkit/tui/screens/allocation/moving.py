"""One referral or case given to somebody: who, and why where somebody had it. Over any list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult

from panelkit.domain.allocating import NOBODY, What
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.services.allocating import Allocated
    from panelkit.tui.screens.statistics.panel import ListPanel

LET_GO: Final = "-"
ANOTHER: Final = "+"
WIDTHS: Final = (26, 60)


def move(panel: ListPanel, desk: Desk, ref: str, what: What) -> None:
    """Who has it from now on is chosen; what was done is said on the panel, which follows."""
    if why := desk.why_not(Act.PLAN):
        panel.say(why)
        return
    verbs = desk.allocating
    try:
        shown, loads = verbs.of(ref, what), verbs.loads()
        people, weeks = verbs.has_people(), verbs.weeks()
        hint = verbs.had_its_referral(shown.id) if shown.what is What.CASE else ""
    except PanelkitError as failed:
        panel.say(said(failed))
        return
    rows = [
        Row(
            f"to:{one.name}",
            (one.name, f"had its referral. {words}" if one.name == hint else words),
        )
        for one in loads
        if one.name and one.is_coordinator and one.name != shown.holder
        for words in (one.sentences(weeks),)
    ]
    rows.sort(key=lambda row: row.id != f"to:{hint}")
    if not people:
        rows.append(Row(ANOTHER, ("+ another name", "")))
    if shown.holder:
        rows.append(Row(LET_GO, (NOBODY, "it stands first in the list until somebody has it")))

    def chosen(result: tuple[str, str] | None) -> None:
        which = result[0] if result else ""
        if which == ANOTHER:
            panel.open_form(NameForm(desk, shown))
        elif which == LET_GO:
            _ask_why(panel, desk, shown, "")
        elif which:
            _give(panel, desk, shown, which.removeprefix("to:"))

    now = f"with {shown.holder}" if shown.holder else f"with {NOBODY}"
    panel.app.push_screen(
        Listing(
            f"{shown.ref}, {now}: who has it from now on?", rows, WIDTHS,
            foot="Enter takes it   type to filter   Esc back", under_lines=2,
        ),
        chosen,
    )  # fmt: skip


def _give(panel: ListPanel, desk: Desk, shown: Allocated, name: str) -> None:
    """At once where nobody had it; else with a reason."""
    if shown.holder:
        _ask_why(panel, desk, shown, name)
        return
    try:
        done = desk.allocating.allocate(shown.ref, name, shown=shown)
    except PanelkitError as failed:
        panel.follow()
        panel.say(said(failed))
    else:
        panel.done(gone_words(done))


def _ask_why(panel: ListPanel, desk: Desk, shown: Allocated, name: str) -> None:
    def act(why: str) -> str:
        verbs = desk.allocating
        done = (
            verbs.allocate(shown.ref, name, why, shown=shown)
            if name
            else verbs.let_go(shown.ref, why, shown=shown)
        )
        return gone_words(done)

    heading = f"{shown.ref}   from {shown.holder} to {name or NOBODY}"
    panel.open_form(Because(desk, Act.PLAN, heading, "Who had it stays in sight.", act))


def gone_words(done: Allocated) -> str:
    """``R-0012 went from Joan Quill to Gail Postern.``"""
    return f"{done.ref} went {done.moves[-1].words}."


class NameForm(FigureForm):
    """Somebody who has nothing yet, in a record that has no people. Returns what was done."""

    needs = Act.PLAN
    last_line = "because"

    def __init__(self, desk: Desk, shown: Allocated) -> None:
        """``shown`` is what whoever decides was looking at."""
        super().__init__(
            desk, f"{shown.ref}   who has it from now on",
            "The record knows nobody by passphrase: the name is claimed.",
        )  # fmt: skip
        self.shown = shown

    def questions(self) -> ComposeResult:
        """The name, and why where somebody had it."""
        yield from self.ask_line("name", "Name of the coordinator")
        why = f"Why not {self.shown.holder}" if self.shown.holder else "Why (may be left)"
        yield from self.ask_line("because", f"{why}, in a few words and without a name")

    def on_mount(self) -> None:
        """The name is the first question."""
        self.first("name")

    def make(self) -> str:
        """The step, kept."""
        name = self.needed("name", "Who?")
        if self.shown.holder:
            self.needed("because", "Say why, in a few words: it stays in sight beside it.")
        with self.at("name"):
            done = self.desk.allocating.allocate(
                self.shown.ref, name, self.line("because"), shown=self.shown
            )
        return gone_words(done)


def show_history(panel: ListPanel, desk: Desk, ref: str, what: What) -> None:
    """Who had it: from whom to whom, when, by whom and why."""
    try:
        found = desk.allocating.of(ref, what)
    except PanelkitError as failed:
        panel.say(said(failed))
        return
    lines = []
    for one in found.moves:
        at = room_time(one.at) if one.at is not None else None
        when = f"{short_date(at.date())} {at:%H:%M}" if at is not None else ""
        lines.append(f"{when}  {one.words}, by {one.by}")
        lines += [f"    {one.because}"] if one.because else []
    words = "\n".join(lines) or "Nobody has had it yet."
    panel.app.push_screen(Page(f"Who had {found.ref}", as_typed(words)))


def with_holder(row: Row, holder: str) -> Row:
    """The row of a referral, with who has it; as it is where nobody does."""
    if not holder:
        return row
    under = f"With {holder}." + (f"   {row.under}" if row.under else "")
    return Row(row.id, row.cells, strong=row.strong, tone=row.tone, under=under)
