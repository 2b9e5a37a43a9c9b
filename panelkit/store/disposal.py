"""Review dates, holds, and disposal: what goes, in one transaction, and the tombstone that stays.

The journal is not touched: it holds hashes whose salts go with the words, so that they say
nothing afterwards and the chain runs through them as before.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select

from panelkit.domain.disposal import Disposal, DisposalKind, DisposalState, Retention
from panelkit.domain.errors import StaleRecord
from panelkit.domain.screening import TESTS, Check
from panelkit.domain.vocabulary import MeetingState
from panelkit.store import access, convert, journal, searching
from panelkit.store.keys import opened
from panelkit.store.tables import (
    ALLOCATION,
    AUDIT,
    AUDIT_MARK,
    CASE,
    DISPOSAL,
    ESCALATION,
    MEETING,
    OF_A_CASE,
    OF_A_MEETING,
    REFERRAL,
    REFERRED_AGAIN,
    RETENTION,
    SCREENING,
)

LET_GO: Final = "The case was let go."
"""What stands where the reason of something withdrawn stood."""


def retention(connection: Connection, case_id: str) -> Retention | None:
    """What is said of keeping a case; None where nothing is."""
    here = select(RETENTION).where(RETENTION.c.case_id == case_id)
    row = connection.execute(here).mappings().first()
    return _retention(row) if row else None


def retentions(connection: Connection) -> tuple[tuple[str, Retention], ...]:
    """Every case by reference with what is said of it; those that may be opened, the next first."""
    found = select(RETENTION, CASE.c.ref).join(CASE, CASE.c.id == RETENTION.c.case_id)
    found = found.where(access.may_open(connection, RETENTION.c.case_id))
    rows = connection.execute(found.order_by(RETENTION.c.review_on, CASE.c.ref)).mappings()
    return tuple((row["ref"], _retention(row)) for row in rows)


def _retention(row: Any) -> Retention:
    return Retention(
        case_id=row["case_id"], because=row["because"], hold=row["hold"], hold_by=row["hold_by"],
        review_on=date.fromisoformat(row["review_on"]) if row["review_on"] else None,
        hold_at=convert.instant_of(row["hold_at"]), revision=row["revision"],
    )  # fmt: skip


def keep_retention(connection: Connection, before: Retention | None, after: Retention) -> list[journal.Change]:  # fmt: skip
    """What changed. Raises StaleRecord where somebody changed it meanwhile."""
    columns = {
        "case_id": after.case_id, "because": after.because, "hold": after.hold,
        "review_on": after.review_on.isoformat() if after.review_on else "",
        "hold_by": after.hold_by, "hold_at": convert.instant_text(after.hold_at),
        "revision": after.revision,
    }  # fmt: skip
    if before is None:
        connection.execute(RETENTION.insert(), columns)
        old: dict[str, Any] = dict.fromkeys(columns, "")
    else:
        here = (RETENTION.c.case_id == before.case_id) & (RETENTION.c.revision == before.revision)
        row = connection.execute(select(RETENTION).where(here)).mappings().first()
        if row is None:
            raise StaleRecord("What is said of keeping the case changed.", place="retention")
        old = dict(row)
        connection.execute(RETENTION.update().where(here), columns)
    changes = []
    for name in ("review_on", "because", "hold"):
        if old[name] != columns[name]:
            salt = journal.new_salt()
            was, now = (journal.salted(str(each[name]), salt) for each in (old, columns))
            changes.append(journal.Change("", "case", after.case_id, f"retention {name}", was, now))
    return changes


# -- disposals ---------------------------------------------------------------------------------


def every(connection: Connection) -> tuple[Disposal, ...]:
    """All of them, oldest first; tombstones too."""
    rows = connection.execute(select(DISPOSAL).order_by(DISPOSAL.c.proposed_at)).mappings()
    return tuple(_disposal(row) for row in rows)


def tombstone(connection: Connection, case_ref: str) -> Disposal | None:
    """What is left of the case called ``case_ref``; None where it is here, or never was."""
    here = (DISPOSAL.c.case_ref == case_ref) & (DISPOSAL.c.state == str(DisposalState.DONE))
    last = select(DISPOSAL).where(here).order_by(DISPOSAL.c.agreed_at.desc()).limit(1)
    row = connection.execute(last).mappings().first()
    return _disposal(row) if row else None


def gone(connection: Connection) -> frozenset[str]:
    """Ids of meetings that went with a disposal, and did not come again afterwards."""
    done = select(DISPOSAL.c.meeting_ids).where(DISPOSAL.c.state == str(DisposalState.DONE))
    went = {i for row in connection.execute(done) for i in json.loads(row.meeting_ids)}
    if not went:
        return frozenset()
    here = connection.execute(select(MEETING.c.id).where(MEETING.c.id.in_(went))).scalars()
    return frozenset(went - set(here))


def out_of_sight(connection: Connection) -> frozenset[str]:
    """Ids of meetings whose rows are not there for whoever asks: gone with a disposal, or closed to
    their login by the server. What the journal says of them cannot be looked at here."""
    if not opened(connection).login:
        return gone(connection)
    closed = connection.execute(select(func.hidden_meetings())).scalars()
    return gone(connection) | frozenset(closed)


def _disposal(row: Any) -> Disposal:
    proposed = convert.instant_of(row["proposed_at"])
    if proposed is None:
        msg = "a disposal has an instant"
        raise ValueError(msg)
    return Disposal(
        id=row["id"], case_id=row["case_id"], case_ref=row["case_ref"],
        kind=DisposalKind(row["kind"]), state=DisposalState(row["state"]), reason=row["reason"],
        proposed_by=row["proposed_by"], proposed_id=row["proposed_id"], proposed_at=proposed,
        agreed_by=row["agreed_by"], agreed_id=row["agreed_id"],
        agreed_at=convert.instant_of(row["agreed_at"]),
        meeting_ids=tuple(json.loads(row["meeting_ids"])), receipt=row["receipt"],
    )  # fmt: skip


def _columns(disposal: Disposal) -> dict[str, Any]:
    return {
        "id": disposal.id, "case_id": disposal.case_id, "case_ref": disposal.case_ref,
        "kind": str(disposal.kind), "state": str(disposal.state), "reason": disposal.reason,
        "proposed_by": disposal.proposed_by, "proposed_id": disposal.proposed_id,
        "proposed_at": convert.instant_text(disposal.proposed_at),
        "agreed_by": disposal.agreed_by, "agreed_id": disposal.agreed_id,
        "agreed_at": convert.instant_text(disposal.agreed_at),
        "meeting_ids": json.dumps(list(disposal.meeting_ids)), "receipt": disposal.receipt,
    }  # fmt: skip


def keep(connection: Connection, disposal: Disposal, *, new: bool) -> list[journal.Change]:
    """Proposed, withdrawn or agreed. Raises StaleRecord where it was settled meanwhile."""
    if new:
        connection.execute(DISPOSAL.insert(), _columns(disposal))
    else:
        here = (DISPOSAL.c.id == disposal.id) & (DISPOSAL.c.state == str(DisposalState.PROPOSED))
        if connection.execute(DISPOSAL.update().where(here), _columns(disposal)).rowcount != 1:
            raise StaleRecord("Somebody else settled this disposal.", place="disposal")
    hashed = journal.salted(disposal.reason or str(disposal.state), journal.new_salt())
    field = f"{disposal.kind} {disposal.state}"
    return [journal.Change("", "case", disposal.case_id, field, "", hashed)]


def carry_out(connection: Connection, disposal: Disposal) -> list[journal.Change]:
    """Everything of the case deleted, and the tombstone written; the caller holds a transaction.

    ``disposal`` is stored as agreed: without that the database refuses to let issued documents go.
    """
    here = disposal.meeting_ids
    audits = select(AUDIT.c.id).where(AUDIT.c.meeting_id.in_(here))
    connection.execute(AUDIT_MARK.delete().where(AUDIT_MARK.c.audit_id.in_(audits)))
    for table in OF_A_MEETING:
        connection.execute(table.delete().where(table.c.meeting_id.in_(here)))
    connection.execute(MEETING.delete().where(MEETING.c.case_id == disposal.case_id))
    _without_holders(connection, disposal.case_id)
    if disposal.kind is DisposalKind.HANDED_BACK:
        _without_referrals(connection, disposal.case_id)
    else:
        _without_words(connection, disposal.case_id)
    connection.execute(ESCALATION.delete().where(ESCALATION.c.case_id == disposal.case_id))
    for table in OF_A_CASE:
        connection.execute(table.delete().where(table.c.case_id == disposal.case_id))
    connection.execute(CASE.delete().where(CASE.c.id == disposal.case_id))
    searching.forget_for_good(connection)
    done = DISPOSAL.update().where(DISPOSAL.c.id == disposal.id)
    connection.execute(done, {"state": str(DisposalState.DONE)})
    hashed = journal.salted(str(DisposalState.DONE), journal.new_salt())
    return [journal.Change("", "case", disposal.case_id, f"{disposal.kind} done", "", hashed)]


def _without_holders(connection: Connection, case_id: str) -> None:
    """Who had the case and its referrals, with each reason, and which referrals were of one individual."""
    came = select(REFERRAL.c.id).where(REFERRAL.c.case_id == case_id)
    again = REFERRED_AGAIN.c
    both = again.referral_id.in_(came) | again.earlier_id.in_(came)
    connection.execute(REFERRED_AGAIN.delete().where(both))
    mine = (ALLOCATION.c.case_id == case_id) | ALLOCATION.c.referral_id.in_(came)
    connection.execute(ALLOCATION.delete().where(mine))


def _without_referrals(connection: Connection, case_id: str) -> None:
    """Another desk has them: counted there, they are counted here no more."""
    came = select(REFERRAL.c.id).where(REFERRAL.c.case_id == case_id)
    connection.execute(SCREENING.delete().where(SCREENING.c.referral_id.in_(came)))
    connection.execute(REFERRAL.delete().where(REFERRAL.c.case_id == case_id))


def _without_words(connection: Connection, case_id: str) -> None:
    """Referrals that led to the case stay as numbers: no link, no words, nothing about anybody.

    So a quarter counted again says what it said.
    """
    came = select(REFERRAL.c.id).where(REFERRAL.c.case_id == case_id)
    here = SCREENING.c.referral_id.in_(came)
    tests = dict.fromkeys(map(str, Check), "")
    connection.execute(SCREENING.update().where(here), {"words": "", **tests})
    gone = SCREENING.update().where(here, SCREENING.c.withdrawn != "")
    connection.execute(gone, {"withdrawn": LET_GO})
    mine = REFERRAL.c.case_id == case_id
    gone = REFERRAL.update().where(mine, REFERRAL.c.withdrawn != "")
    connection.execute(gone, {"withdrawn": LET_GO})
    claimed = dict.fromkeys(("category", "eligible_by", "age", *map(str, TESTS)), "")
    connection.execute(REFERRAL.update().where(mine), {"case_id": "", **claimed})


def meetings_of(connection: Connection, case_id: str) -> dict[str, MeetingState]:
    """Every meeting of a case, with its state."""
    found = select(MEETING.c.id, MEETING.c.state).where(MEETING.c.case_id == case_id)
    return {row.id: MeetingState(row.state) for row in connection.execute(found)}


def receipt_for(handed_over: str, body: str) -> str:
    """The receipt for what this desk handed over."""
    return receipt_of(handed_over, json.loads(body))


def receipt_of(handed_over: str, bundle: object) -> str:
    """What only a desk that opened the file can say of it: four groups of four."""
    said = json.dumps(bundle, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(f"receipt\x1f{handed_over}\x1f{said}".encode()).hexdigest()[:16].upper()
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))
