"""Writes the table of rights and the list of checks in docs/server.md from the program.

    python tools/make_server_page.py

They stand between ``<!-- rights: begin -->`` and ``<!-- rights: end -->``, and the same with
``checks``; the rest is written by hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from panelkit.domain.people import Role
from panelkit.services.deployment import CHECKS
from panelkit.store.grants import NOT_HERE, VERBS, grants

PAGE: Final = Path(__file__).parent.parent / "docs" / "server.md"
LETTERS: Final = {"SELECT": "r", "INSERT": "a", "UPDATE": "c", "DELETE": "d"}
HERE: Final = tuple(role for role in Role if role not in NOT_HERE)


def rights() -> str:
    """Tables that are alike in one row, a column for each role."""
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for grant in grants():
        held[grant.table][grant.role].add(grant.verb)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for table, by_role in sorted(held.items()):
        said = ("".join(LETTERS[v] for v in VERBS if v in by_role[str(role)]) for role in HERE)
        alike[tuple(said)].append(table)
    heads = " | ".join(role.label for role in HERE)
    rows = "".join(
        f"| {', '.join(tables)} | {' | '.join(cells)} |\n" for cells, tables in alike.items()
    )
    return f"| Tables | {heads} |\n|---|{'---|' * len(HERE)}\n{rows}"


def checks() -> str:
    """What is looked at, one line for each."""
    return "".join(f"- `{check.name}`: {check.about}\n" for check in CHECKS)


def with_lists(page: str) -> str:
    """The page with its table and its list as the program has them."""
    for name, made in (("rights", rights()), ("checks", checks())):
        page = re.sub(
            rf"(?s)(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)",
            lambda found, made=made: f"{found[1]}{made}{found[2]}",  # type: ignore[misc]
            page,
        )
    return page


if __name__ == "__main__":
    PAGE.write_text(with_lists(PAGE.read_text("utf-8")), "utf-8")
