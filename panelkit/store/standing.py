"""Each action of a case once, kept beside the meetings that carry it: the last one has the word.

Rows follow from those of ``actions``, in the same transaction; nothing in them is typed, so the
journal has none of it. An action is called by its case, the meeting that set it and its number
there, which it keeps. It is no longer listed where no meeting has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.domain import entries as e
from panelkit.domain.chasing import NO_DAY, is_open, key_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import ActionStatus
from panelkit.store.changes import Changes
from panelkit.store.tables import ENTRY_TABLES, MEETING, STANDING

ACTIONS: Final = ENTRY_TABLES["actions"]
OPEN, DONE, GONE = 1, 0, -1
"""What ``is_open`` says: still to do, not to be done any more, in no meeting or withdrawn."""
_TO_DO: Final = ("", *(str(each) for each in ActionStatus if each.outstanding))
_TOGETHER: Final = 5000


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
    """Names of actions whose row is not what their meetings say: none, in a record that is whole."""
    said = {row["id"]: row for row in _last(connection)}
    rows = {row["id"]: dict(row) for row in connection.execute(select(STANDING)).mappings()}
    listed = said.keys() | {key for key, row in rows.items() if row["is_open"] != GONE}
    return sorted(key for key in listed if said.get(key) != rows.get(key))


def work_out(connection: Connection) -> None:
    """Every row anew, of what the meetings say."""
    connection.execute(STANDING.delete())
    rows = list(_last(connection))
    for at in range(0, len(rows), _TOGETHER):
        connection.execute(STANDING.insert(), rows[at : at + _TOGETHER])


def _last(connection: Connection) -> Iterator[dict[str, Any]]:
    """The row of each action as the last meeting that has it says."""
    both = select(MEETING.c.case_id, MEETING.c.number.label("at"), ACTIONS)
    both = both.join(ACTIONS, ACTIONS.c.meeting_id == MEETING.c.id)
    order = (MEETING.c.case_id, ACTIONS.c.set_at, ACTIONS.c.number, MEETING.c.number)
    rows = connection.execute(both.order_by(*order)).mappings()
    for _key, same in groupby(rows, lambda row: (row["case_id"], row["set_at"], row["number"])):
        *_, last = same
        yield _row(last)


def _row(row: Mapping[Any, Any]) -> dict[str, Any]:
    """As :func:`columns_of`, of what is stored."""
    said = [row[name] or "" for name in ("text", "why", "organisation")]
    is_to_do = (row["status"] or "") in _TO_DO
    set_at = row["set_at"] or 0
    return {
        "id": key_of(row["case_id"], set_at, row["number"]), "case_id": row["case_id"],
        "meeting_id": row["meeting_id"], "meeting_number": row["at"], "action_id": row["id"],
        "set_at": set_at, "number": row["number"],
        "is_open": GONE if row["withdrawn"] else OPEN if is_to_do else DONE,
        "due": row["new_due"] or row["due"] or NO_DAY, "organisation": said[-1].strip(),
        "words": f"{_plain(row['owner'] or '')}\n{_plain(*said)}",
    }  # fmt: skip
