"""What the screens of referrals say of one: how long it waits, what was decided, what comes next."""

from __future__ import annotations

from datetime import date

from panelkit.domain.area import Area
from panelkit.domain.fields import long_date, short_date
from panelkit.domain.referrals import Referral, Screening, answer_due, first_meeting_due
from panelkit.domain.timescales import working_days_between
from panelkit.domain.vocabulary import AgeGroup
from panelkit.tui.widgets.rowlist import Row


def days(count: int) -> str:
    """``1 working day``, ``3 working days``."""
    return f"{count} working day{'' if count == 1 else 's'}"


def waited(referral: Referral, area: Area, today: date) -> str:
    """``LATE, 12 days`` or ``2 days``: working days since it came."""
    gone = working_days_between(referral.received_on, today, area.calendar)
    many = f"{gone} day{'' if gone == 1 else 's'}"
    return f"LATE, {many}" if answer_due(referral, area) < today else many


def asked_words(referral: Referral) -> str:
    """``Harrowmere Police (Police) asks for Level 3, received on 1 May 2026``."""
    return (
        f"{referral.organisation} ({referral.agency.label}) asks for {referral.level_asked.label}, "
        f"received on {long_date(referral.received_on)}"
    )


def decision_words(one: Screening) -> str:
    """``20 May 2026: accepted at Level 2, formal meetings add value``; then its words."""
    level = f" at {one.level_given.label}" if one.level_given else ""
    more = f". {one.words}" if one.words else ""
    gone = f". TAKEN BACK: {one.withdrawn}" if one.withdrawn else ""
    why = one.because.label
    return f"{short_date(one.decided_on)}: {one.decision.label}{level}. {why}{more}{gone}"


def said_of_it(referral: Referral) -> str:
    """What the referrer claims, in a few words; blank where nothing was said."""
    category = f"Category {referral.category}" if referral.category else ""
    child = "a child" if referral.age is AgeGroup.CHILD else ""
    words = ", ".join(part for part in (category, child) if part)
    return f"Claimed: {words}." if words else ""


def row_of(referral: Referral, area: Area, today: date, case_ref: str, same_as: str = "") -> Row:
    """One referral: which, how long or when, who, what was asked for, how far it is; ``same_as`` is
    the earlier one that was about the same individual."""
    state, when, strong = referral.state, short_date(referral.received_on), False
    claimed = said_of_it(referral)
    lines = [f"The same individual as {same_as}."] if same_as else []
    lines += [claimed] if claimed else []
    lines += [decision_words(one) for one in referral.screening]
    if referral.waits:
        when = waited(referral, area, today)
        strong = when.startswith("LATE")
        asked = [one for one in referral.screening if one.is_live]
        state = "information asked for" if asked else state
    elif case_ref:
        state = f"{state}, led to {case_ref}"
    elif (due := first_meeting_due(referral, area)) is not None and referral.is_live:
        state, strong = "accepted, no case yet", due < today
        late = "First meeting LATE, was due" if strong else "First meeting due"
        lines.insert(0, f"{late} {short_date(due)}.")
    if not referral.is_live:
        lines.append(f"WITHDRAWN: {referral.withdrawn}")
    cells = (referral.ref, when, referral.organisation, f"L{referral.level_asked}", state)
    return Row(referral.ref, cells, strong=strong, under="   ".join(lines))
