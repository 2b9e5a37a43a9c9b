"""Where a screen opens: the keys in one field, and no more scrolled away than that needs."""

from __future__ import annotations

from textual.widget import Widget


def take_keys(editor: Widget, whole: Widget | None = None) -> None:
    """Give ``editor`` the keys; its screen opens at the top, scrolled just as far as shows ``whole``.

    ``whole`` is the box with its label and hint; by default the editor itself. Textual scrolls
    what takes the focus to the middle, and asks whether it is in sight before the new screen
    is laid out: a form then opens with its title and first fields scrolled away.
    """
    editor.focus(scroll_visible=False)
    shown = whole or editor

    def in_sight() -> None:
        if not shown.is_attached:
            return  # closed meanwhile
        if isinstance(room := shown.parent, Widget):
            room.scroll_home(animate=False, immediate=True)
        shown.scroll_visible(animate=False, immediate=True)

    editor.screen.call_after_refresh(in_sight)
