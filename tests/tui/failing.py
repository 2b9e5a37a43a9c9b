"""The real program with a fault in one place: ``python -m tests.tui.failing PLACE FOLDER ARGS``.

The place fails once a file ``armed`` is in FOLDER: what is typed before is typed in a
program that works. A place that ends in ``*`` fails whenever it meets the words POISON,
at this start and every later one. Whatever is raised has case words in every local.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pty_program import KEYS

CANARY = "14-Wexford-Gardens-zq7"
POISON = "kestrel-poison"
TYPED = "heron by the water"


@dataclass(frozen=True)
class Place:
    """Where it fails, and the keys that lead there."""

    target: str
    """``module:Class.method`` or ``module:function``; under ``panelkit.tui`` where it does not say."""
    before: str = ""
    """Keys after the program has come up, before the words are typed."""
    trigger: str = "x"
    """Keys after it was armed."""
    start: str = "run"
    """How the program is started: run, home, desk."""
    types: bool = True
    """Whether words are typed where ``before`` leads."""
    again: str = ""
    """Keys that lead to the words after the restart, once *go on* was chosen."""
    up: str = ""
    """What is on screen by then, where the keys had led to another place."""


LEAD, ESC = KEYS["ctrl+f"], KEYS["escape"]
NOTE, ACTION, DECIDE = KEYS["ctrl+n"], KEYS["f8"], KEYS["f5"]
LIFE = KEYS["f9"]
THERE = "OFFICIAL-SENSITIVE"
TO_A6 = LEAD + "j" + "A6" + KEYS["enter"]

PLACES: dict[str, Place] = {
    # the chair's screen
    "key handler": Place("screens.chairkeys.looking:Looking.action_guide", trigger=KEYS["ctrl+g"]),
    "key event": Place("widgets.words:Words._on_key"),
    "screen's key event": Place("screens.meeting:MeetingScreen.on_key", trigger=KEYS["shift+tab"]),
    "timer": Place("screens.meeting:MeetingScreen._tick", trigger=""),
    "follow": Place("screens.meeting:MeetingScreen.show_frame"),
    "frame": Place("widgets.frame:top_line_content", trigger=""),
    "render of an editor": Place("widgets.words:Words.get_line"),
    "message handler": Place("widgets.fieldbox:FieldBox._edited"),
    "leaving a field": Place("widgets.fieldbox:FieldBox._left", trigger=KEYS["tab"]),
    "saving": Place("panelkit.opened.session:Session._save"),
    "gathering": Place("widgets.fieldbox:FieldBox._to_store"),
    "worker": Place("screens.meeting:MeetingScreen.go_to", trigger=LEAD + "n"),
    "compose of a pane": Place("panes.item:ItemPane.compose_tables", trigger=KEYS["f4"] * 3, again=TO_A6, up=THERE),
    "built in idle time": Place(
        "screens.meeting:MeetingScreen._build_ahead", trigger=KEYS["f4"], again=TO_A6, up=THERE
    ),
    "render of a list": Place("widgets.rowlist:RowList.follow", trigger=KEYS["f4"], again=TO_A6, up=THERE),
    "room": Place("screens.room:RoomScreen.compose", trigger=KEYS["ctrl+t"]),
    # one-line editors
    "note line, compose": Place("screens.oneline:OneLine.compose", trigger=NOTE),
    "note line, message": Place("screens.oneline:OneLine._edited", before=NOTE, again=NOTE),
    "note line, meaning": Place("panelkit.opened.asking:read_note", before=NOTE, again=NOTE),
    "action line, meaning": Place("screens.chairkeys.saying:read_action", before=ACTION, again=ACTION),
    "action line, taken": Place(
        "screens.oneline:OneLine._submitted", before=ACTION, trigger=KEYS["enter"], again=ACTION
    ),
    # forms
    "decision, rows": Place("screens.decision:DecisionForm.view_rows", before=DECIDE + KEYS["tab"], again=DECIDE),
    "decision, compose": Place("screens.decision:DecisionForm.compose_fields", trigger=DECIDE),
    "decision, leaving": Place(
        "screens.entryform:EntryForm.action_leave", before=DECIDE + KEYS["tab"], trigger=KEYS["ctrl+s"], again=DECIDE
    ),
    "form, timer": Place("screens.entryform:EntryForm._tick", before=DECIDE + KEYS["tab"], trigger="", again=DECIDE),
    # the minute taker's desk
    "draft, message": Place("screens.minutes.draft:DraftScreen._typed", start="desk"),
    "draft, preview": Place("screens.minutes.draft:preview_content", start="desk"),
    "draft, timer": Place("screens.minutes.draft:DraftScreen._tick", start="desk", trigger=""),
    "draft, section": Place("screens.minutes.section:SectionPane.compose", start="desk", trigger=KEYS["f4"], again=KEYS["f3"]),
    "draft, key": Place("screens.minutes.draftkeys:DraftKeys.action_phrase", start="desk", trigger=KEYS["f8"]),
    # home and what opens from it
    "home, compose": Place("screens.home:HomeScreen.follow", start="home", types=False, trigger=KEYS["f6"] + ESC),
    "home, key": Place("screens.home:HomeScreen.action_help", start="home", types=False, trigger=KEYS["f1"]),
    "queue": Place("screens.minutes.queue:MinuteQueue.compose", start="home", types=False, trigger=KEYS["f8"]),
    "sittings": Place("screens.home:HomeScreen.action_sittings", start="home", types=False, trigger=KEYS["f6"]),
    "new case": Place("screens.newmeeting:NewCase.questions", start="home", types=False, trigger=KEYS["f5"] + KEYS["enter"]),
    "life of minutes": Place("screens.minuteslife:MinutesLifeScreen.compose", start="home", types=False, trigger=LIFE),
    "life of minutes, key": Place(
        "screens.minuteslife:MinutesLifeScreen.action_step", start="home", types=False, before=LIFE, trigger="c"
    ),
    # words that fail whenever they are drawn
    "poisoned answer*": Place("widgets.fieldbox:FieldBox.follow"),
    "poisoned note line*": Place("panelkit.opened.asking:read_note", before=NOTE, again=NOTE),
    "poisoned draft*": Place("screens.minutes.draft:preview_content", start="desk"),
}  # fmt: skip


def _broken(
    real: Callable[..., Any], fails: Callable[[tuple[object, ...]], bool]
) -> Callable[..., Any]:
    def boom(given: object) -> None:
        victim = f"{CANARY} {given}"
        raise ValueError(victim)

    if inspect.iscoroutinefunction(real):

        @functools.wraps(real)
        async def slow(*args: Any, **named: Any) -> Any:
            here = CANARY  # noqa: F841 - a traceback with locals would print it
            if fails(args):
                boom(args)
            return await real(*args, **named)

        return slow

    if inspect.isgeneratorfunction(real):

        @functools.wraps(real)
        def steps(*args: Any, **named: Any) -> Any:
            here = CANARY  # noqa: F841 - the same
            if fails(args):
                boom(args)
            yield from real(*args, **named)

        return steps

    @functools.wraps(real)
    def plain(*args: Any, **named: Any) -> Any:
        here = CANARY  # noqa: F841 - the same
        if fails(args):
            boom(args)
        return real(*args, **named)

    return plain


def _holds_poison(args: tuple[object, ...]) -> bool:
    """Whether the words are in what was given, or in the editor of the box that was."""
    shown = [str(each) for each in args]
    editor = getattr(args[0], "_editor", None) if args else None
    return any(POISON in words for words in [*shown, str(getattr(editor, "text", ""))])


def patch(name: str, folder: Path) -> None:
    """Break the place."""
    module_name, _, path = PLACES[name].target.partition(":")
    whole = module_name.startswith("panelkit.")
    owner: Any = importlib.import_module(module_name if whole else f"panelkit.tui.{module_name}")
    *above, last = path.split(".")
    for part in above:
        owner = getattr(owner, part)
    armed = folder / "armed"
    fails = _holds_poison if name.endswith("*") else lambda _args: armed.exists()
    real = getattr(owner, last)
    broken = _broken(real, fails)
    setattr(owner, last, broken)
    # What is decorated with @on was noted by Textual when the class was made.
    for handlers in getattr(owner, "_decorated_handlers", {}).values():
        handlers[:] = [(broken if each is real else each, chosen) for each, chosen in handlers]


if __name__ == "__main__":
    from panelkit.tui.terminal import scrub_environment

    scrub_environment()
    place, where, *rest = sys.argv[1:]
    patch(place, Path(where))
    from panelkit.cli import main

    sys.argv = ["panelkit", *rest]
    main()
