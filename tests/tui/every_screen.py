"""Every screen of the program, opened one after another over one record.

``VIEWS`` names each; a test fails where the program has a screen that none of them opens.
``python -m tests.tui.every_screen FOLDER`` shows them in a real terminal, F11 the next.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panelkit.tui.terminal import harden_process, scrub_environment

scrub_environment()

from textual.binding import Binding  # noqa: E402 - after the scrubbing, as in the program

from panelkit.domain import entries as e  # noqa: E402
from panelkit.domain.agenda import AGENDA  # noqa: E402
from panelkit.domain.errors import NotSaved  # noqa: E402
from panelkit.opened.session import Conflict, Spot  # noqa: E402
from panelkit.services.desk import Desk  # noqa: E402
from panelkit.tui.app import PanelkitApp  # noqa: E402
from panelkit.tui.lastfault import Stopped  # noqa: E402
from panelkit.tui.screens.afterfault import AfterFault, PlainMeetings, show_kept  # noqa: E402
from panelkit.tui.screens.decision import DecisionForm  # noqa: E402
from panelkit.tui.screens.entryform import EntryForm  # noqa: E402
from panelkit.tui.screens.firststart import WORDS, FirstStart  # noqa: E402
from panelkit.tui.screens.home import HomeScreen  # noqa: E402
from panelkit.tui.screens.meeting import MeetingScreen  # noqa: E402
from panelkit.tui.screens.newmeeting import NewCase, NewMeeting  # noqa: E402
from panelkit.tui.screens.waiting import NotReached, Waiting  # noqa: E402
from panelkit.tui.widgets.entrytable import EntryTable  # noqa: E402
from tests.tui.allocation_views import ALLOCATION_VIEWS  # noqa: E402
from tests.tui.chasing_views import CHASING_VIEWS  # noqa: E402
from tests.tui.desk_views import DESK_VIEWS, Shower  # noqa: E402
from tests.tui.emergency_views import EMERGENCY_VIEWS  # noqa: E402
from tests.tui.figure_views import FIGURE_VIEWS  # noqa: E402
from tests.tui.guidance_views import GUIDANCE_VIEWS  # noqa: E402
from tests.tui.hostile_record import hostile_desk  # noqa: E402
from tests.tui.practice_views import PRACTICE_VIEWS  # noqa: E402
from tests.tui.referral_views import REFERRAL_VIEWS  # noqa: E402
from tests.tui.return_views import RETURN_VIEWS  # noqa: E402
from tests.tui.sitting_views import SITTING_VIEWS  # noqa: E402
from tests.tui.taking_on_views import TAKING_ON_VIEWS  # noqa: E402

FORMS = (DecisionForm, EntryForm)
"""What shows an entry."""


def awake() -> float:
    """A clock of idleness that stands still: somebody is at the keys throughout a long walk."""
    return 0.0


@dataclass(frozen=True)
class Stage:
    """The program, with the chair's screen of one meeting open under whatever is shown."""

    app: PanelkitApp
    meeting: MeetingScreen

    @property
    def home(self) -> HomeScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, HomeScreen))

    async def clear(self) -> None:
        """Back to the chair's screen."""
        self.app.clear_notifications()
        self.app.unlock()
        if any(screen.id == CURTAINED for screen in self.app.screen_stack):
            self.app.set_mask(by_person=False, by_idleness=False)
        while self.app.screen is not self.meeting:
            await self.app.pop_screen()


CURTAINED = "curtained"
"""Id of the page that a view masks: with it the mask goes again."""
Opener = Callable[[Stage], Any]


def pane(code: str) -> Opener:
    return lambda stage: stage.meeting.go_to(code)


def form(kind: type[e.Entry], place: int) -> Opener:
    def open_it(stage: Stage) -> None:
        entry = stage.meeting.session.meeting.of(kind)[place].id
        stage.meeting.open_entry(kind, entry)

    return open_it


def act(name: str) -> Opener:
    """What a key of the chair's screen does."""
    return lambda stage: getattr(stage.meeting, f"action_{name}")()


def _park(stage: Stage) -> None:
    gap = next(gap for gap in stage.meeting.gaps if gap.can_park)
    stage.meeting._park(gap)


def _withdraw(stage: Stage) -> None:
    entry = stage.meeting.session.meeting.of(e.Action)[0].id
    stage.meeting.on_entry_table_withdraw_wanted(EntryTable.WithdrawWanted(e.Action, entry))


