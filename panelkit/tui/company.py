"""A screen that shows one meeting says that its person is there, while it is the uppermost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.screen import Screen

    from panelkit.opened.session import Session


class Attending:
    """For a screen that shows one meeting: while it is the uppermost of them, its person is there.

    One behind another says nothing; where none is left on screen, nobody is there.
    """

    session: Session

    @property
    def at_item(self) -> str:
        """Code of the agenda item on screen; blank for none."""
        raise NotImplementedError

    def attend(self) -> None:
        """Called at each tick, before the session's own: whether somebody sits here."""
        here = cast("Screen[Any]", self)
        shown = [each for each in here.app.screen_stack if isinstance(each, Attending)]
        if shown and shown[-1] is self:
            self.session.company.at(self.at_item)
        else:
            self.session.company.stop(leave=not shown)
