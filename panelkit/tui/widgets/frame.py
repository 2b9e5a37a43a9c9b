"""The frame of the chair's screen: top line, agenda rail, side column, bottom line.

Each is drawn from the meeting and its gaps; none holds anything of its own. State is a
sign and a word as well as a colour, so that it reads with NO_COLOR and on paper.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from textual.content import Content

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.attendance import (
    in_room,
    organisations_to_hear,
    organisations_unheard,
    quorum,
    stay_of,
)
from panelkit.domain.completeness import Gap
from panelkit.domain.conditions import holds
from panelkit.domain.meeting import Meeting
from panelkit.domain.running import elapsed, elapsed_at, planned_for
from panelkit.domain.vocabulary import HELD, AttendanceStatus, MeetingState, Stops, YesNo
from panelkit.opened.asking import last_time
from panelkit.opened.session import Session
from panelkit.opened.sharing import MASKED
from panelkit.opened.showing import hidden
from panelkit.services.clock import room_time
from panelkit.tui.keys import MEETING_KEYS
from panelkit.tui.typed import as_typed, as_typed_line
from panelkit.tui.widgets.also_here import also_here, also_here_lines, mark_at
from panelkit.tui.widgets.rowlist import Row


def top_line_content(
    session: Session, item: str, now: datetime, width: int, *, encrypted: bool
) -> Content:
    """Marking, whose meeting, which item for how long, the whole time, the save light."""
    meeting = session.meeting
    minutes = int(elapsed(meeting, now).total_seconds() // 60)
    here = int(elapsed_at(meeting, item, now).total_seconds())
    planned = planned_for(meeting, item)
    state = "" if meeting.state is MeetingState.OPEN else f"  {meeting.state.label.upper()}"
    state += f"  READ-ONLY, pen {hidden(session.pen.words)}" if session.pen else ""
    mask = f"  {MASKED}" if session.masked else ""
    light = save_light(session)
    left = f"{session.chairing.area.marking}  {meeting.ref}  {meeting.title}{state}{mask}"
    middle = f"{item} {here // 60}:{here % 60:02d} of {planned}"
    whole = f"{minutes} of {meeting.booked_minutes} min"
    plain = "" if encrypted else "not encrypted  "
    if width < 100:
        # "not encrypted" stands in the agenda line, which narrow screens have instead of the rail.
        short = meeting.title.replace(", meeting ", " m")
        left = f"{session.chairing.area.marking} {meeting.ref} {short}{state}{mask}"
        plain = ""
        middle, whole = (
            f"{here // 60}:{here % 60:02d}/{planned}",
            f"{minutes}/{meeting.booked_minutes}min",
        )
    right = f"{middle}  {whole}  {plain}{light}"
    room = width - len(right) - 3
    if session.went is not None and session.pen is None and len(left) + 10 <= room:
        left += "  PEN HERE"
    if session.masked and not session.pen and len(left) > room:
        # That it is masked, and the save light, matter more than what the meeting is called.
        left = f"{session.chairing.area.marking} {meeting.ref}{state}{mask}"
        left = left if len(left) <= room else f"{meeting.ref}{mask}"
    if session.pen and len(left) > room:  # who holds the pen matters more than what it is called
        left = f"{meeting.ref}  READ-ONLY, pen {hidden(session.pen.words)}{mask}"
        left = left if len(left) <= room else f"{left[: max(room - 1, 0)].rstrip()}…"
    if width < 100:  # there is no side column to say it
        left += also_here(session, room - len(left), "  ")
    space = max(1, width - len(left) - len(right) - 2)
    return as_typed_line(f" {left}{' ' * space}{right} ", width)


def save_light(session: Session) -> str:
    """``saved 10:24:07``, ``typing …``, ``slow: 2 waiting`` where a server answers late, or ``NOT
    SAVED`` with why in the problem line."""
    if session.outgoing.is_sent_late:
        count = len(session.unsaved)
        return f"slow: {count} waiting" if count else "slow, all saved"
    if session.problem:
        return "NOT SAVED"
    if session.unsaved:
        return "typing …"
    return f"saved {room_time(session.saved_at):%H:%M:%S}" if session.saved_at else "saved"


def item_state(
    item: AgendaItem, meeting: Meeting, gaps: tuple[Gap, ...], current: str
) -> tuple[str, str]:
    """A sign and a word for the rail, and how many notes wait there."""
    mine = [gap for gap in gaps if gap.item == item.code]
    owed = sum(gap.stops is Stops.CLOSING and not gap.parked for gap in mine)
    notes = sum(n.place == item.code and n.settled is not YesNo.YES for n in meeting.live(e.Note))
    waiting = f"+{notes}" if notes else ""
    places = {visit.place for visit in meeting.live(e.Visit)}
    stands = has_content(item, meeting)
    # A pack brings no visits: what it says there tells, until somebody opens an item here.
    visited = item.code in places or (not places and stands)
    if item.code == current:
        return "▸ now" + (f" {owed}" if owed else ""), waiting
    if any(gap.parked for gap in mine) and not owed:
        return "‖ parked", waiting
    if owed:
        return (f"! {owed} owed" if visited else "·"), waiting
    if visited or meeting.state in HELD:
        return "✓ done", waiting
    return ("· words" if stands else "·"), waiting


TONES: Final = {
    "✓": "$text-success",
    "!": "$text-warning",
    "‖": "$text-warning",
    "▸": "$text-accent",
}
"""Colour of a state, beside its sign and its word."""


def has_content(item: AgendaItem, meeting: Meeting) -> bool:
    """Whether anything stands at the item that was not carried there."""
    if item.code == "A5":
        return any(action.status is not None for action in meeting.old_actions)
    said = any(
        a.item == item.code and a.text and not a.is_unconfirmed for a in meeting.answers.values()
    )
    return said or any(
        row.item == item.code
        for kind in item.entries
        for row in meeting.rows.get(kind, ())
        if not row.is_unconfirmed
    )


def rail_rows(meeting: Meeting, gaps: tuple[Gap, ...], current: str, session: Session) -> list[Row]:
    """One line an item: state, code, who else is there, short title, notes waiting; then what is
    unplaced."""
    rows = []
    area = session.chairing.area
    for item in meeting.agenda:
        if not holds(item.held, meeting, area):
            continue
        state, waiting = item_state(item, meeting, gaps, current)
        rows.append(
            Row(
                item.code,
                (state, f"{item.code}{mark_at(item.code, session)}{item.short} {waiting}"),
                strong=item.code == current,
                tone=TONES.get(state[0], "$text-muted"),
            )
        )
    unplaced = sum(not n.place for n in meeting.live(e.Note))
    if unplaced:
        rows.append(Row("unplaced", ("", f"{unplaced} unplaced"), strong=True))
    return rows


def agenda_line_content(
    session: Session, gaps: tuple[Gap, ...], current: str, width: int, *, encrypted: bool
) -> Content:
    """The rail and the side in one line, for narrow screens: where, what is owed, who is here."""
    meeting = session.meeting
    codes = [item.code for item in meeting.agenda]
    place = codes.index(current) + 1 if current in codes else 0
    item = next((entry for entry in meeting.agenda if entry.code == current), None)
    owed = Counter(gap.item for gap in gaps if gap.stops is Stops.CLOSING and not gap.parked)
    unplaced = sum(not n.place for n in meeting.live(e.Note))
    here = f"{len(in_room(meeting))}/{len(meeting.live(e.Attendance))}"
    quorate = "quorate" if quorum(meeting, session.chairing.area).met else "NOT QUORATE"
    parts = [
        f"{current} {item.short if item else ''} {place}/{len(codes)}",
        f"owed {owed[current]} here {sum(owed.values())} in all",
        f"room {here} {quorate}",
    ]
    if unplaced:
        parts.append(f"{unplaced} unplaced")
    if not encrypted:
        parts.append("not encrypted")
    return as_typed_line(" " + " · ".join(parts), width)


def side_content(
    session: Session,
    item: str,
    gaps: tuple[Gap, ...],
    previous: Meeting | None,
    width: int,
    *,
    tall: bool,
) -> Content:
    """Who is here, so far, what is owed here, and the start of what was said last time."""
    meeting = session.meeting
    lines: list[str] = []
    held = quorum(meeting, session.chairing.area)
    listed = meeting.live(e.Attendance)
    lines.append(f"IN THE ROOM  {len(in_room(meeting))} of {len(listed)}")
    lines.append(f"quorate: {held.words}")
    heard_all = organisations_to_hear(meeting, session.chairing.area)
    lines += [_person_line(meeting, person) for person in listed[: 24 if tall else 9]]
    if len(listed) > (24 if tall else 9):
        lines.append(f"  and {len(listed) - (24 if tall else 9)} more  ^T")
    unheard = organisations_unheard(meeting, session.chairing.area)
    if heard_all:
        lines += ["", f"HEARD  {len(heard_all) - len(unheard)} of {len(heard_all)}"]
    lines += also_here_lines(session)
    actions = [a for a in meeting.new_actions if a.is_live]
    lines += ["", "SO FAR", f"  {len(actions)} actions   {len(meeting.live(e.Decision))} decisions"]
    mine = [gap for gap in gaps if gap.item == item and not gap.parked]
    closing = [gap for gap in mine if gap.stops is Stops.CLOSING]
    lines += ["", f"STILL OWED HERE  {len(closing)}"]
    lines += [f"  {gap.message}" for gap in closing[:6]]
    later = sum(gap.stops is Stops.APPROVAL for gap in mine)
    if later:
        lines.append(f"  {later} to write up after")
    contents = [as_typed_line(line, width) for line in lines]
    contents += [Content(""), *_last_contents(item, previous, width, tall=tall)]
    return Content("\n").join(contents)


IN_FIVE: Final = {
    AttendanceStatus.DEPUTY: "deput", AttendanceStatus.REPORT_ONLY: "rep",
    AttendanceStatus.APOLOGIES_NO_REPORT: "apol", AttendanceStatus.NO_RESPONSE: "none",
}  # fmt: skip
"""How people are here, in five letters at most, so that names stand under each other."""


def _person_line(meeting: Meeting, person: e.Attendance) -> str:
    stay = stay_of(meeting, person)
    word = "in" if stay.in_room else IN_FIVE.get(person.status, "left") if person.status else "…"
    if stay.left_at and not stay.in_room:
        word = "left"
    if (
        stay.in_room
        and meeting.text("A2", "confidentiality_statement")
        and not stay.heard_statement_at
    ):
        word = "stmt?"
    return f"  {word:<5} {person.agency or '':<4} {person.name or person.organisation}"


LINES_OF_LAST_TIME: Final = 3
"""Lines of each thing that was said last time, where there is no room for all of it."""


def _last_contents(item: str, previous: Meeting | None, width: int, *, tall: bool) -> list[Content]:
    """What was recorded at the item last time: in full where there is room, else how each begins."""
    if previous is None:
        return []
    found = last_time(previous, item)
    if not found:
        return [as_typed_line("LAST TIME  nothing here", width)]
    contents = [as_typed_line("LAST TIME  ^L", width)]
    for label, text in found:
        said = f"{label}: {hidden(text)}"
        if tall:
            contents.append(as_typed(said))
        else:
            contents.append(as_typed_line(said, width * LINES_OF_LAST_TIME - width // 3))
    return contents


def key_line_content(meeting: Meeting, width: int) -> Content:
    """The keys that work here and now, as many as fit."""
    parts = [f"{key.display} {key.label}" for key in MEETING_KEYS if key.shown and key.key]
    if meeting.state is MeetingState.PLANNED:
        parts = ["^F p Start", *parts]
    parts.append("^F Keys")
    line = ""
    for part in parts:
        if len(line) + len(part) + 2 > width:
            break
        line += f" {part} "
    return as_typed(line)
