"""An edited draft comes back: every change word by word, each taken or not, the rest in a tray."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from panelkit.domain.compare import PieceKind, compare
from panelkit.domain.entries import BY_KIND
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.spots import Spot
from panelkit.services.desk import Desk
from panelkit.services.taking_back import Change, TakeBack
from panelkit.tui.messages import GoTo
from panelkit.tui.screens.listing import Page
from panelkit.tui.typed import as_typed, as_typed_line
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Line

_STYLES = {PieceKind.SAME: "", PieceKind.REMOVED: "strike $text-error", PieceKind.ADDED: "bold underline $text-success"}  # fmt: skip
_SIGNS = {None: "?", True: "✓ take", False: "✗ leave"}
_KEYS = (
    "a take   r leave   l take all that need no look   o open the place   "
    "n tray as notes   Ctrl+S store   Esc back"
)


class TakeBackScreen(ModalScreen[None]):
    """Names a file, goes through its changes, stores those that were taken.

    Nothing is stored before Ctrl+S; what was decided is then stored together.
    """

    needs = Act.DRAFT
    DEFAULT_CSS = """
    TakeBackScreen { align: center middle; background: $background 40%; }
    TakeBackScreen > Vertical { width: 96%; max-width: 150; height: 94%; background: $panel; border: solid $primary; padding: 0 1; }
    TakeBackScreen .title { text-style: bold; height: auto; }
    TakeBackScreen .problem { color: $text-error; height: auto; }
    TakeBackScreen .foot { color: $text-muted; height: auto; }
    TakeBackScreen Line { height: 1; }
    TakeBackScreen RowList { max-height: 10; }
    TakeBackScreen VerticalScroll { height: 1fr; border-top: solid $primary; }
    TakeBackScreen VerticalScroll Static { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("ctrl+s", "store", "Store", priority=True),
    ]

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is the one that the file must be a draft of."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting
        self.back: TakeBack | None = None
        self.decided: dict[int, bool] = {}
        self.keep_tray = False
        """Whether what has no place is stored as notes."""
        written = reversed(desk.minute_taking.written(meeting))
        self.files = list(dict.fromkeys(Path(d.path) for d in written))

    def compose(self) -> ComposeResult:
        """The file first; its changes take the place of the list of files."""
        edited = set(self.desk.taking_back.edited_since_written(self.meeting))
        rows = [
            Row(str(path), ("edited" if path in edited else "", path.name, str(path.parent)))
            for path in self.files
            if path.is_file()
        ]
        with Vertical():
            yield Static(
                as_typed(f"Take back an edited draft of {self.meeting.ref}"), classes="title"
            )
            yield Line("", placeholder="type the path of the file, or choose one below with Tab")
            yield RowList(rows, (8, 40, 40), id="files")
            yield RowList((), (8, 30, 60), letters="arlon", id="changes")
            yield Static(Content(""), classes="problem")
            with VerticalScroll():
                yield Static(Content(""), id="difference")
                yield Static(Content(""), id="tray")
            yield Static(as_typed("Enter reads the file; nothing is stored yet."), classes="foot")

    def on_mount(self) -> None:
        """The last file written is at hand."""
        self._changes.display = False
        if self._files.option_count:
            self._files.focus()
        else:
            self.query_one(Line).focus()

    @property
    def _files(self) -> RowList:
        return self.query_one("#files", RowList)

    @property
    def _changes(self) -> RowList:
        return self.query_one("#changes", RowList)

    def _say(self, text: str) -> None:
        self.query_one(".problem", Static).update(as_typed(text))

    # -- the file ----------------------------------------------------------------------

    @on(Line.Submitted)
    def _named(self, event: Line.Submitted) -> None:
        event.stop()
        named = event.text.strip().strip('"')
        if named:
            self.read(Path(named).expanduser())

    @on(Line.Edited)
    def _typing(self, event: Line.Edited) -> None:
        event.stop()

    @on(RowList.OptionSelected, "#files")
    def _chosen(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.read(Path(event.option.id or ""))

    def read(self, path: Path) -> None:
        """Show what was changed in the file, or why it cannot be taken back."""
        try:
            self.back = self.desk.taking_back.read(path, expected=self.meeting)
        except PanelkitError as failed:
            self._say(failed.sentence)
            return
        self.decided = {}
        self._say("  ".join(self.back.notices))
        self._files.display = False
        self.query_one(Line).display = False
        self.query_one(".title", Static).update(as_typed(f"{path.name}: draft of {self.back.ref}"))
        self._changes.display = True
        self._follow()
        self.query_one("#tray", Static).update(tray_content(self.back))
        self._changes.focus()

    # -- its changes -------------------------------------------------------------------

    def _follow(self) -> None:
        back = self.back
        if back is None:
            return
        self._changes.follow(
            [
                Row(str(c.number), (_SIGNS[self.decided.get(c.number)], c.section, c.place))
                for c in back.changes
            ]
        )
        decided = f"{len(self.decided)} of {len(back.changes)} decided.   " if back.changes else ""
        self.query_one(".foot", Static).update(as_typed(f"{decided}{_KEYS}"))
        self._show()

    def _current(self) -> Change | None:
        number = self._changes.current
        changes = self.back.changes if self.back else ()
        return next((c for c in changes if str(c.number) == number), None)

    def _show(self) -> None:
        change = self._current()
        words_content = (
            change_content(change) if change else as_typed("No words were changed in it.")
        )
        self.query_one("#difference", Static).update(words_content)

    @on(RowList.OptionHighlighted, "#changes")
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        self._show()

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        change = self._current()
        if event.letter == "l" and self.back:
            for number in self.back.ready():
                self.decided.setdefault(number, True)
            left = len(self.back.changes) - len(self.back.ready())
            self._say(f"{left} to be looked at one by one." if left else "")
        elif event.letter == "n":
            self.keep_tray = not self.keep_tray and bool(self.back and self.back.unplaced)
            said = "What has no place is stored as notes." if self.keep_tray else ""
            self._say(said or "What has no place stays in the file.")
        elif change and event.letter == "o":
            self._open(change.spot)
            return
        elif change and event.letter == "a":
            if change.barred:
                self._say(change.barred)
                return
            self.decided[change.number] = True
            self._on_to_next(change)
        elif change:
            self.decided[change.number] = False
            self._on_to_next(change)
        self._follow()

    def _on_to_next(self, change: Change) -> None:
        after = [c for c in self.back.changes if c.number > change.number] if self.back else []
        if after:
            self._changes.show_current(str(after[0].number))

    @on(RowList.OptionSelected, "#changes")
    def _entered(self, event: RowList.OptionSelected) -> None:
        event.stop()

    def _open(self, spot: Spot) -> None:
        """The field in the record, where the meeting is open behind this screen."""
        from panelkit.tui.screens.meeting import MeetingScreen

        kind = BY_KIND.get(spot.owner) if spot.entry else None
        for screen in self.app.screen_stack:
            if isinstance(screen, MeetingScreen):
                item = kind.item if kind else spot.owner
                field = spot.owner if spot.entry else spot.field
                screen.post_message(GoTo(item or screen.current, field, spot.entry))
                self.dismiss(None)
                return
        self._say("Open the meeting first; then take the draft back from its documents.")

    # -- storing -----------------------------------------------------------------------

    def action_store(self) -> None:
        """What was decided is stored together; undecided changes wait in the file."""
        back = self.back
        if back is None:
            return
        waiting = [c for c in back.changes if c.number not in self.decided]
        if waiting:
            self._changes.show_current(str(waiting[0].number))
            self._say(f"{len(waiting)} still to decide: a takes it, r leaves it.")
            return
        numbers = [number for number, take in self.decided.items() if take]
        try:
            after = self.desk.taking_back.accept(back, numbers, keep_tray=self.keep_tray)
        except PanelkitError as failed:
            self._say(failed.sentence)
            return
        self._refresh_meeting()
        app, summary = self.app, (summary_content(back, set(numbers), after))
        self.dismiss(None)
        app.push_screen(Page("Taken back", summary))

    def _refresh_meeting(self) -> None:
        from panelkit.tui.screens.meeting import MeetingScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, MeetingScreen) and screen.session.meeting.id == self.meeting.id:
                screen.session.reload()

    def action_leave(self) -> None:
        """Back; nothing is stored and the file is as it was."""
        self.dismiss(None)