def _conflict(stage: Stage) -> None:
    words = [a.text for a in stage.meeting.session.meeting.answers.values() if len(a.text) > 12]
    spot = Spot("A6", "offence_summary")
    stage.meeting.session.conflicts = [Conflict(spot, *words[:2])]
    stage.meeting.session.choosing = False
    stage.meeting.show_conflict()
    stage.meeting.session.conflicts = []


def _toast(stage: Stage) -> None:
    words = [a.text for a in stage.meeting.session.meeting.answers.values()]
    for text in words[:8]:
        stage.meeting.say(text)


def _mask(*, on: bool) -> Opener:
    def set_it(stage: Stage) -> None:
        stage.app.set_mask(by_person=on, by_idleness=False)

    return set_it


def _home(stage: Stage) -> Any:
    return stage.app.push_screen(HomeScreen(stage.meeting.desk))


def _find(stage: Stage) -> None:
    stage.app.push_screen(HomeScreen(stage.meeting.desk))
    stage.app.call_after_refresh(stage.home.action_find)


def held(shower: Shower) -> Opener:
    """A screen of the minute taker's, over the meeting that was held before."""

    def open_it(stage: Stage) -> Any:
        desk, meeting = stage.meeting.desk, stage.meeting.session.meeting
        before = desk.caseload.find(f"{meeting.case.ref}-1")
        return shower(stage.app, desk, before)

    return open_it


def _never() -> object:
    raise NotSaved("The server does not answer.")


def _waiting(stage: Stage) -> None:
    words = next(a.text for a in stage.meeting.session.meeting.answers.values() if a.text)
    stage.app.push_screen(Waiting(words, stage.meeting.desk.caseload.record, _never))


VIEWS: dict[str, Opener] = {
    "waiting for a server": _waiting,
    "not reached": lambda stage: stage.app.push_screen(NotReached("The server does not answer.")),
    **{f"pane {item.code}": pane(item.code) for item in AGENDA},
    **{f"form {kind.kind}": form(kind, 1) for kind in e.ENTRIES},
    "form withdrawn": form(e.Action, 2),
    **{
        name: act(name)
        for name in (
            "note", "action", "owed", "jump", "unplaced", "same_people", "last", "guide", "help",
            "leader", "room", "calls", "documents", "finish_now", "close", "decision",
        )
    },
    "where I was": lambda stage: stage.meeting.where_was_i(),
    "park": _park,
    "withdraw": _withdraw,
    "conflict": _conflict,
    "toasts": _toast,
    "masked": _mask(on=True),
    "unmasked": _mask(on=False),
    "home": _home,
    "find": _find,
    "new": lambda stage: stage.app.push_screen(NewCase(stage.meeting.desk)),
    "next": lambda stage: stage.app.push_screen(
        NewMeeting(stage.meeting.desk)
    ),
    "first start": lambda stage: stage.app.push_screen(FirstStart(dict.fromkeys(WORDS))),  # type: ignore[arg-type]
    **{f"desk: {name}": held(shower) for name, shower in DESK_VIEWS.items()},
    **{f"figures: {name}": held(shower) for name, shower in FIGURE_VIEWS.items()},
    **{f"figures: {name}": held(shower) for name, shower in REFERRAL_VIEWS.items()},
    **{f"emergency: {name}": held(shower) for name, shower in EMERGENCY_VIEWS.items()},
    **{f"figures: {name}": held(shower) for name, shower in CHASING_VIEWS.items()},
    **{f"figures: {name}": held(shower) for name, shower in ALLOCATION_VIEWS.items()},
    **{f"sittings: {name}": held(shower) for name, shower in SITTING_VIEWS.items()},
    **{f"taking on: {name}": held(shower) for name, shower in TAKING_ON_VIEWS.items()},
    **{f"practice: {name}": held(shower) for name, shower in PRACTICE_VIEWS.items()},
    **{f"guidance: {name}": held(shower) for name, shower in GUIDANCE_VIEWS.items()},
    **{f"returns: {name}": held(shower) for name, shower in RETURN_VIEWS.items()},
    "after a fault": lambda stage: stage.app.push_screen(
        AfterFault(
            stage.meeting.desk,
            Stopped(meeting=stage.meeting.session.meeting.id, place="A6", line="note"),
        )
    ),
    "plain list": lambda stage: stage.app.push_screen(PlainMeetings(stage.meeting.desk)),
    "kept words": lambda stage: show_kept(stage.app, stage.meeting.session.meeting),
    "palette": lambda stage: stage.app.action_command_palette(),
}  # fmt: skip
"""By name, what opens it."""


