"""A10: groups by level, with last time beside it; one letter rates the group."""

from __future__ import annotations

from typing import ClassVar, Final

from panelkit.domain import entries as e
from panelkit.domain.conditions import groups_without_measure, rated_groups
from panelkit.domain.starting import group_order
from panelkit.domain.vocabulary import Change, RiskOfSeriousHarm
from panelkit.opened.showing import BLOCK, hidden
from panelkit.services.chairing import new_id
from panelkit.tui.panes.item import ItemPane
from panelkit.tui.panes.listpane import ListPane
from panelkit.tui.widgets.rowlist import Row

LETTERS: Final = {
    "l": RiskOfSeriousHarm.LOW,
    "m": RiskOfSeriousHarm.MEDIUM,
    "h": RiskOfSeriousHarm.HIGH,
    "v": RiskOfSeriousHarm.VERY_HIGH,
}
SHORT: Final = BLOCK * 4
"""A level on a shared screen: every level is hidden alike."""
ARROWS: Final = {Change.UP: ">", Change.DOWN: "<", Change.SAME: "="}


class RiskPane(ListPane):
    """The grid, then the words of the assessment."""

    own_kinds: ClassVar[frozenset[str]] = frozenset({"ratings"})
    widths: ClassVar[tuple[int, ...]] = (3, 12, 10, 1, 10, 14)
    under_lines: ClassVar[int] = 2
    letters: ClassVar[str] = "lmhv"
    keys: ClassVar[str] = (
        "l low   m medium   h high   v very high   Enter because      group, last time, now, because"
    )

    def rows(self) -> list[Row]:
        """One line a group; a group that must be rated and has no row yet is there too."""
        meeting = self.session.meeting
        ratings = sorted(meeting.of(e.RiskRating), key=group_order)
        there = {rating.group for rating in ratings}
        rows = [self._row(rating) for rating in ratings]
        rows += [
            Row(f"new:{group}", (group.ref, group.label, "", "", "RATE?", ""), strong=True)
            for group in rated_groups(meeting)
            if group not in there
        ]
        return rows

    def _row(self, rating: e.RiskRating) -> Row:
        group = rating.group
        last = rating.last.label if rating.last else "–"
        now = rating.level.label if rating.level else "RATE?"
        if rating.level and rating.level.is_high:
            now = now.upper()
        sign = ARROWS.get(rating.change, "") if rating.change else ""
        bare = group in groups_without_measure(self.session.meeting)
        warn = (
            "! no measure"
            if bare
            else "confirm A16"
            if rating.read_back == "to_be_confirmed"
            else ""
        )
        if self.session.masked:
            now, last, sign, warn = hidden(now, SHORT), hidden(last, SHORT), "", ""
        cells = (
            group.ref if group else "",
            group.label if group else "",
            last,
            sign,
            now,
            warn,
        )
        return Row(
            rating.id,
            cells,
            under=hidden(rating.because),
            strong=not self.session.masked and (rating.level is None or rating.level.is_high),
        )

    def act(self, letter: str, row: str) -> str:
        """The level that ``letter`` stands for."""
        if not row:
            return ""
        chairing, level = self.session.chairing, LETTERS[letter]
        if row.startswith("new:"):
            group = next(g for g in rated_groups(self.session.meeting) if row == f"new:{g}")
            fresh = e.RiskRating(id=new_id(), group=group, level=level)
            return self.session.do(lambda m: chairing.add(m, fresh))
        return self.session.do(lambda m: chairing.change(m, e.RiskRating, row, level=level))

    def open_row(self, row: str) -> None:
        """The reason for the rating."""
        if not row.startswith("new:"):
            self.post_message(
                ItemPane.EntryWanted(e.RiskRating, row, (("only", ("level", "because")),))
            )
