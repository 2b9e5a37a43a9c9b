"""Writes the table of roles in docs/people.md from the program.

    python tools/make_people_page.py

It stands between ``<!-- roles: begin -->`` and ``<!-- roles: end -->``; the rest is written by hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from panelkit.domain.people import MAY, Act, Role

PAGE: Final = Path(__file__).parent.parent / "docs" / "people.md"


def roles() -> str:
    """Who may do what: a row for each act, a column for each role."""
    heads = " | ".join(role.label for role in Role)
    rows = "".join(
        f"| {act.label[0].upper()}{act.label[1:]} | "
        + " | ".join("yes" if role in MAY[act] else "" for role in Role)
        + " |\n"
        for act in Act
    )
    return f"| | {heads} |\n|---|{'---|' * len(Role)}\n{rows}"


def with_roles(page: str) -> str:
    """The page with its table as the program has it."""
    return re.sub(
        r"(?s)(<!-- roles: begin -->\n).*?(<!-- roles: end -->)",
        lambda found: f"{found[1]}{roles()}{found[2]}",
        page,
    )


if __name__ == "__main__":
    PAGE.write_text(with_roles(PAGE.read_text("utf-8")), "utf-8")
