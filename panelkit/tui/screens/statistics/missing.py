"""What is still missing before a year can be published: figures entered by hand, by two people."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.manual_figures import (
    ASKED,
    QUARTERLY,
    Asked,
    ManualFigure,
    number_of,
    of_quarter,
)
from panelkit.domain.people import Act
from panelkit.domain.report_year import ReportYear
from panelkit.services.clock import room_time
from panelkit.services.desk import Desk
from panelkit.stats.tables import NOT_SUPPLIED
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import figure_words, said, source_words
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS = "Enter enters it   c confirms it   p publishes the tables   Esc back"
OF_A_QUARTER = "Enter enters it   c confirms it   Esc back"


class MissingScreen(ListPanel):
    """Every figure that is entered by hand, the missing ones first. Returns whether one changed.

    | Key | Does |
    |---|---|
    | Enter | the form of the figure |
    | c | a second person stands for it |
    | p | the tables kept as published |
    """

    needs = Act.FIGURES

    def __init__(
        self, desk: Desk, year: ReportYear, at: tuple[str, ...] = (), quarter: int = 0
    ) -> None:
        """``at`` names figures; the cursor begins on the first of them that is missing.

        With ``quarter`` (1 to 4) they are those of the board's report of that quarter.
        """
        super().__init__()
        self.desk = desk
        self.year = year
        self.begin_at = at
        self.quarter = quarter
        asked = tuple(of_quarter(quarter, one) for one in QUARTERLY) if quarter else ASKED
        self.asked = {one.id: one for one in asked}
        self.entered: dict[str, ManualFigure] = {}

    def compose(self) -> ComposeResult:
        """How far it is, the figures, what was said last, the keys."""
        letters, keys = ("c", OF_A_QUARTER) if self.quarter else ("cp", KEYS)
        rows = RowList((), (15, 13, 60), letters=letters, under_lines=2)
        return self.laid("", rows, keys)

    def on_mount(self) -> None:
        """The first that is missing is under the cursor."""
        self.follow()
        rows = self.query_one(RowList)
        rows.focus()
        missing = [name for name in self.begin_at if not self._supplied(name)]
        for name in (*missing, *self.begin_at)[:1]:
            rows.show_current(name)

    def follow(self) -> None:
        """Every figure as the record has it."""
        try:
            self.entered = {f.figure: f for f in self.desk.annual.entered(self.year)}
        except PanelkitError as failed:
            self.say(said(failed))
        missing = [a for a in self.asked.values() if a.id not in self.entered]
        waiting = [
            a for a in self.asked.values() if a.id in self.entered and not self._supplied(a.id)
        ]
        supplied = [a for a in self.asked.values() if self._supplied(a.id)]
        rows: list[Row] = []
        for title, group in (
            ("NOT ENTERED", missing), ("TO BE CONFIRMED BY A SECOND PERSON", waiting),
            ("SUPPLIED", supplied),
        ):  # fmt: skip
            if group:
                rows += [Row(f"h:{title}", (title,), heading=True), *map(self._row, group)]
        self.query_one(RowList).follow(rows)
        many = len(missing) + len(waiting)
        state = f"{many} of {len(self.asked)} still missing" if many else "every figure is supplied"
        whole = f"Before {self.year.label} can be published"
        what = f"Entered by hand for {self.year.label}-Q{self.quarter}" if self.quarter else whole
        self.query_one(".title", Static).update(as_typed(f"{what}: {state}"))

    def _supplied(self, name: str) -> bool:
        return name in self.entered and self.entered[name].is_supplied

    def _row(self, asked: Asked) -> Row:
        figure = self.entered.get(asked.id)
        if figure is None:
            under = f"Held by: {asked.supplier}"
        else:
            under = f"{figure_words(figure)}. Source: {source_words(figure)}"
        value = str(figure.value) if figure else NOT_SUPPLIED
        strong = figure is not None and not figure.is_supplied
        return Row(asked.id, (asked.id, value, asked.label), strong=strong, under=under)

    def _try(self, act: Callable[[], object]) -> None:
        self.say("")
        try:
            act()
        except PanelkitError as failed:
            self.say(said(failed))

    # -- entering ------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        asked = self.asked.get(event.option.id or "")
        if asked is None:
            return

        def back(kept: str | None) -> None:
            if kept:
                self.changed = True
                self.follow()
                self.query_one(RowList).show_current(asked.id)
                self.say(f"{asked.id} is entered. It is printed once a second person confirms it.")

        self.app.push_screen(EnterFigure(self.desk, self.year, asked, self.entered.get(asked.id)), back)  # fmt: skip

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "p":
            self._try(self._ask_to_publish)
        elif event.row in self.asked:
            self._try(lambda: self._ask_to_confirm(event.row))

    # -- confirming ----------------------------------------------------------------------

    def _ask_to_confirm(self, name: str) -> None:
        figure = self.desk.annual.to_confirm(self.year, name)
        asked = self.asked[name]
        self.app.push_screen(
            OneLine(
                f"{asked.id} of {self.year.label} is {figure.value}: {asked.label}.\n"
                f"Source: {source_words(figure)}. {figure_words(figure).capitalize()}.\n"
                "Have you looked at the source, and do you stand for this figure as the second person?",
                lambda _text: "Enter confirms it, where the word is yes.",
                hint="Type yes; Esc leaves it.",
                sure=lambda: self._try(lambda: self._confirmed(figure)),
            )
        )

    def _confirmed(self, figure: ManualFigure) -> None:
        done = self.desk.annual.confirm(self.year, figure.figure, seen=figure)
        self.changed = True
        self.follow()
        self.query_one(RowList).show_current(figure.figure)
        self.say(f"{done.figure} is confirmed by {done.confirmed_by}.")

    # -- publishing ----------------------------------------------------------------------

    def _ask_to_publish(self) -> None:
        self.desk.annual.may_publish(self.year)
        self.app.push_screen(
            OneLine(
                f"Publish the annual tables of {self.year.label}?\n"
                "They are kept as they are counted now, with your name and the time, for good: a figure that is "
                "mended later, or a case that is let go, changes them no more. Published again, they get the next "
                "number. Nothing is sent anywhere.",
                lambda _text: "Enter publishes them, where the word is yes.",
                hint="Type yes; Esc leaves it.",
                sure=lambda: self._try(self._published),
            )
        )

    def _published(self) -> None:
        done = self.desk.annual.publish(self.year)
        self.changed = True
        at = room_time(done.at).date()
        self.say(
            f"The tables of {self.year.label} are kept as published on {long_date(at)}, number {done.number}."
        )


class EnterFigure(FigureForm):
    """One figure: its value, where it comes from, for which day, when the source was published."""

    needs = Act.FIGURES
    last_line = "published"

    def __init__(
        self, desk: Desk, year: ReportYear, asked: Asked, known: ManualFigure | None
    ) -> None:
        """``known`` is what was entered before."""
        facts = f"{asked.label}. Held by: {asked.supplier}."
        if known is not None:
            facts += f"\nNow {known.value}, {figure_words(known)}.\nEntered again it waits for a second person again."  # fmt: skip
        super().__init__(desk, f"{asked.id} of {year.label}", facts)
        self.year = year
        self.asked = asked
        self.known = known

    def questions(self) -> ComposeResult:
        """The value and its source; the rest may stay blank."""
        known = self.known
        yield from self.ask_line("value", "Value, in digits", str(known.value) if known else "")
        yield from self.ask_line(
            "source", "Where it comes from, in words", known.source if known else ""
        )
        yield from self.ask_line(
            "reference", "What the source calls it, such as mid-2021 estimate (may stay blank)",
            known.reference if known else "",
        )  # fmt: skip
        as_at = long_date(known.as_at) if known and known.as_at else ""
        yield from self.ask_line(
            "as_at", "The day for which it holds, such as 31 March 2023 (may stay blank)", as_at
        )
        published = long_date(known.published) if known and known.published else ""
        yield from self.ask_line(
            "published", "When the source was published (may stay blank)", published
        )

    def on_mount(self) -> None:
        """The value is the first question."""
        self.first("value")

    def make(self) -> str:
        """The figure, entered."""
        with self.at("value"):
            number_of(self.asked, self.line("value"))
        source = self.needed("source", f"Say where {self.asked.id} comes from.")
        as_at = self.day("as_at", "The day for which it holds")
        published = self.day("published", "When the source was published")
        done = self.desk.annual.set_figure(
            self.year, self.asked.id, self.line("value"), source=source, as_at=as_at,
            reference=self.line("reference"), published=published,
            revision=self.known.revision if self.known else 0,
        )  # fmt: skip
        return done.figure
