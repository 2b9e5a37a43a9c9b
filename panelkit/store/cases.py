"""Cases: the individuals whom meetings are about."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.case import Case
from panelkit.domain.errors import Refused, StaleRecord
from panelkit.domain.practice import REF
from panelkit.store import access, convert, journal
from panelkit.store.engine import trying
from panelkit.store.keys import opened
from panelkit.store.tables import CASE

NOT_JOURNALED = frozenset({"id", "revision"})


def find(connection: Connection, ref: str) -> Case | None:
    """A case by reference; None where there is none."""
    may = access.may_open(connection, CASE.c.id)
    row = connection.execute(select(CASE).where(CASE.c.ref == ref, may)).mappings().first()
    return convert.case_of(row) if row else None


def insert(connection: Connection, case: Case) -> list[journal.Change]:
    """A new case. Raises Refused where its reference or id is taken, and for a case of a practice
    in a record or any other in a practice: neither ever holds what is the other's."""
    must_belong(case, practice=opened(connection).practice)
    try:
        with trying(connection):
            connection.execute(CASE.insert(), convert.case_columns(case))
    except IntegrityError:
        if find(connection, case.ref) is None:
            # Of a case that is hidden from whoever asks no more is said than that it does not work.
            msg = f"The reference {case.ref} cannot be given."
            raise Refused(
                msg, remedy="Choose another; a co-ordinator knows which are free."
            ) from None
        msg = f"There is already a case {case.ref}."
        raise Refused(msg, remedy="Choose another reference, or start a review of it.") from None
    return [made(case)]


def must_belong(case: Case, *, practice: bool) -> None:
    """Raises Refused where a case is no practice's and the record is one, or the other way round."""
    is_practised = case.ref.casefold() == REF.casefold()
    if practice and not (is_practised and case.fiction):
        msg = f"This is a practice: it holds the one invented case {REF} and nothing else."
        raise Refused(msg, remedy="Nothing was changed. Real work is done in a record: panelkit.")
    if is_practised and not practice:
        msg = f"A case called {REF} belongs to a practice, and is not taken into a record."
        raise Refused(
            msg, remedy="Nothing was changed. panelkit practice opens one to practise in."
        )


def made(case: Case) -> journal.Change:
    """What the journal keeps of a new case."""
    hashed = journal.salted(case.ref, journal.new_salt())
    return journal.Change("", "case", case.id, "made", "", hashed)


def update(connection: Connection, before: Case, after: Case) -> list[journal.Change]:
    """The facts that changed, written where nobody changed them meanwhile.

    Raises StaleRecord with the first of them, theirs and mine; ValueError for a case whose
    revision was not counted up, which is a fault of the program.
    """
    must_be_next(before.revision, after.revision)
    old, new = convert.case_columns(before), convert.case_columns(after)
    done = connection.execute(
        CASE.update().where(CASE.c.id == before.id, CASE.c.revision == before.revision), new
    )
    changed = [name for name in new if name not in NOT_JOURNALED and new[name] != old[name]]
    if done.rowcount != 1:
        row = connection.execute(select(CASE).where(CASE.c.id == before.id)).mappings().first()
        theirs = [name for name in changed if row is not None and row[name] != old[name]]
        name = (theirs or changed or ["revision"])[0]
        msg = f"Case {before.ref} was changed by somebody else meanwhile."
        raise StaleRecord(
            msg, place=f"case.{name}", theirs=plain(row[name]) if row else "", mine=plain(new[name])
        )
    changes = []
    for name in changed:
        salt = journal.new_salt()
        was, now = (journal.salted(plain(columns[name]), salt) for columns in (old, new))
        changes.append(journal.Change("", "case", before.id, name, was, now))
    return changes


def must_be_next(before: int, after: int) -> None:
    """A change counts its revision up by at least one: two writers are told apart by it."""
    if after <= before:
        msg = "a changed value has a higher revision"
        raise ValueError(msg)


def plain(value: object) -> str:
    """A column's value as text; blank for None."""
    return "" if value is None else str(value)
