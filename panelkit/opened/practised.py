"""What a learner is told, in lines: the same words on a screen, read aloud and printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from panelkit.domain.practice import ItemFeedback, Missed, Scenario, totals
from panelkit.services.practising import Asked

SUGGESTION: Final = "A suggestion, found by reading words: it may be wrong."
LATER: Final = "It may be written up after the meeting has closed."
NO_MARK: Final = "This is no mark: it says what the record shows, and compares you with nobody."


def heading(one: ItemFeedback) -> str:
    """``A7 Information from each agency: 3 well, 2 to mend``."""
    return f"{one.code} {one.title}: {one.figures}".strip()


def summary_lines(asked: Asked) -> tuple[str, ...]:
    """How much, what changed since, how earlier attempts ended."""
    lines = [f"So far: {totals(asked.figures)}. {NO_MARK}"]
    if asked.changed:
        lines.append(f"Since you last asked: {'; '.join(asked.changed)}.")
    lines += [f"Attempt {number} ended with {totals(one)}." for number, one in asked.before if one]
    return tuple(lines)


def item_lines(one: ItemFeedback) -> tuple[str, ...]:
    """Everything that is told of one item."""
    if not one.reached:
        return (heading(one),)
    lines = [heading(one)]
    lines += [f"Well: {words}" for words in one.well]
    for number, missed in enumerate(one.missed, start=1):
        lines += missed_lines(number, missed)
    return tuple(lines)


def missed_lines(number: int, missed: Missed) -> tuple[str, ...]:
    """One thing to mend: what was found, what a reader asks, what is better, by which rule."""
    lines = [
        f"To mend {number}: {missed.words}",
        f"A reader asks: {missed.asks}",
        f"Better: {missed.better}",
        f"Source: {missed.source}",
    ]
    if missed.later:
        lines.append(LATER)
    if missed.is_suggestion:
        lines.append(SUGGESTION)
    return tuple(lines)


def asked_lines(asked: Asked) -> Iterator[str]:
    """All of it, item by item; items not reached are named together at the end."""
    yield from summary_lines(asked)
    for one in asked.items:
        if one.reached:
            yield from item_lines(one)
    left = [one.code for one in asked.items if not one.reached]
    if left:
        yield f"Not reached yet: {', '.join(left)}."


def asked_as_data(scenario: Scenario, attempt: int, asked: Asked) -> dict[str, Any]:
    """What other programs read; more keys may be added."""
    return {
        "scenario": scenario.id,
        "attempt": attempt,
        "items": [
            {
                "item": one.code,
                "reached": one.reached,
                "well": list(one.well),
                "to_mend": [
                    {
                        "found": missed.words, "asks": missed.asks, "better": missed.better,
                        "source": missed.source, "suggestion": missed.is_suggestion,
                        "later": missed.later,
                    }
                    for missed in one.missed
                ],
            }
            for one in asked.items
        ],
        "since": list(asked.changed),
    }  # fmt: skip
