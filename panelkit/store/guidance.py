"""The part of a record that knows what guidance an area agreed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import func, select

from panelkit.domain.guidance import Baseline, Decided, Decision, Reached, kept_of
from panelkit.domain.meeting import By
from panelkit.domain.vocabulary import HELD, MeetingState
from panelkit.store import access, journal
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, written
from panelkit.store.part import Part
from panelkit.store.tables import AGREED, BASELINE, MEETING

_NOT_JOURNALED: Final = frozenset({"id", "number", "typed_by", "typed_at", "revision"})


class KeepsGuidance(Part):
    """Baselines, and what was decided of changes."""

    def baseline(self, area: str) -> Baseline | None:
        """What was said when the record first looked for this area; None where it did not."""
        found = (
            select(BASELINE).where(BASELINE.c.area == area).order_by(BASELINE.c.at, BASELINE.c.id)
        )
        with self._reading() as connection:
            row = connection.execute(found.limit(1)).mappings().first()
        if row is None:
            return None
        return Baseline(
            id=row["id"], area=row["area"], at=datetime.fromisoformat(row["at"]), who=row["who"],
            program=row["program"], body=row["body"],
        )  # fmt: skip

    def baseline_digest(self, area: str) -> tuple[str, int]:
        """The digest of what the record first looked at, blank where it did not; and a number that
        grows with each decision, and with each that is taken back."""
        many = (
            select(func.coalesce(func.sum(AGREED.c.revision), 0))
            .select_from(AGREED)
            .where(AGREED.c.area == area)
        )
        found = select(BASELINE.c.digest, many.scalar_subquery()).where(BASELINE.c.area == area)
        with self._reading() as connection:
            row = connection.execute(found.order_by(BASELINE.c.at).limit(1)).first()
        return (str(row[0]), int(row[1])) if row else ("", 0)

    def begin_guidance(self, baseline: Baseline, digest: str) -> None:
        """Keep what is said now as what changes are told from; nothing where there is one already.

        It changes nothing that anybody wrote, and stays out of the journal, so that a copy made a
        moment ago is not said to be behind. Raises NotSaved.
        """
        there = select(BASELINE.c.id).where(BASELINE.c.area == baseline.area)
        with self._writing() as connection:
            if connection.execute(there).first() is None:
                connection.execute(BASELINE.insert(), {**columns_of(baseline), "digest": digest})

    def decisions(self, area: str = "") -> tuple[Decision, ...]:
        """What was decided for an area, else for every one; those that were taken back too, in order."""
        asked = select(AGREED).order_by(AGREED.c.number)
        with self._reading() as connection:
            rows = connection.execute(
                asked.where(AGREED.c.area == area) if area else asked
            ).mappings()
            return tuple(decision_of(row) for row in rows)

    def kept_local(self, area: str) -> Mapping[str, Decision]:
        """What holds here against a change of guidance, by its place."""
        return MappingProxyType(kept_of(self.decisions(area)))

    def keep_decisions(
        self,
        changes: Sequence[tuple[Decision | None, Decision]],
        by: By,
        *,
        command: str,
        what: str,
    ) -> None:
        """Each what it was, or None for a new one, with what it is: all or none, journaled. New ones
        get the next numbers.

        Raises StaleRecord where somebody changed one meanwhile, NotSaved.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, what):
                return
            last = connection.execute(select(func.max(AGREED.c.number))).scalar() or 0
            noted: list[journal.Change] = []
            for before, after in changes:
                columns = columns_of(after)
                if before is not None:
                    must_be_next(before.revision, after.revision)
                else:
                    last += 1
                    columns["number"] = last
                noted += written(
                    connection, AGREED, "agreed", columns_of(before) if before else None, columns,
                    but=_NOT_JOURNALED,
                )  # fmt: skip
            journal.write(connection, noted, by, command)

    def reached_by_guidance(self) -> Reached:
        """How many meetings are planned, have begun or ended, and have minutes that are not issued."""
        asked = select(MEETING.c.state, func.count()).group_by(MEETING.c.state)
        with self._reading() as connection:
            asked = asked.where(access.may_open(connection, MEETING.c.case_id))
            many = {str(state): int(count) for state, count in connection.execute(asked)}
        planned = many.pop(str(MeetingState.PLANNED), 0)
        many.pop(str(MeetingState.ELSEWHERE), None)  # its agenda was somebody else's
        ended = sum(many.get(str(state), 0) for state in HELD)
        issued = many.get(str(MeetingState.ISSUED), 0)
        return Reached(planned, sum(many.values()), ended - issued)


def decision_of(row: Any) -> Decision:
    """The decision that a row holds."""
    return Decision(
        id=row["id"], number=row["number"], area=row["area"], place=row["place"], title=row["title"],
        decided=Decided(row["decided"]), was=row["was"], was_source=row["was_source"], now=row["now"],
        now_source=row["now_source"], reason=row["reason"], withdrawn=row["withdrawn"],
        typed_by=row["typed_by"], typed_at=datetime.fromisoformat(row["typed_at"]), revision=row["revision"],
    )  # fmt: skip
