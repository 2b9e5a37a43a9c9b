"""A7: every organisation present is asked by name; those not heard stay lit."""

from __future__ import annotations

from typing import ClassVar

from panelkit.domain import entries as e
from panelkit.domain.attendance import organisations_to_hear
from panelkit.domain.vocabulary import YesNo
from panelkit.opened.showing import hidden
from panelkit.services.chairing import new_id
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.listpane import ListPane
from panelkit.tui.widgets.rowlist import Row


class RoundTablePane(ListPane):
    """One line an organisation; what it said under it."""

    own_kinds: ClassVar[frozenset[str]] = frozenset({"contributions"})
    widths: ClassVar[tuple[int, ...]] = (10, 34, 20)
    under_lines: ClassVar[int] = 2
    letters: ClassVar[str] = "nh+"
    keys: ClassVar[str] = (
        "Enter what was said   n nothing to add   h heard, to be written up   + say more   (reports: + too)"
    )

    def rows(self) -> list[Row]:
        """Organisations to be heard, then anybody else who gave something."""
        meeting = self.session.meeting
        names = list(organisations_to_hear(meeting, self.session.chairing.area))
        told = meeting.of(e.Contribution)
        names += [c.organisation for c in told if c.organisation not in names]
        rows: list[Row] = []
        for name in dict.fromkeys(names):
            mine = [c for c in told if c.organisation == name]
            if not any(c.is_live for c in mine):
                rows.append(Row(f"new:{name}", ("NOT HEARD", name, ""), strong=True))
            rows += [self._row(c) for c in mine]
        return rows

    def _row(self, told: e.Contribution) -> Row:
        if told.withdrawn:
            state = "withdrawn"
        elif told.nil_return is YesNo.YES:
            state = "nil"
        elif told.text.strip() or told.declined.strip():
            state = "heard"
        else:
            state = "to write"
        kind = hidden(told.info_type.label if told.info_type else "")
        text = hidden(told.text or told.declined)
        return Row(
            told.id, (state, told.organisation, kind), strong=state == "to write", under=text
        )

    def act(self, letter: str, row: str) -> str:
        """Nil, heard, or one more from the same organisation."""
        if not row:
            return ""
        name = self._organisation(row)
        chairing = self.session.chairing
        if letter == "+":
            self.post_message(ItemPane.EntryWanted(e.Contribution, "", (("organisation", name),)))
            return ""
        if not row.startswith("new:"):
            return f"{name} has been heard; Enter opens what was said."
        if letter == "n":
            return self.session.do(lambda m: chairing.nil_return(m, name))
        return self.session.do(
            lambda m: chairing.add(m, e.Contribution(id=new_id(), organisation=name))
        )

    def open_row(self, row: str) -> None:
        """What this organisation said; a new line for one not heard yet."""
        if row.startswith("new:"):
            start = (("organisation", self._organisation(row)),)
            self.post_message(ItemPane.EntryWanted(e.Contribution, "", start))
        else:
            self.post_message(ItemPane.EntryWanted(e.Contribution, row))

    def _organisation(self, row: str) -> str:
        if row.startswith("new:"):
            return row.removeprefix("new:")
        return self.session.meeting.entry(e.Contribution, row).organisation
