"""A table of one kind of content: Enter opens a row, + adds one, Delete withdraws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.fields import fields_of, short_date, show_text
from panelkit.domain.vocabulary import Sensitivity
from panelkit.services.clock import room_time
from panelkit.tui.session import Session
from panelkit.tui.typed import as_typed, hidden
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still

COLUMNS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "attendance": (("status", 10), ("agency", 5), ("organisation", 26), ("name", 22), ("role", 12)),
    "calls": (("at", 6), ("outcome", 20), ("organisation", 28), ("person", 20), ("rung_by", 18)),
    "interests": (("declared_by", 22), ("handling", 16), ("nature", 40)),
    "refused_entries": (("at", 6), ("who", 24), ("done", 40)),
    "linked_cases": (("case_ref", 12), ("link", 50)),
    "key_dates": (("event", 22), ("on", 12), ("detail", 40)),
    "corrections": (("where", 24), ("was", 26), ("now", 26)),
    "actions": (("owner", 12), ("organisation", 12), ("due", 17), ("text", 60)),
    "contributions": (("organisation", 28), ("info_type", 14), ("text", 60)),
    "restricted_parts": (("started_at", 6), ("ended_at", 6), ("reason", 40)),
    "victims": (("relationship", 12), ("vcs_status", 12), ("safety_measure", 40)),
    "ratings": (("group", 12), ("last", 10), ("level", 10), ("because", 50)),
    "tools": (("tool", 14), ("result", 12), ("on", 12), ("assessor", 20)),
    "measures": (("pillar", 16), ("text", 40), ("organisation", 20), ("risk", 24)),
    "contingencies": (("trigger", 30), ("response", 30), ("who", 14), ("within", 12)),
    "orders": (("control", 22), ("terms", 40), ("ends_on", 12)),
    "restrictions": (("measure", 32), ("legal_basis", 22), ("review", 22)),
    "disclosures": (("to_whom", 24), ("what", 28), ("by_whom", 12), ("by_when", 12)),
    "decisions": (("type", 12), ("decision", 50), ("review_date", 12)),
    "options": (("option", 26), ("favour", 26), ("against", 26)),
    "evidence": (("side", 8), ("text", 44), ("source", 20), ("on", 14)),
    "views": (("organisation", 28), ("view", 14), ("note", 40)),
    "told": (("who", 28), ("by_whom", 20), ("by_when", 12)),
    "notes": (("place", 4), ("speaker", 22), ("text", 60)),
    "section_words": (("section", 16), ("text", 60)),
    "recipients": (("name", 22), ("organisation", 28), ("method", 14)),
    "comments": (("section", 20), ("text", 44), ("settled", 8)),
    "amendments": (("section", 18), ("asked_by", 16), ("outcome", 18), ("now", 30)),
    "addenda": (("received_at", 8), ("from_whom", 20), ("text", 50)),
    "transfers": (("to_area", 22), ("answer", 18), ("owner", 26), ("plan_holder", 26)),
    "settled": (("what", 26), ("organisation", 28), ("on", 12), ("by_whom", 22)),
    "parked": (("place", 4), ("gate", 24), ("reason", 40), ("until", 12)),
}
"""Columns shown for each kind, with their widths in cells."""


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


def plural(kind: type[e.Entry]) -> str:
    """``Actions``, ``Contingencies``, ``People invited``."""
    special = {
        "attendance": "People invited",
        "refused_entries": "Refused entry",
        "evidence": "Evidence",
        "told": "Told",
        "interests": "Interests declared",
        "restricted_parts": "Restricted parts",
        "parked": "Parked",
    }
    if kind.kind in special:
        return special[kind.kind]
    title = kind.title
    return f"{title[:-1]}ies" if title.endswith("y") and not title.endswith("ey") else f"{title}s"


def describe(entry: e.Entry) -> str:
    """How a dialog names an entry: never by case text."""
    return name_of(entry)
