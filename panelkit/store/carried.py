"""What goes from desk to desk with a case beside its meetings: its histories, events, referrals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.domain.errors import Refused
from panelkit.domain.holding import HoldState
from panelkit.domain.meeting import By
from panelkit.domain.merging import Merged, Place, Renumbered, Things, Values
from panelkit.domain.merging_beside import merge_beside
from panelkit.domain.outcomes import wrong_events
from panelkit.domain.spans import wrong_in
from panelkit.store import falls_due, journal, kept, referrals, spans
from panelkit.store.bundle import BESIDE, Bundle, beside
from panelkit.store.tables import HAND_OVER, MEETING, REFERRAL, SCREENING

_NOT_JOURNALED: Final = {
    "span": kept.NOT_JOURNALED, "outcome": kept.NOT_JOURNALED,
    "referral": referrals.NOT_JOURNALED, "screening": referrals.NOT_JOURNALED,
}  # fmt: skip
_NOT_COMMON: Final = (HoldState.LENT, HoldState.OWNED)
"""States of a hand-over of which this desk kept no body."""


def is_told(bundle: Bundle) -> bool:
    """Whether a bundle says anything of it; what an older version wrote does not."""
    return "span" in bundle


def things_of(bundle: Bundle) -> dict[Place, Values]:
    """What may differ between two desks, each row by its kind and id."""
    return {(name, row["id"]): row for name in BESIDE for row in bundle.get(name, ())}


def wrong_among(things: Things) -> list[str]:
    """Everything that cannot be so among the rows of one case, as sentences without a name."""
    rows: dict[str, list[Values]] = {name: [] for name in BESIDE}
    for (name, _id), values in things.items():
        rows[name].append(values)
    held = [spans.span_of(row) for row in rows["span"]]
    found = [*wrong_in(held), *wrong_events(map(spans.outcome_of, rows["outcome"]), held)]
    answered: set[str] = set()
    for said in map(referrals.screening_of, rows["screening"]):
        if said.is_live and said.decision.settles:
            if said.referral_id in answered:
                found.append(f"Referral {said.referral_id} is answered twice.")
            answered.add(said.referral_id)
    return found


# -- where both began --------------------------------------------------------------------------


def _of_case(connection: Connection, case_id: str) -> list[Any]:
    found = select(HAND_OVER.c.id, HAND_OVER.c.state, HAND_OVER.c.lineage, HAND_OVER.c.body)
    found = found.join(MEETING, MEETING.c.id == HAND_OVER.c.meeting_id)
    found = found.where(MEETING.c.case_id == case_id)
    return list(connection.execute(found.order_by(HAND_OVER.c.at, HAND_OVER.c.number)))


def lineage(connection: Connection, case_id: str) -> list[str]:
    """Ids of every hand-over of any meeting of the case that this desk's state comes from."""
    known: dict[str, None] = {}
    for row in _of_case(connection, case_id):
        known.update(dict.fromkeys((*json.loads(row.lineage), row.id)))
    return list(known)


def base_of(connection: Connection, case_id: str, theirs: Sequence[str]) -> Things | None:
    """The last state of the case that both desks had; None where this desk knows of none."""
    own = {r.id: r.body for r in _of_case(connection, case_id) if r.state not in _NOT_COMMON}
    common = next((each for each in reversed(theirs) if each in own), "")
    body = json.loads(own[common]) if common else {}
    return things_of(body) if is_told(body) else None


# -- taken in ------------------------------------------------------------------------------------


def mine_of(connection: Connection, case_id: str, theirs: Things) -> Things:
    """What is here of the case, and of each referral that they link to it, wherever it belongs."""
    here = things_of(beside(connection, case_id))
    ids = [place[1] for place in theirs if place[0] == "referral"]
    for name, column in (("referral", REFERRAL.c.id), ("screening", SCREENING.c.referral_id)):
        for row in connection.execute(select(BESIDE[name]).where(column.in_(ids))).mappings():
            here[name, row["id"]] = dict(row)
    return here


def take_in(
    connection: Connection, bundle: Bundle, base: Things | None, by: By, command: str
) -> tuple[Merged, Things, Things]:
    """Put together with what is here and written; what came of it, theirs, and mine before."""
    case_id = str(bundle["case"][0]["id"])
    theirs = things_of(bundle)
    mine = mine_of(connection, case_id, theirs)
    merged = merge_beside(base, theirs, mine, wrong_among)
    things, renumbered = numbered(connection, merged.things, mine)
    write(connection, mine, things, by, command)
    return Merged(things, merged.clashes, renumbered, merged.taken), theirs, mine


def numbered(
    connection: Connection, things: Things, mine: Things
) -> tuple[dict[Place, Values], tuple[Renumbered, ...]]:
    """A referral that is new here keeps its number where that is free, else has the next one."""
    found, renumbered = dict(things), []
    used = set(connection.execute(select(REFERRAL.c.number)).scalars())
    for place, values in things.items():
        if place[0] != "referral" or place in mine:
            continue
        number = was = int(values["number"] or 0)
        if number in used or number < 1:
            number = max(used, default=0) + 1
            renumbered.append(Renumbered(place, was, number, theirs=True))
            found[place] = {**values, "number": number}
        used.add(number)
    return found, tuple(renumbered)


def write(connection: Connection, before: Things, after: Things, by: By, command: str) -> None:
    """The difference, journaled. Raises StaleRecord."""
    changes: list[journal.Change] = []
    for name in BESIDE:
        for place, values in after.items():
            if place[0] == name and values != before.get(place):
                changes += kept.written(
                    connection, BESIDE[name], name, before.get(place), values,
                    but=_NOT_JOURNALED[name],
                )  # fmt: skip
                if name == "referral":
                    falls_due.follow_case(connection, str(values["case_id"]))
    referrals.follow(connection, (key for name, key in after if name == "referral"))
    journal.write(connection, changes, by, command)


def write_chosen(
    connection: Connection, case_id: str, place: Place, values: Values, by: By, command: str
) -> None:
    """One row as somebody chose it. Raises Refused where it cannot stand beside the others."""
    before = things_of(beside(connection, case_id))
    for row in connection.execute(select(BESIDE[place[0]]).where(_id_of(place))).mappings():
        before[place] = dict(row)
    after = {**before, place: values}
    wrong = [said for said in wrong_among(after) if said not in wrong_among(before)]
    if wrong:
        raise Refused(wrong[0], remedy="Correct the history of the case first.")
    write(connection, before, after, by, command)


def row_of(connection: Connection, place: Place) -> Values | None:
    """One row as it stands; None where it is not there."""
    row = connection.execute(select(BESIDE[place[0]]).where(_id_of(place))).mappings().first()
    return dict(row) if row is not None else None


def _id_of(place: Place) -> Any:
    return BESIDE[place[0]].c.id == place[1]


def only_here(connection: Connection, case_id: str) -> bool:
    """Whether something of the case was typed or changed since a meeting of it was handed over:
    then no other desk has it."""
    away = [r.body for r in _of_case(connection, case_id) if r.state == str(HoldState.AWAY)]
    there = things_of(json.loads(away[-1])) if away else {}
    return any(there.get(p) != v for p, v in things_of(beside(connection, case_id)).items())
