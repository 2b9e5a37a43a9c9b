"""Whether the screen is masked for sharing: one state for the whole program.

There is one screen to look at, so there is one answer, and every pane, form, list, title and
toast asks here. A person puts the mask on with one key; idleness puts it on by itself while a
meeting runs. What idleness put on, a key takes off; what a person put on, only a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

MASKED: Final = "MASKED FOR SHARING"
"""In the top line of every screen that is."""

Severity = Literal["information", "warning", "error"]


@dataclass(slots=True)
class Sharing:
    """The mask, and what waits until it is off."""

    by_person: bool = False
    by_idleness: bool = False
    waiting: list[tuple[str, Severity]] = field(default_factory=list)
    """What was to be said meanwhile, with words that are not open."""

    @property
    def on(self) -> bool:
        """Whether anybody, or nobody for long, put it on."""
        return self.by_person or self.by_idleness

    def forget(self) -> None:
        """As at the start of the program."""
        self.by_person = self.by_idleness = False
        self.waiting.clear()


SHARING: Final = Sharing()
"""The program's own. The app forgets it as it starts."""


class Shareable:
    """For a screen that masks by itself everything that is not marked open.

    Every other screen is not opened while the mask is on, and is covered where it was open.
    """

    shares: ClassVar[bool] = True


def may_be_shared(screen: Any) -> bool:
    """Whether a screen may be seen while the mask is on; any that does not say so may not."""
    return bool(getattr(screen, "shares", False))
