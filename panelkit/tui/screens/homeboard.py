"""What the home screen lists: sittings with their meetings, what is with me, what is late.

Every row is of the same columns: when, which, what, how far, what waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.fields import short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.put_off import is_cancelled
from panelkit.domain.referrals import Referral, answer_due
from panelkit.domain.sitting import Sitting, ends, in_order
from panelkit.domain.vocabulary import MeetingState
from panelkit.domain.waiting import Waits, before_meeting, due_words, waiting
from panelkit.services.caseload import Listed
from panelkit.services.desk import Desk
from panelkit.tui.typed import hidden
from panelkit.tui.widgets.rowlist import Row

WIDTHS: Final = (17, 12, 14, 10, 13, 44)
"""When, reference, level and kind, number, state, what waits."""

NARROW: Final = (12, 11, 13, 36)
"""Below a hundred columns: when, reference, level and kind, what waits."""

RUNNING: Final = (MeetingState.OPEN, MeetingState.PAUSED, MeetingState.PART_HEARD)


@dataclass(frozen=True, slots=True)
class Board:
    """The record as home shows it, read once."""

    area: Area
    today: date
    meetings: tuple[Meeting, ...]
    listed: list[Listed]
    sittings: tuple[Sitting, ...]
    waits: tuple[Waits, ...]
    away: Mapping[str, str] = field(default_factory=dict)
    """Who holds the pen of meetings that are read-only here, by reference."""
    cancelled: frozenset[str] = frozenset()
    """References of planned meetings that stand cancelled."""
    referrals: tuple[Referral, ...] = ()
    """Those that wait for an answer."""

    def rows(self) -> list[Row]:
        """Today's sitting first, then what waits, then everything else that needs somebody."""
        rows: list[Row] = []
        shown: set[str] = set()
        coming = [s for s in reversed(self.sittings) if s.held_on >= self.today]
        for sitting in (s for s in coming if s.held_on == self.today):
            rows += self._sitting("TODAY'S SITTING", sitting, shown)
        rows += self._block("IN PROGRESS", self._of(RUNNING, shown), shown)
        planned = sorted(self._of((MeetingState.PLANNED,), shown), key=lambda m: m.held_on)
        off = [m for m in planned if m.ref in self.cancelled]
        planned = [m for m in planned if m not in off]
        today = [m for m in planned if m.held_on == self.today and not m.sitting]
        rows += self._block("TODAY, IN NO SITTING", today, shown)
        rows += self._waiting("WITH ME", [w for w in self.waits if w.mine])
        rows += self._waiting("LATE OR DUE SOON", [w for w in self.waits if not w.mine])
        rows += self._referrals()
        for sitting in (s for s in coming if s.held_on > self.today):
            rows += self._sitting(f"SITTING {short_date(sitting.held_on)}", sitting, shown)
        later = [m for m in planned if m.ref not in shown]
        rows += self._block("LATER, OR NOT HELD", later, shown)
        rows += self._block("CANCELLED", off, shown)
        ended = self._of((MeetingState.CLOSED, MeetingState.APPROVED), shown)
        rows += self._block("MINUTES TO FINISH", ended, shown)
        rows += self._block("ISSUED", self._of((MeetingState.ISSUED,), shown)[:20], shown)
        return rows

    def _of(self, states: Sequence[MeetingState], shown: set[str]) -> list[Meeting]:
        return [m for m in self.meetings if m.state in states and m.ref not in shown]

    def _sitting(self, title: str, sitting: Sitting, shown: set[str]) -> list[Row]:
        here = in_order([m for m in self.meetings if m.sitting == sitting.id])
        end = ends(sitting, here)
        hours = f"{sitting.starts:%H:%M}" if sitting.starts else ""
        if here and end:
            hours += f"-{end:%H:%M}"
        said = ", ".join(part for part in (sitting.name, sitting.mode_label, hours) if part)
        rows = [
            Row(f"h:{sitting.id}", (f"{title}   {said}",), heading=True),
            *self._meetings(here, shown, at_time=True),
        ]
        count = f"{len(here)} meeting{'' if len(here) == 1 else 's'}"
        return [*rows, Row(f"sitting|{sitting.id}", ("", "the sitting", count, "", "", "its order, day and start"))]  # fmt: skip

    def _block(self, title: str, meetings: Iterable[Meeting], shown: set[str]) -> list[Row]:
        rows = self._meetings(meetings, shown, at_time=False)
        return [Row(f"h:{title}", (title,), heading=True), *rows] if rows else []

    def _meetings(
        self, meetings: Iterable[Meeting], shown: set[str], *, at_time: bool
    ) -> list[Row]:
        listed = {item.ref: item for item in self.listed}
        rows = []
        for meeting in meetings:
            shown.add(meeting.ref)
            row = meeting_row(listed[meeting.ref], self.today)
            cells = list(row.cells)
            if at_time:
                cells[0] = f"{meeting.slot:%H:%M}" if meeting.slot else ""
            if meeting.state is MeetingState.PLANNED:
                cells[4], cells[5] = _before(
                    listed[meeting.ref].standing, before_meeting(meeting, self.area)
                )
            if meeting.ref in self.away:
                cells[5] = f"READ-ONLY, pen {hidden(self.away[meeting.ref])}; {cells[5]}".rstrip(
                    "; "
                )
            rows.append(Row(row.id, tuple(cells), strong=row.strong))
        return rows

    def _referrals(self) -> list[Row]:
        """One line for all that wait: how many, and how many of them too long."""
        many = len(self.referrals)
        if not many:
            return []
        late = sum(answer_due(one, self.area) < self.today for one in self.referrals)
        due = self.area.figure("referral_answer_working_days")
        words = f"{late} longer than {due} working days" if late else f"none longer than {due} working days"  # fmt: skip
        cells = ("LATE" if late else "", "referrals", f"{many} wait{'s' if many == 1 else ''}", "", "", words)  # fmt: skip
        return [
            Row("h:REFERRALS", ("REFERRALS",), heading=True),
            Row("referrals|all", cells, strong=bool(late)),
        ]

    def _waiting(self, title: str, waits: Sequence[Waits]) -> list[Row]:
        if not waits:
            return []
        listed = {item.ref: item for item in self.listed}
        rows = [Row(f"h:{title}", (title,), heading=True)]
        for place, wait in enumerate(waits):
            item = listed.get(wait.ref)
            what = "wanted" if wait.wanted else "afterwards" if wait.afterwards else "meeting"
            cells = (
                due_words(wait, self.today), wait.ref, f"L{item.level} {item.kind.label}" if item else "",
                f"meeting {wait.ref.rpartition('-')[2]}" if item else "", item.state.label.removeprefix("minutes ") if item else "",
                f"READ-ONLY, pen {hidden(self.away[wait.ref])}; {wait.words}" if wait.ref in self.away
                else wait.words,
            )  # fmt: skip
            rows.append(Row(f"{what}|{title}|{place}|{wait.ref}", cells, strong=wait.late))
        return rows


