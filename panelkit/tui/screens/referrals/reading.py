"""Referrals out of a file: which file, then everything that was understood of it, then kept or left."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from panelkit.domain.errors import PanelkitError
from panelkit.domain.people import Act
from panelkit.domain.referral_form import FormRead
from panelkit.services.desk import Desk
from panelkit.services.referral_words import not_read_lines, row_lines
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

KEYS: Final = "Ctrl+S keeps all of it   Esc leaves it: nothing is kept"
CANNOT: Final = "! keeps it from being kept: correct the file, or ask the referrer, and read it again   Esc back"  # fmt: skip
SIGN: Final = 2


class FileForm(FigureForm):
    """Which file holds the referral. Returns nothing: what was read is :attr:`read`."""

    needs = Act.PLAN
    last_line = "received"

    def __init__(self, desk: Desk) -> None:
        """A form that was filled in, or a table."""
        super().__init__(
            desk, "Read a referral in",
            "A referral form in Word (.docx), or a table with a line for each referral (.csv, .xlsx). "
            "What is understood is shown first; nothing is kept before you say so.",
        )  # fmt: skip
        self.read: FormRead | None = None

    def questions(self) -> ComposeResult:
        """Where it is, and when it came."""
        yield from self.ask_line("file", "The file", f"{self.desk.documents}/")
        yield from self.ask_line(
            "received", "Received on, where the file does not say; blank: today"
        )

    def on_mount(self) -> None:
        """The file is what is asked."""
        self.first("file")

    def make(self) -> str:
        """Read; nothing is kept."""
        path = Path(self.needed("file", "Which file?").strip('"')).expanduser()
        received = self.day("received", "Received on")
        with self.at("file"):
            self.read = self.desk.referral_forms.read(path, received)
        return ""


class ReadIn(ListPanel):
    """What was understood of a file. Returns whether it was kept; :attr:`kept` says what.

    | Key | Does |
    |---|---|
    | Ctrl+S | keeps every referral of it |
    """

    needs = Act.PLAN
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "Keep", priority=True)]

    def __init__(self, desk: Desk, read: FormRead) -> None:
        """``read`` is shown, and exactly that is kept."""
        super().__init__()
        self.desk = desk
        self.read = read
        self.kept = ""

    def compose(self) -> ComposeResult:
        """Line by line, what is wrong first."""
        keys = KEYS if self.read.is_whole else CANNOT
        return self.laid("", RowList((), self._widths(), under_lines=4), keys)

    def _widths(self) -> tuple[int, ...]:
        room = min(int(self.app.size.width * 0.96), 130) - SIGN - 8
        head = min(60, room // 2)
        return (SIGN, head, room - head)

    def on_mount(self) -> None:
        """From the top."""
        wrong = sum(bool(row.wrong) for row in self.read.rows)
        many = len(self.read.rows)
        words = f"{many} referral{'' if many == 1 else 's'} understood, nothing kept yet"
        if wrong:
            words = f"{wrong} of {many} cannot be kept as {'it is' if wrong == 1 else 'they are'}: nothing is kept"
        self.show_title(f"{self.read.name}   {words}")
        rows = self.query_one(RowList)
        rows.follow(list(self._rows()))
        rows.focus()

    def _rows(self) -> list[Row]:
        found: list[Row] = []
        for n, row in enumerate(self.read.rows):
            found.append(Row(f"h:{n}", ((row.where or "the form").upper(),), heading=True))
            lines = [one for one in row_lines(row) if one[0] or not row.wrong or self._is_one()]
            found += [self._line(f"{n}.{m}", *line) for m, line in enumerate(lines)]
        how = (("How it was read", one) for one in self.read.notices)
        rest = [*not_read_lines(self.read), *how]
        if rest:
            found.append(Row("h:rest", ("NOT READ, AND HOW IT WAS READ",), heading=True))
            found += [self._line(f"r.{m}", "", *line) for m, line in enumerate(rest)]
        return found

    def _is_one(self) -> bool:
        return len(self.read.rows) == 1

    def _line(self, row: str, sign: str, head: str, words: str) -> Row:
        """What has no room in its cell stands whole under it."""
        _sign, for_head, for_words = self._widths()
        if len(head) <= for_head and len(words) <= for_words:
            return Row(row, (sign, head, words), strong=sign == "!")
        if len(head) > for_head:
            return Row(row, (sign, "", ""), strong=sign == "!", under=f"{head}: {words}")
        return Row(row, (sign, head, ""), strong=sign == "!", under=words)

    def on_resize(self) -> None:
        """Columns for the width there is."""
        rows = self.query_one(RowList)
        rows.use_widths(self._widths())
        rows.follow(self._rows())
        super().on_resize()

    def action_keep(self) -> None:
        """All of it, or a sentence that says why not."""
        if not self.read.is_whole:
            self.say("Nothing is kept while a line is marked with !.")
            return
        try:
            made = self.desk.referral_forms.take_in(self.read)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        refs = ", ".join(one.ref for one in made)
        self.kept = f"{refs} {'is' if len(made) == 1 else 'are'} kept."
        self.changed = True
        self.action_leave()
