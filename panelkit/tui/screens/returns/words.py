"""Words of a return on a page of their own: what a file says, what was kept, a reminder to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.return_words import allows, line_words, said_lines
from panelkit.domain.sheet_numbers import printed
from panelkit.domain.vocabulary import ReturnUse, YesNo
from panelkit.services.returns import ReturnRead
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.typed import as_typed


class ReturnWords(ModalScreen[str]):
    """A page of words, and keys that act on it. Not opened on a shared screen.

    | Key | Does |
    |---|---|
    | Enter | keeps what a file says |
    | r | keeps it in the place of what was answered before |
    | up, down | moves |
    | Esc | back, and nothing is kept |
    """

    needs = Act.READ
    DEFAULT_CSS = """
    ReturnWords { align: center middle; background: $background 40%; }
    ReturnWords > Vertical { width: 94%; max-width: 120; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    ReturnWords Static { height: auto; }
    ReturnWords .title { text-style: bold; margin-bottom: 1; }
    ReturnWords .problem { color: $text-error; }
    ReturnWords .foot { color: $text-muted; }
    ReturnWords VerticalScroll { height: auto; max-height: 30; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    def __init__(
        self,
        title: str,
        words: Iterable[str],
        foot: str,
        keys: dict[str, Callable[[], str]] | None = None,
    ) -> None:
        """``keys`` are acts by key; each says in a sentence what it did, and the page goes."""
        super().__init__()
        self.heading = title
        self.words = tuple(words)
        self.foot = foot
        self.keys = keys or {}

    def compose(self) -> ComposeResult:
        """The title, the words, the keys."""
        with Vertical():
            yield Static(as_typed(self.heading), classes="title")
            with VerticalScroll() as words:
                words.can_focus = True
                yield Static(as_typed("\n".join(self.words)), classes="words")
            yield Static(as_typed(""), classes="problem")
            yield Static(as_typed(self.foot), classes="foot")

    def on_mount(self) -> None:
        """The words scroll with the arrows."""
        self.query_one(VerticalScroll).focus()
        self.on_resize()

    def on_resize(self) -> None:
        """The words give way, so that the keys are always read."""
        self.query_one(VerticalScroll).styles.max_height = max(
            4, int(self.app.size.height * 0.92) - 8
        )

    def on_key(self, event: events.Key) -> None:
        """An act of the page."""
        act = self.keys.get(event.key)
        if act is None:
            return
        event.stop()
        try:
            self.dismiss(act())
        except PanelkitError as refused:
            self.query_one(".problem", Static).update(as_typed(said(refused)))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss("")


def of_file(read: ReturnRead) -> Iterator[str]:
    """What a file says, then what was not understood, with its place."""
    if read.is_late:
        yield f"{read.meeting.ref} is {read.meeting.state.label}: it is kept beside it, for an addendum, and is no part of what the panel knew."
        yield ""
    yield from said_lines(read.found)
    yield from read.found.notices
    if read.found.not_read:
        yield ""
        yield "NOT UNDERSTOOD, OR NOT PLACED; what has words is kept beside the return:"
    for one in read.found.not_read:
        yield f"  {one.what}: {one.why}"
        if one.words:
            yield f"    {one.words}"


def of_return(one: e.AgencyReturn, lines: Iterable[e.ReturnLine]) -> Iterator[str]:
    """What the record holds of one return."""
    if one.asked_on:
        due = f", for {long_date(one.due)}" if one.due else ""
        yield f"Asked on {long_date(one.asked_on)} by {one.asked_by}{due}: form {printed(one.sheet)}."
    if one.answer is None:
        yield "It has not come back."
        return
    by = f", filled in by {one.filled_by}" if one.filled_by else ""
    late = " It came after the meeting was closed." if one.late is YesNo.YES else ""
    yield f"{one.answer.label} on {long_date(one.came_on)}{by}; taken in by {one.typed_by}.{late}"
    if one.addendum:
        yield "An addendum was made of it."
    for name in one.attends.splitlines():
        yield f"Comes (expected, not present): {name}"
    if one.report_only is YesNo.YES:
        yield "Nobody comes; the return is the report."
    for line in lines:
        use = {ReturnUse.TAKEN: f"taken into {line.taken_in}", ReturnUse.ASIDE: "set aside"}
        state = use[line.use] if line.use is not None else "not taken"
        allowed = "" if line.about else f"; {allows(line.minuted, line.restricted_to)}"
        yield ""
        yield f"{line.place}  {line.asked}  [{state}{allowed}]"
        yield f"  {line_words(one, line)}"
    if one.unread:
        yield ""
        yield "NOT UNDERSTOOD, OR NOT PLACED:"
        yield one.unread
