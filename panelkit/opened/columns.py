"""What of each kind of content is shown where several stand in a list, and what they are called."""

from __future__ import annotations

from typing import Final

from panelkit.domain import entries as e

COLUMNS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "attendance": (("status", 10), ("agency", 5), ("organisation", 26), ("name", 22), ("role", 12)),
    "calls": (("at", 6), ("outcome", 20), ("organisation", 28), ("person", 20), ("rung_by", 18)),
    "interests": (("declared_by", 22), ("handling", 16), ("nature", 40)),
    "refused_entries": (("at", 6), ("who", 24), ("done", 40)),
    "linked_cases": (("case_ref", 12), ("link", 50)),
    "key_dates": (("event", 22), ("on", 12), ("detail", 40)),
    "corrections": (("where", 24), ("was", 26), ("now", 26)),
    "actions": (("owner", 12), ("organisation", 12), ("due", 17), ("text", 60)),
    "contributions": (("organisation", 28), ("info_type", 14), ("text", 60)),
    "agency_returns": (("organisation", 28), ("answer", 12), ("came_on", 12), ("filled_by", 22)),
    "return_lines": (("place", 4), ("organisation", 22), ("text", 50), ("use", 12)),
    "restricted_parts": (("started_at", 6), ("ended_at", 6), ("reason", 40)),
    "victims": (("relationship", 12), ("vcs_status", 12), ("safety_measure", 40)),
    "ratings": (("group", 12), ("last", 10), ("level", 10), ("because", 50)),
    "tools": (("tool", 14), ("result", 12), ("on", 12), ("assessor", 20)),
    "measures": (("pillar", 16), ("text", 40), ("organisation", 20), ("risk", 24)),
    "contingencies": (("trigger", 30), ("response", 30), ("who", 14), ("within", 12)),
    "orders": (("control", 22), ("terms", 40), ("ends_on", 12)),
    "restrictions": (("measure", 32), ("legal_basis", 22), ("review", 22)),
    "disclosures": (("to_whom", 24), ("what", 28), ("by_whom", 12), ("by_when", 12)),
    "decisions": (("type", 12), ("decision", 50), ("review_date", 12)),
    "options": (("option", 26), ("favour", 26), ("against", 26)),
    "evidence": (("side", 8), ("text", 44), ("source", 20), ("on", 14)),
    "views": (("organisation", 28), ("view", 14), ("note", 40)),
    "told": (("who", 28), ("by_whom", 20), ("by_when", 12)),
    "notes": (("place", 4), ("speaker", 22), ("text", 60)),
    "section_words": (("section", 16), ("text", 60)),
    "recipients": (("name", 22), ("organisation", 28), ("method", 14)),
    "comments": (("section", 20), ("text", 44), ("settled", 8)),
    "amendments": (("section", 18), ("asked_by", 16), ("outcome", 18), ("now", 30)),
    "addenda": (("received_at", 8), ("from_whom", 20), ("text", 50)),
    "transfers": (("to_area", 22), ("answer", 18), ("owner", 26), ("plan_holder", 26)),
    "settled": (("what", 26), ("organisation", 28), ("on", 12), ("by_whom", 22)),
    "parked": (("place", 4), ("gate", 24), ("reason", 40), ("until", 12)),
}
"""Columns shown for each kind, with their widths in cells."""


def plural(kind: type[e.Entry]) -> str:
    """``Actions``, ``Contingencies``, ``People invited``."""
    special = {
        "attendance": "People invited",
        "refused_entries": "Refused entry",
        "evidence": "Evidence",
        "told": "Told",
        "interests": "Interests declared",
        "restricted_parts": "Restricted parts",
        "parked": "Parked",
        "return_lines": "Lines of returns",
    }
    if kind.kind in special:
        return special[kind.kind]
    title = kind.title
    return f"{title[:-1]}ies" if title.endswith("y") and not title.endswith("ey") else f"{title}s"
