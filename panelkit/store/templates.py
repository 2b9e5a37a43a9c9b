"""Templates that documents were issued with, kept whole: a reprint uses the one of its day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from panelkit.domain.errors import NotFound
from panelkit.domain.meeting import By
from panelkit.store import convert, journal
from panelkit.store.tables import JOURNAL, TEMPLATE


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTemplate:
    """A template with everything that it was on the day."""

    sha256: str
    """Over what decides what is printed; issued documents name it."""
    template_id: str
    version: str
    form_label: str
    effective_from: str
    """ISO date."""
    smb_approved_on: str = ""
    """ISO date; blank where no approval is recorded."""
    smb_rationale: str = ""
    body: bytes
    """Its files, packed."""


def keep(
    connection: Connection, meeting_id: str, template: KeptTemplate, by: By
) -> list[journal.Change]:
    """Keep a template with the first document that is issued with it; once is enough."""
    there = select(TEMPLATE.c.sha256).where(TEMPLATE.c.sha256 == template.sha256)
    if connection.execute(there).first() is not None:
        return []
    hashed = hashlib.sha256(template.body).hexdigest()
    connection.execute(
        TEMPLATE.insert(),
        {
            "sha256": template.sha256, "template_id": template.template_id,
            "version": template.version, "form_label": template.form_label,
            "effective_from": template.effective_from, "smb_approved_on": template.smb_approved_on,
            "smb_rationale": template.smb_rationale, "body_sha256": hashed, "who": by.name,
            "at": convert.instant_text(by.at), "body": template.body,
        },
    )  # fmt: skip
    return [
        journal.Change(
            meeting_id, "template", template.sha256, "facts", "", _facts(template, hashed)
        )
    ]


def find(connection: Connection, sha256: str) -> KeptTemplate:
    """A template by its hash. Raises NotFound."""
    columns = [TEMPLATE.c[name] for name in KeptTemplate.__slots__]
    found = connection.execute(select(*columns).where(TEMPLATE.c.sha256 == sha256)).mappings()
    row = found.first()
    if row is None:
        raise NotFound("That template is not kept in this record.")
    return _kept(row)


def every(connection: Connection) -> tuple[KeptTemplate, ...]:
    """Every template that was used, by id and date."""
    columns = [TEMPLATE.c[name] for name in KeptTemplate.__slots__]
    ordered = select(*columns).order_by(TEMPLATE.c.template_id, TEMPLATE.c.effective_from)
    return tuple(_kept(row) for row in connection.execute(ordered).mappings())


def check(connection: Connection) -> tuple[str, ...]:
    """Hashes of templates that are not as they were kept, or are no longer there."""
    noted = select(JOURNAL.c.entity_id, JOURNAL.c.new_hash).where(JOURNAL.c.entity == "template")
    known = {row.entity_id: row.new_hash for row in connection.execute(noted)}
    there = {
        kept.sha256: _facts(kept, hashlib.sha256(kept.body).hexdigest())
        for kept in every(connection)
    }
    wrong = [sha for sha, facts in there.items() if known.get(sha) != facts]
    return (*wrong, *(sha for sha in known if sha not in there))


def _kept(row: Any) -> KeptTemplate:
    return KeptTemplate(**{**row, "body": bytes(row["body"])})


def _facts(template: KeptTemplate, hashed: str) -> str:
    """One hash over everything that is kept of it."""
    facts = (
        template.sha256, template.template_id, template.version, template.form_label,
        template.effective_from, template.smb_approved_on, template.smb_rationale, hashed,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()