def _before(standing: str, waits: str) -> tuple[str, str]:
    """How far a planned meeting is, and what waits; in full where the column is wide enough for it."""
    if standing == MeetingState.PLANNED.label:
        return standing, waits
    if standing == "cancelled":
        return standing, "F5 plans it again"
    return standing.partition(" ")[0], "; ".join(part for part in (standing, waits) if part)


def read_board(desk: Desk) -> Board:
    """The record read once, and what home shows of it."""
    meetings = tuple(desk.caseload.every())
    pens = desk.caseload.record.pens_elsewhere()
    today = desk.caseload.today()
    put_off = desk.caseload.record.put_off()
    referrals = desk.referrals.every()
    return Board(
        area=desk.area, today=today, meetings=meetings, listed=desk.caseload.listing(meetings),
        sittings=desk.planning.sittings(), waits=waiting(meetings, desk.area, today, desk.who, referrals),
        away={m.ref: pens[m.id].words for m in meetings if m.id in pens},
        cancelled=frozenset(m.ref for m in meetings if is_cancelled(m, put_off.get(m.id, ()))),
        referrals=tuple(one for one in referrals if one.waits),
    )  # fmt: skip


def meeting_row(item: Listed, today: date) -> Row:
    """One meeting: when, which, what, how far, what is owed."""
    words = f"{item.closing} owed before closing" if item.closing else "nothing owed"
    late = False
    if item.state is MeetingState.ISSUED:
        words = ""
    elif item.state in (MeetingState.CLOSED, MeetingState.APPROVED):
        late = item.minutes_due < today
        due = f"minutes {'LATE, were ' if late else ''}due {short_date(item.minutes_due)}"
        words = f"{item.approval} to write, {due}"
    cells = (
        f"{short_date(item.held_on)} {item.slot}".rstrip(), item.ref, f"L{item.level} {item.kind.label}",
        f"meeting {item.ref.rpartition('-')[2]}", item.state.label.removeprefix("minutes "), words,
    )  # fmt: skip
    return Row(item.ref, cells, strong=late)


def row_means(row_id: str) -> tuple[str, str]:
    """What a row opens (meeting, sitting, wanted, afterwards, referrals) and its reference; blanks for a heading."""
    if not row_id or row_id.startswith("h:"):
        return "", ""
    what, _, rest = row_id.partition("|")
    return (what, rest.rpartition("|")[2]) if rest else ("meeting", row_id)


def narrowed(row: Row) -> Row:
    """The row for a narrow screen: no year, no number, and the state only where it runs."""
    if row.heading:
        return row
    when, ref, what, _number, state, words = row.cells
    year = re.compile(r" \d{4}\b")
    said = f"{state}; {words}" if state in {s.label for s in RUNNING} else words
    cells = (year.sub("", when).replace("LATE, ", "LATE "), ref, what, year.sub("", said))
    return Row(row.id, cells, strong=row.strong)
