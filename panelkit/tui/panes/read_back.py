"""A16: one page the chair reads aloud: decisions, risks that moved, every action."""

from __future__ import annotations

from typing import ClassVar

from panelkit.domain import entries as e
from panelkit.domain.fields import short_date
from panelkit.domain.quick import smart_of
from panelkit.domain.starting import group_order
from panelkit.domain.vocabulary import Change, ReadBack, YesNo
from panelkit.opened.showing import hidden
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.listpane import ListPane
from panelkit.tui.widgets.rowlist import Row


class ReadBackPane(ListPane):
    """Each line is confirmed, corrected, or to be confirmed."""

    own_kinds: ClassVar[frozenset[str]] = frozenset({"actions"})
    widths: ClassVar[tuple[int, ...]] = (12, 6, 22, 18, 10)
    under_lines: ClassVar[int] = 4
    letters: ClassVar[str] = "cyC"
    keys: ClassVar[str] = (
        "c chair confirms   C confirms all   y owner says yes   Enter corrects   F8 adds an action   Delete withdraws"
    )

    def rows(self) -> list[Row]:
        """Decisions with their reasons, risks, then actions with owner and date."""
        meeting = self.session.meeting
        rows = [Row("h:d", ("DECISIONS", "", "", "", ""), heading=True)]
        rows += [self._decision(d) for d in meeting.live(e.Decision)]
        rows.append(Row("h:r", ("RISKS", "", "", "", ""), heading=True))
        rows += [self._rating(r) for r in sorted(meeting.live(e.RiskRating), key=group_order)]
        rows.append(Row("h:a", ("ACTIONS", "", "", "", ""), heading=True))
        rows += [self._action(a) for a in meeting.new_actions if a.is_live]
        return rows

    def _decision(self, row: e.Decision) -> Row:
        words = hidden(f"{row.decision}  Because: {row.because}" if row.because else row.decision)
        cells = (_state(row), row.ref, row.type.label if row.type else "", "", "")
        return Row(f"decisions:{row.id}", cells, strong=_waits(row), under=words)

    def _rating(self, row: e.RiskRating) -> Row:
        moved = {Change.UP: "raised", Change.DOWN: "lowered", Change.SAME: "same"}.get(
            row.change or Change.SAME, ""
        )
        level = row.level.label if row.level else "not rated"
        group = row.group.label if row.group else ""
        cells = (
            _state(row),
            row.group.ref if row.group else "",
            group,
            hidden(level),
            moved,
        )
        waits = _waits(row) or row.level is None
        told = row.change is not Change.SAME
        return Row(
            f"ratings:{row.id}", cells, strong=waits, under=hidden(row.because) if told else ""
        )

    def _action(self, row: e.Action) -> Row:
        said = (
            {YesNo.YES: "accepted", YesNo.NO: "REFUSED"}.get(row.accepted, "YES?")
            if row.accepted
            else "YES?"
        )
        weak = "".join(
            letter for letter, met, _help in smart_of(row, self.session.meeting) if not met
        )
        words = hidden(row.text) + (f"   (not yet {weak})" if weak else "")
        cells = (
            _state(row) if row.read_back else said,
            row.ref,
            row.owner or "OWNER?",
            short_date(row.due) or "DATE?",
            said,
        )
        return Row(f"actions:{row.id}", cells, strong=_waits(row) or said == "YES?", under=words)

    def act(self, letter: str, row: str) -> str:
        """Confirm one or all, or take the owner's yes."""
        chairing, do = self.session.chairing, self.session.do
        if letter == "C":
            waiting = [
                r.id
                for r in self.rows()
                if ":" in r.id and not r.heading and self._is_waiting(r.id)
            ]
            for each in waiting:
                if refused := self.act("c", each):
                    return refused
            return ""
        kind, _, entry = row.partition(":")
        if not entry or kind == "h":
            return ""
        if letter == "y":
            if kind != "actions":
                return "Only an action is accepted by its owner."
            return do(
                lambda m: chairing.change(
                    m,
                    e.Action,
                    entry,
                    accepted=YesNo.YES,
                    read_back=m.entry(e.Action, entry).read_back,
                )
            )
        return do(lambda m: chairing.read_back(m, e.BY_KIND[kind], entry))

    def _is_waiting(self, row: str) -> bool:
        kind, _, entry = row.partition(":")
        found = self.session.entry(kind, entry)
        return found is not None and _waits(found)

    def entry_of(self, row: str) -> tuple[type[e.Entry], str] | None:
        """An action or a decision; a rating is changed, not withdrawn."""
        kind, _, entry = row.partition(":")
        return (e.BY_KIND[kind], entry) if kind in ("actions", "decisions") else None

    def open_row(self, row: str) -> None:
        """Correct it."""
        kind, _, entry = row.partition(":")
        if entry and kind != "h":
            self.post_message(ItemPane.EntryWanted(e.BY_KIND[kind], entry))


def _waits(row: e.Entry) -> bool:
    return row.read_back is ReadBack.TO_CONFIRM


def _state(row: e.Entry) -> str:
    """What the chair typed needs no confirming: it says whose it is."""
    return row.read_back.label if row.read_back else "chair's own"
