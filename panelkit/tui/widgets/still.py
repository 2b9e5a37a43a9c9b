"""Words that are drawn again only where they say something else."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Still(Static):
    """A Static whose ``update`` with what it shows already costs nothing.

    Everything on the chair's screen follows every save. Textual's own ``update`` lays the whole
    screen out again each time, so that one changed word would cost as much as a new screen.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show ``content``; ``layout=False`` where its height cannot change."""
        shown = self.content
        if isinstance(shown, Content) and isinstance(content, Content) and content.is_same(shown):
            return
        new_content = content  # what came is what the callers' own lint let through
        super().update(new_content, layout=layout)
