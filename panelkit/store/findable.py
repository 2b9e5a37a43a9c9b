"""The part of a record that finds words in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.asking import Asked
from panelkit.domain.people import Person
from panelkit.store import access, listed, searching
from panelkit.store.listed import Lists
from panelkit.store.part import Part
from panelkit.store.searched import places_of
from panelkit.store.searched_sql import NEWEST_DOC
from panelkit.store.searching import Found, Lag
from panelkit.store.tables import CASE, MEETING

CALLED_SO: Final = 20
"""Meetings and cases that a reference, or its beginning, leads to at most."""


@dataclass(frozen=True, slots=True)
class Held:
    """The meeting that something found leads to."""

    id: str
    case_id: str
    ref: str
    case_ref: str
    held_on: date
    agenda: tuple[AgendaItem, ...]
    """As the meeting was opened with; the labels of its fields stand there."""


@dataclass(frozen=True, slots=True)
class Search:
    """One look into the index: what it led to, and where to go on."""

    found: tuple[Found, ...]
    meetings: dict[str, Held]
    """By id: those that the found rows are of, and the last one of each case among them."""
    last_of: dict[str, str]
    """For each case among them, the id of its last meeting; blank where it has none."""
    case_refs: dict[str, str]
    """For each case among them, what it is called."""
    looked: int
    """Rows that the index led to: some may be gone since, or hold something else by now."""
    below: int
    """Where to go on; 0 where that was all."""


class FindsWords(Part):
    """Looks for words, and keeps the index that they are found by."""

    @property
    def me(self) -> Person | None:
        """Whoever opened it; see :class:`panelkit.store.peopled.KeepsPeople`."""
        raise NotImplementedError

    _agenda: Callable[[Connection, str], tuple[AgendaItem, ...]]

    def search(
        self, asked: Asked, most: int = 200, below: int = NEWEST_DOC, case_id: str = ""
    ) -> Search:
        """The newest rows that may hold what is asked, ``most`` at a time, with their words; of cases
        and kinds that whoever opened the record may see only.

        ``below`` is where an earlier look ended; ``case_id`` looks in one case alone.
        """
        me = self.me
        places = places_of(lambda act: me is None or me.may(act))
        with self._reading() as connection:
            hits = searching.found(
                connection, asked, places, most=most, below=below, case_id=case_id
            )
            rows = searching.rows(connection, hits)
            last_of, case_refs = _cases(connection, {each.hit.case_id for each in rows})
            ids = {each.meeting_id for each in rows} | set(last_of.values())
            return Search(
                tuple(rows), self._held(connection, ids - {""}), last_of, case_refs, len(hits),
                hits[-1].doc if len(hits) == most else 0,
            )  # fmt: skip

    def called(self, beginning: str) -> tuple[Held, ...]:
        """Meetings of cases whose reference is, or begins with, what was typed; the newest first.

        ``WM-0143-3`` is that meeting alone. Capitals make no difference.
        """
        said = beginning.strip()
        if not said or len(said) > 60 or " " in said:
            return ()
        case_ref, dash, number = said.rpartition("-")
        with self._reading() as connection:
            may = access.may_open(connection, MEETING.c.case_id)
            joined = select(MEETING.c.id).join(CASE, CASE.c.id == MEETING.c.case_id).where(may)
            joined = joined.order_by(MEETING.c.held_on.desc(), MEETING.c.id).limit(CALLED_SO)
            ids: Sequence[str] = ()
            if dash and number.isascii() and number.isdigit() and len(number) < 6:
                exact = joined.where(_is_called(case_ref), MEETING.c.number == int(number))
                ids = connection.execute(exact).scalars().all()
            if not ids:
                ids = connection.execute(joined.where(_is_called(said))).scalars().all()
            if not ids and len(said) > 2:  # noqa: PLR2004 - one or two letters begin nearly every one
                ids = connection.execute(joined.where(_begins(said))).scalars().all()
            held = self._held(connection, set(ids))
        return tuple(held[each] for each in ids)

    def lag(self) -> Lag:
        """Whether the index of the search is as the record is; looks at every row."""
        with self._reading() as connection:
            return searching.lag(connection)

    def index_again(self) -> None:
        """The index of the search, and the lists that follow from the meetings, made anew in one
        transaction. Raises NotSaved.
        """
        with self._writing() as connection:
            listed.work_out(connection)
            searching.again(connection)

    def wrong_lists(self) -> Lists:
        """Where a list that follows from the meetings is not as they are; looks at every row."""
        with self._reading() as connection:
            return listed.wrong(connection)

    def _held(self, connection: Connection, ids: set[str]) -> dict[str, Held]:
        found: dict[str, Held] = {}
        every = sorted(ids)
        for start in range(0, len(every), searching.TOGETHER):
            some = every[start : start + searching.TOGETHER]
            asked = select(MEETING, CASE.c.ref).join(CASE, CASE.c.id == MEETING.c.case_id)
            asked = asked.where(MEETING.c.id.in_(some), access.may_open(connection, CASE.c.id))
            for row in connection.execute(asked).mappings().all():
                found[row["id"]] = Held(
                    row["id"], row["case_id"], f"{row['ref']}-{row['number']}", row["ref"],
                    date.fromisoformat(row["held_on"]), self._agenda(connection, row["agenda_id"]),
                )  # fmt: skip
        return found


def _is_called(ref: str) -> ColumnElement[bool]:
    return CASE.c.ref.in_({ref, ref.upper(), ref.lower()})


def _begins(said: str) -> ColumnElement[bool]:
    """A reference that begins so: a range, which the index of references answers."""
    each = [
        (CASE.c.ref >= begins) & (CASE.c.ref < f"{begins}\U0010ffff")
        for begins in {said, said.upper()}
    ]
    return or_(*each)


def _cases(connection: Connection, ids: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Of each case its last meeting, and what it is called."""
    last: dict[str, str] = dict.fromkeys(ids - {""}, "")
    called: dict[str, str] = {}
    every = sorted(last)
    newest = func.max(MEETING.c.number).label("number")
    for start in range(0, len(every), searching.TOGETHER):
        some = every[start : start + searching.TOGETHER]
        refs = select(CASE.c.id, CASE.c.ref).where(CASE.c.id.in_(some))
        called |= {row.id: row.ref for row in connection.execute(refs)}
        of_each = select(MEETING.c.case_id, newest).where(MEETING.c.case_id.in_(some))
        top = of_each.group_by(MEETING.c.case_id).subquery()
        here = (MEETING.c.case_id == top.c.case_id) & (MEETING.c.number == top.c.number)
        rows = connection.execute(select(MEETING.c.id, MEETING.c.case_id).join(top, here))
        last |= {row.case_id: row.id for row in rows}
    return last, called
