"""Referrals and their screening. Those of a case that is hidden from whoever opened the record are
not there for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Text,
    case,
    column,
    func,
    literal_column,
    select,
    table,
)

from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.screening import TESTS, Check, EligibleBy, found_of
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level
from panelkit.store import access, convert, falls_due, journal
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, written
from panelkit.store.keys import opened
from panelkit.store.tables import CASE, REFERRAL, SCREENING

NOT_JOURNALED: Final = frozenset({"id", "referral_id", "typed_by", "typed_at", "revision"})
"""The link to a case is journaled, as a salted hash: who led to whom can be checked."""


def every(connection: Connection) -> tuple[Referral, ...]:
    """All of them, withdrawn ones too, by number."""
    found = select(REFERRAL).where(access.may_open(connection, REFERRAL.c.case_id))
    rows = connection.execute(found.order_by(REFERRAL.c.number)).mappings().all()
    screening: dict[str, list[Screening]] = {}
    # Of one instant what was asked stands before the answer: nothing is asked after it.
    answers = SCREENING.c.decision.in_([str(one) for one in Screened if one.settles])
    order = (SCREENING.c.decided_on, SCREENING.c.typed_at, answers, SCREENING.c.id)
    for row in connection.execute(select(SCREENING).order_by(*order)).mappings():
        screening.setdefault(row["referral_id"], []).append(screening_of(row))
    return tuple(referral_of(row, screening.get(row["id"], [])) for row in rows)


_KEPT: Final = table("referral", column("id", Text), column("answered", Integer))
"""What follows from its screening stands beside a referral's columns: in no bundle and no journal."""
_ANSWERED: Final = literal_column("referral.answered", Integer)
_TOGETHER: Final = 500


def is_waiting() -> tuple[ColumnElement[bool], ...]:
    """That a referral waits for its answer: for a WHERE."""
    return _ANSWERED == 0, REFERRAL.c.case_id == "", REFERRAL.c.withdrawn == ""


def _said() -> ColumnElement[int]:
    """1 where the screening of a referral answers it, else 0."""
    settles = select(SCREENING.c.referral_id).where(
        SCREENING.c.referral_id == _KEPT.c.id, SCREENING.c.withdrawn == "",
        SCREENING.c.decision.not_in([str(one) for one in Screened if not one.settles]),
    )  # fmt: skip
    return case((settles.exists(), 1), else_=0)


def follow(connection: Connection, ids: Iterable[str]) -> None:
    """Whether these referrals are answered, as their screening says now."""
    every = sorted(set(ids))
    for at in range(0, len(every), _TOGETHER):
        here = _KEPT.c.id.in_(every[at : at + _TOGETHER])
        connection.execute(_KEPT.update().where(here).values(answered=_said()))


def work_out(connection: Connection) -> None:
    """The same of every referral."""
    connection.execute(_KEPT.update().where(_KEPT.c.answered != _said()).values(answered=_said()))


def wrong(connection: Connection) -> list[str]:
    """Ids of referrals of which something else is kept than their screening says."""
    found = select(_KEPT.c.id).where(_KEPT.c.answered != _said()).order_by(_KEPT.c.id)
    return list(connection.execute(found).scalars())


def keep(connection: Connection, before: Referral | None, after: Referral) -> list[journal.Change]:
    """A new referral with the next number, or what changed of one. Raises StaleRecord."""
    if before is None:
        after = dataclasses.replace(after, number=_next_number(connection))
    else:
        must_be_next(before.revision, after.revision)
    old = columns_of(before, but=("screening",)) if before else None
    new = columns_of(after, but=("screening",))
    changes = written(connection, REFERRAL, "referral", old, new, but=NOT_JOURNALED)
    for case_id in {after.case_id, before.case_id if before is not None else ""}:
        falls_due.follow_case(connection, case_id)  # a referral form may have been owed
    return changes


def _next_number(connection: Connection) -> int:
    """After every referral, also those that a server leaves out for whoever asks."""
    if opened(connection).login:
        return int(connection.execute(select(func.next_referral())).scalar() or 0)
    return int(connection.execute(select(func.max(REFERRAL.c.number))).scalar() or 0) + 1


def keep_screening(
    connection: Connection, referral: Referral, before: Screening | None, after: Screening
) -> list[journal.Change]:
    """A decision on a referral, or what changed of one. Raises StaleRecord.

    The referral is counted up with it: two people who screen at once do not both decide.
    """
    if before is not None:
        must_be_next(before.revision, after.revision)
    counted = dataclasses.replace(referral, revision=referral.revision + 1)
    changes = keep(connection, referral, counted)
    old = columns_of(before) if before else None
    changes += written(
        connection, SCREENING, "screening", old, columns_of(after), but=NOT_JOURNALED
    )
    follow(connection, [referral.id])
    return changes


def accepted_on(connection: Connection) -> dict[str, tuple[date, ...]]:
    """By case, the days on which a referral that led to it was accepted, the earliest first."""
    both = select(REFERRAL.c.case_id, SCREENING.c.decided_on)
    both = both.join(SCREENING, SCREENING.c.referral_id == REFERRAL.c.id)
    both = both.where(
        REFERRAL.c.case_id != "", REFERRAL.c.withdrawn == "", SCREENING.c.withdrawn == "",
        SCREENING.c.decision.in_([str(one) for one in Screened if one.accepts]),
    )  # fmt: skip
    found: dict[str, tuple[date, ...]] = {}
    for case_id, day in connection.execute(both.order_by(SCREENING.c.decided_on)):
        found[case_id] = (*found.get(case_id, ()), date.fromisoformat(day))
    return found


def is_invented(connection: Connection) -> bool:
    """Whether every case that may be seen is marked as invented, and there is one."""
    mine = select(func.min(CASE.c.fiction)).where(access.may_open(connection, CASE.c.id))
    return connection.execute(mine).scalar() == 1


def referral_of(row: Any, screening: Sequence[Screening]) -> Referral:
    """The referral that a row holds, with its decisions. Raises ValueError, KeyError."""
    return Referral(
        id=row["id"], number=row["number"], received_on=date.fromisoformat(row["received_on"]),
        organisation=row["organisation"], agency=AgencyType[row["agency"]],
        level_asked=Level(row["level_asked"]), case_id=row["case_id"], withdrawn=row["withdrawn"],
        category=Category(row["category"]) if row["category"] else None,
        eligible_by=EligibleBy(row["eligible_by"]) if row["eligible_by"] else None,
        age=AgeGroup(row["age"]) if row["age"] else None, **_answers(row, TESTS),
        typed_by=row["typed_by"], typed_at=convert.instant_of(row["typed_at"]),
        revision=row["revision"], screening=tuple(screening),
    )  # fmt: skip


def screening_of(row: Any) -> Screening:
    """The decision that a row holds. Raises ValueError for a row that holds none."""
    return Screening(
        id=row["id"], referral_id=row["referral_id"], decision=Screened(row["decision"]),
        because=ScreenedBecause(row["because"]), decided_on=date.fromisoformat(row["decided_on"]),
        level_given=Level(row["level_given"]) if row["level_given"] else None, words=row["words"],
        withdrawn=row["withdrawn"], typed_by=row["typed_by"],
        typed_at=convert.instant_of(row["typed_at"]), revision=row["revision"],
        **_answers(row, Check),
    )  # fmt: skip


def _answers(row: Any, checks: Iterable[Check]) -> dict[str, str]:
    """The answers that a row holds. Raises ValueError for one that is none."""
    found = {str(check): str(row[str(check)]) for check in checks}
    for said in found.values():
        found_of(said)
    return found
