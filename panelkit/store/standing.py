"""Each action of a case once, kept beside the meetings that carry it: the last one has the word.

Rows follow from those of ``actions``, in the same transaction; nothing in them is typed, so the
journal has none of it. An action is called by its case, the meeting that set it and its number
there, which it keeps. It is no longer listed where no meeting has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.domain import entries as e
from panelkit.domain.chasing import NO_DAY, is_open, key_of
from panelkit.domain.meeting import Meeting
from panelkit.store.changes import Changes
from panelkit.store.tables import ENTRY_TABLES, MEETING, STANDING

ACTIONS: Final = ENTRY_TABLES["actions"]
OPEN, DONE, GONE = 1, 0, -1
"""What ``is_open`` says: still to do, not to be done any more, in no meeting or withdrawn."""


def columns_of(meeting: Meeting, action: e.Action) -> dict[str, Any]:
    """The row of an action as this meeting has it."""
    due = action.current_due
    said = (action.text, action.why, action.organisation)
    return {
        "id": key_of(meeting.case.id, action.set_at, action.number), "case_id": meeting.case.id,
        "meeting_id": meeting.id, "meeting_number": meeting.number, "action_id": action.id,
        "set_at": action.set_at, "number": action.number,
        "is_open": GONE if not action.is_live else OPEN if is_open(action) else DONE,
        "due": due.isoformat() if due else NO_DAY, "organisation": action.organisation.strip(),
        "words": f"{_plain(action.owner)}\n{_plain(*said)}",
    }  # fmt: skip


def _plain(*words: str) -> str:
    return " ".join(" ".join(words).split()).casefold()


def follow(changes: Changes, before: Meeting | None, after: Meeting) -> None:
    """What a save changed of actions, written with ``changes``; a meeting that is not the last to have
    one changes nothing."""
    old = {row.id: row for row in before.of(e.Action)} if before is not None else {}
    new = after.of(e.Action)
    changed = [row for row in new if old.get(row.id) is not row and old.get(row.id) != row]
    if before is not None and before.number != after.number:
        changed = list(new)
    if not changed:
        return
    there = _there(changes.connection, after.case.id)
    fresh = [columns_of(after, row) for row in changed]
    for row in fresh:
        _put(changes, there.get(row["id"]), row)
    # Two desks that set actions at once renumber some of them when they are put together.
    kept = {key_of(after.case.id, row.set_at, row.number) for row in new}
    for was in (old[each.id] for each in changed if each.id in old):
        key = key_of(after.case.id, was.set_at, was.number)
        if key not in kept and key in there and there[key].meeting_id == after.id:
            changes.update(STANDING, {"id": key}, {"is_open": GONE})


def _there(connection: Connection, case_id: str) -> dict[str, Any]:
    names = (STANDING.c.id, STANDING.c.meeting_id, STANDING.c.meeting_number)
    found = connection.execute(select(*names).where(STANDING.c.case_id == case_id))
    return {row.id: row for row in found}


def _put(changes: Changes, there: Any, row: dict[str, Any]) -> None:
    if there is None:
        changes.insert(STANDING, row)
    elif there.meeting_number <= row["meeting_number"] or there.meeting_id == row["meeting_id"]:
        here = {"id": row["id"], "meeting_id": there.meeting_id}
        changes.update(STANDING, here | {"meeting_number": there.meeting_number}, row)


def of_meetings(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """The rows of whole cases that are new to the record."""
    found: dict[str, dict[str, Any]] = {}
    for meeting in sorted(meetings, key=lambda each: each.number):
        for action in meeting.of(e.Action):
            row = columns_of(meeting, action)
            found[row["id"]] = row
    return list(found.values())


def wrong(connection: Connection) -> list[str]:
    """Keys of actions whose row is not what their meetings say: none, in a record that is whole."""
    names = ("id", "set_at", "number", "status", "withdrawn", "due", "new_due", "organisation")
    both = select(
        MEETING.c.case_id, MEETING.c.id.label("meeting_id"), MEETING.c.number.label("at"),
        *(ACTIONS.c[name].label(f"a_{name}") for name in names),
    )  # fmt: skip
    both = both.select_from(ACTIONS.join(MEETING, MEETING.c.id == ACTIONS.c.meeting_id))
    last: dict[str, Any] = {}
    for row in connection.execute(both.order_by(MEETING.c.number)):
        last[key_of(row.case_id, row.a_set_at, row.a_number)] = row
    rows = {row.id: row for row in connection.execute(select(STANDING))}
    return sorted(
        key for key in last.keys() | {k for k, row in rows.items() if row.is_open != GONE}
        if key not in last or key not in rows or _differs(last[key], rows[key])
    )  # fmt: skip


def _differs(said: Any, row: Any) -> bool:
    status = said.a_status or ""
    is_open = GONE if said.a_withdrawn else OPEN if status in ("", "part", "not_started") else DONE
    due = said.a_new_due or said.a_due or NO_DAY
    return (row.action_id, row.meeting_id, row.is_open, row.due) != (
        said.a_id, said.meeting_id, is_open, due
    )  # fmt: skip
