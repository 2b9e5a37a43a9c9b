"""A case that another MAPPA area is asked to take over: how far it is, and what is owed to whom.

A transfer is no exit, and no panel's to do (in-the-room notes section 6): an agency owns it and asks,
the level continues here until the receiving area decides, and somebody holds the plan meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import add_working_days, weekdays_only
from panelkit.domain.vocabulary import TransferAnswer


@dataclass(frozen=True, slots=True)
class OwedTo:
    """One thing that is owed for a transfer."""

    by_whom: str
    """The organisation or area that owes it."""
    to_whom: str
    words: str
    """What, without words of the case."""
    due: date | None
    """The last day that is in time; None where it hangs from a day nobody has set."""
    rule: str
    """The figure in words; blank for none."""
    source: str
    """Where the figure comes from, with its tag."""

    def is_late(self, today: date) -> bool:
        """Whether its day has gone by."""
        return self.due is not None and self.due < today


def is_settled(transfer: e.Transfer) -> bool:
    """Whether nothing is open any more: the plan was handed over, or the area declined."""
    return transfer.handed_over_on is not None or transfer.answer is TransferAnswer.DECLINED


def open_transfers(meeting: Meeting) -> tuple[e.Transfer, ...]:
    """Transfers that go on, as the meeting has them."""
    return tuple(one for one in meeting.live(e.Transfer) if not is_settled(one))


def standing(transfer: e.Transfer) -> str:
    """How far it is, in a sentence that says whose it is: never that a panel transferred the case."""
    owner = transfer.owner or "An agency that is not recorded"
    area = transfer.to_area or "an area that is not recorded"
    if transfer.handed_over_on is not None:
        return f"{owner} handed the plan over to {area} on {long_date(transfer.handed_over_on)}."
    on = f" on {long_date(transfer.answered_on)}" if transfer.answered_on else ""
    match transfer.answer:
        case TransferAnswer.DECLINED:
            return f"{area} declined{on}. The level continues here."
        case TransferAnswer.ACCEPTED:
            return f"{area} accepted{on}. {_holds(transfer)} until it is handed over."
        case TransferAnswer.MORE:
            return (
                f"{area} asked for more information{on}. The level continues here until it decides."
            )
        case _:
            asked = (
                f"{owner} asked {area} on {long_date(transfer.asked_on)} to take the case over."
                if transfer.asked_on
                else f"{owner} is to ask {area} to take the case over."
            )
            level = "The level continues here until that area decides."
            return f"{asked} {level} {_holds(transfer)} meanwhile."


def _holds(transfer: e.Transfer) -> str:
    holder = transfer.plan_holder or "Nobody who is recorded"
    return f"{holder} holds the plan"


def owed_for(meeting: Meeting, transfer: e.Transfer, area: Area) -> tuple[OwedTo, ...]:
    """What comes next, by whom to whom; nothing once it is settled."""
    owner, there = (
        transfer.owner or "the agency that owns it",
        transfer.to_area or "the receiving area",
    )
    if is_settled(transfer):
        return ()
    if transfer.asked_on is None:
        return (
            _owed(owner, there, "the letter that asks it to take the case over", meeting.held_on, "transfer_request_working_days", area),
        )  # fmt: skip
    if transfer.answer is TransferAnswer.MORE:
        since = transfer.answered_on or transfer.asked_on
        return (
            _owed(owner, there, "the information that it asked for", since, "transfer_request_working_days", area),
        )  # fmt: skip
    if transfer.answer is None:
        return (
            _owed(there, owner, "its decision", transfer.asked_on, "transfer_answer_working_days", area),
        )  # fmt: skip
    joint = transfer.joint_on
    found = []
    if joint is None:
        found.append(OwedTo(there, owner, "the day of the joint meeting", None, "", ""))
    holder = transfer.plan_holder or owner
    found.append(
        _owed(holder, there, "the plan, with what is outstanding in it", joint, "transfer_handover_working_days", area)
    )  # fmt: skip
    return tuple(found)


def _owed(
    by_whom: str, to_whom: str, words: str, since: date | None, key: str, area: Area
) -> OwedTo:
    days = area.figure(key)
    due = add_working_days(since, days, area.calendar) if since else None
    counted = weekdays_only(since, due, area.calendar) if since and due else ""
    rule = f"{days} working day{'' if days == 1 else 's'}{counted}"
    return OwedTo(by_whom, to_whom, words, due, rule, area.source(key))
