"""Forms of a hand-over: where the file goes with which passphrase, a file taken in, both texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.holding import Disagreement
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.store.record import Received
from panelkit.tui.screens.lifeforms import Drafts
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.secret import Secret
from panelkit.tui.widgets.words import Line, Words


@dataclass(frozen=True, slots=True)
class Going:
    """What a form asked for."""

    to: str
    path: Path
    passphrase: str


_CSS: Final = """
    FORM { align: center middle; background: $background 40%; }
    FORM > VerticalScroll { width: 92%; max-width: 110; height: auto; max-height: 92%; background: $panel; border: solid $primary; padding: 0 1; }
    FORM Static { height: auto; }
    FORM .title { text-style: bold; }
    FORM .head { margin-top: 1; }
    FORM .problem { color: $text-error; }
    FORM .keys { color: $text-muted; margin-top: 1; }
    FORM .words { text-style: bold; padding: 0 2; }
    FORM Input { height: 1; border: none; padding: 0 1; background: $surface; }
"""
_KEYS: Final[list[BindingType]] = [
    Binding("escape", "leave", "Leave", priority=True),
    Binding("f10", "take", "Go on", priority=True),
]


class _Asking:
    """What both forms do; for a screen that asks for lines and unseen words."""

    @property
    def _screen(self) -> Screen[None]:
        return cast("Screen[None]", self)

    def say(self, text: str) -> None:
        """What is wrong, beside what it is about."""
        self._screen.query_one(".problem", Static).update(as_typed(text))

    def value(self, name: str) -> str:
        """What a line holds."""
        return self._screen.query_one(f"#{name}", Line).value.strip()

    def secret(self, name: str) -> str:
        """What was typed unseen."""
        return self._screen.query_one(f"#{name}", Input).value

    def action_leave(self) -> None:
        """Nothing is done."""
        self._screen.dismiss(None)


class HandOverForm(_Asking, ModalScreen[None]):
    """To whom, into which file, under which passphrase."""

    DEFAULT_CSS = _CSS.replace("FORM", "HandOverForm")
    BINDINGS: ClassVar[list[BindingType]] = [*_KEYS]

    def __init__(self, desk: Desk, meeting: Meeting, take: Callable[[Going], None]) -> None:
        """``take`` is called once the form holds what is needed."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.take = take
        self.offered = desk.handing_over.offered()

    def compose(self) -> ComposeResult:
        """Each thing asked, with the words that are offered."""
        with VerticalScroll(can_focus=False):
            yield Static(as_typed(f"Hand over {self.meeting.ref}"), classes="title")
            yield Static(
                as_typed("The whole meeting, restricted parts too. It is read-only here until it comes back."),
            )  # fmt: skip
            yield Static(as_typed("To whom"), classes="head")
            yield Line("", id="to")
            yield Static(as_typed("File, or a folder for it"), classes="head")
            yield Line(str(self.desk.documents), id="path")
            yield Static(as_typed("Passphrase, to be told by voice"), classes="head")
            yield Static(as_typed(self.offered), classes="words")
            yield Static(as_typed("Or your own, typed twice; blank takes the words above"))
            yield Secret(password=True, id="first")
            yield Secret(password=True, id="again")
            yield Static(Content(""), classes="problem")
            yield Static(as_typed("F10 writes the file   Tab next   Esc leaves"), classes="keys")

    def on_mount(self) -> None:
        """The name first."""
        self.query_one("#to", Line).focus()

    @on(Line.Submitted)
    @on(Input.Submitted)
    def _next(self, event: Line.Submitted | Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_take(self) -> None:
        """Checked as far as it can be before the work begins."""
        if self.secret("first") != self.secret("again"):
            self.say("The two passphrases differ. Type them again.")
            return
        try:
            where = Path(self.value("path") or ".").expanduser()
            if where == self.desk.documents:
                where.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self.desk.handing_over.target(self.meeting, where, where)
        except PanelkitError as refused:
            self.say(refused.sentence)
            return
        except OSError as failed:
            self.say(f"The folder cannot be made: {failed.strerror}.")
            return
        going = Going(self.value("to"), path, self.secret("first") or self.offered)
        self.dismiss(None)
        self.take(going)


class ReceiveForm(_Asking, ModalScreen[None]):
    """Which file, and the passphrase as it was told."""

    DEFAULT_CSS = _CSS.replace("FORM", "ReceiveForm")
    BINDINGS: ClassVar[list[BindingType]] = [*_KEYS]

    def __init__(self, desk: Desk, then: Callable[[Received], None]) -> None:
        """``then`` is called with what became of it."""
        super().__init__()
        self.desk = desk
        self.then = then
        self._busy = False

    def compose(self) -> ComposeResult:
        """The file and the passphrase."""
        with VerticalScroll(can_focus=False):
            yield Static(as_typed("Receive a meeting from another desk"), classes="title")
            yield Static(as_typed("File"), classes="head")
            yield Line("", id="path", placeholder="its path")
            yield Static(as_typed("Passphrase, as it was told by voice"), classes="head")
            yield Secret(password=True, id="secret")
            yield Static(Content(""), classes="problem")
            yield Static(as_typed("F10 opens it   Tab next   Esc leaves"), classes="keys")

    def on_mount(self) -> None:
        """The file first."""
        self.query_one("#path", Line).focus()

    @on(Line.Submitted)
    @on(Input.Submitted)
    def _next(self, event: Line.Submitted | Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_take(self) -> None:
        """In a worker: a key takes half a second to make."""
        from panelkit.packs.sealed import read_sealed
        from panelkit.services.handing_over import read_parcel

        if self._busy:
            return
        path, secret = Path(self.value("path").strip('"')).expanduser(), self.secret("secret")
        app, desk = self.app, self.desk
        self._busy = True
        self.say("Opening …")

        def work() -> None:
            try:
                done = desk.handing_over.receive(read_parcel(read_sealed(path), secret))
            except PanelkitError as failed:
                app.call_from_thread(self._failed, failed.sentence)
            else:
                app.call_from_thread(self._received, done)

        app.run_worker(work, thread=True, group="hand-over", description="receive a file")

    def _failed(self, sentence: str) -> None:
        self._busy = False
        self.say(sentence)

    def _received(self, done: Received) -> None:
        self.dismiss(None)
        self.then(done)


class TwoTexts(ModalScreen[tuple[str, str] | None]):
    """A place that two desks wrote in: both texts, and the person chooses.

    Returns which is kept and, for both, the words; None where nothing was chosen.
    """

    DEFAULT_CSS = """
    TwoTexts { align: center middle; background: $background 50%; }
    TwoTexts > VerticalScroll { width: 92%; max-width: 120; height: auto; max-height: 92%; background: $panel; border: solid $warning; padding: 0 1; }
    TwoTexts Static { height: auto; }
    TwoTexts .head { text-style: bold; margin-top: 1; }
    TwoTexts .keys { color: $text-muted; margin-top: 1; }
    TwoTexts Words { height: auto; min-height: 3; max-height: 12; border: solid $primary; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "keep('theirs')", "Theirs", priority=True),
        Binding("f8", "keep('mine')", "Ours", priority=True),
        Binding("ctrl+s", "both", "As edited", priority=True),
        Binding("escape", "leave", "Later", priority=True),
    ]

    def __init__(self, desk: Desk, meeting: Meeting, found: Disagreement) -> None:
        """``found`` is what both wrote."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.found = found
        self.drafts = Drafts(desk.caseload.record, meeting.id, desk.who)
        self.line = f"disagreement {found.id}"
        self.combines = desk.handing_over.can_combine(found, meeting)
        begun = self.drafts.get(self.line) if self.combines else ""
        self.start = begun or f"{found.theirs}\n{found.mine}".strip()
        self._kept = self.start

    def compose(self) -> ComposeResult:
        """Theirs, ours, and an editor to combine them where they are words."""
        handing, found = self.desk.handing_over, self.found
        with VerticalScroll(can_focus=False):
            yield Static(
                as_typed(f"{handing.place(found, self.meeting)}: both desks changed this"),
                classes="head",
            )
            for key, title, text, who in (
                ("F5", "THE OTHER DESK", found.theirs, found.theirs_by),
                ("F8", "THIS DESK", found.mine, found.mine_by),
            ):
                by = f", {who}" if who else ""
                yield Static(as_typed(f"{title}{by} ({key} keeps it)"), classes="head")
                yield Static(as_typed(handing.shown(found, self.meeting, text) or "(blank)"))
            if self.combines:
                yield Static(
                    as_typed("OR COMBINE THEM HERE (Ctrl+S keeps what stands here)"), classes="head"
                )
                yield Words(self.start)
            yield Static(
                as_typed("Both stay in the record whichever is kept. Esc leaves it for later."),
                classes="keys",
            )

    def on_mount(self) -> None:
        """The editor has the keys; what is typed in it is made durable."""
        if self.combines:
            self.query_one(Words).focus()
            self.set_interval(0.5, self.keep)

    def keep(self) -> None:
        """Keep what is combined so far."""
        if self.combines:
            words = self.query_one(Words).value
            if words != self._kept and self.drafts.keep(self.line, words):
                self._kept = words

    def save_everything(self) -> None:
        """For signals and faults."""
        self.keep()

    def action_keep(self, which: str) -> None:
        """One side's text stands; the other stays in the record of the disagreement."""
        self.keep()
        self.dismiss((which, ""))

    def action_both(self) -> None:
        """What stands in the editor."""
        if self.combines:
            self.keep()
            self.dismiss(("both", self.query_one(Words).value))

    def action_leave(self) -> None:
        """Later; what was combined waits."""
        self.keep()
        self.dismiss(None)
