"""Changes of guidance and forms, one by one: what it was, what it is, what it reaches; accept or keep."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.guidance import many_words
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.services.guidance import Shown
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.changes.decided import DecidedList
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.screens.takeback import difference_content
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = (
    "a accept   k keep local   l later   d what was decided   Tab reads on below   Esc back"
)
_NEVER: Final = "What was said is the beginning, and nobody was asked; changes are told from it."


class ChangesScreen(ModalScreen[bool]):
    """What is not as it was agreed. Returns whether something was decided.

    | Key | Does |
    |---|---|
    | a | the words of now hold |
    | k | the words before hold here, with a reason |
    | l | it waits; on to the next |
    | d | what was decided, and by whom |
    """

    needs = Act.READ
    DEFAULT_CSS = """
    ChangesScreen { align: center middle; background: $background 40%; }
    ChangesScreen > Vertical { width: 96%; max-width: 130; height: 94%; background: $panel; border: solid $primary; padding: 0 1; }
    ChangesScreen Static { height: auto; }
    ChangesScreen .title { text-style: bold; }
    ChangesScreen .said { text-style: bold; }
    ChangesScreen .foot { color: $text-muted; }
    ChangesScreen RowList { height: auto; max-height: 35%; }
    ChangesScreen VerticalScroll { height: 1fr; border-top: solid $primary; }
    ChangesScreen VerticalScroll:focus { border-top: heavy $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    def __init__(self, desk: Desk) -> None:
        """``desk`` is whose record it is."""
        super().__init__()
        self.desk = desk
        self.every: tuple[Shown, ...] = ()
        self.decided = False
        """Whether something was, since the screen was opened."""

    def compose(self) -> ComposeResult:
        """How many, the list, what was said last, the one under the cursor in full, the keys."""
        with Vertical():
            yield Static(Content(""), classes="title")
            yield RowList((), (8, 80), letters="akld")
            yield Static(Content(""), classes="said")
            with VerticalScroll(can_focus=True):
                yield Static(Content(""), id="change")
            yield Static(as_typed(KEYS), classes="foot", id="keys")

    def on_mount(self) -> None:
        """The first is under the cursor."""
        self.follow()
        self._rows.focus()

    @property
    def _rows(self) -> RowList:
        return self.query_one(RowList)

    def follow(self) -> None:
        """The changes as they are now."""
        try:
            self.every = self.desk.guidance.changes()
        except PanelkitError as failed:
            self.say(said(failed))
            return
        area = self.desk.area.name
        title = (
            f"{many_words(len(self.every))} to look at"
            if self.every
            else "Nothing is left to look at"
        )
        self.query_one(".title", Static).update(as_typed(f"{title}   {area}"))
        rows: list[Row] = []
        part = None
        for one in self.every:
            if one.change.part is not part:
                part = one.change.part
                rows.append(Row(f"h:{part}", (part.label.upper(),), heading=True))
            own = "   your area says its own" if one.change.beneath else ""
            rows.append(Row(one.place, (one.change.what.label, f"{one.change.title}{own}")))
        self._rows.follow(rows)
        self._show()

    def _current(self) -> Shown | None:
        here = self._rows.current
        return next((one for one in self.every if one.place == here), None)

    def _show(self) -> None:
        one = self._current() or next(iter(self.every), None)
        place = self.query_one("#change", Static)
        if one:
            place.update(change_content(one))
        else:
            place.update(as_typed(f"Guidance and forms are as agreed. {_NEVER}"))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @on(RowList.OptionHighlighted)
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        self._show()

    def say(self, words: str) -> None:
        """Under the list, in place of what was said before."""
        self.query_one(".said", Static).update(as_typed(words))

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _read_on(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.query_one(VerticalScroll).focus()

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        self.say("")
        if event.letter == "d":
            self.app.push_screen(DecidedList(self.desk), self._seen)
            return
        one = self._current()
        if one is None:
            return
        if event.letter == "l":
            self._on_from(one)
        elif event.letter == "a":
            self._accept(one)
        else:
            self._keep(one)

    def _on_from(self, one: Shown) -> None:
        after = [each for each in self.every if each.number > one.number]
        if after:
            self._rows.show_current(after[0].place)
        else:
            self.say("That was the last. What is left waits here, and on the home screen.")

    def _accept(self, one: Shown) -> None:
        try:
            made = self.desk.guidance.accept([one])
        except PanelkitError as refused:
            self.say(said(refused))
            return
        self._done(one, f"{made[0].title}: accepted.")

    def _keep(self, one: Shown) -> None:
        if one.not_kept:
            self.say(f"That cannot be kept. {one.not_kept}")
            return

        def act(why: str) -> str:
            made = self.desk.guidance.keep(one, why)
            return f"{made[0].title}: {made[0].kept_words}."

        facts = f"{one.change.was_words or '(it is turned off)'}\nIt holds here from now on; the reason prints beside its source."
        form = Because(self.desk, Act.AGREE, f"Keep local: {one.change.title}", facts, act)
        self.app.push_screen(form, lambda kept: self._done(one, kept or ""))

    def _done(self, one: Shown, words: str) -> None:
        if not words:
            return
        self.decided = True
        after = next((each.place for each in self.every if each.number > one.number), "")
        self.follow()
        if after:
            self._rows.show_current(after)
        self.say(words)

    def _seen(self, changed: object) -> None:
        if changed:
            self.decided = True
            self.follow()
            self.say("It is taken back. The change waits again.")

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(self.decided)


def change_content(one: Shown) -> Content:
    """One change in full: where it stands, the words before and now, the difference, what it means."""
    change = one.change
    stands = f"Stands in {change.stands_in or 'no file any more'}: {change.place}"
    lines = [as_typed(change.title).stylize("bold"), as_typed(stands)]
    lines += [
        as_typed(change.holds),
        as_typed("WHAT IT MEANS").stylize("bold"),
        as_typed(one.meaning),
    ]
    if one.not_kept:
        lines.append(as_typed(f"It cannot be kept. {one.not_kept}"))
    same = change.was_source == change.now_source
    lines += _words("WAS", change.was_words, "" if same else change.was_source)
    lines += _words("NOW", change.now_words, change.now_source)
    if change.only_source:
        lines.append(as_typed("The words are the same; their source changed."))
    elif change.was and change.now:
        difference = difference_content(change.was_words, change.now_words)
        lines += [as_typed("DIFFERENCE").stylize("bold"), difference]
    for inner in change.within:
        if words := inner.now_words or inner.was_words:
            lines.append(as_typed(f"With it: {inner.title}: {words}"))
    return Content("\n").join(lines)


def _words(label: str, words: str, source: str) -> list[Content]:
    lines = [as_typed(label).stylize("bold"), as_typed(words or "(nothing)")]
    if source:
        lines.append(as_typed(f"Source: {source}").stylize("$text-muted"))
    return lines
