"""The pane of one agenda item: what to say, what is carried, what to record.

The plain pane serves every item: its fields, then a table for each kind of content.
Items whose talk has a shape of its own (the round table, the risk grid, old actions,
the read-back) have panes that add one widget; ``PANES`` in this package lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import is_asked
from panelkit.domain.entries import BY_KIND, Entry
from panelkit.domain.returns import lines_at
from panelkit.opened.session import Session, Spot
from panelkit.opened.showing import hidden
from panelkit.opened.speech import said
from panelkit.tui.sight import take_keys
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.returnbox import ReturnBox
from panelkit.tui.widgets.still import Still


class ItemPane(VerticalScroll, can_focus=False):
    """One agenda item, on screen."""

    DEFAULT_CSS = """
    ItemPane { padding: 0 1; height: 1fr; scrollbar-gutter: stable; }
    ItemPane > .title { text-style: bold; color: $text-accent; height: auto; }
    ItemPane > .say { color: $text; background: $panel; padding: 0 1; margin: 0 0 1 0; height: auto; }
    ItemPane > .gate { color: $text-warning; height: auto; }
    """

    fields_first: ClassVar[bool] = True
    """Whether fields stand above the tables."""

    own_kinds: ClassVar[frozenset[str]] = frozenset()
    """Kinds of content that the pane shows in a way of its own."""

    @dataclass
    class EntryWanted(Message):
        """Somebody opens an entry, or asks for a new one where ``entry`` is blank."""

        kind: type[Entry]
        entry: str
        start: tuple[tuple[str, object], ...] = ()
        """What a new one begins with."""

    def __init__(self, session: Session, item: AgendaItem) -> None:
        """``item`` as it was when the meeting opened."""
        super().__init__(id=f"pane-{item.code}")
        self.session = session
        self.item = item
        self._asked: tuple[str, ...] = ()

    # -- composing -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, what to say, fields and tables in the order of this pane."""
        yield Static(as_typed(f"{self.item.code}  {self.item.title}"), classes="title")
        yield Still(self._say_content(), classes="say")
        gate = Still(Content(""), classes="gate")
        gate.display = False  # most have nothing to say: no line is laid out to be taken away again
        yield gate
        if self._has_returned:
            yield ReturnBox(self.session, self.item.code)
        if self.fields_first:
            yield from self.compose_fields()
            yield from self.compose_own()
            yield from self.compose_tables()
        else:
            yield from self.compose_own()
            yield from self.compose_tables()
            yield from self.compose_fields()

    def compose_fields(self) -> ComposeResult:
        """A box for every field of the item; those not asked now are hidden."""
        for field in self.item.fields:
            box = FieldBox(self.session, Spot(self.item.code, field.key), field)
            box.display = self._is_asked(field.key)
            yield box

    def compose_own(self) -> ComposeResult:
        """What a pane of its own kind adds."""
        yield from ()

    def compose_tables(self) -> ComposeResult:
        """A table for each kind of content of the item."""
        for kind in self.item.entries:
            if kind not in self.own_kinds:
                yield EntryTable(self.session, BY_KIND[kind])

    def _say_content(self) -> Content:
        return as_typed(said(self.item, self.session))

    def _is_asked(self, key: str) -> bool:
        chairing = self.session.chairing
        return is_asked(self.item.field(key), self.session.meeting, chairing.area)

    # -- following -----------------------------------------------------------------

    def follow(self, gaps: tuple[Gap, ...]) -> None:
        """Show the meeting as it is now; ``gaps`` are those of the whole meeting."""
        if not self.children:
            return  # not composed yet; it follows as soon as it is
        mine = [gap for gap in gaps if gap.item == self.item.code]
        owed = {gap.field for gap in mine if not gap.parked}
        for box in self.query(FieldBox):
            box.display = self._is_asked(box.field.key)
            box.follow()
            box.show_owed(box.field.key in owed)
        for table in self.query(EntryTable):
            table.follow()
        self._follow_returned()
        self.query_one(".say", Still).update(self._say_content())
        self._show_gate(mine)

    @property
    def _has_returned(self) -> bool:
        return bool(lines_at(self.session.meeting, self.item.code))

    def _follow_returned(self) -> None:
        """What returns say here; one may come in while the panel meets."""
        boxes = self.query(ReturnBox)
        if not boxes and self._has_returned:
            self.mount(ReturnBox(self.session, self.item.code), after=".gate")
        for box in boxes:
            box.follow()

    def _show_gate(self, mine: list[Gap]) -> None:
        """Rules that no single field shows, in words under the title."""
        keys = {field.key for field in self.item.fields}
        carried = sum(gap.field.startswith("carried_") and not gap.entry for gap in mine)
        lines = [
            f"! {gap.message}"
            for gap in mine
            if gap.field not in keys
            and not gap.entry
            and not gap.parked
            and not gap.field.startswith("carried_")
        ]
        if carried:  # each says it under its own field
            lines.append(
                f"! {carried} carried from last time, not confirmed: ^F y confirms all here"
            )
        lines += [f"parked: {gap.message}: {hidden(gap.parked)}" for gap in mine if gap.parked]
        gate = self.query_one(".gate", Still)
        gate.display = bool(lines)
        gate.update(as_typed("\n".join(lines[:6])))

    def focus_first(self, key: str = "") -> None:
        """Put the cursor in the field ``key``, else in the first that is owed or empty."""
        boxes = [box for box in self.query(FieldBox) if box.display]
        wanted = [box for box in boxes if box.spot.field == key]
        target = wanted or [b for b in boxes if b._owed] or boxes  # noqa: SLF001 - same family
        if target:
            if target[0] is boxes[0]:
                target[0].editor.focus(scroll_visible=False)
                self.scroll_home(animate=False)
            else:
                take_keys(target[0].editor, target[0])
            return
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return
