"""How a line of minutes made elsewhere stands in a list, and under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from panelkit.domain import entries as e
from panelkit.domain.foreign import Sure
from panelkit.domain.taking_on import Choice, ReadLine
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row

_DECIDED: Final = {
    Choice.CONFIRMED: ("✓ confirmed", "$text-success"),
    Choice.CORRECTED: ("✎ corrected", "$text-success"),
    Choice.LEFT: ("– left out", "$text-muted"),
}  # fmt: skip
_KINDS: Final = {
    e.Attendance.kind: "person", e.Action.kind: "action", e.Decision.kind: "decision",
    e.RiskRating.kind: "rating", e.Measure.kind: "measure", e.Contingency.kind: "contingency",
    e.Contribution.kind: "said at A7", e.SectionWords.kind: "words of a section",
}  # fmt: skip


def row_of(line: ReadLine, marks: Sequence[str]) -> Row:
    """Its state as a sign and a word, what it is, what was read, why it needs a look."""
    state, tone = _DECIDED.get(line.choice) or _open(line, marks)
    name = line.fields[0].label if len(line.fields) == 1 else _KINDS[line.what]
    look = "" if line.choice is Choice.LEFT else "; ".join(marks)
    is_open = line.choice is Choice.OPEN
    strong = is_open and (bool(marks) or line.sure is Sure.GUESS)
    return Row(line.id, (state, name, line.words or "nothing", look), strong=strong, tone=tone)


def _open(line: ReadLine, marks: Sequence[str]) -> tuple[str, str]:
    if not line.value and len(line.fields) == 1:
        return "! type it", "$text-error"
    if line.sure is Sure.GUESS:
        return "? guess", "$text-warning"
    if marks:
        return "! look", "$text-warning"
    return ("· sure", "") if line.sure is Sure.SURE else ("~ likely", "$text-warning")


def detail_content(line: ReadLine, marks: Sequence[str]) -> Content:
    """The words as they stand, where, how it was told and how sure that is; why it needs a look."""
    how = line.how if line.how and line.how not in line.where else ""
    sure = line.sure.label if line.was_read and not line.own else ""
    told = "   ".join(filter(None, (line.where, how, sure)))
    if line.own:
        told = "typed here; not in the document"
    parts = [told, line.raw]
    if " ".join(line.raw.split()) != line.words:
        parts.append(f"read as: {line.words}")
    if marks:
        parts.append(f"look: {'; '.join(marks)}")
    return as_typed("\n".join(filter(None, parts)))
