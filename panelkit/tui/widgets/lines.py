"""Lines of which only those that changed are drawn again: the rail and the side column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class Lines(ScrollView, can_focus=False):
    """Content, one line each, cut at the width there is. A click posts ``Clicked``.

    The chair's screen follows every save and every move. A Static is laid out and drawn whole
    for one changed word; here an unchanged line costs a comparison.
    """

    DEFAULT_CSS = """
    Lines { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 0; }
    Lines > .lines--current { background: $block-cursor-blurred-background; color: $foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--line", "lines--current"}

    @dataclass
    class Clicked(Message):
        """Line ``place``, from 0, was clicked."""

        lines: Lines
        place: int

        @property
        def control(self) -> Lines:
            """What was clicked in."""
            return self.lines

    def __init__(
        self, lines: Sequence[Content], current: int | None = None, *, id: str | None = None
    ) -> None:
        """``current`` is the place of the line that is marked; None marks none."""
        super().__init__(id=id)
        self.lines = tuple(lines)
        self.current = current
        self._strips: dict[int, Strip] = {}
        self._drawn_width = 0

    def on_mount(self) -> None:
        """As high as there are lines."""
        self._fit()

    def on_resize(self) -> None:
        """The marked line stays in sight."""
        self._fit()
        self._show_current()

    def show(self, lines: Sequence[Content], current: int | None = None) -> None:
        """Show these lines; those that say the same are left as they are."""
        before, was = self.lines, self.current
        self.lines, self.current = tuple(lines), current
        changed = [
            place
            for place in range(max(len(before), len(self.lines)))
            if not _same(before, self.lines, place) or (place in (was, current) and was != current)
        ]
        for place in changed:
            self._strips.pop(place, None)
            self.refresh_line(place)
        if len(before) != len(self.lines):
            self._fit()
        if was != current:
            self._show_current()

    def _fit(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.lines))

    def _show_current(self) -> None:
        if self.current is not None and self.size.height:
            here = Region(0, self.current, self.size.width, 1)
            self.scroll_to_region(here, animate=False, force=True)

    def notify_style_update(self) -> None:
        """Another theme: every line is drawn again."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if width != self._drawn_width:
            self._strips.clear()
            self._drawn_width = width
        place = y + self.scroll_offset.y
        style = self.get_visual_style("lines--current" if place == self.current else "lines--line")
        if not 0 <= place < len(self.lines):
            return Strip.blank(width, style.rich_style)
        if (strip := self._strips.get(place)) is None:
            found = Visual.to_strips(self, self.lines[place], width, 1, style)
            strip = found[0] if found else Strip.blank(width, style.rich_style)
            self._strips[place] = strip
        return strip

    def on_click(self, event: events.Click) -> None:
        """Say which line was clicked."""
        place = event.y + self.scroll_offset.y
        if 0 <= place < len(self.lines):
            event.stop()
            self.post_message(self.Clicked(self, place))


def _same(before: Sequence[Content], now: Sequence[Content], place: int) -> bool:
    return place < len(before) and place < len(now) and now[place].is_same(before[place])
