"""What the home screen lists: sittings with their meetings, what is with me, what is late.

Every row is of the same columns: when, which, what, how far, what waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from panelkit.domain.fields import short_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff, standing
from panelkit.domain.sitting import Sitting, ends, in_order
from panelkit.domain.vocabulary import MeetingState
from panelkit.domain.waiting import (
    Waits,
    actions_wait,
    afterwards_waits,
    before_meeting,
    due_words,
    minutes_waits,
    review_waits,
    transfer_waits,
)
from panelkit.opened.showing import hidden
from panelkit.services.caseload import Listed, listed_as
from panelkit.services.desk import Desk
from panelkit.services.near import PAGE, RUNNING, Section, Waiting
from panelkit.store.falls_due import ACTION, AFTERWARDS, REVIEW, TRANSFER
from panelkit.store.record import Due, Summary
from panelkit.tui.widgets.rowlist import Row

WIDTHS: Final = (17, 12, 14, 10, 13, 44)
"""When, reference, level and kind, number, state, what waits."""

NARROW: Final = (12, 11, 13, 36)
"""Below a hundred columns: when, reference, level and kind, what waits."""

TOGETHER: Final = 40
"""Lines whose meetings are read together: a screen of them."""
FEWEST: Final = 10
"""Lines that are read together at least: reading a few takes as long as reading one."""


Line = Callable[[Mapping[str, Meeting]], list[Row]]
"""One line of the list, or a meeting's lines, once its meeting has been read."""


@dataclass(frozen=True, slots=True)
class Later:
    """A line that is drawn when it is looked at."""

    meeting_id: str
    """The meeting that must be read for it; blank for none."""
    draw: Line


