"""A return in words: what was understood of a file, and what a line allows, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain import entries as e
from panelkit.domain.fields import long_date
from panelkit.domain.return_reading import Told, Understood
from panelkit.domain.vocabulary import ReturnAnswer, YesNo


def said_lines(one: Understood) -> Iterator[str]:
    """What a file says, as it was understood; the short answers first."""
    if one.answer is ReturnAnswer.NIL:
        yield "Nil return: nothing to tell."
    elif one.answer is None:
        yield "Nothing is answered in it."
    elif not one.told:
        yield "Neither information nor nil: A7 still asks."
    for name in one.attends.splitlines():
        if name.strip():
            yield f"Comes (expected, not present): {name.strip()}"
    if one.report_only:
        yield "Nobody comes; the return is the report."
    if one.filled_by:
        yield f"Filled in by {one.filled_by}."
    for told in one.told:
        yield told_words(told)


def told_words(told: Told) -> str:
    """``A9, Q3: …  (may be minuted; for Harrowmere Police)``."""
    if told.about:
        state = told.status.label if told.status else "status not said"
        on = f", {long_date(told.done_on)}" if told.done_on else ""
        return f"A5, action {told.about}: {state}{on}. {told.text}".strip()
    return f"{told.place}, {told.asked} {told.text}  ({allows(told.minuted, told.restricted_to)})"


def allows(minuted: YesNo | None, restricted_to: tuple[str, ...]) -> str:
    """What the giver allows: whether it may be minuted, and who may have it."""
    said = {YesNo.YES: "may be minuted", YesNo.NO: "NOT to be minuted"}
    first = said[minuted] if minuted is not None else "minuting not said: ask"
    if not restricted_to:
        return f"{first}; for everybody invited"
    return f"{first}; only for {', '.join(restricted_to)}"


def held_words(line: e.ReturnLine) -> str:
    """What its giver does not allow, or did not say; blank where anybody may have it, minuted."""
    if line.about or (line.minuted is YesNo.YES and not line.restricted_to):
        return ""
    return allows(line.minuted, line.restricted_to)


def line_words(one: e.AgencyReturn, line: e.ReturnLine) -> str:
    """``Harrowmere Housing's return of 12 March 2027 says: …``."""
    whose = f"{one.organisation}’" if one.organisation.endswith("s") else f"{one.organisation}’s"
    of = f"{whose} return of {long_date(one.came_on)} says"
    if line.about:
        state = line.status.label.lower() if line.status else "status not said"
        on = f", {long_date(line.done_on)}" if line.done_on else ""
        return f"{of} of action {line.about}: {state}{on}. {line.text}".strip()
    return f"{of}: {line.text}"
