"""A table of one kind of content: Enter opens a row, + adds one, Delete withdraws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.fields import fields_of, short_date, show_text
from panelkit.domain.vocabulary import Sensitivity
from panelkit.opened.columns import COLUMNS, plural
from panelkit.opened.session import Session
from panelkit.opened.showing import hidden
from panelkit.services.clock import room_time
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still


def row_of(entry: e.Entry) -> Row:
    """One line for an entry; withdrawn and unconfirmed ones say so."""
    described = {field.key: field for field in fields_of(type(entry))}
    cells = []
    for key, _width in COLUMNS.get(entry.kind, ()):
        text = _cell(getattr(entry, key))
        if described[key].sensitivity is not Sensitivity.OPEN:
            text = hidden(text)
        cells.append(text)
    mark = (
        "x"
        if entry.withdrawn
        else "?"
        if entry.is_unconfirmed or entry.read_back == "to_be_confirmed"
        else " "
    )
    ref = entry.ref if entry.prefix or isinstance(entry, e.Action) else str(entry.number)
    return Row(entry.id, (mark, ref, *cells), strong=mark == "?")


def _cell(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return short_date(value)
    if isinstance(value, datetime):
        return room_time(value).strftime("%H:%M")
    return show_text(value)


def widths_of(kind: type[e.Entry]) -> tuple[int, ...]:
    """Widths of the mark, the reference and each column."""
    return (1, 4, *(width for _key, width in COLUMNS.get(kind.kind, ())))


class EntryTable(Vertical):
    """Every entry of one kind."""

    DEFAULT_CSS = """
    EntryTable { height: auto; margin-bottom: 1; }
    EntryTable > .head { color: $text-muted; height: 1; }
    EntryTable > .empty { color: $text-muted; height: 1; padding-left: 2; }
    """

    @dataclass
    class Wanted(Message):
        """Open ``entry``; blank asks for a new one."""

        kind: type[e.Entry]
        entry: str
        parent: str = ""

    @dataclass
    class WithdrawWanted(Message):
        """Withdraw ``entry``, with a reason still to be given."""

        kind: type[e.Entry]
        entry: str

    def __init__(self, session: Session, kind: type[e.Entry], parent: str = "") -> None:
        """``kind`` is what it holds; with ``parent``, only what hangs from that entry."""
        super().__init__(classes=f"table-{kind.kind}")
        self.session = session
        self.kind = kind
        self.owner = parent

    def rows(self) -> list[Row]:
        """One line each, in order."""
        return [row_of(row) for row in self._mine()]

    def _mine(self) -> list[e.Entry]:
        found = self.session.meeting.of(self.kind)
        return [row for row in found if not self.owner or row.parent == self.owner]

    def _head_content(self) -> Content:
        mine = self._mine()
        live = sum(row.is_live for row in mine)
        keys = "   + add"
        if mine:  # a key that does nothing yet is not named
            keys += "   Enter open   Delete withdraw"
        if live < len(mine):
            keys += ", or bring back"
        return as_typed(f"{plural(self.kind)} ({live}){keys}")

    def compose(self) -> ComposeResult:
        """A heading that says the keys, then the rows."""
        yield Still(self._head_content(), classes="head")
        yield RowList(self.rows(), widths_of(self.kind), letters="+")

    def follow(self) -> None:
        """Show the entries as they are now."""
        if not self.children:
            return  # not composed yet; it follows as soon as it is
        self.query_one(".head", Still).update(self._head_content())
        self.query_one(RowList).follow(self.rows())

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Wanted(self.kind, event.option.id or "", self.owner))

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        self.post_message(self.Wanted(self.kind, "", self.owner))

    def on_key(self, event: events.Key) -> None:
        """Enter on an empty table adds; Delete withdraws the row under the cursor."""
        rows = self.query_one(RowList)
        if not rows.has_focus:
            return
        if event.key == "enter" and not rows.option_count:
            event.stop()
            self.post_message(self.Wanted(self.kind, "", self.owner))
        elif event.key == "delete" and rows.current:
            event.stop()
            self.post_message(self.WithdrawWanted(self.kind, rows.current))


def describe(entry: e.Entry) -> str:
    """How a dialog names an entry: never by case text."""
    return name_of(entry)
