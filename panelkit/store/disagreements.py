"""Places that two desks changed differently: both texts kept, settled or not."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.holding import Disagreement
from panelkit.domain.meeting import By
from panelkit.domain.merging import AFTER_APPROVAL, Clash, Things
from panelkit.domain.text import gate
from panelkit.store import carried, convert, journal
from panelkit.store.applying import with_value, write_things
from panelkit.store.bundle import BESIDE, agenda_of, meeting_of, snapshot, things_of
from panelkit.store.cases import plain
from panelkit.store.tables import DISAGREEMENT


def of_meeting(
    connection: Connection, meeting_id: str, *, also_settled: bool
) -> tuple[Disagreement, ...]:
    """Those of a meeting; only open ones unless settled ones are wanted too."""
    found = select(DISAGREEMENT).where(DISAGREEMENT.c.meeting_id == meeting_id)
    if not also_settled:
        found = found.where(DISAGREEMENT.c.kept == "")
    order = (DISAGREEMENT.c.kind, DISAGREEMENT.c.entry, DISAGREEMENT.c.field)
    return tuple(
        Disagreement(**{**row, "settled_at": convert.instant_of(row["settled_at"])})
        for row in connection.execute(found.order_by(*order)).mappings()
    )


def made(
    hand_over: str, meeting_id: str, clash: Clash, theirs: Things, mine: Things
) -> Disagreement:
    """What is kept of a clash: both texts, and who typed each."""
    return Disagreement(
        id=str(uuid.uuid4()), meeting_id=meeting_id, hand_over=hand_over, kind=clash.place[0],
        entry=clash.place[1], field=clash.field, theirs=plain(clash.theirs),
        mine=plain(clash.mine),
        theirs_by=plain(theirs.get(clash.place, {}).get("typed_by")),
        mine_by=plain(mine.get(clash.place, {}).get("typed_by")),
    )  # fmt: skip


def keep(connection: Connection, found: Sequence[Disagreement], by: By, command: str) -> None:
    """Stored, with a journal row that holds the hashes of both."""
    changes = []
    for each in found:
        columns = {
            "id": each.id, "meeting_id": each.meeting_id, "hand_over": each.hand_over,
            "kind": each.kind, "entry": each.entry, "field": each.field, "theirs": each.theirs,
            "mine": each.mine, "theirs_by": each.theirs_by, "mine_by": each.mine_by, "kept": "",
            "settled_by": "", "settled_at": "",
        }  # fmt: skip
        connection.execute(DISAGREEMENT.insert(), columns)
        salt = journal.new_salt()
        changes.append(
            journal.Change(
                each.meeting_id, "disagreement", each.id, each.field,
                journal.salted(each.mine, salt), journal.salted(each.theirs, salt),
            )
        )  # fmt: skip
    journal.write(connection, changes, by, command)


def settle(
    connection: Connection, found: Disagreement, kept: str, text: str, by: By, command: str
) -> None:
    """``text`` stands from now on. Raises NotFound, Refused, BadInput."""
    clean = gate(text).text
    if found.kind in BESIDE:
        _choose_beside(connection, found, kept, clean, by, command)
    else:
        _choose(connection, found, kept, clean, by, command)
    here = DISAGREEMENT.c.id == found.id
    settled = {
        "kept": kept, "settled_by": by.name, "settled_at": convert.instant_text(by.at)
    }  # fmt: skip
    connection.execute(DISAGREEMENT.update().where(here), settled)
    hashed = journal.salted(clean, journal.new_salt())
    change = journal.Change(found.meeting_id, "disagreement", found.id, f"kept {kept}", "", hashed)
    journal.write(connection, [change], by, command)


_GONE: Final = "What the two desks wrote in is no longer there."
_CANNOT: Final = "That field cannot hold this."


def _choose(
    connection: Connection, found: Disagreement, kept: str, clean: str, by: By, command: str
) -> None:
    bundle = snapshot(connection, found.meeting_id)
    before, agenda = things_of(bundle), agenda_of(bundle)
    place = (found.kind, found.entry)
    if place not in before:
        raise NotFound(_GONE)
    if plain(before[place].get(found.field)) != clean:
        if found.kind not in AFTER_APPROVAL:
            meeting_of(before, agenda).must_be_open_to_change()
        typed_by = {"theirs": found.theirs_by, "mine": found.mine_by}.get(kept, "")
        values = with_value(before[place], found.field, clean, by, typed_by or by.name)
        after = {**before, place: values}
        try:
            write_things(connection, before, after, agenda, by, command)
        except ValueError:
            raise BadInput(_CANNOT) from None


def _choose_beside(
    connection: Connection, found: Disagreement, kept: str, clean: str, by: By, command: str
) -> None:
    """What hangs from the case is no part of any minutes: it may be chosen after approval too."""
    place = (found.kind, found.entry)
    before = carried.row_of(connection, place)
    if before is None:
        raise NotFound(_GONE)
    if plain(before.get(found.field)) != clean:
        typed_by = {"theirs": found.theirs_by, "mine": found.mine_by}.get(kept, "")
        values = with_value(before, found.field, clean, by, typed_by or by.name)
        (meeting,) = snapshot(connection, found.meeting_id)["meeting"]
        try:
            carried.write_chosen(connection, meeting["case_id"], place, values, by, command)
        except ValueError:
            raise BadInput(_CANNOT) from None