class Board:
    """The record as home shows it: which lines there are is known, what they say is read as they
    are drawn.
    """

    def __init__(self, desk: Desk, pages: Mapping[str, int] | None = None) -> None:
        """``pages`` says how many lines of which section; see :meth:`Near.heads`."""
        self.desk = desk
        self.area = desk.area
        self.near = desk.near
        self.heads = self.near.heads(pages or {})
        self.today = self.heads.today
        self.changes = desk.guidance.many_at_once() if not desk.why_not(Act.AGREE) else 0
        """How many changes of guidance or forms wait for whoever works; None where that has to be
        counted first."""
        self._lines = self._all()
        self._drawn: list[Row] = []
        self._next = 0
        self._put_off: dict[str, tuple[PutOff, ...]] = {}

    @property
    def is_drawn(self) -> bool:
        """Whether every line is."""
        return self._next >= len(self._lines)

    def rows(self, many: int | None = None) -> list[Row]:
        """Today's sitting first, then what waits, then everything else that needs somebody.

        All of it, or at least ``many`` rows where there are as many.
        """
        while not self.is_drawn and (many is None or len(self._drawn) < many):
            wanted = TOGETHER if many is None else max(many - len(self._drawn), FEWEST)
            some = self._lines[self._next : self._next + wanted]
            self._next += len(some)
            ids = list(dict.fromkeys(line.meeting_id for line in some if line.meeting_id))
            there = self.near.contents(ids)
            planned = [m.id for m in there.values() if m.state is MeetingState.PLANNED]
            self._put_off = self.near.put_off(planned)
            for line in some:
                if not line.meeting_id or line.meeting_id in there:
                    self._drawn += line.draw(there)
        return list(self._drawn)

    # -- which lines there are -----------------------------------------------------------

    def _all(self) -> list[Later]:
        heads, lines = self.heads, []
        coming = list(reversed(heads.coming))
        for sitting in (s for s in coming if s.held_on == self.today):
            lines += self._sitting("TODAY'S SITTING", sitting)
        lines += self._block("IN PROGRESS", heads.running)
        lines += self._block("TODAY, IN NO SITTING", heads.planned_today)
        lines += self._waiting("WITH ME", "mine", heads.mine, mine=True)
        lines += self._waiting("LATE OR DUE SOON", "others", heads.others, mine=False)
        own = (*self._half_read(), *self._referrals(), *self._changes())
        lines += [_ready(row) for row in own]
        for sitting in (s for s in coming if s.held_on > self.today):
            lines += self._sitting(f"SITTING {short_date(sitting.held_on)}", sitting)
        for title, name in (
            ("LATER, OR NOT HELD", "later"), ("CANCELLED", "cancelled"), ("MINUTES TO FINISH", "ended"),
        ):  # fmt: skip
            section = getattr(heads, name)
            lines += self._block(title, section.shown)
            lines += _more(name, section)
        lines += self._block("ISSUED", heads.issued)
        return lines

    def _sitting(self, title: str, sitting: Sitting) -> list[Later]:
        here = in_order([m for m in self.heads.in_sittings if m.sitting == sitting.id])
        end = ends(sitting, here)
        hours = f"{sitting.starts:%H:%M}" if sitting.starts else ""
        if here and end:
            hours += f"-{end:%H:%M}"
        said = ", ".join(part for part in (sitting.name, sitting.mode_label, hours) if part)
        count = f"{len(here)} meeting{'' if len(here) == 1 else 's'}"
        foot = Row(f"sitting|{sitting.id}", ("", "the sitting", count, "", "", "its order, day and start"))  # fmt: skip
        return [
            _ready(Row(f"h:{sitting.id}", (f"{title}   {said}",), heading=True)),
            *(self._meeting(meeting.id, at_time=True) for meeting in here),
            _ready(foot),
        ]

    def _block(self, title: str, meetings: Iterable[Summary]) -> list[Later]:
        lines = [self._meeting(meeting.id, at_time=False) for meeting in meetings]
        return [_ready(Row(f"h:{title}", (title,), heading=True)), *lines] if lines else []

    def _waiting(self, title: str, name: str, section: Section[Waiting], *, mine: bool) -> list[Later]:  # fmt: skip
        if not section.shown:
            return []
        lines = [
            self._waits(title, place, waiting.found, mine=mine)
            for place, waiting in enumerate(section.shown)
        ]
        head = _ready(Row(f"h:{title}", (title,), heading=True))
        return [head, *lines, *_more(name, section)]

    # -- what a line says ----------------------------------------------------------------

    def _meeting(self, meeting_id: str, *, at_time: bool) -> Later:
        def draw(there: Mapping[str, Meeting]) -> list[Row]:
            meeting = there[meeting_id]
            off = self._put_off.get(meeting_id, ())
            # What a planned meeting says is what came before it; an issued one says nothing.
            counted = meeting.state not in (MeetingState.PLANNED, MeetingState.ISSUED)
            row = meeting_row(listed_as(meeting, self.area, off, counted=counted), self.today)
            cells = list(row.cells)
            if at_time:
                cells[0] = f"{meeting.slot:%H:%M}" if meeting.slot else ""
            if meeting.state is MeetingState.PLANNED:
                cells[4], cells[5] = _before(
                    standing(meeting, off), before_meeting(meeting, self.area)
                )
            if meeting_id in self.heads.away:
                pen = f"READ-ONLY, pen {hidden(self.heads.away[meeting_id])}"
                cells[5] = f"{pen}; {cells[5]}".rstrip("; ")
            return [Row(row.id, tuple(cells), strong=row.strong)]

        return Later(meeting_id, draw)

    def _waits(self, title: str, place: int, found: Due, *, mine: bool) -> Later:
        def draw(there: Mapping[str, Meeting]) -> list[Row]:
            meeting = there[found.meeting_id]
            return [
                self._waits_row(f"{title}|{place}.{number}", meeting, wait)
                for number, wait in enumerate(self._said(meeting, found.what))
                if wait.mine == mine
            ]

        return Later(found.meeting_id, draw)

    def _said(self, meeting: Meeting, what: str) -> Iterable[Waits]:
        """What a meeting says of it itself: nothing where it fell due by mistake."""
        if what == REVIEW:
            return review_waits(meeting, self.today)
        if what == AFTERWARDS:
            return afterwards_waits(meeting, self.desk.emergency.owed(meeting), self.today)
        if what == TRANSFER:
            return transfer_waits(meeting, self.area, self.today)
        if what == ACTION:
            return actions_wait(meeting, self.today, self.desk.who)
        return minutes_waits(meeting, self.area, self.today, self.desk.who)

    def _waits_row(self, place: str, meeting: Meeting, wait: Waits) -> Row:
        away = self.heads.away.get(meeting.id) if not wait.wanted else None
        known = not wait.wanted
        cells = (
            due_words(wait, self.today), wait.ref, f"L{meeting.level} {meeting.kind.label}" if known else "",
            f"meeting {meeting.number}" if known else "", meeting.state.label.removeprefix("minutes ") if known else "",
            f"READ-ONLY, pen {hidden(away)}; {wait.words}" if away is not None else wait.words,
        )  # fmt: skip
        what = "wanted" if wait.wanted else "afterwards" if wait.afterwards else "meeting"
        return Row(f"{what}|{place}|{wait.ref}", cells, strong=wait.late)

    def _referrals(self) -> list[Row]:
        """One line for all that wait: how many, and how many of them too long."""
        many, late = self.heads.referrals, self.heads.referrals_late
        if not many:
            return []
        due = self.area.figure("referral_answer_working_days")
        words = f"{late} longer than {due} working days" if late else f"none longer than {due} working days"  # fmt: skip
        held = self.heads.referrals_with
        if held is not None and held < many:
            words += f"; {many - held} with nobody"
        cells = ("LATE" if late else "", "referrals", f"{many} wait{'s' if many == 1 else ''}", "", "", words)  # fmt: skip
        return [
            Row("h:REFERRALS", ("REFERRALS",), heading=True),
            Row("referrals|all", cells, strong=bool(late)),
        ]

    def _half_read(self) -> list[Row]:
        """One line for minutes made elsewhere that are begun: the case is in no list before."""
        many = self.heads.half_read
        if not many:
            return []
        cells = ("", "minutes", f"{many} begun", "", "", "no case of it is kept yet; Enter goes on")
        return [
            Row("h:HALF", ("FROM WORD MINUTES",), heading=True),
            Row("half|all", cells, strong=True),
        ]

    def _changes(self) -> list[Row]:
        """One line for all that wait."""
        if not self.changes:
            return []
        words = "Enter walks through them"
        return [
            Row("h:CHANGES", ("GUIDANCE AND FORMS",), heading=True),
            Row("changes|all", ("", "changes", f"{self.changes} to look at", "", "", words)),
        ]


def _ready(row: Row) -> Later:
    return Later("", lambda _there: [row])


def _more(name: str, section: Section[Any]) -> list[Later]:
    """The line that says how much of a section is not shown; Enter on it shows a page of that."""
    if not section.more:
        return []
    many = f"{section.more:,}" if section.is_counted else f"over {section.more:,}"
    words = f"not shown here; Enter shows {PAGE} of them"
    return [_ready(Row(f"more|{name}", ("", "more", many, "", "", words)))]


def _before(how_far: str, waits: str) -> tuple[str, str]:
    """How far a planned meeting is, and what waits; in full where the column is wide enough for it."""
    if how_far == MeetingState.PLANNED.label:
        return how_far, waits
    if how_far == "cancelled":
        return how_far, "F5 plans it again"
    return how_far.partition(" ")[0], "; ".join(part for part in (how_far, waits) if part)


def read_board(desk: Desk, pages: Mapping[str, int] | None = None) -> Board:
    """What home shows of the record as it is now."""
    return Board(desk, pages)


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
    """What a row opens (meeting, sitting, wanted, afterwards, referrals, changes, half, more) and its
    reference; blanks for a heading."""
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
