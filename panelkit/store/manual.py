"""Figures entered by hand, and tables as they were published: numbers of a year, about no case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from panelkit.domain.errors import StaleRecord
from panelkit.domain.manual_figures import ManualFigure
from panelkit.domain.meeting import By
from panelkit.domain.report_year import ReportYear
from panelkit.store import convert, journal
from panelkit.store.cases import must_be_next
from panelkit.store.kept import columns_of, day_of
from panelkit.store.tables import MANUAL_FIGURE, PUBLISHED

NOT_JOURNALED: Final = frozenset({"id", "revision"})


@dataclass(frozen=True, slots=True)
class Published:
    """The tables of a year as they left the record."""

    id: str
    year: ReportYear
    number: int
    """Counts how often the year was published."""
    who: str
    at: datetime
    tables: dict[str, Any]
    """As ``stats annual --json`` gave them."""


def figures(connection: Connection, year: ReportYear) -> tuple[ManualFigure, ...]:
    """Every figure of a year, confirmed or not, by name."""
    found = select(MANUAL_FIGURE).where(MANUAL_FIGURE.c.year == year.label)
    rows = connection.execute(found.order_by(MANUAL_FIGURE.c.figure)).mappings()
    return tuple(_figure(row) for row in rows)


def keep_figure(
    connection: Connection, before: ManualFigure | None, after: ManualFigure
) -> list[journal.Change]:
    """A new figure, or what changed. Raises StaleRecord where somebody else changed it meanwhile."""
    new = _columns(after)
    there = (MANUAL_FIGURE.c.year == new["year"]) & (MANUAL_FIGURE.c.figure == new["figure"])
    row = connection.execute(select(MANUAL_FIGURE).where(there)).mappings().first()
    if (row["revision"] if row else None) != (before.revision if before else None):
        msg = f"{after.figure} of {after.year.label} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="manual_figure", theirs=str(row["value"]) if row else "")
    if before is None:
        connection.execute(MANUAL_FIGURE.insert(), new)
    else:
        must_be_next(before.revision, after.revision)
        connection.execute(MANUAL_FIGURE.update().where(there), new)
    old = dict(row) if row else {}
    return journal.field_changes("manual_figure", after.id, old, new, NOT_JOURNALED)


def published(connection: Connection, year: ReportYear) -> Published | None:
    """The tables as they were last published; None where they never were."""
    found = select(PUBLISHED).where(PUBLISHED.c.year == year.label)
    last = found.order_by(PUBLISHED.c.number.desc()).limit(1)
    row = connection.execute(last).mappings().first()
    if row is None:
        return None
    return Published(
        id=row["id"], year=ReportYear.named(row["year"]), number=row["number"], who=row["who"],
        at=datetime.fromisoformat(row["at"]), tables=json.loads(row["body"]),
    )  # fmt: skip


def publish(
    connection: Connection, new_id: str, year: ReportYear, tables: dict[str, Any], by: By
) -> list[journal.Change]:
    """The tables kept as they are now; nothing changes them afterwards."""
    last = published(connection, year)
    row = {
        "id": new_id, "year": year.label, "number": last.number + 1 if last else 1,
        "who": by.name, "at": convert.instant_text(by.at),
        "body": json.dumps(tables, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip
    connection.execute(PUBLISHED.insert(), row)
    return journal.field_changes("published", new_id, {}, row, NOT_JOURNALED)


def _columns(figure: ManualFigure) -> dict[str, Any]:
    return columns_of(figure) | {"year": figure.year.label}


def _figure(row: Any) -> ManualFigure:
    return ManualFigure(
        id=row["id"], year=ReportYear.named(row["year"]), figure=row["figure"], value=row["value"],
        source=row["source"], as_at=day_of(row["as_at"]), reference=row["reference"],
        published=day_of(row["published"]), entered_by=row["entered_by"],
        entered_id=row["entered_id"], entered_at=datetime.fromisoformat(row["entered_at"]),
        confirmed_by=row["confirmed_by"], confirmed_id=row["confirmed_id"],
        confirmed_at=convert.instant_of(row["confirmed_at"]), revision=row["revision"],
    )  # fmt: skip
