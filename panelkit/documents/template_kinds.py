"""What each document's template may hold: keys of its sections, names in its wording files.

``compose`` prints by these keys; tests walk both lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from panelkit.domain.annual_paper import SLOTS

_MINUTES: Final = (
    "title statement details attendance individual status conviction key_dates hospital "
    "last_meeting reason information diversity victims risk plan restrictions disclosure media "
    "decisions actions dissent chair_summary next_meeting distribution addenda"
)

SECTION_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "minutes": tuple(_MINUTES.split()),
    "action_schedule": ("title", "actions", "last_meeting", "next_meeting"),
    "organisation_actions": ("actions", "last_meeting", "next_meeting"),
    "agenda": ("title", "details", "attendance", "agenda"),
    "invitation": ("letter", "details", "joining", "report", "agenda"),
    "calendar": ("calendar",),
    "sitting_invitation": ("letter", "details", "meetings", "joining", "report"),
    "papers_list": ("sitting", "meetings", "wanted", "sent"),
    "executive_summary": (
        "request", "individual", "details", "reason", "risk", "plan", "decisions", "withheld",
        "approval",
    ),
    "reply": ("request", "decision", "enclosed", "owner", "review"),
    "reminder": ("opening", "actions", "answer"),
    "return": ("opening", "first", "told", "actions", "answer"),
    "action_list": ("asked", "actions"),
    "transfer": ("ask", "details", "owed", "answer"),
    "transfer_here": ("standing", "meanwhile", "owed"),
    "referral_form": ("how", "referral", "tests", "person", "send"),
    "referral_letter": ("decision", "why", "tests", "next", "ask"),
    "feedback": ("opening", "strengths", "next_time", "remarks", "to_judge", "close"),
    "board_report": ("audited", "figures", "trends", "defects"),
    "annual_report": (
        "introduction", "board", "reflections", "priorities", "what_is", "terrorism", "statistics",
        "counting", "comparison", "notes", "lay_adviser", "youth_justice", "reconciliation",
    ),
    "quarterly_report": (
        "short", "panels", "attendance", "in_time", "actions", "referrals", "caseload", "decisions",
        "quality", "outcomes", "diversity", "workload", "notes",
    ),
}  # fmt: skip
"""Sections by the id of a template. One that is not here is checked by whoever prints it."""

_INVITATION: Final = ("reference", "level", "kind", "report_by")
_REPLY: Final = ("outcome", "version", "owner")
_TRANSFER: Final = ("owner", "there", "holder", "reference", "level")
_REFERRED: Final = (
    "reference", "decision", "asked", "given", "information_by", "challenge_by", "area", "contact",
    "reason",
)  # fmt: skip
_ANNUAL: Final = ("area", "year", "first_day", "last_day", "year_before")

WORDING_NAMES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "invitation": dict.fromkeys(("letter.j2", "joining.j2", "report.j2"), _INVITATION),
    "sitting_invitation": dict.fromkeys(
        ("letter.j2", "joining.j2", "report.j2"), ("meetings", "day", "report_by")
    ),
    "calendar": dict.fromkeys(("summary.j2", "description.j2"), ("reference", "mode")),
    "reply": dict.fromkeys(
        ("request.j2", "decision.j2", "enclosed.j2", "owner.j2", "review.j2"), _REPLY
    ),
    "transfer": dict.fromkeys(("ask.j2", "answer.j2"), _TRANSFER),
    "transfer_here": {"meanwhile.j2": _TRANSFER},
    "referral_form": dict.fromkeys(("how.j2", "tests.j2", "person.j2", "send.j2"), ("area",)),
    "referral_letter": dict.fromkeys(("decision.j2", "next.j2", "ask.j2"), _REFERRED),
    "feedback": dict.fromkeys(("opening.j2", "close.j2"), ("role", "reference", "audited")),
    "reminder": dict.fromkeys(("opening.j2", "answer.j2"), ("organisation", "reference")),
    "return": dict.fromkeys(
        ("opening.j2", "told.j2", "actions.j2", "answer.j2"), ("organisation", "number", "due")
    ),
    "annual_report": {f"{slot}.j2": _ANNUAL for slot in SLOTS},
}
"""Names that may be printed in each wording file."""
