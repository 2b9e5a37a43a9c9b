"""Observation sheets: which number stands for which meeting, form and observer.

The sheet itself carries its number and nothing else; everything that says whose it is
stays here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.exc import IntegrityError

from panelkit.domain.audit_forms import Form
from panelkit.domain.auditing import Audit
from panelkit.domain.errors import NotFound
from panelkit.domain.meeting import By
from panelkit.domain.sheet_numbers import printed
from panelkit.store import audits, convert
from panelkit.store.changes import Changes, Spot, is_orphan
from panelkit.store.engine import trying
from panelkit.store.part import Part
from panelkit.store.tables import AUDIT_FORM, LAY_SHEET


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet that was written, and whether one came back."""

    number: str
    meeting_id: str
    form: Form
    """As it was printed."""
    observer: str
    written_by: str = ""
    written_at: datetime | None = None
    read_by: str = ""
    """Who last took it into the record; blank while nobody did."""
    read_at: datetime | None = None


class NumberInUse(Exception):  # noqa: N818 - no fault: another number is drawn
    """The number stands for another sheet already."""


class KeepsSheets(Part):
    """The part of a record that has to do with observation sheets."""

    def add_sheet(self, sheet: Sheet, by: By, *, command: str) -> None:
        """A new sheet. Raises NumberInUse, NotFound where its meeting is not in the record."""
        with self._writing() as connection:
            if not self._is_done(connection, command, by, "observation sheet written"):
                _insert(connection, sheet, by, command)

    def find_sheet(self, number: str) -> Sheet:
        """A sheet by its number. Raises NotFound."""
        with self._reading() as connection:
            found = _sheets(connection, _ALL.where(LAY_SHEET.c.id == number))
        if not found:
            msg = f"Sheet {printed(number)} was not written from this record."
            raise NotFound(msg, remedy="It may belong to another area or another record.")
        return found[0]

    def sheets(self, meeting_id: str) -> tuple[Sheet, ...]:
        """The sheets of a meeting, oldest first."""
        with self._reading() as connection:
            return _sheets(connection, _ALL.where(LAY_SHEET.c.meeting_id == meeting_id))

    def take_in_sheet(
        self, sheet: Sheet, steps: Sequence[Audit], by: By, *, is_new: bool, command: str
    ) -> None:
        """What a sheet said, stored whole or not at all.

        ``steps`` leads from the observation as it is stored to what it becomes; ``is_new``
        says that the first is not stored yet. Raises StaleRecord, Refused as for an audit.
        """
        with self._writing() as connection:
            if self._is_done(connection, command, by, "observation sheet read"):
                return
            if is_new:
                audits.insert(connection, steps[0], by, command)
            for before, after in pairwise(steps):
                audits.update(connection, before, after, by, command, command)
            _mark_read(connection, sheet, by, command)


def _insert(connection: Connection, sheet: Sheet, by: By, command: str) -> None:
    row = {
        "id": sheet.number, "meeting_id": sheet.meeting_id,
        "form_id": audits.keep_form(connection, sheet.form), "observer": sheet.observer,
        "written_by": by.name, "written_at": convert.instant_text(by.at), "read_by": "",
        "read_at": "",
    }  # fmt: skip
    try:
        with trying(connection):
            connection.execute(LAY_SHEET.insert(), row)
    except IntegrityError as failed:
        if is_orphan(failed):
            raise NotFound("That meeting is not in this record.") from None
        raise NumberInUse from None
    _note(connection, sheet, "observer", "", sheet.observer, by, command)


def _mark_read(connection: Connection, sheet: Sheet, by: By, command: str) -> None:
    at = convert.instant_text(by.at)
    here = LAY_SHEET.c.id == sheet.number
    connection.execute(LAY_SHEET.update().where(here), {"read_by": by.name, "read_at": at})
    was = convert.instant_text(sheet.read_at) if sheet.read_at else ""
    _note(connection, sheet, "read_at", was, at, by, command)


def _note(
    connection: Connection, sheet: Sheet, field: str, old: str, new: str, by: By, command: str
) -> None:
    changes = Changes(connection, command)
    spot = Spot(
        meeting_id=sheet.meeting_id, entity="lay_sheet", entity_id=sheet.number, field=field
    )
    changes.note(spot, old, new)
    changes.write(by, command)


_ALL = (
    select(LAY_SHEET, AUDIT_FORM.c.body)
    .join(AUDIT_FORM, AUDIT_FORM.c.id == LAY_SHEET.c.form_id)
    .order_by(LAY_SHEET.c.written_at, LAY_SHEET.c.id)
)


def _sheets(connection: Connection, wanted: Select[Any]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(
            number=row["id"], meeting_id=row["meeting_id"], form=audits.form_of(row["body"]),
            observer=row["observer"], written_by=row["written_by"],
            written_at=convert.instant_of(row["written_at"]), read_by=row["read_by"],
            read_at=convert.instant_of(row["read_at"]),
        )
        for row in connection.execute(wanted).mappings()
    )  # fmt: skip
