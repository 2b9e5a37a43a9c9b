"""Writes the lists in docs/templates.md from the program: slots, sections, names in wording.

    python tools/make_slot_list.py

A test fails where the page is not what this writes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from panelkit.documents.slots import SLOTS
from panelkit.documents.template_kinds import SECTION_KEYS, WORDING_NAMES

PAGE: Final = Path(__file__).parent.parent / "docs" / "templates.md"
_MARKS: Final = re.compile(r"(<!-- (\w+): begin -->\n).*?(<!-- \2: end -->)", re.DOTALL)


def slots() -> str:
    """The table of slots."""
    rows = ["| Slot | What it prints | In |", "|---|---|---|"]
    for slot in SLOTS:
        where = ", ".join(f"`{name}`" for name in slot.documents) or "every document"
        place = "; alone in a paragraph of the page" if slot.block else ""
        rows.append(f"| `[[{slot.name}]]` | {slot.about.rstrip('.')}{place} | {where} |")
    return "\n".join(rows) + "\n"


def sections() -> str:
    """The keys of sections, and the names in wording files."""
    rows = ["| Template | Sections | Wording |", "|---|---|---|"]
    for name, keys in SECTION_KEYS.items():
        by_names: dict[tuple[str, ...], list[str]] = {}
        for file, names in WORDING_NAMES.get(name, {}).items():
            by_names.setdefault(names, []).append(f"`{file}`")
        named = "; ".join(
            f"{', '.join(found)}: {', '.join(names)}" for names, found in by_names.items()
        )
        rows.append(f"| `{name}` | {', '.join(keys)} | {named or 'none'} |")
    return "\n".join(rows) + "\n"


def with_lists(page: str) -> str:
    """The page with its lists as the program has them."""
    made = {"slots": slots(), "sections": sections()}
    return _MARKS.sub(lambda found: found[1] + made[found[2]] + found[3], page)


if __name__ == "__main__":
    PAGE.write_text(with_lists(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
