"""Every key of the chair's screen, once: footer, help, palette and README follow.

Each has a second way: the leader key and a letter, for terminals that take function
keys and for Alt+letters that type into a text area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding

LEADER: Final = "ctrl+f"
"""Free in every terminal that was tried; then one letter."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does."""

    id: str
    """Name of the action on the screen."""
    key: str
    """The key itself; blank where only the leader reaches it."""
    letter: str
    """After the leader key."""
    label: str
    """Two words for the footer."""
    tooltip: str
    """A sentence for help."""
    shown: bool = True
    """Whether the footer shows it."""

    @property
    def display(self) -> str:
        """``F8`` or ``^N``."""
        return self.key.replace("ctrl+", "^").upper() if self.key else ""


MEETING_KEYS: Final[tuple[Key, ...]] = (
    Key("help", "f1", "h", "Help", "What this screen and this field are for, and every key."),
    Key(
        "jump",
        "f2",
        "j",
        "Jump",
        "Go to any item by its number or by typing a word of it.",
        shown=False,
    ),
    Key("back", "f3", "b", "Back", "The item before this one."),
    Key("next", "f4", "n", "Next", "The item after this one."),
    Key("note", "ctrl+n", "t", "Note", "One line to any item: LHA i A11: flat falls through."),
    Key(
        "decision",
        "f5",
        "d",
        "Decision",
        "A decision with its options, evidence, views and reason.",
    ),
    Key(
        "action",
        "f8",
        "a",
        "Action",
        "An action in one line: Police: DI Shah: visit by 12 Jan > R2.",
    ),
    Key("owed", "f9", "o", "Owed", "Everything still owed; Enter goes there."),
    Key("room", "ctrl+t", "r", "Room", "Who is in, late, left, sent a report; quorum."),
    Key("last", "ctrl+l", "l", "Last time", "What was said at this item last time.", shown=False),
    Key(
        "guide",
        "ctrl+g",
        "g",
        "Guide",
        "What belongs here, where that comes from, how sure we are.",
        shown=False,
    ),
    Key("close", "f10", "c", "Close", "What is owed before closing; then close."),
    Key("mask", "f12", "m", "Mask", "Hide every field that is not marked open, for sharing."),
    Key(
        "returned",
        "ctrl+r",
        "w",
        "Where I was",
        "Back to the item and field before this one.",
        shown=False,
    ),
    Key(
        "confirm_carried",
        "",
        "y",
        "Confirm carried",
        "Everything carried at this item is current.",
        shown=False,
    ),
    Key(
        "read_back",
        "",
        "k",
        "Read back",
        "Every decision, risk and action on one page, to be confirmed.",
        shown=False,
    ),
    Key(
        "restricted",
        "",
        "x",
        "Restricted part",
        "Begin or end a part that only some hear.",
        shown=False,
    ),
    Key("pause", "", "p", "Pause or go on", "Stop the clock, or start it again.", shown=False),
    Key(
        "finish_now",
        "",
        "f",
        "Finish now",
        "Time is gone: what must hold meanwhile, and when we go on.",
        shown=False,
    ),
    Key(
        "same_people",
        "",
        "i",
        "Same people",
        "Take the attendance list of another meeting of this sitting, to be confirmed.",
        shown=False,
    ),
    Key(
        "next_case",
        "",
        "v",
        "Next case",
        "The next meeting of this sitting, once this one is paused or closed.",
        shown=False,
    ),
    Key(
        "other_meeting",
        "ctrl+o",
        "O",
        "Other meeting",
        "A meeting open beside this one, such as a linked case; what is typed here stays.",
        shown=False,
    ),
    Key(
        "earlier",
        "",
        "e",
        "Earlier words",
        "What stood in this field before; Enter puts it back.",
        shown=False,
    ),
    Key(
        "withdrawn",
        "",
        "W",
        "Withdrawn",
        "Everything withdrawn here; Enter brings it back with a reason.",
        shown=False,
    ),
    Key("unplaced", "", "u", "Notes", "Every note, and where it belongs.", shown=False),
    Key(
        "documents",
        "",
        "s",
        "Documents",
        "Write a document; answer a request from outside.",
        shown=False,
    ),
    Key(
        "minutes_life",
        "",
        "v",
        "Life of minutes",
        "To the chair, comments, approval, issue, amendments, copies.",
        shown=False,
    ),
    Key(
        "leave",
        "",
        "q",
        "Leave",
        "Back to the home screen; the meeting stays as it is.",
        shown=False,
    ),
)
"""Everything the chair can do with a key."""


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """Bindings for a screen; priority, so that a text area never swallows them."""
    return [
        Binding(
            key.key, key.id, key.label, id=key.id, tooltip=key.tooltip, priority=True, show=False
        )
        for key in keys
        if key.key
    ] + [Binding(LEADER, "leader", "Keys", id="leader", priority=True, show=False)]


def by_letter(keys: tuple[Key, ...], letter: str) -> Key | None:
    """The key reached by the leader and ``letter``."""
    return next((key for key in keys if key.letter == letter), None)
