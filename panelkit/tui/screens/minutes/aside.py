"""Beside the words: how the section prints, what is pointed out, what changed since a revision."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from panelkit.domain.compare import Piece, PieceKind
from panelkit.services.drafting import Flag
from panelkit.tui.typed import as_typed, private

MODES = ("preview", "flags", "differences")
"""What the right column can show, in the order its key shows them."""


def preview_content(text: str) -> Content:
    """The section as plain text."""
    head = as_typed("PREVIEW  as it will print\n\n")
    return Content("").join([head, private(text)])


def is_as_high(one: Content, other: object, width: int) -> bool:
    """Whether both stand on as many lines of ``width`` cells; False where a line would wrap."""
    if not isinstance(other, Content):
        return False
    lines, others = one.plain.split("\n"), other.plain.split("\n")
    return len(lines) == len(others) and all(cell_len(line) <= width for line in (*lines, *others))


def flags_content(flags: tuple[Flag, ...]) -> Content:
    """Each hint: what it is, the words quoted, where, and what could be done."""
    lines = [as_typed(f"FLAGS  {len(flags)}   nothing is changed for them   ^G goes to the next")]
    for flag in flags:
        quoted = f"“{flag.hint.quoted}”"
        lines += [
            Content(""),
            as_typed(flag.hint.kind).stylize("bold"),
            private(quoted),
            as_typed(f"in {flag.place.label}").stylize("dim"),
            as_typed(f"> {flag.hint.suggestion}"),
        ]
    if not flags:
        lines += [Content(""), as_typed("Nothing is pointed out in this section.")]
    return Content("\n").join(lines)


def differences_content(title: str, pieces: tuple[Piece, ...]) -> Content:
    """Word by word: what went in [-…-], what came in [+…+], in colour where there is colour."""
    parts = [as_typed(f"DIFFERENCES  {title}\n\n")]
    if pieces and all(piece.kind is PieceKind.SAME for piece in pieces):
        parts.append(as_typed("None: the words are the same.\n\n"))
    for piece in pieces:
        words = private(piece.text)
        match piece.kind:
            case PieceKind.REMOVED:
                parts.append(
                    Content("")
                    .join([as_typed("[-"), words, as_typed("-]")])
                    .stylize("strike $text-error")
                )
            case PieceKind.ADDED:
                parts.append(
                    Content("")
                    .join([as_typed("[+"), words, as_typed("+]")])
                    .stylize("bold $text-success")
                )
            case _:
                parts.append(words)
    return Content("").join(parts)
