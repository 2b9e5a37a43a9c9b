"""Somebody else changed what is being typed: both texts are read out, and a person chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelkit.domain.fields import FieldKind
from panelkit.opened.session import Conflict
from panelkit.plain import values
from panelkit.plain.values import NotTaken

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

COMBINED = frozenset({FieldKind.WORDS, FieldKind.LINE})
"""Fields whose two texts may stand one after the other; of anything else one value stands."""


def settle(talk: Talk) -> None:
    """Ask about every choice that is open. Raises NotTaken where a script would have to choose."""
    session = talk.session
    while session.conflicts and not session.masked:
        conflict = session.conflicts[0]
        if not talk.lines.is_terminal:
            msg = (
                "Somebody else changed that meanwhile; both texts are kept for somebody to choose."
            )
            raise NotTaken(msg)
        text = _chosen(talk, conflict)
        session.settle(conflict, text)
        talk.voice.say("Saved." if conflict not in session.conflicts else "")
        talk.ask_again()


def _chosen(talk: Talk, conflict: Conflict) -> str:
    field = talk.session.field(conflict.spot)
    label = field.label if field else conflict.spot.field
    combines = field is None or field.kind in COMBINED
    both = ", both for theirs and then yours" if combines else ""
    while True:
        theirs, mine = conflict.theirs, conflict.mine
        shown = [values.shown(field, text) if field else text for text in (theirs, mine)]
        talk.voice.say(
            f"{label}: somebody else changed this while you typed.",
            f"Theirs, stored now: {shown[0] or 'blank'}",
            f"Yours, not stored: {shown[1] or 'blank'}",
            f"Type theirs, mine{both}. Nothing is lost until you choose.",
        )
        said = talk.read().strip().casefold()
        if (theirs, mine) != (conflict.theirs, conflict.mine):
            continue  # it was changed once more meanwhile: nobody has heard that
        if said in ("theirs", "their"):
            return theirs
        if said in ("mine", "yours"):
            return mine
        if said == "both" and combines:
            joined = " " if field is not None and field.kind is FieldKind.LINE else "\n"
            return f"{theirs}{joined}{mine}".strip()
