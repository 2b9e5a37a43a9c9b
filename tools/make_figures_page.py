"""Writes the lists in docs/figures.md from the program.

    python tools/make_figures_page.py

Each stands between ``<!-- name: begin -->`` and ``<!-- name: end -->``; the rest is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from panelkit.areas.loader import load_area
from panelkit.documents.templates import load_template
from panelkit.domain.counting import RULES
from panelkit.domain.headings import FIELDS
from panelkit.domain.manual_figures import ASKED, QUARTERLY
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referrals import REASONS
from panelkit.domain.spans import ENDS, VALUES, SpanReason, values_of
from panelkit.domain.vocabulary import EmergencyCause
from panelkit.services.year_facts import ASKED as YEAR_FACTS
from panelkit.stats.annual import ANNUAL
from panelkit.stats.quarterly import MEASURES
from panelkit.stats.referral_analysis import DAYS, WATCHED
from panelkit.stats.referral_figures import FIGURES as REFERRALS

PAGE: Final = Path(__file__).parent.parent / "docs" / "figures.md"
TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "annual_report"


def tables() -> str:
    """Each table with its rows and columns, and what is entered by hand for it."""
    rows = "".join(
        f"| {one.id} | {one.title} | {'31 March' if one.snapshot else 'the year'} | "
        f"{', '.join(one.rows)} | {', '.join(one.columns)} | {', '.join(one.needs)} |\n"
        for one in ANNUAL
    )
    return f"| Table | What | Of | Rows | Columns | Entered by hand |\n|---|---|---|---|---|---|\n{rows}"


def facts() -> str:
    """Each fact of the report with the section that it stands in."""
    heading = {plan.key: plan.heading for plan in load_template(TEMPLATE).sections}
    asked = [(one.beside, one.what, one.why) for one in YEAR_FACTS]
    asked.insert(
        max(n for n, one in enumerate(asked, 1) if one[0] == "introduction"),
        ("introduction", "Emergency panels, by why they were called", ""),
    )
    rows = "".join(
        f"| {heading[beside]} | {what} | the record{f'; not known where {why}' if why else ''} |\n"
        for beside, what, why in asked
    )
    return f"| Section | Fact | From |\n|---|---|---|\n{rows}"


def manual() -> str:
    """Each figure that the record cannot know, with who holds it."""
    rows = "".join(f"| `{one.id}` | {one.label} | {one.supplier} |\n" for one in ASKED)
    return f"| Figure | What | Who holds it |\n|---|---|---|\n{rows}"


def headings() -> str:
    """What a column of a table of somebody else's can be, and the headings that say so."""
    rows = "".join(
        f"| `read-{holds}` | `{one.key}` | {', '.join(one.phrases)}{' (needed)' if one.needed else ''} |\n"
        for holds, fields in FIELDS.items()
        for one in fields
    )
    return f"| Command | Field | Headings |\n|---|---|---|\n{rows}"


def rules() -> str:
    """Each rule of counting with its choices; the first is the default."""
    rows = "".join(
        f"| `{rule.id}` | {rule.asks} | "
        + "<br>".join(f"`{key}`: {words}" for key, words in rule.choices.items())
        + f" | {rule.tag} |\n"
        for rule in RULES
    )
    return f"| Rule | Question | Choices | Tag |\n|---|---|---|---|\n{rows}"


def histories() -> str:
    """What each history is made of, and the codes."""
    rows = "".join(
        f"| {kind.label} | {', '.join(f'`{member}`' for member in values_of(kind))} |\n"
        for kind in VALUES
    )
    begins = ", ".join(f"`{one}`" for one in SpanReason if one not in ENDS)
    ends = ", ".join(f"`{one}`" for one in SpanReason if one in ENDS)
    events = ", ".join(f"`{one}`" for one in OutcomeKind)
    return (
        f"| History | Values |\n|---|---|\n{rows}\n"
        f"Reasons: {begins}. Reasons for leaving: {ends}. Events: {events}.\n"
    )


def screening() -> str:
    """Each decision on a referral with the reasons it may have."""
    rows = "".join(
        f"| `{decision}` | {', '.join(f'`{one}` ({one.label})' for one in reasons)} |\n"
        for decision, reasons in REASONS.items()
    )
    return f"| Decision | Reasons |\n|---|---|\n{rows}"


def putoff() -> str:
    """Why a meeting was not held, and why an emergency panel was called."""
    reasons = ", ".join(f"`{one}` ({one.label})" for one in PutOffReason)
    causes = ", ".join(f"`{one}` ({one.label})" for one in EmergencyCause)
    return f"Reasons: {reasons}.\n\nCauses of an emergency panel: {causes}.\n"


def quarterly() -> str:
    """Each figure of the board's report, with what it counts and where it comes from."""
    rows = "".join(
        f"| {one.block} | {one.id} {one.title} | {one.counts[:1].upper()}{one.counts[1:]} | "
        f"{one.source}{f'. `Q3.{one.manual}`' if one.manual else ''} |\n"
        for one in MEASURES
    )
    return f"| Block | Figure | Counts | From |\n|---|---|---|---|\n{rows}"


def each_quarter() -> str:
    """Figures of a quarter that the record cannot know."""
    rows = "".join(f"| `Q3.{one.id}` | {one.label} | {one.supplier} |\n" for one in QUARTERLY)
    return f"| Figure | What | Who holds it |\n|---|---|---|\n{rows}"


def analysis() -> str:
    """Each figure of the analysis of referrals, with how it is counted."""
    area = load_area("national")
    words = {"months": area.figure(WATCHED), "days": area.figure(DAYS)}
    rows = "".join(f"| {one.id} | {one.title} | {one.how.format(**words)} |\n" for one in REFERRALS)
    return f"| Figure | What | How it is counted |\n|---|---|---|\n{rows}"


LISTS: Final = MappingProxyType(
    {
        "tables": tables, "facts": facts, "manual": manual, "headings": headings, "rules": rules, "histories": histories,
        "screening": screening, "putoff": putoff, "quarterly": quarterly,
        "each_quarter": each_quarter, "analysis": analysis,
    }
)  # fmt: skip


def with_lists(page: str) -> str:
    """The page with its lists as the program has them."""
    for name, made in LISTS.items():
        page = _with(page, name, made)
    return page


def _with(page: str, name: str, made: Callable[[], str]) -> str:
    return re.sub(
        f"(?s)(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)",
        lambda found: f"{found[1]}{made()}{found[2]}",
        page,
    )


if __name__ == "__main__":
    PAGE.write_text(with_lists(PAGE.read_text("utf-8")), "utf-8")
