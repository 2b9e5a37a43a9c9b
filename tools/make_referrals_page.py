"""Write what ``docs/referrals.md`` says of the form and the tests, from the lists that the program walks.

    python tools/make_referrals_page.py

A test compares the page with what this would write.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from panelkit.domain.referral_form import QUESTIONS
from panelkit.domain.screening import Check, checks_of
from panelkit.domain.vocabulary import Level

PAGE: Final = Path(__file__).parent.parent / "docs" / "referrals.md"


def form_table() -> str:
    """Every question of the form, with the heading of its column."""
    rows = ["| Heading | Question | What to write |", "|---|---|---|"]
    for one in QUESTIONS:
        needed = " (needed)" if one.needed else ""
        write = one.write.replace(":\n", ": ").replace("\n", "; ")
        rows.append(f"| `{one.key}` | {one.label}{needed} | {write} |")
    return "\n".join(rows)


def tests_table() -> str:
    """Every test, with the levels at which it is asked."""
    rows = ["| Code | Test | Asked of |", "|---|---|---|"]
    for check in Check:
        levels = [level.label for level in (Level.TWO, Level.THREE) if check in checks_of(level)]
        rows.append(f"| `{check}` | {check.label} | {', '.join(levels)} |")
    return "\n".join(rows)


def page() -> str:
    """The page as it should be."""
    text = PAGE.read_text("utf-8")
    for name, table in (("form", form_table()), ("tests", tests_table())):
        marks = re.compile(f"(<!-- {name}: begin -->).*?(<!-- {name}: end -->)", re.DOTALL)
        text = marks.sub(lambda found, table=table: f"{found[1]}\n{table}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
