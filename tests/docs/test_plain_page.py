"""The page on plain mode has the commands that plain mode has. ``python -m`` it to write them."""

from __future__ import annotations

import re
from pathlib import Path

from panelkit.plain.orders import ORDERS

PAGE = Path(__file__).parents[2] / "docs" / "plain.md"
_TABLE = re.compile(r"(<!-- plain -->\n).*?(<!-- /plain -->)", re.DOTALL)


def with_orders(page: str) -> str:
    """The page with the table of commands as the program has them."""
    lines = ["| Command | Does |", "|---|---|"]
    for order in ORDERS:
        words = " or ".join(f"`{word}`" for word in order.words)
        takes = f", with {order.takes}" if order.takes else ""
        lines.append(f"| {words}{takes} | {order.sentence} |")
    table = "\n".join(lines) + "\n"
    return _TABLE.sub(lambda found: f"{found[1]}{table}{found[2]}", page)


def test_the_page_names_every_command_and_no_other() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_orders(page), "run python -m tests.docs.test_plain_page"


if __name__ == "__main__":
    PAGE.write_text(with_orders(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