def difference_content(was: str, now: str) -> Content:
    """Word by word: what went is struck through and bracketed, what came is underlined.

    Brackets say it where there is no colour.
    """
    forms = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}
    return Content("").join(
        as_typed(forms[piece.kind].format(piece.text)).stylize(_STYLES[piece.kind])
        if _STYLES[piece.kind]
        else as_typed(piece.text)
        for piece in compare(was, now)
    )


def change_content(change: Change) -> Content:
    """One change in full."""
    lines = [
        as_typed(f"{change.section} · {change.place}").stylize("bold"),
        difference_content(change.was, change.now) if change.now else as_typed(f"[-{change.was}-]"),
    ]
    if change.record_now is not None:
        lines.append(as_typed(f"The record says now: {change.record_now or '(blank)'}"))
    if change.pending:
        lines.append(as_typed("It holds tracked changes that nobody accepted or rejected in Word."))
    if change.look:
        lines.append(as_typed(f"To be looked at: {change.look}."))
    if change.barred:
        lines.append(as_typed(change.barred))
    return Content("\n").join(lines)


def tray_content(back: TakeBack) -> Content:
    """What is not taken and what has no place."""
    lines: list[Content] = []
    if back.refused:
        lines.append(as_typed("\nNot taken: corrected in the record").stylize("bold"))
    for fact in back.refused:
        after = as_typed_line(f", after {fact.after}", 50) if fact.after else Content("")
        words = [
            as_typed(fact.section),
            after,
            as_typed(": "),
            difference_content(fact.was, fact.now),
        ]
        lines.append(Content("").join(words))
        lines.append(as_typed(f"    {fact.remedy}"))
    if back.unplaced:
        lines.append(as_typed("\nIn the file, and in no field of the record").stylize("bold"))
    for each in back.unplaced:
        who = f" by {each.who}" if each.who else ""
        at = as_typed_line(f" at: {each.at}", 60) if each.at else Content("")
        lines.append(Content("").join([as_typed(f"{each.section}: {each.kind}{who}"), at]))
        lines.append(as_typed(f"    {each.text or '(no words)'}"))
    return Content("\n").join(lines)


def summary_content(back: TakeBack, taken: set[int], after: Meeting) -> Content:
    """What was stored and what was not, at the end."""
    lines = [as_typed(f"{after.ref}: {len(taken)} of {len(back.changes)} changes stored.")]
    for change in back.changes:
        sign = _SIGNS[change.number in taken]
        lines.append(as_typed(f"  {sign}  {change.section} · {change.place}"))
    lines.append(tray_content(back))
    return Content("\n").join(lines)
