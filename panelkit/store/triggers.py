"""What the database itself refuses, whoever asks: one list, said to each kind of engine in its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
"""Names of the engines, as SQLAlchemy's dialects are called."""


@dataclass(frozen=True, slots=True)
class Refusing:
    """That rows of a table are never changed, or never deleted, or not ``when`` they are so."""

    table: str
    what: str
    """``update`` or ``delete``."""
    when: str = ""
    """A condition on ``OLD`` that both engines read; blank for always."""

    @property
    def name(self) -> str:
        """Of the trigger."""
        return f"{self.table}_refuses_{self.what}"

    @property
    def says(self) -> str:
        """What whoever tries is told."""
        return f"{self.table} is never changed"

    def made(self, engine: str) -> Iterator[str]:
        """The statements that make it."""
        head = f"CREATE TRIGGER {self.name} BEFORE {self.what.upper()} ON {self.table}"
        if engine == SQLITE:
            when = f"WHEN {self.when} " if self.when else ""
            yield f"{head} {when}BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
            return
        # A condition that asks other tables may not stand in WHEN there: it stands in the body.
        refuse = f"RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation';"
        if self.when:
            refuse = f"IF {self.when} THEN {refuse} END IF;"
        back = "NEW" if self.what == "update" else "OLD"
        yield (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {refuse} RETURN {back}; END $$"
        )
        yield f"{head} FOR EACH ROW EXECUTE FUNCTION {self.name}()"

    def dropped(self, engine: str) -> Iterator[str]:
        """The statements that take it away."""
        if engine == SQLITE:
            yield f"DROP TRIGGER {self.name}"
            return
        yield f"DROP TRIGGER {self.name} ON {self.table}"
        yield f"DROP FUNCTION {self.name}()"


@dataclass(frozen=True, slots=True)
class RefusingAll:
    """That a table is emptied at once: only PostgreSQL can, and row triggers do not see it."""

    table: str

    @property
    def name(self) -> str:
        """Of the trigger."""
        return f"{self.table}_refuses_truncate"

    def made(self, engine: str) -> Iterator[str]:
        """The statements that make it; none on SQLite, which has no such statement."""
        if engine == SQLITE:
            return
        yield (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.table} is never changed' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        yield (
            f"CREATE TRIGGER {self.name} BEFORE TRUNCATE ON {self.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()"
        )

    def dropped(self, engine: str) -> Iterator[str]:
        """The statements that take it away; none on SQLite."""
        if engine == SQLITE:
            return
        yield f"DROP TRIGGER {self.name} ON {self.table}"
        yield f"DROP FUNCTION {self.name}()"


ISSUED_DELETE: Final = Refusing("issued", "delete")
"""As it was before disposals: never. A revision puts it back when it is undone."""
DISPOSED_WITH: Final = Refusing(
    "issued",
    "delete",
    "NOT EXISTS (SELECT 1 FROM disposal JOIN meeting ON meeting.case_id = disposal.case_id "
    "WHERE meeting.id = OLD.meeting_id AND disposal.state = 'agreed' AND ("
    "(disposal.kind = 'disposed' AND disposal.agreed_id NOT IN ('', disposal.proposed_id)) "
    "OR (disposal.kind = 'handed_back' AND disposal.receipt <> '')))",
)
"""Issued documents go with a disposal that two people agreed, or with a case that another desk
showed a receipt for, and in no other way."""
REFUSED: Final = {
    "journal": (Refusing("journal", "update"), Refusing("journal", "delete")),
    "issued": (Refusing("issued", "update"), DISPOSED_WITH),
    "template": (Refusing("template", "update"), Refusing("template", "delete")),
    "disposal": (
        Refusing("disposal", "update", "OLD.state IN ('done', 'withdrawn')"),
        Refusing("disposal", "delete"),
    ),
    "published": (Refusing("published", "update"), Refusing("published", "delete")),
}
"""The journal, issued documents, their templates, tombstones and published tables refuse UPDATE and
DELETE in the database itself."""
TRIGGERS: Final[tuple[Refusing | RefusingAll, ...]] = (
    *(trigger for both in REFUSED.values() for trigger in both),
    *(RefusingAll(table) for table in REFUSED),
)