def _two_texts(stage: Stage) -> None:
    from panelkit.domain.holding import Disagreement
    from panelkit.tui.screens.handoverforms import TwoTexts

    meeting = stage.meeting.session.meeting
    words = [a.text for a in meeting.answers.values() if len(a.text) > 12]
    found = Disagreement(
        id="d", meeting_id=meeting.id, hand_over="h", kind="answer", entry="A6.offence_summary",
        field="text", theirs=words[0], mine=words[1], theirs_by=words[2], mine_by=words[3],
    )  # fmt: skip
    stage.app.push_screen(TwoTexts(stage.meeting.desk, meeting, found))


def _hand_over_form(stage: Stage) -> None:
    from panelkit.tui.screens.handoverforms import HandOverForm

    desk, meeting = stage.meeting.desk, stage.meeting.session.meeting
    stage.app.push_screen(HandOverForm(desk, meeting, lambda _going: None))


def _receive_form(stage: Stage) -> None:
    from panelkit.tui.screens.handover import receive_on

    receive_on(stage.app, stage.meeting.desk, lambda: None)


def _history_of_entry(stage: Stage) -> None:
    entry = stage.meeting.session.meeting.of(e.Action)[0].id
    stage.meeting.open_entry(e.Action, entry)
    form = stage.app.screen
    stage.app.call_after_refresh(form.action_history)  # type: ignore[attr-defined]


def _supplied(stage: Stage) -> None:
    from panelkit.services.supplied import Supplied
    from panelkit.tui.screens import supplied

    desk = stage.meeting.desk
    service = Supplied(desk.caseload.record)
    name = next(iter(service.names()))
    supplied._show(stage.app, desk, service, name, lambda _ref: None)


def _lock(stage: Stage) -> None:
    stage.app.lock()


def _curtain(stage: Stage) -> None:
    from panelkit.tui.screens.listing import Page
    from panelkit.tui.typed import as_typed

    def mask() -> None:
        stage.app.set_mask(by_person=True, by_idleness=False)

    page = Page("Not marked as open", as_typed("Nothing of it is shown."))
    page.id = CURTAINED
    stage.app.push_screen(page)
    stage.app.call_after_refresh(mask)


def _idle_times(stage: Stage) -> None:
    from panelkit.tui.screens.idletimes import IdleTimes

    stage.app.push_screen(IdleTimes(stage.app.patience))


def _own_part(stage: Stage) -> None:
    from panelkit.tui.screens.ownpart import OwnPart

    stage.app.push_screen(OwnPart(stage.meeting.desk))


VIEWS |= {
    "lock": _lock,
    "curtain": _curtain,
    "idle times": _idle_times,
    "own part": _own_part,
    "history of an entry": _history_of_entry,
    "timeline": act("timeline"),
    "supplied": _supplied,
    "hand over": act("hand_over"),
    "hand over form": _hand_over_form,
    "receive form": _receive_form,
    "two texts": _two_texts,
}
"""Between two desks."""


async def show(stage: Stage, name: str) -> None:
    """Open one view over the chair's screen."""
    await stage.clear()
    opened = VIEWS[name](stage)
    if isinstance(opened, Awaitable):
        await opened


class EveryScreen(PanelkitApp):
    """F11 opens the next view; a file says which is drawn."""

    BINDINGS = [Binding("f11", "turn", priority=True)]

    def __init__(self, desk: Desk, ref: str, folder: Path) -> None:
        super().__init__(desk, ref=ref, crash_folder=folder / "faults")
        self.folder = folder
        self.turns = iter(VIEWS)

    async def action_turn(self) -> None:
        """The next view."""
        name = next(self.turns, None)
        if name is None:
            (self.folder / "shown").write_text("END")
            return
        meeting = next(s for s in self.screen_stack if isinstance(s, MeetingScreen))
        await show(Stage(self, meeting), name)
        self.call_after_refresh(self.call_after_refresh, self._drawn, name)

    def _drawn(self, name: str) -> None:
        (self.folder / "shown").write_text(name)


if __name__ == "__main__":
    harden_process()
    where = Path(sys.argv[1])
    made_desk, made_ref, made_texts = hostile_desk(
        where, json.loads((where / "sources.json").read_text())
    )
    (where / "texts.json").write_text(json.dumps(made_texts.given))
    program = EveryScreen(made_desk, made_ref, where)
    program.run()
    sys.exit(program.return_code or 0)
