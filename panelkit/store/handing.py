"""Meetings that go from desk to desk: handed over, received, taken back, put together."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.holding import Disagreement, HandOver, HoldState
from panelkit.domain.level_history import Decided, decided_at
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.merging import (
    Merged,
    Place,
    Renumbered,
    Things,
    merge,
)
from panelkit.domain.minutes import Happened
from panelkit.domain.spans import SpanKind
from panelkit.store import carried, cases, convert, disagreements, issued, journal, pen
from panelkit.store.applying import write_rest, write_things
from panelkit.store.bundle import (
    Bundle,
    agenda_of,
    beside,
    meeting_of,
    snapshot,
    things_of,
)
from panelkit.store.meetings import Reader
from panelkit.store.part import Part
from panelkit.store.tables import CASE, HAND_OVER, MEETING

_LONGEST_LINEAGE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a file holds, read and checked."""

    id: str
    ref: str
    who: str
    """Who handed it over."""
    lineage: tuple[str, ...]
    """Ids of the hand-overs that it comes from, its own last."""
    meeting: Bundle
    earlier: tuple[Bundle, ...] = ()
    """Meetings of the same case before it, to be read."""
    sha256: str = ""
    receipt: str = ""
    """What shows the other desk that the file was opened and taken in."""
    case_lineage: tuple[str, ...] = ()
    """Ids of the hand-overs of every meeting of the case that it comes from, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a file at this desk."""

    meeting_id: str
    ref: str
    is_new: bool = False
    """Whether the meeting was not here before."""
    already: str = ""
    """Why nothing was changed; blank where something was."""
    taken: tuple[Place, ...] = ()
    """What is new or other here than before."""
    renumbered: tuple[Renumbered, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class HandsOver(Part):
    """The part of a record that other desks have to do with."""

    def hand_overs(self, meeting_id: str) -> tuple[HandOver, ...]:
        """Every hand-over of a meeting at this desk, oldest first."""
        return self._glance(lambda connection: pen.of_meeting(connection, meeting_id))

    def pens_elsewhere(self) -> dict[str, HandOver]:
        """Meetings that are read-only here, by id, each with the hand-over that says so."""
        with self._reading() as connection:
            return pen.elsewhere(connection)

    def pen_elsewhere(self, meeting_id: str) -> HandOver | None:
        """Why a meeting is read-only here; None where the pen is here."""
        return self.pens_elsewhere().get(meeting_id)

    def disagreements(
        self, meeting_id: str, *, also_settled: bool = False
    ) -> tuple[Disagreement, ...]:
        """Places that two desks changed differently; those that nobody settled yet."""
        with self._reading() as connection:
            return disagreements.of_meeting(connection, meeting_id, also_settled=also_settled)

    # -- away --------------------------------------------------------------------------------

    def hand_over(
        self, meeting: Meeting, to: str, by: By, *, command: str,
        write: Callable[[dict[str, Any]], str],
    ) -> HandOver:  # fmt: skip
        """The meeting as it stands given to ``write``, and read-only here from then on.

        ``write`` puts the file on the disk and returns its hash; where it raises, nothing is
        changed. Raises PenElsewhere, Refused while a disagreement is open.
        """
        made = str(uuid.uuid4())
        with self._writing() as connection:
            _must_be_settled(connection, meeting)
            if self._is_done(connection, command, by, "handed over"):
                raise Refused(f"{meeting.ref} was handed over already.")
            noted = issued.note(connection, meeting.id, Happened.HANDED_OVER, by, to, made)
            journal.write(connection, noted, by, command)
            bundle = {
                **snapshot(connection, meeting.id), **beside(connection, meeting.case.id)
            }  # fmt: skip
            rows = pen.of_meeting(connection, meeting.id)
            lineage = [*_lineage(connection, meeting.id), made][-_LONGEST_LINEAGE:]
            of_case = [*carried.lineage(connection, meeting.case.id), made][-_LONGEST_LINEAGE:]
            earlier = connection.execute(
                select(MEETING.c.id)
                .where(MEETING.c.case_id == meeting.case.id, MEETING.c.number < meeting.number)
                .order_by(MEETING.c.number)
            ).scalars()
            sha256 = write(
                {
                    "id": made, "ref": meeting.ref, "at": convert.instant_text(by.at),
                    "by": by.name, "to": to, "lineage": lineage, "case_lineage": of_case,
                    "meeting": bundle,
                    "earlier": [snapshot(connection, each) for each in earlier.all()],
                }
            )  # fmt: skip
            done = HandOver(
                id=made, meeting_id=meeting.id, number=len(rows) + 1, state=HoldState.AWAY,
                who=to, by=by.name, at=by.at, sha256=sha256,
            )  # fmt: skip
            _keep(connection, done, lineage, bundle, by, command)
        return done

    def take_pen(self, meeting: Meeting, reason: str, by: By, *, command: str) -> HandOver:
        """The pen is here again, with a reason; what comes back later is put together."""
        with self._writing() as connection:
            rows = pen.of_meeting(connection, meeting.id)
            last = rows[-1] if rows else None
            if last is None or not last.is_elsewhere:
                raise Refused(f"The pen of {meeting.ref} is here.")
            if last.state is HoldState.LENT:
                raise last.refusal(meeting.ref)
            if not self._is_done(connection, command, by, "pen taken back"):
                _settle_hold(connection, last, HoldState.TAKEN, by, reason)
                changes = issued.note(
                    connection, meeting.id, Happened.PEN_TAKEN, by, reason, last.id
                )
                changes.append(_change(last, "taken", reason))
                journal.write(connection, changes, by, command)
        return last

    # -- and back ----------------------------------------------------------------------------

    def receive(self, parcel: Parcel, by: By, *, command: str) -> Received:
        """A file taken in, all of it or nothing. The same file again changes nothing.

        Raises Refused where another meeting has its reference, or a disagreement is open;
        BadInput where its rows do not fit.
        """
        try:
            with self._writing() as connection:
                return self._receive(connection, parcel, by, command)
        except IntegrityError:
            msg = "The hand-over does not fit this record."
            raise BadInput(msg, remedy="Nothing was changed.") from None

    def _receive(self, connection: Connection, parcel: Parcel, by: By, command: str) -> Received:
        meeting_id = str(parcel.meeting["meeting"][0]["id"])
        there = Reader().find(connection, meeting_id)
        _must_fit(connection, parcel)
        if there is not None:
            known = _why_nothing(connection, parcel, meeting_id)
            if known:
                return Received(meeting_id=meeting_id, ref=there.ref, already=known)
            _must_be_settled(connection, there)
        if self._is_done(connection, command, by, "received"):
            return Received(meeting_id=meeting_id, ref=parcel.ref, already="It is here already.")
        case_id = str(parcel.meeting["case"][0]["id"])
        case_base = carried.base_of(connection, case_id, parcel.case_lineage)
        for bundle in parcel.earlier:
            _lend(connection, parcel, bundle, by, command)
        rows = pen.of_meeting(connection, meeting_id)
        clashes: list[Disagreement] = []
        merged = Merged({}, (), (), ())
        if there is None:
            clashes += _insert(connection, parcel, parcel.meeting, by, command)
        else:
            for row in rows:
                if row.is_elsewhere:
                    back = HoldState.OWNED if row.state is HoldState.LENT else HoldState.BACK
                    _settle_hold(connection, row, back, by)
            base = _base(connection, parcel, rows, meeting_id)
            theirs, mine = things_of(parcel.meeting), things_of(snapshot(connection, meeting_id))
            merged = merge(base, theirs, mine)
            journal.write(connection, write_rest(connection, parcel.meeting), by, command)
            agenda = there.agenda
            told = _told(parcel)
            if _decided(merged.things, agenda) not in (
                _decided(theirs, agenda_of(parcel.meeting)), _decided(mine, agenda)
            ):  # fmt: skip
                told = frozenset()  # put together, it decides what neither desk's history follows
            write_things(connection, mine, merged.things, agenda, by, command, told=told)
            clashes += [
                disagreements.made(parcel.id, meeting_id, c, theirs, mine) for c in merged.clashes
            ]
        renumbered, taken = merged.renumbered, merged.taken
        if carried.is_told(parcel.meeting):
            case, other, own = carried.take_in(connection, parcel.meeting, case_base, by, command)
            renumbered, taken = (*renumbered, *case.renumbered), (*taken, *case.taken)
            clashes += [
                disagreements.made(parcel.id, meeting_id, c, other, own) for c in case.clashes
            ]
        _note_received(connection, parcel, meeting_id, renumbered, by, command)
        done = HandOver(
            id=parcel.id, meeting_id=meeting_id, number=len(rows) + 1, state=HoldState.HERE,
            who=parcel.who, by=by.name, at=by.at, sha256=parcel.sha256,
        )  # fmt: skip
        _keep(connection, done, parcel.lineage, parcel.meeting, by, command)
        disagreements.keep(connection, clashes, by, command)
        return Received(
            meeting_id=meeting_id, ref=parcel.ref, is_new=there is None,
            taken=taken if there is not None else (), renumbered=renumbered,
            disagreements=tuple(clashes),
        )  # fmt: skip

    def settle(self, found: Disagreement, kept: str, text: str, by: By, *, command: str) -> None:
        """The text that is to stand; both stay in the record of the disagreement.

        Raises Refused where the minutes are approved and the words would change.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "disagreement settled"):
                return
            disagreements.settle(connection, found, kept, text, by, command)


# -- how it is done ----------------------------------------------------------------------------


def _must_be_settled(connection: Connection, meeting: Meeting) -> None:
    waiting = len(disagreements.of_meeting(connection, meeting.id, also_settled=False))
    if waiting:
        count = f"{waiting} place{'' if waiting == 1 else 's'}"
        msg = f"{count} of {meeting.ref} that two desks wrote differently must be settled first."
        raise Refused(msg, remedy=f"See panelkit hand-over {meeting.ref}, or the hand-over screen.")


def _lineage(connection: Connection, meeting_id: str) -> list[str]:
    """Ids of every hand-over that this desk's state comes from, oldest first."""
    found = select(HAND_OVER.c.id, HAND_OVER.c.lineage).where(HAND_OVER.c.meeting_id == meeting_id)
    known: dict[str, None] = {}
    for row in connection.execute(found.order_by(HAND_OVER.c.number)):
        known.update(dict.fromkeys((*json.loads(row.lineage), row.id)))
    return list(known)


def _why_nothing(connection: Connection, parcel: Parcel, meeting_id: str) -> str:
    own = {row.id: row for row in pen.of_meeting(connection, meeting_id)}
    if parcel.id in own:
        gone = own[parcel.id].state in (HoldState.AWAY, HoldState.BACK, HoldState.TAKEN)
        return "It was handed over from here." if gone else "It is here already."
    if parcel.id in _lineage(connection, meeting_id):
        return "It is older than what is here."
    return ""


def _must_fit(connection: Connection, parcel: Parcel) -> None:
    """Raises Refused where its reference is another meeting's, or its case's is another case's."""
    (meeting,), (case,) = parcel.meeting["meeting"], parcel.meeting["case"]
    found = select(CASE.c.id).where(CASE.c.ref == case["ref"])
    other = connection.execute(found).scalar()
    if other is not None and other != case["id"]:
        msg = f"Another case has the reference {case['ref']} in this record."
        raise Refused(msg, remedy="Nothing was changed. Receive it into another record.")
    here = (MEETING.c.case_id == case["id"]) & (MEETING.c.number == meeting["number"])
    same = connection.execute(select(MEETING.c.id).where(here)).scalar()
    if same is not None and same != meeting["id"]:
        msg = f"Another meeting is {parcel.ref} in this record."
        raise Refused(msg, remedy="Nothing was changed. Receive it into another record.")


def _base(
    connection: Connection, parcel: Parcel, rows: Sequence[HandOver], meeting_id: str
) -> Things | None:
    """The last state that both desks had; None where this desk knows of none."""
    if rows and rows[-1].state is HoldState.LENT:
        return things_of(snapshot(connection, meeting_id))  # nobody wrote in a copy to read
    own = {row.id for row in rows if row.state is not HoldState.OWNED}
    common = next((each for each in reversed(parcel.lineage) if each in own), "")
    if not common:
        return None
    body = connection.execute(select(HAND_OVER.c.body).where(HAND_OVER.c.id == common)).scalar()
    return things_of(json.loads(str(body)))


def _insert(
    connection: Connection, parcel: Parcel, bundle: Bundle, by: By, command: str
) -> list[Disagreement]:
    """A meeting that was not here. Facts of its case that stand otherwise here are asked about."""
    things, agenda = things_of(bundle), agenda_of(bundle)
    case_id = str(bundle["case"][0]["id"])
    found = connection.execute(select(CASE).where(CASE.c.id == case_id)).mappings().first()
    clashes: list[Disagreement] = []
    meeting_id = str(bundle["meeting"][0]["id"])
    if found is None:
        case = convert.case_of(bundle["case"][0])
        journal.write(connection, cases.insert(connection, case), by, command)
    else:
        own: Things = {("case", case_id): dict(found)}
        merged = merge(None, {("case", case_id): things["case", case_id]}, own)
        clashes = [
            disagreements.made(parcel.id, meeting_id, c, things, own) for c in merged.clashes
        ]
        things = {**things, **own}
    write_things(connection, None, things, agenda, by, command, told=_told(parcel))
    journal.write(connection, write_rest(connection, bundle), by, command)
    return clashes


def _told(parcel: Parcel) -> frozenset[SpanKind]:
    """The histories that a file brings along: all of them, or none where its version had none."""
    return frozenset(SpanKind) if carried.is_told(parcel.meeting) else frozenset()


def _decided(things: Things, agenda: tuple[AgendaItem, ...]) -> Decided | None:
    return decided_at(meeting_of(things, agenda))


def _lend(connection: Connection, parcel: Parcel, bundle: Bundle, by: By, command: str) -> None:
    """An earlier meeting of the case: here to be read, unless it is here already."""
    meeting_id = str(bundle["meeting"][0]["id"])
    rows = pen.of_meeting(connection, meeting_id)
    there = connection.execute(select(MEETING.c.id).where(MEETING.c.id == meeting_id)).first()
    if there is not None:
        return
    _insert(connection, parcel, bundle, by, command)
    lent = HandOver(
        id=str(uuid.uuid4()), meeting_id=meeting_id, number=len(rows) + 1, state=HoldState.LENT,
        who=parcel.who, by=by.name, at=by.at,
    )  # fmt: skip
    _keep(connection, lent, (), {}, by, command)


def _note_received(
    connection: Connection, parcel: Parcel, meeting_id: str, renumbered: Sequence[Renumbered],
    by: By, command: str,
) -> None:  # fmt: skip
    changes = issued.note(connection, meeting_id, Happened.RECEIVED, by, parcel.who, parcel.id)
    for each in renumbered:
        side = "the other desk" if each.theirs else "this desk"
        said = f"{each.place[0]} {each.was}, made at {side}, is {each.now}"
        changes += issued.note(connection, meeting_id, Happened.RENUMBERED, by, said, each.place[1])
    journal.write(connection, changes, by, command)


def _keep(
    connection: Connection, done: HandOver, lineage: Sequence[str], bundle: Bundle, by: By,
    command: str,
) -> None:  # fmt: skip
    columns = {
        "id": done.id, "meeting_id": done.meeting_id, "number": done.number,
        "state": str(done.state), "who": done.who, "by": done.by,
        "at": convert.instant_text(done.at), "sha256": done.sha256,
        "lineage": json.dumps(list(lineage)), "body": json.dumps(bundle, ensure_ascii=False),
        "reason": "", "settled_at": "",
    }  # fmt: skip
    connection.execute(HAND_OVER.insert(), columns)
    journal.write(connection, [_change(done, str(done.state), done.sha256)], by, command)


def _change(done: HandOver, field: str, said: str) -> journal.Change:
    hashed = journal.salted(said, journal.new_salt())
    return journal.Change(done.meeting_id, "hand_over", done.id, field, "", hashed)


def _settle_hold(
    connection: Connection, row: HandOver, state: HoldState, by: By, reason: str = ""
) -> None:
    columns = {
        "state": str(state), "reason": reason, "settled_at": convert.instant_text(by.at)
    }  # fmt: skip
    connection.execute(HAND_OVER.update().where(HAND_OVER.c.id == row.id), columns)
