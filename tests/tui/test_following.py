"""What follows a session is never asked to while its screen is taken down."""

from __future__ import annotations

from pathlib import Path

from panelkit.tui.screens.room import RoomScreen
from tests.tui.program import Program, settle
from tests.tui.test_every_key import REVIEW, desk_of


class GoesInThatMoment(RoomScreen):
    """The room, of which the meeting changes in the moment in which it goes."""

    gone = False

    def on_unmount(self) -> None:
        self.gone = not self.query("#elsewhere")
        self.session._publish()


async def test_a_change_while_a_screen_is_taken_down_stops_nothing(tmp_path: Path) -> None:
    app = Program(desk_of(tmp_path), tmp_path, REVIEW)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        session, before = app.meeting_screen.session, len(app.meeting_screen.session._watchers)
        room = GoesInThatMoment(app.meeting_screen)
        await app.push_screen(room)
        await settle(pilot)
        assert len(session._watchers) == before + 1
        await app.pop_screen()
        await settle(pilot)
        assert room.gone, "nothing of it was left to draw in"
        assert len(session._watchers) == before
        assert not app._fault
        assert app.screen is app.meeting_screen
