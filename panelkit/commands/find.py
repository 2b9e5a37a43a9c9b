"""Words found in everything that is kept; exit 1 where nothing is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from panelkit.commands.printing import say, say_json
from panelkit.domain.asking import marked
from panelkit.domain.fields import short_date
from panelkit.wiring import Settings, record_in_use, who_works

if TYPE_CHECKING:
    from panelkit.services.finding import Finding, Page, Result

WIDTH: Final = 100
"""Of a snippet, in characters."""


def find(
    settings: Settings, words: Sequence[str], *, case: str, limit: int, older: int, as_json: bool
) -> int:
    """What holds the words, best first. What is listed is journaled as opened by a search; the words
    are kept nowhere."""
    from panelkit.services.finding import Finding, must_ask
    from panelkit.store.searched_sql import NEWEST_DOC

    typed = " ".join(f'"{each}"' if " " in each and '"' not in each else each for each in words)
    with record_in_use(settings) as record:
        finding = Finding(record, settings.clock, who_works(settings, record))
        page = finding.find(typed, width=WIDTH, case_ref=case, below=older or NEWEST_DOC)
        must_ask(page)
        shown = page.found[:limit]
        _note(finding, shown)
    if as_json:
        say_json({
            "found": [_as_data(each) for each in shown], "listed": len(shown),
            "more_here": len(page.found) > len(shown), "older": page.below,
        })  # fmt: skip
    else:
        _say(page, shown)
    return 0 if shown else 1


def _note(finding: Finding, shown: Sequence[Result]) -> None:
    for problem in (finding.note_search(), finding.note_shown(shown)):
        if problem:
            sys.stderr.write(f"panelkit: this search is not journaled: {problem}\n")
            return


def _as_data(each: Result) -> dict[str, object]:
    """What other programs read; keys may be added."""
    return {
        "meeting": each.ref, "day": each.held_on.isoformat() if each.held_on else None,
        "place": each.place, "field": each.label, "words": each.snippet.words,
        "marks": [list(mark) for mark in each.snippet.marks], "withdrawn": each.withdrawn,
        "kind": each.table, "item": each.item, "entry": each.entry,
    }  # fmt: skip


def _say(page: Page, shown: Sequence[Result]) -> None:
    if not shown:
        say("Nothing was found that you may see.")
    for each in shown:
        day = short_date(each.held_on) if each.held_on else ""
        gone = "  (withdrawn)" if each.withdrawn else ""
        field = f": {each.label}" if each.label and each.label not in each.place else ""
        say(f"{each.ref:<12} {day:<12} {each.place}{field}{gone}")
        if each.snippet.marks or each.snippet.words != each.ref:
            say(f"{'':<26}{marked(each.snippet)}")
    if page.asked.cut:
        say(f"Only the first {len(page.asked.groups)} words were looked for.")
    if len(shown) < len(page.found):
        say(f"{len(shown)} of {page.words}: --limit lists more.")
    elif page.below:
        say(f"There are older ones: --older {page.below} goes on.")
