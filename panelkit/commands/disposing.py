"""Keeping cases and letting them go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say, say_json
from panelkit.domain.disposal import Disposal, DisposalState
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import long_date
from panelkit.services.clock import room_time
from panelkit.wiring import Settings, open_desk

if TYPE_CHECKING:
    from panelkit.services.desk import Desk
    from panelkit.services.disposing import Disposing


def dispose(
    settings: Settings, case: str, *, reason: str, agree: bool, withdraw: bool, as_json: bool
) -> int:
    """What is kept until when; a disposal proposed, withdrawn, or agreed and done."""
    desk = open_desk(settings, settings.database)
    try:
        verbs = desk.disposing
        if not case:
            return _show(verbs, as_json=as_json)
        if agree + withdraw + bool(reason) != 1:
            raise BadInput("Give one of --reason, --agree and --withdraw.")
        if agree:
            done, clean = verbs.agree(case)
            return _say_gone(desk, done, clean=clean, as_json=as_json)
        if withdraw:
            verbs.withdraw(case)
            say(f"{case}: the disposal is withdrawn.")
            return 0
        verbs.propose(case, reason)
        say(
            f"{case}: its disposal is proposed. Somebody else agrees with panelkit dispose {case} --agree."
        )
        return 0
    finally:
        desk.caseload.record.close()


def retain(
    settings: Settings, case: str, *, review: str, hold: bool, release: bool, reason: str
) -> int:
    """The day a case is looked at again, or a hold on it."""
    desk = open_desk(settings, settings.database)
    try:
        verbs = desk.disposing
        if bool(review) + hold + release != 1:
            raise BadInput("Give one of --review, --hold and --release.")
        if hold:
            verbs.hold(case, reason)
            say(f"{case} is held: nothing of it may go until the hold is released.")
        elif release:
            verbs.release(case)
            say(f"{case} is no longer held.")
        else:
            on = day_of(review, "--review")
            if on is None:
                raise BadInput("Say the day with --review.")
            verbs.review(case, on, reason)
            say(f"{case} is looked at again on {long_date(on)}. Nothing is deleted by itself.")
        return 0
    finally:
        desk.caseload.record.close()


def hand_back(settings: Settings, case: str, receipts: Sequence[str], *, as_json: bool) -> int:
    """A case that another desk has, gone from here."""
    desk = open_desk(settings, settings.database)
    try:
        done, clean = desk.disposing.hand_back(case, receipts)
        return _say_gone(desk, done, clean=clean, as_json=as_json)
    finally:
        desk.caseload.record.close()


def _show(verbs: Disposing, *, as_json: bool) -> int:
    kept, found = verbs.kept(), verbs.disposals()
    if as_json:
        return say_json(
            {
                "kept": [
                    {
                        "case": k.ref, "review_on": k.said.review_on.isoformat() if k.said.review_on else None,
                        "held": bool(k.said.hold), "due": k.is_due,
                    }
                    for k in kept
                ],
                "disposals": [_as_data(d) for d in found],
            }
        )  # fmt: skip
    for one in kept:
        day = long_date(one.said.review_on) if one.said.review_on else "no review date"
        state = "HELD" if one.said.hold else "due now" if one.is_due else ""
        say(f"{one.ref:<12} {day:<20} {state}".rstrip())
    for each in found:
        if each.state is DisposalState.PROPOSED:
            when = room_time(each.proposed_at)
            say(
                f"{each.case_ref:<12} disposal proposed by {each.proposed_by}, {long_date(when.date())}: waits for a second person"
            )
        elif each.state is DisposalState.DONE:
            say(each.tombstone)
    if not kept and not found:
        say("Nothing is said of keeping any case. panelkit retain CASE --review DAY --reason WHY.")
    return 0


def _as_data(done: Disposal) -> dict[str, object]:
    return {
        "case": done.case_ref, "kind": str(done.kind), "state": str(done.state), "reason": done.reason,
        "proposed_by": done.proposed_by, "proposed_at": done.proposed_at.isoformat(),
        "agreed_by": done.agreed_by, "agreed_at": done.agreed_at.isoformat() if done.agreed_at else None,
        "meetings": len(done.meeting_ids),
    }  # fmt: skip


def _say_gone(desk: Desk, done: Disposal, *, clean: bool, as_json: bool) -> int:
    copies = desk.keeping.there()
    if as_json:
        return say_json({**_as_data(done), "log_empty": clean, "copies": [str(p) for p in copies]})
    say(done.tombstone)
    if copies:
        say(f"NOT GONE: {len(copies)} made before in {desk.keeping.folder} still hold it.")
    say("Not gone: other copies, documents that were written or sent, what other desks hold.")
    if not clean:
        say("Another program has the record open: its log may hold words until that is closed.")
    return 0
