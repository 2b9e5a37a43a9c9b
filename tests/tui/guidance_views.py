"""Views of changes of guidance, over the hostile record: see ``every_screen``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from textual.screen import Screen

from panelkit.areas.loader import load_area
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.changes.decided import DecidedList
from panelkit.tui.screens.changes.walk import ChangesScreen
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of

FILE = """
name = "Vale of hostile words"
extends = "national"
[timescales]
minutes_l2_working_days = {{ value = {figure}, source = {source} }}
minutes_l3_working_days = {{ value = {figure}, source = {source} }}
[agenda.A9]
say = {said}
voice = {voice}
[agenda.X1]
after = "A14"
title = {title}
short = "Learning"
say = {said}
"""


def quoted(words: str) -> str:
    """As TOML quotes them."""
    return json.dumps(words).replace("\x7f", "\\u007f")


def changed(desk: Desk, meeting: Meeting) -> Desk:
    """The desk of an area whose every word is hostile and not as it was agreed; decided in every way.

    What came stands behind what was: what is marked inside a text would not be shown as it is.
    """
    words = words_of(meeting)
    desk.documents.mkdir(parents=True, exist_ok=True)
    file = desk.documents / "hostile.toml"
    if not file.exists():
        file.write_text(
            FILE.format(
                figure=9, source=quoted(words[0]), said=quoted(words[1]), voice=quoted(words[2]),
                title=quoted(words[3]),
            )
        )  # fmt: skip
        first = replace(desk, area=load_area(file))
        first.guidance.begin()
        file.write_text(
            FILE.format(
                figure=11, source=quoted(words[4]), said=quoted(f"{words[1]} {words[5]}"),
                voice=quoted(f"{words[2]} {words[6]}"), title=quoted(f"{words[3]} {words[7]}"),
            )
        )  # fmt: skip
        verbs = first.guidance
        for place, why in (("timescales.minutes_l2_working_days", words[7]), ("agenda.A9.voice", words[8])):  # fmt: skip
            try:
                verbs.keep(verbs.find(place), why)
            except BadInput:  # nothing is left of it in a line
                verbs.keep(verbs.find(place), "a reason")
        verbs.undo(2, words[8].strip() or "a reason")
    return replace(desk, area=load_area(file)).with_guidance()


def made(make: Callable[[Desk, Meeting], Screen[object]]) -> Shower:
    """A screen, with something of everything decided."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        await app.push_screen(make(changed(desk, meeting), meeting))

    return show


def _keep(desk: Desk, _meeting: Meeting) -> Screen[object]:
    one = desk.guidance.changes()[0]
    return Because(desk, Act.AGREE, f"Keep local: {one.change.title}", one.change.was_words, str)  # type: ignore[return-value]


GUIDANCE_VIEWS: dict[str, Shower] = {
    "changes": made(lambda desk, _m: ChangesScreen(desk)),  # type: ignore[arg-type,return-value]
    "changes decided": made(lambda desk, _m: DecidedList(desk)),  # type: ignore[arg-type,return-value]
    "changes keep": made(_keep),
}
"""By name, what opens it."""
